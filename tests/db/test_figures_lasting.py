"""Models that still work years after their first: registered again, or looked at."""

from __future__ import annotations

import pytest

from db import Book
from db.figures import Asked, compute, load, sources
from db.periods import parse_period
from tests.support.books import add_model, add_registration
from tests.support.figure_facts import CITY, Office


def _sustained(office: Office, period: str, **more: str) -> list[int | None]:
    return list(office.asked(period, **more)["sustained"].values())


def _begun(*others: str) -> Office:
    """M1 (and others) registered in 2022, and something registered in each year after."""
    office = Office()
    for model in ("M1", *others):
        office.registers(1, 2022, model=model)
    for year in (2023, 2024, 2025):
        office.registers(1, year, model=f"N{year}")
    return office


def test_a_model_that_was_looked_at_and_works_counts_though_it_was_not_registered_again() -> None:
    office = _begun().looks("2023-10-10").looks("2025-03-01")
    assert [_sustained(office, year) for year in ("2023", "2024", "2025")] == [
        [1, 0, 0], [0, 0, 0], [0, 0, 1],
    ]  # fmt: skip


def test_looked_at_and_registered_again_is_one_model() -> None:
    assert _sustained(_begun().registers(1, 2023, model="M1").looks("2023-10-10"), "2023") == [1, 0, 0]


def test_found_gone_does_not_count_though_it_was_registered_again() -> None:
    office = _begun().registers(1, 2023, model="M1").looks("2023-10-10", False)
    assert _sustained(office, "2023") == [0, 0, 0]


@pytest.mark.parametrize(("last", "expected"), [(True, 1), (False, 0), (None, 1)])
def test_the_last_look_of_the_year_counts(last: bool | None, expected: int) -> None:
    office = _begun().looks("2023-12-01", last).looks("2023-03-01", True)
    assert _sustained(office, "2023")[0] == expected


def test_a_look_that_says_nothing_changes_nothing() -> None:
    assert _sustained(_begun().looks("2023-10-10", None), "2023") == [0, 0, 0]


@pytest.mark.parametrize("on", ["2022-10-10", "2026-10-10"])
def test_looks_of_the_first_year_and_after_the_third_are_no_figure(on: str) -> None:
    office = _begun().registers(1, 2026, model="N2026").looks(on)
    assert _sustained(office, on[:4]) == [0, 0, 0]


def test_a_look_after_the_cut_off_is_left_out() -> None:
    office = _begun().looks("2023-10-10")
    assert _sustained(office, "2023", cutoff="2023-10-09") == [0, 0, 0]


def test_a_look_belongs_to_the_unit_of_its_day() -> None:
    office = _begun().unit("P1", CITY).unit("P2", CITY).looks("2023-10-10", unit="P1")
    assert [_sustained(office, "2023", unit=unit)[0] for unit in ("P1", "P2")] == [1, None]


def test_a_model_that_was_never_registered_has_no_age() -> None:
    assert _sustained(_begun().looks("2023-10-10", model="M9"), "2023") == [0, 0, 0]


def test_the_figure_opens_the_looks_and_the_registrations_behind_it() -> None:
    office = _begun("M2", "M3").looks("2023-10-10").registers(1, 2023, model="M2")
    office.registers(1, 2023, model="M3").looks("2023-10-10", False, "M3")
    found = sources(office.facts, office.question("2023"), "sustained.after_1_year")
    kinds = sorted(record.rstrip("0123456789") for record in found)
    assert kinds == ["check", "registration"]


@pytest.mark.parametrize("whole", [True, False])
def test_looks_are_read_from_the_book(book: Book, whole: bool) -> None:
    with book.writing("an") as write:
        for code, works in (("MH01", 1), ("MH02", 0), ("MH03", None)):
            model = add_model(write, code)
            add_registration(write, model, year=2024)
            stated = {"model": model, "checked_on": "2025-05-01", "still_working": works}
            write.add("sustainability_check", stated)
    period = parse_period("2025")
    asked = Asked(period.start, period.end, period.label, book.own_unit())
    facts = load(book) if whole else load(book, asked)
    assert compute(facts, asked)["sustained"]["after_1_year"] == 1
