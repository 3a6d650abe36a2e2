"""Workflows that make a whole book: a new one, one brought up to date, copies, one restored."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from db import Book, backup, photos
from db import keys as key_module
from db.check import check
from tests.faults.desk import Desk
from tests.faults.of_files import add_all, pictures
from tests.faults.workflow import Done, Run
from tests.support.books import PASSWORD, WARD, at_noon

KEPT_COPIES: Final = 2
"""Fewer than the program's ten, so that letting the oldest go is soon reached."""


def upgrade(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            done(book)

    return run


def older_is_kept_aside(desk: Desk, book: Book, _done: int) -> Iterator[str]:
    found = [file for file in desk.folder.glob("*.before-*") if "." not in file.name.partition(".before-")[2]]
    for aside in found:
        key_module.read_ring(aside)
        with desk.open(aside) as opened:
            if opened.digest() != book.digest():
                yield f"{aside.name} is not what the book was"
    if not found:
        yield "nothing was kept aside"


def back_up(desk: Desk) -> Run:
    with desk.open() as book:
        for _ in range(KEPT_COPIES):
            backup.back_up(book)

    def run(done: Done) -> None:
        with desk.open() as book:
            for folder in (None, desk.folder / "đĩa" / "sổ"):
                backup.back_up(book, folder)
                done(book)

    return run


def copies_are_whole(desk: Desk, book: Book, done: int) -> Iterator[str]:
    own = backup.backups_in(backup.folder_of(desk.path), desk.path)
    apart = backup.backups_in(desk.folder / "đĩa" / "sổ", desk.path)
    if len(own) < KEPT_COPIES:
        yield f"only {len(own)} copies are left"
    if _number(own[-1]) < KEPT_COPIES + min(done, 1) or len(apart) < done - 1:
        yield "a copy that was told is not there"
    for copy in (*own, *apart):
        key_module.read_ring(copy)
        if not _is_whole(desk, copy, sha256(copy.read_bytes()).hexdigest(), book.digest()):
            yield f"{copy.name} is not whole"
    backup.back_up(book)  # once more


@cache
def _is_whole(desk: Desk, copy: Path, _content: str, digest: str) -> bool:
    """Asked once of the same bytes: most copies outlast most faults."""
    with desk.open(copy, writable=False) as opened:
        return opened.digest() == digest and not any(one.grave for one in check(opened))


def _new_place(desk: Desk) -> Path:
    return desk.folder / "mới" / "so.danvan"


def _make(desk: Desk) -> None:
    Book.create(_new_place(desk), PASSWORD, WARD, actor="an", clock=at_noon)[0].close()


def make_new(desk: Desk) -> Run:
    """A second book, of another office."""

    def run(done: Done) -> None:
        _make(desk)
        done(None)

    return run


def new_is_whole_or_can_be_made(desk: Desk, _book: Book, done: int) -> Iterator[str]:
    """It opens by its password; one that is not there and was not told can be made."""
    if not _new_place(desk).exists():
        yield from ["the book that was told is not there"][:done]
        _make(desk)
    with Book.open(_new_place(desk), PASSWORD, clock=at_noon) as opened:
        yield from (one.message for one in check(opened) if one.grave)


def restore(desk: Desk) -> Run:
    """From a backup, and from a book that was copied off a dead PC as it was; both have photos."""
    with desk.open() as book:
        add_all(book, pictures(desk))
        copied = desk.copied()
        backup.back_up(book)
    copied.rename(_dead_pc(desk))

    def run(done: Done) -> None:
        for source, target in _to_restore(desk):
            backup.restore(source, PASSWORD, target)
            done(None)

    return run


def _dead_pc(desk: Desk) -> Path:
    return desk.folder / "máy hỏng"


def _to_restore(desk: Desk) -> list[tuple[Path, Path]]:
    newest = backup.backups_in(backup.folder_of(desk.path), desk.path)[-1]
    sources = (newest, _dead_pc(desk) / desk.path.name)
    return [(source, desk.folder / f"lại {n}" / desk.path.name) for n, source in enumerate(sources)]


def restored_are_whole_or_absent(desk: Desk, book: Book, done: int) -> Iterator[str]:
    """Each restored book is what its source is; one that is not there and was not told can be restored."""
    for number, (source, target) in enumerate(_to_restore(desk)):
        if not target.exists():
            yield from ["the book that was told is not there"][: done - number]
            backup.restore(source, PASSWORD, target)
        key_module.read_ring(target)
        with desk.open(target) as opened:
            found = [*check(opened), *photos.check_photos(opened)]
            if opened.digest() != book.digest() or any(one.grave for one in found):
                yield f"{target.parent.name} is not whole: {[one.message for one in found]}"


def _number(copy: Path) -> int:
    return int(copy.stem.split("-")[-3])
