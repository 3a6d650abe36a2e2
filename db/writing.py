"""The one way to write: everything goes through the journal, one transaction and one batch at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db import operations as log
from db import search_index, settling, store
from db.engine import Connection
from db.errors import BookError, UnknownRecordError
from db.journal import Batch, Change, Head, Operation, creation, origin, record_id, sealed
from db.placing import mark_rows, put_row
from db.records.definition import REMOVED, RecordType, Value, stored
from db.store import Record
from db.sums import stale

BIN, UNDONE = "bin", "undone"
_BUFFER = 2_000


class StillReferredError(BookError):
    """A record cannot be removed while others refer to it; ``by`` names them (type, id)."""

    def __init__(self, record: str, by: tuple[tuple[str, str], ...]) -> None:
        super().__init__(record)
        self.record = record
        self.by = by


@dataclass(slots=True)
class _Pending:
    """What is not in its table yet: written many at a time."""

    operations: list[log.OperationRow] = field(default_factory=list)
    search: list[search_index.SearchRow] = field(default_factory=list)


@dataclass(slots=True)
class _NewRows:
    """Rows of new records of one type that are not in its table yet, and the number of the next one."""

    next: int
    rows: list[tuple[Value, ...]] = field(default_factory=list)


class Writing:
    """An open write. Made by ``Book.writing``; everything in it happens, or nothing does."""

    def __init__(
        self,
        connection: Connection,
        site: str,
        batch: Batch,
        salts: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self.connection = connection
        self.batch = batch
        self.changed: list[tuple[str, str]] = []
        self._salts = salts
        self._site = site
        self._site_no = log.site_number(connection, site)
        self._seq, self._hash = log.site_state(connection, site)
        self._batch_no = 0
        self._new: dict[RecordType, _NewRows] = {}
        self._owners: set[str] = set()
        self._pending = _Pending()

    # -- adding

    def add(self, type_name: str, values: Mapping[str, Value]) -> str:
        """A new record; its id. Raises ValueRefusedError for a value that does not fit."""
        return self.add_many(type_name, (values,))[0]

    def add_many(self, type_name: str, rows: Iterable[Mapping[str, Value]]) -> list[str]:
        """Many new records; their ids in order."""
        record_type = store.declared(type_name)
        new = self._new.get(record_type)
        if new is None:
            new = self._new[record_type] = _NewRows(store.next_row(self.connection, record_type))
        records = []
        for values in rows:
            form = stored(record_type, values)
            stated = {name: value for name, value in form.items() if value is not None}
            record = self._log_new(type_name, stated)
            new.rows.append(store.row_of(record_type, new.next, record, None, stated))
            self._note_owners(record_type, stated)
            found = search_index.search_row(record_type, new.next, stated)
            if found:
                self._pending.search.append(found)
            new.next += 1
            records.append(record)
            if len(self._pending.operations) >= _BUFFER:
                self.flush()
        return records

    def flush(self) -> None:
        """Write what is pending, so that reads see it."""
        pending, self._pending = self._pending, _Pending()
        if not pending.operations:
            return
        log.insert_operations(self.connection, pending.operations)
        stale.note_new(self.connection, {kind: new.rows for kind, new in self._new.items()})
        for record_type, new in self._new.items():
            rows, new.rows = new.rows, []
            store.insert_rows(self.connection, record_type, rows)
        search_index.index(self.connection, pending.search)
        log.move_on(self.connection, self._site_no, self._seq, self._hash)

    def finish(self) -> None:
        """Write what is pending, and look again at disputed removals of which parts were written."""
        self.flush()
        settling.settle_owners(self.connection, self._owners)

    def _note_owners(self, record_type: RecordType, values: Mapping[str, Value]) -> None:
        for parent in record_type.parents:
            owner = values.get(parent.name)
            if owner is not None:
                self._owners.add(str(owner))

    # -- the journal

    def _log_new(self, type_name: str, stated: Mapping[str, int | str]) -> str:
        seen = self._begun()
        self._seq = seq = self._seq + 1
        place = self._site, seq
        record = record_id(*place)
        self._hash, body = creation(
            self._hash, self.batch, place, (type_name, record), seen, stated, self._salts(16)
        )
        told = log.seen_text(seen)
        row = (self._site_no, seq, self._batch_no, type_name, None, told, body, self._hash, 0)
        self._pending.operations.append(row)
        self.changed.append((type_name, record))
        return record

    def _log(self, type_name: str, record: str, changes: Mapping[str, Change]) -> Operation:
        seen = self._begun()
        seq = self._seq + 1
        salt = self._salts(16)
        operation = Operation(self._site, seq, self.batch, type_name, record, changes, seen, salt)
        operation = sealed(self._hash, operation)
        self._seq, self._hash = seq, operation.hash
        self._pending.operations.append(log.operation_row(self._site_no, self._batch_no, operation))
        self.changed.append((type_name, record))
        return operation

    def _begun(self) -> tuple[Head, ...]:
        """Name the batch after its first operation, and say what of other sites was seen by then."""
        if self.batch.id:
            return ()
        self.batch = replace(self.batch, id=f"{self.batch.act}-{record_id(self._site, self._seq + 1)}")
        self._batch_no = log.batch_number(self.connection, self.batch)
        seen = log.newly_seen(self.connection, self._site_no)
        log.remember_seen(self.connection, self._site_no, self._seq + 1, seen)
        return seen

    # -- changing

    def heads(self, record: str, name: str, value: Value) -> tuple[Head, ...]:
        """The heads of a field whose present value is ``value``."""
        rows = self.connection.execute(
            "SELECT s.id, h.seq FROM head h JOIN site s ON s.no = h.site"
            " WHERE h.record = ? AND h.field = ? ORDER BY s.id, h.seq",
            (record, name),
        ).fetchall()
        if rows:
            return tuple(Head(site, seq) for site, seq in rows)
        return () if value is None or name == REMOVED else (origin(record),)

    def found(self, type_name: str, record: str) -> tuple[int, Record]:
        """Row number and record as they stand in this write; UnknownRecordError where there is none."""
        self.flush()
        found = store.find_row(self.connection, store.declared(type_name), record)
        if found is None:
            raise UnknownRecordError(record)
        return found

    def change(self, type_name: str, record: str, values: Mapping[str, Value]) -> bool:
        """Change the given fields; False where nothing really changes. Closes their conflicts."""
        return self.put(type_name, record, stored(store.declared(type_name), values))

    def put(self, type_name: str, record: str, values: Mapping[str, Value]) -> bool:
        """Like ``change``, of values that came from the book itself; the removal mark is one of them."""
        record_type = store.declared(type_name)
        row, present = self.found(type_name, record)
        now = {**present.values, REMOVED: present.removed}
        disputed = log.disputed_fields(self.connection, [record])
        changes = {
            name: Change(now[name], value, self.heads(record, name, now[name]))
            for name, value in values.items()
            if now[name] != value or (record, name) in disputed
        }
        if not changes:
            return False
        self._apply(type_name, record, changes)
        self._note_owners(record_type, now)
        now.update((name, values[name]) for name in changes)
        self._note_owners(record_type, now)
        put_row(self.connection, record_type, row, record, now)
        return True

    def _apply(self, type_name: str, record: str, changes: Mapping[str, Change]) -> Operation:
        operation = self._log(type_name, record, changes)
        for name in changes:
            log.replace_heads(self.connection, self._site_no, name, [(record, operation.seq)])
            self.connection.execute("DELETE FROM conflict WHERE record = ? AND field = ?", (record, name))
        return operation

    # -- removing and restoring

    def remove(self, type_name: str, record: str) -> list[tuple[str, str]]:
        """Into the bin, with all its parts; what was removed (type, id). StillReferredError if in use."""
        going = self._with_parts(type_name, record)
        others = tuple(
            (by.name, found)
            for one, name in going.items()
            for by, found in store.referring(self.connection, name, one)
            if found not in going
        )
        if others or log.info(self.connection, "own_unit") in going:
            raise StillReferredError(record, others)
        for one, name in reversed(going.items()):
            self.set_removed(name, one, BIN)
        return [(name, one) for one, name in going.items()]

    def _with_parts(self, type_name: str, record: str) -> dict[str, str]:
        self.found(type_name, record)
        going = {record: type_name}
        waiting = [record]
        for one in waiting:
            for part_type, part in store.parts(self.connection, going[one], one):
                if part not in going:
                    going[part] = part_type.name
                    waiting.append(part)
        return going

    def set_removed(self, type_name: str, record: str, how: str | None) -> bool:
        """Set or clear the mark that a record is removed."""
        return self.put(type_name, record, {REMOVED: how})

    def mark_many(self, type_name: str, rows: Sequence[tuple[int, Record]], how: str | None) -> None:
        """The same for many records of one type, given as they stand; each must be without the mark ``how``
        and without dispute."""
        record_type = store.declared(type_name)
        records = [record.id for _, record in rows]
        heads = log.heads_of(self.connection, records, REMOVED)
        self.flush()
        written = []
        for _, record in rows:
            change = Change(record.removed, how, heads.get((record.id, REMOVED), ()))
            operation = self._log(type_name, record.id, {REMOVED: change})
            written.append((record.id, operation.seq))
            self._note_owners(record_type, record.values)
        log.replace_heads(self.connection, self._site_no, REMOVED, written)
        self.flush()
        mark_rows(self.connection, record_type, rows, how)

    def erase(
        self, type_name: str, record: str, changes: Mapping[str, Change], now: Mapping[str, Value]
    ) -> Operation:
        """Log an erasure (``db.privacy`` says what is in it) and rewrite the row."""
        row, present = self.found(type_name, record)
        operation = self._apply(type_name, record, changes)
        self._note_owners(store.declared(type_name), present.values)
        self.flush()
        put_row(self.connection, store.declared(type_name), row, record, now)
        return operation
