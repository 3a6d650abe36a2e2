"""Nothing known is not nothing: null, 0, and totals that are shown only when complete."""

from __future__ import annotations

from typing import Any

from tests.support.figure_facts import CITY, Office, codes

NULLS: dict[str, Any] = {"collective": None, "individual": None}


def _models(office: Office, period: str = "2024", **more: str) -> dict[str, Any]:
    models: dict[str, Any] = office.asked(period, **more)["models"]
    return models


def _cells(models: dict[str, Any]) -> dict[str, int | None]:
    return {f"{cell['field'][0]} {cell['subject'][:3]}": cell["value"] for cell in models["matrix"]}


def _two_wards() -> Office:
    return Office().unit("P1", CITY).unit("P2", CITY)


# --- null or 0 ---


def test_where_there_are_records_and_no_totals_the_rest_is_0() -> None:
    models = _models(Office().registers(2, at="e col", level="grassroots", kind="new"))
    assert models["by_field"] == {
        "economy": 2,
        "culture_society": 0,
        "defence_security": 0,
        "political_system": 0,
    }
    assert models["by_subject"] == {"collective": 2, "individual": 0}
    assert models["by_level"] == {"grassroots": 2, "district": 0, "city": 0, "central": 0}
    assert models["by_kind"] == {"new": 2, "maintained": 0, "replicated": 0}
    assert set(models["by_line"].values()) == {0, 2}
    assert models["project_works"] == 0


def test_where_there_is_neither_everything_is_null() -> None:
    models = _models(Office())
    assert models["by_subject"] == NULLS
    assert set(_cells(models).values()) == {None}
    assert set(models["by_kind"].values()) == {None}


def test_a_total_over_the_whole_makes_empty_cells_null() -> None:
    cells = _cells(_models(Office().says(20, "2024").registers(2, at="e col")))
    assert (cells.pop("e col"), set(cells.values())) == (2, {None})


def test_a_total_of_a_field_makes_only_its_empty_cells_null() -> None:
    cells = _cells(_models(Office().says(20, "2024", at="c").registers(2, at="e col")))
    assert {cell for cell, value in cells.items() if value is None} == {"c col", "c ind"}


def test_a_row_without_a_value_makes_its_cell_null() -> None:
    cells = _cells(_models(Office().says(None, "2024", at="p ind").registers(2, at="e col")))
    assert [cell for cell, value in cells.items() if value is None] == ["p ind"]


def test_a_total_that_is_wider_or_cut_off_makes_cells_null_too() -> None:
    wider = Office().says(20, "2020..2024").registers(1)
    late = Office().says(20, "2024", as_of="2025-01-01").registers(1)
    assert _cells(_models(wider))["p ind"] is None
    assert _cells(_models(late, cutoff="2024-12-31"))["p ind"] is None


def test_a_total_of_another_indicator_makes_no_cell_null() -> None:
    cells = _cells(_models(Office().says(20, "2024", what="Ngày công").registers(1)))
    assert cells["p ind"] == 0


def test_a_row_of_the_unit_above_makes_the_cells_of_a_ward_null() -> None:
    office = _two_wards().says(20, "2024").registers(1, unit="P1")
    assert _cells(_models(office, unit="P1"))["p ind"] is None


def test_kinds_cannot_be_known_to_be_none_beside_a_total() -> None:
    models = _models(Office().says(20, "2024").registers(2, kind="new"))
    assert models["by_kind"] == {"new": 2, "maintained": None, "replicated": None}


def test_a_part_stated_as_0_is_a_value() -> None:
    office = _two_wards().says(0, "2024", "P1", at="e col")
    assert _cells(_models(office))["e col"] == 0


def test_no_data_is_said_only_where_there_is_nothing_of_any_kind() -> None:
    figures = Office().holds("meeting", "2024-03-03").asked("2024")
    assert (figures["models"]["registered"], codes(figures)) == (None, set())


def test_drafts_alone_are_no_data() -> None:
    assert codes(Office().registers(1, status="draft").asked("2024")) == {"no_data"}


# --- complete or not ---


def test_a_total_by_subject_is_shown_when_it_is_stated_for_the_year() -> None:
    assert _models(Office().says(452, "2024", at="col"))["by_subject"] == {**NULLS, "collective": 452}


