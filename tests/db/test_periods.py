"""Periods: every form that can be asked for, with its days and its Vietnamese name."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from db.periods import Period, PeriodError, parse_period, same_period_last_year, with_label

YEARS = st.integers(1950, 2090)
OF_A_YEAR = st.sampled_from(
    ["", *(f"-{month:02d}" for month in range(1, 13)), "Q1", "Q2", "Q3", "Q4", "H1", "H2", "M9"]
)
RULES = st.sampled_from(["", "@nd09"])


@pytest.mark.parametrize(
    ("asked", "start", "end", "label", "kind"),
    [
        ("2024", "2024-01-01", "2024-12-31", "năm 2024", "year"),
        ("2024-09", "2024-09-01", "2024-09-30", "tháng 9 năm 2024", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "tháng 02 năm 2024", "month"),
        ("2024-11", "2024-11-01", "2024-11-30", "tháng 11 năm 2024", "month"),
        ("2024Q1", "2024-01-01", "2024-03-31", "quý I/2024", "quarter"),
        ("2024Q3", "2024-07-01", "2024-09-30", "quý III/2024", "quarter"),
        ("2024Q4", "2024-10-01", "2024-12-31", "quý IV/2024", "quarter"),
        ("2024H1", "2024-01-01", "2024-06-30", "6 tháng đầu năm 2024", "first_half"),
        ("2024H2", "2024-07-01", "2024-12-31", "6 tháng cuối năm 2024", "second_half"),
        ("2024M9", "2024-01-01", "2024-09-30", "9 tháng đầu năm 2024", "nine_months"),
        ("2009..2024", "2009-01-01", "2024-12-31", "giai đoạn 2009–2024", "years"),
        (
            "2024-01-01..2024-05-21",
            "2024-01-01",
            "2024-05-21",
            "từ ngày 01/01/2024 đến ngày 21/5/2024",
            "days",
        ),
        ("2024-10-14..2024-10-14", "2024-10-14", "2024-10-14", "ngày 14/10/2024", "days"),
        ("2024@nd09", "2023-12-15", "2024-12-14", "năm 2024", "year"),
        ("2024-01@nd09", "2023-12-15", "2024-01-14", "tháng 01 năm 2024", "month"),
        ("2024-03@nd09", "2024-02-15", "2024-03-14", "tháng 3 năm 2024", "month"),
        ("2024Q1@nd09", "2023-12-15", "2024-03-14", "quý I/2024", "quarter"),
        ("2024Q3@nd09", "2024-06-15", "2024-09-14", "quý III/2024", "quarter"),
        ("2024H1@nd09", "2023-12-15", "2024-06-14", "6 tháng đầu năm 2024", "first_half"),
        ("2024H2@nd09", "2024-06-15", "2024-12-14", "6 tháng cuối năm 2024", "second_half"),
        ("2024M9@nd09", "2023-12-15", "2024-09-14", "9 tháng đầu năm 2024", "nine_months"),
        ("2009..2024@nd09", "2008-12-15", "2024-12-14", "giai đoạn 2009–2024", "years"),
    ],
)
def test_a_period_has_its_days_and_its_name(asked: str, start: str, end: str, label: str, kind: str) -> None:
    rule = "nd09" if "@" in asked else "calendar"
    expected = Period(date.fromisoformat(start), date.fromisoformat(end), label, kind, asked, rule)
    assert parse_period(asked) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [(" 2024q3 ", "2024Q3"), ("2024-9", "2024-09"), ("2024h1@ND09", "2024H1@nd09"), ("2024..2024", "2024")],
)
def test_small_slips_are_forgiven(typed: str, code: str) -> None:
    assert parse_period(typed) == parse_period(code)


@pytest.mark.parametrize(
    "asked",
    [
        "", "abc", "24", "2024Q5", "2024Q0", "2024-13", "2024-00", "2024H3", "2024M8", "2024..2009",
        "2024@", "2024@x", "2024..", "2024-05-21..2024-01-01", "2024-02-30..2024-05-21",
        "2024-01-01..2024-05-21@nd09", "0000", "1700", "2024-01..2024-05", "0001-01-01..0001-02-01",
        "2024@nd09@nd09",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_what_is_accepted(asked: str) -> None:
    resources.use_language("en")
    with pytest.raises(PeriodError, match="2024Q3, 2024H1"):
        parse_period(asked)


@pytest.mark.parametrize(
    ("asked", "year_before"),
    [
        ("2024", "2023"),
        ("2024-02", "2023-02"),
        ("2024Q3@nd09", "2023Q3@nd09"),
        ("2009..2024", "2008..2023"),
        ("2024-01-01..2024-05-21", "2023-01-01..2023-05-21"),
        ("2024-02-29..2024-03-15", "2023-02-28..2023-03-15"),
        ("2025-01-01..2025-02-28", "2024-01-01..2024-02-29"),
    ],
)
def test_the_same_period_of_last_year_keeps_months_and_rule(asked: str, year_before: str) -> None:
    assert same_period_last_year(parse_period(asked)) == parse_period(year_before)


def test_an_office_names_a_period_as_it_likes() -> None:
    asked = parse_period("2009..2024")
    named = with_label(asked, "15 năm")
    assert (named.label, named.start, named.end) == ("15 năm", asked.start, asked.end)


@pytest.mark.parametrize("label", [None, ""])
def test_without_a_name_the_usual_one_stays(label: str | None) -> None:
    assert with_label(parse_period("2024"), label) == parse_period("2024")


@given(YEARS, OF_A_YEAR, RULES)
def test_every_period_ends_after_it_starts_and_can_be_asked_again(year: int, part: str, rule: str) -> None:
    period = parse_period(f"{year}{part}{rule}")
    assert period.start <= period.end
    assert parse_period(period.code) == period
    assert same_period_last_year(period).start < period.start


@given(YEARS, RULES)
def test_months_quarters_and_halves_fill_the_year_without_gaps(year: int, rule: str) -> None:
    whole = parse_period(f"{year}{rule}")
    for parts in ([f"-{m:02d}" for m in range(1, 13)], ["Q1", "Q2", "Q3", "Q4"], ["H1", "H2"]):
        periods = [parse_period(f"{year}{part}{rule}") for part in parts]
        assert (periods[0].start, periods[-1].end) == (whole.start, whole.end)
        assert all(b.start - a.end == timedelta(days=1) for a, b in pairwise(periods))


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 4000))
def test_days_are_taken_as_given(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    period = parse_period(f"{start}..{end}")
    assert (period.start, period.end) == (start, end)
    assert same_period_last_year(period).start <= same_period_last_year(period).end
