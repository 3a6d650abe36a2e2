"""Rows that are no records are left out and told; a record with a fault is never taken for one."""

from __future__ import annotations

import pytest

from db import Book
from tests.forms.spreadsheets.conftest import Import
from tests.support.workbooks import Cell

MODEL_HEAD: list[Cell] = ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"]
MODEL: list[list[Cell]] = [MODEL_HEAD, ["MH01", "Tuyến phố xanh", 2024, "Kinh tế", "Tập thể"]]


@pytest.mark.parametrize(
    "labels",
    [
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, 2, 3, 4, 5],
        ["1", "2", "3", "4", "5"],
        ["A", "B", 1, 2, 3],
        ["A", "B", "C", "D", "E"],
        ["(A)", "(B)", "(1)", "(2)", "(3)=(1)+(2)"],
        [None, 1, 2, 3, "4=2+3"],
        [-1, -2, -3, -4, -5],
        [1, 2, None, 4, 5],
    ],
)
@pytest.mark.parametrize("between", [[], [[]]])
def test_a_row_of_column_numbers_is_left_out(
    bring_in: Import, labels: list[Cell], between: list[list[Cell]]
) -> None:
    answer = bring_in({"Mô hình": [MODEL_HEAD, *between, labels, MODEL[1]]})
    assert (answer.accepted["model"], [one.code for one in answer.warnings]) == (1, ["column_numbers"])


@pytest.mark.parametrize("row", [[1, 3, 2, 4, 5], ["A", "C", 1, 2, 3], [1, 2], ["MH01", 2, 3, 4, 5]])
def test_a_row_that_does_not_number_the_columns_in_order_is_refused(
    bring_in: Import, row: list[Cell]
) -> None:
    assert {one.row for one in bring_in({"Mô hình": [MODEL_HEAD, row, MODEL[1]]}).refused} == {2}


def test_only_the_first_row_numbers_the_columns(bring_in: Import) -> None:
    answer = bring_in({"Mô hình": [MODEL_HEAD, MODEL[1], [1, 2, 3, 4, 5]]})
    assert {one.row for one in answer.refused} == {3}


@pytest.mark.parametrize(
    "row",
    [
        ["Tổng cộng"],
        ["Tổng cộng: 1"],
        ["Tổng cộng", 1],
        ["Tổng cộng", "1 mô hình"],
        [None, "Tổng cộng"],
        [None, "Cộng", 1],
        ["2", "TỔNG SỐ", None, 1],
        [2, "Tổng cộng: 12 mô hình", 1],
        [None, "Tổng cộng (12 mô hình)", "", "", 12],
        [None, None, "Tổng số:", 1],
        [None, None, None, "Tổng cộng"],
    ],
)
def test_a_total_may_stand_in_any_of_the_first_columns(bring_in: Import, row: list[Cell]) -> None:
    answer = bring_in({"Mô hình": [*MODEL, row]})
    assert (answer.landed, [one.code for one in answer.warnings]) == (True, ["total_row"])


def test_a_total_may_stand_under_a_column_that_is_not_known(bring_in: Import) -> None:
    rows = [["STT", *MODEL_HEAD], [1, *MODEL[1]], ["II", None, "Tổng cộng", 1], ["Cộng", None, None, 1]]
    answer = bring_in({"Mô hình": rows})
    assert [one.code for one in answer.warnings if one.row != 1] == ["total_row", "total_row"]


@pytest.mark.parametrize(
    "row",
    [
        ["", "Tổng vệ sinh ngày thứ bảy", 2024, "Kinh tế", "Tập thể"],
        ["", "Tổng vệ sinh", 2024, "", ""],
        ["", "Cộng", 2024, "Kinh tế", "Tập thể"],
        ["", "Tổng cộng", 2024, "", "Tập thể"],
        ["MH02", "Tổng cộng", 2024, "", ""],
        ["MH02", "Cộng đồng đọc sách", 2024, "", ""],
        ["", "Cộng đồng", 1, "", ""],
    ],
)
def test_a_record_with_a_fault_is_not_taken_for_a_total(bring_in: Import, row: list[Cell]) -> None:
    assert {one.row for one in bring_in({"Mô hình": [*MODEL, row]}).refused} == {3}


