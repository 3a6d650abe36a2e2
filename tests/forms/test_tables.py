"""Tables of a paper: columns add up, what stands in no cell closes them, the office chooses the columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.paper_data import PaperData
from forms.paper_kinds import kind
from forms.tables import TABLES, TableSpec, UnknownColumnError, read_spec
from forms.tables.spec import ColumnSpec
from forms.tree import Row, Table
from tests.support import paper_cases
from tests.support.paper_cases import FIELDS, SUBJECTS, figures, recognition, total

NO_DATA = "chưa có số liệu"
KIND = kind("result_report")


def _table(name: str, data: PaperData, spec: TableSpec | None = None) -> Table:
    found = TABLES[name](data, spec or KIND.tables[name])
    assert found is not None
    return found


def _with(**models: Any) -> PaperData:
    found = figures("năm 2024", "2024-01-01", "2024-12-31", models=models)
    return replace(paper_cases.ba_dinh(), figures=found, compared=None)


def _cells(values: dict[tuple[str, str], int | None]) -> list[dict[str, Any]]:
    return [
        {"field": f, "subject": s, "value": values.get((f, s)), "sources": 1}
        for f in FIELDS
        for s in SUBJECTS
    ]


def _row(table: Table, title: str) -> Row:
    return next(row for row in table.rows if title in row.cells)


# --- field × subject ---


_COUNTED = (ColumnSpec("index", "TT"), ColumnSpec("unit", "Đơn vị"), ColumnSpec("registered", "Tổng số"))


def test_the_matrix_is_closed_by_what_stands_in_no_cell() -> None:
    table = _table("registrations_by_field", paper_cases.ba_dinh())
    assert [row.cells for row in table.rows[-2:]] == [
        ("Chưa phân bổ", "", "452", "173", "625"),
        ("Tổng cộng", "", "452", "173", "625"),
    ]


def test_a_matrix_without_a_rest_has_no_such_line() -> None:
    table = _table("registrations_by_field", paper_cases.ward())
    assert [row.kind for row in table.rows] == ["body"] * 4 + ["total"]


def test_unknown_cells_are_said_to_be_unknown() -> None:
    table = _table("registrations_by_field", paper_cases.bac_tu_liem())
    assert _row(table, "Kinh tế").cells == ("1", "Kinh tế", NO_DATA, NO_DATA, NO_DATA)


def test_a_rest_whose_subjects_are_unknown_says_so() -> None:
    table = _table("registrations_by_field", paper_cases.bac_tu_liem())
    assert _row(table, "Chưa phân bổ").cells[2:] == (NO_DATA, NO_DATA, "6.977")


def test_a_subject_left_out_of_a_full_rest_has_none_in_it() -> None:
    rest = {"total": 5, "by_subject": {"collective": 5}, "by_field": {}}
    table = _table("registrations_by_field", _with(registered=5, unallocated=rest))
    assert _row(table, "Chưa phân bổ").cells[2:] == ("5", "0", "5")


def test_fields_stated_beyond_their_cells_get_a_column_of_their_own() -> None:
    rest = {"total": 5, "by_subject": {}, "by_field": {"economy": 5}}
    cells = _cells({("economy", "collective"): 10, ("economy", "individual"): 5})
    by_field = {**dict.fromkeys(FIELDS, 0), "economy": 20}
    table = _table(
        "registrations_by_field", _with(registered=20, unallocated=rest, matrix=cells, by_field=by_field)
    )
    assert (_row(table, "Kinh tế").cells, table.head[0][-1].text) == (
        ("1", "Kinh tế", "10", "5", "15", "20"),
        "Tổng số của lĩnh vực",
    )


def test_two_breakdowns_of_the_same_models_stand_side_by_side() -> None:
    by_field = dict(zip(FIELDS, (200, 250, 75, 100), strict=True))
    by_subject = {"collective": 452, "individual": 173}
    rest = {"total": 625, "by_subject": by_subject, "by_field": by_field}
    table = _table(
        "registrations_by_field",
        _with(registered=625, unallocated=rest, by_field=by_field, by_subject=by_subject),
    )
    assert [row.cells[-2:] for row in table.rows] == [
        (NO_DATA, "200"), (NO_DATA, "250"), (NO_DATA, "75"), (NO_DATA, "100"), ("625", "0"), ("625", "625"),
    ]  # fmt: skip


def _number(cell: str) -> int:
    return 0 if cell == NO_DATA else int(cell.replace(".", ""))


@given(st.lists(st.one_of(st.none(), st.integers(0, 5000)), min_size=8, max_size=8), st.integers(0, 5000))
def test_the_column_of_sums_always_adds_up(values: list[int | None], rest: int) -> None:
    pairs = [(field, subject) for field in FIELDS for subject in SUBJECTS]
    known = sum(value or 0 for value in values)
    table = _table(
        "registrations_by_field",
        _with(
            registered=known + rest,
            matrix=_cells(dict(zip(pairs, values, strict=True))),
            unallocated={"total": rest, "by_subject": {}, "by_field": {}},
        ),
    )
    *parts, whole = (_number(row.cells[4]) for row in table.rows)
    assert sum(parts) == whole


# --- by unit ---


def _unit(name: str, registered: int | None, **models: Any) -> dict[str, Any]:
    found = figures("năm 2024", "2024-01-01", "2024-12-31", registered=registered, models=models)
    return {"unit": name, "name": name, "figures": found}


def test_units_are_followed_by_what_stands_in_none_and_by_the_whole() -> None:
    data = replace(paper_cases.ba_dinh(), by_unit=(_unit("Phường A", 400), _unit("Phường B", 100)))
    table = _table("counts_by_unit", data)
    assert [row.cells[:3] for row in table.rows] == [
        ("1", "Phường A", "400"),
        ("2", "Phường B", "100"),
        ("Chưa phân bổ", "", "125"),
        ("TỔNG CỘNG", "", "625"),
    ]


def test_what_is_not_known_of_a_unit_is_a_dash_that_is_explained() -> None:
    known = figures("a", "2024-01-01", "2024-12-31", registered=5)
    data = replace(paper_cases.ba_dinh(), by_unit=({"unit": "P1", "name": "Phường A", "figures": known},))
    spec = TableSpec("counts_by_unit", (*_COUNTED, ColumnSpec("new", "Mới")))
    table = _table("counts_by_unit", data, spec)
    assert (table.rows[0].cells, table.note) == (
        ("1", "Phường A", "5", "–"),
        "Dấu “–”: chưa có số liệu.",
    )


def _by_unit(**models: Any) -> Table:
    """The table of units as it is shipped, with one unit of which this is known."""
    known = figures("a", "2024-01-01", "2024-12-31", models={"registered": 5, "unallocated": {}, **models})
    unit = {"unit": "P1", "name": "Phường A", "figures": known}
    whole = replace(paper_cases.ba_dinh(), figures=known, by_unit=(unit,))
    return _table("counts_by_unit", whole)


def _groups(table: Table) -> list[str]:
    return [cell.text for row in table.head for cell in row]


def test_a_field_that_is_not_divided_by_subject_shows_its_total() -> None:
    table = _by_unit(by_field={"economy": 5})
    assert _groups(table) == ["TT", "Đơn vị", "Tổng số", "Kinh tế", "Chưa phân bổ", "Cộng"]
    assert table.rows[0].cells == ("1", "Phường A", "5", "5", "0")


def test_a_field_whose_subjects_make_up_its_total_needs_no_column_for_it() -> None:
    cells = _cells({("economy", "collective"): 3, ("economy", "individual"): 2})
    table = _by_unit(by_field={"economy": 5}, matrix=cells)
    assert ("Cộng" in _groups(table), table.rows[0].cells[3:5]) == (False, ("3", "2"))


def test_a_field_with_more_than_its_subjects_has_both() -> None:
    cells = _cells({("economy", "collective"): 3})
    table = _by_unit(by_field={"economy": 5}, matrix=cells)
    assert table.rows[0].cells[3:5] == ("3", "5")


@pytest.mark.parametrize(("cells", "is_said"), [({("economy", "collective"): 3}, True), ({}, False)])
def test_the_short_headings_of_subjects_are_explained_where_they_stand(
    cells: dict[tuple[str, str], int | None], is_said: bool
) -> None:
    assert ("TT dưới tên lĩnh vực: tập thể" in _by_unit(matrix=_cells(cells)).note) is is_said


def test_units_of_which_nothing_is_known_are_named_below_and_have_no_line() -> None:
    nothing = figures("a", "2024-01-01", "2024-12-31")
    known = figures("a", "2024-01-01", "2024-12-31", registered=5)
    units = tuple(
        {"unit": name, "name": f"Phường {name}", "figures": found}
        for name, found in (("A", nothing), ("B", known), ("C", nothing))
    )
    data = replace(paper_cases.ba_dinh(), by_unit=units)
    table = _table("counts_by_unit", data, TableSpec("counts_by_unit", _COUNTED))
    assert [row.cells[:3] for row in table.rows if row.kind == "body"] == [("1", "Phường B", "5")]
    assert table.note == "Chưa có số liệu của 2 đơn vị: Phường A, Phường C."


def test_a_table_in_which_all_is_known_needs_no_note() -> None:
    known = figures("a", "2024-01-01", "2024-12-31", registered=5)
    data = replace(paper_cases.ba_dinh(), by_unit=({"unit": "A", "name": "Phường A", "figures": known},))
    assert _table("counts_by_unit", data, TableSpec("counts_by_unit", _COUNTED)).note == ""


def test_units_that_make_up_the_whole_leave_no_rest() -> None:
    data = replace(paper_cases.ba_dinh(), by_unit=(_unit("A", 400), _unit("B", 225)))
    rows = _table(
        "counts_by_unit", data, read_spec("x", {"columns": _columns("index", "unit", "registered")})
    ).rows
    assert [row.kind for row in rows] == ["body", "body", "total"]


def test_a_unit_with_everything_in_its_cells_has_nothing_unallocated() -> None:
    rest: dict[str, Any] = {"by_subject": {}, "by_field": {}}
    data = replace(paper_cases.ba_dinh(), by_unit=(_unit("A", 400, unallocated=rest),))
    spec = read_spec("x", {"columns": _columns("index", "unit", "unallocated")})
    assert _table("counts_by_unit", data, spec).rows[0].cells[2] == "0"


def _columns(*ids: str) -> list[dict[str, str]]:
    return [{"id": each, "title": each.upper()} for each in ids]


# --- comparison ---


def test_a_paper_without_comparison_has_no_such_table() -> None:
    assert TABLES["comparison"](paper_cases.bac_tu_liem(), KIND.tables["comparison"]) is None


def test_two_periods_stand_side_by_side_with_their_difference() -> None:
    table = _table("comparison", paper_cases.ba_dinh())
    assert [row.cells[1:] for row in table.rows] == [
        ("Mô hình đăng ký", "mô hình", "625", "882", "-257"),
        ("- Tập thể", "mô hình", "452", NO_DATA, NO_DATA),
        ("- Cá nhân", "mô hình", "173", NO_DATA, NO_DATA),
        ("Tiêu biểu (mô hình)", "mô hình", NO_DATA, "256", NO_DATA),
    ]


def test_both_periods_show_when_their_figures_were_closed() -> None:
    titles = [cell.text for cell in _table("comparison", paper_cases.ba_dinh()).head[0]]
    assert titles[3:5] == ["Kỳ này:\nnăm 2024\n(chốt 21/05/2024)", "Kỳ so sánh:\nnăm 2023\n(chốt 21/05/2024)"]


def test_a_difference_of_rough_figures_is_rough() -> None:
    stated = total("Mô hình đăng ký", 600, "2024-01-01", "2024-12-31", qualifier="more_than")
    now = figures("a", "2024-01-01", "2024-12-31", registered=600, reported=[stated])
    before = figures("b", "2023-01-01", "2023-12-31", registered=500)
    table = _table("comparison", replace(paper_cases.ba_dinh(), figures=now, compared=before))
    assert table.rows[0].cells[3:] == ("hơn 600", "500", "khoảng +100")


# --- lists ---


def test_registrations_are_grouped_by_unit_with_subtotals_that_count_the_crosses() -> None:
    data = replace(paper_cases.ward(), registrations=paper_cases.registrations(4, units=2))
    kinds = [row.kind for row in _table("registration_list", data).rows]
    assert kinds == ["group", "body", "body", "subtotal", "group", "body", "body", "subtotal", "total"]


def test_the_grand_total_counts_every_cross() -> None:
    spec = read_spec("x", {"columns": _columns("index", "title", "economy", "collective", "individual")})
    total_row = _table("registration_list", paper_cases.ward(), spec).rows[-1]
    assert total_row.cells == ("TỔNG CỘNG", "", "3", "8", "4")


def test_a_list_of_one_unit_needs_no_subtotals() -> None:
    data = replace(paper_cases.ward(), registrations=paper_cases.registrations(3, units=1))
    assert [row.kind for row in _table("registration_list", data).rows] == ["body"] * 3 + ["total"]


def test_contributions_are_added_up_each_in_its_own_column() -> None:
    wanted = _columns("index", "contributor", "cash", "transfer", "labour_days", "land", "converted")
    spec = read_spec("x", {"columns": wanted})
    table = _table(
        "contribution_list", replace(paper_cases.ward(), contributions=paper_cases.contributions(5)), spec
    )
    assert table.rows[-1].cells == ("TỔNG CỘNG", "", "500.000", "2.000.000", "2,5", "12,5", "1.500.000")


def test_what_was_not_given_stays_empty_and_is_no_nought() -> None:
    table = _table("contribution_list", paper_cases.ward())
    assert table.rows[0].cells[4:6] == ("", "")


def test_columns_that_may_be_left_out_are_not_printed_empty() -> None:
    titles = [cell.text for cell in _table("contribution_list", paper_cases.ward()).head[0]]
    assert ("Ghi chú" in titles, "Đóng góp cho mô hình" in titles, "Số phiếu thu" in titles) == (
        False,
        False,
        True,
    )


def test_a_column_that_a_list_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownColumnError):
        _table(
            "registration_list", paper_cases.ward(), read_spec("x", {"columns": _columns("index", "salary")})
        )


def test_headings_that_share_one_stand_under_it() -> None:
    upper, lower = _table("registration_list", paper_cases.ward()).head
    assert ([cell.span for cell in upper if cell.text == "Lĩnh vực"], lower[0].text) == ([4], "KT")


def test_recognitions_granted_come_before_those_proposed() -> None:
    row = paper_cases.ward().recognitions[0]
    data = replace(
        paper_cases.ward(),
        recognitions=(replace(row, status="proposed", decided_on=None, decided_year=2024), row),
    )
    spec = read_spec("x", {"columns": _columns("index", "status", "decision")})
    assert [each.cells[1:] for each in _table("recognition_list", data, spec).rows] == [
        ("Được tặng", "123/QĐ-UBND\n20/06/2024"),
        ("Đề nghị", "123/QĐ-UBND\nnăm 2024"),
    ]


# --- stated totals ---


def test_stated_totals_are_listed_as_stated_whether_they_count_or_not() -> None:
    rows = [
        total(
            "Kinh phí xã hội hóa",
            7 * 10**9,
            "2024-01-01",
            "2024-12-31",
            qualifier="more_than",
            measure="đồng",
        ),
        total("Mô hình đăng ký", 6977, "2014-01-01", "2024-10-14", counted=False),
        total("Ngày công", None, "2024-01-01", "2024-12-31"),
    ]
    found = figures("a", "2024-01-01", "2024-12-31", reported=rows)
    table = _table("stated_totals", replace(paper_cases.ba_dinh(), figures=found))
    assert [row.cells[1:] for row in table.rows] == [
        ("Mô hình đăng ký", "01/01/2014 – 14/10/2024", "14/10/2024", "6.977", "Không"),
        ("Kinh phí xã hội hóa", "01/01/2024 – 31/12/2024", "31/12/2024", "hơn 7 tỷ đồng", "Có"),
    ]


def _stated_in_order(*rows: dict[str, Any]) -> list[tuple[str, ...]]:
    """Indicator and parts of the lines of the annex."""
    found = figures("a", "2024-01-01", "2024-12-31", reported=list(rows))
    spec = TableSpec("stated_totals", (ColumnSpec("indicator", ""), ColumnSpec("parts", "")))
    data = replace(paper_cases.ba_dinh(), figures=found)
    return [row.cells for row in _table("stated_totals", data, spec).rows]


def _of_the_year(indicator: str, **more: Any) -> dict[str, Any]:
    return total(indicator, 7, "2024-01-01", "2024-12-31", **more)


def test_stated_totals_stand_in_the_order_of_the_list_of_indicators_and_then_the_offices_own() -> None:
    names = ("Ngày công", "Bồn hoa", "Mô hình tiêu biểu", "Mô hình đăng ký", "Ao cá")
    found = _stated_in_order(*map(_of_the_year, names))
    assert [row[0] for row in found] == [
        "Mô hình đăng ký", "Mô hình tiêu biểu", "Ngày công", "Ao cá", "Bồn hoa",
    ]  # fmt: skip


def test_the_whole_stands_before_its_fields_and_these_in_the_order_of_their_list() -> None:
    fields = ("political_system", None, "culture_society", "economy")
    found = _stated_in_order(*(_of_the_year("Mô hình đăng ký", field=field) for field in fields))
    assert [row[1] for row in found] == [
        "", "Kinh tế", "Văn hóa - xã hội", "Xây dựng hệ thống chính trị",
    ]  # fmt: skip


def test_a_stated_total_without_a_day_of_its_own_is_as_of_its_end() -> None:
    found = figures("a", "2024-01-01", "2024-12-31", reported=[_of_the_year("Ngày công", as_of=None)])
    spec = TableSpec("stated_totals", (ColumnSpec("as_of", ""),))
    table = _table("stated_totals", replace(paper_cases.ba_dinh(), figures=found), spec)
    assert table.rows[0].cells == ("31/12/2024",)


def test_totals_of_several_units_name_them() -> None:
    rows = [total("Mô hình đăng ký", 60, "2024-01-01", "2024-12-31", unit=unit) for unit in ("U", "P1")]
    found = figures("a", "2024-01-01", "2024-12-31", reported=rows)
    data = replace(
        paper_cases.ba_dinh(), figures=found, by_unit=({"unit": "P1", "name": "Phường A", "figures": found},)
    )
    assert [row.cells[1] for row in _table("stated_totals", data).rows] == ["Quận Ba Đình", "Phường A"]


def test_parts_of_a_stated_total_are_named() -> None:
    parts = {"level": "city", "form": "certificate_of_merit_high", "status": "proposed"}
    row = total("Tập thể được khen", 9, "2024-01-01", "2024-12-31", **parts)
    found = figures("a", "2024-01-01", "2024-12-31", reported=[row])
    table = _table("stated_totals", replace(paper_cases.ba_dinh(), figures=found))
    assert table.rows[0].cells[2] == "Thành phố/tỉnh, Bằng khen, Đề nghị"


def test_recognitions_of_several_levels_are_one_figure_in_a_comparison() -> None:
    rows = [
        recognition("outstanding", "model", count, level=level) for count, level in ((3, "city"), (4, None))
    ]
    now = figures("a", "2024-01-01", "2024-12-31", registered=9, recognition=rows)
    table = _table("comparison", replace(paper_cases.ba_dinh(), figures=now))
    assert _row(table, "Tiêu biểu (mô hình)").cells[3:] == ("7", "256", "-249")
