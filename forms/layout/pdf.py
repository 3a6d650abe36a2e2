"""A tree of blocks as PDF pages, with the rooms that signing fills. PDF/A comes after, in forms.finish."""

from __future__ import annotations

from dataclasses import dataclass

from forms.anchors import Anchor
from forms.layout import pdf_pages
from forms.layout.pdf_blocks import Setter
from forms.layout.pdf_fonts import register, require_glyphs
from forms.layout.pdf_pages import Numbering
from forms.layout.pdf_tags import Tags
from forms.layout.pdf_text import clean
from forms.profile import Profile
from forms.structure import Structure
from forms.tree import Tree, as_text


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages as reportlab writes them, where the rooms on them are, and what their marks are."""

    pdf: bytes
    anchors: tuple[Anchor, ...]
    structure: Structure


def lay_out(tree: Tree, profile: Profile) -> Laid:
    """Set ``tree`` in the format ``profile``. :class:`GlyphMissingError` before anything is written."""
    register()
    require_glyphs("\n".join(clean(line) for line in as_text(tree).split("\n")))
    tags = Tags()
    numbering = Numbering(profile, tags)
    flowables = Setter(profile, numbering, tags).set(tree.blocks)
    pdf = pdf_pages.build(flowables, numbering, clean(tree.title), clean(tree.author))
    return Laid(pdf, tuple(tags.anchors), tags.structure)
