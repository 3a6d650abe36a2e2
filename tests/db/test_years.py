"""The years there are registrations of."""

from __future__ import annotations

import pytest

from db import Book
from db.life.years import registered_years
from tests.support.books import add_model, add_registration


def test_a_book_without_registrations_has_no_years(book: Book) -> None:
    assert registered_years(book) == []


@pytest.mark.parametrize(
    ("made", "removed", "live"),
    [
        ([2024], [], [2024]),
        ([2026, 2019, 2024, 2024], [], [2019, 2024, 2026]),
        ([2019, 2024, 2026], [2019], [2024, 2026]),
        ([2019, 2024, 2026], [2024], [2019, 2026]),
        ([2019, 2024, 2026], [2026], [2019, 2024]),
        ([2024], [2024], []),
    ],
)
def test_the_years_are_those_of_live_registrations(
    book: Book, made: list[int], removed: list[int], live: list[int]
) -> None:
    with book.writing("an") as write:
        model = add_model(write, "MH")
        records = [(add_registration(write, model, year=year), year) for year in made]
    with book.writing("an") as write:
        for record, year in records:
            if year in removed:
                write.remove("registration", record)
    assert registered_years(book) == live
