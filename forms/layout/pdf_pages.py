"""Pages: portrait and landscape, and the number in the top margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from forms.layout.pdf_fonts import FAMILY, face, text_width
from forms.layout.pdf_tags import Tags
from forms.profile import PageShape, Profile

_CAP_HEIGHT = 0.66
"""Height of a digit in sizes."""


@dataclass(slots=True)
class Numbering:
    """Which page of which section is being laid out. ``starts`` holds the first page of each section."""

    profile: Profile
    tags: Tags
    starts: list[int] = field(default_factory=lambda: [1])

    def number(self, page: int) -> int | None:
        """The number to print on physical ``page`` (from 1), or none."""
        first = self.starts[-1] if self.profile.page_number.annex == "own" else 1
        number = page - first + 1
        return number if number > 1 or self.profile.page_number.on_first_page else None


class SectionStart(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Nothing to see: the page on which it lands is page 1 of a new section."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self.numbering = numbering

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Takes no room."""
        return 0, 0

    def draw(self) -> None:
        """Note the page."""
        self.numbering.starts.append(self.canv.getPageNumber())


def _page(name: str, shape: PageShape, numbering: Numbering) -> PageTemplate:
    frame = Frame(
        shape.left * mm,
        shape.bottom * mm,
        shape.text_width * mm,
        shape.text_height * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id=name,
    )

    def number(canvas: Canvas, _document: BaseDocTemplate) -> None:
        _print_number(canvas, shape, numbering)

    # The number is printed when the page is finished: only then is it known in which section it lies
    return PageTemplate(name, [frame], pagesize=(shape.width * mm, shape.height * mm), onPageEnd=number)


def _print_number(canvas: Canvas, shape: PageShape, numbering: Numbering) -> None:
    number = numbering.number(canvas.getPageNumber())
    if number is None:
        return
    style = numbering.profile.styles["page_number"]
    wide = text_width(str(number), face(style), style.size)
    middle = (shape.left + shape.text_width / 2) * mm
    top = (shape.height - numbering.profile.page_number.top) * mm
    numbering.tags.pagination(canvas)
    canvas.setFont(face(style), style.size)
    canvas.drawString(middle - wide / 2, top - _CAP_HEIGHT * style.size, str(number))
    numbering.tags.end(canvas)


def build(flowables: Sequence[Flowable], numbering: Numbering, title: str, author: str) -> bytes:
    """Set the flowables on pages; the same flowables give the same bytes."""
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=(numbering.profile.portrait.width * mm, numbering.profile.portrait.height * mm),
        title=title,
        author=author,
        invariant=1,
        lang="vi-VN",
        initialFontName=FAMILY,
        pageCompression=1,
    )
    shapes = {"portrait": numbering.profile.portrait, "landscape": numbering.profile.landscape}
    document.addPageTemplates([_page(name, shape, numbering) for name, shape in shapes.items()])
    document.build(list(flowables))
    return target.getvalue()
