"""The result report (F3), read as text: what it says, what it does not say, and that nothing is invented."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from forms.paper import make
from forms.paper_data import PaperData
from forms.paper_kinds import kind
from forms.profile import load
from forms.tree import AnnexTitle, Placeholder, Tree, as_text
from forms.write import write
from tests.support import paper_cases, pdf_measure
from tests.support.paper_cases import figures, recognition, total

NO_DATA = "chưa có số liệu"


def _tree(data: PaperData) -> Tree:
    return write(kind("result_report"), data, load("nd30_2020")).tree


def _said(data: PaperData) -> str:
    return as_text(_tree(data))


def _year(**more: Any) -> PaperData:
    """A unit of which only what is given is known, in 2024."""
    found = figures("năm 2024", "2024-01-01", "2024-12-31", **more)
    return replace(paper_cases.ba_dinh(), figures=found, compared=None)


@cache
def _ba_dinh() -> str:
    return _said(paper_cases.ba_dinh())


@cache
def _bac_tu_liem() -> str:
    return _said(paper_cases.bac_tu_liem())


@cache
def _ward() -> str:
    return _said(paper_cases.ward())


# --- shape ---


def test_the_five_parts_stand_in_order() -> None:
    headings = [line for line in _ward().split("\n") if re.match(r"(I|II|III|IV|V)\. [A-ZĐ]", line)]
    assert headings == [
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
    ]


def test_part_two_has_its_seven_sections() -> None:
    part = _ward().split("II. KẾT QUẢ")[1].split("III. ĐÁNH GIÁ")[0]
    assert re.findall(r"^(\d)\. \S", part, re.MULTILINE) == list("1234567")


def test_the_assessment_tells_objective_from_subjective_causes() -> None:
    assert ("a) Nguyên nhân khách quan" in _ward(), "b) Nguyên nhân chủ quan" in _ward()) == (True, True)


def test_an_empty_section_has_its_heading_and_dots() -> None:
    assert "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM\n………\n………\nV. KIẾN NGHỊ" in _ward()


def test_the_clerks_words_replace_the_dots() -> None:
    sections = {section.id: f"Nội dung {section.id}." for section in kind("result_report").sections}
    tree = _tree(replace(paper_cases.ward(), texts=sections))
    missing = [text for text in sections.values() if text not in as_text(tree)]
    assert (missing, [block for block in tree.blocks if isinstance(block, Placeholder)]) == ([], [])


def test_documents_are_cited_with_number_day_and_issuer() -> None:
    assert "- Kế hoạch số 12/KH-ĐU ngày 15/01/2024 của Đảng ủy phường về thi đua." in _ward()


@pytest.mark.parametrize(
    "label",
    ["tháng 9 năm 2024", "quý III/2024", "6 tháng đầu năm 2024", "9 tháng đầu năm 2024", "năm 2024",
     "giai đoạn 2009–2024", "15 năm"],
)  # fmt: skip
def test_every_kind_of_period_is_in_the_subject_line(label: str) -> None:
    assert f"Kết quả thực hiện phong trào thi đua “Dân vận khéo” {label}\n" in _said(
        replace(_year(), label=label)
    )


# --- the two real cases ---


def test_ba_dinh_has_its_totals_and_says_what_is_not_divided() -> None:
    assert (
        "Số mô hình đăng ký: 625 mô hình, trong đó 452 mô hình tập thể và 173 mô hình cá nhân." in _ba_dinh()
    )


def test_ba_dinh_is_registered_at_three_levels_without_numbers() -> None:
    assert "đăng ký ở cả ba cấp, chưa có số liệu từng cấp" in _ba_dinh()


def test_ba_dinh_stands_beside_the_year_before_with_the_cut_off_of_both() -> None:
    both = "Số liệu kỳ này chốt đến ngày 21/05/2024, kỳ so sánh chốt đến ngày 21/05/2024."
    assert (both in _ba_dinh(), "1 | Mô hình đăng ký | mô hình | 625 | 882 | -257" in _ba_dinh()) == (
        True,
        True,
    )


def test_a_comparison_with_a_part_of_a_year_is_called_one() -> None:
    assert "Có kỳ chưa trọn thời gian nên số tăng, giảm chưa phản ánh kết quả cả kỳ." in _ba_dinh()


def test_ba_dinh_of_2023_says_how_many_of_the_registered_were_outstanding() -> None:
    data = replace(paper_cases.ba_dinh(), figures=paper_cases.ba_dinh().compared or {}, compared=None)
    words = "Số mô hình được công nhận tiêu biểu là 256 mô hình, so với 882 mô hình đăng ký bằng 29,0%."
    assert words in _said(data)


def test_fifteen_years_keep_label_and_span_of_data_apart() -> None:
    words = "Kỳ báo cáo: 15 năm (từ ngày 01/01/2009 đến ngày 31/12/2024), số liệu từ năm 2014;"
    assert words in _bac_tu_liem()


def test_the_year_inside_the_long_span_is_named_and_not_added() -> None:
    assert ("6.977 mô hình" in _bac_tu_liem(), "7.526" in _bac_tu_liem()) == (True, False)
    assert "Trong đó, từ ngày 01/01/2024 đến ngày 31/12/2024: 549" in _bac_tu_liem()


def test_levels_that_nobody_named_are_not_claimed() -> None:
    assert "Theo cấp: chưa có số liệu từng cấp." in _bac_tu_liem()


def test_rough_figures_stay_rough() -> None:
    assert ("hơn 7 tỷ đồng" in _bac_tu_liem(), "hơn 3.000 ngày công" in _bac_tu_liem()) == (True, True)


def test_recognised_granted_and_proposed_are_worded_apart() -> None:
    granted, proposed = (
        line for line in _bac_tu_liem().split("\n") if ": Bằng khen" in line or ": Công nhận" in line
    )
    assert ("885 tập thể, 748 cá nhân" in granted, "9 tập thể" in granted) == (True, False)
    assert "Đang đề nghị, chưa có quyết định: Bằng khen (cấp thành phố/tỉnh): 9 tập thể." in proposed


def test_each_form_of_reward_has_its_line() -> None:
    lines = [line for line in _bac_tu_liem().split("\n") if re.match(r"\d \| .* \| .* \| .*\| ", line)]
    assert {"2 | Giấy khen | Quận/huyện | 36 | 15 | ", "3 | Kỷ niệm chương | Trung ương |  | 2 | "} <= set(
        lines
    )


# --- null, 0 and what is warned of ---


def test_a_unit_of_which_nothing_is_known_has_no_figure_at_all() -> None:
    text = _said(_year())
    digits = set(re.findall(r"\d[\d.,]*", text.split("II. KẾT QUẢ")[1].split("III. ĐÁNH GIÁ")[0]))
    # What is left are the numbers of headings and of the lines of the table
    assert (digits <= {"1", "2", "3", "4", "5", "6", "7", "1.", "2.", "3.", "4.", "5.", "6.", "7."}) is True


def test_what_is_known_to_be_none_is_printed_as_nought() -> None:
    text = _said(_year(registered=5, contributions={"labour_days": 0}))
    assert "- Ngày công: 0 ngày công." in text


def test_no_figure_is_said_twice_with_two_values() -> None:
    assert _said(_year(registered=8333)).count("8.333") >= 2


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("unallocated", "Chưa phân bổ"),
        ("exceeds_reported", "lấy số lớn hơn"),
        ("overlap", "chồng lên nhau"),
        ("wider_than_asked", "kỳ dài hơn"),
        ("parts_differ", "không bằng nhau"),
        ("split_not_divided", "chia tách"),
        ("restated", "lấy số sau cùng"),
    ],
)
def test_what_a_reader_must_know_of_the_figures_is_noted(code: str, word: str) -> None:
    noted = _said(_year(registered=9, problems=[{"code": code, "message": ""}]))
    assert (word in noted, word in _said(_year(models={"registered": 9, "unallocated": {}}))) == (True, False)


def test_problems_of_the_figures_come_along_with_the_paper() -> None:
    assert "unallocated" in {problem.code for problem in make(paper_cases.ba_dinh()).problems}


def test_levels_with_numbers_are_told_and_those_of_nobody_left_out() -> None:
    assert "Theo cấp đăng ký: Cơ sở: 12 (mô hình)." in _ward()


def test_a_model_in_two_lines_is_explained() -> None:
    text = _said(_year(registered=1, models={"by_line": {"territorial": 1, "union": 1}}))
    assert ("Địa bàn: 1; Công đoàn: 1" in text, "chỉ tính một lần trong tổng số" in text) == (True, True)


def test_models_registered_for_years_are_told_apart_from_registrations() -> None:
    text = _said(_year(registered=20, models={"distinct_models": 15}))
    assert "Các lượt đăng ký trên thuộc 15 mô hình" in text


def test_converted_values_are_never_added_to_money() -> None:
    assert "- Hiện vật (giá trị quy đổi được tính riêng, không cộng vào tiền):" in _ward()


def test_units_with_dialogues_are_a_share_of_all_units() -> None:
    text = _said(_year(activities={"by_kind": {"dialogue": 9}, "units_with_dialogue": 3, "units": 4}))
    assert "3/4 đơn vị (75,0%)" in text


def test_a_form_that_was_not_stated_is_not_guessed() -> None:
    text = _said(_year(recognition=[{**recognition("x", "collective", 36), "form": None}]))
    assert "Khen thưởng (chưa nêu hình thức): 36 tập thể" in text


def test_a_rough_reward_stays_rough() -> None:
    row = total("Tập thể được khen", 36, "2024-01-01", "2024-12-31", qualifier="nearly", status="granted",
                level="district", form="certificate_of_merit_local")  # fmt: skip
    granted = [recognition("certificate_of_merit_local", "collective", 36, level="district")]
    assert "gần 36 tập thể" in _said(_year(recognition=granted, reported=[row]))


# --- annexes ---


def _annexes(data: PaperData) -> list[str]:
    return [block.title for block in _tree(data).blocks if isinstance(block, AnnexTitle)]


def test_lists_follow_as_annexes_only_where_there_are_rows() -> None:
    assert (_annexes(_year()), len(_annexes(paper_cases.ward()))) == ([], 3)


def test_the_contribution_list_ends_with_its_sum_in_words() -> None:
    data = replace(paper_cases.ward(), contributions=paper_cases.contributions(2))
    words = "Tổng số tiền: 2.500.000 đồng (bằng chữ: Hai triệu năm trăm nghìn đồng)."
    assert words in _said(data)


def test_a_list_that_nobody_could_read_is_counted_and_not_printed() -> None:
    text = _said(replace(paper_cases.ward(), contributions=paper_cases.contributions(1) * 5001))
    assert ("Danh sách có 5.001 lượt đóng góp" in text, "PT000" in text) == (True, False)


def test_sums_up_to_ten_trillion_are_said_in_words() -> None:
    row = replace(paper_cases.contributions(1)[0], amount_vnd=10**13)
    assert "10.000.000.000.000 đồng (bằng chữ: Mười nghìn tỷ đồng)" in _said(
        replace(paper_cases.ward(), contributions=(row,))
    )


def test_a_list_shorter_than_the_total_says_so() -> None:
    found = figures("năm 2024", "2024-01-01", "2024-12-31", registered=100)
    text = _said(replace(paper_cases.ward(), figures=found))
    assert "Danh sách có 12 mô hình; tổng số đăng ký trong báo cáo là 100 mô hình." in text


def test_units_below_have_their_table_of_counts() -> None:
    below = {
        "unit": "P1",
        "name": "Phường A",
        "figures": figures("a", "2024-01-01", "2024-12-31", registered=1),
    }
    assert _annexes(replace(_year(), by_unit=(below,))) == ["BIỂU SỐ LIỆU MÔ HÌNH “DÂN VẬN KHÉO” NĂM 2024"]


def test_nobody_is_listed_for_not_having_given() -> None:
    assert not re.search(r"chưa (đóng góp|nộp|đóng)", _ward(), re.IGNORECASE)


# --- looks right with anything ---


def test_five_hundred_rows_stand_in_the_file_once_each() -> None:
    made = make(paper_cases.ward(rows=500, given=500))
    text = pdf_measure.extracted(made.pdf)
    assert (text.count("PT499"), "TỔNG CỘNG: 500 mô hình" in text) == (1, True)


def test_monstrous_words_and_names_do_not_stop_a_paper() -> None:
    row = replace(
        paper_cases.registrations(1)[0], title="X" * 400, registrant="Nguyễn" * 40, summary="dài " * 2000
    )
    made = make(replace(paper_cases.ward(), registrations=(row,) * 5, unit_name="Y" * 300))
    sizes = pdf_measure.page_sizes(made.pdf)
    assert all(line.right <= sizes[line.page - 1][0] - 14.5 for line in pdf_measure.lines(made.pdf))


def test_a_paper_with_markup_in_its_data_prints_it_as_text() -> None:
    row = replace(paper_cases.registrations(1)[0], title="{{ 7 * 7 }} @table | **x** <b>")
    data = replace(
        paper_cases.ward(), registrations=(row,), label="# năm {% 2024 %}", texts={"plans": "@signatures"}
    )
    text = _said(data)
    assert ("{{ 7 * 7 }} @table | **x** <b>" in text, "@signatures" in text, NO_DATA in text) == (
        True,
        True,
        True,
    )


# --- money of the budget stands among what was given, and is no socialised funding ---


def test_money_of_the_budget_is_told_apart() -> None:
    data = paper_cases.ward()
    first = data.contributions[0]
    budget = replace(first, kind="transfer", amount_vnd=150_000_000, contributor_kind="budget")
    report = _said(replace(data, contributions=(*data.contributions, budget)))
    assert "trong đó ngân sách nhà nước 150.000.000 đồng, không tính vào kinh phí xã hội hóa" in report
    assert "tự nguyện đóng góp" not in report.lower()


def test_without_money_of_the_budget_the_list_is_of_voluntary_gifts() -> None:
    report = _said(paper_cases.ward())
    assert "ngân sách nhà nước" not in report
    assert "tự nguyện đóng góp" in report.lower()


# --- what a span and a late beginning need ---


@pytest.mark.parametrize(
    ("registered", "rough", "said"),
    [(150_000, "more_than", "hơn 10.000 mô hình."), (150_000, "exact", "10.000 mô hình.")],
)
def test_a_span_of_whole_years_says_what_a_mean_year_had(registered: int, rough: str, said: str) -> None:
    years = ("2010-01-01", "2024-12-31")
    stated = total("Mô hình đăng ký", registered, *years, qualifier=rough)
    found = figures("15 năm", *years, registered=registered, reported=[stated])
    report = _said(replace(paper_cases.ba_dinh(), figures=found, compared=None))
    assert f"Bình quân mỗi năm: {said}" in report


def test_a_mean_year_is_not_made_of_years_without_data() -> None:
    assert "Bình quân" not in _bac_tu_liem()


@pytest.mark.parametrize(
    ("last", "registered", "said"),
    [("2024", 7, "3,5"), ("2024", 8, "4"), ("2025", 10, "khoảng 3,3"), ("2025", 11, "khoảng 3,7")],
)
def test_a_mean_year_has_one_decimal_and_is_about_where_that_is_not_all_of_it(
    last: str, registered: int, said: str
) -> None:
    found = figures("giai đoạn", "2023-01-01", f"{last}-12-31", registered=registered)
    report = _said(replace(paper_cases.ba_dinh(), figures=found, compared=None))
    assert f"Bình quân mỗi năm: {said} mô hình." in report


# --- the day on which the figures were closed ---


@pytest.mark.parametrize(
    ("drafted_on", "closed_on"),
    [("2024-09-12", "12/09/2024"), ("2024-12-31", "31/12/2024"), ("2025-02-01", "31/12/2024")],
)
def test_figures_are_closed_on_the_last_day_or_on_that_of_the_draft(drafted_on: str, closed_on: str) -> None:
    report = _said(replace(_year(registered=5), drafted_on=drafted_on))
    assert f"(từ ngày 01/01/2024 đến ngày 31/12/2024); số liệu chốt đến ngày {closed_on}." in report


def test_a_cut_off_that_was_asked_for_is_printed_unless_it_is_still_to_come() -> None:
    found = replace(_year(registered=5, period={"cutoff": "2024-06-30"}), drafted_on="2024-09-12")
    later = replace(found, drafted_on="2024-05-05")
    assert ("chốt đến ngày 30/06/2024" in _said(found), "chốt đến ngày 05/05/2024" in _said(later)) == (
        True,
        True,
    )


def test_the_table_of_units_and_the_comparison_are_closed_on_the_day_of_the_draft_too() -> None:
    below = {"unit": "P1", "name": "Phường A", "figures": _year(registered=5).figures}
    before = figures("năm 2023", "2023-01-01", "2023-12-31", registered=4)
    data = replace(_year(registered=5), by_unit=(below,), compared=before, drafted_on="2024-09-12")
    report = _said(data)
    assert "\nSố liệu chốt đến ngày 12/09/2024." in report
    assert "kỳ này chốt đến ngày 12/09/2024, kỳ so sánh chốt đến ngày 31/12/2023." in report
    assert ("(chốt 12/09/2024)" in report, "(chốt 31/12/2024)" in report) == (True, False)
    assert "Có kỳ chưa trọn thời gian" in report


def test_no_mean_is_made_of_a_year_that_goes_on() -> None:
    found = figures("giai đoạn", "2023-01-01", "2024-12-31", registered=7)
    data = replace(paper_cases.ba_dinh(), figures=found, compared=None, drafted_on="2024-09-12")
    assert "Bình quân" not in _said(data)


def test_data_are_not_said_to_reach_beyond_the_day_on_which_they_were_closed() -> None:
    dated = {"data_from": "2024-01-05", "data_to": "2024-11-30"}
    report = _said(replace(_year(registered=5, period=dated), drafted_on="2024-09-12"))
    assert "Số liệu ghi nhận từ ngày 05/01/2024 đến ngày 12/09/2024." in report


def test_models_of_a_period_that_begins_in_the_year_are_said_to_count_from_new_year() -> None:
    found = figures("quý III/2024", "2024-07-01", "2024-09-30", registered=7)
    report = _said(replace(paper_cases.ba_dinh(), figures=found, compared=None))
    assert "Số mô hình đăng ký (tính từ ngày 01/01/2024): 7 mô hình" in report
