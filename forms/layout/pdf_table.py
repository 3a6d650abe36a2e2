"""A table on pages: plain strings at known places, so that ten thousand rows are set in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from forms.layout.pdf_fonts import ASCENT, DESCENT, FAMILY, face, text_width
from forms.layout.pdf_plan import BOLD, ROW_FACES, Plan, label_span, placed_head
from forms.layout.pdf_text import clean_lines, wrap
from forms.profile import Profile, TableShape
from forms.tree import Align, Row, RowKind, Table

_TALLEST: Final = 0.6
"""A row higher than this part of the page is continued in a row of its own on the next one."""
_ROWS_WITH_HEAD: Final = 2
_LEADING: Final = 1.15


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its place in its row (pt from the row's upper left corner) and its lines."""

    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]
    align: Align
    face: str = FAMILY


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row whose lines are broken."""

    height: float
    boxes: tuple[Box, ...]
    kind: RowKind = "body"


@dataclass(frozen=True, slots=True)
class Look:
    """What all cells of a table share, in pt."""

    size: float
    padding_x: float
    padding_y: float
    line_weight: float

    @property
    def leading(self) -> float:
        """Distance of two baselines."""
        return self.size * _LEADING

    def height(self, lines: int) -> float:
        """Height of a row of so many lines."""
        return lines * self.leading + 2 * self.padding_y


class SetTable(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Rows on one page or several; the head stands above them on each."""

    def __init__(self, head: Sequence[SetRow], rows: Sequence[SetRow], look: Look, width: float) -> None:
        super().__init__()
        self.head = head
        self.rows = rows
        self.look = look
        self.width = width
        self.height = sum(row.height for row in (*head, *rows))
        self.spaceBefore, self.spaceAfter = 4, 6

    @property
    def least(self) -> float:
        """Height of the head and the first rows."""
        return sum(row.height for row in (*self.head, *self.rows[:_ROWS_WITH_HEAD]))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Size in pt."""
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The rows that fit and the rest, each with the head; nothing where not even one row fits."""
        if self.height <= height:
            return [self]
        fitting = self._how_many(height - sum(row.height for row in self.head))
        if not fitting:
            return []
        parts = (self.rows[:fitting], self.rows[fitting:])
        return [SetTable(self.head, rows, self.look, self.width) for rows in parts]

    def _how_many(self, room: float) -> int:
        fitting, used = 0, 0.0
        while fitting < len(self.rows) and used + self.rows[fitting].height <= room:
            used += self.rows[fitting].height
            fitting += 1
        return self._kept_together(fitting)

    def _kept_together(self, fitting: int) -> int:
        """A title of a group goes along with its first row, totals with the last row above them."""
        place = fitting
        if place < len(self.rows) and all(row.kind in ("subtotal", "total") for row in self.rows[place:]):
            place -= 1
        while place > 0 and self.rows[place - 1].kind == "group":
            place -= 1
        # Nothing but titles on a whole page: then they are parted all the same
        return place if place > 0 or fitting <= _ROWS_WITH_HEAD else fitting

    def draw(self) -> None:
        """Draw head and rows downwards."""
        top = self.height
        self.canv.setLineWidth(self.look.line_weight)
        for row in (*self.head, *self.rows):
            self._row(row, top)
            top -= row.height

    def _row(self, row: SetRow, top: float) -> None:
        frame = self.canv.beginPath()
        for box in row.boxes:
            frame.rect(box.left, top - box.top - box.height, box.width, box.height)
            if box.lines != ("",):
                self._text(box, top - box.top)
        self.canv.drawPath(frame, stroke=1, fill=0)

    def _text(self, box: Box, top: float) -> None:
        look = self.look
        glyphs = (len(box.lines) - 1) * look.leading + (ASCENT + DESCENT) * look.size
        y = top - (box.height - glyphs) / 2 - ASCENT * look.size
        self.canv.setFont(box.face, look.size)
        for line in box.lines:
            self.canv.drawString(box.left + self._indent(box, line), y, line)
            y -= look.leading

    def _indent(self, box: Box, line: str) -> float:
        if box.align == "left":
            return self.look.padding_x
        spare = box.width - text_width(line, box.face, self.look.size)
        return spare / 2 if box.align == "center" else spare - self.look.padding_x


