"""Checks that are due one, two and three years after the launch of a model."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Book, Value
from db.life.checking import (
    CheckRule,
    anniversary,
    checks_due,
    last_launch,
    launch_days,
    models_due,
    usual_rule,
)
from tests.support.books import add_model, add_registration

RULE = CheckRule((1, 2, 3), 60)


def _launched(
    book: Book, on: str = "2024-10-10", status: str | None = "registered", code: str = "MH01", **more: Value
) -> str:
    with book.writing("an") as write:
        model = add_model(write, code, **more)
        add_registration(write, model, year=int(on[:4]), status=status)
        write.add("activity", {"model": model, "kind": "launch", "held_on": on})
    return model


def _due(book: Book, today: str) -> list[tuple[int, str]]:
    found = checks_due(book, date.fromisoformat(today), RULE)
    return [(one.after_years, one.due_on.isoformat()) for one in found]


def _check(book: Book, model: str, on: str, works: int | None = 1) -> None:
    with book.writing("an") as write:
        write.add("sustainability_check", {"model": model, "checked_on": on, "still_working": works})


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2025-10-09", []),
        ("2025-10-10", [(1, "2025-10-10")]),
        ("2026-10-09", [(1, "2025-10-10")]),
        ("2026-10-10", [(2, "2026-10-10")]),
        ("2035-01-01", [(3, "2027-10-10")]),
    ],
)
def test_a_check_is_due_on_the_day_and_until_it_is_made(
    book: Book, today: str, due: list[tuple[int, str]]
) -> None:
    _launched(book)
    assert _due(book, today) == due


@pytest.mark.parametrize(
    ("checked", "due"),
    [("2025-08-10", [(1, "2025-10-10")]), ("2025-08-11", []), ("2025-10-10", []), ("2026-01-01", [])],
)
def test_a_check_a_little_early_or_late_is_the_one(
    book: Book, checked: str, due: list[tuple[int, str]]
) -> None:
    _check(book, _launched(book), checked)
    assert _due(book, "2026-02-01") == due


def test_a_check_of_the_first_year_is_none_of_the_second(book: Book) -> None:
    _check(book, _launched(book), "2025-10-10")
    assert _due(book, "2026-10-10") == [(2, "2026-10-10")]


def test_after_a_check_that_found_it_gone_nothing_is_due(book: Book) -> None:
    _check(book, _launched(book), "2025-10-10", 0)
    assert _due(book, "2028-01-01") == []


def test_after_three_years_nothing_more_is_due(book: Book) -> None:
    _check(book, _launched(book), "2027-10-10")
    assert _due(book, "2032-01-01") == []


@pytest.mark.parametrize("status", ["draft", "returned", "withdrawn", "stopped"])
def test_nothing_is_due_for_what_was_never_registered_or_is_stopped(book: Book, status: str) -> None:
    _launched(book, status=status)
    assert _due(book, "2026-01-01") == []


def test_a_model_lives_while_one_of_its_lines_does(book: Book) -> None:
    model = _launched(book, status="withdrawn")
    with book.writing("an") as write:
        add_registration(write, model, year=2024, line="women", status="registered")
    assert len(_due(book, "2026-01-01")) == 1


def test_nothing_is_due_for_an_ended_model(book: Book) -> None:
    _launched(book, ended_on="2025-06-30")
    assert _due(book, "2026-01-01") == []


def test_the_launch_is_the_first_launch_else_the_beginning_else_the_registration(book: Book) -> None:
    model = _launched(book, started_on="2024-03-01")
    with book.writing("an") as write:
        write.add("activity", {"model": model, "kind": "launch", "held_on": "2025-01-01"})
        begun = add_model(write, "MH02", started_on="2024-03-01")
        add_registration(write, begun, registered_on="2024-01-15")
        plain = add_model(write, "MH03")
        add_registration(write, plain, registered_on="2024-01-15")
        early = add_model(write, "MH04")
        add_registration(write, early, registered_on="2023-12-15")
        add_registration(write, add_model(write, "MH05"), status="draft")
    found = {
        book.get("model", one)["code"]: day.isoformat()
        for one, day in launch_days(book, date(2026, 1, 1)).items()
    }
    assert found == {"MH01": "2024-10-10", "MH02": "2024-03-01", "MH03": "2024-01-15", "MH04": "2024-01-01"}


def test_the_longest_overdue_comes_first(book: Book) -> None:
    _launched(book, "2024-05-01", code="MH02")
    _launched(book, "2024-03-01", code="MH01")
    assert [on for _years, on in _due(book, "2025-12-31")] == ["2025-03-01", "2025-05-01"]


@pytest.mark.parametrize("today", ["2025-03-01", "2025-12-31", "2027-05-02", "2040-01-01"])
def test_the_quick_list_of_models_is_the_same(book: Book, today: str) -> None:
    for at, on in enumerate(("2024-02-29", "2024-03-01", "2024-03-02", "2026-05-01")):
        _launched(book, on, code=f"MH{at}")
    _check(book, _launched(book, "2024-01-01", code="MH7"), "2026-12-01")
    _check(book, _launched(book, "2024-01-02", code="MH8"), "2025-12-01", 0)
    day = date.fromisoformat(today)
    assert sorted(models_due(book, day)) == sorted(one.model for one in checks_due(book, day))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_check_is_due_from_the_last_launch_of_a_day_backwards(launch: date, today: date) -> None:
    assert (launch <= last_launch(today, 1)) == (anniversary(launch, 1) <= today)


@pytest.mark.parametrize("today", [date(2025, 2, 28), date(2024, 2, 28), date(2024, 2, 29), date(2025, 3, 1)])
def test_leap_days_are_no_exception(today: date) -> None:
    for days in range(360, 372):
        launch = today - timedelta(days)
        assert (launch <= last_launch(today, 1)) == (anniversary(launch, 1) <= today)


def test_a_leap_day_comes_round_a_day_earlier() -> None:
    assert anniversary(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_the_usual_rule_is_one_two_and_three_years() -> None:
    assert usual_rule().after_years == (1, 2, 3)
