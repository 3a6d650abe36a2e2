"""Where a book is made: under another name until it has its keys, so that a kill leaves no half of a book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import keys
from db.engine import Connection
from db.errors import BookExistsError, StorageError
from db.files import make_folder, replace_patiently, sync_folder
from db.lock import BookLock


def refuse_taken(path: Path) -> None:
    """BookExistsError where a book, its keys or a left-over log stand: none may mix with a new book."""
    if _is_left_over(path):
        return
    beside = (path.with_name(path.name + end) for end in ("", "-wal", "-journal"))
    if any(file.exists() for file in (*beside, *keys.key_files(path))):
        raise BookExistsError(path)


@contextmanager
def place_of_new(path: Path) -> Iterator[tuple[Path, BookLock]]:
    """The file to make the book in, and its lock; what fails leaves nothing behind.

    Raises BookExistsError also where a program that was quicker made the book meanwhile.
    """
    make_folder(path.parent)
    lock = BookLock(path)
    try:
        refuse_taken(path)
    except BookExistsError:
        lock.release()
        raise
    try:
        _clear(path)
        yield _making(path), lock
    except BaseException:
        clear(path)  # with its log: the fault may have come when it was opened under its name
        _clear(path)
        lock.release()
        path.with_name(f"{path.name}.lock").unlink(missing_ok=True)
        raise


def settle(connection: Connection) -> None:
    """Bring all that was written from the log into the file; closing alone would not tell that it failed."""
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StorageError("checkpoint")


def publish(path: Path) -> None:
    """Give the finished book, settled and closed, its name. Last of all: where a book stands, its keys do."""
    replace_patiently(_making(path), path)
    sync_folder(path.parent)


def _making(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def restoring(path: Path) -> Path:
    """The file that a book is restored in, before it gets its name."""
    return path.with_name(f".{path.name}.restoring")


def _is_left_over(path: Path) -> bool:
    """Whether a program was killed while it made or restored this book (or makes it now, with its lock)."""
    return not path.exists() and (_making(path).exists() or restoring(path).exists())


def _clear(path: Path) -> None:
    """Remove what is there of a book that was not finished."""
    for made in (_making(path), restoring(path)):
        clear(made)
    for file in keys.key_files(path):
        file.unlink(missing_ok=True)


def clear(made: Path) -> None:
    """Remove a file that a book was made in, and its logs."""
    for end in ("", "-wal", "-shm", "-journal"):
        made.with_name(made.name + end).unlink(missing_ok=True)
