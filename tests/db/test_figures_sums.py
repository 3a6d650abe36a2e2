"""Records added up while they are read give the figures of the records themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings

from db.figures import Asked, Facts, compute, compute_by_unit, load, load_sums, sources
from db.figures.facts import ActivityFact, ContributionFact, ReportedFact
from tests.support.figures_as_book import FactsBook
from tests.support.figures_books import books


@settings(max_examples=100, derandomize=True)
@given(books())
def test_sums_of_any_small_book_give_the_figures_of_its_records(book: tuple[Facts, Asked]) -> None:
    facts, asked = book
    readable = FactsBook(facts)
    assert compute(load_sums(readable, asked), asked) == compute(load(readable), asked)
    assert compute_by_unit(load_sums(readable, asked), asked) == compute_by_unit(load(readable), asked)


def _many(facts: Facts, unit: str) -> Facts:
    """With money, labour and meetings on every fifth day of 2023 to 2025."""
    days = [date(2023, 1, 1) + timedelta(days=5 * number) for number in range(219)]
    kinds = ("cash", "labour_days", "transfer", "in_kind")
    gifts = (_gift(number, unit, day, kinds[number % 4]) for number, day in enumerate(days))
    held = (
        ActivityFact(
            f"m{number}", unit, None, day, None, ("meeting", "dialogue")[number % 2], number % 3 or None
        )
        for number, day in enumerate(days)
    )
    return replace(facts, contributions=tuple(gifts), activities=tuple(held))


def _gift(number: int, unit: str, day: date, kind: str) -> ContributionFact:
    who, amount = ("Bà Bình", "bà  bình", "Ông An")[number % 3], number * 1000
    of = "budget" if number % 7 == 0 else None
    facts = ContributionFact(f"g{number}", unit, None, day, None, kind, who, of, f"cây {number % 2}")
    return replace(
        facts, amount_vnd=amount if number % 5 else None, quantity=None if kind == "cash" else Fraction(3)
    )


def _stated(periods: Iterable[tuple[date, date]], unit: str) -> tuple[ReportedFact, ...]:
    names = ("Ngày công", "Kinh phí xã hội hóa")
    return tuple(
        ReportedFact(f"{name} {start}", number, unit, name, start, end, value=Fraction(20 * number))
        for name in names
        for number, (start, end) in enumerate(periods)
    )


@settings(max_examples=20, derandomize=True)
@given(books())
def test_stated_totals_meet_the_days_on_their_side_only(book: tuple[Facts, Asked]) -> None:
    facts, asked = book
    periods = [(date(2024, 1, 1), date(2024, 4, 17)), (date(2024, 4, 18), date(2024, 12, 31))]
    periods += [(date(2024, 3, 3), date(2024, 3, 3)), (date(2023, 12, 15), date(2024, 12, 14))]
    readable = FactsBook(replace(_many(facts, asked.unit), reported=_stated(periods, asked.unit)))
    for question in (asked, replace(asked, cutoff=date(2024, 5, 21)), replace(asked, start=date(2023, 6, 7))):
        assert compute(load_sums(readable, question), question) == compute(load(readable), question)


def test_sums_are_fewer_than_records_and_do_not_know_them() -> None:
    asked = Asked(date(2024, 1, 1), date(2024, 12, 31), "", "own")
    facts = load_sums(FactsBook(_many(Facts("own", ()), "own")), asked)
    assert len(facts.contributions) < 30
    assert sum(fact.count for fact in facts.contributions) == 74
    with pytest.raises(ValueError, match="records"):
        sources(facts, asked, "contributions.cash_vnd")
