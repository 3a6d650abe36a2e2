"""The one SQLite of the program: which build, how a connection is opened, how its faults are told apart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from db.errors import BookDamagedError, DiskFullError, EngineUnfitError, StorageError

if TYPE_CHECKING:
    from sqlite3 import Connection as Connection  # the same interface, and typed
else:
    Connection = dbapi2.Connection

LEAST_VERSION = (3, 51, 3)  # older ones can lose commits in WAL mode with two connections
_FULL = 13
_ENVIRONMENT = frozenset({3, 5, 6, 8, 10, 14, 23})  # PERM BUSY LOCKED READONLY IOERR CANTOPEN AUTH
_DAMAGED = frozenset({11, 26})  # CORRUPT NOTADB
_CODES = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": _FULL,
    "unable to open database file": 14,
    "file is not a database": 26,
}
"""What the library's backup says in place of a code."""
_NO_ROOM = 1 << 20
# The window reads through three connections; what they drop the system still holds
_CACHE = {True: "PRAGMA cache_size = -32000", False: "PRAGMA cache_size = -16000"}


def check_engine(version: tuple[int, ...] | None = None) -> None:
    """Refuse a SQLite that is too old with :class:`EngineUnfitError`."""
    found = dbapi2.sqlite_version_info if version is None else version
    if found < LEAST_VERSION:
        raise EngineUnfitError(".".join(map(str, found)))


def connect(path: Path, key: bytes, *, writable: bool = True, create: bool = False) -> Connection:
    """Open ``path`` with the raw 32-byte ``key`` and check cipher, FULL and, to write in it, WAL.

    Only ``create`` makes a file where there is none. A connection that is not ``writable`` leaves the file
    as it is, so a copy on a medium that cannot be written opens too. Raises BookDamagedError where the file
    is not a book of this key, StorageError, EngineUnfitError without SQLCipher.
    """
    check_engine()
    address = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    with storage_faults(path):
        connection: Connection = dbapi2.connect(
            address, uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            _set_up(connection, key)
            connection.execute(_CACHE[writable])
            _start_log(connection, writable=writable)
        except BaseException:
            connection.close()
            raise
    return connection


def _set_up(connection: Connection, key: bytes) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise EngineUnfitError("no cipher")
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    connection.execute("PRAGMA temp_store = MEMORY")


def _start_log(connection: Connection, *, writable: bool) -> None:
    """A writer keeps a write-ahead log, synced at every commit; a reader never turns a file into one."""
    if not writable:
        connection.execute("PRAGMA query_only = ON")
        return
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")
    if mode != "wal" or connection.execute("PRAGMA synchronous").fetchone()[0] != 2:
        raise EngineUnfitError(f"journal mode {mode}")


@contextmanager
def transaction(connection: Connection, *, writing: bool = True) -> Iterator[None]:
    """All of it or nothing; to read, one state of the book."""
    connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(dbapi2.Error):  # the first fault is the one to tell
                connection.execute("ROLLBACK")
        raise


@contextmanager
def storage_faults(path: Path) -> Iterator[None]:
    """Turn the database's faults of disk and file into ours; mistakes of the program pass through.

    On a full disk the engine may say only that it could not open or write its log, so the disk is asked.
    """
    try:
        yield
    except dbapi2.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", _CODES.get(str(error), 0)) & 0xFF
        if code == _FULL or (code in _ENVIRONMENT and _has_no_room(path)):
            raise DiskFullError from error
        if code in _DAMAGED:
            raise BookDamagedError(path) from error
        if code in _ENVIRONMENT:
            raise StorageError(str(error)) from error
        raise


def _has_no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM
    except OSError:
        return False
