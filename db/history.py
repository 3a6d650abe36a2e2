"""What happened to a record, what is disputed, what lies in the bin: the journal as a clerk reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from db import operations as log
from db import settling, store
from db.engine import Connection
from db.journal import Erased, Head, Operation
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType, Value
from db.store import Record
from db.writing import BIN

SAME_KEY = "same_key"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's change; a forgotten value is shown as ``erased``."""

    field: str
    before: Value
    after: Value
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation on a record of this type: who, when (by that PC's clock), how, what."""

    type: str
    site: str
    seq: int
    actor: str
    at: str
    act: str
    batch: str
    title: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that stand against each other, with who wrote it."""

    value: Value
    actor: str
    at: str
    site: str
    record: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something two people did unaware of each other. ``kind``: field, removal, same_key."""

    kind: str
    record: Record
    field: str
    sides: tuple[Side, ...]
    before: Value = None


def history(connection: Connection, record: str) -> list[Entry]:
    """Every operation on ``record``, oldest first."""
    return [_entry(operation) for operation in log.operations_of_record(connection, record)]


def _entry(operation: Operation) -> Entry:
    batch = operation.batch
    changes = tuple(
        FieldChange(
            name,
            _shown(c.before),
            _shown(c.after),
            isinstance(c.before, Erased) or isinstance(c.after, Erased),
        )
        for name, c in operation.changes.items()
    )
    return Entry(
        operation.type,
        operation.site,
        operation.seq,
        batch.actor,
        batch.at,
        batch.act,
        batch.id,
        batch.title,
        changes,
    )


def _shown(value: Value | Erased) -> Value:
    return None if isinstance(value, Erased) else value


def last_acts(connection: Connection, record: str) -> dict[str, str]:
    """For every stated field, how its present value was written: import, edit, undo ..."""
    operations = log.operations_of_record(connection, record)
    by_head = {operation.head: operation.batch.act for operation in operations}
    return {
        name: by_head[standing.heads[-1][0]]
        for name, standing in settling.resolve(operations).items()
        if standing.heads
    }


def conflicts(connection: Connection) -> list[Conflict]:
    """Everything that waits for a decision: disputed fields, removals against edits, equal keys."""
    rows = connection.execute(
        "SELECT type, record, field, kind FROM conflict ORDER BY record, field"
    ).fetchall()
    disputed = [
        _conflict(connection, store.get(connection, RECORD_TYPES[type_name], record), name, kind)
        for type_name, record, name, kind in rows
    ]
    return [*disputed, *same_keys(connection)]


def _conflict(connection: Connection, record: Record, name: str, kind: str) -> Conflict:
    operations = log.operations_of_record(connection, record.id)
    by_head = {operation.head: operation for operation in operations}
    standing = settling.resolve(operations)[name]
    if kind == settling.REMOVAL:
        return Conflict(kind, record, name, _removal_sides(connection, operations, standing))
    sides = tuple(_side(by_head[head], name) for head, _ in standing.heads)
    return Conflict(kind, record, name, sides, _common(by_head, standing.heads[0][0], name))


def _removal_sides(
    connection: Connection, operations: list[Operation], standing: settling.Standing
) -> tuple[Side, ...]:
    """Who removed it, then who kept it or edited it, or a part of it, unaware of that."""
    by_head = {operation.head: operation for operation in operations}
    removals = [head for head, value in standing.heads if value]
    kept = [by_head[head] for head, value in standing.heads if not value]
    others = settling.edits_unaware(connection, operations[0].record, operations, removals)
    return _side(by_head[removals[-1]], REMOVED), _side([*kept, *others][-1], "")


def _side(operation: Operation, name: str) -> Side:
    value = _shown(operation.changes[name].after) if name in operation.changes else None
    batch = operation.batch
    return Side(value, batch.actor, batch.at, operation.site, operation.record)


def _common(by_head: dict[Head, Operation], head: Head, name: str) -> Value:
    """What stood before the dispute, as the first side saw it."""
    return _shown(by_head[head].changes[name].before)


def equal_keys(connection: Connection) -> Iterator[tuple[RecordType, dict[str, Value]]]:
    """Natural keys that several live records of one type have."""
    for record_type in RECORD_TYPES.values():
        for key in record_type.keys:
            columns = ", ".join(key)
            stated = " AND ".join(f"{name} IS NOT NULL" for name in key)
            sql = (
                f"SELECT {columns} FROM {record_type.name} WHERE {REMOVED} IS NULL AND {stated}"
                f" GROUP BY {columns} HAVING count(*) > 1 ORDER BY {columns}"
            )
            for values in connection.execute(sql).fetchall():
                yield record_type, dict(zip(key, values, strict=True))


def same_keys(connection: Connection) -> Iterator[Conflict]:
    """Live records of one type with equal natural keys: "có phải là một?"."""
    for record_type, key in equal_keys(connection):
        twins = store.find(connection, record_type, key)
        sides = tuple(_made(connection, twin, twin.title) for twin in twins)
        yield Conflict(SAME_KEY, twins[0], list(key)[-1], sides)


def _made(connection: Connection, record: Record, value: Value) -> Side:
    batch = log.operations_of_record(connection, record.id)[0].batch
    return Side(value, batch.actor, batch.at, batch.site, record.id)


def bin_records(connection: Connection) -> list[Record]:
    """What lies in the bin, by type."""
    return [
        record
        for record_type in RECORD_TYPES.values()
        for record in store.find(connection, record_type, {}, removed=True)
        if record.removed == BIN
    ]
