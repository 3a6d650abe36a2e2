"""What is interrupted: the things a clerk does that change files, in steps that are told when they are done.

A new one is a function that prepares what it needs and returns what is run, and a line in ``WORKFLOWS``.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest

from db import Book, backup, photos
from db import keys as key_module
from db.check import Step, check
from db.engine import Connection, connect
from db.errors import EnvironmentFault
from db.photos.jpeg import read_picture
from desktop.cli import main
from forms import spreadsheets
from forms.issue import draft_paper, issue_paper
from forms.paper_request import PaperRequest
from forms.spreadsheets.landing import land
from tests.faults.desk import Desk, newer_program
from tests.support.books import NOON, PASSWORD, add_contribution
from tests.support.pictures import phone_jpeg, write_all
from tests.support.workbooks import Cell, save

Result = TypeVar("Result")
KEPT_COPIES: Final = 2
"""Fewer than the program's ten, so that letting the oldest go is soon reached."""

Done = Callable[[Book | None], None]
"""Told after each step, when the program has said that it is done; with the book if it is still open."""
Run = Callable[[Done], None]
Beside = Callable[[Desk, Book, int], Iterator[str]]
"""What is wrong with the files beside the book after so many steps were told."""


def _nothing(_desk: Desk, _book: Book, _done: int) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """One of them. ``program``: the version of the program that runs it and opens what it leaves."""

    prepare: Callable[[Desk], Run]
    beside: Beside = _nothing
    program: Callable[[], AbstractContextManager[None]] = nullcontext


EDITS: Final = 2


