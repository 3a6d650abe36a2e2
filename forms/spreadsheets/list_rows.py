"""Rows of a list out of the book for one audience: whole records through its veil, then the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from db import RECORD_TYPES, Value
from db.personal import INTERNAL
from db.records import Kind
from db.store import Record
from forms.audience import Shown, Values, Veil
from forms.paper_data import HIDDEN
from forms.small_groups import gave_nothing, unnamed_alone
from forms.spreadsheets.export_cells import date_cell, number_cell, whole_cell
from forms.spreadsheets.formulas import Written

Together = Mapping[str, Record]
"""The records that make up one row, by type."""

_WRITERS: Final[Mapping[Kind, Callable[[Value], Written]]] = {
    Kind.DATE: date_cell,
    Kind.YEAR: whole_cell,
    Kind.COUNT: whole_cell,
    Kind.MONEY: whole_cell,
    Kind.QUANTITY: number_cell,
}


def seen(
    veil: Veil, type_name: str, values: Values, beside: Mapping[str, Values] | None = None
) -> Shown | None:
    """A record (with its ``id``) in a list for the veil's audience; None where it is in no list for others.

    A list goes beside any paper: nobody whose amount is hidden is named in it.
    """
    shown = veil.shown(type_name, values, beside)
    if veil.audience == INTERNAL or type_name != "contribution":
        return shown
    return None if gave_nothing(values) else unnamed_alone(values, shown)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading, whose field it is, how a value is shown that is neither number nor day."""

    title: str
    type: str
    field: str
    show: Callable[[Value], str]


@dataclass(slots=True)
class VeiledRows:
    """Turns records into cells. ``texts``: what a public copy says, to be looked through for names."""

    veil: Veil
    columns: Sequence[ListColumn]
    texts: set[str] = field(default_factory=set)

    def cells(self, row: Together) -> list[Written] | None:
        """The cells of one row; None where those outside may not have it."""
        plain = {name: {**record.values, "id": record.id} for name, record in row.items()}
        shown = {name: seen(self.veil, name, values, plain) for name, values in plain.items()}
        if None in shown.values():
            return None
        made = [_cell(column, shown.get(column.type)) for column in self.columns]
        if self.veil.audience != INTERNAL:
            self.texts.update(cell for cell in made if isinstance(cell, str))
        return made

    def remarks(self, name: str) -> Iterator[str]:
        """What was masked in the list of this name, and what to look at in it."""
        yield from (words for _code, words in self.veil.remarks())
        yield from (words for _code, words in self.veil.warnings_of({name: self.texts}))


def _cell(column: ListColumn, shown: Shown | None) -> Written:
    if shown is None:
        return None
    value = shown.values.get(column.field)
    if value is None:
        return HIDDEN if column.field in shown.hidden else None
    writer = _WRITERS.get(RECORD_TYPES[column.type].by_name[column.field].kind)
    return writer(value) if writer else column.show(value)


__all__ = ["ListColumn", "Together", "VeiledRows", "seen"]
