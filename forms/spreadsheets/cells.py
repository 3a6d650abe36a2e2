"""From a raw cell to the value that a column holds, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from db import Value
from db.choices import code_of
from db.numbers import (
    NotADateError,
    NotANumberError,
    UnreadableError,
    parse_amount,
    parse_birth_year,
    parse_date,
    read_number,
    show_date,
)
from db.vietnamese import fold, nfc
from forms.spreadsheets.layout import As, Column
from forms.spreadsheets.read import Cell
from resources import _

Given = Value | Decimal
"""What a cell gives: a stored value, or a number that still waits for its measure."""

_LONGEST: Final = 32_767
_FIRST_YEAR: Final = 1945
_LAST_YEAR: Final = 2100
_FIRST_DAY: Final = date(1900, 3, 1)
# A year typed into a cell with a date format: 2024 becomes 16/07/1905
_YEARS_AS_DAYS: Final = (date(1905, 3, 14), date(1905, 9, 30))
_WHOLE_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_ONLY: Final = re.compile(r"(?:nam\s*)?((?:19|20)\d\d)")
_YEAR_IN_WORDS: Final = re.compile(r"nam\s*((?:19|20)\d\d)")
_YES: Final = frozenset({"x", "co", "1", "true", "yes", "v", "✓", "✔"})
_NO: Final = frozenset({"khong", "0", "false", "no"})
# What a row about an area may say in place of a number: "thứ 2", "40%", "22–91"
_WORDS: Final = re.compile(r"[^\W\d_]|%|\d\s*[-–—]\s*\d")
_code_of = lru_cache(maxsize=4096)(code_of)
_LOST_ZERO: Final = re.compile(r"[35789]\d{8}")
_MOST_KEPT: Final = 4096


class CellRefusedError(Exception):
    """A cell cannot be taken; the message is the reason in the clerk's words."""


@dataclass(slots=True)
class Reading:
    """What reading a cell needs besides the cell: today (for years of birth) and a place for remarks."""

    today: date
    remarks: list[str] = field(default_factory=list)


