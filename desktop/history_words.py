"""The history of a record in a clerk's words: F8 in the window and ``danvan history`` say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.history import Entry, FieldChange
from db.records.definition import REMOVED, SOURCE_KEY
from desktop import values
from desktop.values import Titles
from resources import N_, _

_ACTS = {
    "new": N_("Created"),
    "edit": N_("Edited"),
    "import": N_("Imported"),
    "undo": N_("Undone"),
    "redo": N_("Redone"),
    "bin": N_("Deleted"),
    "restore": N_("Restored"),
    "receive": N_("Received"),
    "erase": N_("Erased"),
    "demo": N_("Demo data"),
    "issue": N_("Issued"),
}
_MARKS = {"bin": N_("in the bin"), "undone": N_("taken back")}


@dataclass(frozen=True, slots=True)
class Line:
    """One changed field of one entry, all in words."""

    at: str
    actor: str
    act: str
    field: str
    before: str
    after: str


def act_words(act: str) -> str:
    """How something was written, in words."""
    return _(_ACTS.get(act, act))


def when(at: str) -> str:
    """A time as the clerk's PC writes it."""
    return datetime.fromisoformat(at).astimezone().strftime("%d/%m/%Y %H:%M")


def lines(entries: Sequence[Entry], titles: Titles) -> Iterator[Line]:
    """Every change of a record, the latest entry first."""
    for entry in reversed(entries):
        for change in entry.changes:
            if change.field != SOURCE_KEY.name:
                yield _line(entry, change, titles)


def _line(entry: Entry, change: FieldChange, titles: Titles) -> Line:
    what = _("The record") if change.field == REMOVED else values.label(entry.type, change.field)
    before, after = (_shown(entry.type, change, one, titles) for one in (change.before, change.after))
    return Line(when(entry.at), entry.actor, act_words(entry.act), what, before, after)


def _shown(type_name: str, change: FieldChange, value: object, titles: Titles) -> str:
    if change.erased:
        return _("(erased)")
    if change.field == REMOVED:
        return _(_MARKS[str(value)]) if value in _MARKS else _("live")
    stored = value if isinstance(value, int | str) else None
    return values.show_value(type_name, change.field, stored, titles)
