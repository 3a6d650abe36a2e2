"""Rows of every sheet: what lands, in which stored form, and what is refused at which cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db import SCALE, Book, Value
from forms.spreadsheets import ImportResult
from tests.forms.spreadsheets.conftest import Import
from tests.support.workbooks import Cell, Rows, packed, parts

MODEL_HEAD: list[Cell] = ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"]
MODEL: list[list[Cell]] = [MODEL_HEAD, ["MH01", "Tuyến phố xanh", 2024, "Kinh tế", "Tập thể"]]
GIVEN_HEAD: list[Cell] = [
    "Mã mô hình",
    "Người/đơn vị đóng góp",
    "Hình thức",
    "Tên hiện vật",
    "Số lượng",
    "Đơn vị tính",
    "Ngày",
]


def _given(*row: Cell) -> dict[str, Rows]:
    return {"Mô hình": MODEL, "Đóng góp": [GIVEN_HEAD, row]}


def _refused(answer: ImportResult) -> list[tuple[str, int | None, str]]:
    return [(one.sheet, one.row, one.column) for one in answer.refused]


def _only(book: Book, type_name: str) -> dict[str, Value]:
    (record,) = book.find(type_name)
    return {
        name: value for name, value in record.values.items() if value is not None and name != "source_key"
    }


# --- contributions: money, labour, land, goods -----------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "quantity", "measure", "stored"),
    [
        ("Tiền mặt", "1.500.000", "", {"amount_vnd": 1_500_000}),
        ("Tiền mặt", 1.5, "triệu đồng", {"amount_vnd": 1_500_000}),
        ("Chuyển khoản", "7,2", "tỷ đồng", {"amount_vnd": 7_200_000_000}),
        ("Tiền mặt", 500, "nghìn", {"amount_vnd": 500_000}),
        ("Ngày công", "2,5", "", {"quantity": 25_000, "measure": "ngày công"}),
        ("Ngày công", 3, "ngày công", {"quantity": 30_000, "measure": "ngày công"}),
        ("Hiến đất", 120.5, "m2", {"quantity": 1_205_000, "measure": "m²"}),
        ("Hiến đất", "0,5", "ha", {"quantity": 5_000 * SCALE, "measure": "m²"}),
    ],
)
def test_quantities_are_stored_in_their_one_measure(
    bring_in: Import, book: Book, form: str, quantity: Cell, measure: str, stored: dict[str, Value]
) -> None:
    bring_in(_given("MH01", "Bà Lan", form, "", quantity, measure, "01/05/2024"))
    found = _only(book, "contribution")
    assert {
        name: found.get(name) for name in ("amount_vnd", "quantity", "measure") if name in found
    } == stored


def test_goods_keep_the_measure_as_written(bring_in: Import, book: Book) -> None:
    bring_in(_given("MH01", "Bà Lan", "Hiện vật", "Xi măng", "2,5", "Tấn", "01/05/2024"))
    found = _only(book, "contribution")
    assert (found["item"], found["quantity"], found["measure"]) == ("Xi măng", 25_000, "Tấn")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("MH01", "Bà Lan", "Tiền mặt", "", "1.5", "triệu đồng", "01/05/2024"), "Số lượng"),
        (("MH01", "Bà Lan", "Tiền mặt", "", 1.5, "đồng", "01/05/2024"), "Số lượng"),
        (("MH01", "Bà Lan", "Tiền mặt", "", -5, "đồng", "01/05/2024"), "Số lượng"),
        (("MH01", "Bà Lan", "Tiền mặt", "", 5, "đô la", "01/05/2024"), "Đơn vị tính"),
        (("MH01", "Bà Lan", "Tiền mặt", "", "999.999.999", "tỷ đồng", "01/05/2024"), "Số lượng"),
        (("MH01", "Bà Lan", "Ngày công", "", 2, "giờ", "01/05/2024"), "Đơn vị tính"),
        (("MH01", "Bà Lan", "Hiến đất", "", 2, "sào", "01/05/2024"), "Đơn vị tính"),
        (("MH01", "Bà Lan", "Hiện vật", "", 2, "bao", "01/05/2024"), "Tên hiện vật"),
        (("MH01", "Bà Lan", "Hiện vật", "Xi măng", 999e12, "bao", "01/05/2024"), "Số lượng"),
        (("MH01", "Bà Lan", "Cho mượn", "", 2, "", "01/05/2024"), "Hình thức"),
        (("MH01", "Bà Lan", "Tiền mặt", "", "", "", "01/05/2024"), "Số lượng"),
        (("MH01", "", "Tiền mặt", "", 5, "", "01/05/2024"), "Người/đơn vị đóng góp"),
        (("", "Bà Lan", "Tiền mặt", "", 5, "", "01/05/2024"), "Mã mô hình"),
        (("MH99", "Bà Lan", "Tiền mặt", "", 5, "", "01/05/2024"), "Mã mô hình"),
        (("MH01", "Bà Lan", "Tiền mặt", "", 5, "", "31/02/2024"), "Ngày"),
        (("MH01", "Bà Lan", "Tiền mặt", "", True, "", "01/05/2024"), "Số lượng"),
        (("MH01", "Bà Lan", "Tiền mặt", "", date(2024, 5, 1), "", "01/05/2024"), "Số lượng"),
    ],
)
def test_a_contribution_that_is_not_clear_is_refused_at_its_cell(
    bring_in: Import, book: Book, row: tuple[Cell, ...], column: str
) -> None:
    answer = bring_in(_given(*row))
    assert _refused(answer) == [("Đóng góp", 2, column)]
    assert not answer.landed
    assert book.count("model") == 0


def test_all_faults_of_a_row_are_told_at_once(bring_in: Import) -> None:
    answer = bring_in(_given("MH01", "", "Cho mượn", "", "1.5", "", "hôm qua"))
    assert [column for _sheet, _row, column in _refused(answer)] == [
        "Hình thức",
        "Số lượng",
        "Ngày",
        "Người/đơn vị đóng góp",
    ]


def test_the_value_of_a_refused_cell_is_shown(bring_in: Import) -> None:
    answer = bring_in(_given("MH01", "Bà Lan", "Tiền mặt", "", "1.5", "", "01/05/2024"))
    assert answer.refused[0].value == "1.5"


# --- dates that are not there ----------------------------------------------------------------------------


def test_a_row_without_a_date_takes_the_year_of_the_only_registration(bring_in: Import, book: Book) -> None:
    bring_in(_given("MH01", "Bà Lan", "Tiền mặt", "", 5, "", ""))
    found = _only(book, "contribution")
    assert (found.get("given_on"), found["given_year"]) == (None, 2024)


def test_a_row_without_a_date_is_refused_where_the_year_is_not_unique(bring_in: Import) -> None:
    models = [*MODEL, ["MH01", "Tuyến phố xanh", 2023, "Kinh tế", "Tập thể"]]
    rows = [GIVEN_HEAD, ["MH01", "Bà Lan", "Tiền mặt", "", 5, "", ""]]
    assert _refused(bring_in({"Mô hình": models, "Đóng góp": rows})) == [("Đóng góp", 2, "Ngày")]


def test_a_year_counts_once_for_a_model_registered_in_two_lines(bring_in: Import, book: Book) -> None:
    head = [*MODEL_HEAD, "Tuyến báo cáo"]
    models = [head, [*MODEL[1], "Địa bàn"], [*MODEL[1], "Công đoàn"]]
    assert bring_in(
        {"Mô hình": models, "Đóng góp": [GIVEN_HEAD, ["MH01", "Bà Lan", "Tiền mặt", "", 5, "", ""]]}
    ).landed
    assert _only(book, "contribution")["given_year"] == 2024


def test_a_row_of_a_unit_without_a_date_is_refused(bring_in: Import) -> None:
    rows = [["Mã đơn vị", "Người/đơn vị đóng góp", "Hình thức", "Số lượng"], ["P01", "Bà Lan", "Tiền mặt", 5]]
    assert _refused(bring_in({"Đóng góp": rows})) == [("Đóng góp", 2, "Ngày")]


def test_the_words_for_a_year_stand_for_a_missing_day(bring_in: Import, book: Book) -> None:
    bring_in(_given("MH01", "Bà Lan", "Tiền mặt", "", 5, "", "năm 2023"))
    assert _only(book, "contribution")["given_year"] == 2023


def test_a_row_stays_as_it_is_when_its_model_is_registered_again(bring_in: Import) -> None:
    undated = _given("MH01", "Bà Lan", "Tiền mặt", "", 5, "", "")
    bring_in(undated)
    bring_in({"Mô hình": [MODEL_HEAD, ["MH01", "Tuyến phố xanh", 2025, "Kinh tế", "Tập thể"]]})
    assert bring_in(undated).unchanged["contribution"] == 1


# --- the other sheets ------------------------------------------------------------------------------------


def test_activities_are_stored(bring_in: Import, book: Book) -> None:
    head = [
        "Mã đơn vị",
        "Loại",
        "Ngày",
        "Đến ngày",
        "Nội dung",
        "Số người dự",
        "Tổng số hộ",
        "Số hộ dự",
        "Đồng ý",
    ]
    bring_in(
        {"Hoạt động": [head, ["P01", "tại nhà", "01/05/2024", "02/05/2024", "Hiến đất", 45, 60, 45, 40]]}
    )
    assert _only(book, "activity") == {
        "unit": book.own_unit(), "kind": "home_visit", "held_on": "2024-05-01", "ended_on": "2024-05-02",
        "content": "Hiến đất", "attendees": 45, "households_total": 60, "households_present": 45,
        "votes_for": 40,
    }  # fmt: skip


def test_an_activity_cannot_end_before_it_begins(bring_in: Import) -> None:
    head = ["Mã đơn vị", "Loại", "Ngày", "Đến ngày"]
    assert _refused(bring_in({"Hoạt động": [head, ["P01", "Họp dân", "02/05/2024", "01/05/2024"]]})) == [
        ("Hoạt động", 2, "Đến ngày")
    ]


def test_results_keep_name_and_measure_as_written(bring_in: Import, book: Book) -> None:
    head = ["Mã mô hình", "Nội dung", "Số lượng", "Đơn vị tính"]
    bring_in({"Mô hình": MODEL, "Kết quả": [head, ["MH01", "Đường bê tông", "1.234,5", "M2"]]})
    found = _only(book, "output_measure")
    assert (found["name"], found["quantity"], found["measure"], found["measured_year"]) == (
        "Đường bê tông", 12_345_000, "M2", 2024,
    )  # fmt: skip


@pytest.mark.parametrize("heading", ["Tập thể/Cá nhân/Mô hình", "Tập thể/Cá nhân"])
def test_recognitions_are_stored(bring_in: Import, book: Book, heading: str) -> None:
    head = [
        "Người/tập thể nhận",
        heading,
        "Hình thức khen",
        "Cấp",
        "Đề nghị/Được tặng",
        "Số quyết định",
        "Ngày",
    ]
    bring_in(
        {
            "Khen thưởng": [
                head,
                ["Chi bộ 3", "Tập thể", "Bằng khen", "Thành phố", "Đề nghị", "0012", "10/10/2024"],
            ]
        }
    )
    assert _only(book, "recognition") == {
        "unit": book.own_unit(), "recipient": "Chi bộ 3", "recipient_type": "collective",
        "form": "certificate_of_merit_high", "level": "city", "status": "proposed", "decision_no": "0012",
        "decided_on": "2024-10-10",
    }  # fmt: skip


def test_inspections_are_stored(bring_in: Import, book: Book) -> None:
    head = ["Mã mô hình", "Ngày", "Đơn vị giám sát", "Phát hiện", "Yêu cầu", "Thời hạn", "Ngày khắc phục"]
    row = [
        "MH01",
        "01/06/2024",
        "Ban Thanh tra nhân dân",
        "Thiếu biên bản",
        "Bổ sung",
        "15/06/2024",
        "10/06/2024",
    ]
    bring_in({"Mô hình": MODEL, "Giám sát": [head, row]})
    assert _only(book, "supervision")["closed_on"] == "2024-06-10"


def test_an_inspection_is_not_closed_before_it_was_made(bring_in: Import) -> None:
    head = ["Mã đơn vị", "Ngày", "Ngày khắc phục"]
    answer = bring_in({"Giám sát": [head, ["P01", "01/06/2024", "10/05/2024"]]})
    assert _refused(answer) == [("Giám sát", 2, "Ngày khắc phục")]


def test_members_are_people_of_a_model(bring_in: Import, book: Book) -> None:
    head = ["Mã mô hình", "Họ và tên", "Năm sinh", "Giới tính", "Vai trò", "Điện thoại"]
    bring_in(
        {
            "Mô hình": MODEL,
            "Thành viên": [head, ["MH01", "Trần Thị Lan", "02/03/1961", "Nữ", "Tổ trưởng", "0912 345 678"]],
        }
    )
    member = _only(book, "model_member")
    person = book.get("person", str(member["person"]))
    assert (person["full_name"], person["birth_year"], person["gender"], member["role"]) == (
        "Trần Thị Lan", 1961, "female", "Tổ trưởng",
    )  # fmt: skip


def test_two_members_of_one_name_are_two_people(bring_in: Import, book: Book) -> None:
    head = ["Mã mô hình", "Họ và tên", "Năm sinh"]
    people = [["MH01", "Trần Thị Lan", 1961], ["MH01", "Trần Thị Lan", 1985]]
    bring_in({"Mô hình": MODEL, "Thành viên": [head, *people]})
    assert book.count("person") == 2


PROFILE_HEAD = ["Mã đơn vị", "Tính đến ngày", "Nội dung", "Giá trị", "Đơn vị tính"]


@pytest.mark.parametrize(
    ("value", "measure", "stored"),
    [
        (1234, "hộ", (12_340_000, "hộ", None)),
        ("60,5", "%", (605_000, "%", None)),
        ("9.200", "tỷ đồng", (9_200 * 10**9 * SCALE, "đồng", "9.200 tỷ đồng")),
        ("22–91 tuổi", "", (None, None, "22–91 tuổi")),
        (-2.5, "%", (-25_000, "%", None)),
    ],
)
def test_data_of_an_area_are_numbers_or_words(
    bring_in: Import, book: Book, value: Cell, measure: str, stored: tuple[Value, Value, Value]
) -> None:
    bring_in({"Số liệu đơn vị": [PROFILE_HEAD, ["P01", "31/12/2024", "Số hộ", value, measure]]})
    found = _only(book, "unit_profile")
    assert (found.get("quantity"), found.get("measure"), found.get("words")) == stored


def test_data_of_an_area_with_an_unclear_number_are_refused(bring_in: Import) -> None:
    answer = bring_in({"Số liệu đơn vị": [PROFILE_HEAD, ["P01", "31/12/2024", "Số hộ", "1.5", ""]]})
    assert _refused(answer) == [("Số liệu đơn vị", 2, "Giá trị")]


REPORTED_HEAD = ["Mã đơn vị", "Từ ngày", "Đến ngày", "Chỉ tiêu", "Mức", "Giá trị", "Đơn vị tính", "Cấp"]


def _reported(
    name: str, said: str = "", value: Cell = "", measure: str = "", level: str = ""
) -> dict[str, Rows]:
    row = ["P01", "01/01/2024", "31/12/2024", name, said, value, measure, level]
    return {"Số liệu báo cáo": [REPORTED_HEAD, row]}


@pytest.mark.parametrize(
    ("name", "said", "value", "measure", "stored"),
    [
        ("Mô hình đăng ký", "", 882, "mô hình", (8_820_000, "mô hình", "882 mô hình", None)),
        ("Mô hình đăng ký", "đúng", 0, "", (0, None, "0", "exact")),
        (
            "Kinh phí xã hội hóa",
            "hơn",
            7,
            "tỷ đồng",
            (7 * 10**9 * SCALE, "đồng", "hơn 7 tỷ đồng", "more_than"),
        ),
        ("Kinh phí xã hội hóa", "", "500.000", "", (500_000 * SCALE, "đồng", "500.000 đồng", None)),
        (
            "Ngày công",
            "hơn",
            "3.000",
            "ngày công",
            (30_000_000, "ngày công", "hơn 3.000 ngày công", "more_than"),
        ),
        ("Thu ngân sách", "gần", "9.200", "tỷ đồng", (92 * 10**15, "đồng", "gần 9.200 tỷ đồng", "nearly")),
        ("Chỉ số CCHC", "", "-2,5", "điểm", (-25_000, "điểm", "-2,5 điểm", None)),
    ],
)
def test_reported_totals_keep_the_words_of_their_source(
    bring_in: Import, book: Book, name: str, said: str, value: Cell, measure: str, stored: tuple[Value, ...]
) -> None:
    bring_in(_reported(name, said, value, measure))
    found = _only(book, "reported_figure")
    assert (found["value"], found.get("measure"), found["words"], found.get("qualifier")) == stored
    assert found["indicator"] == name


def test_a_total_that_is_not_stated_is_a_row_without_a_value(bring_in: Import, book: Book) -> None:
    bring_in(_reported("Mô hình đăng ký", level="Quận/huyện"))
    found = _only(book, "reported_figure")
    assert (found.get("value"), found.get("words"), found["level"]) == (None, None, "district")


@pytest.mark.parametrize(
    ("name", "value", "measure", "column"),
    [
        ("Mô hình đăng ký", "12,5", "", "Giá trị"),
        ("Mô hình đăng ký", -1, "", "Giá trị"),
        ("Kinh phí xã hội hóa", 7, "người", "Đơn vị tính"),
        ("Ngày công", 7, "giờ", "Đơn vị tính"),
        ("Thu ngân sách", "999.999.999", "tỷ đồng", "Giá trị"),
    ],
)
def test_a_total_that_cannot_be_is_refused(
    bring_in: Import, name: str, value: Cell, measure: str, column: str
) -> None:
    assert _refused(bring_in(_reported(name, "", value, measure))) == [("Số liệu báo cáo", 2, column)]


def test_a_period_cannot_end_before_it_begins(bring_in: Import) -> None:
    head = ["Mã đơn vị", "Từ ngày", "Đến ngày", "Chỉ tiêu", "Giá trị"]
    answer = bring_in({"Số liệu báo cáo": [head, ["P01", "02/01/2024", "01/01/2024", "Mô hình đăng ký", 5]]})
    assert _refused(answer) == [("Số liệu báo cáo", 2, "Đến ngày")]


def test_later_rows_of_totals_are_known_to_be_later(bring_in: Import, book: Book) -> None:
    first = _reported("Mô hình đăng ký", value=625)
    bring_in(first)
    bring_in(_reported("Mô hình đăng ký", value=630))
    bring_in(first)
    order = {row["value"]: row["row_order"] for row in book.find("reported_figure")}
    assert order == {6_250_000: 1, 6_300_000: 2}


# --- sheets as a whole -----------------------------------------------------------------------------------


def test_two_columns_of_one_heading_refuse_the_sheet(bring_in: Import) -> None:
    head = [*GIVEN_HEAD, "SỐ LƯỢNG"]
    answer = bring_in({"Đóng góp": [head, ["P01", "Bà Lan", "Tiền mặt", "", 5, "", "01/05/2024", 6]]})
    assert _refused(answer) == [("Đóng góp", 1, "Số lượng")]


def test_both_headings_of_one_column_are_twice_the_same(bring_in: Import) -> None:
    head = [
        "Người/tập thể nhận",
        "Tập thể/Cá nhân/Mô hình",
        "Tập thể/Cá nhân",
        "Hình thức khen",
        "Đề nghị/Được tặng",
    ]
    assert _refused(bring_in({"Khen thưởng": [head]})) == [("Khen thưởng", 1, "Tập thể/Cá nhân/Mô hình")]


def test_a_missing_required_column_refuses_the_sheet(bring_in: Import) -> None:
    head = [heading for heading in GIVEN_HEAD if heading != "Hình thức"]
    answer = bring_in(
        {"Mô hình": MODEL, "Đóng góp": [["Danh sách"], head, ["MH01", "Bà Lan", "", 5, "", ""]]}
    )
    assert _refused(answer) == [("Đóng góp", 2, "Hình thức")]
    assert answer.accepted == {"model": 1, "registration": 1}


def test_unknown_columns_and_sheets_are_told_and_left_out(bring_in: Import) -> None:
    sheets = {"Mô hình": [[*MODEL_HEAD, "Xếp loại"], [*MODEL[1], "A"]], "Ghi chép riêng": [["a"]]}
    answer = bring_in(sheets)
    assert answer.landed
    assert [(one.code, one.sheet) for one in answer.warnings] == [
        ("unknown_sheet", "Ghi chép riêng"),
        ("unknown_column", "Mô hình"),
    ]


def test_a_workbook_without_a_known_sheet_is_refused(bring_in: Import) -> None:
    assert not bring_in({"Trang tính1": MODEL}).landed


def test_an_empty_known_sheet_is_no_fault(bring_in: Import) -> None:
    answer = bring_in({"Mô hình": MODEL, "Giám sát": []})
    assert (answer.landed, [one.code for one in answer.warnings]) == (True, ["empty_sheet"])


def test_empty_rows_are_skipped_and_rows_keep_their_numbers(bring_in: Import) -> None:
    rows = [["DANH SÁCH ĐÓNG GÓP"], [], GIVEN_HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)"], [" "], [], ["MH09"]]
    assert {one.row for one in bring_in({"Đóng góp": rows}).refused} == {7}


@pytest.mark.parametrize("words", ["TỔNG CỘNG", "Cộng:", "Tổng số (đồng)"])
def test_a_row_that_adds_the_others_up_is_left_out(bring_in: Import, words: str) -> None:
    row: list[Cell] = ["MH01", "Bà Lan", "Tiền mặt", "", 5, "", "01/05/2024"]
    answer = bring_in({"Mô hình": MODEL, "Đóng góp": [GIVEN_HEAD, row, [None, words, "", "", 5]]})
    assert (answer.accepted["contribution"], [one.code for one in answer.warnings]) == (1, ["total_row"])


def test_somebody_called_like_a_total_is_not_left_out(bring_in: Import) -> None:
    answer = bring_in(_given("MH01", "Cộng", "Tiền mặt", "", 5, "", "01/05/2024"))
    assert answer.accepted["contribution"] == 1


def test_columns_may_stand_in_any_order(bring_in: Import, book: Book) -> None:
    bring_in({"Mô hình": [MODEL_HEAD[::-1], MODEL[1][::-1]]})
    assert _only(book, "model")["title"] == "Tuyến phố xanh"


def _raw(folder: Path, cell: str) -> Path:
    """A workbook of one contribution whose quantity is the given XML."""
    row = ["P01", "Bà Lan", "Tiền mặt"]
    heads = ["Mã đơn vị", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày"]
    text = '<c t="inlineStr"><is><t>{}</t></is></c>'
    lines = "".join(text.format(one) for one in heads), "".join(text.format(one) for one in row)
    last = text.format("01/05/2024")
    file = folder / "raw.xlsx"
    file.write_bytes(
        packed(parts(f"<sheetData><row>{lines[0]}</row><row>{lines[1]}{cell}{last}</row></sheetData>"))
    )
    return file


def test_the_saved_result_of_a_formula_is_its_value(tmp_path: Path, bring_in: Import, book: Book) -> None:
    assert bring_in(_raw(tmp_path, "<c><f>250*2000</f><v>500000</v></c>")).landed
    assert _only(book, "contribution")["amount_vnd"] == 500_000


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="e"><f>A9</f><v>#REF!</v></c>', "#REF!"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ("<c><f>A1*2</f></c>", ""),
        ("<c><f>A1*2</f><v></v></c>", ""),
    ],
)
def test_a_formula_without_a_result_is_refused(
    tmp_path: Path, bring_in: Import, cell: str, value: str
) -> None:
    (told,) = bring_in(_raw(tmp_path, cell)).refused
    assert (told.row, told.column, told.value) == (2, "Số lượng", value)


def test_text_that_begins_like_a_formula_stays_text(bring_in: Import, book: Book) -> None:
    bring_in(_given("MH01", "=1+1", "Tiền mặt", "", 5, "", "01/05/2024"))
    assert _only(book, "contribution")["contributor"] == "=1+1"


def test_refused_rows_are_told_in_the_order_of_the_file(bring_in: Import) -> None:
    rows: Rows = [
        GIVEN_HEAD,
        ["MH09", "Bà Lan", "Ngày công", "", 1, "", "01/05/2024"],
        ["MH01", "Bà Lan", "Ngày công", "", "1.5", "", "01/05/2024"],
        ["MH09", "Bà Hoa", "Ngày công", "", 1, "", "01/05/2024"],
    ]
    assert [one.row for one in bring_in({"Mô hình": MODEL, "Đóng góp": rows}).refused] == [2, 3, 4]
