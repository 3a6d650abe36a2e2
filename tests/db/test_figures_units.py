"""Units that move, merge, divide and are renamed; units at the time and as of today."""

from __future__ import annotations

from typing import Any

import pytest

from db.figures import compute_by_unit
from db.figures.units import UnitTree
from tests.support.figure_facts import CITY, Office, codes, counted

REFORM = "2025-07-01"
BEFORE = "2025-06-30"


def _registered(office: Office, period: str, unit: str = "", units: str = "then") -> int | None:
    value: int | None = office.asked(period, unit=unit, units=units)["models"]["registered"]
    return value


def _moved() -> Office:
    """Ward P1 stood under district Q1 and stands under Q2 since the reform."""
    office = Office().unit("Q1", CITY, kind="district").unit("Q2", CITY, kind="district").unit("P1")
    return office.moved("P1", "Q1", None, BEFORE).moved("P1", "Q2", REFORM)


def _merged() -> Office:
    """P1 and P2 became P9."""
    office = Office().unit("P1", CITY, until=BEFORE).unit("P2", CITY, until=BEFORE)
    return office.unit("P9", CITY, since=REFORM, replaces="P1 P2")


def _divided() -> Office:
    """P1 was divided into P8 and P9; its group T1 went to P9."""
    office = Office().unit("P1", CITY, until=BEFORE).unit("T1", kind="residential_group")
    office.unit("P8", CITY, since=REFORM, replaces="P1").unit("P9", CITY, since=REFORM, replaces="P1")
    return office.moved("T1", "P1", None, BEFORE).moved("T1", "P9", REFORM)


def _two_tiers() -> Office:
    """District Q1 ended; its ward P1 became P9 under the city."""
    office = Office().unit("Q1", CITY, until=BEFORE, kind="district").unit("P1", "Q1", until=BEFORE)
    return office.unit("P9", CITY, since=REFORM, replaces="P1")


# --- moved ---


def test_then_a_record_belongs_to_the_superior_of_its_day() -> None:
    office = _moved().registers(1, 2025, "P1", on="2025-03-01").registers(2, 2025, "P1", on="2025-08-01")
    assert [_registered(office, "2025", unit) for unit in ("Q1", "Q2", CITY)] == [1, 2, 3]


def test_today_all_records_belong_to_the_superior_of_today() -> None:
    office = _moved().registers(1, 2025, "P1", on="2025-03-01").registers(2, 2025, "P1", on="2025-08-01")
    assert [_registered(office, "2025", unit, "today") for unit in ("Q1", "Q2", CITY)] == [None, 3, 3]


def test_then_a_total_of_the_year_of_the_move_sticks_out_of_both_superiors() -> None:
    office = _moved().says(40, "2025", "P1")
    assert [_registered(office, "2025", unit) for unit in ("Q1", "Q2", CITY)] == [None, None, 40]
    assert "wider_than_asked" in codes(office.asked("2025", unit="Q1"))


def test_a_total_of_the_former_superior_covers_what_was_in_it_then() -> None:
    office = _moved().says(100, "2024", "Q1").registers(3, 2024, "P1")
    assert [_registered(office, "2024", CITY, units) for units in ("then", "today")] == [100, 100]
    assert _registered(office, "2024", "Q2", "today") == 3


def test_a_total_across_a_move_is_not_added_to_those_of_both_superiors() -> None:
    office = _moved().says(40, "2025", "P1").says(30, "2025", "Q1").says(35, "2025", "Q2")
    assert _registered(office, "2025") == 65


def test_before_its_first_superior_and_after_its_last_a_unit_stands_under_the_nearest() -> None:
    office = Office().unit("Q1", CITY, since="2014-04-01", kind="district").unit("P1")
    office.moved("P1", "Q1", "2014-04-01", "2020-12-31").says(9, "2014-01-01..2014-10-14", "Q1")
    office.registers(1, 2014, "P1", on="2014-01-05").registers(1, 2021, "P1").registers(1, 2022, "Q1")
    assert _registered(office, "2014..2022", "Q1") == 11


def test_a_unit_without_a_superior_hangs_under_the_office() -> None:
    assert _registered(Office().unit("P1").registers(2, 2024, "P1"), "2024") == 2


def test_the_superior_of_the_office_does_not_hang_under_it() -> None:
    office = Office("P1").unit("TP", kind="city").moved("P1", "TP").registers(1, 2024, "TP")
    assert [_registered(office, "2024", unit) for unit in ("P1", "TP")] == [None, 1]


