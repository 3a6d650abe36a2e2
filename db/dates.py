"""Dates as clerks type them and as papers print them; stored as ISO text."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from db.unreadable import NoSuchDayError, NotADateError, NotAYearError, NumberForDateError
from db.vietnamese import fold

__all__ = ["date_in_text", "date_in_words", "parse_birth_year", "parse_date", "show_date"]

_EARLIEST_YEAR: Final = 1900
_LATEST_YEAR: Final = 2100
_YEARS_AHEAD: Final = 10  # 26 is 2026 and 35 still 2035, but 85 is 1985
_OLDEST: Final = 125
_SHORT_YEAR: Final = 2

# On folded text. The first form that gives a day of the calendar counts.
_TIME: Final = r"(?:[t ]\s*0?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_FORMS: Final = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?P<y>\d{{4}})\s*[-/.]\s*(?P<m>\d{{1,2}})\s*[-/.]\s*(?P<d>\d{{1,2}}){_TIME}",
        rf"(?P<d>\d{{1,2}})\s*[-/. ]\s*(?P<m>\d{{1,2}})\s*[-/. ]\s*(?P<y>\d{{4}}|\d{{2}}){_TIME}",
        r"(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})",
        r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{2})",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>)",
        r"(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})(?P<y>)",
        r"(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2})(?P<y>)",
    )
)


def _full_year(digits: str, today: date) -> int:
    if len(digits) > _SHORT_YEAR:
        return int(digits)
    recent = 2000 + int(digits)
    return recent if recent <= today.year + _YEARS_AHEAD else recent - 100


def _years(digits: str, today: date) -> tuple[int, ...]:
    """The years to try: a day without one is of this year, or of last year where it would be to come."""
    return (_full_year(digits, today),) if digits else (today.year, today.year - 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _EARLIEST_YEAR <= year <= _LATEST_YEAR else None
    except ValueError:
        return None


def _refusal(text: str, day: int, month: int, year: int) -> NotADateError:
    """31/02 is a slip of the day; 11/22/2026, 1985 and 22/11/0206 are not dates as we write them."""
    if 1 <= day <= 31 and 1 <= month <= 12 and _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return NoSuchDayError(text, day, month, year)
    return NotADateError(text)


def _parse_text(text: str, today: date) -> date:
    refusal: NotADateError | None = None
    folded = fold(text)
    for form in _FORMS:
        if not (found := form.fullmatch(folded)):
            continue
        day, month = int(found["d"]), int(found["m"])
        years = _years(found["y"], today)
        for year in years:
            day_found = _day(year, month, day)
            if day_found and (found["y"] or day_found <= today):
                return day_found
        refusal = refusal or _refusal(text, day, month, years[-1])
    raise refusal or NotADateError(text)


def _as_seen(value: object) -> str:
    """A number as Excel shows it: every number of a workbook is a float, and 1890.0 is seen as 1890."""
    return f"{value:.15g}".replace(".", ",") if isinstance(value, float) else str(value)


def parse_date(value: object, today: date) -> str:
    """The ISO date of a cell or a field.

    Takes real dates, ``22/11/2026``, ``22-11-26``, ``22.11.2026``, ``2026-11-22``, ``22112026``, ``221126``,
    ``ngày 22 tháng 11 năm 2026``, and without a year ``2211`` or ``22/11``: this year, last year where that
    would be after ``today``. Raises :class:`NoSuchDayError` (31/02), :class:`NumberForDateError` (a number,
    such as a day count of Excel that lost its format), :class:`NotADateError`.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        raise NumberForDateError(_as_seen(value))
    if not isinstance(value, str):
        raise NotADateError("" if value is None else str(value))
    return _parse_text(value, today).isoformat()


def _year_digits(value: object, today: date) -> str:
    digits = f"{value:.15g}" if isinstance(value, int | float) else fold(str(value)).removeprefix("nam ")
    return digits if re.fullmatch(r"\d{2}|\d{4}", digits, re.ASCII) else parse_date(value, today)[:4]


def parse_birth_year(value: object, today: date) -> int:
    """A year of birth: ``1985``, ``85`` where the century is clear, or the year of a full date.

    Raises :class:`NotAYearError` for years to come, too long ago, or unclear.
    """
    try:
        digits = _year_digits(value, today)
    except NotADateError as error:
        raise NotAYearError(error.text) from error
    year = int(digits)
    if len(digits) == _SHORT_YEAR and 2000 + year > today.year:
        year += 1900
    if today.year - _OLDEST <= year <= today.year:
        return year
    raise NotAYearError(_as_seen(value))


def show_date(iso: str) -> str:
    """``05/02/2026``, ``05/09/2026``: as in forms, lists and the workbook."""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def _month(month: str) -> str:
    """A nought before the months 1 and 2 only, so that nobody makes 11 or 12 of them."""
    return month if month in {"01", "02"} else month.lstrip("0")


def date_in_text(iso: str) -> str:
    """``05/02/2026``, ``05/9/2026``: as in the running text of papers."""
    year, month, day = iso.split("-")
    return f"{day}/{_month(month)}/{year}"


def date_in_words(iso: str) -> str:
    """``ngày 05 tháng 02 năm 2026``, ``ngày 22 tháng 9 năm 2026``."""
    year, month, day = iso.split("-")
    return f"ngày {day} tháng {_month(month)} năm {year}"
