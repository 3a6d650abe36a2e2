"""A tree of blocks as PDF pages, with the rooms that signing fills. PDF/A comes after, in forms.finish."""

from __future__ import annotations

from dataclasses import dataclass

from forms.anchors import Anchor
from forms.layout import pdf_pages
from forms.layout.pdf_blocks import Setter
from forms.layout.pdf_fonts import register, require_glyphs
from forms.layout.pdf_pages import Numbering
from forms.layout.pdf_text import clean
from forms.profile import Profile
from forms.tree import Tree, as_text


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages as reportlab writes them, and where the rooms on them are."""

    pdf: bytes
    anchors: tuple[Anchor, ...]


def lay_out(tree: Tree, profile: Profile) -> Laid:
    """Set ``tree`` in the format ``profile``. :class:`GlyphMissingError` before anything is written."""
    register()
    require_glyphs("\n".join(clean(line) for line in as_text(tree).split("\n")))
    anchors: list[Anchor] = []
    numbering = Numbering(profile)
    flowables = Setter(profile, numbering, anchors.append).set(tree.blocks)
    pdf = pdf_pages.build(flowables, numbering, clean(tree.title), clean(tree.author))
    return Laid(pdf, tuple(anchors))
