"""Every row of the table of checked examples in interfaces 3, in its own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.support.figure_facts import CITY, Office, codes


class Row(NamedTuple):
    """A row of the table: what is stated and recorded, asked, registered, and what else matters."""

    words: str
    office: Callable[[], Office]
    asked: str
    registered: int | None
    problems: set[str]
    also: dict[str, Any]


def _city() -> Office:
    return Office()


def _overlapping() -> Office:
    return _city().says(6977, "2014-01-01..2024-10-14").says(549, "2024")


def _spans() -> Office:
    return _city().says(700, "2018..2020").says(900, "2020..2023")


def _spans_and_records() -> Office:
    return _spans().registers(3, 2018, on="2018-06-01").registers(5, 2020, on="2020-03-01")


def _by_field(economy: int) -> Office:
    office = _city()
    for part, value in zip("ecdp", (economy, 250, 75, 100), strict=True):
        office.says(value, "2024", at=part)
    return office.says(452, "2024", at="col").says(173, "2024", at="ind")


def _wards(*codes_of_wards: str) -> Office:
    office = _city()
    for ward in codes_of_wards:
        office.unit(ward, CITY)
    return office


def _two_wards() -> Office:
    office = _wards("P1", "P2")
    for ward, collective, individual in (("P1", 300, 100), ("P2", 162, 80)):
        office.says(collective, "2024", ward, at="col").says(individual, "2024", ward, at="ind")
    return office


def _nothing() -> dict[str, Any]:
    return {"unallocated": {"by_subject": {}, "by_field": {}}}


def _left(total: int, **more: Any) -> dict[str, Any]:
    return {"unallocated": {"total": total, "by_subject": {}, "by_field": {}, **more}}


ROWS = [
    Row(
        "2014–14/10/2024: 6977; year 2024: 549",
        _overlapping,
        "2009..2024",
        6977,
        {"overlap", "unallocated"},
        _left(6977),
    ),
    Row("the same | 2024", _overlapping, "2024", 549, {"wider_than_asked", "unallocated"}, _left(549)),
    Row(
        "2018–2023: 1431; 14 records",
        lambda: _city().says(1431, "2018..2023").registers(14, 2019),
        "2018..2023",
        1431,
        {"unallocated"},
        _left(1417),
    ),
    Row("2018–2020: 700; 2020–2023: 900", _spans, "2018..2023", 900, {"overlap", "unallocated"}, _left(900)),
    Row(
        "the same + 3 records of 2018, 5 of 2020",
        _spans_and_records,
        "2018..2023",
        903,
        {"overlap", "unallocated"},
        _left(895),
    ),
    Row(
        "by field 200, 250, 75, 100; by subject 452, 173",
        lambda: _by_field(200),
        "2024",
        625,
        {"unallocated"},
        _left(
            625,
            by_subject={"collective": 452, "individual": 173},
            by_field={
                "economy": 200,
                "culture_society": 250,
                "defence_security": 75,
                "political_system": 100,
            },
        ),
    ),
    Row(
        "by field 195, 250, 75, 100; by subject 452, 173",
        lambda: _by_field(195),
        "2024",
        625,
        {"parts_differ", "unallocated"},
        {},
    ),
    Row(
        "city by field e: 100; its ward all fields: 60",
        lambda: _wards("P1").says(100, "2024", at="e").says(60, "2024", "P1"),
        "2024",
        100,
        {"unallocated"},
        {},
    ),
    Row(
        "city 100; its wards 60 and 55",
        lambda: _wards("P1", "P2").says(100, "2024").says(60, "2024", "P1").says(55, "2024", "P2"),
        "2024",
        115,
        {"exceeds_reported", "unallocated"},
        {},
    ),
    Row(
        "625, later 630 for the same region",
        lambda: _city().says(625, "2024").says(630, "2024"),
        "2024",
        630,
        {"restated", "unallocated"},
        {},
    ),
    Row(
        "01/01–21/05/2024: ind 173, col 452",
        lambda: (
            _city()
            .says(173, "2024-01-01..2024-05-21", at="ind")
            .says(452, "2024-01-01..2024-05-21", at="col")
        ),
        "2024",
        625,
        {"unallocated"},
        {"by_subject": {"collective": 452, "individual": 173}},
    ),
    Row(
        "two wards, each col and ind stated: 300/100, 162/80",
        _two_wards,
        "2024",
        642,
        {"unallocated"},
        {"by_subject": {"collective": 462, "individual": 180}},
    ),
    Row(
        "quarter 1: 4; 10 registrations without a date",
        lambda: _city().says(4, "2024-01-01..2024-03-31").registers(10),
        "2024",
        10,
        {"exceeds_reported"},
        _nothing(),
    ),
    Row(
        "2014–14/10/2024: 6977; 549 registrations of 01/03/2024",
        lambda: _city().says(6977, "2014-01-01..2024-10-14").registers(549, on="2024-03-01"),
        "2009..2024",
        6977,
        {"unallocated"},
        _left(6977 - 549),
    ),
    Row(
        "a model registered in two lines",
        lambda: _city().registers(model="M1").registers(model="M1", line="union"),
        "2024",
        1,
        set(),
        _nothing(),
    ),
    Row("nothing", _city, "2024", None, {"no_data"}, _nothing()),
]


@pytest.mark.parametrize("row", ROWS, ids=[row.words for row in ROWS])
def test_the_checked_example_comes_out_as_in_the_table(row: Row) -> None:
    figures = row.office().asked(row.asked)
    assert figures["models"]["registered"] == row.registered
    assert codes(figures) == row.problems
    assert {key: figures["models"][key] for key in row.also} == row.also


def test_the_data_of_fifteen_years_begin_in_2014() -> None:
    period = _overlapping().asked("2009..2024")["period"]
    assert (period["data_from"], period["data_to"]) == ("2014-01-01", "2024-10-14")


def test_the_wider_total_is_the_one_that_is_named() -> None:
    problems = _overlapping().asked("2024")["problems"]
    assert ["6.977" in each["message"] for each in problems if each["code"] == "wider_than_asked"] == [True]


def test_both_totals_of_an_overlap_are_named() -> None:
    (message,) = (
        each["message"] for each in _spans().asked("2018..2023")["problems"] if each["code"] == "overlap"
    )
    assert ": 700" in message and ": 900" in message


def test_a_model_in_two_lines_shows_in_each() -> None:
    office = _city().registers(model="M1").registers(model="M1", line="union")
    by_line = office.asked("2024")["models"]["by_line"]
    assert {line: value for line, value in by_line.items() if value} == {"territorial": 1, "union": 1}
