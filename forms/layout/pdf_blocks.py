"""Each block of the tree as what reportlab sets on pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak

from forms.layout import pdf_head, pdf_pictures, pdf_plan, pdf_sign, pdf_table
from forms.layout.pdf_fonts import face, text_width
from forms.layout.pdf_keep import mark_heading, take_tail, with_breaks
from forms.layout.pdf_pages import Numbering, SectionStart
from forms.layout.pdf_tags import DASH, ListItem, TaggedParagraph, Tags
from forms.layout.pdf_text import clean
from forms.profile import PageShape, Profile, Style
from forms.structure import Node, said
from forms.tree import (
    AnnexTitle,
    Block,
    BulletList,
    Heading,
    Letterhead,
    Orientation,
    Paragraph,
    Pictures,
    Placeholder,
    Run,
    SectionBreak,
    Signatures,
    Table,
    Text,
    Title,
)

# What a dotted line says aloud
_EMPTY = "Phần chưa viết"
_ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}


def paragraph_style(role: str, style: Style) -> ParagraphStyle:
    """reportlab's own form of a style."""
    return ParagraphStyle(
        role,
        fontName=face(style),
        fontSize=style.size,
        leading=style.line_pt,
        alignment=_ALIGN[style.align],
        firstLineIndent=style.indent * mm,
        spaceBefore=style.before_pt,
        spaceAfter=style.after_pt,
        allowWidows=0,
        allowOrphans=0,
    )


def _xml(text: Text) -> str:
    """Runs as reportlab's markup. Blanks between runs stay; whatever a clerk typed is only text."""
    joined = "".join(_xml_run(run) for run in text)
    return " ".join(joined.split())


def _xml_run(run: Run) -> str:
    words = escape(clean(run.text))
    start = " " if run.text[:1].isspace() else ""
    end = " " if run.text[-1:].isspace() and words else ""
    for tag, wanted in (("i", run.italic), ("b", run.bold)):
        words = f"<{tag}>{words}</{tag}>" if wanted and words else words
    return f"{start}{words}{end}"


class Setter:
    """Turns blocks into flowables, one section after the other, and keeps account of the orientation."""

    def __init__(self, profile: Profile, numbering: Numbering, tags: Tags) -> None:
        self.profile = profile
        self.numbering = numbering
        self.tags = tags
        self.orientation: Orientation = "portrait"

    @property
    def page(self) -> PageShape:
        """The page of the current section."""
        return self.profile.portrait if self.orientation == "portrait" else self.profile.landscape

    def set(self, blocks: Sequence[Block]) -> list[Flowable]:
        """All flowables of a paper."""
        flowables: list[Flowable] = []
        section: list[Flowable] = []
        for block in blocks:
            if isinstance(block, SectionBreak):
                flowables += self._finished(section)
                section = []
            if isinstance(block, Signatures):
                section.extend(self._closing(section, block))
            else:
                section.extend(self._flowables(block))
        return flowables + self._finished(section)

    def _flowables(self, block: Block) -> Iterable[Flowable]:
        match block:
            case Letterhead():
                return [pdf_head.letterhead(block, self.profile, self.tags)]
            case Title():
                return [pdf_head.title(block, self.profile, self.tags)]
            case AnnexTitle():
                return [pdf_head.annex_title(block, self.profile, self.page.text_width * mm, self.tags)]
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                return [self._role(block.style, _xml(block.text), self.tags.section.add("P"))]
            case BulletList():
                return self._list(block)
            case Placeholder():
                return self._placeholder(block)
            case Table():
                return self._table(block)
            case Pictures():
                width = self.page.text_width * mm
                return [pdf_pictures.row(block, self.profile, width, self.tags)] if block.pictures else []
            case SectionBreak():
                return self._break(block)
            case Signatures():
                raise AssertionError(block)

    def _finished(self, section: list[Flowable]) -> list[Flowable]:
        return list(with_breaks(section, self.page.text_width * mm))

    def _role(self, role: str, xml: str, node: Node) -> TaggedParagraph:
        style = paragraph_style(role, self.profile.styles[role])
        return TaggedParagraph(xml, style).of(self.tags, node)

    def _heading(self, block: Heading) -> Flowable:
        node = self.tags.heading(1 + block.level)
        return mark_heading(self._role(f"heading{min(block.level, 3)}", escape(clean(block.text)), node))

    def _list(self, block: BulletList) -> Iterator[Flowable]:
        """Official papers set a dash paragraph like any other, with the indent of a first line."""
        style = self.profile.styles["bullet"]
        set_style = paragraph_style("bullet", style)
        set_style.dash_width = text_width(DASH, face(style), style.size)
        set_style.firstLineIndent += set_style.dash_width
        listed = self.tags.section.add("L")
        for each in block.items:
            item = listed.add("LI")
            dash, body = item.add("Lbl"), item.add("LBody")
            yield ListItem(_xml(each), set_style).labelled(dash).of(self.tags, body)

    def _placeholder(self, block: Placeholder) -> Iterator[Flowable]:
        style = self.profile.styles["plain"]
        dots = int(self.page.text_width * mm / text_width(".", face(style), style.size))
        node = self.tags.section.add("P", said("ActualText", _EMPTY))
        for _line in range(block.lines):
            yield self._role("plain", "." * dots, node)

    def _table(self, block: Table) -> Iterator[Flowable]:
        room = self.page.text_width * mm
        planned = pdf_plan.plan(block, self.profile.table, room)
        wide = self.profile.landscape.text_width * mm
        if planned.cuts and self.orientation == "portrait":
            turned = pdf_plan.plan(block, self.profile.table, wide)
            if not turned.cuts:
                yield from self._turned(block, turned)
                return
        yield from self._set_table(block, planned, self.page)

    def _turned(self, block: Table, planned: pdf_plan.Plan) -> Iterator[Flowable]:
        """A table too wide for an upright page stands on a page of its own, turned."""
        yield NextPageTemplate("landscape")
        yield PageBreak()
        yield from self._set_table(block, planned, self.profile.landscape)
        yield NextPageTemplate("portrait")
        yield PageBreak()

    def _set_table(self, block: Table, planned: pdf_plan.Plan, page: PageShape) -> Iterator[Flowable]:
        node = self.tags.section.add("Table")
        if block.caption:
            yield mark_heading(self._role("caption", escape(clean(block.caption)), node.add("Caption")))
        yield pdf_table.flowable(
            block, self.profile, planned, pdf_table.Place(page.text_height * mm, self.tags, node)
        )
        if block.note:
            yield self._role("table_note", escape(clean(block.note)), self.tags.section.add("P"))

    def _break(self, block: SectionBreak) -> Iterator[Flowable]:
        self.orientation = block.orientation
        self.tags.new_section()
        yield NextPageTemplate(block.orientation)
        yield PageBreak()
        yield SectionStart(self.numbering)

    def _closing(self, before: list[Flowable], block: Signatures) -> Iterator[Flowable]:
        """The signatures with the last lines before them: they never stand alone on a page."""
        width = self.page.text_width * mm
        tail = take_tail(before, self.profile.signing.keep_lines, width)
        yield KeepTogether([*tail, pdf_sign.signatures(block, self.profile, self.tags)])
