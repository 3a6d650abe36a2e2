"""The four faces of Liberation Serif: registered once, measured, and asked whether they have a character."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from forms.layout.errors import GlyphMissingError
from forms.profile import Style
from resources import path

FAMILY: Final = "danvan-serif"
_FACES: Final = {
    FAMILY: "LiberationSerif-Regular.ttf",
    f"{FAMILY}-bold": "LiberationSerif-Bold.ttf",
    f"{FAMILY}-italic": "LiberationSerif-Italic.ttf",
    f"{FAMILY}-bold-italic": "LiberationSerif-BoldItalic.ttf",
}
ASCENT: Final = 0.891
"""Height of the face above the baseline, in sizes (Times metrics)."""
DESCENT: Final = 0.216


@cache
def register() -> None:
    """Make the faces known to reportlab. The first call reads the four files."""
    # ASCII armour makes the file a quarter larger and its layout twice as slow
    rl_config.useA85 = 0
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(path("fonts", file))))
    pdfmetrics.registerFontFamily(FAMILY, *_FACES)


def face(style: Style) -> str:
    """Name of the face of a style."""
    return FAMILY + ("-bold" if style.bold else "") + ("-italic" if style.italic else "")


@lru_cache(maxsize=50_000)
def _width_per_point(text: str, name: str) -> float:
    return float(pdfmetrics.stringWidth(text, name, 1000)) / 1000


def text_width(text: str, name: str, size: float) -> float:
    """Width of ``text`` in pt."""
    return _width_per_point(text, name) * size


@cache
def _known() -> frozenset[int]:
    register()
    return frozenset.intersection(*(frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in _FACES))


def require_glyphs(text: str) -> None:
    """Raise :class:`GlyphMissingError` for the first character that a face cannot show."""
    unknown = {character for character in text if ord(character) not in _known()} - {"\n"}
    if unknown:
        first = min(unknown, key=text.index)
        raise GlyphMissingError(first, _line_with(text, first))


def _line_with(text: str, character: str) -> str:
    return next(line for line in text.split("\n") if character in line)
