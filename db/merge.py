"""Operations of other sites: checked, stored, applied without gaps. No clock is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from db import operations as log
from db.engine import Connection
from db.errors import ForeignOperationError
from db.journal import Change, Erased, Head, Operation, chain_hash, from_wire, to_wire
from db.placing import put_new_rows
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType, Value, fits
from db.settling import ERASED, owners_of, remember_erasure, settle, settle_owners


@dataclass(slots=True)
class MergeResult:
    """What became of received operations. ``gaps``: site and the numbers from–to that are missing."""

    applied: int = 0
    known: int = 0
    waiting: int = 0
    gaps: list[tuple[str, int, int]] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    conflicts: int = 0


class _Chain:
    """The end of one site's chain; what is put behind it is written many at a time."""

    def __init__(self, connection: Connection, site: str) -> None:
        self._connection = connection
        self.site = site
        self.last, self._hash = log.site_state(connection, site)
        self._batches: dict[str, tuple[object, int]] = {}
        self._written = self.last
        self.pending: list[tuple[int, Operation]] = []
        rows = connection.execute("SELECT seq FROM waiting WHERE site = ?", (site,))
        self.waiting = {seq for (seq,) in rows}

    def append(self, operation: Operation) -> None:
        """Put the next operation behind the chain; ForeignOperationError where it does not fit there."""
        batch = operation.batch
        if batch.site != self.site or chain_hash(self._hash, operation) != operation.hash:
            raise ForeignOperationError("broken", self.site, operation.seq)
        known, number = self._batches.get(batch.id, (None, 0))
        if known != batch:
            try:
                number = log.batch_number(self._connection, batch)
            except ValueError:
                raise ForeignOperationError("broken", self.site, operation.seq) from None
            self._batches[batch.id] = (batch, number)
        self.pending.append((number, operation))
        self.last, self._hash = operation.seq, operation.hash

    def hash_at(self, seq: int) -> bytes | None:
        """The hash of an operation that is in the chain."""
        if seq > self._written:
            return self.pending[seq - self._written - 1][1].hash
        return log.hash_at(self._connection, self.site, seq)

    def write(self) -> None:
        """Write what was put behind the chain."""
        if not self.pending:
            return
        number = log.site_number(self._connection, self.site)
        rows = [log.operation_row(number, batch, o, unknown=not understood(o)) for batch, o in self.pending]
        log.insert_operations(self._connection, rows)
        for _, operation in self.pending:
            if operation.seen:
                log.remember_seen(self._connection, number, operation.seq, operation.seen)
            if ERASED in operation.changes:
                remember_erasure(self._connection, operation)
        log.move_on(self._connection, number, self.last, self._hash)


def receive(connection: Connection, lines: Iterable[str | Operation]) -> MergeResult:
    """Take operations in (inside the caller's transaction). ForeignOperationError refuses all of them."""
    result = MergeResult()
    incoming = sorted(map(_read, lines), key=lambda operation: operation.head)
    applied: list[Operation] = []
    for site, operations in groupby(incoming, key=lambda operation: operation.site):
        chain = _Chain(connection, site)
        _take(connection, chain, operations, result)
        chain.write()
        applied += (operation for _, operation in chain.pending)
    _settle_all(connection, applied)
    result.applied = len(applied)
    result.records = {operation.record for operation in applied}
    result.gaps = gaps(connection)
    result.waiting = int(connection.execute("SELECT count(*) FROM waiting").fetchone()[0])
    result.conflicts = int(connection.execute("SELECT count(*) FROM conflict").fetchone()[0])
    return result


def _read(line: str | Operation) -> Operation:
    if isinstance(line, Operation):
        return line
    try:
        return from_wire(line)
    except ValueError:
        raise ForeignOperationError("unreadable", "", 0) from None


def _take(
    connection: Connection, chain: _Chain, operations: Iterable[Operation], result: MergeResult
) -> None:
    for operation in operations:
        if operation.seq <= chain.last:
            if chain.hash_at(operation.seq) != operation.hash:
                raise ForeignOperationError("forked", chain.site, operation.seq)
            result.known += 1
        elif operation.seq > chain.last + 1:
            _keep_waiting(connection, operation)
            chain.waiting.add(operation.seq)
        else:
            chain.append(operation)
            _close_gap(connection, chain)


