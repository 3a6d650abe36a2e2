"""What a signature looks like: the picture alone, or a name; practice says that it is practice."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from forms.anchors import AGENCY
from forms.signing.appearance import draw
from forms.signing.errors import PictureError

WIDTH, HEIGHT = 142.0, 62.0


def picture(size: tuple[int, int] = (500, 220), colour: str = "#0a28a0") -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(20, 20), (size[0] - 20, size[1] - 20)], fill=colour, width=9)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def text(page: bytes) -> str:
    with pypdfium2.PdfDocument(page) as document:
        return " ".join(document[0].get_textpage().get_text_bounded().split())


def pixels(page: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(page) as document:
        image: Image.Image = document[0].render(scale=3).to_pil()
        return image.convert("RGB")


def inked(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of everything that is not white."""
    return image.point(lambda value: 255 if value < 250 else 0).convert("L").getbbox()


def test_without_a_picture_the_name_is_shown() -> None:
    assert text(draw(WIDTH, HEIGHT, "Nguyễn Thị Ước", practice=False)) == "Ký bởi: Nguyễn Thị Ước"


def test_a_decomposed_name_comes_out_composed() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Thị Ước")
    assert text(draw(WIDTH, HEIGHT, name, practice=False)) == "Ký bởi: Nguyễn Thị Ước"


def test_with_a_picture_there_are_no_words() -> None:
    page = draw(WIDTH, HEIGHT, "Nguyễn Thị Ước", practice=False, image=picture())
    assert text(page) == ""
    assert inked(pixels(page)) is not None


@pytest.mark.parametrize("image", [None, picture()], ids=["name", "picture"])
@pytest.mark.parametrize("field", ["sig_person", AGENCY])
def test_practice_always_says_so(image: bytes | None, field: str) -> None:
    size = (102.0, 102.0) if field == AGENCY else (WIDTH, HEIGHT)
    page = draw(*size, "Nguyễn Thị Ước", practice=True, image=image, field=field)
    assert "CHỮ KÝ THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in text(page)


def test_the_seal_without_its_picture_leaves_signature_and_name_readable() -> None:
    box = inked(pixels(draw(102, 102, "UBND phường", practice=True, field=AGENCY)))
    assert box is not None
    # 17 of its 36 mm lie left of the signature
    assert box[2] < 3 * 102 * 17 / 36


@pytest.mark.parametrize(("width", "height"), [(142, 62), (85, 17), (40, 40), (300, 12)])
def test_words_stay_inside_their_box(width: float, height: float) -> None:
    page = draw(width, height, "Công Tằng Tôn Nữ Thị Hoàng Khánh Phương", practice=True)
    box = inked(pixels(page))
    assert box is not None
    left, upper, right, lower = box
    assert (left > 0, upper >= 0, right < 3 * width, lower <= 3 * height) == (True,) * 4


def test_a_box_too_small_for_words_stays_empty() -> None:
    assert inked(pixels(draw(6, 4, "Nguyễn Thị Ước", practice=True))) is None


def test_the_same_appearance_is_the_same_bytes() -> None:
    pages = [draw(WIDTH, HEIGHT, "Nguyễn Thị Ước", practice=True, image=picture()) for _ in range(2)]
    assert pages[0] == pages[1]


def test_the_font_is_embedded_with_its_letters_named() -> None:
    with pikepdf.open(BytesIO(draw(WIDTH, HEIGHT, "Nguyễn Thị Ước", practice=True))) as opened:
        content = pikepdf.parse_content_stream(opened.pages[0], "Tf")
        used = {str(each.operands[0]) for each in content}
        fonts = [opened.pages[0].Resources.Font[name] for name in used]
        assert all("/FontFile2" in font.FontDescriptor and "/ToUnicode" in font for font in fonts)


def test_a_huge_picture_is_made_smaller() -> None:
    page = draw(WIDTH, HEIGHT, "", practice=False, image=picture((3000, 1500)))
    assert len(page) < 200_000


@pytest.mark.parametrize("content", [b"", b"not a picture", picture()[:200]])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError):
        draw(WIDTH, HEIGHT, "", practice=False, image=content)
