"""A table on pages: plain strings at known places, so that ten thousand rows are set in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from forms.layout.pdf_fonts import ASCENT, DESCENT, face, text_width
from forms.layout.pdf_plan import BOLD, ROW_FACES, Plan, label_span, placed_head
from forms.layout.pdf_tags import Tags
from forms.layout.pdf_text import clean_lines, wrap
from forms.profile import Profile, TableShape
from forms.structure import Node, of_table
from forms.tree import Align, Row, RowKind, Table

_TALLEST: Final = 0.6
"""A row higher than this part of the page is continued in a row of its own on the next one."""
_ROWS_WITH_HEAD: Final = 2
_LEADING: Final = 1.15


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its place in its row (pt from the row's upper left corner), its lines, what it is."""

    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...]
    align: Align
    face: str
    node: Node


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
    """Rows on one page or several; the head stands above them on each, ``repeated`` from the second on."""

    def __init__(
        self,
        head: Sequence[SetRow],
        rows: Sequence[SetRow],
        look: Look,
        width: float,
        tags: Tags,
        repeated: bool = False,
    ) -> None:
        super().__init__()
        self.head = head
        self.rows = rows
        self.look = look
        self.width = width
        self.tags = tags
        self.repeated = repeated
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
        parts = ((self.rows[:fitting], self.repeated), (self.rows[fitting:], True))
        return [
            SetTable(self.head, rows, self.look, self.width, self.tags, repeated) for rows, repeated in parts
        ]

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
        """Draw the frames, then the words of head and rows downwards."""
        tops = self._tops()
        self.tags.artifact(self.canv)
        self._frames(tops)
        self.tags.end(self.canv)
        for row, top in zip((*self.head, *self.rows), tops, strict=True):
            again = self.repeated and any(row is each for each in self.head)
            for box in row.boxes:
                if box.lines != ("",):
                    self._cell(box, top - box.top, again)

    def _tops(self) -> list[float]:
        tops, top = [], self.height
        for row in (*self.head, *self.rows):
            tops.append(top)
            top -= row.height
        return tops

    def _frames(self, tops: Sequence[float]) -> None:
        # reportlab's own paths write numbers so carefully that frames took longer than words
        frames = [
            f"{box.left:.3f} {top - box.top - box.height:.3f} {box.width:.3f} {box.height:.3f} re"
            for row, top in zip((*self.head, *self.rows), tops, strict=True)
            for box in row.boxes
        ]
        self.canv.setLineWidth(self.look.line_weight)
        self.canv.addLiteral("\n".join([*frames, "S"]))

    def _cell(self, box: Box, top: float, again: bool) -> None:
        if again:
            self.tags.pagination(self.canv)
        else:
            self.tags.begin(self.canv, box.node)
        self._text(box, top)
        self.tags.end(self.canv)

    def _text(self, box: Box, top: float) -> None:
        look = self.look
        glyphs = (len(box.lines) - 1) * look.leading + (ASCENT + DESCENT) * look.size
        y = top - (box.height - glyphs) / 2 - ASCENT * look.size
        text = self.canv.beginText()
        text.setFont(box.face, look.size)
        for line in box.lines:
            text.setTextOrigin(box.left + self._indent(box, line), y)
            # The blank parts it from the next line for what reads it aloud
            text.textOut(f"{line} ")
            y -= look.leading
        self.canv.drawText(text)

    def _indent(self, box: Box, line: str) -> float:
        if box.align == "left":
            return self.look.padding_x
        spare = box.width - text_width(line, box.face, self.look.size)
        return spare / 2 if box.align == "center" else spare - self.look.padding_x


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table goes: ``page_height`` in pt bounds how high a row may be; ``node`` is its element."""

    page_height: float
    tags: Tags
    node: Node


def flowable(table: Table, profile: Profile, planned: Plan, place: Place) -> SetTable:
    """The table at its settled sizes."""
    setter = _Setter(table, profile.table, planned, place.node)
    head = setter.head()
    rows = list(setter.body(place.page_height - sum(row.height for row in head)))
    return SetTable(head, rows, setter.look, sum(planned.widths), place.tags)


class _Setter:
    """Breaks the lines of every cell and gives it its place."""

    def __init__(self, table: Table, shape: TableShape, planned: Plan, node: Node) -> None:
        self.table = table
        self.node = node
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
        nodes = self._head_nodes()
        boxes = tuple(
            Box(
                self.lefts[place],
                sum(heights[:line]),
                self._width(place, cell.span),
                sum(heights[line : line + cell.rows]),
                tuple(wrapped),
                "center",
                BOLD,
                nodes[line].add("TH", of_table("Column", cell.span, cell.rows)),
            )
            for line, place, cell, wrapped in placed
        )
        return [SetRow(sum(heights), boxes)] if boxes else []

    def _head_nodes(self) -> list[Node]:
        """An element for each line of the head."""
        head = self.node.add("THead") if self.table.head else self.node
        return [head.add("TR") for _line in self.table.head]

    def body(self, room: float) -> Iterator[SetRow]:
        """The rows below the head, each lower than a page that leaves ``room`` below its head."""
        most = max(3, int(room * _TALLEST / self.look.leading))
        body = self.node.add("TBody") if self.table.rows else self.node
        for row in self.table.rows:
            span = len(self.widths) if row.kind == "group" else label_span(row)
            name = face(ROW_FACES[row.kind])
            label = self._wrap(row.cells[0], self._width(0, span), name)
            others = zip(row.cells[span:], self.widths[span:], strict=True)
            cells = [label, *(self._wrap(text, width, name) for text, width in others)]
            nodes = _row_nodes(body.add("TR"), row, span, len(cells))
            for start in range(0, max(map(len, cells)), most):
                part = [tuple(lines[start : start + most]) or ("",) for lines in cells]
                height = self.look.height(max(map(len, part)))
                yield SetRow(height, tuple(self._boxes(row, span, part, height, nodes)), row.kind)

    def _boxes(
        self, row: Row, span: int, part: Sequence[tuple[str, ...]], height: float, nodes: Sequence[Node]
    ) -> Iterator[Box]:
        name, label = face(ROW_FACES[row.kind]), self.table.columns[0].align
        if span > 1 or row.kind == "group":
            label = "left" if row.kind == "group" else "center"
        yield Box(0, 0, self._width(0, span), height, part[0], label, name, nodes[0])
        for place, (lines, node) in enumerate(zip(part[1:], nodes[1:], strict=True), span):
            align = self.table.columns[place].align
            yield Box(self.lefts[place], 0, self.widths[place], height, lines, align, name, node)


def _row_nodes(row_node: Node, row: Row, span: int, cells: int) -> list[Node]:
    """An element for each cell: the title of a group and the label of a total head their row."""
    if row.kind == "body":
        return [row_node.add("TD") for _cell in range(cells)]
    label = row_node.add("TH", of_table("Row", span))
    return [label, *(row_node.add("TD") for _cell in range(cells - 1))]