def test_a_total_by_subject_is_hidden_when_only_some_cells_are_known() -> None:
    models = _models(Office().says(20, "2024").registers(3, at="e col"))
    assert models["by_subject"] == NULLS
    assert models["unallocated"] == {"total": 17, "by_subject": {}, "by_field": {}}


def test_a_total_by_field_is_shown_when_both_its_cells_are_known() -> None:
    models = _models(Office().says(20, "2024").registers(3, at="e col").registers(1, at="e ind"))
    assert models["by_field"] == {
        "economy": 4,
        "culture_society": None,
        "defence_security": None,
        "political_system": None,
    }


def test_a_ward_that_does_not_say_its_subjects_hides_those_of_the_city() -> None:
    office = _two_wards().says(300, "2024", "P1", at="col").says(100, "2024", "P1", at="ind")
    assert _models(office.says(50, "2024", "P2"))["by_subject"] == NULLS


def test_a_ward_that_says_nothing_hides_nothing() -> None:
    office = _two_wards().says(300, "2024", "P1", at="col").says(100, "2024", "P1", at="ind")
    assert _models(office)["by_subject"] == {"collective": 300, "individual": 100}


def test_a_ward_with_records_only_is_complete() -> None:
    office = _two_wards().says(300, "2024", "P1", at="col").says(100, "2024", "P1", at="ind")
    models = _models(office.registers(5, unit="P2"))
    assert models["by_subject"] == {"collective": 305, "individual": 100}


def test_a_district_is_complete_when_its_wards_are() -> None:
    office = Office().unit("Q1", CITY, kind="district").unit("P1", "Q1").unit("P2", CITY)
    for ward in ("P1", "P2"):
        office.says(10, "2024", ward, at="col").says(5, "2024", ward, at="ind")
    assert _models(office)["by_subject"] == {"collective": 20, "individual": 10}


def test_halves_that_follow_each_other_make_a_year_complete() -> None:
    office = (
        Office().says(10, "2024-01-01..2024-06-30", at="col").says(12, "2024-07-01..2024-12-31", at="col")
    )
    assert _models(office)["by_subject"] == {**NULLS, "collective": 22}


def test_a_stated_half_is_not_complete_when_something_is_known_of_the_other() -> None:
    office = Office().says(10, "2024-01-01..2024-06-30", at="col")
    assert _models(office.registers(1, on="2024-08-01", at="c ind"))["by_subject"]["collective"] is None


def test_a_stated_half_is_not_complete_beside_a_total_of_the_year() -> None:
    office = Office().says(10, "2024-01-01..2024-06-30", at="col").says(40, "2024")
    assert _models(office)["by_subject"] == NULLS


def test_records_inside_a_stated_half_leave_it_complete() -> None:
    office = Office().says(10, "2024-01-01..2024-06-30", at="col").registers(2, on="2024-03-01")
    assert _models(office)["by_subject"]["collective"] == 10


def test_a_hidden_total_still_counts_in_the_whole() -> None:
    office = Office().says(10, "2024-01-01..2024-06-30", at="col").says(40, "2024-07-01..2024-12-31")
    models = _models(office)
    assert (models["registered"], models["by_subject"]) == (50, NULLS)


# --- what stands in no cell ---


def test_what_is_stated_by_field_and_subject_is_left_over_by_both() -> None:
    models = _models(Office().says(20, "2024", at="e").says(12, "2024", at="col").registers(5, at="e col"))
    assert models["unallocated"] == {
        "total": 15,
        "by_subject": {"collective": 7},
        "by_field": {"economy": 15},
    }


def test_a_model_in_two_lines_and_fields_leaves_nothing_over() -> None:
    office = Office().registers(model="M1").registers(model="M1", at="c col", line="union")
    figures = office.asked("2024")
    assert figures["models"]["unallocated"] == {"by_subject": {}, "by_field": {}}
    assert codes(figures) == set()


def test_cells_say_how_many_records_and_totals_are_behind_them() -> None:
    office = Office().says(20, "2024", at="e col").says(30, "2024").registers(3, at="e col")
    (cell,) = (each for each in _models(office)["matrix"] if each["value"] is not None)
    assert (cell["value"], cell["sources"]) == (20, 4)
