"""Copies that prove themselves: made by the engine, opened, checked and compared before they count."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from db import keys
from db.book import Book
from db.check import Problem, Step, check, pages_problems
from db.engine import connect, storage_faults
from db.errors import BookDamagedError, BookMissingError, KeysMissingError, StorageError
from db.files import copy_whole, disk_faults, make_folder, replace_patiently, sync_folder, write_whole
from db.lock import BookLock
from db.new_place import clear, refuse_taken, restoring
from db.photo_store import PhotoStore
from db.photos.checking import check_photos
from db.photos.copies import copy_photos, fetch, pool, thin_out
from db.photos.hashes import referred_hashes
from db.places import refuse_unsafe_place

KEEP = 10
"""How many verified copies stay; older ones go only after a newer one was verified."""

_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: its file, the digest of its records, how many operations it holds."""

    path: Path
    digest: str
    operations: int
    photos_lost: int = 0
    """Photos of the book whose file is missing or damaged, here and in earlier backups."""


def folder_of(book: Path) -> Path:
    """Where a book's own backups are kept."""
    return book.with_name(f"{book.name}.backups")


def back_up(book: Book, folder: Path | None = None, step: Step = lambda _: None) -> Backup:
    """A verified copy in ``folder``. ``step`` is told 0–100 as the work goes on and may raise to cancel.

    It is made beside the book and brought to ``folder`` when it is proven: a stick holds no open book.
    Raises StorageError where the copy is not equal, DiskFullError, BookInUseError during another backup.
    """
    own = folder_of(book.path)
    folder = folder or own
    with disk_faults():
        make_folder(own)
        make_folder(folder)
    temporary = own / f".{book.path.stem}.tmp"
    lock = BookLock(temporary)
    try:
        _copy(book, temporary, step)
        made = _verified(book, temporary, _next_name(folder, book), step)
        lost = copy_photos(
            referred_hashes(book.connection),
            [PhotoStore.beside(book.path, book.key)],
            pool(folder, book.identity, book.key),
            lambda done: step(95 + done * 4 // 100),
        )
        _bring(book.path, temporary, made.path)
    finally:
        clear(temporary)
        lock.release()
    _thin_out(folder, book, made.path)
    step(100)
    live = {str(digest) for (digest,) in book.rows("photo", ("hash",))}
    return replace(made, photos_lost=len(lost & live))


def _next_name(folder: Path, book: Book) -> Path:
    """Numbered, because a clock may jump: the higher number is the newer copy."""
    number = max((number for number, _ in _numbered(folder, book.path)), default=0) + 1
    when = f"{book.now():%Y%m%d-%H%M%S}"
    return folder / f"{book.path.stem}-{number:05}-{when}{_suffix(book.path)}"


def _suffix(book: Path) -> str:
    return book.suffix or ".db"


def _numbered(folder: Path, book: Path) -> list[tuple[int, Path]]:
    name = re.compile(rf"{re.escape(book.stem)}-(\d{{5,}})-\d+-\d{{6}}{re.escape(_suffix(book))}")
    found = ((name.fullmatch(file.name), file) for file in folder.iterdir() if file.is_file())
    return sorted((int(match[1]), file) for match, file in found if match)


def _copy(book: Book, temporary: Path, step: Step) -> None:
    clear(temporary)
    with storage_faults(temporary):
        copy = connect(temporary, book.key, create=True)
        try:
            book.connection.backup(
                copy, pages=_PAGES, progress=lambda _, left, total: step(60 - 60 * left // max(total, 1))
            )
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()


def _verified(book: Book, temporary: Path, target: Path, step: Step) -> Backup:
    with Book.open_with_key(temporary, book.key, book.identity, book.account, writable=False) as copy:
        grave = [one for one in check(copy, lambda done: step(60 + done * 35 // 100)) if one.grave]
        if grave:
            raise StorageError(grave[0].message)
        if copy.last_seqs() == book.last_seqs() and copy.digest() != book.digest():
            raise StorageError("digest")
        return Backup(target, copy.digest(), sum(copy.last_seqs().values()))


def _bring(book: Path, temporary: Path, target: Path) -> None:
    with disk_faults():
        for source, copy in zip(keys.key_files(book), keys.key_files(target), strict=True):
            if source.exists():
                write_whole(copy, source.read_bytes())
        if temporary.parent == target.parent:
            replace_patiently(temporary, target)
            sync_folder(target.parent)
        else:
            copy_whole(temporary, target)


def backups_in(folder: Path, book: Path) -> list[Path]:
    """Finished copies in ``folder`` of a book of this name, oldest first."""
    return [file for _, file in _numbered(folder, book)] if folder.is_dir() else []


def _thin_out(folder: Path, book: Book, newest: Path) -> None:
    """Let the oldest go. Two offices may keep copies of the same name on one stick: only our own count."""
    mine = [file for file in backups_in(folder, book.path) if _identity(file) == book.identity]
    with disk_faults():
        for old in mine[:-KEEP]:
            if old != newest:
                for file in (old, *keys.key_files(old)):
                    file.unlink(missing_ok=True)
    if mine[:-KEEP]:
        thin_out(pool(folder, book.identity, book.key), mine[-KEEP:], book.key)


def _identity(backup: Path) -> str:
    try:
        return keys.read_ring(backup).book
    except KeysMissingError:
        return ""


def restore(backup: Path, password: str, target: Path) -> list[Problem]:
    """Put a copy at ``target`` (which must be free) and check it; the problems found.

    Raises BookMissingError, BookExistsError, UnsafePlaceError, WrongPasswordError, and BookDamagedError
    before anything stands at ``target``. The restored book becomes a new site at its first write: what the
    lost one still wrote stays its own.
    """
    if not backup.exists():
        raise BookMissingError(backup)
    refuse_taken(target)
    refuse_unsafe_place(target)
    ring = keys.read_ring(backup)
    key, slot = keys.unlock(ring, password)
    temporary = restoring(target)
    try:
        with disk_faults():
            make_folder(target.parent)
            _fetch(backup, temporary)
            _refuse_damaged(temporary, key, backup)
            _put_in_place(temporary, target, backup, ring, key)
    finally:
        clear(temporary)
    with Book.open_with_key(target, key, ring.book, slot.name) as book:
        return [*check(book), *check_photos(book)]


def _put_in_place(temporary: Path, target: Path, backup: Path, ring: keys.KeyRing, key: bytes) -> None:
    """Photos first: a book never stands there without them because something failed in between."""
    brought = fetch(temporary, backup, ring.book, key, target)
    try:
        keys.write_ring(target, ring)
        replace_patiently(temporary, target)
        sync_folder(target.parent)
    except BaseException:
        for file in (target, *keys.key_files(target)):
            file.unlink(missing_ok=True)
        for digest in brought:
            PhotoStore.beside(target, key).delete(digest)
        raise


def _fetch(backup: Path, temporary: Path) -> None:
    """The copy, and what is still in its log if it is a book that was not closed."""
    clear(temporary)
    for end in ("", "-wal"):
        source = backup.with_name(backup.name + end)
        if source.exists():
            copy_whole(source, temporary.with_name(temporary.name + end))


def _refuse_damaged(temporary: Path, key: bytes, backup: Path) -> None:
    with storage_faults(backup):
        connection = connect(temporary, key)
        try:
            if pages_problems(connection, temporary):
                raise BookDamagedError(backup)
        finally:
            connection.close()
