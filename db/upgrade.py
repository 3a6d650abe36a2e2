"""Brings a book of an older version up to date, with a copy kept aside; leaves a newer one alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db import keys, merge, search_index
from db import migrations as steps
from db import operations as log
from db.engine import Connection, storage_faults, transaction
from db.errors import BookDamagedError, BookTooNewError, BookTooOldError, EnvironmentFault
from db.files import disk_faults, replace_patiently, sync_file, sync_folder, write_whole

UNDERSTOOD = "understood"
"""The last step with which operations of a newer version were looked at again."""


def bring_up_to_date(
    connection: Connection, path: Path, *, writable: bool, step: Callable[[int], None] = lambda _: None
) -> None:
    """Apply the pending steps and see to the index of words.

    ``step`` is told 0–100 while the index is made anew, the one thing that takes long, and may raise to stop.
    Raises BookDamagedError, BookTooNewError, BookTooOldError, DiskFullError.
    """
    applied = _applied(connection, path)
    unknown = tuple(name for name in applied if name not in steps.STEPS)
    if unknown:
        raise BookTooNewError(unknown)
    if len(applied) < len(steps.STEPS):
        if not writable:
            raise BookTooOldError
        _keep_aside(connection, path, steps.STEPS[len(applied)])
        steps.apply(connection)
    if not writable:
        return
    if log.info(connection, UNDERSTOOD) != steps.STEPS[-1]:
        _apply_what_is_understood(connection)
    if not search_index.is_sound(connection):
        # No room for it is no reason to refuse the book
        with suppress(EnvironmentFault), storage_faults(path):
            _index_anew(connection, step)


def _applied(connection: Connection, path: Path) -> list[str]:
    sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('_sqlite_migrations', 'book_info')"
    if connection.execute(sql).fetchone()[0] < 2:
        raise BookDamagedError(path)
    return [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations")]


def _keep_aside(connection: Connection, path: Path, step: str) -> None:
    """A copy of the book as it is, with its keys, that the older version can open."""
    aside = path.with_name(f"{path.name}.before-{step}")
    temporary = aside.with_name(f".{aside.name}.tmp")
    try:
        with disk_faults():
            temporary.unlink(missing_ok=True)
            connection.execute("VACUUM INTO ?", (str(temporary),))
            sync_file(temporary)
            for source, copy in zip(keys.key_files(path), keys.key_files(aside), strict=True):
                if source.exists():
                    write_whole(copy, source.read_bytes())
            replace_patiently(temporary, aside)
            sync_folder(aside.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _apply_what_is_understood(connection: Connection) -> None:
    with transaction(connection):
        merge.reapply_unknown(connection)
        log.tell(connection, UNDERSTOOD, steps.STEPS[-1])


def _index_anew(connection: Connection, step: Callable[[int], None]) -> None:
    with transaction(connection):
        search_index.rebuild(connection, step)
