"""Draws what a signature looks like on the page: one small PDF page, vector text, fonts embedded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from db.vietnamese import nfc
from forms.signing.errors import PictureError
from forms.signing.practice import PRACTICE_BANNER
from resources import path

_FONT: Final = "SignatureSerif"
_BLUE: Final = Color(0.0, 0.16, 0.55)
_RED: Final = Color(0.75, 0.05, 0.05)
# Words of the paper, never translated
_SIGNED_BY: Final = "Ký bởi: {signer}"
# Points. Read with a magnifier at the smallest; a box too small even for that gets no words
_SIZES: Final = (8.0, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0, 3.5, 3.0)
_LEADING: Final = 1.2
# A signature of 50 mm printed at 300 dpi; more pixels only make the file heavier
_MOST_PIXELS: Final = 600


@dataclass(frozen=True, slots=True)
class Profile:
    """What an appearance shows beside the picture of the signature or seal."""

    name_without_image: bool


# Names of `domain.md` §4.1. NĐ 30/2020: the picture alone; older rules printed lines and come later
PROFILES: Final = {"nd30_image_only": Profile(name_without_image=True)}


def draw(
    width: float,
    height: float,
    signer: str,
    *,
    practice: bool,
    image: bytes | None = None,
    profile: str = "nd30_image_only",
) -> bytes:
    """One page of ``width`` × ``height`` points as PDF bytes; same input, same bytes.

    ``image`` is the picture of the signature or seal (PNG with transparency). A practice certificate
    always shows that its signature has no legal value. Raises ``PictureError``.
    """
    _register_font()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), initialFontName=_FONT, invariant=1)
    top = height
    if practice:
        banner = _fitted(PRACTICE_BANNER, width, height / 2 if image else height * 0.6)
        top -= _write(canvas, banner, width, height, _RED)
    if image is not None:
        canvas.drawImage(_picture(image), 0, 0, width, top, mask="auto", preserveAspectRatio=True)
    elif PROFILES[profile].name_without_image:
        _write(canvas, _fitted(_SIGNED_BY.format(signer=nfc(signer)), width, top), width, top, _BLUE)
    canvas.save()
    return out.getvalue()


def _register_font() -> None:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, str(path("fonts", "LiberationSerif-Regular.ttf"))))


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Text broken into lines for a box, with the size of its letters and the height it takes."""

    lines: Sequence[str]
    size: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * _LEADING


def _attempts(text: str, width: float) -> Iterator[_Fitted]:
    for size in _SIZES:
        lines = simpleSplit(text, _FONT, size, width)
        if all(pdfmetrics.stringWidth(line, _FONT, size) <= width for line in lines):
            yield _Fitted(lines, size)


def _fitted(text: str, width: float, height: float) -> _Fitted:
    """The largest letters with which the text stays inside the box; nothing if it never does."""
    return next((each for each in _attempts(text, width) if each.height <= height), _Fitted((), 0.0))


def _write(canvas: Canvas, text: _Fitted, width: float, top: float, colour: Color) -> float:
    """Centred lines downwards from ``top``; returns the height they took."""
    canvas.setFillColor(colour)
    for number, line in enumerate(text.lines):
        canvas.setFont(_FONT, text.size)
        canvas.drawCentredString(width / 2, top - text.size - number * text.size * _LEADING, line)
    return text.height


def _picture(content: bytes) -> ImageReader:
    try:
        with Image.open(BytesIO(content)) as opened:
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PictureError from error
    picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    return ImageReader(picture)
