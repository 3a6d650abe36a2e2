"""The sheets are those of the interface, and their headings are found however they are spelled."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from db import RECORD_TYPES, Field, Kind
from db.choices import list_names
from forms.spreadsheets import layout
from forms.spreadsheets.headings import find_heading_row
from forms.spreadsheets.layout import (
    ALL_SHEETS,
    CONTRIBUTIONS,
    MODELS,
    SHEETS,
    SheetLayout,
    heading_key,
    sheet_called,
)

# The table of interfaces.md §2; * = required
INTERFACE = {
    "Đơn vị": "Mã đơn vị*, Tên đơn vị*, Loại đơn vị, Mã đơn vị cấp trên, Từ ngày, Đến ngày, Thay cho",
    "Mô hình": (
        "Mã mô hình*, Tên mô hình*, Năm*, Lĩnh vực*, Tập thể/Cá nhân*, Đơn vị/cá nhân đăng ký, Mã đơn vị, "
        "Cấp đăng ký, Hình thức, Nhân rộng từ, Tuyến báo cáo, Ngày đăng ký, Địa chỉ, Đối tượng, Thực trạng, "
        "Mục tiêu, Cách làm, Lực lượng, Nguồn lực dự kiến, Sản phẩm, Khả năng duy trì, Căn cứ, "
        "Chương trình gắn kết, Công trình (x), Người phụ trách, Điện thoại, Từ ngày, Đến ngày, Số hộ, Số "
        "người, Trạng thái, Ghi chú"
    ),
    "Thành viên": "Mã mô hình*, Họ và tên*, Năm sinh, Giới tính, Vai trò, Địa chỉ, Điện thoại",
    "Hoạt động": (
        "Mã mô hình, Mã đơn vị, Loại*, Ngày*, Đến ngày, Nội dung, Địa điểm, Số người dự, Tổng số hộ, Số hộ "
        "dự, Đồng ý, Không đồng ý, Ý kiến khác"
    ),
    "Đóng góp": (
        "Mã mô hình, Mã đơn vị, Người/đơn vị đóng góp*, Loại người đóng góp, Hình thức*, Tên hiện vật, Số "
        "lượng*, Đơn vị tính, Quy đổi (đồng), Ngày, Số phiếu thu, Ghi chú"
    ),
    "Kết quả": "Mã mô hình, Mã đơn vị, Nội dung*, Số lượng*, Đơn vị tính*, Ngày",
    "Khen thưởng": (
        "Mã mô hình, Mã đơn vị, Người/tập thể nhận*, Tập thể/Cá nhân/Mô hình*, Hình thức khen*, Cấp, "
        "Cơ quan khen, Đề nghị/Được tặng*, Số quyết định, Ngày, Căn cứ, Dịp"
    ),
    "Giám sát": (
        "Mã mô hình, Mã đơn vị, Ngày*, Đơn vị giám sát, Phát hiện, Yêu cầu, Thời hạn, Ngày khắc phục"
    ),
    "Số liệu đơn vị": "Mã đơn vị*, Tính đến ngày*, Nội dung*, Giá trị*, Đơn vị tính",
    "Số liệu báo cáo": (
        "Mã đơn vị*, Từ ngày*, Đến ngày*, Tính đến ngày, Chỉ tiêu*, Lĩnh vực, Tập thể/Cá nhân, Cấp, "
        "Tuyến báo cáo, Hình thức khen, Đề nghị/Được tặng, Mức, Giá trị*, Đơn vị tính, Nguồn"
    ),
}


def _headings(sheet: SheetLayout) -> set[str]:
    stars = {False: "", True: "*"}
    return {f"{column.heading}{stars[column.required]}" for column in sheet.columns}


def test_the_sheets_are_those_of_the_interface() -> None:
    assert [sheet.title for sheet in SHEETS] == list(INTERFACE)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_the_columns_are_those_of_the_interface(sheet: SheetLayout) -> None:
    assert {*INTERFACE[sheet.title].split(", "), "Mã dòng"} <= _headings(sheet)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_what_is_added_to_the_interface_is_optional(sheet: SheetLayout) -> None:
    added = _headings(sheet) - {*INTERFACE[sheet.title].split(", ")}
    assert not any(heading.endswith("*") for heading in added)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_no_two_columns_of_a_sheet_answer_to_one_heading(sheet: SheetLayout) -> None:
    headings = [text for column in sheet.columns for text in (column.heading, *column.also)]
    assert len({heading_key(text) for text in headings}) == len(headings)


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=[sheet.title for sheet in ALL_SHEETS])
def test_no_declared_heading_is_lost_because_another_field_has_it(sheet: SheetLayout) -> None:
    names = {column.name for column in sheet.columns}
    owners = {sheet.type, *(name.rpartition(".")[0] or sheet.type for name in names)}
    lost = {
        f"{owner}.{each.name}"
        for owner in owners
        for each in RECORD_TYPES[owner].fields
        if each.column and not {each.name, f"{owner}.{each.name}"} & names
    }
    # A row of "Mô hình" is the model of its registration
    assert lost <= {"registration.model"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_list_a_column_names_is_there(sheet: SheetLayout) -> None:
    assert {column.choices for column in sheet.columns if column.choices} <= set(list_names())


@pytest.mark.parametrize(
    "written",
    [
        "ĐÓNG GÓP",
        "dong gop",
        "  Đóng  góp ",
        "Dong_Gop",
        unicodedata.normalize("NFD", "Đóng góp"),
        "Đóng góp (2024)",
        "Đóng\u00a0góp",
    ],
)
def test_a_sheet_is_found_however_its_name_is_spelled(written: str) -> None:
    assert sheet_called(written) is CONTRIBUTIONS


def test_another_name_is_no_sheet_of_ours() -> None:
    assert sheet_called("Trang tính1") is None


@pytest.mark.parametrize(
    "written",
    [
        "Hình thức (Mới/Duy trì/Nhân rộng)",
        "HÌNH THỨC",
        "hinh thuc*",
        "Hình thức:",
        "Hình\nthức",
        unicodedata.normalize("NFD", "Hình thức"),
    ],
)
def test_a_heading_is_found_however_it_is_spelled(written: str) -> None:
    found = find_heading_row([["Mã mô hình", written]], MODELS)
    assert found.places == {"model.code": 0, "registration.kind": 1}


def test_headings_are_found_below_titles() -> None:
    rows = [
        ["UBND PHƯỜNG THỬ NGHIỆM"],
        [],
        ["DANH SÁCH MÔ HÌNH"],
        ["STT", "Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"],
        ["1", "MH01", "Tên mô hình", "2024", "Kinh tế", "Tập thể"],
    ]
    assert find_heading_row(rows, MODELS).number == 4


def test_headings_in_two_rows_are_one_heading() -> None:
    rows: list[list[str | None]] = [
        ["STT", "Mã mô hình", "Thông tin mô hình", None, "Phân loại", "", "Ghi chú"],
        ["", "", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", ""],
        ["1", "MH01", "Thắp sáng ngõ xóm", "2024", "Kinh tế", "Tập thể", ""],
    ]
    found = find_heading_row(rows, MODELS)
    assert (found.number, found.missing, found.unknown) == (2, (), (("STT", 0),))
    assert (found.places["model.code"], found.places["registration.year"]) == (1, 3)


def test_a_record_whose_words_are_a_heading_is_no_second_row_of_headings() -> None:
    rows = [
        ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", ""],
        ["MH01", "Ghi chú", "2024", "Kinh tế", "Tập thể", "Ghi chú"],
    ]
    assert find_heading_row(rows, MODELS).number == 1


def test_a_sheet_without_headings_lacks_all_required_ones() -> None:
    assert find_heading_row([["a"], ["b"]], MODELS).missing == MODELS.required


def test_unknown_headings_are_told_with_their_place() -> None:
    assert find_heading_row([["STT", "Mã mô hình", "Xếp loại"]], MODELS).unknown == (
        ("STT", 0),
        ("Xếp loại", 2),
    )


def test_a_field_that_is_declared_has_its_column_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = RECORD_TYPES["contribution"]
    made_up = Field("witness", Kind.TEXT, "Witness", "Người chứng kiến")
    with_one_more = replace(declared, fields=(*declared.fields, made_up))
    monkeypatch.setitem(RECORD_TYPES, "contribution", with_one_more)
    rebuilt = layout._sheet("Đóng góp", "contribution", "model unit contributor!")  # noqa: SLF001 - as at start
    assert rebuilt.by_key[heading_key("Người chứng kiến")].name == "witness"


def test_every_declared_sheet_but_photos_and_papers_can_be_imported() -> None:
    declared = {each.sheet for each in RECORD_TYPES.values() if each.sheet}
    assert declared - {sheet.title for sheet in ALL_SHEETS} == {"Ảnh"}
