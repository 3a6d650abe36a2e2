"""Units: codes, superiors in any order, kinds, moves, successions, circles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from db import Book, Value
from forms.spreadsheets import ImportResult
from tests.forms.spreadsheets.conftest import Import
from tests.support.workbooks import Cell, Rows

HEAD: list[Cell] = [
    "Mã đơn vị",
    "Tên đơn vị",
    "Loại đơn vị",
    "Mã đơn vị cấp trên",
    "Từ ngày",
    "Đến ngày",
    "Thay cho",
]


def _units(*rows: Sequence[Cell]) -> dict[str, Rows]:
    return {"Đơn vị": [HEAD, *rows]}


def _codes(book: Book) -> dict[str, str]:
    return {str(unit["code"]): unit.id for unit in book.find("org_unit")}


def _unit(book: Book, code: str) -> dict[str, Value]:
    (unit,) = book.find("org_unit", {"code": code})
    return dict(unit.values)


def _superiors(book: Book) -> list[tuple[Value, Value, Value, Value]]:
    names = {unit: code for code, unit in _codes(book).items()}
    rows = book.find("unit_parent")
    return sorted(
        (names[str(r["unit"])], names[str(r["parent"])], r["valid_from"] or "", r["valid_to"] or "")
        for r in rows
    )


def _successions(book: Book) -> list[tuple[str, str, Value, Value]]:
    names = {unit: code for code, unit in _codes(book).items()}
    rows = book.find("unit_succession")
    return sorted(
        (names[str(r["old_unit"])], names[str(r["new_unit"])], r["on_date"], r["kind"]) for r in rows
    )


def _refused(answer: ImportResult) -> list[tuple[int | None, str]]:
    return [(one.row, one.column) for one in answer.refused]


def test_a_unit_without_a_superior_hangs_under_the_own_one(bring_in: Import, book: Book) -> None:
    bring_in(_units(["T1", "Tổ 1", "Tổ dân phố"]))
    assert _superiors(book) == [("T1", "P01", "", "")]


def test_superiors_may_come_later_in_the_file(bring_in: Import, book: Book) -> None:
    bring_in(_units(["T1", "Tổ 1", "Tổ dân phố", "K1"], ["K1", "Khu 1", "Khu phố", "P01"]))
    assert _superiors(book) == [("K1", "P01", "", ""), ("T1", "K1", "", "")]


def test_codes_are_compared_without_case_and_kinds_of_dashes(bring_in: Import, book: Book) -> None:
    bring_in(_units(["K–1", "Khu 1", "Khu phố", "p01"], ["T1", "Tổ 1", "Tổ dân phố", "k-1"]))
    assert _superiors(book) == [("K–1", "P01", "", ""), ("T1", "K–1", "", "")]


def test_the_local_word_for_a_kind_is_kept(bring_in: Import, book: Book) -> None:
    bring_in(_units(["T1", "Thôn 1", "thôn"]))
    assert (_unit(book, "T1")["kind"], _unit(book, "T1")["kind_words"]) == ("residential_group", "Thôn")


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["X", "TP. Thuận An", "Thành phố", "BD"], ["BD", "Tỉnh Bình Dương", "Tỉnh", ""]], "district"),
        ([["HCM", "TP. Hồ Chí Minh", "Thành phố", ""], ["X", "TP. Thủ Đức", "Thành phố", "HCM"]], "district"),
        ([["X", "TP. Huế", "Thành phố", ""]], "city"),
        ([["X", "Huyện A", "Huyện", ""]], "district"),
        ([["X", "Đặc khu A", "Đặc khu", ""]], "ward"),
    ],
)
def test_a_city_under_a_province_or_city_is_a_district(
    bring_in: Import, book: Book, rows: list[list[Cell]], kind: str
) -> None:
    bring_in(_units(*rows))
    assert _unit(book, "X")["kind"] == kind


def test_units_over_the_own_one_do_not_hang_under_it(bring_in: Import, book: Book) -> None:
    bring_in(
        _units(
            ["HN", "Hà Nội", "Thành phố", ""],
            ["BD", "Ba Đình", "Quận", "HN"],
            ["P01", "Phường", "Phường", "BD"],
        )
    )
    assert _superiors(book) == [("BD", "HN", "", ""), ("P01", "BD", "", "")]


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([["T1", "Tổ 1", "", "K9"]], [(2, "Mã đơn vị cấp trên")]),
        ([["T1", "Tổ 1", "", "T1"]], [(2, "Mã đơn vị cấp trên")]),
        ([["T1", "Tổ 1", "", "", "", "", "T1"]], [(2, "Thay cho")]),
        ([["T1", "Tổ 1", "", "", "", "", "T8; T9"]], [(2, "Thay cho")]),
        ([["A", "A", "", "B"], ["B", "B", "", "A"]], [(2, "Mã đơn vị cấp trên"), (3, "Mã đơn vị cấp trên")]),
        ([["T1", "Tổ 1", "", "", "02/01/2024", "01/01/2024"]], [(2, "Đến ngày")]),
        ([["T1", "Tổ 1"], ["T1", "Tổ một"]], [(3, "Mã đơn vị")]),
        ([["", "Tổ 1"]], [(2, "Mã đơn vị")]),
        ([["T1", ""]], [(2, "Tên đơn vị")]),
        ([["T1", "Tổ 1", "Làng xã"]], [(2, "Loại đơn vị")]),
    ],
)
def test_a_unit_that_cannot_be_is_refused(
    bring_in: Import, rows: list[list[Cell]], refused: list[tuple[int, str]]
) -> None:
    assert _refused(bring_in(_units(*rows))) == refused


def test_what_needs_a_refused_unit_is_refused_too(bring_in: Import) -> None:
    sheets = {
        **_units(["K1", "", "", ""], ["T1", "Tổ 1", "", "K1"]),
        "Mô hình": [
            ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Mã đơn vị"],
            ["M1", "Mô hình", 2024, "Kinh tế", "Tập thể", "T1"],
        ],
        "Giám sát": [["Mã mô hình", "Ngày"], ["M1", "01/05/2024"]],
    }
    answer = bring_in(sheets, accept_good=True)
    assert [(one.sheet, one.column) for one in answer.refused] == [
        ("Đơn vị", "Tên đơn vị"),
        ("Đơn vị", "Mã đơn vị cấp trên"),
        ("Mô hình", "Mã đơn vị"),
        ("Giám sát", "Mã mô hình"),
    ]
    assert not any("No unit" in one.reason for one in answer.refused)


def test_the_same_row_twice_is_one_unit(bring_in: Import, book: Book) -> None:
    answer = bring_in(_units(["T1", "Tổ 1"], ["T1", "Tổ 1"]))
    assert (answer.landed, book.count("org_unit"), [one.code for one in answer.warnings]) == (
        True,
        2,
        ["repeated"],
    )


def test_two_units_of_one_name_and_superior_are_warned_of(bring_in: Import) -> None:
    answer = bring_in(_units(["T1", "Tổ dân phố số 1"], ["TDP1", "Tổ dân phố số  1"]))
    assert [(one.code, one.row) for one in answer.warnings] == [("nearly_equal", 3)]


# --- the same unit again ---------------------------------------------------------------------------------


def test_a_new_name_updates_the_unit(bring_in: Import, book: Book) -> None:
    bring_in(_units(["T1", "Tổ 1"]))
    assert bring_in(_units(["T1", "Tổ dân phố số 1"])).updated == {"org_unit": 1}
    assert _unit(book, "T1")["name"] == "Tổ dân phố số 1"


def test_an_empty_cell_takes_nothing_away(bring_in: Import, book: Book) -> None:
    bring_in(_units(["T1", "Tổ 1", "Tổ dân phố", "", "01/01/2020"]))
    assert bring_in(_units(["T1", "Tổ 1"])).unchanged == {"org_unit": 1}
    assert _unit(book, "T1")["valid_from"] == "2020-01-01"


def test_a_superior_given_later_corrects_the_place(bring_in: Import, book: Book) -> None:
    bring_in(_units(["T1", "Tổ 1"], ["K1", "Khu 1"]))
    bring_in(_units(["T1", "Tổ 1", "", "K1"]))
    assert _superiors(book) == [("K1", "P01", "", ""), ("T1", "K1", "", "")]


def test_another_superior_from_a_later_day_is_a_move(bring_in: Import, book: Book) -> None:
    bring_in(_units(["K1", "Khu 1"], ["K2", "Khu 2"], ["T1", "Tổ 1", "", "K1", "01/01/2015"]))
    move = _units(["T1", "Tổ 1", "", "K2", "01/07/2025"])
    bring_in(move)
    moved = [("T1", "K1", "", "2025-06-30"), ("T1", "K2", "2025-07-01", "")]
    assert [row for row in _superiors(book) if row[0] == "T1"] == moved
    assert _unit(book, "T1")["valid_from"] == "2015-01-01"
    assert bring_in(move).unchanged == {"org_unit": 1}


def test_a_unit_may_stand_in_several_rows_that_follow_each_other(bring_in: Import, book: Book) -> None:
    rows = _units(
        ["K1", "Khu 1"],
        ["K2", "Khu 2"],
        ["T1", "Tổ 1", "", "K1", "", "30/06/2025"],
        ["T1", "Tổ 1", "", "K2", "01/07/2025", ""],
    )
    bring_in(rows)
    assert [row for row in _superiors(book) if row[0] == "T1"] == [
        ("T1", "K1", "", "2025-06-30"),
        ("T1", "K2", "2025-07-01", ""),
    ]
    assert (_unit(book, "T1")["valid_from"], _unit(book, "T1")["valid_to"]) == (None, None)
    assert bring_in(rows).unchanged == {"org_unit": 3}


def test_a_unit_in_the_bin_is_not_brought_back(bring_in: Import, book: Book) -> None:
    rows = _units(["T1", "Tổ 1"])
    bring_in(rows)
    with book.writing("an") as write:
        write.remove("org_unit", _codes(book)["T1"])
    answer = bring_in(rows)
    assert (answer.unchanged, [one.code for one in answer.warnings]) == ({"org_unit": 1}, ["in_bin"])
    assert "T1" not in _codes(book)


# --- successions -----------------------------------------------------------------------------------------


def test_a_merged_unit_replaces_several(bring_in: Import, book: Book) -> None:
    rows = _units(
        ["C", "Tổ mới", "", "", "01/07/2025", "", "A, B"],
        ["A", "Tổ A", "", "", "", "30/06/2025"],
        ["B", "Tổ B", "", "", "", "30/06/2025"],
    )
    bring_in(rows)
    assert _successions(book) == [("A", "C", "2025-07-01", "merged"), ("B", "C", "2025-07-01", "merged")]
    assert bring_in(rows).unchanged == {"org_unit": 3}


def test_a_divided_unit_has_several_successors(bring_in: Import, book: Book) -> None:
    bring_in(_units(["A", "Tổ A"]))
    bring_in(_units(["B", "B", "", "", "01/07/2025", "", "A"], ["C", "C", "", "", "01/07/2025", "", "A"]))
    assert [row[3] for row in _successions(book)] == ["divided", "divided"]


def test_a_unit_that_was_replaced_ended_the_day_before(bring_in: Import, book: Book) -> None:
    bring_in(_units(["A", "Tổ A"]))
    bring_in(_units(["B", "Tổ B", "", "", "01/07/2025", "", "A"]))
    assert _unit(book, "A")["valid_to"] == "2025-06-30"


def test_a_stated_end_of_a_replaced_unit_stands(bring_in: Import, book: Book) -> None:
    rows = _units(["A", "Tổ A", "", "", "", "31/03/2025"], ["B", "Tổ B", "", "", "01/07/2025", "", "A"])
    bring_in(rows)
    assert _unit(book, "A")["valid_to"] == "2025-03-31"


def test_a_succession_without_a_day_follows_the_end_of_the_old_unit(bring_in: Import, book: Book) -> None:
    bring_in(_units(["A", "Tổ A", "", "", "", "30/06/2025"], ["B", "Tổ B", "", "", "", "", "A"]))
    assert _successions(book) == [("A", "B", "2025-07-01", "replaced")]


def test_successors_with_and_without_a_day_come_in_twice_alike(bring_in: Import, book: Book) -> None:
    rows = _units(["A", "A"], ["B", "B", "", "", "", "", "A"], ["C", "C", "", "", "01/05/2024", "", "A"])
    bring_in(rows)
    assert [row[2] for row in _successions(book)] == ["2024-05-01", "2024-05-01"]
    assert bring_in(rows).unchanged == {"org_unit": 3}
