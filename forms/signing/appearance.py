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
from forms.anchors import AGENCY
from forms.signing.errors import PictureError
from forms.signing.practice import PRACTICE_BANNER
from resources import path

_FONT: Final = "SignatureSerif"
_BLUE: Final = Color(0.0, 0.16, 0.55)
_RED: Final = Color(0.75, 0.05, 0.05)
# Words of the paper, never translated
_SIGNED_BY: Final = "Ký bởi: {signer}"
# Points. A box too small for the last size gets no words
_SIZES: Final = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0, 3.5, 3.0)
# Down to here lines stay whole; below, they are broken rather than made smaller still
_WHOLE_LINES_FROM: Final = 5.0
_LEADING: Final = 1.2
# The seal lies over a third of the signature, and reaches down to the printed name: without its picture its
# words keep to the part of its box beside both
_BESIDE_SIGNATURE: Final = 0.45
_BESIDE_PICTURE: Final = 0.45
# A signature of 50 mm printed at 300 dpi; more pixels only make the file heavier
_MOST_PIXELS: Final = 600


@dataclass(frozen=True, slots=True)
class Profile:
    """What an appearance shows beside the picture of the signature or seal."""

    name_without_picture: bool


# Names of `domain.md` §4.1. NĐ 30/2020: the picture alone; older rules printed lines and come later
PROFILES: Final = {"nd30_image_only": Profile(name_without_picture=True)}


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    colour: Color


def draw(
    width: float,
    height: float,
    signer: str,
    *,
    practice: bool,
    image: bytes | None = None,
    field: str = "",
    profile: str = "nd30_image_only",
) -> bytes:
    """One page of ``width`` × ``height`` points as PDF bytes; same input, same bytes.

    ``image`` is the picture of the signature or seal (PNG with transparency). A practice certificate
    always shows that its signature has no legal value. Raises ``PictureError``.
    """
    _register_font()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), initialFontName=_FONT, invariant=1)
    words = list(
        _words(signer, practice=practice, named=image is None and PROFILES[profile].name_without_picture)
    )
    narrow = field == AGENCY and image is None
    column = width * _BESIDE_SIGNATURE if narrow else width
    size, lines = _fitted(words, column, height * (_BESIDE_PICTURE if image else 1.0), whole=not narrow)
    taken = len(lines) * size * _LEADING
    # Below a picture words stand at the bottom; alone in the middle
    bottom = 0.0 if image else (height - taken) / 2
    _write(canvas, lines, column / 2, bottom + taken, size)
    if image is not None:
        canvas.drawImage(
            _picture(image), 0, taken, width, height - taken, mask="auto", preserveAspectRatio=True
        )
    # Said aloud: an empty page would be left out of the file
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _words(signer: str, *, practice: bool, named: bool) -> Iterator[_Line]:
    if practice:
        first, dash, second = PRACTICE_BANNER.partition("– ")
        yield _Line(first + dash.strip(), _RED)
        yield _Line(second, _RED)
    if named:
        yield _Line(_SIGNED_BY.format(signer=nfc(signer)), _BLUE)


def _register_font() -> None:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, str(path("fonts", "LiberationSerif-Regular.ttf"))))


def _fitted(words: Sequence[_Line], width: float, height: float, *, whole: bool) -> tuple[float, list[_Line]]:
    """The largest letters with which the words stay inside the box, and its lines; none if they never do.

    ``whole``: rather smaller than broken.
    """
    for size in _SIZES:
        lines = [
            _Line(part, line.colour) for line in words for part in simpleSplit(line.text, _FONT, size, width)
        ]
        unbroken = not whole or len(lines) == len(words) or size < _WHOLE_LINES_FROM
        inside = all(pdfmetrics.stringWidth(line.text, _FONT, size) <= width for line in lines)
        if unbroken and inside and len(lines) * size * _LEADING <= height:
            return size, lines
    return 0.0, []


def _write(canvas: Canvas, lines: Sequence[_Line], middle: float, top: float, size: float) -> None:
    for number, line in enumerate(lines):
        canvas.setFont(_FONT, size)
        canvas.setFillColor(line.colour)
        canvas.drawCentredString(middle, top - size - number * size * _LEADING, line.text)


def _picture(content: bytes) -> ImageReader:
    try:
        with Image.open(BytesIO(content)) as opened:
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError from error
    picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    return ImageReader(picture)
