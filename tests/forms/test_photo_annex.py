"""The photo annex: so many a page, pairs side by side, nothing left out in silence, within the size asked."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from db import Book, photos
from db.photo_store import PhotoStore
from db.records import Value
from forms.fitting import SIGNATURE, TooLargeError
from forms.issue import Draft, draft_paper
from forms.paper_request import PaperRequest
from tests.support.books import add_model, add_registration
from tests.support.pictures import plain_jpeg, write_all
from tests.support.verapdf import VeraPdf


@pytest.fixture
def book(book: Book) -> Book:
    """A ward with two models registered in 2024."""
    with book.writing("an") as write:
        for code, title in (("MH01", "Con đường hoa"), ("MH02", "Sân chơi")):
            add_registration(write, add_model(write, code, title=title), year=2024)
    return book


def model(book: Book, code: str = "MH01") -> str:
    return book.find("model", {"code": code})[0].id


def noisy(seed: int, size: tuple[int, int] = (1200, 900)) -> bytes:
    """A picture that does not get small."""
    dots = hashlib.shake_256(bytes([seed])).digest(300 * 225 * 3)
    noise = Image.frombytes("RGB", (300, 225), dots)
    out = io.BytesIO()
    noise.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", quality=90)
    return out.getvalue()


def add(book: Book, name: str, jpeg: bytes, code: str = "MH01", **values: Value) -> str:
    """A photo with what is said of it; its id."""
    file = write_all(book.path.parent / "in", {name: jpeg}) / name
    done = photos.add_photos(book, [file], model=model(book, code), stage=None)
    with book.writing("an") as write:
        write.change("photo", done.added[0].id, values)
    return done.added[0].id


def fill(book: Book, count: int = 6, size: tuple[int, int] = (1200, 900)) -> None:
    """Photos of one day each, none of them paired."""
    for at in range(count):
        add(book, f"{at}.jpg", noisy(at, size), taken_on=f"2024-03-{at + 1:02}", caption=f"Việc số {at + 1}")


def annex(book: Book, **more: object) -> Draft:
    """The annex of 2024."""
    request = PaperRequest("photo_annex", "2024", book.own_unit())
    return draft_paper(book, replace(request, **more))  # type: ignore[arg-type]  # fields of the request


def words(draft: Draft) -> str:
    """All pages as text."""
    with pypdfium2.PdfDocument(draft.pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def captions(draft: Draft) -> list[str]:
    return re.findall(r"Ảnh \d+\. .*?(?= Ảnh \d+\. |$)", words(draft))


def on_pages(draft: Draft) -> list[int]:
    """How many pictures each page draws."""
    with pypdfium2.PdfDocument(draft.pdf) as document:
        kinds = [[each.type for each in page.get_objects()] for page in document]
    return [types.count(3) for types in kinds]


def places(draft: Draft) -> list[tuple[float, float]]:
    """Left and top of each picture on the first page, in pt."""
    with pypdfium2.PdfDocument(draft.pdf) as document:
        found = [each.get_bounds() for each in document[0].get_objects() if each.type == 3]
    return [(round(left), round(top)) for left, _bottom, _right, top in found]


def codes(draft: Draft) -> list[str]:
    return [problem.code for problem in draft.problems]


@pytest.mark.parametrize(("per_page", "pages"), [(2, [2, 2, 2, 1]), (4, [4, 3]), (6, [6, 1])])
def test_so_many_photos_stand_on_a_page(book: Book, per_page: int, pages: list[int]) -> None:
    fill(book, 7)
    assert on_pages(annex(book, photos=per_page)) == pages


def test_a_pair_stands_side_by_side_even_with_two_a_page(book: Book) -> None:
    before = add(book, "a.jpg", noisy(1), taken_on="2023-01-05", stage="before")
    after = add(book, "b.jpg", noisy(2), taken_on="2024-06-05", stage="after", pair=before)
    add(book, "c.jpg", noisy(3), taken_on="2024-06-06")
    draft = annex(book, photos=2)
    (left, first), (right, second) = places(draft)
    assert first == second and left < right
    assert on_pages(draft) == [2, 1]
    assert book.get("photo", after)["pair"] == before


def test_captions_are_numbered_and_say_what_where_when_and_who(book: Book) -> None:
    add(
        book, "a.jpg", noisy(1), taken_on="2024-03-05", caption="Dọn ngõ", place="Ngõ 5",
        photographer="Lê Mận",
    )  # fmt: skip
    add(book, "b.jpg", noisy(2), "MH02", taken_on="2024-03-06", stage="after")
    assert captions(annex(book)) == [
        "Ảnh 1. Dọn ngõ – Ngõ 5, ngày 05/03/2024 (Lê Mận)",
        "Ảnh 2. Sân chơi (sau) – ngày 06/03/2024",
    ]


def test_photos_of_other_years_and_models_are_no_part_of_it(book: Book) -> None:
    add(book, "a.jpg", noisy(1), taken_on="2024-03-05", caption="Trong kỳ")
    add(book, "b.jpg", noisy(2), taken_on="2022-03-05", caption="Ngoài kỳ")
    with book.writing("an") as write:
        add_model(write, "MH03")
    add(book, "c.jpg", noisy(3), "MH03", taken_on="2024-03-05", caption="Không đăng ký")
    assert captions(annex(book)) == ["Ảnh 1. Trong kỳ – ngày 05/03/2024"]


def test_what_is_left_out_is_counted_with_its_reason(book: Book) -> None:
    with book.writing("an") as write:
        add_registration(write, add_model(write, "MH03", title="Tủ sách"), year=2023)
    add(book, "a.jpg", noisy(1), "MH03", taken_on="2024-06-06")
    add(book, "b.jpg", noisy(2), "MH03", taken_on="2023-06-06")
    add(book, "c.jpg", noisy(3), taken_on="2022-06-06")
    told = {each.code: each.message for each in annex(book).problems}
    assert told["photos_not_registered"].startswith("1 ") and "MH03 Tủ sách" in told["photos_not_registered"]
    assert told["photos_of_other_times"].startswith("1 ")


def test_photos_of_a_unit_that_was_not_asked_for_are_not_missed(book: Book) -> None:
    with book.writing("an") as write:
        units = [write.add("org_unit", {"code": code, "name": code, "kind": "village"}) for code in "AB"]
        for unit in units:
            write.add("unit_parent", {"unit": unit, "parent": book.own_unit()})
        add_registration(write, add_model(write, "MH03"), year=2023, unit=units[0])
    add(book, "a.jpg", noisy(1), "MH03", taken_on="2024-06-06")
    asked = [codes(annex(book, unit=unit)).count("photos_not_registered") for unit in units]
    assert asked == [1, 0]


def test_an_undated_half_of_a_pair_is_printed_and_not_said_to_be_left_out(book: Book) -> None:
    before = add(book, "a.jpg", noisy(1), caption="Xưa")
    add(book, "b.jpg", noisy(2), taken_on="2024-06-05", pair=before, caption="Nay")
    told = [each.message for each in annex(book).problems if each.code == "photo_without_date"]
    assert [("“Xưa”" in message, "phụ lục" in message) for message in told] == [(True, False)]


def test_a_photo_without_a_date_is_told_by_name(book: Book) -> None:
    add(book, "a.jpg", noisy(1), caption="Không ngày")
    draft = annex(book)
    told = [each.message for each in draft.problems if each.code == "photo_without_date"]
    assert ["“Không ngày”" in message for message in told] == [True]
    assert "no_photos" in codes(draft)


def test_of_one_model_every_photo_is_printed_dated_or_not(book: Book) -> None:
    add(book, "a.jpg", noisy(1), caption="Không ngày")
    add(book, "b.jpg", noisy(2), taken_on="2019-05-01", caption="Năm 2019")
    add(book, "c.jpg", noisy(3), "MH02", taken_on="2024-05-01", caption="Của mô hình khác")
    draft = annex(book, model=model(book))
    assert captions(draft) == ["Ảnh 1. Năm 2019 – ngày 01/05/2019", "Ảnh 2. Không ngày"]
    assert "Mô hình “Con đường hoa”" in words(draft)
    assert codes(draft).count("photo_without_date") == 1


def test_a_missing_picture_is_named_and_the_others_are_printed(book: Book) -> None:
    gone = add(book, "a.jpg", noisy(1), taken_on="2024-03-05", caption="Đã mất")
    add(book, "b.jpg", noisy(2), taken_on="2024-03-06", caption="Còn đây")
    PhotoStore.beside(book.path, book.key).delete(str(book.get("photo", gone)["hash"]))
    draft = annex(book)
    assert captions(draft) == ["Ảnh 1. Còn đây – ngày 06/03/2024"]
    assert ["“Đã mất”" in each.message for each in draft.problems if each.code == "photo_missing"] == [True]


def test_a_coarse_picture_is_told_with_its_number(book: Book) -> None:
    add(book, "a.jpg", noisy(1), taken_on="2024-03-05", caption="Rõ")
    add(book, "b.jpg", plain_jpeg(), taken_on="2024-03-06", caption="Mờ")
    found = [each.message for each in annex(book).problems if each.code == "photo_low_resolution"]
    assert len(found) == 1 and "2 (Mờ)" in found[0]


def test_the_public_does_not_see_children(book: Book) -> None:
    add(book, "a.jpg", noisy(1), taken_on="2024-03-05", caption="Lớp học", shows_children=1)
    add(book, "b.jpg", noisy(2), taken_on="2024-03-06", caption="Con ngõ", photographer="Lê Mận")
    assert len(captions(annex(book))) == 2
    public = annex(book, audience="public")
    assert [caption[:16] for caption in captions(public)] == ["Ảnh 1. Con ngõ –"]
    assert "Lê Mận" not in words(public)
    assert ["1" in each.message for each in public.problems if each.code == "photos_left_out"] == [True]


def test_a_caption_with_a_phone_number_or_a_model_s_person_keeps_its_photo_from_the_public(
    book: Book,
) -> None:
    with book.writing("an") as write:
        write.change("model", model(book), {"person_in_charge": "Trần Thị Hùng"})
    add(book, "a.jpg", noisy(1), taken_on="2024-03-05", caption="Hỏi số 0912 345 678")
    add(book, "b.jpg", noisy(2), taken_on="2024-03-06", caption="Bà Hùng quét ngõ")
    add(book, "c.jpg", noisy(3), taken_on="2024-03-07", caption="Con ngõ")
    public = annex(book, audience="public")
    assert captions(public) == ["Ảnh 1. Con ngõ – ngày 07/03/2024"]
    assert {"photos_left_out", "photos_with_phone"} <= set(codes(public))


@pytest.mark.parametrize("size", [450_000, 900_000])
def test_the_size_asked_for_is_met_with_room_for_a_signature(book: Book, size: int) -> None:
    fill(book, 4)
    free, small = annex(book), annex(book, max_size=size)
    assert len(free.pdf) > size >= len(small.pdf) + SIGNATURE
    assert "photos_reduced" in codes(small) and "photos_reduced" not in codes(free)
    assert captions(small) == captions(free)


def test_a_size_that_cannot_be_met_is_refused_with_the_smallest_that_can(book: Book) -> None:
    fill(book, 4)
    with pytest.raises(TooLargeError) as refused:
        annex(book, max_size=90_000)
    assert len(annex(book, max_size=refused.value.smallest).pdf) <= refused.value.smallest
    sizes = re.findall(r"(\d+),(\d) MB", refused.value.sentence())
    named = [int(whole + tenth) * 100_000 for whole, tenth in sizes]
    assert named[1] >= refused.value.smallest


def test_equal_books_give_equal_bytes(book: Book) -> None:
    fill(book, 2)
    assert annex(book, max_size=400_000).pdf == annex(book, max_size=400_000).pdf


def test_the_report_carries_the_annex_when_photos_are_asked_for(book: Book) -> None:
    fill(book, 2)
    request = PaperRequest("result_report", "2024", book.own_unit())
    without, with_them = draft_paper(book, request), draft_paper(book, replace(request, photos=4))
    assert captions(without) == []
    assert len(captions(with_them)) == 2
    assert "ẢNH PHONG TRÀO THI ĐUA" in words(with_them)


@pytest.mark.parametrize("kind", ["photo_annex", "result_report"])
def test_the_annex_is_pdf_a_and_pdf_ua_with_words_for_each_picture(
    book: Book, tmp_path: Path, kind: str
) -> None:
    before = add(book, "a.jpg", noisy(1), taken_on="2024-03-05", stage="before", caption="Ngõ cũ")
    add(book, "b.jpg", noisy(2), taken_on="2024-09-05", stage="after", pair=before)
    draft = annex(book, kind=kind, photos=4)
    file = tmp_path / "phu_luc.pdf"
    file.write_bytes(draft.pdf)
    with VeraPdf() as judge:
        assert [judge(file, flavour).failures for flavour in ("2u", "ua1")] == [[], []]
    with pikepdf.open(BytesIO(draft.pdf)) as document:
        spoken = [
            str(each.Alt)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert spoken == [
        "Ảnh chụp trước, mô hình “Con đường hoa”: Ngõ cũ",
        "Ảnh chụp sau, mô hình “Con đường hoa”: Con đường hoa (sau)",
    ]
