"""Draws marks on a page with their tags, and notes what they are and where signatures will stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph as SetParagraph

from forms.anchors import Anchor
from forms.structure import Node, Structure

_ARTIFACT: Final = "/Artifact BMC"
_PAGINATION: Final = "/Artifact <</Type/Pagination>> BDC"
_END: Final = "EMC"


@dataclass(slots=True, eq=False)
class Tags:
    """What is known about the marks of a paper while it is laid out. ``section`` takes what is set next."""

    structure: Structure = field(default_factory=Structure)
    anchors: list[Anchor] = field(default_factory=list)
    section: Node = field(init=False)

    def __post_init__(self) -> None:
        self.new_section()

    def new_section(self) -> None:
        """What is set from here on belongs to another part of the paper."""
        self.section = self.structure.root.add("Sect")

    def heading(self, level: int) -> Node:
        """A heading in the current section; the title of a paper is of level 1."""
        return self.section.add(self.structure.heading(level))

    def begin(self, canvas: Canvas, node: Node) -> None:
        """What is drawn from here to :meth:`end` is ``node``."""
        number = self.structure.mark(canvas.getPageNumber() - 1, node)
        canvas.addLiteral(f"/{node.tag} <</MCID {number}>> BDC")

    def end(self, canvas: Canvas) -> None:
        """Closes :meth:`begin` and both kinds of artifacts."""
        canvas.addLiteral(_END)

    def artifact(self, canvas: Canvas) -> None:
        """What is drawn from here on says nothing: rules, frames."""
        canvas.addLiteral(_ARTIFACT)

    def pagination(self, canvas: Canvas) -> None:
        """The same for what a page repeats: its number, the head of a table that goes on."""
        canvas.addLiteral(_PAGINATION)


class _Words(PDFTextObject):  # type: ignore[misc]  # reportlab ships no types
    """Lines that end with a blank: what reads tags aloud joins the words of two lines without one."""

    def _textOut(self, text: str, TStar: int = 0) -> None:
        super()._textOut(f"{text} " if TStar else text, TStar)


class TaggedParagraph(SetParagraph):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph that is one element, on however many pages it stands."""

    tags: Tags
    node: Node

    def of(self, tags: Tags, node: Node) -> TaggedParagraph:
        """Say which element it is; without that it cannot be drawn."""
        self.tags, self.node = tags, node
        return self

    def split(self, width: float, height: float) -> list[TaggedParagraph]:
        """The parts, all of the same element."""
        return [part.of(self.tags, self.node) for part in super().split(width, height)]

    def beginText(self, x: float, y: float) -> PDFTextObject:
        """Where the paragraph writes its lines."""
        return _Words(self.canv, x, y)

    def draw(self) -> None:
        """Draw it as its element."""
        self.tags.begin(self.canv, self.node)
        super().draw()
        self.tags.end(self.canv)


class ListItem(TaggedParagraph):
    """A paragraph with a dash before its first line, which stands in the indent."""

    dash: Node | None = None

    def labelled(self, dash: Node) -> ListItem:
        """Say which element the dash is; the rest of an item that is split has none."""
        self.dash = dash
        return self

    def split(self, width: float, height: float) -> list[TaggedParagraph]:
        """The dash goes with the first part."""
        parts = super().split(width, height)
        if parts:
            parts[0].dash = self.dash
        return parts

    def draw(self) -> None:
        """Draw the dash, then the words."""
        if self.dash is not None:
            self.tags.begin(self.canv, self.dash)
            self._draw_dash()
            self.tags.end(self.canv)
        super().draw()

    def _draw_dash(self) -> None:
        style = self.style
        self.canv.setFont(style.fontName, style.fontSize)
        self.canv.drawString(style.firstLineIndent - style.dash_width, self.height - style.fontSize, DASH)


DASH: Final = "- "
