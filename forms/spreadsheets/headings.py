"""Finds the row of headings of a sheet and tells which column is which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from db.legacy_text import Encoding, decode
from forms.spreadsheets.layout import Column, SheetLayout, heading_key, sheet_called

_LOOKED_AT: Final = 40
"""A table begins within these rows; above it stand titles and the name of the office."""


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of a sheet. ``number``: its row from 1, 0 where none was found. Columns count from 0.

    ``twice``: columns whose heading stands twice. ``unknown``: headings nobody knows, with their column.
    """

    number: int
    places: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[Column, ...] = ()
    twice: tuple[tuple[Column, int], ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()

    @property
    def known(self) -> int:
        """How many of its headings belong to the sheet."""
        return len(self.places)


def find_heading_row(rows: Iterable[Sequence[object]], sheet: SheetLayout) -> HeadingRow:
    """The row, among the first ones, in which most headings of ``sheet`` stand; the first of equal ones.

    A table whose headings take two rows, "Phân loại" above "Lĩnh vực" and "Tập thể/Cá nhân", is found by its
    second row; the headings merged over both rows belong to it.
    """
    best = HeadingRow(0, missing=sheet.required)
    above: Sequence[object] = ()
    for number, row in enumerate(rows, start=1):
        if number > _LOOKED_AT:
            break
        for cells in (row, _both(above, row, sheet)):
            found = _headings(number, cells, sheet)
            if found.known > best.known:
                best = found
        above = row
    return best


def _both(above: Sequence[object], row: Sequence[object], sheet: SheetLayout) -> Sequence[object]:
    """The headings of two rows as one; none where something stands below a heading: that row is a record."""
    if not any(_column(cell, sheet) for cell in above) or not any(_column(cell, sheet) for cell in row):
        return ()
    together: list[object] = []
    for upper, lower in zip_longest(above, row, fillvalue=""):
        is_filled = bool(str(lower if lower is not None else "").strip())
        if is_filled and _column(upper, sheet):
            return ()
        together.append(lower if is_filled else upper)
    return together


def _headings(number: int, row: Sequence[object], sheet: SheetLayout) -> HeadingRow:
    places: dict[str, int] = {}
    twice: list[tuple[Column, int]] = []
    unknown: list[tuple[str, int]] = []
    for place, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        column = _column(cell, sheet)
        if column is None:
            unknown.append((" ".join(cell.split()), place))
        elif column.name in places:
            twice.append((column, place))
        else:
            places[column.name] = place
    missing = tuple(column for column in sheet.required if column.name not in places)
    return HeadingRow(number, places, missing, tuple(twice), tuple(unknown))


def _column(cell: object, sheet: SheetLayout) -> Column | None:
    """The column that a heading names, in Unicode or an encoding before it."""
    if not isinstance(cell, str) or not cell.strip():
        return None
    return next(filter(None, (sheet.by_key.get(heading_key(text)) for text in _readings(cell))), None)


def _readings(text: str) -> Iterator[str]:
    """The text as it stands, and as it would be in the encodings before Unicode."""
    yield text
    if not text.isascii():
        yield from (decode(text, old) for old in (Encoding.TCVN3, Encoding.VNI))


def sheet_title(name: str) -> str | None:
    """The name of a sheet that we know, in Unicode; None for any other."""
    return next((text for text in _readings(name) if sheet_called(text)), None)
