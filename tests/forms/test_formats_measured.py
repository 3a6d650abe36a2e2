"""Both formats on the rendered page against domain §4, in millimetres and points; one template for both."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from db import Book
from db.book import NewUnit
from forms.gather import gather
from forms.paper import Made, make
from forms.paper_data import Office, Signer
from forms.paper_request import PaperRequest
from forms.profile import load, names, usual
from tests.support import paper_cases, pdf_measure
from tests.support.pdf_measure import MM, Line, Stroke

NEAR = 0.35
"""What an eye with a ruler does not see, in mm."""
STATE, PARTY = "nd30_2020", "party_hd36_2018"
WARD_PARTY = Office(
    "Đảng ủy phường Ngọc Hà", "Đảng bộ thành phố Hà Nội", "ĐU", "Ngọc Hà", ("Như trên", "Lưu VPĐU"),
    "Đảng ủy phường Ngọc Hà",
)  # fmt: skip
SECRETARY = Signer("Nguyễn Thị Thử", "Bí thư", "TM.")


@cache
def _paper(profile: str, number: str = "15") -> Made:
    data = replace(paper_cases.ward(), profile=profile, number=number)
    if profile == PARTY:
        data = replace(data, office=WARD_PARTY, signer=SECRETARY)
    return make(data if number else replace(data, issued_on=None))


@cache
def _lines(profile: str) -> tuple[Line, ...]:
    return tuple(pdf_measure.lines(_paper(profile).pdf))


@cache
def _strokes(profile: str) -> tuple[Stroke, ...]:
    return tuple(pdf_measure.strokes(_paper(profile).pdf))


def _line(profile: str, words: str) -> Line:
    return next(line for line in _lines(profile) if line.text.startswith(words))


@pytest.mark.parametrize(
    ("profile", "words", "size", "face", "middle"),
    [
        (STATE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), "Bold", 149),
        (STATE, "Độc lập - Tự do - Hạnh phúc", (13, 14), "Bold", 149),
        (STATE, "THÀNH PHỐ HÀ NỘI", (12, 13), "", 65),
        (STATE, "PHƯỜNG NGỌC HÀ", (12, 13), "Bold", 65),
        (STATE, "Số: 15/BC-UBND", (13, 13), "", 65),
        (STATE, "Ngọc Hà, ngày 05 tháng 7 năm 2024", (13, 14), "Italic", 149),
        (STATE, "BÁO CÁO", (13, 14), "Bold", 112.5),
        (STATE, "“Dân vận khéo” 6 tháng đầu năm 2024", (13, 14), "Bold", 112.5),
        (STATE, "TM. ỦY BAN NHÂN DÂN", (13, 14), "Bold", 155),
        (STATE, "CHỦ TỊCH", (13, 14), "Bold", 155),
        (STATE, "Nguyễn Thị Thử", (13, 14), "Bold", 155),
        (STATE, "Phụ lục I", (14, 14), "Bold", 156),
        (STATE, "DANH SÁCH MÔ HÌNH", (13, 14), "Bold", 156),
        (STATE, "(Kèm theo Báo cáo số 15/BC-UBND", (13, 14), "Italic", 156),
        (PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM", (15, 15), "Bold", 151.5),
        (PARTY, "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", (14, 14), "", 70),
        (PARTY, "ĐẢNG ỦY PHƯỜNG NGỌC HÀ", (14, 14), "Bold", 70),
        (PARTY, "*", (14, 14), "", 70),
        (PARTY, "Số 15-BC/ĐU", (14, 14), "", 70),
        (PARTY, "Ngọc Hà, ngày 05 tháng 7 năm 2024", (14, 14), "Italic", 151.5),
        (PARTY, "BÁO CÁO", (15, 16), "Bold", 110),
        (PARTY, "“Dân vận khéo” 6 tháng đầu năm 2024", (14, 15), "Bold", 110),
        (PARTY, "T/M ĐẢNG ỦY", (14, 14), "", 155),
        (PARTY, "BÍ THƯ", (14, 14), "Bold", 155),
        (PARTY, "Nguyễn Thị Thử", (14, 15), "Bold", 155),
        (PARTY, "Phụ lục I", (14, 14), "Bold", 153.5),
        (PARTY, "DANH SÁCH MÔ HÌNH", (13, 14), "Bold", 153.5),
        (PARTY, "(Kèm theo Báo cáo số 15-BC/ĐU", (13, 14), "Italic", 153.5),
    ],
)
def test_elements_have_their_size_and_face_and_stand_in_the_middle_of_their_block(
    profile: str, words: str, size: tuple[float, float], face: str, middle: float
) -> None:
    line = _line(profile, words)
    assert (size[0] <= line.size <= size[1], line.face) == (True, face)
    assert line.middle == pytest.approx(middle, abs=NEAR)


@pytest.mark.parametrize(
    ("profile", "words", "size", "face", "left"),
    [
        (STATE, "Nơi nhận:", 12, "BoldItalic", 30),
        (STATE, "- Lưu: VT, XDĐ.", 11, "", 30),
        (STATE, "Ủy ban nhân dân phường", 14, "", 40),
        (STATE, "I. CÔNG TÁC", 14, "Bold", 40),
        (PARTY, "Nơi nhận:", 14, "", 30),
        (PARTY, "- Lưu VPĐU.", 12, "", 30),
        (PARTY, "Đảng ủy phường Ngọc Hà báo cáo", 14, "", 40),
        (PARTY, "I. CÔNG TÁC", 14, "Bold", 40),
    ],
)
def test_recipients_and_body_begin_where_they_should(
    profile: str, words: str, size: float, face: str, left: float
) -> None:
    line = _line(profile, words)
    assert (line.size, line.face) == (size, face)
    assert line.left == pytest.approx(left, abs=NEAR)


@pytest.mark.parametrize("profile", [STATE, PARTY])
def test_paragraphs_of_the_body_stand_apart(profile: str) -> None:
    """By at least 6 pt more than the lines of one paragraph, and these by 1 to 1.5 times their size."""
    plain = [line for line in _lines(profile) if (line.size, line.face) == (14, "")]
    pairs = [(line, below) for line, below in pairwise(plain) if line.page == below.page]
    steps = [(below.baseline - line.baseline, below.left) for line, below in pairs]
    within = min(step for step, left in steps if step > 0 and left == pytest.approx(30, abs=NEAR))
    between = min(step for step, left in steps if step > 0 and left == pytest.approx(40, abs=NEAR))
    assert 14 * 1.0 <= within * MM <= 14 * 1.5
    assert between * MM >= within * MM + 6 - 0.1


@pytest.mark.parametrize(("profile", "right"), [(STATE, 15), (PARTY, 20)])
def test_nothing_but_the_page_number_leaves_the_margins(profile: str, right: float) -> None:
    sizes = pdf_measure.page_sizes(_paper(profile).pdf)
    beyond = [
        line.text
        for line in _lines(profile)
        if line.left < 30 - NEAR
        or line.right > sizes[line.page - 1][0] - right + NEAR
        or line.baseline > sizes[line.page - 1][1] - 20 + NEAR
        or (line.top < 20 - NEAR and not line.text.isdigit())
    ]
    assert beyond == []


@pytest.mark.parametrize(("profile", "middle"), [(STATE, 112.5), (PARTY, 110)])
def test_the_page_number_stands_ten_millimetres_below_the_edge_from_page_two(
    profile: str, middle: float
) -> None:
    numbers = [line for line in _lines(profile) if line.baseline < 15]
    second = numbers[0]
    top = second.baseline - 14 * 0.66 / MM
    assert (second.page, second.text, second.size) == (2, "2", 14)
    assert (second.middle, top) == pytest.approx((middle, 10), abs=NEAR)


@pytest.mark.parametrize(
    ("profile", "words", "part"),
    [(STATE, "Độc lập", 1), (STATE, "PHƯỜNG NGỌC HÀ", 0.42), (PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM", 1)],
)
def test_rules_of_the_head_are_as_long_as_the_format_says(profile: str, words: str, part: float) -> None:
    text = _line(profile, words)
    below = [
        stroke
        for stroke in _strokes(profile)
        if stroke.page == 1
        and 0 < stroke.top - text.baseline < 4
        and abs((stroke.left + stroke.right) / 2 - text.middle) < 1
    ]
    lengths = [(stroke.right - stroke.left) / (text.right - text.left) for stroke in below]
    assert lengths == [pytest.approx(part, abs=0.02)]


def test_the_party_has_a_star_and_no_rule_below_the_office_and_none_below_the_subject() -> None:
    above_the_body = [stroke for stroke in _strokes(PARTY) if stroke.page == 1 and stroke.bottom < 80]
    office, star = _line(PARTY, "ĐẢNG ỦY PHƯỜNG"), _line(PARTY, "*")
    assert (len(above_the_body), star.baseline > office.baseline) == (1, True)


def test_the_party_underlines_the_word_recipients() -> None:
    title = _line(PARTY, "Nơi nhận:")
    under = [
        (stroke.left, stroke.right)
        for stroke in _strokes(PARTY)
        if stroke.page == title.page and 0 < stroke.top - title.baseline < 1
    ]
    assert under == [pytest.approx((title.left, title.right), abs=0.5)]


@pytest.mark.parametrize("profile", [STATE, PARTY])
def test_recipients_stand_at_the_height_of_the_authority(profile: str) -> None:
    authority = next(line for line in _lines(profile) if line.text.startswith(("TM.", "T/M")))
    assert _line(profile, "Nơi nhận:").top == pytest.approx(authority.top, abs=NEAR)


@pytest.mark.parametrize("profile", [STATE, PARTY])
def test_rooms_of_signature_and_seal_have_their_places(profile: str) -> None:
    rooms = {anchor.name: anchor for anchor in _paper(profile, "").anchors}
    found = [
        value / MM
        for room in (rooms["sig_person"], rooms["sig_agency"])
        for value in (room.x, room.width, room.height)
    ]
    assert found == pytest.approx([130, 50, 22, 113, 36, 36], abs=NEAR)


@pytest.mark.parametrize("profile", [STATE, PARTY])
def test_the_clerk_has_room_for_number_and_date(profile: str) -> None:
    rooms = {anchor.name: anchor.width / MM for anchor in _paper(profile, "").anchors}
    assert (rooms["sig_number"] >= 12, rooms["sig_date"] >= 25) == (True, True)


def test_both_formats_say_the_same_but_for_head_and_foot() -> None:
    body = [
        [line.text for line in as_body(profile)]
        for profile in (STATE, PARTY)
    ]  # fmt: skip
    assert body[0] == body[1]


def as_body(profile: str) -> list[Line]:
    """The cells of the first table: the same words wherever the margins are."""
    lines = list(_lines(profile))
    first = next(at for at, line in enumerate(lines) if line.text.startswith("Mô hình đăng ký theo"))
    return lines[first : first + 20]


def test_every_shipped_format_is_measured_here() -> None:
    assert set(names()) == {STATE, PARTY}


@pytest.mark.parametrize(
    ("number", "said"), [("15", "Số 15-BC/ĐU"), ("5", "Số 05-BC/ĐU"), ("7-BC/CB", "Số 7-BC/CB")]
)
def test_the_party_writes_its_numbers_without_a_colon(number: str, said: str) -> None:
    assert load(PARTY).say_number(number, "BC", "ĐU") == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TM.", "T/M"),
        ("KT. BÍ THƯ", "K/T BÍ THƯ"),
        ("tl ban thường vụ", "T/L ban thường vụ"),
        ("TUQ.", "T/U"),
    ],
)
def test_the_party_writes_authority_with_a_stroke(line: str, said: str) -> None:
    assert load(PARTY).say_authority(line) == said


# --- which format a paper takes ---


def _book(folder: Path, kind: str) -> Book:
    return Book.create(folder / "so.danvan", "mật khẩu thử", NewUnit("CB1", "Chi bộ 1", kind))[0]


@pytest.mark.parametrize(("kind", "profile"), [("party_cell", PARTY), ("ward", STATE), ("front", STATE)])
def test_a_unit_has_its_usual_format(kind: str, profile: str) -> None:
    assert usual(kind) == profile


@pytest.mark.parametrize(
    ("kind", "chosen", "asked", "profile"),
    [
        ("party_cell", None, "", PARTY),
        ("ward", None, "", STATE),
        ("ward", PARTY, "", PARTY),
        ("party_cell", STATE, "", STATE),
        ("party_cell", None, STATE, STATE),
    ],
)
def test_what_is_asked_goes_before_the_office_and_the_office_before_its_kind(
    tmp_path: Path, kind: str, chosen: str | None, asked: str, profile: str
) -> None:
    with _book(tmp_path, kind) as book:
        office = book.find("office_profile")[0]
        with book.writing("người thử", title="thể thức") as write:
            write.change("office_profile", office.id, {"profile": chosen})
        request = PaperRequest("result_report", "2024", book.own_unit(), profile=asked)
        assert gather(book, request).profile == profile


def test_a_new_party_cell_starts_with_the_format_of_the_party(tmp_path: Path) -> None:
    with _book(tmp_path, "party_cell") as book:
        assert [each["profile"] for each in book.find("office_profile")] == [PARTY]
