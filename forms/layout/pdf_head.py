"""The letterhead, the title and the head of an annex, drawn to the millimetre of the profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from forms.anchors import Anchor
from forms.layout.pdf_fonts import ASCENT, DESCENT, face, text_width
from forms.layout.pdf_tags import Tags
from forms.layout.pdf_text import clean, widest, wrap_balanced
from forms.profile import Profile, Style
from forms.structure import Node
from forms.tree import AnnexTitle, HeadLine, Letterhead, NumberStampRoom, Title

_SMALLEST = 8
_UNDERLINE = 0.11
"""How far below the baseline an underline lies, in sizes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line to draw as a part of ``node``; one without says nothing.

    ``top`` is the distance from the block's top in pt, ``left`` from its left.
    """

    text: str
    style: Style
    left: float
    top: float
    node: Node | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule, placed like a :class:`Line`."""

    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Room:
    """A blank kept for a stamp."""

    name: str
    left: float
    top: float
    width: float
    height: float
    person: str = ""


Mark = Line | Rule | Room


class Drawing(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Marks at fixed places; the rooms among them become anchors when drawn."""

    def __init__(self, marks: Sequence[Mark], width: float, height: float, weight: float, tags: Tags) -> None:
        super().__init__()
        self.marks = marks
        self.width = width
        self.height = height
        self.weight = weight
        self.tags = tags

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Size in pt, whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw every mark on the page."""
        for mark in self.marks:
            match mark:
                case Line():
                    self._line(mark)
                case Rule():
                    self._rule(mark)
                case Room():
                    self._room(mark)

    def _line(self, line: Line) -> None:
        if line.node is None:
            self.tags.artifact(self.canv)
        else:
            self.tags.begin(self.canv, line.node)
        self.canv.setFont(face(line.style), line.style.size)
        self.canv.drawString(line.left, self.height - line.top - ASCENT * line.style.size, f"{line.text} ")
        self.tags.end(self.canv)

    def _rule(self, rule: Rule) -> None:
        y = self.height - rule.top
        self.tags.artifact(self.canv)
        self.canv.setLineWidth(self.weight)
        self.canv.line(rule.left, y, rule.left + rule.width, y)
        self.tags.end(self.canv)

    def _room(self, room: Room) -> None:
        x, y = self.canv.absolutePosition(room.left, self.height - room.top - room.height)
        page = self.canv.getPageNumber() - 1
        self.tags.anchors.append(Anchor(room.name, page, x, y, room.width, room.height, room.person))


@dataclass(slots=True)
class Pile:
    """Lines set one under the other in a block ``left`` .. ``left + width`` (pt)."""

    left: float
    width: float
    top: float = 0.0

    def lines(self, text: str, style: Style, node: Node | None) -> Iterator[Line]:
        """Set ``text`` centred, in as few lines as fit."""
        for line in wrap_balanced(clean(text), self.width, face(style), style.size):
            wide = text_width(line, face(style), style.size)
            yield Line(line, style, self.left + (self.width - wide) / 2, self.top, node)
            self.top += style.line_pt

    def rule(self, above: Sequence[Line], part: float, gap: float) -> Rule:
        """A centred rule as long as ``part`` of the longest line above it."""
        longest = widest((line.text for line in above), face(above[0].style), above[0].style.size)
        last = above[-1]
        self.top = last.top + (ASCENT + DESCENT) * last.style.size + gap
        return Rule(self.left + (self.width - longest * part) / 2, self.top, longest * part)

    def underline(self, line: str, style: Style) -> Rule:
        """A rule close under a line that begins at the left, as long as it."""
        top = self.top + (ASCENT + _UNDERLINE) * style.size
        return Rule(self.left, top, text_width(line, face(style), style.size))


def letterhead(block: Letterhead, profile: Profile, tags: Tags) -> Drawing:
    """The two columns of the head with their rules, and the line of number and date below both."""
    shape, page = profile.letterhead, profile.portrait
    left = Pile((shape.left_x - page.left) * mm, shape.left_width * mm)
    right = Pile((shape.right_x - page.left) * mm, shape.right_width * mm)
    marks = [
        *_column(left, block.left, profile, shape.rule_under_issuer, tags),
        *_issuer_mark(left, profile),
        *_column(right, block.right, profile, shape.rule_under_motif, tags),
    ]
    top = max(left.top, right.top) + shape.number_gap * mm
    for pile, line in ((left, block.number), (right, block.place_date)):
        marks.extend(_pieces(line, profile.styles[line.role], pile, top, tags))
    height = top + max(profile.styles[line.role].line_pt for line in (block.number, block.place_date))
    return Drawing(marks, page.text_width * mm, height, shape.rule_weight_pt, tags)


def _column(
    pile: Pile, lines: Sequence[HeadLine], profile: Profile, rule_part: float, tags: Tags
) -> Iterator[Mark]:
    last: list[Line] = []
    for line in lines:
        text = " ".join(piece for piece in line.pieces if isinstance(piece, str))
        if text:
            last = list(pile.lines(text, profile.styles[line.role], tags.section.add("P")))
            yield from last
    if last and rule_part:
        yield pile.rule(last, rule_part, profile.letterhead.rule_gap * mm)


def _issuer_mark(pile: Pile, profile: Profile) -> Iterator[Mark]:
    if profile.letterhead.issuer_mark:
        style = profile.styles["issuer_mark"]
        yield from pile.lines(profile.letterhead.issuer_mark, style, None)


def _pieces(line: HeadLine, style: Style, pile: Pile, top: float, tags: Tags) -> Iterator[Mark]:
    if not line.pieces:
        return
    paragraph = tags.section.add("P")
    style = _fitting(line, style, pile.width)
    widths = [_piece_width(piece, style) for piece in line.pieces]
    left = pile.left + (pile.width - sum(widths)) / 2
    rooms: dict[str, tuple[float, float]] = {}
    for piece, wide in zip(line.pieces, widths, strict=True):
        if isinstance(piece, NumberStampRoom):
            if piece.name not in rooms:
                paragraph.add("Form", room=piece.name)
            # Blanks of one name are one room: day and month are stamped together
            rooms[piece.name] = (rooms.get(piece.name, (left, 0))[0], left + wide)
        else:
            yield Line(piece, style, left, top, paragraph.add("Span"))
        left += wide
    for name, (start, end) in rooms.items():
        yield Room(name, start, top, end - start, style.line_pt)


def _fitting(line: HeadLine, style: Style, width: float) -> Style:
    """The style, made smaller by half points until a long line fits its block."""
    while style.size > _SMALLEST and sum(_piece_width(piece, style) for piece in line.pieces) > width:
        style = replace(style, size=style.size - 0.5)
    return style


def _piece_width(piece: str | NumberStampRoom, style: Style) -> float:
    if isinstance(piece, NumberStampRoom):
        return piece.width * float(mm)
    return text_width(piece, face(style), style.size)


def title(block: Title, profile: Profile, tags: Tags) -> Drawing:
    """Kind of paper and subject line, centred, with the short rule below."""
    shape, page = profile.letterhead, profile.portrait
    margin = page.text_width * mm * 0.04
    pile = Pile(margin, page.text_width * mm - 2 * margin)
    heading = tags.heading(1)
    marks: list[Mark] = list(pile.lines(block.kind, profile.styles["kind"], heading))
    subject = list(pile.lines(block.subject, profile.styles["subject"], heading)) if block.subject else []
    marks.extend(subject)
    if subject and shape.title_rule:
        marks.append(pile.rule(subject, shape.title_rule, shape.rule_gap * mm))
    drawing = Drawing(marks, page.text_width * mm, pile.top, shape.rule_weight_pt, tags)
    drawing.spaceBefore, drawing.spaceAfter = shape.title_gap * mm, 4 * mm
    return drawing


def annex_title(block: AnnexTitle, profile: Profile, width: float, tags: Tags) -> Drawing:
    """ "Phụ lục I", its title, and what it belongs to, over ``width`` pt."""
    pile = Pile(0, width)
    heading = tags.heading(2)
    texts = {"annex_label": block.label, "annex_title": block.title}
    said = ((text, profile.styles[role]) for role, text in texts.items() if text)
    marks = [line for text, style in said for line in pile.lines(text, style, heading)]
    if block.attached_to:
        paragraph = tags.section.add("P")
        marks += pile.lines(block.attached_to, profile.styles["annex_attached"], paragraph)
    drawing = Drawing(marks, width, pile.top, profile.letterhead.rule_weight_pt, tags)
    drawing.spaceAfter = profile.styles["annex_attached"].after_pt
    return drawing
