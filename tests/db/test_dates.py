"""Dates and years of birth: read as clerks write them, shown as papers print them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import date_in_text, date_in_words, parse_birth_year, parse_date, show_date
from db.unreadable import NoSuchDayError, NotADateError, NotAYearError, NumberForDateError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("22/11/2026", "2026-11-22"),
        ("5/3/2025", "2025-03-05"),
        ("05.03.2025", "2025-03-05"),
        ("22-11-26", "2026-11-22"),
        ("22 11 2026", "2026-11-22"),
        ("15/10/85", "1985-10-15"),
        ("15/10/1930", "1930-10-15"),
        ("22112026", "2026-11-22"),
        ("20121105", "2012-11-05"),
        ("221126", "2026-11-22"),
        ("2211", "2026-11-22"),
        ("2311", "2025-11-23"),
        ("22/11", "2026-11-22"),
        ("1/12", "2025-12-01"),
        ("2024-05-21", "2024-05-21"),
        ("2024-05-21 00:00:00", "2024-05-21"),
        ("2024-05-21T07:30", "2024-05-21"),
        ("ngày 05 tháng 9 năm 2024", "2024-09-05"),
        (normalize("NFD", "Ngày 5 tháng 9"), "2026-09-05"),
        ("２２／１１／２０２６", "2026-11-22"),
        (" 29/02/2024\xa0", "2024-02-29"),
        (date(2024, 5, 21), "2024-05-21"),
        (datetime(2024, 5, 21, 7, 30, tzinfo=timezone(timedelta(hours=7))), "2024-05-21"),
    ],
)
def test_a_date_is_read_as_clerks_type_it(typed: object, iso: str) -> None:
    assert parse_date(typed, TODAY) == iso


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("31/02/2026", NoSuchDayError),
        ("31022026", NoSuchDayError),
        ("29/02/2025", NoSuchDayError),
        ("2902", NoSuchDayError),
        ("3104", NoSuchDayError),
        (45_000.0, NumberForDateError),
        (2024, NumberForDateError),
        ("11/22/2026", NotADateError),
        ("1985", NotADateError),
        ("năm 2024", NotADateError),
        ("22/11/0206", NotADateError),
        ("1/1/1850", NotADateError),
        ("0/5/2024", NotADateError),
        ("hôm qua", NotADateError),
        ("", NotADateError),
        (None, NotADateError),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(typed: object, error: type[NotADateError]) -> None:
    with pytest.raises(NotADateError) as refused:
        parse_date(typed, TODAY)
    assert type(refused.value) is error


@given(st.dates(date(1925, 11, 23), TODAY))
def test_a_shown_date_reads_back_as_itself(day: date) -> None:
    iso = day.isoformat()
    for shown in (show_date(iso), date_in_text(iso), date_in_words(iso), f"{day:%d%m%Y}", iso):
        assert parse_date(shown, TODAY) == iso


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_without_its_year_is_never_to_come(day: date, today: date) -> None:
    try:
        found = date.fromisoformat(parse_date(f"{day:%d%m}", today))
    except NoSuchDayError:
        assert (day.day, day.month) == (29, 2)
    else:
        assert (found.day, found.month) == (day.day, day.month)
        assert 0 <= (today - found).days <= 366


@pytest.mark.parametrize(
    ("iso", "form", "text", "words"),
    [
        ("2026-02-05", "05/02/2026", "05/02/2026", "ngày 05 tháng 02 năm 2026"),
        ("2026-03-05", "05/03/2026", "05/3/2026", "ngày 05 tháng 3 năm 2026"),
        ("2024-05-21", "21/05/2024", "21/5/2024", "ngày 21 tháng 5 năm 2024"),
        ("2024-10-09", "09/10/2024", "09/10/2024", "ngày 09 tháng 10 năm 2024"),
    ],
)
def test_noughts_stand_before_days_below_ten_and_the_first_two_months(
    iso: str, form: str, text: str, words: str
) -> None:
    assert (show_date(iso), date_in_text(iso), date_in_words(iso)) == (form, text, words)


@pytest.mark.parametrize(
    ("typed", "year"),
    [("1985", 1985), ("85", 1985), ("12/3/1985", 1985), (1985.0, 1985), (1950, 1950), ("năm 1950", 1950),
     (date(1961, 5, 1), 1961), ("12031985", 1985)],
)  # fmt: skip
def test_a_year_of_birth_is_read(typed: object, year: int) -> None:
    assert parse_birth_year(typed, TODAY) == year


@pytest.mark.parametrize(
    "typed", ["26", "05", "1890", "2030", 31_000.0, None, "", "già", "31/02/1950", "19855"]
)
def test_an_impossible_year_of_birth_is_refused(typed: object) -> None:
    with pytest.raises(NotAYearError):
        parse_birth_year(typed, TODAY)


@pytest.mark.parametrize(
    ("cell", "seen"), [(1890.0, "1890"), (1985.5, "1985,5"), (4_512_345.0, "4512345"), (1890, "1890")]
)
def test_a_refused_year_of_birth_is_told_as_the_clerk_sees_it(cell: float, seen: str) -> None:
    with pytest.raises(NotAYearError) as told:
        parse_birth_year(cell, TODAY)
    assert told.value.text == seen
