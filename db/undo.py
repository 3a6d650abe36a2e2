"""Taking a batch back: inverses only where its values still stand alone; what stays is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from db import inverse, store
from db import operations as log
from db.engine import Connection
from db.errors import UnknownBatchError
from db.inverse import CHANGED, DISPUTED, FORGOTTEN, Present, Written
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, Value
from db.store import Record
from db.writing import UNDONE, Writing

REFERRED = "referred"
BY_HAND = ("edit", "redo", "bin", "restore")
"""Acts that Ctrl+Z takes back; an import is undone only by its id."""

__all__ = [
    "BY_HAND",
    "CHANGED",
    "DISPUTED",
    "FORGOTTEN",
    "REFERRED",
    "Kept",
    "UndoResult",
    "last_batch",
    "last_undo",
    "restore_with_parts",
    "take_back",
]

Step = Callable[[int], None]


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


# -- which batch


def last_batch(connection: Connection, actor: str) -> str:
    """The last batch typed by ``actor`` on this PC that is not undone. UnknownBatchError without one."""
    marks = ", ".join("?" * len(BY_HAND))
    row = connection.execute(
        f"SELECT id FROM batch WHERE actor = ? AND undone_by IS NULL AND NOT passed AND act IN ({marks})"
        " AND site = (SELECT no FROM site WHERE id = ?) ORDER BY no DESC LIMIT 1",
        (actor, *BY_HAND, log.info(connection, "site")),
    ).fetchone()
    if row is None:
        raise UnknownBatchError("")
    return str(row[0])


def last_undo(connection: Connection, actor: str) -> str:
    """The undo that a redo of ``actor`` takes back: none once something new was written."""
    marks = ", ".join("?" * (len(BY_HAND) + 1))
    row = connection.execute(
        f"SELECT id, act FROM batch WHERE actor = ? AND (act = 'undo' AND undone_by IS NULL AND NOT passed"
        f" OR act IN ({marks}) AND act <> 'redo')"
        " AND site = (SELECT no FROM site WHERE id = ?) ORDER BY no DESC LIMIT 1",
        (actor, *BY_HAND, "import", log.info(connection, "site")),
    ).fetchone()
    if row is None or row[1] != "undo":
        raise UnknownBatchError("")
    return str(row[0])


# -- taking it back


@dataclass(slots=True)
class _Taking:
    """One undo on its way."""

    write: Writing
    everything: bool
    result: UndoResult
    step: Step
    undone: set[str] = field(default_factory=set)
    removals: dict[str, tuple[Present, str]] = field(default_factory=dict)

    def keep(self, record: Record, reason: str, name: str | None = None) -> None:
        self.result.kept.append(Kept(record.type, record.id, record.title, reason, name))


def take_back(
    write: Writing, batch: str, *, everything: bool = False, step: Step = lambda _: None
) -> UndoResult:
    """Write the inverses of ``batch`` into ``write``. ``everything``: also fields changed since.

    ``step`` is told 0–100 as the work goes on and may raise to cancel.
    """
    written = inverse.written_by(write.connection, batch)
    if not written:
        raise UnknownBatchError(batch)
    taking = _Taking(write, everything, UndoResult(undoes=batch), step)
    known = [one for one in reversed(written) if one.type in RECORD_TYPES]
    done = 0
    for part in store.in_parts(known):
        step(50 * done // len(known))
        _take_back_part(taking, part)
        done += len(part)
    _remove(taking)
    write.flush()
    taking.result.undone = len(taking.undone)
    taking.result.batch = write.batch.id
    taking.result.kept.reverse()
    step(100)
    return taking.result


def _take_back_part(taking: _Taking, part: list[Written]) -> None:
    present = inverse.present_of(taking.write.connection, ((one.type, one.record) for one in part))
    revived: dict[str, list[tuple[int, Record]]] = {}
    for one in part:
        found = present.get(one.record)
        if found is None:
            continue
        if one.made:
            _plan_removal(taking, one, found)
            continue
        values = _inverse(taking, one, found)
        gone = values.pop(REMOVED) if values.get(REMOVED) else None
        if gone:
            taking.removals[one.record] = (found, str(gone))
        if values == {REMOVED: None}:
            revived.setdefault(one.type, []).append((found.row, found.record))
            taking.undone.add(one.record)
        elif values and taking.write.put(one.type, one.record, values):
            taking.undone.add(one.record)
    for type_name, rows in revived.items():
        taking.write.mark_many(type_name, rows, None)


def _inverse(taking: _Taking, one: Written, found: Present) -> dict[str, Value]:
    """What to write so that the fields are again what they were; what stays is noted."""
    values: dict[str, Value] = {}
    for name in one.last:
        reason = inverse.why_kept(taking.write.connection, one, found, name)
        if reason == inverse.AS_BEFORE:
            continue
        if reason:
            taking.keep(found.record, reason, name)
        if not reason or (reason == CHANGED and taking.everything):
            values[name] = one.before_of(name)
    return values


def _plan_removal(taking: _Taking, one: Written, found: Present) -> None:
    """A record that the batch made goes, unless somebody changed it since."""
    if found.record.removed:
        return
    reason = inverse.why_made_kept(taking.write.connection, one, found)
    if reason:
        taking.keep(found.record, reason)
    if not reason or (reason != DISPUTED and taking.everything):
        taking.removals[one.record] = (found, UNDONE)


def _remove(taking: _Taking) -> None:
    """Remove what is to go; what others refer to stays, and so does what that refers to."""
    removals = taking.removals
    held = _held(taking.write, {record: found.record.type for record, (found, _) in removals.items()})
    for found, _ in (removals[record] for record in removals if record in held):
        taking.keep(found.record, REFERRED)
    going = [each for record, each in removals.items() if record not in held]
    done = 0
    for (type_name, how), same in groupby(going, key=lambda each: (each[0].record.type, each[1])):
        for part in store.in_parts((found.row, found.record) for found, _ in same):
            taking.step(50 + 50 * done // len(going))
            taking.write.mark_many(type_name, part, how)
            taking.undone.update(record.id for _, record in part)
            done += len(part)


def _held(write: Writing, going: Mapping[str, str]) -> set[str]:
    """Those of ``going`` (id to type) that a live record refers to which does not go itself."""
    write.flush()
    refers: dict[str, set[str]] = {}
    waiting: list[str] = []
    for type_name in sorted(set(going.values())):
        wanted = [record for record, name in going.items() if name == type_name]
        for referrer, target in store.references_to(write.connection, type_name, wanted):
            refers.setdefault(referrer, set()).add(target)
            if referrer not in going:
                waiting.append(referrer)
    held: set[str] = set()
    for referrer in waiting:
        fresh = refers.pop(referrer, set()) - held
        held |= fresh
        waiting += fresh
    return held


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