def _keep_waiting(connection: Connection, operation: Operation) -> None:
    found = _waiting(connection, operation.site, operation.seq)
    if found is None:
        connection.execute(
            "INSERT INTO waiting (site, seq, raw) VALUES (?, ?, ?)",
            (operation.site, operation.seq, to_wire(operation)),
        )
    elif found.hash != operation.hash:
        raise ForeignOperationError("forked", operation.site, operation.seq)


def _waiting(connection: Connection, site: str, seq: int) -> Operation | None:
    row = connection.execute("SELECT raw FROM waiting WHERE site = ? AND seq = ?", (site, seq)).fetchone()
    return from_wire(row[0]) if row else None


def _close_gap(connection: Connection, chain: _Chain) -> None:
    while chain.last + 1 in chain.waiting and (
        found := _waiting(connection, chain.site, chain.last + 1)
    ):
        connection.execute("DELETE FROM waiting WHERE site = ? AND seq = ?", found.head)
        chain.append(found)


def understood(operation: Operation) -> bool:
    """Whether this version knows the type and every field, and every value fits."""
    record_type = RECORD_TYPES.get(operation.type)
    return record_type is not None and all(
        _known_field(record_type, name, change) for name, change in operation.changes.items()
    )


def _known_field(record_type: RecordType, name: str, change: Change) -> bool:
    if name in (REMOVED, ERASED):
        return True
    declared = record_type.by_name.get(name)
    return declared is not None and (isinstance(change.after, Erased) or fits(declared.kind, change.after))


def gaps(connection: Connection) -> list[tuple[str, int, int]]:
    """For every site with waiting operations, the first run of numbers that is missing."""
    firsts = connection.execute("SELECT site, min(seq) FROM waiting GROUP BY site ORDER BY site").fetchall()
    return [(site, log.site_state(connection, site)[0] + 1, first - 1) for site, first in firsts]


# -- what the applied operations make of the records


def _settle_all(connection: Connection, applied: Iterable[Operation]) -> None:
    made = {operation.record: operation for operation in applied if operation.creates}
    touched = {operation.record: operation.type for operation in applied}
    fresh = {record: made[record] for record in _untouched(connection, made) if _is_plain(made[record])}
    _put_fresh(connection, fresh)
    owners: set[str] = set()
    for record, type_name in touched.items():
        if record not in fresh:
            settle(connection, record)
        if type_name in RECORD_TYPES:
            told = [made[record]] if record in fresh else log.operations_of_record(connection, record)
            owners |= owners_of(RECORD_TYPES[type_name], told)
    settle_owners(connection, owners)


def _untouched(connection: Connection, made: Mapping[str, Operation]) -> set[str]:
    """Those of which nothing is known but how they were made: most of what a package brings."""
    return set(made) - log.changed_records(connection, made)


def _is_plain(creation: Operation) -> bool:
    return understood(creation) and not any(
        name in (REMOVED, ERASED) or after is None or isinstance(after, Erased) or replaces
        for name, (_, after, replaces) in creation.changes.items()
    )


def _put_fresh(connection: Connection, fresh: Mapping[str, Operation]) -> None:
    by_type: dict[str, list[tuple[str, dict[str, Value]]]] = {}
    for record, creation in fresh.items():
        values = {n: c.after for n, c in creation.changes.items() if not isinstance(c.after, Erased)}
        by_type.setdefault(creation.type, []).append((record, values))
    for type_name, records in by_type.items():
        put_new_rows(connection, RECORD_TYPES[type_name], records)


def reapply_unknown(connection: Connection) -> int:
    """After an upgrade: settle records whose operations are understood by now; how many."""
    rows = connection.execute(
        "SELECT s.id, o.seq FROM operation o JOIN site s ON s.no = o.site WHERE unknown = 1"
    )
    found = [log.operation_at(connection, Head(site, seq)) for site, seq in rows.fetchall()]
    known = [operation for operation in found if operation and understood(operation)]
    connection.executemany(
        "UPDATE operation SET unknown = 0 WHERE site = (SELECT no FROM site WHERE id = ?) AND seq = ?",
        [operation.head for operation in known],
    )
    records = {operation.record: operation.type for operation in known}
    for record in sorted(records):
        settle(connection, record)
    owners = (
        owners_of(RECORD_TYPES[name], log.operations_of_record(connection, record))
        for record, name in records.items()
    )
    settle_owners(connection, set().union(*owners))
    return len(records)
