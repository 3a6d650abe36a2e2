"""Which of the totals whose periods cross count: the larger way, weighed with all it has inside."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figure_facts import Office, codes

Q1, H1, FROM_APRIL = "2024-01-01..2024-03-31", "2024-01-01..2024-06-30", "2024-04-01..2024-12-31"
MIDDLE = "2023-07-01..2024-06-30"


def _counted(figures: dict[str, object]) -> list[bool]:
    """By first and last day."""
    rows = figures["reported"]
    assert isinstance(rows, list)
    return [row["counted"] for row in sorted(rows, key=lambda row: (row["from"], row["to"]))]


def test_a_total_that_crosses_only_what_is_left_out_counts() -> None:
    # "`counted` is false only for a row ... left out by an `overlap`": 2024 crosses nothing that counts
    office = Office().says(5, "2022..2023").says(0, MIDDLE, as_of="2025-01-01").says(0, "2024")
    figures = office.asked("2022..2024")
    assert _counted(figures) == [True, False, True]
    assert figures["period"]["data_to"] == "2024-12-31"


def test_an_earlier_total_that_crosses_only_what_is_left_out_counts() -> None:
    office = Office().says(0, "2022..2023").says(0, MIDDLE).says(1, "2024")
    assert _counted(office.asked("2022..2024")) == [True, False, True]


def test_a_total_that_comes_back_is_compared_with_its_records() -> None:
    office = Office().says(5, "2022..2023").says(0, MIDDLE, as_of="2025-01-01").says(0, "2024").registers()
    assert codes(office.asked("2022..2024")) == {"exceeds_reported", "overlap", "unallocated"}


def test_a_way_of_covering_is_weighed_with_what_is_stated_in_its_gaps() -> None:
    # "the larger way of covering counts", "a gap holds its records": 1 and the 2 of its gap are more than 2
    office = Office().says(2, Q1).says(2, H1, as_of="2025-06-01").says(1, FROM_APRIL).says(3, "2023..2024")
    assert _counted(office.asked("2023..2024")) == [True, True, False, True]


def test_the_larger_way_shows_in_a_field_of_which_the_whole_tells_nothing() -> None:
    # "the sum of ... consecutive sub-periods": 5 + 5 in the field, more than 6
    office = (
        Office()
        .says(5, Q1, at="e")
        .says(6, H1, at="e", as_of="2025-06-01")
        .says(5, FROM_APRIL, at="e")
        .says(6, FROM_APRIL)
    )
    models = office.asked("2024")["models"]
    assert (models["by_field"]["economy"], models["registered"]) == (10, 11)


def test_the_larger_way_shows_in_a_level_beside_registrations_without_one() -> None:
    office = Office().registers(2, on="2024-09-09")
    for value, period in ((4, Q1), (4, FROM_APRIL), (6, H1)):
        office.says(value, period, level="grassroots", as_of="2024-12-31")
    assert office.asked("2024")["models"]["by_level"]["grassroots"] == 8


def test_of_equal_ways_the_later_row_counts() -> None:
    office = Office().says(9, MIDDLE, as_of="2025-01-01").says(9, "2024", as_of="2025-01-01")
    assert _counted(office.asked("2023..2024")) == [False, True]


def test_in_a_long_row_of_crossing_totals_no_two_that_count_cross_and_no_more_could() -> None:
    office = Office()
    for year in range(2000, 2024):
        office.says(1 + year % 3, f"{year}-01-01..{year + 1}-06-30")
    counts = _counted(office.asked("2000..2024"))
    assert not any(one and other for one, other in pairwise(counts))
    assert all(any(counts[max(0, i - 1) : i + 2]) for i in range(len(counts)))


def _row(values: list[int], step: int, length: int) -> list[tuple[date, date, int]]:
    """Totals that begin ``step`` days after each other and are ``length`` days long."""
    begins = [date(2020, 1, 1) + timedelta(days=step * place) for place in range(len(values))]
    return [
        (begin, begin + timedelta(days=length - 1), value)
        for begin, value in zip(begins, values, strict=True)
    ]


def _largest(row: list[tuple[date, date, int]]) -> int:
    """The most that totals of a row come to of which no two share a day."""
    best = [0]
    for place, (begin, _end, value) in enumerate(row):
        before = sum(end < begin for _begin, end, _value in row[:place])
        best.append(max(best[-1], best[before] + value))
    return best[-1]


def _says(office: Office, row: list[tuple[date, date, int]], at: str = "") -> Office:
    for begin, end, value in row:
        office.says(value, f"{begin}..{end}", at=at)
    return office


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(20, 60), st.integers(30, 200))
def test_a_row_of_crossing_totals_comes_to_the_most_that_fits_beside_each_other(
    values: list[int], step: int, length: int
) -> None:
    row = _row(values, step, length)
    assert _says(Office(), row).asked("2020..2024")["models"]["registered"] == _largest(row)


@pytest.mark.parametrize("at", ["", "e", "e col"])
def test_a_dozen_periods_in_four_breakdowns_come_to_the_largest_of_them(at: str) -> None:
    # Each set of totals is worked out once, so that this takes a second and no minutes
    row, office = _row([100 + 7 * place % 13 for place in range(10)], 31, 101), Office()
    for each in ("", "e", "col", "e col"):
        _says(office, row if each == at else [(begin, end, 1) for begin, end, _value in row], each)
    assert office.asked("2020..2024")["models"]["registered"] == _largest(row)
