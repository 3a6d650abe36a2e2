"""Tables: plain strings wrapped by ourselves, which is several times faster than a paragraph in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable

from forms.layout import columns
from forms.layout.columns import Wish
from forms.layout.pdf_fonts import FAMILY, face, text_width
from forms.layout.pdf_text import clean, clean_lines, wrap
from forms.profile import Profile, Style, TableShape
from forms.tree import HeaderCell, Row, RowKind, Table

Command = tuple[object, ...]
_BOLD = f"{FAMILY}-bold"
_TALLEST = 0.6
"""A row higher than this part of the page is continued in a row of its own on the next one."""
_ROWS_WITH_HEAD = 2
_SAMPLE = 400
"""Rows that are measured to find the widths; every word of every row counts all the same."""
_FACES: dict[RowKind, Style] = {
    "body": Style(0),
    "group": Style(0, bold=True),
    "subtotal": Style(0, bold=True, italic=True),
    "total": Style(0, bold=True),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A table whose sizes are settled: widths in pt; ``cuts`` = some word had to be cut."""

    size: float
    widths: tuple[float, ...]
    cuts: bool


class SetTable(LongTable):  # type: ignore[misc]  # reportlab ships no types
    """A table of reportlab. ``least`` is the height of its head and first rows in pt."""

    least = 0.0


def plan(table: Table, shape: TableShape, room: float) -> Plan:
    """The readable size with the lowest rows; else the largest at which no word is cut; else cut words."""
    wishes = {size: _wishes(table, shape, size) for size in shape.sizes}
    whole = [size for size in shape.sizes if columns.fits(wishes[size], room)]
    size = next(iter(whole), shape.soft_break)
    readable = [each for each in whole if each >= shape.readable]
    if readable:
        size = min(readable, key=lambda each: _effort(wishes[each], each, room))
    return Plan(size, tuple(columns.share(wishes[size], room)), cuts=not whole)


def _effort(wishes: list[Wish], size: float, room: float) -> float:
    """Lines to read, made harder by small letters: many lines less are worth it, a few are not."""
    return float(columns.mean_lines(wishes, columns.share(wishes, room)) / size**0.5)


def _wishes(table: Table, shape: TableShape, size: float) -> list[Wish]:
    padding = 2 * shape.padding_x * mm + 0.1
    least = [0.0] * len(table.columns)
    naturals: list[list[float]] = [[] for _column in table.columns]
    for place, text, name in _words(table):
        words = (text_width(word, name, size) for word in text.split())
        least[place] = max(least[place], max(words, default=0))
    for row in table.rows[:_SAMPLE]:
        if row.kind == "body":
            for place, text in enumerate(row.cells):
                lines = (text_width(line, FAMILY, size) for line in clean_lines(text))
                naturals[place].append(sum(lines) + padding)
    return [Wish(low + padding, tuple(found)) for low, found in zip(least, naturals, strict=True)]


def _words(table: Table) -> Iterator[tuple[int, str, str]]:
    """Column, text and face of every cell that stands in one column only."""
    for _line, place, cell in _placed_head(table):
        if cell.span == 1:
            yield place, clean(cell.text), _BOLD
    for row in table.rows:
        if row.kind != "group":
            first = label_span(row)
            for place, text in enumerate(row.cells):
                if place or first == 1:
                    yield place, clean(text), face(_FACES[row.kind])


def label_span(row: Row) -> int:
    """Over how many columns the first cell runs: a total's label takes the empty cells that follow it."""
    if row.kind == "group":
        return len(row.cells)
    if row.kind == "body" or not row.cells[0]:
        return 1
    return next((place for place, text in enumerate(row.cells[1:], 1) if text), len(row.cells))


def _placed_head(table: Table) -> Iterator[tuple[int, int, HeaderCell]]:
    """Line and column at which each cell of the head begins."""
    taken: set[tuple[int, int]] = set()
    for line, cells in enumerate(table.head):
        place = 0
        for cell in cells:
            while (line, place) in taken:
                place += 1
            yield line, place, cell
            taken |= {(line + down, place + right) for down in range(cell.rows) for right in range(cell.span)}


def flowable(table: Table, profile: Profile, planned: Plan, page_height: float) -> Flowable:
    """The table at its settled sizes. ``page_height`` in pt bounds how high a row may be."""
    grid = _Grid(table, profile.table, planned, page_height)
    data = [*grid.head(), *grid.body()]
    heights = [height for _cells, height in data]
    found = SetTable(
        [cells for cells, _height in data],
        colWidths=list(planned.widths),
        rowHeights=heights,
        repeatRows=len(table.head),
        style=grid.commands,
        spaceBefore=4,
        spaceAfter=6,
    )
    found.least = sum(heights[: len(table.head) + _ROWS_WITH_HEAD])
    return found


