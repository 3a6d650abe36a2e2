"""From stored values to cells that an import reads back as the same values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from db import SCALE, Value
from db.choices import code_of, label, local_word
from db.numbers import show_date, show_number, stored_measure
from forms.paper_data import HIDDEN
from forms.spreadsheets.formulas import Written
from forms.spreadsheets.layout import UNSTATED, As, Column, SheetLayout, may_be_unstated

Values = Mapping[str, Value]
"""The values of a row by the names of its sheet's columns."""

HIDDEN_FIELDS: Final = "hidden fields"
"""Under which name a row says what was taken out of it: names of its columns, with blanks between."""

_LANGUAGE: Final = "vi"
_EXACT: Final = 10**15
"""Up to this many units of the last place Excel keeps a number as it is."""
_WORDS: Final = re.compile(r"[^\W\d_]|%")
# Real dates of Excel that an import reads as dates; others are written out
_FIRST_DAY: Final = date(1906, 1, 1)
_LAST_DAY: Final = date(2100, 12, 31)
_MONEY: Final = "money"


def date_cell(value: Value) -> Written:
    """A stored date: a real one where Excel and an import read it as such, else written out."""
    if value is None:
        return None
    day = date.fromisoformat(str(value))
    return day if _FIRST_DAY <= day <= _LAST_DAY else show_date(str(value))


def number_cell(value: Value) -> Written:
    """A stored quantity: a real number where Excel keeps all its digits, else text."""
    if value is None:
        return None
    stored = int(value)
    if abs(stored) >= _EXACT:
        return show_number(stored)
    return stored // SCALE if stored % SCALE == 0 else float(Decimal(stored) / SCALE)


def whole_cell(value: Value) -> Written:
    """A stored whole number or sum in đồng, as a number where Excel keeps all its digits."""
    if value is None:
        return None
    return int(value) if abs(int(value)) < _EXACT else show_number(int(value), 1)


def _text(value: Value) -> Written:
    return None if value is None else str(value)


def _flag(value: Value) -> Written:
    return None if value is None else "x" if value else "không"


_WRITERS: Final[dict[As, Callable[[Value], Written]]] = {
    As.DATE: date_cell,
    As.DAY_OR_YEAR: date_cell,
    As.YEAR: whole_cell,
    As.BIRTH_YEAR: whole_cell,
    As.COUNT: whole_cell,
    As.MONEY: whole_cell,
    As.NUMBER: number_cell,
    As.NUMBER_OR_WORDS: number_cell,
    As.FLAG: _flag,
}


def _kind_of_unit(values: Values) -> Written:
    kind, word = values["kind"], values.get("kind_words")
    if word and code_of("unit_kind", str(word)) == kind and local_word("unit_kind", str(word)) == word:
        return str(word)
    return None if kind is None else label("unit_kind", str(kind), _LANGUAGE)


def _given(values: Values) -> Written:
    amount = values["amount_vnd"]
    return number_cell(values["quantity"]) if amount is None else whole_cell(amount)


def _given_in(values: Values) -> Written:
    return _text(values["measure"]) if values["amount_vnd"] is None else stored_measure(_MONEY)


def _profile(values: Values) -> Written:
    words = values["words"]
    if values["quantity"] is None and words is not None and _WORDS.search(str(words)):
        return str(words)
    return number_cell(values["quantity"])


_SPECIAL: Final[Mapping[tuple[str, str], Callable[[Values], Written]]] = {
    ("org_unit", "kind"): _kind_of_unit,
    ("contribution", "quantity"): _given,
    ("contribution", "measure"): _given_in,
    ("unit_profile", "quantity"): _profile,
}


_SOURCES: Final = {("contribution", "quantity"): ("quantity", "amount_vnd")}


class Cells:
    """Writes the rows of one sheet."""

    def __init__(self, sheet: SheetLayout) -> None:
        self._unstated = may_be_unstated(sheet)
        self._day = sheet.day
        self._type = sheet.type
        self._columns = [(column, self._writer(column)) for column in sheet.columns]

    def row(self, values: Values) -> list[Written]:
        """The cells of a row, in the order of the sheet's columns."""
        return [self._cell(column, write, values) for column, write in self._columns]

    def _writer(self, column: Column) -> Callable[[Values], Written]:
        special = _SPECIAL.get((self._type, column.name))
        if special is not None:
            return special
        if column.choices:
            return lambda values: _choice(column.choices, values.get(column.name))
        plain = _WRITERS.get(column.read_as, _text)
        return lambda values: plain(values.get(column.name))

    def _cell(self, column: Column, write: Callable[[Values], Written], values: Values) -> Written:
        cell = write(values)
        if cell is None and self._is_hidden(column, str(values.get(HIDDEN_FIELDS) or "").split()):
            return HIDDEN
        if cell is not None or column.name not in self._unstated:
            return cell
        if self._day and column.name == self._day[0] and values.get(self._day[1]) is not None:
            return f"năm {values[self._day[1]]}"
        # Only goods need a name; money is none
        if column.name == "item" and values.get("kind") != "in_kind":
            return None
        return None if column.name == "value" else UNSTATED


    def _is_hidden(self, column: Column, hidden: list[str]) -> bool:
        """Whether the column's value, or one of those it is written from, was taken out."""
        sources = _SOURCES.get((self._type, column.name), (column.name,))
        return any(name in hidden for name in sources)


def _choice(name: str, value: Value) -> Written:
    return None if value is None else label(name, str(value), _LANGUAGE)
