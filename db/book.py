"""The book: make it, open it, read it, write it, close it. One connection per thread."""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import history, keys, merge, privacy, search, store, undo
from db import migrations as steps
from db import operations as log
from db.digest import digest
from db.engine import Connection, connect, storage_faults
from db.errors import (
    BookDamagedError,
    BookExistsError,
    BookMissingError,
    BookTooNewError,
    ReadOnlyError,
    UnknownBatchError,
)
from db.files import sync_folder
from db.journal import Batch, Operation, to_wire
from db.lock import BookLock
from db.places import refuse_unsafe_place
from db.records.definition import Value
from db.sites import SiteMark, SiteRegister, new_site
from db.store import Record, Where
from db.writing import BIN, Writing

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True)
class NewUnit:
    """The office a new book is for."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What is printed once: the code that opens the book when every password is forgotten."""

    book: str
    code: str
    unit: str


@dataclass(slots=True)
class _Shared:
    """What all connections of one opened book have in common."""

    path: Path
    key: bytes
    identity: str
    account: str
    clock: Clock
    register: SiteRegister
    lock: BookLock | None
    site: str = ""
    connections: list[Book] = field(default_factory=list)


class Book:
    """An open book. Reading methods may be used at any time, writing goes through :meth:`writing`."""

    def __init__(self, connection: Connection, shared: _Shared, *, writable: bool) -> None:
        self.connection = connection
        self._shared = shared
        self._writable = writable
        shared.connections.append(self)

    # -- life

    @classmethod
    def create(
        cls,
        path: Path,
        password: str,
        unit: NewUnit,
        *,
        actor: str = "",
        clock: Clock = _now,
        cost: keys.Cost | None = None,
    ) -> tuple[Book, RecoverySheet]:
        """A new book for one office. Raises BookExistsError, WeakPasswordError, UnsafePlaceError."""
        keys.check_password(password)
        if path.exists() or any(file.exists() for file in keys.key_files(path)):
            raise BookExistsError(path)
        refuse_unsafe_place(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        key, identity, code = keys.new_key(), secrets.token_hex(8), keys.new_recovery_code()
        account = actor or "can_bo"
        ring = keys.KeyRing(identity, (keys.wrap(key, identity, "recovery", keys.RECOVERY, code, cost),))
        lock = BookLock(path)
        try:
            book = cls._made(path, _Shared(path, key, identity, account, clock, SiteRegister(), lock), unit)
            keys.write_ring(path, keys.with_password(ring, key, account, password, cost))
        except BaseException:
            lock.release()
            _remove_unfinished(path)
            raise
        return book, RecoverySheet(identity, code, unit.name)

    @classmethod
    def _made(cls, path: Path, shared: _Shared, unit: NewUnit) -> Book:
        connection = connect(path, shared.key)
        with storage_faults(path):
            steps.apply(connection)
            connection.execute("INSERT INTO book_info VALUES ('identity', ?)", (shared.identity,))
        book = cls(connection, shared, writable=True)
        with book.writing(shared.account, act="new", title=unit.name) as write:
            own = write.add("org_unit", {"code": unit.code, "name": unit.name, "kind": unit.kind})
            write.add("office_profile", {"unit": own, "name_line": unit.name.upper(), "profile": "nd30_2020"})
            connection.execute("INSERT INTO book_info VALUES ('own_unit', ?)", (own,))
        sync_folder(path.parent)
        return book

    @classmethod
    def open(cls, path: Path, password: str, *, writable: bool = True, clock: Clock = _now) -> Book:
        """Open with a password or the recovery code. Never makes a book where there is none.

        Raises BookMissingError, KeysMissingError, WrongPasswordError, BookInUseError (writable only),
        BookTooNewError, BookDamagedError, UnsafePlaceError.
        """
        if not path.exists():
            raise BookMissingError(path)
        refuse_unsafe_place(path)
        if path.stat().st_size == 0:
            raise BookDamagedError(path)
        ring = keys.read_ring(path)
        key, slot = keys.unlock(ring, password)
        return cls.open_with_key(path, key, ring.book, slot.name, writable=writable, clock=clock)

    @classmethod
    def open_with_key(
        cls,
        path: Path,
        key: bytes,
        identity: str,
        account: str,
        *,
        writable: bool = True,
        clock: Clock = _now,
    ) -> Book:
        """Open with the data key itself (what :meth:`open` does once a slot gave it)."""
        lock = BookLock(path) if writable else None
        try:
            connection = connect(path, key, writable=writable)
            with storage_faults(path):
                _upgrade(connection, path, writable=writable)
        except BaseException:
            if lock:
                lock.release()
            raise
        shared = _Shared(path, key, identity, account, clock, SiteRegister(), lock)
        return cls(connection, shared, writable=writable)

    def another(self, *, writable: bool = False) -> Book:
        """A second connection to this open book, for another thread."""
        if writable and not self._writable:
            raise ReadOnlyError
        connection = connect(self.path, self._shared.key, writable=writable)
        return Book(connection, self._shared, writable=writable)

    def close(self) -> None:
        """Close this connection; the last one gives the book free."""
        if self not in self._shared.connections:
            return
        self._shared.connections.remove(self)
        self.connection.close()
        if not self._shared.connections and self._shared.lock:
            self._shared.lock.release()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- facts about the book

    @property
    def path(self) -> Path:
        """Where the book is."""
        return self._shared.path

    @property
    def identity(self) -> str:
        """The book's own name, the same in every copy."""
        return self._shared.identity

    @property
    def account(self) -> str:
        """Who opened it."""
        return self._shared.account

    @property
    def key(self) -> bytes:
        """The data key, for what is derived from it (photos, backups)."""
        return self._shared.key

    @property
    def writable(self) -> bool:
        """Whether this connection may write."""
        return self._writable

    def now(self) -> datetime:
        """This PC's clock; shown, never trusted."""
        return self._shared.clock()

    def own_unit(self) -> str:
        """Id of the office's unit."""
        return self._info("own_unit")

    def _info(self, name: str) -> str:
        row = self.connection.execute("SELECT value FROM book_info WHERE key = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    # -- reading

    def get(self, type_name: str, record: str) -> Record:
        """The record, removed or not. UnknownRecordError where there is none."""
        return store.get(self.connection, store.declared(type_name), record)

    def find(
        self, type_name: str, where: Where | None = None, order: str | None = None, limit: int | None = None
    ) -> list[Record]:
        """Live records that meet ``where`` (see :data:`db.store.Where`)."""
        return store.find(self.connection, store.declared(type_name), where or {}, order, limit)

    def rows(self, type_name: str, fields: Sequence[str], where: Where | None = None) -> Iterator[tuple[Any, ...]]:
        """Chosen fields of live records as tuples; ``id`` is a field too."""
        return store.rows(self.connection, store.declared(type_name), fields, where)

    def count(self, type_name: str, where: Where | None = None) -> int:
        """How many live records meet ``where``."""
        return store.count(self.connection, store.declared(type_name), where)

    def row_numbers(
        self, type_name: str, where: Where | None = None, order: str | None = None, text: str | None = None
    ) -> array[int]:
        """Row numbers in order, for lists of any size; ``text``: only those whose names hold its words."""
        record_type = store.declared(type_name)
        among = search.rows_named(self.connection, record_type, text) if text and text.strip() else None
        return store.row_numbers(self.connection, record_type, where, order, among)

    def by_row_number(
        self, type_name: str, fields: Sequence[str], numbers: Sequence[int]
    ) -> dict[int, tuple[Any, ...]]:
        """Chosen fields of rows by number."""
        return store.by_row_number(self.connection, store.declared(type_name), fields, numbers)

    def search(self, text: str, limit: int = 50) -> list[search.Hit]:
        """Live records that hold the words of ``text``, exact marks first."""
        return search.search(self.connection, text, limit)

    def history(self, record: str) -> list[history.Entry]:
        """Who did what to a record, oldest first."""
        return history.history(self.connection, record)

    def last_acts(self, record: str) -> dict[str, str]:
        """How each field's present value was written: import, edit ..."""
        return history.last_acts(self.connection, record)

    def conflicts(self) -> list[history.Conflict]:
        """What waits for a decision."""
        return history.conflicts(self.connection)

    def bin(self) -> list[Record]:
        """What was removed and can be restored."""
        return history.bin_records(self.connection)

    def batches(self, limit: int = 100) -> list[tuple[Batch, bool]]:
        """The latest batches, newest first, and whether each is undone."""
        rows = self.connection.execute(
            "SELECT id, undone_by IS NOT NULL FROM batch ORDER BY no DESC LIMIT ?", (limit,)
        ).fetchall()
        named = ((log.batch_named(self.connection, name), bool(undone)) for name, undone in rows)
        return [(batch, undone) for batch, undone in named if batch]

    def digest(self) -> str:
        """SHA-256 over all live records: equal books have equal digests."""
        return digest(self.connection)

    # -- writing

    @contextmanager
    def writing(self, actor: str, *, act: str = "edit", title: str = "", undoes: str | None = None) -> Iterator[Writing]:
        """One transaction and one batch. An exception inside takes everything back."""
        if not self._writable:
            raise ReadOnlyError
        with storage_faults(self.path):
            site = self._begin()
            try:
                at = self.now().isoformat(timespec="seconds")
                write = Writing(self.connection, site, Batch("", site, actor, at, act, title, undoes))
                yield write
                write.flush()
                mark = SiteMark(site, *self._site_mark(site))
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        self._shared.site = site
        self._shared.register.write(self.identity, self.path, mark)

    def _site_mark(self, site: str) -> tuple[int, str]:
        seq, last_hash = log.site_state(self.connection, site)
        return seq, last_hash.hex()

    def _begin(self) -> str:
        """Start a transaction as this installation's site: a new one where the book was copied or restored."""
        self.connection.execute("BEGIN IMMEDIATE")
        known = self._info("site")
        mark = self._shared.register.read(self.identity, self.path)
        if known and mark == SiteMark(known, *self._site_mark(known)):
            return known
        site = new_site()
        log.site_number(self.connection, site)
        self.connection.execute("INSERT OR REPLACE INTO book_info VALUES ('site', ?)", (site,))
        self.connection.execute("UPDATE site SET told_seq = 0")
        return site

    def undo(self, actor: str, batch: str | None = None, *, everything: bool = False) -> undo.UndoResult:
        """Take back ``batch``, or the last thing ``actor`` typed. UnknownBatchError where there is nothing."""
        wanted = batch or undo.last_batch(self.connection, actor)
        return self._take_back(actor, wanted, "undo", everything=everything)

    def redo(self, actor: str) -> undo.UndoResult:
        """Take back the last undo of ``actor``, if nothing was typed since."""
        return self._take_back(actor, undo.last_undo(self.connection, actor), "redo", everything=False)

    def _take_back(self, actor: str, batch: str, act: str, *, everything: bool) -> undo.UndoResult:
        named = log.batch_named(self.connection, batch)
        if named is None:
            raise UnknownBatchError(batch)
        with self.writing(actor, act=act, title=named.title, undoes=batch) as write:
            return undo.take_back(write, batch, everything=everything)

    def restore(self, actor: str, record: str) -> int:
        """Take a record and what was removed with it out of the bin; how many records came back."""
        going = [o for o in log.operations_of_record(self.connection, record) if "removed" in o.changes]
        if not going or going[-1].changes["removed"].after != BIN:
            raise UnknownBatchError(record)
        batch = going[-1].batch
        with self.writing(actor, act="restore", title=batch.title) as write:
            return undo.restore_with_parts(write, going[-1].type, record, batch.id)

    def erase(self, actor: str, type_name: str, record: str, fields: Sequence[str]) -> None:
        """Forget fields of a record, in every operation and in the files."""
        with self.writing(actor, act="erase") as write:
            privacy.erase(write, type_name, record, fields)
        with storage_faults(self.path):
            privacy.scrub(self.connection)

    # -- exchange of operations (packages are built on these)

    def operations_after(self, known: Mapping[str, int]) -> Iterator[str]:
        """Operations, one JSON line each, that a book with these last numbers has not applied; waiting ones too."""
        for site, last in log.last_seqs(self.connection).items():
            for operation in log.operations_of_site(self.connection, site, known.get(site, 0)):
                yield to_wire(operation)
        for (raw,) in self.connection.execute("SELECT raw FROM waiting ORDER BY site, seq").fetchall():
            yield str(raw)

    def last_seqs(self) -> dict[str, int]:
        """For every site, the last operation applied without a gap."""
        return log.last_seqs(self.connection)

    def receive(self, lines: Iterable[str | Operation]) -> merge.MergeResult:
        """Take in operations of other sites: all of them or, with ForeignOperationError, none."""
        with self.writing(self.account, act="receive") as write:
            return merge.receive(write.connection, lines)


def _upgrade(connection: Connection, path: Path, *, writable: bool) -> None:
    """Refuse a newer book; bring an older one up to date, with a copy kept aside."""
    known = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone()[0]
    if not known:
        raise BookDamagedError(path)
    applied = [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations")]
    unknown = tuple(name for name in applied if name not in steps.STEPS)
    if unknown:
        raise BookTooNewError(unknown)
    if len(applied) < len(steps.STEPS):
        if not writable:
            raise ReadOnlyError
        aside = path.with_name(f"{path.name}.before-{steps.STEPS[len(applied)]}")
        aside.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(aside),))
        steps.apply(connection)
        connection.execute("BEGIN IMMEDIATE")
        merge.reapply_unknown(connection)
        connection.execute("COMMIT")


def _remove_unfinished(path: Path) -> None:
    for name in (path.name, *(f"{path.name}{end}" for end in ("-wal", "-shm", ".keys", ".keys2", ".lock"))):
        path.with_name(name).unlink(missing_ok=True)
