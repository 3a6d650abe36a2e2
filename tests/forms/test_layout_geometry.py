"""Pages of the State format, measured in millimetres against domain §4.1 and §4.3."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from forms.anchors import Anchor
from forms.layout.pdf import lay_out
from forms.paper import Made, make
from forms.profile import load
from forms.tree import HeadLine, Letterhead, Table, Tree
from tests.support import paper_cases, pdf_measure
from tests.support.pdf_measure import MM, Line

NEAR = 0.35
"""What an eye with a ruler does not see, in mm."""


@cache
def _paper() -> Made:
    return make(paper_cases.ward())


@cache
def _lines() -> list[Line]:
    return pdf_measure.lines(_paper().pdf)


def _line(words: str, lines: list[Line] | None = None) -> Line:
    return next(line for line in lines or _lines() if line.text.startswith(words))


@cache
def _unsigned() -> Made:
    return make(replace(paper_cases.ward(), number="", issued_on=None))


def _anchor(name: str) -> Anchor:
    return next(anchor for anchor in _unsigned().anchors if anchor.name == name)


@pytest.mark.parametrize(
    ("words", "size", "middle"),
    [
        ("THÀNH PHỐ HÀ NỘI", 12, 65),
        ("PHƯỜNG NGỌC HÀ", 12, 65),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 149),
        ("Độc lập - Tự do - Hạnh phúc", 13, 149),
        ("Số: 15/BC-UBND", 13, 65),
        ("Ngọc Hà, ngày 05 tháng 7 năm 2024", 13, 149),
        ("BÁO CÁO", 14, 112.5),
        ("“Dân vận khéo” 6 tháng đầu năm 2024", 14, 112.5),
        ("TM. ỦY BAN NHÂN DÂN", 14, 155),
        ("CHỦ TỊCH", 14, 155),
        ("Nguyễn Thị Thử", 14, 155),
    ],
)
def test_elements_stand_in_the_middle_of_their_block_at_their_size(
    words: str, size: float, middle: float
) -> None:
    line = _line(words)
    assert (line.size, line.middle) == pytest.approx((size, middle), abs=NEAR)


def test_the_head_begins_at_the_top_margin_on_both_sides() -> None:
    tops = [_line(words).top for words in ("THÀNH PHỐ HÀ NỘI", "CỘNG HÒA XÃ HỘI")]
    assert tops == pytest.approx([20, 20], abs=NEAR)


def test_the_motif_of_the_state_stays_on_one_line_in_its_block() -> None:
    line = _line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert 103 <= line.left <= line.right <= 195.1


def test_the_rule_under_the_motto_is_as_long_as_its_text() -> None:
    motto, rule = _line("Độc lập"), pdf_measure.strokes(_paper().pdf)[1]
    assert rule.right - rule.left == pytest.approx(motto.right - motto.left, abs=1)


@pytest.mark.parametrize(("words", "place"), [("PHƯỜNG NGỌC HÀ", 0), ("“Dân vận khéo” 6 tháng", 2)])
def test_short_rules_are_a_third_to_a_half_of_the_text_above(words: str, place: int) -> None:
    text, rule = _line(words), pdf_measure.strokes(_paper().pdf)[place]
    part = (rule.right - rule.left) / (text.right - text.left)
    assert (part, (rule.left + rule.right) / 2) == pytest.approx((5 / 12, text.middle), abs=0.1)


def test_number_and_date_stand_on_one_line_two_millimetres_below_the_head() -> None:
    number, date, rule = _line("Số:"), _line("Ngọc Hà, ngày"), pdf_measure.strokes(_paper().pdf)[0]
    assert (number.top, date.top) == pytest.approx((rule.bottom + 2, number.top), abs=0.5)


def test_the_title_stands_ten_millimetres_below_the_number() -> None:
    below_number = _line("Số:").top + 13 * 1.15 / MM
    assert _line("BÁO CÁO").top == pytest.approx(below_number + 10, abs=NEAR)


def test_the_body_is_justified_between_the_margins_with_a_first_line_indent() -> None:
    first, second = _line("Ủy ban nhân dân phường"), _line("đua “Dân vận khéo”")
    found = (first.left, first.right, second.left, first.size)
    assert found == pytest.approx((40, 195, 30, 14), abs=NEAR)


def test_paragraphs_are_six_points_apart_or_more() -> None:
    last, first = _line("đua “Dân vận khéo”"), _line("Kỳ báo cáo")
    assert (first.baseline - last.baseline) * MM - 14 * 1.2 >= 5.9


def test_lines_are_single_to_one_and_a_half_apart() -> None:
    spacing = (_line("đua “Dân vận khéo”").baseline - _line("Ủy ban nhân dân phường").baseline) * MM / 14
    assert 1.0 <= spacing <= 1.5


def test_everything_stays_between_the_margins_but_the_page_number() -> None:
    sizes = pdf_measure.page_sizes(_paper().pdf)
    beyond = [
        line.text
        for line in _lines()
        if line.left < 30 - NEAR
        or line.right > sizes[line.page - 1][0] - 15 + NEAR
        or line.baseline > sizes[line.page - 1][1] - 20 + NEAR
        or (line.top < 20 - NEAR and not line.text.isdigit())
    ]
    assert beyond == []


def test_pages_are_a4_and_only_annexes_lie() -> None:
    sizes = [(round(width), round(height)) for width, height in pdf_measure.page_sizes(_paper().pdf)]
    assert (set(sizes), sizes[0]) == ({(210, 297), (297, 210)}, (210, 297))


def test_page_numbers_stand_in_the_middle_of_the_top_margin_from_page_two() -> None:
    numbers = {line.page: line for line in _lines() if line.baseline < 15}
    second = numbers[2]
    top = second.baseline - 14 * 0.66 / MM
    assert (1 in numbers, second.text) == (False, "2")
    assert (second.middle, second.size, top) == pytest.approx((112.5, 14, 10), abs=NEAR)


def test_each_annex_counts_its_own_pages() -> None:
    made = make(paper_cases.ward(rows=60))
    numbers = [line.text for line in pdf_measure.lines(made.pdf) if line.baseline < 15]
    assert numbers[:6] == ["2", "3", "4", "5", "2", "3"]


def test_annexes_can_be_numbered_on() -> None:
    profile = load("nd30_2020")
    continuous = replace(profile, page_number=replace(profile.page_number, annex="continuous"))
    laid = lay_out(_paper().tree, continuous)
    numbers = [line.text for line in pdf_measure.lines(laid.pdf) if line.baseline < 15]
    assert numbers == [str(page) for page in range(2, 2 + len(numbers))]


def test_recipients_begin_on_the_line_of_the_authority() -> None:
    recipients, authority = _line("Nơi nhận:"), _line("TM. ỦY BAN")
    found = (recipients.left, recipients.top, recipients.size, _line("- Lưu: VT, XDĐ.").size)
    assert found == pytest.approx((30, authority.top, 12, 11), abs=NEAR)


def test_the_signature_has_its_room_between_position_and_name() -> None:
    lines = pdf_measure.lines(_unsigned().pdf)
    box, position, name = _anchor("sig_person"), _line("CHỦ TỊCH", lines), _line("Nguyễn Thị Thử", lines)
    top = 297 - (box.y + box.height) / MM
    assert (box.x / MM, box.width / MM, box.height / MM) == pytest.approx((130, 50, 22), abs=NEAR)
    assert (top, name.top) == pytest.approx((position.top + 8, top + 26), abs=NEAR)


def test_the_seal_covers_the_left_third_of_the_signature() -> None:
    person, seal = _anchor("sig_person"), _anchor("sig_agency")
    overlap = (seal.x + seal.width - person.x) / person.width
    middles = ((seal.y + seal.height / 2) - (person.y + person.height / 2)) / MM
    assert (seal.x / MM, seal.width / MM, overlap, middles) == pytest.approx((113, 36, 0.38, 0), abs=NEAR)


def test_an_unsigned_paper_keeps_room_for_the_stamps_of_number_and_date() -> None:
    number, date = _anchor("sig_number"), _anchor("sig_date")
    assert (number.width / MM >= 12, date.width / MM >= 25, number.page, date.page) == (True, True, 0, 0)


def test_no_text_stands_in_the_rooms_that_are_stamped() -> None:
    number = _anchor("sig_number")
    lines = [line for line in pdf_measure.lines(_unsigned().pdf) if line.page == 1]
    inside = [
        line.text
        for line in lines
        if line.left * MM < number.x + number.width - 1
        and line.right * MM > number.x + 1
        and number.y < (297 - line.baseline) * MM < number.y + number.height
    ]
    assert inside == []


def test_a_paper_with_number_and_date_needs_no_room_for_them() -> None:
    assert {anchor.name for anchor in _paper().anchors} == {"sig_person", "sig_agency"}


def test_an_office_may_have_its_own_sizes_of_signature_and_seal() -> None:
    office = replace(paper_cases.OFFICE, signature_width_mm=40, signature_height_mm=18, seal_mm=32)
    made = make(replace(paper_cases.ward(), office=office))
    sizes = {anchor.name: (anchor.width / MM, anchor.height / MM) for anchor in made.anchors}
    assert sizes == {"sig_person": pytest.approx((40, 18)), "sig_agency": pytest.approx((32, 32))}


def test_long_lines_of_the_head_are_broken_evenly_and_stay_in_their_block() -> None:
    name = "Ủy ban Mặt trận Tổ quốc Việt Nam phường Hoàn Kiếm thành phố Hà Nội"
    office = replace(paper_cases.OFFICE, name_line=name, place="Thành phố Hồ Chí Minh mở rộng về phía đông")
    lines = pdf_measure.lines(make(replace(paper_cases.ward(), office=office)).pdf)
    head = [line for line in lines if line.page == 1 and line.top < 50]
    blocks = ((30, 100.1), (103, 195.1))
    beyond = [each.text for each in head if not any(a <= each.left and each.right <= b for a, b in blocks)]
    assert beyond == []


def test_a_head_without_superior_and_symbol_has_no_number_line() -> None:
    def line(role: str, text: str) -> HeadLine:
        return HeadLine(role, (text,))

    head = Letterhead(
        (line("issuer", "TỔ DÂN PHỐ SỐ 5"),),
        (line("national_title", "CỘNG HÒA"), line("motto", "Độc lập")),
        HeadLine("number", ()),
        line("place_date", "Hà Nội, ngày 05 tháng 7 năm 2024"),
    )
    lines = pdf_measure.lines(lay_out(Tree("t", (head,)), load("nd30_2020")).pdf)
    assert (len(lines), lines[-1].top > lines[-2].top) == (4, True)


def test_frames_of_tables_keep_within_the_margins() -> None:
    sizes = pdf_measure.page_sizes(_paper().pdf)
    tables = [block for block in _paper().tree.blocks if isinstance(block, Table)]
    beyond = [
        stroke
        for stroke in pdf_measure.strokes(_paper().pdf)
        if stroke.left < 29.5 or stroke.right > sizes[stroke.page - 1][0] - 14.5
    ]
    assert (bool(tables), beyond) == (True, [])
