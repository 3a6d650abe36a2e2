"""The file of the small pictures: a database of its own that may be thrown away at any time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from db import keys
from db.engine import Connection, connect, storage_faults
from db.errors import BookDamagedError, EnvironmentFault
from db.files import disk_faults, make_folder, sync_folder
from db.photo_store import photo_folder

_TABLE = "CREATE TABLE IF NOT EXISTS thumbnail (hash TEXT, side INTEGER, jpeg BLOB, PRIMARY KEY (hash, side))"
_FAULTS = (BookDamagedError, EnvironmentFault, dbapi2.Error)


def thumbs_file(book: Path) -> Path:
    """Where the thumbnails of the book at ``book`` are."""
    return photo_folder(book) / "thumbs.db"


class ThumbFile:
    """Thumbnails by hash and longest side; one for each thread. Made anew where missing or damaged.

    A fault of the file never reaches the caller: then nothing is found and nothing is kept.
    """

    def __init__(self, book: Path, key: bytes) -> None:
        self._path = thumbs_file(book)
        self._key = keys.derive(key, "thumbs")
        self._connection = self._opened()

    def __enter__(self) -> ThumbFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def find(self, digest: str, side: int) -> bytes | None:
        """The JPEG, if it is kept."""
        if self._connection is None:
            return None
        sql = "SELECT jpeg FROM thumbnail WHERE hash = ? AND side = ?"
        try:
            row = self._connection.execute(sql, (digest, side)).fetchone()
        except dbapi2.Error:
            self.close()
            self._connection = self._made_anew()
            return None
        return bytes(row[0]) if row else None

    def keep(self, made: Mapping[str, Mapping[int, bytes]]) -> None:
        """Keep thumbnails: by hash, by side, JPEG bytes."""
        rows = [(digest, side, jpeg) for digest, sides in made.items() for side, jpeg in sides.items()]
        self._change("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)", rows)

    def forget(self, hashes: Iterable[str]) -> None:
        """Remove the thumbnails of these photos, and their bytes from the file, for good.

        A file of which that cannot be said is thrown away. Raises StorageError where not even that works.
        """
        if not self._written_out("DELETE FROM thumbnail WHERE hash = ?", [(digest,) for digest in hashes]):
            self.close()
            with disk_faults():
                self._throw_away()

    def _written_out(self, sql: str, rows: Sequence[tuple[object, ...]]) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute("PRAGMA synchronous = FULL")
            if not self._change(sql, rows):
                return False
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except dbapi2.Error:
            return False
        return True

    def _change(self, sql: str, rows: Sequence[tuple[object, ...]]) -> bool:
        if self._connection is None or not rows:
            return not rows
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(sql, rows)
            self._connection.execute("COMMIT")
        except dbapi2.Error:
            with suppress(dbapi2.Error):
                self._connection.execute("ROLLBACK")
            return False
        return True

    def _opened(self) -> Connection | None:
        try:
            return self._connected()
        except BookDamagedError:
            return self._made_anew()
        except _FAULTS:
            return None

    def _connected(self) -> Connection:
        with disk_faults():
            make_folder(self._path.parent)  # photos come into it too
        connection = connect(self._path, self._key, create=True)
        try:
            with storage_faults(self._path):
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA synchronous = OFF")  # what is lost is made anew
                connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _made_anew(self) -> Connection | None:
        try:
            with disk_faults():
                self._throw_away()
            return self._connected()
        except _FAULTS:
            return None

    def _throw_away(self) -> None:
        for end in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        sync_folder(self._path.parent)
