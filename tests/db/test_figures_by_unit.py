"""The rows by unit of a period that begins inside a year hold all that the total counts since New Year."""

from __future__ import annotations

import pytest

from db.figures import compute_by_unit
from tests.support.figure_facts import CITY, Office

# "An asked period that begins inside a year starts, for `models.*`, on 1 January of that year."
Q3 = "2024-07-01..2024-09-30"
Rows = dict[str, int | None]


def _rows(office: Office, period: str = Q3, **more: str) -> Rows:
    rows = compute_by_unit(office.facts, office.question(period, **more))
    return {row["unit"]: row["figures"]["models"]["registered"] for row in rows}


def _merged() -> Office:
    office = Office().unit("P1", CITY, until="2024-06-30").unit("P2", CITY, until="2024-06-30")
    return office.unit("P9", CITY, since="2024-07-01", replaces="P1 P2")


def test_a_ward_that_ended_earlier_in_the_year_has_a_row_for_its_registrations() -> None:
    office = _merged().registers(2, unit="P1", on="2024-02-01").registers(3, unit="P9", on="2024-08-01")
    rows = _rows(office)
    assert rows == {"P1": 2, "P9": 3}
    assert sum(value or 0 for value in rows.values()) == office.asked(Q3)["models"]["registered"]


def test_a_ward_that_ended_earlier_in_the_year_has_a_row_for_what_it_stated() -> None:
    office = _merged().says(7, "2024-01-01..2024-06-30", "P2").registers(3, unit="P9", on="2024-08-01")
    assert _rows(office) == {"P2": 7, "P9": 3}


def test_a_ward_that_ended_earlier_in_the_year_with_nothing_has_no_row() -> None:
    assert _rows(_merged().registers(unit="P9", on="2024-08-01")) == {"P9": 1}


def test_a_ward_that_ended_the_year_before_has_no_row() -> None:
    office = Office().unit("P1", CITY, until="2023-12-31").unit("P2", CITY)
    assert _rows(office.registers(unit="P1", year=2023)) == {"P2": None}


def test_as_of_today_the_successor_has_what_its_predecessor_registered() -> None:
    assert _rows(_merged().registers(2, unit="P1", on="2024-02-01"), units="today") == {"P9": 2}


@pytest.mark.parametrize("units", ["then", "today"])
def test_a_ward_dissolved_earlier_in_the_year_has_a_row(units: str) -> None:
    office = Office().unit("P1", CITY, until="2024-06-30").unit("P2", CITY)
    office.registers(2, unit="P1", on="2024-02-01").registers(unit="P2", on="2024-08-01")
    assert _rows(office, units=units) == {"P1": 2, "P2": 1}


def test_a_district_of_before_has_no_row_for_what_its_wards_have_in_theirs() -> None:
    office = Office().unit("Q1", CITY, until="2024-06-30", kind="district").unit("P1")
    office.moved("P1", "Q1", until="2024-06-30").moved("P1", CITY, since="2024-07-01")
    assert _rows(office.registers(2, unit="P1", on="2024-02-01")) == {"P1": 2}


def test_a_ward_that_moved_away_earlier_in_the_year_has_a_row_where_it_was_counted() -> None:
    office = Office().unit("Q1", CITY, kind="district").unit("Q2", CITY, kind="district").unit("P1")
    office.moved("P1", "Q1", until="2024-03-31").moved("P1", "Q2", since="2024-04-01")
    office.registers(2, unit="P1", on="2024-02-01")
    assert _rows(office, unit="Q1") == {"P1": 2}


def _dissolved() -> Office:
    """A district until June; its ward stands under the city afterwards."""
    office = Office().unit("Q1", CITY, until="2024-06-30", kind="district").unit("P1")
    return office.moved("P1", "Q1", until="2024-06-30").moved("P1", CITY, since="2024-07-01")


def test_a_district_dissolved_in_the_year_has_no_row_for_what_its_wards_have_in_theirs() -> None:
    office = _dissolved().registers(2, unit="P1", on="2024-02-01").registers(unit="P1", on="2024-08-01")
    assert _rows(office, "2024") == {"P1": 3}


def test_a_district_dissolved_in_the_year_has_a_row_for_what_only_it_has() -> None:
    office = _dissolved().registers(2, unit="P1", on="2024-02-01").says(9, "2024-01-01..2024-06-30", "Q1")
    assert _rows(office, "2024") == {"P1": 2, "Q1": 9}


def test_money_of_a_dissolved_district_alone_keeps_its_row() -> None:
    office = _dissolved().registers(unit="P1").gets("cash", 5, "2024-02-01", unit="Q1")
    assert set(_rows(office, "2024")) == {"P1", "Q1"}


def test_a_unit_that_ended_in_the_period_and_told_nothing_has_a_row_that_says_so() -> None:
    office = Office().unit("P1", CITY, until="2024-06-30").unit("P2", CITY).registers(unit="P2")
    assert _rows(office, "2024") == {"P1": None, "P2": 1}


def test_as_of_today_a_unit_that_is_gone_and_told_nothing_has_no_row() -> None:
    office = Office().unit("P1", CITY, until="2024-06-30").unit("P2", CITY).registers(unit="P2")
    assert _rows(office, "2024", units="today") == {"P2": 1}