def test_superiors_in_a_circle_do_no_harm() -> None:
    office = Office().unit("A", "B").unit("B", "A").registers(1, 2024, "A")
    assert [_registered(office, "2024", unit, "today") for unit in "AB"] == [1, 1]


@pytest.mark.parametrize("first", ["A", "B", "C"])
def test_who_is_in_a_circle_does_not_depend_on_where_one_begins_to_ask(first: str) -> None:
    office = Office().unit("A", "B").unit("B", "C").unit("C", "A")
    tree = UnitTree(office.facts)
    tree.chain(first, 0)
    tree.today(first)
    assert [set(tree.chain(unit, 0)) for unit in "ABC"] == [{"A", "B", "C"}] * 3
    assert [set(tree.today(unit)) for unit in "ABC"] == [{"A", "B", "C"}] * 3


# --- merged, renamed ---


def test_today_a_new_unit_has_what_its_predecessors_had() -> None:
    office = _merged().says(300, "2024", "P1").says(162, "2024", "P2").registers(5, 2024, "P2")
    assert [_registered(office, "2024", "P9", units) for units in ("then", "today")] == [None, 462]
    assert codes(office.asked("2024", unit="P9", units="today")) == {"unallocated"}


def test_today_the_subjects_of_predecessors_make_those_of_the_successor_complete() -> None:
    office = _merged()
    for ward in ("P1", "P2"):
        office.says(10, "2024", ward, at="col").says(5, "2024", ward, at="ind")
    figures = office.asked("2024", unit="P9", units="today")
    assert figures["models"]["by_subject"] == {"collective": 20, "individual": 10}


def test_a_unit_that_took_in_another_has_what_both_had() -> None:
    office = Office().unit("P2", CITY, until=BEFORE).unit("P1", CITY, replaces="P2", on=REFORM)
    office.says(100, "2024", "P1").says(50, "2024", "P2").registers(3, 2024, "P1")
    assert [_registered(office, "2024", "P1", units) for units in ("then", "today")] == [100, 150]


def test_the_year_of_a_merger_as_stated_by_the_successor_holds_that_of_the_predecessors() -> None:
    office = _merged().says(80, "2025", "P9").says(60, "2025-01-01..2025-06-30", "P1")
    assert _registered(office, "2025", "P9", "today") == 80
    assert _registered(office, "2025", CITY, "today") == 80


def test_a_renamed_unit_is_asked_for_by_its_new_name() -> None:
    office = Office().unit("P1", CITY).unit("P2", CITY, replaces="P1", on="2024-07-01")
    office.says(60, "2024-01-01..2024-06-30", "P1").says(30, "2024-07-01..2024-12-31", "P2")
    assert [_registered(office, "2024", "P2", units) for units in ("then", "today")] == [30, 90]


def test_a_chain_of_successors_is_followed_to_its_end() -> None:
    office = Office().unit("P1", CITY).unit("P2", CITY, replaces="P1", on="2020-01-01")
    office.unit("P3", CITY, replaces="P2", on="2022-01-01").registers(4, 2019, "P1")
    assert _registered(office, "2019", "P3", "today") == 4


def test_a_record_of_a_unit_that_had_ended_is_covered_by_its_successor() -> None:
    office = _merged().says(80, "2025-07-01..2025-12-31", "P9").registers(1, 2025, "P1", on="2025-09-01")
    assert _registered(office, "2025", "P9", "today") == 80


def test_registrants_with_one_name_in_predecessor_and_successor_are_one() -> None:
    office = Office().unit("P1", CITY).unit("P2", CITY, replaces="P1", on="2024-01-01")
    office.registers(1, 2023, "P1", registrant="Chi bộ 1").registers(1, 2024, "P2", registrant="CHI BỘ 1")
    registrants = [
        office.asked("2023..2024", units=units)["models"]["registrants"] for units in ("then", "today")
    ]
    assert registrants == [2, 1]


# --- divided ---


def test_a_total_of_a_divided_unit_is_shown_at_the_common_superior() -> None:
    figures = _divided().says(100, "2024", "P1").asked("2024", units="today")
    assert figures["models"]["registered"] == 100
    assert codes(figures) == {"split_not_divided", "unallocated"}


