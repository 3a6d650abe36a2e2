"""A report with a list of 500 rows, without and with 24 photos, against reportlab alone on the same content.

reportlab's side has the words, sizes and column widths ready; ours fills the template, finds the widths, tags
every cell, lays the signature fields and makes the file PDF/A and PDF/UA.

The photos are noisy JPEGs of 12 megapixels (3 MB each), brought in through the book. What is embedded is what
the book keeps: our own JPEG, made smaller once, when a photo comes in (`photos` measures that). Ours reads
them from the book, encrypted; reportlab gets the same JPEGs as plain files, in the same size on paper, with
the same captions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    Image,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

from db import Book, photos
from forms.layout.pdf_fonts import FAMILY, register
from forms.layout.pdf_plan import Plan, plan
from forms.paper import make
from forms.paper_data import PaperData, PhotoRow
from forms.paper_kinds import kind
from forms.profile import PageShape, Profile, load
from forms.tree import Block, Orientation, Pictures, SectionBreak, Tree, block_lines
from forms.tree import Table as TableBlock
from forms.write import write
from tests.bench.lines import Line, by_turns, timed
from tests.bench.photos import draw_photos
from tests.support import paper_cases
from tests.support.books import PASSWORD, WARD, add_model

_ROWS, _PHOTOS = 500, 24
# As a photo of 12 megapixels, turned upright, is kept
_PIXELS = (1512, 2016)
_GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
_BODY = ParagraphStyle("body", fontName=FAMILY, fontSize=14, leading=16.8, alignment=4, spaceAfter=6)


@dataclass(frozen=True, slots=True)
class _Set:
    """A table whose widths are found."""

    table: TableBlock
    plan: Plan


def measure(folder: Path) -> Iterator[Line]:
    """By turns, the whole of ours against the pages of theirs."""
    register()
    plain, profile = paper_cases.ward(_ROWS, 0), load("nd30_2020")
    blocks = _blocks(plain, profile)
    our_time, alone = by_turns(
        lambda: timed(lambda: make(plain)), lambda: timed(lambda: _alone(blocks, profile)), 5
    )
    yield Line(f"report with {_ROWS} rows ÷ reportlab alone", our_time, "s", 1.3, alone)
    yield from _with_photos(plain, profile, folder)


def _with_photos(plain: PaperData, profile: Profile, folder: Path) -> Iterator[Line]:
    book, _sheet = Book.create(folder / "paper-photos.danvan", PASSWORD, WARD)
    with book:
        hashes = _brought_in(book, folder / "paper-pictures")
        blocks = _blocks(_illustrated(plain, book, hashes), profile)
        files = _plain_files(book, hashes, folder)
        our_time, alone = by_turns(
            lambda: timed(lambda: make(_illustrated(plain, book, hashes))),
            lambda: timed(lambda: _alone(_from_files(blocks, files), profile)),
            5,
        )
    what = f"report with {_ROWS} rows and {_PHOTOS} photos of 12 MP ÷ reportlab alone"
    yield Line(what, our_time, "s", 1.3, alone)


def _brought_in(book: Book, folder: Path) -> list[str]:
    with book.writing("do") as write:
        model = add_model(write)
    done = photos.add_photos(book, draw_photos(folder, _PHOTOS), model=model, stage="before")
    return [photo.hash for photo in done.added]


def _illustrated(plain: PaperData, book: Book, hashes: Sequence[str]) -> PaperData:
    """The report with the photos as they are read from the book."""
    rows = (
        PhotoRow(digest, photos.picture(book, digest), *_PIXELS, f"Ngõ {at} sau khi làm", "Ngõ 129")
        for at, digest in enumerate(hashes, 1)
    )
    return replace(plain, photos=tuple(rows))


def _plain_files(book: Book, hashes: Sequence[str], folder: Path) -> list[Path]:
    files = [folder / f"{digest}.jpg" for digest in hashes]
    for digest, file in zip(hashes, files, strict=True):
        file.write_bytes(photos.picture(book, digest))
    return files


def _from_files(blocks: Sequence[Block | _Set], files: Sequence[Path]) -> list[Block | _Set]:
    """The same blocks with the pictures read from plain files."""
    pictures = (file.read_bytes() for file in files)
    return [
        replace(each, pictures=tuple(replace(one, jpeg=next(pictures)) for one in each.pictures))
        if isinstance(each, Pictures)
        else each
        for each in blocks
    ]


def _blocks(data: PaperData, profile: Profile) -> list[Block | _Set]:
    return list(_planned(write(kind(data.kind), data, profile).tree, profile))


def _planned(tree: Tree, profile: Profile) -> Iterator[Block | _Set]:
    turned: Orientation = "portrait"
    for block in tree.blocks:
        if isinstance(block, SectionBreak):
            turned = block.orientation
        if isinstance(block, TableBlock):
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
    elif isinstance(block, Pictures):
        yield _picture_row(block)
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


def _picture_row(block: Pictures) -> Table:
    images = [
        Image(BytesIO(each.jpeg), 80 * mm, block.height * mm, kind="proportional") for each in block.pictures
    ]
    return Table([images, [Paragraph(escape(each.caption), _BODY) for each in block.pictures]])