class _Grid:
    """Cells as strings with their line breaks, row heights, and the style commands that go with them."""

    def __init__(self, table: Table, shape: TableShape, planned: Plan, page_height: float) -> None:
        self.table = table
        self.shape = shape
        self.size = planned.size
        self.widths = planned.widths
        self.leading = planned.size * 1.15
        self.most_lines = max(3, int(page_height * _TALLEST / self.leading))
        self.commands: list[Command] = list(self._common())

    def _common(self) -> Iterable[Command]:
        everything = ((0, 0), (-1, -1))
        yield ("GRID", *everything, self.shape.line_weight_pt, colors.black)
        yield ("FONT", *everything, FAMILY, self.size, self.leading)
        yield ("VALIGN", *everything, "MIDDLE")
        yield ("LEFTPADDING", *everything, self.shape.padding_x * mm)
        yield ("RIGHTPADDING", *everything, self.shape.padding_x * mm)
        yield ("TOPPADDING", *everything, self.shape.padding_y * mm)
        # Digits have no descender: a little less below keeps them in the middle to the eye
        yield ("BOTTOMPADDING", *everything, self.shape.padding_y * mm)
        for place, column in enumerate(self.table.columns):
            yield ("ALIGN", (place, 0), (place, -1), column.align.upper())

    def _wrap(self, text: str, width: float, name: str) -> list[str]:
        room = width - 2 * self.shape.padding_x * mm
        return [line for part in clean_lines(text) for line in wrap(part, room, name, self.size)]

    def _height(self, lines: int) -> float:
        return lines * self.leading + 2 * self.shape.padding_y * float(mm)

    def head(self) -> Iterator[tuple[list[str], float]]:
        """The rows of the head; a cell over several rows widens the last of them if it must."""
        last = len(self.table.head) - 1
        if last < 0:
            return
        rows = [[""] * len(self.widths) for _row in self.table.head]
        high = [1] * len(rows)
        for line, place, cell in _placed_head(self.table):
            wrapped = self._wrap(cell.text, sum(self.widths[place : place + cell.span]), _BOLD)
            rows[line][place] = "\n".join(wrapped)
            bottom = line + cell.rows - 1
            spare = sum(high[line:bottom])
            high[bottom] = max(high[bottom], len(wrapped) - spare)
            if cell.span > 1 or cell.rows > 1:
                self.commands.append(("SPAN", (place, line), (place + cell.span - 1, bottom)))
        self.commands.append(("FONT", (0, 0), (-1, last), _BOLD, self.size, self.leading))
        self.commands.append(("ALIGN", (0, 0), (-1, last), "CENTER"))
        yield from zip(rows, map(self._height, high), strict=True)

    def body(self) -> Iterator[tuple[list[str], float]]:
        """The rows below the head."""
        line = len(self.table.head)
        for row in self.table.rows:
            last = len(self.widths) - 1 if row.kind == "group" else label_span(row) - 1
            for cells, height in self._cells(row, last):
                self._dress(row.kind, line, last)
                yield cells, height
                line += 1

    def _dress(self, kind: RowKind, line: int, last: int) -> None:
        if kind != "body":
            name = face(_FACES[kind])
            self.commands.append(("FONT", (0, line), (-1, line), name, self.size, self.leading))
        if last:
            aligned = "LEFT" if kind == "group" else "CENTER"
            self.commands += [("SPAN", (0, line), (last, line)), ("ALIGN", (0, line), (last, line), aligned)]

    def _cells(self, row: Row, last: int) -> Iterator[tuple[list[str], float]]:
        name = face(_FACES[row.kind])
        label = self._wrap(row.cells[0], sum(self.widths[: last + 1]), name)
        others = zip(row.cells[last + 1 :], self.widths[last + 1 :], strict=True)
        cells = [self._wrap(text, width, name) for text, width in others]
        yield from self._continued([label, *[[""]] * last, *cells])

    def _continued(self, cells: Sequence[list[str]]) -> Iterator[tuple[list[str], float]]:
        highest = max(map(len, cells))
        for start in range(0, highest, self.most_lines):
            part = [lines[start : start + self.most_lines] for lines in cells]
            yield ["\n".join(lines) for lines in part], self._height(max(map(len, part)))
