"""At which size and widths a table is set, measured on its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from forms.layout import columns
from forms.layout.columns import Wish
from forms.layout.pdf_fonts import FAMILY, face, text_width
from forms.layout.pdf_text import clean, clean_lines
from forms.profile import Style, TableShape
from forms.tree import HeaderCell, Row, RowKind, Table

BOLD: Final = f"{FAMILY}-bold"
ROW_FACES: Final[dict[RowKind, Style]] = {
    "body": Style(0),
    "group": Style(0, bold=True),
    "subtotal": Style(0, bold=True, italic=True),
    "total": Style(0, bold=True),
}
_ROUNDING: Final = 0.1
_SAMPLE: Final = 400
"""Rows that are measured to find the widths; every word of every row counts all the same."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A table whose sizes are settled: widths in pt; ``cuts`` = some word had to be cut."""

    size: float
    widths: tuple[float, ...]
    cuts: bool


def plan(table: Table, shape: TableShape, room: float) -> Plan:
    """The readable size with the lowest rows; else the largest at which no word is cut; else cut words."""
    measured = _measured(table)
    padding = 2 * shape.padding_x * mm + _ROUNDING
    wishes = {size: [wish.scaled(size, padding) for wish in measured] for size in shape.sizes}
    whole = [size for size in shape.sizes if columns.fits(wishes[size], room)]
    size = next(iter(whole), shape.soft_break)
    readable = [each for each in whole if each >= shape.readable]
    if readable:
        size = min(readable, key=lambda each: _effort(wishes[each], each, room))
    return Plan(size, tuple(columns.share(wishes[size], room)), cuts=not whole)


def _effort(wishes: list[Wish], size: float, room: float) -> float:
    """Lines to read, made harder by small letters: many lines less are worth it, a few are not."""
    return float(columns.mean_lines(wishes, columns.share(wishes, room)) / size**0.5)


def _measured(table: Table) -> list[Wish]:
    """What the columns need at a size of one point."""
    least = [0.0] * len(table.columns)
    naturals: list[list[float]] = [[] for _column in table.columns]
    for place, text, name in _words(table):
        words = (text_width(word, name, 1) for word in text.split())
        least[place] = max(least[place], max(words, default=0))
    for row in table.rows[:_SAMPLE]:
        if row.kind == "body":
            for place, text in enumerate(row.cells):
                naturals[place].append(sum(text_width(line, FAMILY, 1) for line in clean_lines(text)))
    headings = {
        place: text_width(clean(cell.text), BOLD, 1)
        for _line, place, cell in placed_head(table)
        if cell.span == 1
    }
    return [Wish(least[at], tuple(found), headings.get(at, 0)) for at, found in enumerate(naturals)]


def _words(table: Table) -> Iterator[tuple[int, str, str]]:
    """Column, text and face of every cell that stands in one column only."""
    for _line, place, cell in placed_head(table):
        if cell.span == 1:
            yield place, clean(cell.text), BOLD
    for row in table.rows:
        if row.kind != "group":
            first = label_span(row)
            for place, text in enumerate(row.cells):
                if place or first == 1:
                    yield place, clean(text), face(ROW_FACES[row.kind])


def label_span(row: Row) -> int:
    """Over how many columns the first cell runs: a total's label takes the empty cells that follow it."""
    if row.kind == "group":
        return len(row.cells)
    if row.kind == "body" or not row.cells[0]:
        return 1
    return next((place for place, text in enumerate(row.cells[1:], 1) if text), len(row.cells))


def placed_head(table: Table) -> Iterator[tuple[int, int, HeaderCell]]:
    """Line and column at which each cell of the head begins."""
    taken: set[tuple[int, int]] = set()
    for line, cells in enumerate(table.head):
        place = 0
        for cell in cells:
            while (line, place) in taken:
                place += 1
            yield line, place, cell
            taken |= {(line + down, place + right) for down in range(cell.rows) for right in range(cell.span)}
