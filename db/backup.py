"""Copies that prove themselves: made by the engine, opened, checked and compared before they count."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from db import keys
from db.book import Book
from db.check import Problem, Step, check
from db.engine import connect, storage_faults
from db.errors import BookExistsError, BookMissingError, StorageError
from db.files import as_fault, replace_patiently, sync_folder, write_whole

KEEP = 10
"""How many verified copies stay; older ones go only after a newer one was verified."""

_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: its file, the digest of its records, how many operations it holds."""

    path: Path
    digest: str
    operations: int


def folder_of(book: Path) -> Path:
    """Where a book's own backups are kept."""
    return book.with_name(f"{book.name}.backups")


def back_up(book: Book, folder: Path | None = None, step: Step = lambda _: None) -> Backup:
    """A verified copy in ``folder``. Raises StorageError where the copy is not equal, DiskFullError."""
    folder = folder or folder_of(book.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_fault(error) from error
    name = f"{book.path.stem}-{book.now():%Y%m%d-%H%M%S}{book.path.suffix or '.db'}"
    target = _free_name(folder / name)
    temporary = target.with_name(f"{target.name}.tmp")
    try:
        _copy(book, temporary, step)
        made = _verified(book, temporary, target)
        for source, copy in zip(keys.key_files(book.path), keys.key_files(target), strict=True):
            if source.exists():
                write_whole(copy, source.read_bytes())
        replace_patiently(temporary, target)
        sync_folder(folder)
    except OSError as error:
        raise as_fault(error) from error
    finally:
        for leftover in folder.glob(f"{temporary.name}*"):
            leftover.unlink(missing_ok=True)
    _thin_out(folder, book.path, target)
    return made


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _copy(book: Book, temporary: Path, step: Step) -> None:
    temporary.unlink(missing_ok=True)
    copy = connect(temporary, book.key)
    try:
        with storage_faults(temporary):
            book.connection.backup(
                copy, pages=_PAGES, progress=lambda _, left, total: step(80 - 80 * left // max(total, 1))
            )
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()


def _verified(book: Book, temporary: Path, target: Path) -> Backup:
    with Book.open_with_key(temporary, book.key, book.identity, book.account, writable=False) as copy:
        grave = [problem for problem in check(copy) if problem.grave]
        if grave:
            raise StorageError(grave[0].message)
        operations = sum(copy.last_seqs().values())
        if copy.last_seqs() == book.last_seqs() and copy.digest() != book.digest():
            raise StorageError("digest")
        return Backup(target, copy.digest(), operations)


def backups_in(folder: Path, book: Path) -> list[Path]:
    """Finished copies of ``book`` in ``folder``, oldest first."""
    return sorted(p for p in folder.glob(f"{book.stem}-2*{book.suffix or '.db'}") if p.is_file())


def _thin_out(folder: Path, book: Path, newest: Path) -> None:
    for old in backups_in(folder, book)[:-KEEP]:
        if old != newest:
            for file in (old, *keys.key_files(old)):
                file.unlink(missing_ok=True)


def restore(backup: Path, password: str, target: Path) -> list[Problem]:
    """Put a copy at ``target`` (which must be free) and check it; the problems found.

    The restored book becomes a new site at its first write: what the lost one still wrote stays its own.
    """
    if not backup.exists():
        raise BookMissingError(backup)
    if target.exists() or any(file.exists() for file in keys.key_files(target)):
        raise BookExistsError(target)
    with Book.open(backup, password, writable=False):
        pass  # the password is right and the file is a book
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for source, copy in zip(keys.key_files(backup), keys.key_files(target), strict=True):
            if source.exists():
                write_whole(copy, source.read_bytes())
        temporary = target.with_name(f".{target.name}.restoring")
        shutil.copyfile(backup, temporary)
        replace_patiently(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        raise as_fault(error) from error
    with Book.open(target, password, writable=False) as book:
        return check(book)
