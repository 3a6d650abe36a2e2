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


def plan(table: Table, shape: TableShape, room: float) -> Plan:
    """The largest size at which rows stay low; else at which no word is cut; else cut words at a small size."""
    wishes = {size: _wishes(table, shape, size) for size in shape.sizes}
    for size in shape.sizes:
        if size >= shape.soft_break_below and columns.comfortable(wishes[size]) <= room:
            return Plan(size, tuple(columns.share(wishes[size], room)), cuts=False)
    for size in shape.sizes:
        if columns.least(wishes[size]) <= room:
            return Plan(size, tuple(columns.share(wishes[size], room)), cuts=False)
    return Plan(shape.soft_break_below, tuple(columns.share(wishes[shape.soft_break_below], room)), cuts=True)


def _wishes(table: Table, shape: TableShape, size: float) -> list[Wish]:
    padding = 2 * shape.padding_x * mm + 0.1
    found = [(0.0, 0.0)] * len(table.columns)
    for place, text, name in _texts(table):
        words = max((text_width(word, name, size) for word in text.split(" ")), default=0)
        whole = max(text_width(line, name, size) for line in text.split("\n"))
        found[place] = (max(found[place][0], words), max(found[place][1], whole))
    return [Wish(least + padding, whole + padding) for least, whole in found]


def _texts(table: Table) -> Iterator[tuple[int, str, str]]:
    """Column, text and face of every cell that stands in one column only."""
    for place, cell in _head_cells(table):
        if cell.span == 1:
            # A heading may take as many lines as it has words: only its longest word counts
            yield place, clean(cell.text).replace(" ", "\n"), _BOLD
    for row in table.rows:
        if row.kind != "group":
            name = face(_FACES[row.kind])
            for place, text in enumerate(row.cells):
                yield place, _one_text(text), name


def _one_text(text: str) -> str:
    return "\n".join(clean_lines(text))


def _head_cells(table: Table) -> Iterator[tuple[int, HeaderCell]]:
    yield from ((place, cell) for _line, place, cell in _placed_head(table))


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
    return LongTable(
        [cells for cells, _height in data],
        colWidths=list(planned.widths),
        rowHeights=[height for _cells, height in data],
        repeatRows=len(table.head),
        style=grid.commands,
        spaceBefore=4,
        spaceAfter=6,
    )


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
            for cells, height in self._group(row) if row.kind == "group" else self._cells(row):
                self._dress(row.kind, line)
                yield cells, height
                line += 1

    def _dress(self, kind: RowKind, line: int) -> None:
        if kind != "body":
            name = face(_FACES[kind])
            self.commands.append(("FONT", (0, line), (-1, line), name, self.size, self.leading))
        if kind == "group":
            self.commands += [("SPAN", (0, line), (-1, line)), ("ALIGN", (0, line), (-1, line), "LEFT")]

    def _group(self, row: Row) -> Iterator[tuple[list[str], float]]:
        wrapped = self._wrap(row.cells[0], sum(self.widths), face(_FACES["group"]))
        yield ["\n".join(wrapped), *[""] * (len(self.widths) - 1)], self._height(len(wrapped))

    def _cells(self, row: Row) -> Iterator[tuple[list[str], float]]:
        name = face(_FACES[row.kind])
        cells = [self._wrap(text, width, name) for text, width in zip(row.cells, self.widths, strict=True)]
        yield from self._continued(cells)

    def _continued(self, cells: Sequence[list[str]]) -> Iterator[tuple[list[str], float]]:
        highest = max(map(len, cells))
        for start in range(0, highest, self.most_lines):
            part = [lines[start : start + self.most_lines] for lines in cells]
            yield ["\n".join(lines) for lines in part], self._height(max(map(len, part)))
