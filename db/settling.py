"""What a record is: a function of the set of operations on it, so the order of arrival cannot matter."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db import operations as log
from db import store
from db.engine import Connection
from db.journal import Erased, Head, Operation, Remembered, origin, without
from db.photos.forgetting import note_forgotten
from db.placing import put_row
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType, Value, fits

ERASED = "erased"
"""Field of an operation that names fields to be forgotten, as a JSON list."""

FIELD, REMOVAL = "field", "removal"
SCRUB = "scrub"
"""Fact of a book that still holds, in its files, something that was forgotten."""


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
    written: dict[str, dict[Head, Remembered]] = defaultdict(dict)
    replaced: dict[str, set[Head]] = defaultdict(set)
    for operation in operations:
        for name, change in operation.changes.items():
            written[name][operation.head] = change.after
            replaced[name].update(change.replaces)
    return {name: _standing(heads, replaced[name]) for name, heads in written.items()}


def _standing(written: Mapping[Head, Remembered], replaced: set[Head]) -> Standing:
    heads = [(head, value) for head, value in written.items() if head not in replaced]
    told = [(head, value) for head, value in heads if not isinstance(value, Erased)]
    # what was forgotten stands against nothing; only where nothing else is left it is shown, as unstated
    left = told or [(head, None) for head, _ in heads]
    return Standing(tuple(sorted(left, key=_winning)))


def _winning(head: tuple[Head, Value]) -> tuple[int, str]:
    """Longer chains last, then the site's letters: arbitrary, but the same everywhere."""
    return head[0].seq, head[0].site


# -- settling a record


@dataclass(frozen=True, slots=True)
class Settled:
    """What a record is: its values with the removal mark, the heads that are kept, disputes by field."""

    type: RecordType
    values: Mapping[str, Value]
    heads: set[tuple[str, Head]]
    conflicts: Mapping[str, str]


def settled(connection: Connection, record: str, operations: Sequence[Operation]) -> Settled | None:
    """What ``operations``, all there are on ``record``, make of it; ``None`` while it cannot be told.

    That is so as long as its creation has not arrived or belongs to a newer version.
    """
    if not operations or not operations[0].creates or operations[0].type not in RECORD_TYPES:
        return None
    record_type = RECORD_TYPES[operations[0].type]
    standing = known_standing(record_type, operations)
    conflicts = {name: FIELD for name, stand in standing.items() if stand.disputed and name != REMOVED}
    values: dict[str, Value] = {name: stand.value for name, stand in standing.items()}
    if _removal_disputed(connection, record, operations, standing):
        conflicts[REMOVED] = REMOVAL
        values[REMOVED] = None
    return Settled(record_type, values, unusual_heads(record, standing), conflicts)


def settle(connection: Connection, record: str) -> None:
    """Write row, heads and conflicts of ``record`` as its operations say."""
    _forget_erased(connection, record)
    found = settled(connection, record, log.operations_of_record(connection, record))
    if found is None:
        return
    _write_heads(connection, record, found.heads)
    _write_conflicts(connection, record, found)
    present = store.find_row(connection, found.type, record)
    row = present[0] if present else store.next_row(connection, found.type)
    put_row(connection, found.type, row, record, found.values)


def known_standing(record_type: RecordType, operations: Iterable[Operation]) -> dict[str, Standing]:
    """The same as ``resolve``, of those fields only that this version can store."""
    return {name: stand for name, stand in resolve(operations).items() if _usable(record_type, name, stand)}


def _usable(record_type: RecordType, name: str, standing: Standing) -> bool:
    if name == REMOVED:
        return True
    declared = record_type.by_name.get(name)
    return declared is not None and all(fits(declared.kind, value) for _, value in standing.heads)


def unusual_heads(record: str, standing: Mapping[str, Standing]) -> set[tuple[str, Head]]:
    """Field and head of every head that is kept in its table: all but "made with the record"."""
    creation = origin(record)
    found: set[tuple[str, Head]] = set()
    for name, stand in standing.items():
        heads = [head for head, _ in stand.heads]
        usual = [] if stand.value is None or name == REMOVED else [creation]
        if heads != usual:
            found.update((name, head) for head in heads)
    return found


