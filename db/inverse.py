"""What a batch wrote, how its records stand now, and which of its values are still the last word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from db import operations as log
from db import store
from db.engine import Connection
from db.journal import Erased, Head, Remembered, origin
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, Value
from db.settling import ERASED
from db.store import Record

CHANGED, FORGOTTEN, DISPUTED = "changed", "erased", "conflict"
AS_BEFORE = "as_before"
"""Nothing to take back: the field is already what it was."""


@dataclass(slots=True)
class Written:
    """What a batch wrote in one record: by field the value before it and its last operation there."""

    type: str
    record: str
    made: bool = False
    before: dict[str, Remembered] = field(default_factory=dict)
    last: dict[str, Head] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)

    def before_of(self, name: str) -> Value:
        """What stood in a field before the batch."""
        value = self.before[name]
        return None if isinstance(value, Erased) else value


@dataclass(slots=True)
class Present:
    """A record as it stands: its row, the heads of its fields and which of them are disputed."""

    row: int
    record: Record
    heads: dict[str, tuple[Head, ...]] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)

    def value(self, name: str) -> Value:
        """What stands in a field, the removal mark included."""
        return self.record.removed if name == REMOVED else self.record.values.get(name)

    def heads_of(self, name: str) -> tuple[Head, ...]:
        """The writes that made a field what it is."""
        usual = () if name == REMOVED or self.value(name) is None else (origin(self.record.id),)
        return self.heads.get(name, usual)


def written_by(connection: Connection, batch: str) -> list[Written]:
    """What ``batch`` wrote, record by record, in the order they were first written."""
    found = {
        record: Written(type_name, record, made=True)
        for type_name, record in log.made_by_batch(connection, batch)
    }
    for operation in log.changes_of_batch(connection, batch):
        one = found.setdefault(operation.record, Written(operation.type, operation.record))
        known = RECORD_TYPES[operation.type].by_name if operation.type in RECORD_TYPES else {}
        for name, change in operation.changes.items():
            if name != REMOVED and name not in known:
                continue
            one.before.setdefault(name, change.before)
            one.last[name] = operation.head
            told = (change.before, change.after)
            if ERASED in operation.changes or any(isinstance(value, Erased) for value in told):
                one.forgotten.add(name)
    return list(found.values())


def present_of(connection: Connection, wanted: Iterable[tuple[str, str]]) -> dict[str, Present]:
    """How records stand now, by id; ``wanted``: type and id. What is not there as such a type is left out."""
    by_type: dict[str, list[str]] = {}
    for name, record in wanted:
        by_type.setdefault(name, []).append(record)
    present: dict[str, Present] = {}
    for type_name, records in by_type.items():
        rows = store.find_rows(connection, RECORD_TYPES[type_name], records)
        present.update((record, Present(*found)) for record, found in rows.items())
    for (record, name), heads in log.heads_of(connection, present).items():
        present[record].heads[name] = heads
    for record, name in log.disputed_fields(connection, present):
        present[record].disputed.add(name)
    return present


def why_kept(connection: Connection, one: Written, found: Present, name: str) -> str:
    """Why a field that the batch changed stays as it is; empty where the batch's value still stands alone."""
    heads = found.heads_of(name)
    if name in found.disputed:
        return DISPUTED
    if name in one.forgotten:
        return FORGOTTEN
    if found.value(name) == one.before_of(name):
        return AS_BEFORE
    own = {one.last[name]}
    return "" if set(last_word(connection, one.record, name, heads, own)) == own else CHANGED


def why_made_kept(connection: Connection, one: Written, found: Present) -> str:
    """Why a record that the batch made stays; empty where nobody touched it since."""
    if found.disputed:
        return DISPUTED
    own = {origin(one.record), *one.last.values()}
    for name, heads in found.heads.items():
        if name == REMOVED:
            continue
        if not set(last_word(connection, one.record, name, heads, own)) <= own:
            return FORGOTTEN if _is_erasure(connection, heads) else CHANGED
    return ""


def _is_erasure(connection: Connection, heads: Iterable[Head]) -> bool:
    found = (log.operation_at(connection, head) for head in heads)
    return any(operation is not None and ERASED in operation.changes for operation in found)


def last_word(
    connection: Connection, record: str, name: str, heads: tuple[Head, ...], own: set[Head]
) -> tuple[Head, ...]:
    """Who has the last word on a field, as far back as one of ``own``; empty: as it was made.

    An undo is no new word: it brings back the one before what it took back.
    """
    while len(heads) == 1 and heads[0] not in own:
        operation = log.operation_at(connection, heads[0])
        if operation is None or operation.batch.undoes is None or name not in operation.changes:
            break
        undone = log.first_of_batch(connection, operation.batch.undoes, record, name)
        if undone is None:
            break
        heads = undone.changes[name].replaces
    return heads