@pytest.mark.parametrize("end", [[], [None, "Tổng cộng", 1]])
@pytest.mark.parametrize(
    "rows",
    [
        [["", "NGƯỜI LẬP BIỂU"]],
        [
            ["Người lập", "", "", "", "CHỦ TỊCH"],
            ["(Ký, ghi rõ họ tên)"],
            [],
            ["Lê Thị Bình", "", "", "Trần Văn An"],
        ],
        [["", "", "", "Hà Nội, ngày 05 tháng 11 năm 2024"], ["NGƯỜI LẬP BIỂU", "CHỦ TỊCH"]],
        [["Ngày … tháng … năm …"], ["Kế toán", "Chủ tịch"]],
        [["", "TM. ỦY BAN NHÂN DÂN"], ["", "KT. CHỦ TỊCH"], ["", "PHÓ CHỦ TỊCH"], [], ["", "Trần Văn An"]],
    ],
)
def test_signatures_below_a_table_are_left_out(
    bring_in: Import, end: list[Cell], rows: list[list[Cell]]
) -> None:
    answer = bring_in({"Mô hình": [*MODEL, end, *rows]})
    told = {one.code for one in answer.warnings} - {"total_row"}
    assert (answer.refused, told) == ((), {"signature_row"})


@pytest.mark.parametrize(
    "rows",
    [
        [["", "NGƯỜI LẬP BIỂU"]],
        [[], ["", "Lê Thị Bình"]],
        [[], ["", "Người lập biểu mẫu khéo"]],
        [[], ["MH02", "Ngày 5 tháng 5 năm 2024"]],
        [[], ["", "NGƯỜI LẬP BIỂU", 2024, "Kinh tế"]],
        [[], ["", "NGƯỜI LẬP BIỂU", "", "Kinh tế"]],
        [[], ["", "Người lập"], ["MH02", "Vườn rau sạch"]],
        [[], ["", "Người lập"], ["", "Tổ 5 giữ phố sạch"]],
        [[], ["", "Người lập"], MODEL[1], ["", "Lê Thị Bình"]],
    ],
)
def test_a_row_that_may_be_a_record_is_no_signature(bring_in: Import, rows: list[list[Cell]]) -> None:
    answer = bring_in({"Mô hình": [*MODEL, *rows]})
    assert {one.row for one in answer.refused} == {2 + len(rows)}


@pytest.mark.parametrize("row", [["Tổng cộng", 5], ["Tổng cộng:", "5 đơn vị"], ["Cộng", "Cộng"]])
def test_a_total_makes_no_unit(bring_in: Import, book: Book, row: list[Cell]) -> None:
    bring_in({"Đơn vị": [["Mã đơn vị", "Tên đơn vị"], ["T1", "Tổ dân phố 1"], row]})
    assert sorted(str(unit["code"]) for unit in book.find("org_unit")) == ["P01", "T1"]


def test_signatures_make_no_unit(bring_in: Import, book: Book) -> None:
    signed: list[list[Cell]] = [[], ["NGƯỜI LẬP BIỂU", "CHỦ TỊCH"]]
    bring_in({"Đơn vị": [["Mã đơn vị", "Tên đơn vị"], ["T1", "Tổ dân phố 1"], *signed]})
    assert sorted(str(unit["code"]) for unit in book.find("org_unit")) == ["P01", "T1"]


def test_a_unit_may_have_the_name_of_a_total(bring_in: Import, book: Book) -> None:
    bring_in({"Đơn vị": [["Mã đơn vị", "Tên đơn vị"], ["T1", "Cộng"]]})
    assert sorted(str(unit["code"]) for unit in book.find("org_unit")) == ["P01", "T1"]


def test_a_total_is_no_member(bring_in: Import) -> None:
    members: list[list[Cell]] = [["Mã mô hình", "Họ và tên"], ["MH01", "Lê Thị Bình"], ["Tổng cộng", 1]]
    assert bring_in({"Mô hình": MODEL, "Thành viên": members}).landed
