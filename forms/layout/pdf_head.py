"""The letterhead, the title and the head of an annex, drawn to the millimetre of the profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from forms.anchors import Anchor
from forms.layout.pdf_fonts import ASCENT, DESCENT, face, text_width
from forms.layout.pdf_text import clean, widest, wrap_balanced
from forms.profile import Profile, Style
from forms.tree import AnnexTitle, HeadLine, Letterhead, NumberStampRoom, Title

Record = Callable[[Anchor], None]
_SMALLEST = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line to draw: ``top`` is the distance from the block's top in pt, ``left`` from its left."""

    text: str
    style: Style
    left: float
    top: float


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
    """Marks at fixed places; the rooms among them are reported to ``record`` when drawn."""

    def __init__(
        self, marks: Sequence[Mark], width: float, height: float, weight: float, record: Record
    ) -> None:
        super().__init__()
        self.marks = marks
        self.width = width
        self.height = height
        self.weight = weight
        self.record = record

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
        self.canv.setFont(face(line.style), line.style.size)
        self.canv.drawString(line.left, self.height - line.top - ASCENT * line.style.size, line.text)

    def _rule(self, rule: Rule) -> None:
        self.canv.setLineWidth(self.weight)
        y = self.height - rule.top
        self.canv.line(rule.left, y, rule.left + rule.width, y)

    def _room(self, room: Room) -> None:
        x, y = self.canv.absolutePosition(room.left, self.height - room.top - room.height)
        page = self.canv.getPageNumber() - 1
        self.record(Anchor(room.name, page, x, y, room.width, room.height, room.person))


@dataclass(slots=True)
class Pile:
    """Lines set one under the other in a block ``left`` .. ``left + width`` (pt)."""

    left: float
    width: float
    top: float = 0.0

    def lines(self, text: str, style: Style) -> Iterator[Line]:
        """Set ``text`` centred, in as few lines as fit."""
        for line in wrap_balanced(clean(text), self.width, face(style), style.size):
            wide = text_width(line, face(style), style.size)
            yield Line(line, style, self.left + (self.width - wide) / 2, self.top)
            self.top += style.line_pt

    def rule(self, above: Sequence[Line], part: float, gap: float) -> Rule:
        """A centred rule as long as ``part`` of the longest line above it."""
        longest = widest((line.text for line in above), face(above[0].style), above[0].style.size)
        last = above[-1]
        self.top = last.top + (ASCENT + DESCENT) * last.style.size + gap
        return Rule(self.left + (self.width - longest * part) / 2, self.top, longest * part)


def letterhead(block: Letterhead, profile: Profile, record: Record) -> Drawing:
    """The two columns of the head with their rules, and the line of number and date below both."""
    shape, page = profile.letterhead, profile.portrait
    left = Pile((shape.left_x - page.left) * mm, shape.left_width * mm)
    right = Pile((shape.right_x - page.left) * mm, shape.right_width * mm)
    marks = [
        *_column(left, block.left, profile, shape.rule_under_issuer),
        *_column(right, block.right, profile, shape.rule_under_motif),
    ]
    top = max(left.top, right.top) + shape.number_gap * mm
    for pile, line in ((left, block.number), (right, block.place_date)):
        marks.extend(_pieces(line, profile.styles[line.role], pile, top))
    height = top + max(profile.styles[line.role].line_pt for line in (block.number, block.place_date))
    return Drawing(marks, page.text_width * mm, height, shape.rule_weight_pt, record)


def _column(pile: Pile, lines: Sequence[HeadLine], profile: Profile, rule_part: float) -> Iterator[Mark]:
    last: list[Line] = []
    for line in lines:
        text = " ".join(piece for piece in line.pieces if isinstance(piece, str))
        last = list(pile.lines(text, profile.styles[line.role])) if text else last
        yield from last if text else ()
    if last:
        yield pile.rule(last, rule_part, profile.letterhead.rule_gap * mm)


def _pieces(line: HeadLine, style: Style, pile: Pile, top: float) -> Iterator[Mark]:
    style = _fitting(line, style, pile.width)
    widths = [_piece_width(piece, style) for piece in line.pieces]
    left = pile.left + (pile.width - sum(widths)) / 2
    rooms: dict[str, tuple[float, float]] = {}
    for piece, wide in zip(line.pieces, widths, strict=True):
        if isinstance(piece, NumberStampRoom):
            # Blanks of one name are one room: day and month are stamped together
            rooms[piece.name] = (rooms.get(piece.name, (left, 0))[0], left + wide)
        else:
            yield Line(piece, style, left, top)
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


def title(block: Title, profile: Profile, record: Record) -> Drawing:
    """Kind of paper and subject line, centred, with the short rule below."""
    shape, page = profile.letterhead, profile.portrait
    margin = page.text_width * mm * 0.04
    pile = Pile(margin, page.text_width * mm - 2 * margin)
    marks: list[Mark] = list(pile.lines(block.kind, profile.styles["kind"]))
    subject = list(pile.lines(block.subject, profile.styles["subject"])) if block.subject else []
    marks.extend(subject)
    if subject:
        marks.append(pile.rule(subject, shape.title_rule, shape.rule_gap * mm))
    drawing = Drawing(marks, page.text_width * mm, pile.top, shape.rule_weight_pt, record)
    drawing.spaceBefore, drawing.spaceAfter = shape.title_gap * mm, 4 * mm
    return drawing


def annex_title(block: AnnexTitle, profile: Profile, width: float, record: Record) -> Drawing:
    """ "Phụ lục I", its title, and what it belongs to, over ``width`` pt."""
    pile = Pile(0, width)
    texts = {"annex_label": block.label, "annex_title": block.title, "annex_attached": block.attached_to}
    marks = [line for role, text in texts.items() if text for line in pile.lines(text, profile.styles[role])]
    drawing = Drawing(marks, width, pile.top, profile.letterhead.rule_weight_pt, record)
    drawing.spaceAfter = profile.styles["annex_attached"].after_pt
    return drawing

