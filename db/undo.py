"""Taking a batch back: inverses only where its values still stand alone; what stays is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from db import operations as log
from db import store
from db.engine import Connection
from db.errors import UnknownBatchError
from db.journal import Erased, Operation
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, Value
from db.writing import UNDONE, Writing

CHANGED, REFERRED, FORGOTTEN, DISPUTED = "changed", "referred", "erased", "conflict"
BY_HAND = ("edit", "redo", "bin", "restore")
"""Acts that Ctrl+Z takes back; an import is undone only by its id."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was not taken back, and why (changed, referred, erased, conflict)."""

    type: str
    id: str
    title: str
    reason: str
    field: str | None = None


@dataclass(slots=True)
class UndoResult:
    """What an undo did: the batch it is itself, how many records it took back, what it kept."""

    batch: str = ""
    undoes: str = ""
    undone: int = 0
    kept: list[Kept] = field(default_factory=list)


def last_batch(connection: Connection, actor: str) -> str:
    """The last batch typed by ``actor`` that is not undone. UnknownBatchError where there is none."""
    marks = ", ".join("?" * len(BY_HAND))
    row = connection.execute(
        f"SELECT id FROM batch WHERE actor = ? AND undone_by IS NULL AND act IN ({marks})"
        " ORDER BY no DESC LIMIT 1",
        (actor, *BY_HAND),
    ).fetchone()
    if row is None:
        raise UnknownBatchError("")
    return str(row[0])


def last_undo(connection: Connection, actor: str) -> str:
    """The undo that a redo of ``actor`` takes back: none once something new was typed."""
    marks = ", ".join("?" * len(BY_HAND))
    row = connection.execute(
        f"SELECT id, act, undone_by FROM batch WHERE actor = ? AND (act = 'undo' AND undone_by IS NULL"
        f" OR act IN ({marks}) AND act <> 'redo') ORDER BY no DESC LIMIT 1",
        (actor, *BY_HAND),
    ).fetchone()
    if row is None or row[1] != "undo":
        raise UnknownBatchError("")
    return str(row[0])


def take_back(write: Writing, batch: str, *, everything: bool = False) -> UndoResult:
    """Write the inverses of ``batch`` into ``write``. ``everything``: also fields changed since."""
    operations = list(log.operations_of_batch(write.connection, batch))
    if not operations:
        raise UnknownBatchError(batch)
    result = UndoResult(undoes=batch)
    creations = [o for o in operations if o.creates]
    undone: set[str] = set()
    for operation in reversed(operations):
        if not operation.creates and operation.type in RECORD_TYPES:
            _take_back_change(write, operation, result, undone, everything=everything)
    _take_back_creations(write, creations, result, undone, everything=everything)
    write.flush()
    result.undone = len(undone)
    result.batch = write.batch.id
    return result


def _take_back_change(
    write: Writing, operation: Operation, result: UndoResult, undone: set[str], *, everything: bool
) -> None:
    _, present = write.found(operation.type, operation.record)
    now = {**present.values, REMOVED: present.removed}
    inverse: dict[str, Value] = {}
    for name, change in operation.changes.items():
        if name not in now:
            continue
        heads = write.heads(operation.record, name, now[name])
        if isinstance(change.before, Erased) or isinstance(change.after, Erased):
            result.kept.append(_kept(present, FORGOTTEN, name))
        elif heads == (operation.head,) or (everything and len(heads) == 1):
            inverse[name] = change.before
            if heads != (operation.head,):
                result.kept.append(_kept(present, CHANGED, name))
        else:
            result.kept.append(_kept(present, DISPUTED if len(heads) > 1 else CHANGED, name))
    if inverse and write.put(operation.type, operation.record, inverse):
        undone.add(operation.record)


def _kept(record: store.Record, reason: str, name: str | None = None) -> Kept:
    return Kept(record.type, record.id, record.title, reason, name)


def _take_back_creations(
    write: Writing, creations: Sequence[Operation], result: UndoResult, undone: set[str], *, everything: bool
) -> None:
    """Remove what the batch made; what others refer to stays, and so does what that refers to."""
    left = [o for o in reversed(creations) if o.type in RECORD_TYPES]
    left = [o for o in left if not _changed_since(write, o, result, everything=everything)]
    while left:
        held = [o for o in left if not _remove_unreferred(write, o, undone)]
        if len(held) == len(left):
            for operation in held:
                result.kept.append(_kept(write.found(operation.type, operation.record)[1], REFERRED))
            return
        left = held


def _changed_since(write: Writing, creation: Operation, result: UndoResult, *, everything: bool) -> bool:
    """Whether somebody changed the record since; named then, and kept unless ``everything``."""
    _, present = write.found(creation.type, creation.record)
    if present.removed:
        return True
    later = write.connection.execute(
        "SELECT count(*) FROM head WHERE record = ? AND field <> ?", (creation.record, REMOVED)
    ).fetchone()[0]
    if not later:
        return False
    disputed = write.connection.execute(
        "SELECT count(*) FROM conflict WHERE record = ?", (creation.record,)
    ).fetchone()[0]
    result.kept.append(_kept(present, DISPUTED if disputed else CHANGED))
    return bool(disputed) or not everything


def _remove_unreferred(write: Writing, creation: Operation, undone: set[str]) -> bool:
    write.flush()
    if next(store.referring(write.connection, creation.type, creation.record), None) is not None:
        return False
    write.set_removed(creation.type, creation.record, UNDONE)
    undone.add(creation.record)
    return True


def restore_with_parts(write: Writing, type_name: str, record: str, batch: str) -> int:
    """Clear the removal mark of a record and of those removed in the same batch that are its parts."""
    restored = int(write.set_removed(type_name, record, None))
    parts = [o for o in log.operations_of_batch(write.connection, batch) if REMOVED in o.changes]
    waiting = [o for o in parts if o.record != record]
    back = {record}
    for operation in reversed(waiting):
        present = write.found(operation.type, operation.record)[1]
        owners = {present[f.name] for f in RECORD_TYPES[operation.type].parents}
        if owners & back and write.heads(operation.record, REMOVED, present.removed) == (operation.head,):
            restored += write.set_removed(operation.type, operation.record, None)
            back.add(operation.record)
    return restored
