"""Operations of other sites: checked, stored, applied without gaps, conflicts named. No clock is asked.

What a record is, is a function of the set of operations on it, so the order of arrival cannot matter.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db import operations as log
from db import store
from db.engine import Connection
from db.errors import ForeignOperationError
from db.journal import Change, Erased, Head, Operation, chain_hash, from_wire, origin, to_wire, without
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType, Value, fits
from db.writing import put_row

ERASED = "erased"
"""Field of an operation that names fields to be forgotten, as a JSON list."""

FIELD, REMOVAL = "field", "removal"
Knows = Callable[[Head, Head], bool]


@dataclass(slots=True)
class MergeResult:
    """What became of received operations. ``gaps``: site and the numbers from–to that are missing."""

    applied: int = 0
    known: int = 0
    waiting: int = 0
    gaps: list[tuple[str, int, int]] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One field as a set of operations leaves it: its heads and what they wrote, the provisional one last."""

    heads: tuple[tuple[Head, Value], ...]

    @property
    def value(self) -> Value:
        """The value shown until somebody decides."""
        return self.heads[-1][1] if self.heads else None

    @property
    def disputed(self) -> bool:
        """Whether heads say different things."""
        return len({value for _, value in self.heads}) > 1


def resolve(operations: Iterable[Operation]) -> dict[str, Standing]:
    """Every field's heads: what was written and by no operation replaced. Pure; any order gives the same."""
    written: dict[str, dict[Head, Value]] = defaultdict(dict)
    replaced: dict[str, set[Head]] = defaultdict(set)
    for operation in operations:
        for name, change in operation.changes.items():
            after = None if isinstance(change.after, Erased) else change.after
            written[name][operation.head] = after
            replaced[name].update(change.replaces)
    return {
        name: Standing(
            tuple(sorted(((h, v) for h, v in heads.items() if h not in replaced[name]), key=_winning))
        )
        for name, heads in written.items()
    }


def _winning(head: tuple[Head, Value]) -> tuple[int, str]:
    """Longer chains last, then the site's letters: arbitrary, but the same everywhere."""
    return head[0].seq, head[0].site


def receive(connection: Connection, lines: Iterable[str | Operation]) -> MergeResult:
    """Take operations in (inside the caller's transaction). ForeignOperationError refuses all of them."""
    result = MergeResult()
    incoming = [from_wire(line) if isinstance(line, str) else line for line in lines]
    touched: dict[str, str] = {}
    for operation in sorted(incoming, key=lambda o: o.head):
        _take(connection, operation, touched, result)
    for record in touched:
        settle(connection, record)
    for owner in sorted(_removed_owners(connection, touched)):
        settle(connection, owner)
    result.records = set(touched)
    result.gaps = gaps(connection)
    result.waiting = int(connection.execute("SELECT count(*) FROM waiting").fetchone()[0])
    result.conflicts = int(connection.execute("SELECT count(*) FROM conflict").fetchone()[0])
    return result


def _take(connection: Connection, operation: Operation, touched: dict[str, str], result: MergeResult) -> None:
    last, _ = log.site_state(connection, operation.site)
    if operation.seq <= last:
        known = log.operation_at(connection, operation.head)
        if known is None or known.hash != operation.hash:
            raise ForeignOperationError("forked", operation.site, operation.seq)
        result.known += 1
    elif operation.seq > last + 1:
        _keep_waiting(connection, operation)
    else:
        _append(connection, operation, touched)
        result.applied += 1
        _close_gap(connection, operation.site, touched, result)


def _keep_waiting(connection: Connection, operation: Operation) -> None:
    found = connection.execute(
        "SELECT raw FROM waiting WHERE site = ? AND seq = ?", (operation.site, operation.seq)
    ).fetchone()
    if found is None:
        connection.execute(
            "INSERT INTO waiting (site, seq, raw) VALUES (?, ?, ?)",
            (operation.site, operation.seq, to_wire(operation)),
        )
    elif from_wire(found[0]).hash != operation.hash:
        raise ForeignOperationError("forked", operation.site, operation.seq)


def _close_gap(connection: Connection, site: str, touched: dict[str, str], result: MergeResult) -> None:
    while True:
        last, _ = log.site_state(connection, site)
        found = connection.execute(
            "SELECT raw FROM waiting WHERE site = ? AND seq = ?", (site, last + 1)
        ).fetchone()
        if found is None:
            return
        connection.execute("DELETE FROM waiting WHERE site = ? AND seq = ?", (site, last + 1))
        _append(connection, from_wire(found[0]), touched)
        result.applied += 1


def _append(connection: Connection, operation: Operation, touched: dict[str, str]) -> None:
    """Put the next operation of a site behind its chain."""
    _, previous = log.site_state(connection, operation.site)
    if chain_hash(previous, operation) != operation.hash:
        raise ForeignOperationError("broken", operation.site, operation.seq)
    site = log.site_number(connection, operation.site)
    try:
        batch = log.batch_number(connection, operation.batch)
    except ValueError:
        raise ForeignOperationError("broken", operation.site, operation.seq) from None
    log.insert_operations(connection, site, batch, [operation], unknown=not understood(operation))
    log.remember_seen(connection, site, operation.seq, operation.seen)
    connection.execute(
        "UPDATE site SET last_seq = ?, last_hash = ? WHERE no = ?", (operation.seq, operation.hash, site)
    )
    if ERASED in operation.changes:
        _remember_erasure(connection, operation)
    touched[operation.record] = operation.type


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


# -- settling a record


