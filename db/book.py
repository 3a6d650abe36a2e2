"""The book: make it, open it, read it, write it, close it. One connection per thread."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from db import keys, merge, privacy, search_index, settling
from db import migrations as steps
from db import operations as log
from db import undo as undoing
from db.engine import Connection, connect, storage_faults, transaction
from db.errors import (
    BookDamagedError,
    BookMissingError,
    EnvironmentFault,
    ReadOnlyError,
    UnknownBatchError,
)
from db.files import disk_faults
from db.journal import Batch, Operation, to_wire
from db.lock import BookLock
from db.new_place import place_of_new, publish, refuse_taken, settle
from db.photos.forgetting import delete_forgotten
from db.places import refuse_unsafe_place
from db.reading import Reading
from db.records.definition import REMOVED
from db.sites import SiteMark, SiteRegister, new_site
from db.upgrade import UNDERSTOOD, bring_up_to_date
from db.writing import BIN, Writing

Clock = Callable[[], datetime]

_PAPER_FORMATS = {"party_cell": "party_hd36_2018"}
"""The format of papers that a new office starts with, by its kind; all others start with the State's."""


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
    mark: SiteMark | None = None
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
        refuse_taken(path)
        refuse_unsafe_place(path)
        key, identity, code = keys.new_key(), secrets.token_hex(8), keys.new_recovery_code()
        account = actor or "can_bo"
        ring = keys.KeyRing(identity, (keys.wrap(key, identity, "recovery", keys.RECOVERY, code, cost),))
        with disk_faults(), place_of_new(path) as (making, lock):
            shared = _Shared(path, key, identity, account, clock, SiteRegister(), lock)
            with closing(connect(making, key, create=True)) as connection:
                book = cls(connection, shared, writable=True)
                book._begin_with(unit)
                with storage_faults(path):
                    settle(connection)
            keys.write_ring(path, keys.with_password(ring, key, account, password, cost))
            publish(path)
            book.connection = connect(path, key)
        return book, RecoverySheet(identity, code, unit.name)

    def _begin_with(self, unit: NewUnit) -> None:
        with storage_faults(self.path):
            steps.apply(self.connection)
            log.tell(self.connection, "identity", self.identity)
            log.tell(self.connection, UNDERSTOOD, steps.STEPS[-1])
            search_index.note_built(self.connection)
        with self.writing(self.account, act="new", title=unit.name) as write:
            own = write.add("org_unit", {"code": unit.code, "name": unit.name, "kind": unit.kind})
            profile = _PAPER_FORMATS.get(unit.kind, "nd30_2020")
            write.add("office_profile", {"unit": own, "name_line": unit.name.upper(), "profile": profile})
            log.tell(self.connection, "own_unit", own)

    @classmethod
    def open(
        cls,
        path: Path,
        password: str,
        *,
        writable: bool = True,
        clock: Clock = _now,
        step: Callable[[int], None] = lambda _: None,
    ) -> Book:
        """Open with a password or the recovery code. Never makes a book where there is none.

        ``step`` is told 0–100 while an older book's index of words is made anew, and may raise to stop.
        Raises BookMissingError, KeysMissingError, WrongPasswordError, BookInUseError (writable only),
        BookTooNewError, BookDamagedError, UnsafePlaceError.
        """
        _refuse_missing(path)
        refuse_unsafe_place(path)
        ring = keys.read_ring(path)
        key, slot = keys.unlock(ring, password)
        book = cls.open_with_key(path, key, ring.book, slot.name, writable=writable, clock=clock, step=step)
        if writable:
            with suppress(EnvironmentFault):  # a full disk is no reason to refuse the book
                keys.mend(path, ring)
        return book

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
        step: Callable[[int], None] = lambda _: None,
    ) -> Book:
        """Open with the data key itself (what :meth:`open` does once a slot gave it)."""
        _refuse_missing(path)
        with ExitStack() as backwards:
            lock = BookLock(path) if writable else None
            if lock:
                backwards.callback(lock.release)
            connection = connect(path, key, writable=writable)
            backwards.callback(connection.close)
            with storage_faults(path):
                bring_up_to_date(connection, path, writable=writable, step=step)
            backwards.pop_all()
        shared = _Shared(path, key, identity, account, clock, SiteRegister(), lock)
        book = cls(connection, shared, writable=writable)
        if writable:
            book._scrub()
        return book

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

    def today(self) -> date:
        """The day on this PC's clock."""
        return self.now().date()

    # -- writing

    @contextmanager
    def writing(
        self, actor: str, *, act: str = "edit", title: str = "", undoes: str | None = None
    ) -> Iterator[Writing]:
        """One transaction and one batch. An exception inside takes everything back."""
        if not self._writable:
            raise ReadOnlyError
        with storage_faults(self.path), transaction(self.connection):
            site = self._own_site()
            at = self.now().isoformat(timespec="seconds")
            write = Writing(self.connection, site, Batch("", site, actor, at, act, title, undoes))
            yield write
            write.finish()
            mark = self._site_mark(site)
        self._shared.mark = mark
        self._shared.register.write(self.identity, self.path, mark)

    def _site_mark(self, site: str) -> SiteMark:
        seq, last_hash = log.site_state(self.connection, site)
        return SiteMark(site, seq, last_hash.hex())

    def _own_site(self) -> str:
        """The site this installation writes as: a new one if the book was copied, restored or moved."""
        known = log.info(self.connection, "site")
        mark = self._shared.mark or self._shared.register.read(self.identity, self.path)
        if known and mark == self._site_mark(known):
            return known
        site = new_site()
        log.site_number(self.connection, site)
        log.tell(self.connection, "site", site)
        self.connection.execute("UPDATE site SET told_seq = 0")
        return site

    def undo(
        self,
        actor: str,
        batch: str | None = None,
        *,
        everything: bool = False,
        step: undoing.Step = lambda _: None,
    ) -> undoing.UndoResult:
        """Take back ``batch``, or the last thing ``actor`` typed; UnknownBatchError if there is none.

        ``step`` is told 0–100 as the work goes on and may raise to cancel.
        """
        wanted = batch or undoing.last_batch(self.connection, actor)
        return self._take_back(actor, wanted, "undo", everything, step)

    def redo(self, actor: str, *, step: undoing.Step = lambda _: None) -> undoing.UndoResult:
        """Take back the last undo of ``actor``, if nothing was typed since."""
        return self._take_back(actor, undoing.last_undo(self.connection, actor), "redo", False, step)

    def _take_back(
        self, actor: str, batch: str, act: str, everything: bool, step: undoing.Step
    ) -> undoing.UndoResult:
        named = log.batch_named(self.connection, batch)
        if named is None or named.act == "new":  # a book without its own unit is none
            raise UnknownBatchError(batch)
        with self.writing(actor, act=act, title=named.title, undoes=batch) as write:
            result = undoing.take_back(write, batch, everything=everything, step=step)
            if not result.undone:
                log.pass_over(self.connection, batch)
            return result

    def restore(self, actor: str, record: str) -> int:
        """Take a record and what was removed with it out of the bin; how many records came back."""
        standing = settling.resolve(log.operations_of_record(self.connection, record)).get(REMOVED)
        removals = [head for head, how in standing.heads if how == BIN] if standing else []
        going = log.operation_at(self.connection, removals[-1]) if removals else None
        if going is None:
            raise UnknownBatchError(record)
        with self.writing(actor, act="restore", title=going.batch.title) as write:
            return undoing.restore_with_parts(write, going.type, record, going.batch.id)

    def erase(self, actor: str, type_name: str, record: str, fields: Sequence[str]) -> None:
        """Forget fields of a record, in every operation; in the files now or when the book is next opened."""
        with self.writing(actor, act="erase") as write:
            privacy.erase(write, type_name, record, fields)
        self._scrub()

    def _scrub(self) -> None:
        with suppress(EnvironmentFault), storage_faults(self.path):  # what is due stays due
            delete_forgotten(self.connection, self.path, self.key)
            privacy.scrub_if_needed(self.connection)

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
            result = merge.receive(write.connection, lines)
        self._scrub()
        return result


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        raise BookMissingError(path)
    if path.is_file() and path.stat().st_size == 0:
        raise BookDamagedError(path)
