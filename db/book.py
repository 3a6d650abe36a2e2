"""The book: make it, open it, read it, write it, close it. One connection per thread."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from db import keys, merge, privacy
from db import migrations as steps
from db import operations as log
from db import undo as undoing
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
from db.reading import Reading
from db.sites import SiteMark, SiteRegister, new_site
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


class Book(Reading):
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

    # -- writing

    @contextmanager
    def writing(
        self, actor: str, *, act: str = "edit", title: str = "", undoes: str | None = None
    ) -> Iterator[Writing]:
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
        """Start a transaction as this installation's site: a new one if the book was copied or restored."""
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

    def undo(self, actor: str, batch: str | None = None, *, everything: bool = False) -> undoing.UndoResult:
        """Take back ``batch``, or the last thing ``actor`` typed; UnknownBatchError if there is none."""
        wanted = batch or undoing.last_batch(self.connection, actor)
        return self._take_back(actor, wanted, "undo", everything=everything)

    def redo(self, actor: str) -> undoing.UndoResult:
        """Take back the last undo of ``actor``, if nothing was typed since."""
        return self._take_back(actor, undoing.last_undo(self.connection, actor), "redo", everything=False)

    def _take_back(self, actor: str, batch: str, act: str, *, everything: bool) -> undoing.UndoResult:
        named = log.batch_named(self.connection, batch)
        if named is None:
            raise UnknownBatchError(batch)
        with self.writing(actor, act=act, title=named.title, undoes=batch) as write:
            return undoing.take_back(write, batch, everything=everything)

    def restore(self, actor: str, record: str) -> int:
        """Take a record and what was removed with it out of the bin; how many records came back."""
        going = [o for o in log.operations_of_record(self.connection, record) if "removed" in o.changes]
        if not going or going[-1].changes["removed"].after != BIN:
            raise UnknownBatchError(record)
        batch = going[-1].batch
        with self.writing(actor, act="restore", title=batch.title) as write:
            return undoing.restore_with_parts(write, going[-1].type, record, batch.id)

    def erase(self, actor: str, type_name: str, record: str, fields: Sequence[str]) -> None:
        """Forget fields of a record, in every operation and in the files."""
        with self.writing(actor, act="erase") as write:
            privacy.erase(write, type_name, record, fields)
        with storage_faults(self.path):
            privacy.scrub(self.connection)

    # -- exchange of operations (packages are built on these)

    def operations_after(self, known: Mapping[str, int]) -> Iterator[str]:
        """Operations, one JSON line each, that a book with these last numbers lacks; waiting ones too."""
        for site in log.last_seqs(self.connection):
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
    known = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlite_migrations'"
    ).fetchone()[0]
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