def shown(cell: Cell) -> str:
    """A raw cell as the clerk sees it in Excel, shortened."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return show_date(cell.isoformat())
    if isinstance(cell, float):
        return _number_text(cell)
    text = " ".join(str(cell).split())
    return text if len(text) <= 120 else f"{text[:119]}…"


def _number_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(number, ".15g").replace(".", ",")


def _text(cell: Cell, _column: Column, _reading: Reading) -> Value:
    return " ".join(_words(cell).split()) or None


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        if len(cell) > _LONGEST:
            raise CellRefusedError(_("The text is longer than a cell can hold. Please shorten it."))
        return nfc(cell.replace("_x000D_", ""))
    if isinstance(cell, bool | time | timedelta):
        raise CellRefusedError(_("The cell holds no text. Please write it as text."))
    return shown(cell)


def _long_text(cell: Cell, _column: Column, _reading: Reading) -> Value:
    lines = (" ".join(line.split()) for line in _words(cell).splitlines())
    return "\n".join(lines).strip() or None


def _code(cell: Cell, column: Column, reading: Reading) -> Value:
    if isinstance(cell, date):
        raise CellRefusedError(
            _("Excel made the date {value} of this. Give the cell the format Text and type it again.").format(
                value=shown(cell)
            )
        )
    return _text(cell, column, reading)


def _phone(cell: Cell, column: Column, reading: Reading) -> Value:
    text = _code(cell, column, reading)
    if isinstance(cell, float | int) and _LOST_ZERO.fullmatch(str(text)):
        reading.remarks.append(
            _("The phone number {value} has probably lost its first 0; it was imported as it stands.").format(
                value=text
            )
        )
    return text


def _choice(cell: Cell, column: Column, reading: Reading) -> Value:
    return _code_of(column.choices, str(_text(cell, column, reading)))


def _date(cell: Cell, _column: Column, reading: Reading) -> Value:
    if isinstance(cell, date):
        return _real_day(cell)
    if isinstance(cell, bool | time | timedelta):
        raise NotADateError(shown(cell))
    if isinstance(cell, str) and not _WHOLE_YEAR.search(cell):
        # Without its year a date would mean another day next year, and the row would be another row
        raise NotADateError(shown(cell))
    return parse_date(cell, reading.today)


def _real_day(cell: date) -> str:
    day = cell.date() if isinstance(cell, datetime) else cell
    if _YEARS_AS_DAYS[0] <= day <= _YEARS_AS_DAYS[1]:
        number = (day - date(1899, 12, 30)).days
        raise CellRefusedError(
            _("The cell holds the number {number} in a date format. Please write the whole date.").format(
                number=number
            )
        )
    if not _FIRST_DAY <= day <= date(_LAST_YEAR, 12, 31):
        raise NotADateError(shown(day))
    return day.isoformat()


def _day_or_year(cell: Cell, column: Column, reading: Reading) -> Value:
    """A day, or a year in the words "năm 2024" (an integer then)."""
    found = _YEAR_IN_WORDS.fullmatch(fold(cell)) if isinstance(cell, str) else None
    return int(found[1]) if found else _date(cell, column, reading)


def _year(cell: Cell, _column: Column, _reading: Reading) -> Value:
    found = _YEAR_ONLY.fullmatch(fold(_number_text(cell) if isinstance(cell, float) else str(cell)))
    if isinstance(cell, bool | date) or not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        raise CellRefusedError(
            _("“{value}” is not a year. Please write four digits, for example 2024.").format(
                value=shown(cell)
            )
        )
    return int(found[1])


def _birth_year(cell: Cell, _column: Column, reading: Reading) -> Value:
    return parse_birth_year(cell, reading.today)


def _number(cell: Cell, _column: Column, reading: Reading) -> Decimal:
    if isinstance(cell, date | time | timedelta):
        raise NotANumberError(shown(cell))
    read = read_number(cell)
    if read.rounded:
        reading.remarks.append(
            _("{value} has more than four decimals; it was rounded.").format(value=shown(cell))
        )
    return read.value


def _refuse_negative(number: Decimal | int, cell: Cell) -> None:
    if number < 0:
        raise CellRefusedError(_("{value} is less than nothing. Please check it.").format(value=shown(cell)))


def _count(cell: Cell, column: Column, reading: Reading) -> Value:
    number = _number(cell, column, reading)
    _refuse_negative(number, cell)
    if number != number.to_integral_value():
        raise CellRefusedError(_("{value} is not a whole number. Please check it.").format(value=shown(cell)))
    return int(number)


def _money(cell: Cell, _column: Column, _reading: Reading) -> Value:
    if isinstance(cell, date | time | timedelta):
        raise NotANumberError(shown(cell))
    amount = parse_amount(cell)
    _refuse_negative(amount, cell)
    return amount


def _number_or_words(cell: Cell, column: Column, reading: Reading) -> Given:
    if isinstance(cell, str) and _WORDS.search(cell):
        return _text(cell, column, reading)
    return _number(cell, column, reading)


def _flag(cell: Cell, _column: Column, _reading: Reading) -> Value:
    answer = fold(shown(cell))
    if answer not in _YES | _NO:
        raise CellRefusedError(
            _("“{value}” is not clear here. Please write x or leave it empty.").format(value=shown(cell))
        )
    return int(answer in _YES)


_READERS: Final[dict[As, Callable[[Cell, Column, Reading], Given]]] = {
    As.TEXT: _text,
    As.LONG_TEXT: _long_text,
    As.CODE: _code,
    As.UNIT: _code,
    As.UNITS: _code,
    As.LINE: _code,
    As.MODEL: _code,
    As.PHONE: _phone,
    As.CHOICE: _choice,
    As.DATE: _date,
    As.DAY_OR_YEAR: _day_or_year,
    As.YEAR: _year,
    As.BIRTH_YEAR: _birth_year,
    As.COUNT: _count,
    As.NUMBER: _number,
    As.NUMBER_OR_WORDS: _number_or_words,
    As.MONEY: _money,
    As.FLAG: _flag,
}


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing but blanks."""
    return isinstance(cell, str) and not cell.strip()


def read_cell(cell: Cell, column: Column, reading: Reading) -> Given:
    """The value of a filled cell. :class:`CellRefusedError` with the reason where it does not fit.

    Days are ISO text, a bare year in a column of days an integer, codes of choices as in interfaces §3,
    numbers Decimal (their measure may still multiply them), everything else as it is stored.
    """
    try:
        return _READERS[column.read_as](cell, column, reading)
    except UnreadableError as error:
        raise CellRefusedError(error.sentence()) from error


class ColumnCells:
    """Reads the filled cells of one column; many hold the same, which is read once."""

    __slots__ = ("_reading", "column", "kept", "name")

    def __init__(self, column: Column, reading: Reading) -> None:
        self.column = column
        self.name = column.name
        self._reading = reading
        self.kept: dict[Cell, Given] = {}

    def value(self, cell: Cell) -> Given:
        """As :func:`read_cell`."""
        # True is equal to 1 and -0.0 to 0.0, but they are not read alike
        is_exact = type(cell) is str or (type(cell) is float and cell != 0)
        value = self.kept.get(cell) if is_exact else None
        if value is None:
            value = read_cell(cell, self.column, self._reading)
            # A remark is to be made of every cell
            if is_exact and len(self.kept) < _MOST_KEPT and not self._reading.remarks:
                self.kept[cell] = value
        return value