def _write_heads(connection: Connection, record: str, heads: Iterable[tuple[str, Head]]) -> None:
    connection.execute("DELETE FROM head WHERE record = ?", (record,))
    connection.executemany(
        "INSERT INTO head (record, field, site, seq) VALUES (?, ?, ?, ?)",
        [(record, name, log.site_number(connection, head.site), head.seq) for name, head in heads],
    )


def _write_conflicts(connection: Connection, record: str, found: Settled) -> None:
    connection.execute("DELETE FROM conflict WHERE record = ?", (record,))
    connection.executemany(
        "INSERT INTO conflict (record, field, type, kind) VALUES (?, ?, ?, ?)",
        [(record, name, found.type.name, kind) for name, kind in found.conflicts.items()],
    )


# -- removal against edits


def _removal_disputed(
    connection: Connection, record: str, operations: Sequence[Operation], standing: Mapping[str, Standing]
) -> bool:
    """Whether somebody kept or edited the record, or edited a part of it, while somebody else removed it."""
    if REMOVED not in standing:
        return False
    removals = [head for head, value in standing[REMOVED].heads if value]
    if removals and len(removals) < len(standing[REMOVED].heads):
        return True
    return bool(removals and edits_unaware(connection, record, operations, removals))


def edits_unaware(
    connection: Connection, record: str, operations: Sequence[Operation], removals: Sequence[Head]
) -> list[Operation]:
    """Edits of the record and of its live parts, each with a removal where neither knows of the other."""
    edits = [*operations, *_operations_of_parts(connection, operations[0].type, record)]

    def unaware(removal: Head, edit: Head) -> bool:
        return not log.knows(connection, removal, edit) and not log.knows(connection, edit, removal)

    return [
        edit
        for edit in edits
        if not set(edit.changes) <= {REMOVED, ERASED} and any(unaware(one, edit.head) for one in removals)
    ]


def _operations_of_parts(connection: Connection, type_name: str, record: str) -> list[Operation]:
    return [
        operation
        for _, part in store.parts(connection, type_name, record)
        for operation in log.operations_of_record(connection, part)
    ]


def settle_owners(connection: Connection, owners: Iterable[str]) -> None:
    """Settle those records that were removed: an edit of a part may open or close a dispute about them."""
    marked = log.heads_of(connection, sorted(owners), REMOVED)
    for owner, _ in sorted(marked):
        settle(connection, owner)


def owners_of(record_type: RecordType, operations: Iterable[Operation]) -> set[str]:
    """Records that a record of these operations is, or ever was, a part of."""
    names = [parent.name for parent in record_type.parents]
    written = (o.changes[name].after for o in operations for name in names if name in o.changes)
    return {owner for owner in written if isinstance(owner, str)}


# -- forgetting


def remember_erasure(connection: Connection, operation: Operation) -> None:
    """Note which fields ``operation`` wants forgotten."""
    names = json.loads(str(operation.changes[ERASED].after))
    site = log.site_number(connection, operation.site)
    connection.executemany(
        "INSERT OR IGNORE INTO erased (record, field, site, seq) VALUES (?, ?, ?, ?)",
        [(operation.record, str(name), site, operation.seq) for name in names],
    )
    log.tell(connection, SCRUB, "1")


def _forget_erased(connection: Connection, record: str) -> None:
    """Forget erased fields in every operation whose writer did not know of the erasure."""
    rows = connection.execute(
        "SELECT e.field, s.id, e.seq FROM erased e JOIN site s ON s.no = e.site WHERE e.record = ?", (record,)
    ).fetchall()
    if not rows:
        return
    for operation in log.operations_of_record(connection, record):
        if ERASED in operation.changes:
            continue  # it says what is forgotten and holds none of it
        names = frozenset(
            name for name, site, seq in rows if not log.knows(connection, operation.head, Head(site, seq))
        )
        shorter = without(operation, names)
        if shorter is not operation:
            log.rewrite_body(connection, shorter)
            note_forgotten(connection, operation, names)
            log.tell(connection, SCRUB, "1")
