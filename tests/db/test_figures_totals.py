"""Stated totals: which count, which do not, and what is said about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.figures import compute
from tests.support.figure_facts import CITY, Office, codes, counted


def _registered(office: Office, period: str = "2024", **more: str) -> int | None:
    value: int | None = office.asked(period, **more)["models"]["registered"]
    return value


def _office_with_wards(*wards: str) -> Office:
    office = Office()
    for ward in wards:
        office.unit(ward, CITY)
    return office


# --- what sticks out, what is cut off, what is replaced ---


def test_a_total_of_the_office_above_is_wider_than_a_ward() -> None:
    figures = _office_with_wards("P1").says(100, "2024").asked("2024", unit="P1")
    assert figures["models"]["registered"] is None
    assert codes(figures) == {"wider_than_asked", "no_data"}


def test_a_total_of_another_ward_is_not_even_listed() -> None:
    figures = _office_with_wards("P1", "P2").says(100, "2024", "P2").asked("2024", unit="P1")
    assert (figures["reported"], codes(figures)) == ([], {"no_data"})


def test_a_total_of_another_year_is_not_even_listed() -> None:
    figures = Office().says(100, "2023").asked("2024")
    assert figures["reported"] == []


def test_a_period_inside_a_year_starts_at_new_year_for_models() -> None:
    office = Office().says(7, "2024-01-01..2024-03-31").registers(2, on="2024-02-01", at="c ind")
    figures = office.asked("2024-07-01..2024-09-30")
    assert figures["models"]["registered"] == 7
    assert figures["period"]["data_from"] == "2024-01-01"


def test_a_period_inside_a_year_starts_where_it_says_for_everything_else() -> None:
    office = Office().says(30, "2024-01-01..2024-03-31", what="Ngày công")
    figures = office.asked("2024-03-01..2024-09-30")
    assert figures["contributions"]["labour_days"] is None
    assert codes(figures) == {"wider_than_asked", "no_data"}


def test_a_total_made_after_the_cut_off_is_left_out() -> None:
    office = Office().says(600, "2024", as_of="2024-05-21").says(700, "2024", as_of="2024-12-31")
    figures = office.asked("2024", cutoff="2024-06-30")
    assert figures["models"]["registered"] == 600
    assert counted(figures) == {600: True, 700: False}
    assert codes(figures) == {"unallocated"}


def test_a_total_without_a_day_of_its_own_is_as_of_its_last_day() -> None:
    assert _registered(Office().says(600, "2024"), cutoff="2024-12-30") is None


def test_registrations_after_the_cut_off_are_left_out() -> None:
    office = Office().registers(2, on="2024-05-21").registers(3, on="2024-05-22").registers(1)
    assert _registered(office, cutoff="2024-05-21") == 3


def test_the_later_day_counts_before_the_later_row() -> None:
    office = Office().says(630, "2024", as_of="2024-12-01").says(625, "2024", as_of="2024-06-01")
    figures = office.asked("2024")
    assert (figures["models"]["registered"], codes(figures)) == (630, {"restated", "unallocated"})


def test_a_row_without_a_value_replaces_nothing() -> None:
    figures = Office().says(625, "2024").says(None, "2024").asked("2024")
    assert (figures["models"]["registered"], codes(figures)) == (625, {"unallocated"})
    assert counted(figures) == {625: True, None: False}


def test_a_total_of_nothing_is_0() -> None:
    assert _registered(Office().says(0, "2024")) == 0


def test_names_of_indicators_are_understood_whatever_their_spelling() -> None:
    assert _registered(Office().says(12, "2024", what="MÔ HÌNH  đăng kí")) == 12


def test_an_indicator_of_the_office_itself_is_only_listed() -> None:
    figures = Office().says(9200, "2024", what="Thu ngân sách", measure="tỷ đồng").asked("2024")
    assert [row["indicator"] for row in figures["reported"]] == ["Thu ngân sách"]
    assert figures["models"]["registered"] is None
    assert codes(figures) == set()


def test_indicators_in_different_measures_are_not_compared() -> None:
    office = Office().says(1, "2024", what="Chiếu sáng", measure="km").says(900, "2024", what="Chiếu sáng")
    assert codes(office.asked("2024")) == set()


# --- overlaps ---


def test_what_an_overlap_leaves_out_does_not_count() -> None:
    figures = Office().says(700, "2018..2020").says(900, "2020..2023").asked("2018..2023")
    assert counted(figures) == {700: False, 900: True}
    assert (figures["period"]["data_from"], figures["period"]["data_to"]) == ("2020-01-01", "2023-12-31")


def test_a_period_inside_another_is_no_overlap() -> None:
    figures = Office().says(700, "2018..2020").says(300, "2019").asked("2018..2023")
    assert (figures["models"]["registered"], codes(figures)) == (700, {"unallocated"})
    assert counted(figures) == {700: True, 300: True}


def test_periods_that_follow_each_other_are_added() -> None:
    assert _registered(Office().says(700, "2018..2020").says(900, "2021..2023"), "2018..2023") == 1600


def test_the_larger_way_may_be_the_two_on_the_outside() -> None:
    office = Office().says(10, "2018..2019").says(15, "2019..2020").says(10, "2020..2021")
    figures = office.asked("2018..2021")
    assert figures["models"]["registered"] == 20
    assert [row["counted"] for row in figures["reported"]] == [True, False, True]
    assert [each["code"] for each in figures["problems"]].count("overlap") == 2


def test_of_two_equal_ways_the_later_stated_counts() -> None:
    office = Office().says(9, "2018..2019", as_of="2024-02-01").says(9, "2019..2020", as_of="2024-01-01")
    assert [row["counted"] for row in office.asked("2018..2020")["reported"]] == [True, False]


def test_totals_of_different_fields_do_not_overlap() -> None:
    office = Office().says(10, "2018..2019", at="e").says(15, "2019..2020", at="c")
    figures = office.asked("2018..2020")
    assert (figures["models"]["registered"], codes(figures)) == (25, {"unallocated"})


def test_the_other_way_counts_where_the_whole_is_larger_with_it() -> None:
    office = Office().says(7, "2018..2020", at="e").says(9, "2020..2023", at="e").says(20, "2021..2023")
    figures = office.asked("2018..2023")
    assert figures["models"]["registered"] == 27
    assert counted(figures) == {7: True, 9: False, 20: True}


# --- parts against wholes ---


def test_a_larger_total_of_a_part_counts_and_is_told() -> None:
    figures = Office().says(100, "2024").says(70, "2024", at="e").says(40, "2024", at="c").asked("2024")
    assert figures["models"]["registered"] == 110
    assert "exceeds_reported" in codes(figures)


def test_a_region_that_is_only_part_of_the_whole_is_checked_too() -> None:
    office = _office_with_wards("P1").says(100, "2024").says(5, "2024", "P1").registers(9, unit="P1")
    figures = office.asked("2024")
    assert (figures["models"]["registered"], codes(figures)) == (100, {"exceeds_reported", "unallocated"})


def test_quarters_add_up_beside_the_records_of_a_gap() -> None:
    office = (
        Office()
        .says(4, "2024-01-01..2024-03-31")
        .says(6, "2024-07-01..2024-09-30")
        .registers(3, on="2024-05-05")
        .registers(2, on="2024-08-08")
    )
    assert _registered(office) == 13


def test_a_unit_adds_what_it_has_by_itself_to_the_units_below() -> None:
    office = _office_with_wards("P1", "P2").says(30, "2024", "P1").registers(4, unit="P2").registers(2)
    assert _registered(office) == 36


def test_levels_add_up_and_a_model_at_two_counts_once() -> None:
    office = Office().says(10, "2024", level="grassroots").says(5, "2024", level="city")
    office.registers(model="M1", level="grassroots").registers(model="M1", level="city", line="union")
    figures = office.asked("2024")
    assert figures["models"]["registered"] == 14
    assert figures["models"]["by_level"]["grassroots"] == 10


def test_registrations_without_a_level_may_be_in_the_totals_by_level() -> None:
    office = Office().says(10, "2024", level="grassroots").registers(3)
    assert _registered(office) == 10


def test_registrations_without_a_level_are_not_lost_where_they_are_more() -> None:
    office = Office().says(10, "2024", level="grassroots").registers(12)
    assert _registered(office) == 12


def test_a_model_in_two_units_and_lines_counts_once() -> None:
    office = _office_with_wards("P1", "P2")
    office.registers(unit="P1", model="M1").registers(unit="P2", model="M1", line="union")
    assert _registered(office) == 1


@pytest.mark.parametrize("status", ["draft", "returned", "withdrawn"])
def test_what_is_not_registered_does_not_count(status: str) -> None:
    assert _registered(Office().registers(1).registers(1, status=status)) == 1


def test_a_stopped_registration_counts() -> None:
    assert _registered(Office().registers(1, status="stopped")) == 1


def test_a_day_outside_the_year_of_a_registration_is_moved_into_it() -> None:
    office = Office().registers(1, 2024, on="2023-11-20").registers(1, 2024, on="2025-01-10")
    assert _registered(office, "2024") == 2
    assert _registered(office, "2024-01-01..2024-12-30") == 1


# --- two breakdowns ---


def test_quarters_and_fields_that_disagree_are_told() -> None:
    office = Office().says(10, "2024-01-01..2024-06-30").says(20, "2024-07-01..2024-12-31")
    for part in "ecdp":
        office.says(8, "2024", at=part)
    figures = office.asked("2024")
    assert figures["models"]["registered"] == 32
    assert "parts_differ" in codes(figures)


def test_wards_and_subjects_that_disagree_are_told() -> None:
    office = _office_with_wards("P1", "P2").says(10, "2024", "P1").says(11, "2024", "P2")
    figures = office.says(12, "2024", at="col").says(10, "2024", at="ind").asked("2024")
    assert "parts_differ" in codes(figures)


def test_a_breakdown_with_a_missing_part_disagrees_with_nothing() -> None:
    office = _office_with_wards("P1", "P2").says(10, "2024", "P1")
    figures = office.says(12, "2024", at="col").says(10, "2024", at="ind").asked("2024")
    assert codes(figures) == {"unallocated"}


def test_cells_complete_a_field_when_fields_and_subjects_are_compared() -> None:
    office = Office()
    for part in "ecdp":
        office.says(10, "2024", at=f"{part} col").says(5, "2024", at=f"{part} ind")
    figures = office.says(41, "2024", at="col").says(20, "2024", at="ind").asked("2024")
    assert codes(figures) == {"parts_differ", "unallocated"}
    assert figures["models"]["unallocated"] == {
        "total": 1,
        "by_subject": {"collective": 1},
        "by_field": {},
    }


def test_breakdowns_of_a_ward_are_compared_when_the_city_is_asked() -> None:
    office = _office_with_wards("P1", "P2").says(50, "2024", "P2")
    for part, value in zip("ecdp", (1, 2, 3, 4), strict=True):
        office.says(value, "2024", "P1", at=part)
    figures = office.says(5, "2024", "P1", at="col").says(6, "2024", "P1", at="ind").asked("2024")
    (message,) = (each["message"] for each in figures["problems"] if each["code"] == "parts_differ")
    assert "P1" in message


def test_a_loose_registration_is_in_no_breakdown_by_level() -> None:
    office = Office().registers(1)
    for level in ("grassroots", "district", "city", "central"):
        office.says(3, "2024", level=level)
    office.says(6, "2024", at="col").says(6, "2024", at="ind")
    assert codes(office.asked("2024")) == {"unallocated"}


def test_the_order_of_the_rows_changes_nothing_but_which_of_two_equals_counts() -> None:
    office = Office().says(6977, "2014-01-01..2024-10-14").says(549, "2024").registers(3, 2019)
    there = office.asked("2009..2024")
    facts = office.facts
    backwards = replace(facts, reported=facts.reported[::-1], registrations=facts.registrations[::-1])
    assert compute(backwards, office.question("2009..2024")) == there
