"""Recipients and signature, side by side, with the rooms that signing fills."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm

from forms.layout.pdf_fonts import face
from forms.layout.pdf_head import Drawing, Line, Mark, Pile, Room
from forms.layout.pdf_tags import Tags
from forms.layout.pdf_text import clean, wrap
from forms.profile import Profile, Style
from forms.structure import Node
from forms.tree import Signatures


def signatures(block: Signatures, profile: Profile, tags: Tags) -> Drawing:
    """The block that closes a paper: left the recipients, right authority, rooms and name."""
    shape, page = profile.signing, profile.portrait
    left = Pile((shape.recipients_x - page.left) * mm, shape.recipients_width * mm)
    right = Pile((shape.signer_x - page.left) * mm, shape.signer_width * mm)
    marks = [*_recipients(left, block, profile, tags), *_signer(right, block, profile, tags)]
    height = max(left.top, right.top)
    drawing = Drawing(marks, page.text_width * mm, height, profile.letterhead.rule_weight_pt, tags)
    drawing.spaceBefore = shape.gap_above * mm
    return drawing


def _recipients(pile: Pile, block: Signatures, profile: Profile, tags: Tags) -> Iterator[Mark]:
    if not block.recipients:
        return
    paragraph = tags.section.add("P")
    yield from _left_lines(pile, block.recipients_title, profile.styles["recipients_title"], paragraph)
    listed = tags.section.add("L")
    for recipient in block.recipients:
        item = listed.add("LI").add("LBody")
        yield from _left_lines(pile, recipient, profile.styles["recipients"], item)


def _left_lines(pile: Pile, text: str, style: Style, node: Node) -> Iterator[Mark]:
    for line in wrap(clean(text), pile.width, face(style), style.size):
        yield Line(line, style, pile.left, pile.top, node)
        if style.underline:
            yield pile.underline(line, style)
        pile.top += style.line_pt


def _signer(pile: Pile, block: Signatures, profile: Profile, tags: Tags) -> Iterator[Mark]:
    shape = profile.signing
    last: list[Line] = []
    roles = [*((text, "authority") for text in block.authority), (block.position, "position")]
    for text, role in roles:
        if text:
            last = list(pile.lines(text, profile.styles[role], tags.section.add("P")))
            yield from last
    title_top = last[-1].top if last else pile.top
    top = title_top + shape.signature_below_title * mm
    for room in _rooms(pile, block, shape.seal_overlap, top):
        tags.section.add("Form", room=room.name)
        yield room
    pile.top = top + (block.height + shape.name_below_signature) * mm
    yield from pile.lines(block.name, profile.styles["signer"], tags.section.add("P"))


def _rooms(pile: Pile, block: Signatures, overlap: float, top: float) -> Iterator[Room]:
    width, height, seal = block.width * mm, block.height * mm, block.seal * mm
    left = pile.left + (pile.width - width) / 2
    yield Room("sig_person", left, top, width, height, clean(block.name))
    if seal:
        yield Room("sig_agency", left + overlap * width - seal, top + (height - seal) / 2, seal, seal)