def _edit(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            for number in range(EDITS):
                _one_edit(book, number)
                done(book)

    return run


def _one_edit(book: Book, number: int) -> None:
    model = book.find("model")[number].id
    with book.writing("an", title=f"lần {number}") as write:
        write.change("model", model, {"goal": f"Mục tiêu {number}"})
        add_contribution(write, model, contributor=f"Hộ bà Nguyễn Thị {number}")


def _edit_again(desk: Desk) -> Run:
    """The window stays open, and what the disk refused is done once more."""

    def run(done: Done) -> None:
        with _twice(desk.open) as book:
            for number in range(EDITS):
                _twice(partial(_one_edit, book, number))
                done(book)

    return run


def _twice(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except EnvironmentFault:
        return work()


def _import(desk: Desk) -> Run:
    workbook = spreadsheets.read_workbook(list_to_import(desk.folder.with_name("danh sách.xlsx")))
    with desk.open(writable=False) as book:  # once before, so that no child need load what it takes
        spreadsheets.plan(workbook, book, NOON.date())

    def run(done: Done) -> None:
        with desk.open() as book:
            land(spreadsheets.plan(workbook, book, NOON.date()), book, "an")
            done(book)

    return run


def list_to_import(file: Path, rows: int = 40) -> Path:
    """A workbook of contributions to the models of the book, new models among them."""
    models: list[list[Cell]] = [["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"]]
    models += [[f"MH{n}", f"Mô hình nhập {n}", 2024, "Kinh tế", "Tập thể"] for n in range(6, 10)]
    given: list[list[Cell]] = [["Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày"]]
    given += [
        [f"MH{n % 10}", f"Hộ ông Lê Văn {n}", "Tiền mặt", 1000 * n, "01/05/2024"] for n in range(1, rows)
    ]
    return save(file, {"Mô hình": models, "Đóng góp": given})


def _issue(desk: Desk) -> Run:
    (desk.folder / "papers").mkdir()
    with desk.open() as book:
        requests = [PaperRequest("result_report", period, book.own_unit()) for period in ("2024", "2024H1")]
        drafts = [draft_paper(book, request) for request in requests]

    def run(done: Done) -> None:
        with desk.open() as book:
            for draft in drafts:
                issue_paper(book, draft, desk.folder / "papers" / f"bao_cao_{draft.request.period}.pdf")
                done(book)

    return run


def _papers_are_there(desk: Desk, book: Book, _done: int) -> Iterator[str]:
    for paper in book.find("paper"):
        file = desk.folder / "papers" / str(paper["file_name"])
        if not file.exists():
            yield f"{file.name} is in the register only"
        elif sha256(file.read_bytes()).hexdigest() != paper["pdf_hash"]:
            yield f"{file.name} is not what was issued"


def _add_photos(desk: Desk) -> Run:
    source = desk.folder.with_name("ảnh")
    for side in (320, 352):
        write_all(source, {f"{side}.jpg": phone_jpeg(size=side)})
        read_picture(
            (source / f"{side}.jpg").read_bytes(), NOON.date()
        )  # so that no child need load what it takes

    def run(done: Done) -> None:
        with desk.open() as book:
            model = book.find("model")[0].id
            for file in sorted(source.iterdir()):
                photos.add_photos(book, [file], model=model, stage="before")
                done(book)

    return run


def _photos_are_there(_desk: Desk, book: Book, _done: int) -> Iterator[str]:
    yield from (one.message for one in photos.check_photos(book) if one.grave)
    for photo in book.find("photo"):
        if not photos.thumbnail(book, str(photo["hash"]), 160):
            yield f"no small picture of {photo['file_name']}"


def _upgrade(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            done(book)

    return run


def _older_is_kept_aside(desk: Desk, book: Book, _done: int) -> Iterator[str]:
    found = [file for file in desk.folder.glob("*.before-*") if "." not in file.name.partition(".before-")[2]]
    for aside in found:
        key_module.read_ring(aside)
        with desk.open(aside) as opened:
            if opened.digest() != book.digest():
                yield f"{aside.name} is not what the book was"
    if not found:
        yield "nothing was kept aside"


def _back_up(desk: Desk) -> Run:
    with desk.open() as book:
        for _ in range(KEPT_COPIES):
            backup.back_up(book)

    def run(done: Done) -> None:
        with desk.open() as book:
            for folder in (None, desk.folder / "đĩa" / "sổ"):
                backup.back_up(book, folder)
                done(book)

    return run


def _copies_are_whole(desk: Desk, book: Book, done: int) -> Iterator[str]:
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


@cache
def _is_whole(desk: Desk, copy: Path, _content: str, digest: str) -> bool:
    """Asked once of the same bytes: most copies outlast most faults."""
    with desk.open(copy, writable=False) as opened:
        return opened.digest() == digest and not any(one.grave for one in check(opened))


def _restore(desk: Desk) -> Run:
    with desk.open() as book:
        copy = backup.back_up(book).path

    def run(done: Done) -> None:
        backup.restore(copy, PASSWORD, _restored(desk))
        done(None)

    return run


def _restored(desk: Desk) -> Path:
    return desk.folder / "lại" / "so.danvan"


def _it_is_whole_or_absent(desk: Desk, book: Book, done: int) -> Iterator[str]:
    restored = _restored(desk)
    if not restored.exists():
        yield from ["the book that was told is not there"][:done]
        return
    key_module.read_ring(restored)
    with desk.open(restored) as opened:
        if opened.digest() != book.digest() or any(one.grave for one in check(opened)):
            yield "the restored book is not whole"


def _number(copy: Path) -> int:
    return int(copy.stem.split("-")[-3])


class CommandRefused(Exception):
    """A command ended with a code that is not 0, and said a sentence."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def _command(desk: Desk, *words: str) -> Run:
    """A command of ours in the words a clerk would type."""
    os.environ["P"] = PASSWORD

    def run(done: Done) -> None:
        told = io.StringIO()
        with redirect_stdout(io.StringIO()), redirect_stderr(told):
            code = main([words[0], str(desk.path), *words[1:], "--password-env", "P", "--lang", "en"])
        if code:
            raise CommandRefused(code, told.getvalue().strip())
        done(None)

    return run


def _import_command(desk: Desk) -> Run:
    file = list_to_import(desk.folder.with_name("danh sách.xlsx"))
    run = _command(desk, "import", str(file))
    with desk.open(writable=False) as book:
        spreadsheets.plan(spreadsheets.read_workbook(file), book, NOON.date())
    return run


def _undo_command(desk: Desk) -> Run:
    with desk.open() as book, book.writing("can_bo", title="sai") as write:
        write.change("model", book.find("model")[0].id, {"goal": "sai"})
    return _command(desk, "undo")


COMMANDS: Final = {"import command": Workflow(_import_command), "undo command": Workflow(_undo_command)}
"""The same as commands, for what they say and the code they end with."""

PATIENT: Final = {"edit, tried again": Workflow(_edit_again)}
"""A fault that passes must leave no trace."""

WORKFLOWS: Final = {
    "edit": Workflow(_edit),
    "import": Workflow(_import),
    "photo add": Workflow(_add_photos, _photos_are_there),
    "paper issue": Workflow(_issue, _papers_are_there),
    "migration": Workflow(_upgrade, _older_is_kept_aside, newer_program),
    "backup": Workflow(_back_up, _copies_are_whole),
    "restore": Workflow(_restore, _it_is_whole_or_absent),
}


# -- faults put in on purpose: the tests must find them


def _told_too_early(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            for number in range(6):
                with book.writing("an", title=f"lần {number}") as write:
                    add_contribution(write, book.find("model")[0].id, notes=f"{number}")
                    write.finish()
                    done(book)

    return run


def _half_a_row(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            model = book.find("model")[0].id
            for number in range(6):
                with book.writing("an", title=f"lần {number}") as write:
                    write.change("model", model, {"goal": f"{number}"})
                    write.finish()
                    book.connection.execute("COMMIT")
                    book.connection.execute("BEGIN")
                    book.connection.execute("UPDATE model SET method = ? WHERE id = ?", (f"{number}", model))
                done(book)

    return run


@contextmanager
def _without_sync() -> Iterator[None]:
    def connected(*given: Any, **named: Any) -> Connection:
        connection = connect(*given, **named)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.book.connect", connected)
        yield


@contextmanager
def _papers_without_sync() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.files.os.fsync", lambda _descriptor: None)
        yield


@contextmanager
def _folders_without_sync() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.files.sync_folder", lambda _folder: None)
        yield


@contextmanager
def _oldest_go_first() -> Iterator[None]:
    real = backup._copy  # noqa: SLF001 - what comes before is spoilt

    def spoilt(book: Book, temporary: Path, step: Step) -> None:
        for old in backup.backups_in(backup.folder_of(book.path), book.path)[:1]:
            old.unlink()
        real(book, temporary, step)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.backup._copy", spoilt)
        yield


PLANTED: Final = {
    "told before it is written": Workflow(_told_too_early),
    "a row in two halves": Workflow(_half_a_row),
    "no sync": Workflow(_edit, program=_without_sync),
    "papers without sync": Workflow(_issue, _papers_are_there, _papers_without_sync),
    "folders without sync": Workflow(_issue, _papers_are_there, _folders_without_sync),
    "the oldest copy goes first": Workflow(_back_up, _copies_are_whole, _oldest_go_first),
}
