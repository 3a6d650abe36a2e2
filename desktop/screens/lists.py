"""What a list on the screen is for those who write it to a file: read anew in a worker, for one audience."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import forms
from db import RECORD_TYPES, Record
from db.reading import Reading
from db.records.definition import REMOVED
from desktop.tasks import Step
from desktop.values import BookTitles, show_of
from desktop.widgets.paged_table import Column, Row
from forms import spreadsheets
from forms.audience import veil_of

if TYPE_CHECKING:
    from forms.spreadsheets.formulas import Written as Cell
    from forms.spreadsheets.list_rows import Together, VeiledRows

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that goes out: its words and whose field it is."""

    title: str
    type: str
    field: str


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list of records. ``page`` gives the records of rows, by type; None where one is gone."""

    name: str
    headings: tuple[Heading, ...]
    numbers: array[int]
    page: Callable[[Reading, Sequence[int]], Sequence[Together | None]]
    is_personal: ClassVar[bool] = True

    def write(self, file: Path, audience: str, step: Step) -> Made:
        """Write the list for an audience. A stop leaves no file. Runs in a worker."""
        titles = BookTitles(step.book)
        columns = [
            spreadsheets.ListColumn(one.title, one.type, one.field, show_of(declared, titles))
            for one in self.headings
            for declared in [RECORD_TYPES[one.type].by_name[one.field]]
        ]
        rows = spreadsheets.VeiledRows(veil_of(step.book, audience), columns)
        count = forms.write_list(file, [one.title for one in columns], self._cells(rows, step))
        return Made(file, count, tuple(rows.remarks(self.name)))

    def _cells(self, rows: VeiledRows, step: Step) -> Iterator[Sequence[Cell]]:
        for start in range(0, len(self.numbers), _AT_A_TIME):
            step.progress(start, len(self.numbers))
            for row in self.page(step.book, self.numbers[start : start + _AT_A_TIME]):
                cells = rows.cells(row) if row else None
                if cells is not None:
                    yield cells


@dataclass(frozen=True, slots=True)
class PlainList:
    """A list that stands on the screen whole: it tells of no persons, or is for the office alone."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    is_personal: ClassVar[bool] = False

    def write(self, file: Path, _audience: str, step: Step) -> Made:
        """Write what is shown."""
        step.check()
        shown = ([c.show(value) for c, value in zip(self.columns, row, strict=False)] for row in self.rows)
        return Made(file, forms.write_list(file, [column.title for column in self.columns], shown))


@dataclass(frozen=True, slots=True)
class Made:
    """A list that was written: its file, how many rows, what was masked in it."""

    file: Path
    count: int
    remarks: tuple[str, ...] = ()


def records_of(type_name: str) -> Callable[[Reading, Sequence[int]], Sequence[Together | None]]:
    """Pages of the records of one type."""

    def page(book: Reading, numbers: Sequence[int]) -> Sequence[Together | None]:
        found = whole(book, type_name, numbers)
        return [{type_name: found[number]} if number in found else None for number in numbers]

    return page


def whole(book: Reading, type_name: str, numbers: Sequence[int]) -> dict[int, Record]:
    """Live records by row number."""
    columns = RECORD_TYPES[type_name].columns
    found = book.by_row_number(type_name, ("id", REMOVED, *columns), numbers)
    return {
        number: Record(type_name, str(row[0]), dict(zip(columns, row[2:], strict=True)))
        for number, row in found.items()
        if row[1] is None
    }
