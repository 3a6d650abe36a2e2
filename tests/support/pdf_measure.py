"""Where things stand on the pages of a PDF, in millimetres from the upper left corner."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
_ASCENT = 0.891


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: page from 1, left and right edge, baseline; ``size`` in pt; ``face`` it begins in."""

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: str = ""

    @property
    def top(self) -> float:
        """Upper edge of the line's box (the baseline less the ascent of the face)."""
        return self.baseline - _ASCENT * self.size / MM

    @property
    def middle(self) -> float:
        """Horizontal middle."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line or frame."""

    page: int
    left: float
    right: float
    top: float
    bottom: float


@dataclass(slots=True)
class _Char:
    text: str
    left: float
    right: float
    x: float
    y: float
    size: float
    face: str


def lines(pdf: bytes) -> list[Line]:
    """Every line of text, in drawing order. A gap wider than 6 mm parts two lines."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [line for number, page in enumerate(document, 1) for line in _lines_of(page, number)]


def _lines_of(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    height = page.get_height()
    run: list[_Char] = []
    for char in _chars(page.get_textpage()):
        if run and (
            abs(char.y - run[-1].y) > 0.5 or char.left - run[-1].right > 6 * MM or char.left < run[-1].left
        ):
            yield _line(run, number, height)
            run = []
        run.append(char)
    if run:
        yield _line(run, number, height)


def _chars(text: pypdfium2.PdfTextPage) -> Iterator[_Char]:
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if code in (10, 13):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
        left, _bottom, right, _top = text.get_charbox(at, loose=True)
        size = raw.FPDFText_GetFontSize(text.raw, at)
        yield _Char(chr(code), left, right, x.value, y.value, size, _face(text, at))


def _face(text: pypdfium2.PdfTextPage, at: int) -> str:
    """``Bold``, ``Italic``, ``BoldItalic``, or nothing for upright letters."""
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text.raw, at, name, 100, flags)
    return name.value.decode().partition("-")[2].replace("Regular", "")


def _line(run: list[_Char], page: int, height: float) -> Line:
    text = "".join(char.text for char in run)
    solid = [char for char in run if not char.text.isspace()] or run
    return Line(
        page,
        text.strip(),
        solid[0].x / MM,
        solid[-1].right / MM,
        (height - run[0].y) / MM,
        round(run[0].size, 2),
        solid[0].face,
    )


def strokes(pdf: bytes) -> list[Stroke]:
    """Every drawn path."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            height = page.get_height()
            for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
                left, bottom, right, top = path.get_bounds()
                found.append(
                    Stroke(number, left / MM, right / MM, (height - top) / MM, (height - bottom) / MM)
                )
    return found


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(page.get_width() / MM, page.get_height() / MM) for page in document]


def extracted(pdf: bytes) -> str:
    """What ``pdftotext -raw`` reads, with its line and page breaks as blanks."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode("utf-8").split())
