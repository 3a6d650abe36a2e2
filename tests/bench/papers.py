"""A report with a list of 500 rows, against reportlab alone setting the same words in the same columns.

reportlab's side has the words, sizes and column widths ready; ours fills the template, finds the widths, tags
every cell, lays the signature fields and makes the file PDF/A and PDF/UA.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
)

from forms.layout.pdf_fonts import FAMILY, register
from forms.layout.pdf_plan import Plan, plan
from forms.paper import make
from forms.paper_kinds import kind
from forms.profile import PageShape, Profile, load
from forms.tree import Block, Orientation, SectionBreak, Table, Tree, block_lines
from forms.write import write
from tests.bench.lines import Line, by_turns, timed
from tests.support import paper_cases

_ROWS = 500
_GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
_BODY = ParagraphStyle("body", fontName=FAMILY, fontSize=14, leading=16.8, alignment=4, spaceAfter=6)


@dataclass(frozen=True, slots=True)
class _Set:
    """A table whose widths are found."""

    table: Table
    plan: Plan


def measure() -> Iterator[Line]:
    """By turns, the whole of ours against the pages of theirs."""
    register()
    data, profile = paper_cases.ward(_ROWS, 0), load("nd30_2020")
    blocks = list(_planned(write(kind(data.kind), data, profile).tree, profile))
    our_time, alone = by_turns(
        lambda: timed(lambda: make(data)), lambda: timed(lambda: _alone(blocks, profile)), 5
    )
    yield Line(f"report with {_ROWS} rows ÷ reportlab alone", our_time, "s", 1.3, alone)


def _planned(tree: Tree, profile: Profile) -> Iterator[Block | _Set]:
    turned: Orientation = "portrait"
    for block in tree.blocks:
        if isinstance(block, SectionBreak):
            turned = block.orientation
        if isinstance(block, Table):
            shape = profile.portrait if turned == "portrait" else profile.landscape
            yield _Set(block, plan(block, profile.table, shape.text_width * mm))
        else:
            yield block


def _alone(blocks: Sequence[Block | _Set], profile: Profile) -> bytes:
    out = BytesIO()
    document = BaseDocTemplate(out, initialFontName=FAMILY)
    shapes = {"portrait": profile.portrait, "landscape": profile.landscape}
    document.addPageTemplates([_page(name, shape) for name, shape in shapes.items()])
    document.build([each for block in blocks for each in _flowables(block)])
    return out.getvalue()


def _page(name: str, shape: PageShape) -> PageTemplate:
    room = (shape.left * mm, shape.bottom * mm, shape.text_width * mm, shape.text_height * mm, 0, 0, 0, 0)
    return PageTemplate(name, [Frame(*room)], pagesize=(shape.width * mm, shape.height * mm))


def _flowables(block: Block | _Set) -> Iterator[Any]:
    if isinstance(block, _Set):
        yield _long_table(block)
    elif isinstance(block, SectionBreak):
        yield from (NextPageTemplate(block.orientation), PageBreak())
    else:
        yield from (Paragraph(escape(line), _BODY) for line in block_lines(block))


def _long_table(found: _Set) -> LongTable:
    size, columns = found.plan.size, len(found.table.columns)
    style = ParagraphStyle("cell", fontName=FAMILY, fontSize=size, leading=size * 1.15)
    head = [[cell.text for cell in row] for row in found.table.head]
    cells = [*head, *(list(row.cells) for row in found.table.rows)]
    data = [[Paragraph(escape(text), style) if text else "" for text in row] for row in cells]
    padded = [row + [""] * (columns - len(row)) for row in data]
    return LongTable(padded, colWidths=list(found.plan.widths), repeatRows=len(head), style=_GRID)
