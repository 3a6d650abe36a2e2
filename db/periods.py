"""Periods a report can be asked for, with their Vietnamese names and the State's cut-off days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from db.dates import date_in_text
from db.unreadable import PeriodError
from db.vietnamese import nfc

__all__ = ["Period", "PeriodError", "parse_period", "same_period_last_year", "with_label"]

CALENDAR: Final = "calendar"
ND09: Final = "nd09"
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100
_ROMAN: Final = ("I", "II", "III", "IV")
_CUTOFF_DAY: Final = 14


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included.

    ``label`` is what papers print, in Vietnamese. ``kind``: year, month, quarter, first_half, second_half,
    nine_months, years, days. ``code`` is the way to ask for it again, ``rule`` where it is cut off.
    """

    start: date
    end: date
    label: str
    kind: str
    code: str
    rule: str = CALENDAR


@dataclass(frozen=True, slots=True)
class _Months:
    """Months of one year or of a row of years, counted 1 to 12."""

    first_year: int
    last_year: int
    first: int
    last: int
    label: str
    kind: str
    code: str


def _in_words(month: int) -> str:
    # 01 and 02, then 3: a nought keeps 1 and 2 from being made into 11 and 12
    return f"0{month}" if month in {1, 2} else str(month)


def _month(year: int, number: int) -> _Months:
    label = f"tháng {_in_words(number)} năm {year}"
    return _Months(year, year, number, number, label, "month", f"{year}-{number:02d}")


def _quarter(year: int, number: int) -> _Months:
    label, last = f"quý {_ROMAN[number - 1]}/{year}", 3 * number
    return _Months(year, year, last - 2, last, label, "quarter", f"{year}Q{number}")


def _half(year: int, number: int) -> _Months:
    words, kind = (("đầu", "first_half"), ("cuối", "second_half"))[number - 1]
    label, last = f"6 tháng {words} năm {year}", 6 * number
    return _Months(year, year, last - 5, last, label, kind, f"{year}H{number}")


def _nine_months(year: int, number: int) -> _Months:
    return _Months(year, year, 1, number, f"{number} tháng đầu năm {year}", "nine_months", f"{year}M{number}")


def _year(year: int, _number: int = 0) -> _Months:
    return _Months(year, year, 1, 12, f"năm {year}", "year", str(year))


def _years(first: int, last: int) -> _Months:
    if first == last:
        return _year(first)
    return _Months(first, last, 1, 12, f"giai đoạn {first}–{last}", "years", f"{first}..{last}")


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[int, int], _Months]], ...]] = tuple(
    (re.compile(form, re.ASCII), make)
    for form, make in (
        (r"(\d{4})()", _year),
        (r"(\d{4})-(0?[1-9]|1[0-2])", _month),
        (r"(\d{4})Q([1-4])", _quarter),
        (r"(\d{4})H([12])", _half),
        (r"(\d{4})M(9)", _nine_months),
        (r"(\d{4})\.\.(\d{4})", _years),
    )
)
_DAYS: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", re.ASCII)


def _months(text: str) -> _Months | None:
    for form, make in _FORMS:
        if found := form.fullmatch(text):
            return make(int(found[1]), int(found[2] or 0))
    return None


def _month_end(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _by_calendar(months: _Months) -> tuple[date, date]:
    last_day = _month_end(months.last_year, months.last)
    return date(months.first_year, months.first, 1), date(months.last_year, months.last, last_day)


def _by_nd09(months: _Months) -> tuple[date, date]:
    """From the 15th before the first month to the 14th of the last one (NĐ 09/2019/NĐ-CP)."""
    before = date(months.first_year, months.first, 1) - timedelta(days=1)
    return before.replace(day=_CUTOFF_DAY + 1), date(months.last_year, months.last, _CUTOFF_DAY)


def _of_months(months: _Months, rule: str) -> Period:
    start, end = _by_nd09(months) if rule == ND09 else _by_calendar(months)
    code = f"{months.code}@{rule}" if rule == ND09 else months.code
    return Period(start, end, months.label, months.kind, code, rule)


def _days_label(start: date, end: date) -> str:
    last = date_in_text(end.isoformat())
    return f"ngày {last}" if start == end else f"từ ngày {date_in_text(start.isoformat())} đến ngày {last}"


def _of_days(start: date, end: date) -> Period:
    return Period(start, end, _days_label(start, end), "days", f"{start}..{end}")


def _possible(first_year: int, last_year: int) -> bool:
    return _FIRST_YEAR < first_year <= last_year <= _LAST_YEAR


def _read(text: str) -> Period | None:
    asked, _at, rule = nfc(text).partition("@")
    months = _months(asked.strip().upper())
    if months:
        known = (_at, rule.strip().lower()) in {("", ""), ("@", ND09)}
        possible = _possible(months.first_year, months.last_year)
        return _of_months(months, rule.strip().lower() or CALENDAR) if known and possible else None
    days = _DAYS.fullmatch(asked)
    if not days or _at:
        return None
    start, end = date.fromisoformat(days[1]), date.fromisoformat(days[2])
    return _of_days(start, end) if start <= end and _possible(start.year, end.year) else None


def parse_period(text: str) -> Period:
    """The period a text asks for.

    ``2024``, ``2024-09``, ``2024Q3``, ``2024H1``, ``2024H2``, ``2024M9``, ``2009..2024``,
    ``2024-01-01..2024-05-21``; all but the last with ``@nd09`` for the State's cut-offs: the year from
    15/12 of the year before to 14/12. Raises :class:`PeriodError`. Sources: interfaces 1, domain dossier 2.4.
    """
    try:
        period = _read(text)
    except ValueError as error:  # a day that no calendar has
        raise PeriodError(text) from error
    if period is None:
        raise PeriodError(text)
    return period


def _year_before(day: date, to_month_end: bool = False) -> date:
    """The same day a year earlier; the end of February stays its end where a span ends there."""
    last = _month_end(day.year - 1, day.month)
    stays = to_month_end and day.day == _month_end(day.year, day.month)
    return day.replace(year=day.year - 1, day=last if stays else min(day.day, last))


def _years_earlier(code: str) -> str:
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), code)


def same_period_last_year(period: Period) -> Period:
    """The same months or days one year earlier; a span of years is moved by one year as a whole."""
    if period.kind == "days":
        return _of_days(_year_before(period.start), _year_before(period.end, to_month_end=True))
    return parse_period(_years_earlier(period.code))


def with_label(period: Period, label: str | None) -> Period:
    """The period under the name an office gives it ("15 năm"); a label is given, never computed."""
    return replace(period, label=nfc(label)) if label else period