def settle(connection: Connection, record: str) -> None:
    """Write row, heads and conflicts of ``record`` as its operations say."""
    _forget_erased(connection, record)
    operations = log.operations_of_record(connection, record)
    if not operations or not operations[0].creates or operations[0].type not in RECORD_TYPES:
        return  # its creation has not arrived, or belongs to a newer version
    record_type = RECORD_TYPES[operations[0].type]
    standing = {
        name: stand for name, stand in resolve(operations).items() if _usable(record_type, name, stand)
    }
    conflicts = {name: FIELD for name, stand in standing.items() if stand.disputed}
    values: dict[str, Value] = {name: stand.value for name, stand in standing.items()}
    if _removal_disputed(connection, record, operations, standing):
        conflicts[REMOVED] = REMOVAL
        values[REMOVED] = None
    _write_heads(connection, record, standing)
    _write_conflicts(connection, record_type, record, conflicts)
    found = store.find_row(connection, record_type, record)
    row = found[0] if found else store.next_row(connection, record_type)
    put_row(connection, record_type, row, record, values)


def _usable(record_type: RecordType, name: str, standing: Standing) -> bool:
    if name == REMOVED:
        return True
    declared = record_type.by_name.get(name)
    return declared is not None and all(fits(declared.kind, value) for _, value in standing.heads)


def _write_heads(connection: Connection, record: str, standing: Mapping[str, Standing]) -> None:
    connection.execute("DELETE FROM head WHERE record = ?", (record,))
    creation = origin(record)
    for name, stand in standing.items():
        heads = [head for head, _ in stand.heads]
        usual = [] if stand.value is None or name == REMOVED else [creation]
        if heads != usual:
            connection.executemany(
                "INSERT INTO head (record, field, site, seq) VALUES (?, ?, ?, ?)",
                [(record, name, log.site_number(connection, head.site), head.seq) for head in heads],
            )


def _write_conflicts(
    connection: Connection, record_type: RecordType, record: str, conflicts: Mapping[str, str]
) -> None:
    connection.execute("DELETE FROM conflict WHERE record = ?", (record,))
    connection.executemany(
        "INSERT INTO conflict (record, field, type, kind) VALUES (?, ?, ?, ?)",
        [(record, name, record_type.name, kind) for name, kind in conflicts.items()],
    )


# -- removal against edits


def _removal_disputed(
    connection: Connection, record: str, operations: Sequence[Operation], standing: Mapping[str, Standing]
) -> bool:
    """Whether somebody edited the record, or a part of it, while somebody else removed it."""
    removals = [head for head, value in standing[REMOVED].heads if value] if REMOVED in standing else []
    if not removals:
        return False
    edits = [o.head for o in operations if not set(o.changes) <= {REMOVED, ERASED}]
    edits += _edits_of_parts(connection, operations[0].type, record)

    def unaware(removal: Head, edit: Head) -> bool:
        return not log.knows(connection, removal, edit) and not log.knows(connection, edit, removal)

    return any(unaware(removal, edit) for removal in removals for edit in edits)


def _edits_of_parts(connection: Connection, type_name: str, record: str) -> list[Head]:
    return [
        operation.head
        for _, part in store.parts(connection, type_name, record)
        for operation in log.operations_of_record(connection, part)
        if not set(operation.changes) <= {REMOVED, ERASED}
    ]


def _removed_owners(connection: Connection, touched: Mapping[str, str]) -> set[str]:
    """Records with a removal that any touched record is, or ever was, a part of: to be looked at again."""
    owners: set[str] = set()
    for record, type_name in touched.items():
        fields = [f.name for f in RECORD_TYPES[type_name].parents] if type_name in RECORD_TYPES else []
        for operation in log.operations_of_record(connection, record) if fields else ():
            written = (operation.changes[name].after for name in fields if name in operation.changes)
            owners.update(str(owner) for owner in written if isinstance(owner, str))
    sql = "SELECT 1 FROM head WHERE record = ? AND field = ?"
    return {owner for owner in owners if connection.execute(sql, (owner, REMOVED)).fetchone()}


# -- forgetting


def _remember_erasure(connection: Connection, operation: Operation) -> None:
    names = operation.changes[ERASED].after
    site = log.site_number(connection, operation.site)
    connection.executemany(
        "INSERT OR IGNORE INTO erased (record, field, site, seq) VALUES (?, ?, ?, ?)",
        [(operation.record, str(name), site, operation.seq) for name in json.loads(str(names))],
    )


def _forget_erased(connection: Connection, record: str) -> None:
    """Forget erased fields in every operation whose writer did not know of the erasure."""
    rows = connection.execute(
        "SELECT e.field, s.id, e.seq FROM erased e JOIN site s ON s.no = e.site WHERE e.record = ?", (record,)
    ).fetchall()
    if not rows:
        return
    for operation in log.operations_of_record(connection, record):
        names = frozenset(
            name
            for name, site, seq in rows
            if operation.head != Head(site, seq)
            and not log.knows(connection, operation.head, Head(site, seq))
        )
        shorter = without(operation, names)
        if shorter is not operation:
            log.rewrite_body(connection, shorter)


def reapply_unknown(connection: Connection) -> int:
    """After an upgrade: settle records whose operations are understood by now; how many."""
    rows = connection.execute(
        "SELECT s.id, o.seq FROM operation o JOIN site s ON s.no = o.site WHERE unknown = 1"
    )
    records: set[str] = set()
    for site, seq in rows.fetchall():
        operation = log.operation_at(connection, Head(site, seq))
        if operation and understood(operation):
            connection.execute(
                "UPDATE operation SET unknown = 0"
                " WHERE site = (SELECT no FROM site WHERE id = ?) AND seq = ?",
                (site, seq),
            )
            records.add(operation.record)
    for record in sorted(records):
        settle(connection, record)
    return len(records)