@pytest.mark.parametrize("part", ["P8", "P9"])
def test_a_total_of_a_divided_unit_is_not_given_to_its_parts(part: str) -> None:
    figures = _divided().says(100, "2024", "P1").asked("2024", unit=part, units="today")
    assert figures["models"]["registered"] is None
    assert codes(figures) == {"split_not_divided", "wider_than_asked", "no_data"}
    assert counted(figures) == {100: False}


def test_records_of_a_group_go_where_the_group_went_and_count_once_in_the_whole() -> None:
    office = _divided().says(100, "2024", "P1").registers(3, 2024, "T1")
    assert [_registered(office, "2024", unit, "today") for unit in ("P8", "P9", CITY)] == [None, 3, 100]


def test_then_nothing_is_said_of_a_division() -> None:
    figures = _divided().says(100, "2024", "P1").asked("2024", unit="P1")
    assert (figures["models"]["registered"], codes(figures)) == (100, {"unallocated"})


def test_a_divided_unit_without_a_common_superior_is_shown_by_itself() -> None:
    office = Office("P1").unit("X", kind="city").moved("P1", "X").unit("Y", "Y", kind="city").unit("P0", "X")
    office.unit("A", "X", replaces="P0", on=REFORM).unit("B", "Y", replaces="P0", on=REFORM)
    figures = office.says(7, "2024", "P0").asked("2024", unit="P0", units="today")
    assert figures["models"]["registered"] == 7
    assert "split_not_divided" in codes(figures)


# --- two tiers ---


def test_a_dissolved_district_and_its_wards_are_not_counted_twice() -> None:
    office = _two_tiers().says(625, "2024", "Q1").says(100, "2024", "P1")
    assert _registered(office, "2024", CITY, "today") == 625
    assert _registered(office, "2024", "P9", "today") == 100


def test_the_larger_of_a_dissolved_district_and_the_year_of_its_wards_counts() -> None:
    office = _two_tiers().says(90, "2025-01-01..2025-06-30", "Q1").says(80, "2025", "P9")
    assert _registered(office, "2025", CITY, "today") == 90


# --- by unit ---


def _rows(office: Office, period: str, **more: Any) -> dict[str, int | None]:
    rows = compute_by_unit(office.facts, office.question(period, **more))
    return {row["unit"]: row["figures"]["models"]["registered"] for row in rows}


def test_by_unit_there_is_a_row_for_each_unit_below_in_the_order_of_codes() -> None:
    office = Office().unit("P10", CITY).unit("P2", CITY).unit("T1", "P2").registers(3, 2024, "T1")
    assert list(_rows(office, "2024").items()) == [("P2", 3), ("P10", None)]


def test_by_unit_what_the_office_has_by_itself_is_a_row_of_its_own() -> None:
    office = Office().unit("P1", CITY).registers(3, 2024, "P1").registers(2, 2024).says(50, "2024")
    assert _rows(office, "2024") == {"P1": 3, CITY: 2}


def test_by_unit_a_row_has_a_name_and_its_own_figures() -> None:
    office = Office().unit("P1", CITY).registers(3, 2024, "P1")
    (row,) = compute_by_unit(office.facts, office.question("2024"))
    assert (row["name"], row["figures"]["unit"]) == ("Đơn vị P1", "P1")


def test_by_unit_an_empty_row_is_null_though_the_office_has_records() -> None:
    office = Office().unit("P1", CITY).unit("P2", CITY).registers(3, 2024, "P1")
    rows = compute_by_unit(office.facts, office.question("2024"))
    assert rows[1]["figures"]["models"]["by_subject"] == {"collective": None, "individual": None}


@pytest.mark.parametrize(("units", "expected"), [("then", {"P1", "P2"}), ("today", {"P9"})])
def test_by_unit_the_rows_are_those_of_the_period_or_of_today(units: str, expected: set[str]) -> None:
    assert set(_rows(_merged(), "2024", units=units)) == expected


def test_by_unit_a_dissolved_district_has_a_row_for_the_years_it_existed() -> None:
    office = _two_tiers()
    assert [set(_rows(office, period, units="today")) for period in ("2024", "2026")] == [
        {"P9", "Q1"},
        {"P9"},
    ]


def test_by_unit_a_moved_ward_is_a_row_in_both_districts_of_that_year() -> None:
    office = _moved()
    assert [set(_rows(office, "2025", unit=unit)) for unit in ("Q1", "Q2")] == [{"P1"}, {"P1"}]
    assert [set(_rows(office, "2026", unit=unit)) for unit in ("Q1", "Q2")] == [set(), {"P1"}]
