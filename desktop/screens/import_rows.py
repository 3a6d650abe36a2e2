"""The rows of a planned import as a clerk reads them: green come in, yellow need a look, red stay out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from db import RECORD_TYPES
from desktop.screens import showing
from desktop.theme import Tone
from desktop.widgets.paged_table import Row, Value, as_text, no_tone
from forms.spreadsheets import Finding, ImportPlan
from resources import N_, _

_WORDS = {"green": N_("Comes in"), "yellow": N_("Worth a look"), "red": N_("Refused")}
_TONES = {"green": Tone.GOOD, "yellow": Tone.WARN, "red": Tone.BAD}


def _state(value: Value) -> str:
    return _(_WORDS[str(value)]) if value else ""


def _tone(value: Value) -> Tone | None:
    return _TONES.get(str(value))


COLUMNS: tuple[tuple[str, str, int, Callable[[Value], str], Callable[[Value], Tone | None]], ...] = (
    ("state", N_("State"), 11, _state, _tone),
    ("sheet", N_("Sheet"), 12, as_text, no_tone),
    ("row", N_("Row"), 5, as_text, no_tone),
    ("column", N_("Column"), 13, as_text, no_tone),
    ("value", N_("Value"), 16, as_text, no_tone),
    ("reason", N_("Why"), 0, as_text, no_tone),
)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows by colour."""

    green: Sequence[Row] = ()
    yellow: Sequence[Row] = ()
    red: Sequence[Row] = ()

    def of(self, name: str) -> Sequence[Row]:
        """The rows of one colour."""
        return {"green": self.green, "yellow": self.yellow, "red": self.red}[name]


def rows_of(plan: ImportPlan, *, overwrite: bool) -> Found:
    """Every row of a plan."""
    return Found(
        tuple(_good(plan, overwrite=overwrite)),
        tuple(_found("yellow", one) for one in plan.warnings(overwrite=overwrite)),
        tuple(_found("red", one) for one in plan.refused),
    )


def _good(plan: ImportPlan, *, overwrite: bool) -> Iterator[Row]:
    for type_name, adds in plan.adds.items():
        declared = RECORD_TYPES[type_name]
        for add in adds:
            title = add.values.get(declared.title)
            yield ("green", _(declared.label), "", "", str(title or ""), _("new"))
    for change in plan.changes:
        changed = {**change.values, **(change.kept if overwrite else {})}
        names = ", ".join(showing.label(change.type, name) for name in changed)
        if names:
            what = _("changes: {fields}").format(fields=names)
            yield ("green", _(RECORD_TYPES[change.type].label), "", "", "", what)


def _found(state: str, one: Finding) -> Row:
    return (state, one.sheet, one.row or "", one.column, one.value, one.reason)
