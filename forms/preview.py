"""Pages of a PDF as pictures, for the screen and the printer. The pictures are plain bytes, no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: ``data`` holds ``height`` rows of ``stride`` bytes, three bytes a pixel (RGB)."""

    width: int
    height: int
    stride: int
    data: bytes


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        yield document
    finally:
        document.close()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    with _opened(pdf) as document:
        return [(page.get_width(), page.get_height()) for page in document]


def render_page(pdf: bytes, page: int, width: int) -> PagePicture:
    """One page (from 0), ``width`` pixels wide, with the appearances of its signatures."""
    with _opened(pdf) as document:
        found = document[page]
        bitmap = found.render(scale=width / found.get_width(), rev_byteorder=True, may_draw_forms=True)
        return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