def flowable(table: Table, profile: Profile, planned: Plan, page_height: float) -> SetTable:
    """The table at its settled sizes. ``page_height`` in pt bounds how high a row may be."""
    setter = _Setter(table, profile.table, planned)
    head = setter.head()
    rows = list(setter.body(page_height - sum(row.height for row in head)))
    return SetTable(head, rows, setter.look, sum(planned.widths))


class _Setter:
    """Breaks the lines of every cell and gives it its place."""

    def __init__(self, table: Table, shape: TableShape, planned: Plan) -> None:
        self.table = table
        self.widths = planned.widths
        self.lefts = [sum(planned.widths[:place]) for place in range(len(planned.widths))]
        self.look = Look(planned.size, shape.padding_x * mm, shape.padding_y * mm, shape.line_weight_pt)

    def _wrap(self, text: str, width: float, name: str) -> list[str]:
        room = width - 2 * self.look.padding_x
        return [line for part in clean_lines(text) for line in wrap(part, room, name, self.look.size)]

    def _width(self, place: int, span: int) -> float:
        return sum(self.widths[place : place + span])

    def head(self) -> list[SetRow]:
        """The head as one row; a cell over several lines of it makes the last of them higher if it must."""
        placed = [
            (line, place, cell, self._wrap(cell.text, self._width(place, cell.span), BOLD))
            for line, place, cell in placed_head(self.table)
        ]
        high = [1] * len(self.table.head)
        for line, _place, cell, wrapped in placed:
            bottom = line + cell.rows - 1
            high[bottom] = max(high[bottom], len(wrapped) - sum(high[line:bottom]))
        heights = [self.look.height(lines) for lines in high]
        boxes = tuple(
            Box(
                self.lefts[place],
                sum(heights[:line]),
                self._width(place, cell.span),
                sum(heights[line : line + cell.rows]),
                tuple(wrapped),
                "center",
                BOLD,
            )
            for line, place, cell, wrapped in placed
        )
        return [SetRow(sum(heights), boxes)] if boxes else []

    def body(self, room: float) -> Iterator[SetRow]:
        """The rows below the head, each lower than a page that leaves ``room`` below its head."""
        most = max(3, int(room * _TALLEST / self.look.leading))
        for row in self.table.rows:
            span = len(self.widths) if row.kind == "group" else label_span(row)
            name = face(ROW_FACES[row.kind])
            label = self._wrap(row.cells[0], self._width(0, span), name)
            others = zip(row.cells[span:], self.widths[span:], strict=True)
            cells = [label, *(self._wrap(text, width, name) for text, width in others)]
            yield from self._continued(row, span, cells, most)

    def _continued(self, row: Row, span: int, cells: list[list[str]], most: int) -> Iterator[SetRow]:
        name = face(ROW_FACES[row.kind])
        for start in range(0, max(map(len, cells)), most):
            part = [tuple(lines[start : start + most]) or ("",) for lines in cells]
            height = self.look.height(max(map(len, part)))
            yield SetRow(height, tuple(self._boxes(row, span, part, height, name)), row.kind)

    def _boxes(
        self, row: Row, span: int, part: Sequence[tuple[str, ...]], height: float, name: str
    ) -> Iterator[Box]:
        label: Align = self.table.columns[0].align
        if span > 1 or row.kind == "group":
            label = "left" if row.kind == "group" else "center"
        yield Box(0, 0, self._width(0, span), height, part[0], label, name)
        for place, lines in enumerate(part[1:], span):
            column = self.table.columns[place]
            yield Box(self.lefts[place], 0, self.widths[place], height, lines, column.align, name)
