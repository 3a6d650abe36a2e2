"""Pictures on a page: side by side, never distorted, captions below."""

from __future__ import annotations

import pypdfium2
import pytest
from pypdfium2 import raw

from forms.layout.pdf import Laid, lay_out
from forms.profile import load
from forms.tree import Paragraph, Picture, Pictures, Run, Tree, as_text
from tests.support import pdf_measure
from tests.support.pdf_measure import MM
from tests.support.pictures import plain_jpeg

PROFILE = load("nd30_2020")


def _laid(*rows: Pictures) -> Laid:
    return lay_out(Tree("t", (Paragraph((Run("trước"),)), *rows)), PROFILE)


def _boxes(laid: Laid) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of every picture in mm."""
    with pypdfium2.PdfDocument(laid.pdf) as document:
        found = [each for page in document for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
        edges = [[edge / MM for edge in each.get_bounds()] for each in found]
    return [(left, bottom, right, top) for left, bottom, right, top in edges]


@pytest.mark.parametrize(("wide", "high"), [(400, 300), (300, 400), (1600, 200), (200, 1600)])
def test_a_picture_keeps_its_shape_and_fits_into_its_row(wide: int, high: int) -> None:
    left, bottom, right, top = _boxes(_laid(Pictures((Picture(plain_jpeg(size=(wide, high)), "x"),), 80)))[0]
    assert (right - left) / (top - bottom) == pytest.approx(wide / high, rel=0.02)
    assert (right - left <= 165.1, top - bottom <= 80.1, left >= 29.9) == (True, True, True)


def test_a_pair_stands_side_by_side_with_upper_edges_on_one_line() -> None:
    pair = (Picture(plain_jpeg(size=(400, 300)), "Trước"), Picture(plain_jpeg(size=(300, 400)), "Sau"))
    before, after = _boxes(_laid(Pictures(pair, 70)))
    assert before[2] < after[0]
    assert before[3] == pytest.approx(after[3], abs=0.1)


def test_captions_stand_below_the_middle_of_their_pictures() -> None:
    pair = (Picture(plain_jpeg(), "Ảnh 1. Ngõ 5"), Picture(plain_jpeg(), "Ảnh 2. Ngõ 7"))
    laid = _laid(Pictures(pair, 60))
    lines = {line.text: line for line in pdf_measure.lines(laid.pdf)}
    for picture, box in zip(pair, _boxes(laid), strict=True):
        line = lines[picture.caption]
        assert line.middle == pytest.approx((box[0] + box[2]) / 2, abs=0.5)
        assert line.top > 297 - box[1]


def test_a_row_is_never_parted_from_its_captions() -> None:
    laid = _laid(*[Pictures((Picture(plain_jpeg(), f"Ảnh {number}"),), 100) for number in range(1, 5)])
    pages = {line.text: line.page for line in pdf_measure.lines(laid.pdf) if line.text.startswith("Ảnh")}
    assert (pages, len(_boxes(laid))) == ({"Ảnh 1": 1, "Ảnh 2": 1, "Ảnh 3": 2, "Ảnh 4": 2}, 4)


def test_a_picture_needs_no_caption_and_a_row_no_picture() -> None:
    assert len(_boxes(_laid(Pictures((Picture(plain_jpeg(), "", "Ngõ"),), 60), Pictures((), 60)))) == 1


def test_captions_are_what_pictures_say_in_text() -> None:
    assert as_text(Tree("t", (Pictures((Picture(b"", "Ảnh 1"),), 60),))) == "Ảnh 1"
