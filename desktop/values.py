"""Stored values in a clerk's words, for the window and the command line alike. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from db.choices import label as choice_label
from db.dates import show_date
from db.errors import UnknownRecordError
from db.numbers import show_number
from db.reading import Reading
from db.records import RECORD_TYPES, SCALE, Field, Kind, Value
from db.store import Record
from resources import _

Show = Callable[[Value], str]

_TELLING = frozenset({Kind.REFERENCE, Kind.CHOICE, Kind.DATE, Kind.YEAR})
_AT_MOST = 3
_OWNERS = frozenset({"model", "person"})


class Titles(Protocol):
    """Whoever knows what ids stand for."""

    def title(self, type_name: str, record: object) -> str:
        """The words for a record id; the id itself where the record is not there."""


class BookTitles:
    """Titles out of a book, each looked up once; for one piece of work in one thread."""

    def __init__(self, book: Reading) -> None:
        self._book = book
        self._known: dict[tuple[str, str], str] = {}

    def title(self, type_name: str, record: object) -> str:
        """The words for a record id; the id itself where the record is not there."""
        if not record:
            return ""
        key = (type_name, str(record))
        if key not in self._known:
            self._known[key] = title_in(self._book, *key)
        return self._known[key]


def title_in(book: Reading, type_name: str, record: str) -> str:
    """The title of a record, its id where it has none or is not there."""
    try:
        return book.get(type_name, record).title or record
    except UnknownRecordError:
        return record


def shown_date(value: Value) -> str:
    """``05/02/2026``."""
    return show_date(str(value)) if value else ""


def shown_count(value: Value) -> str:
    """``8.333`` for a whole number or a sum in đồng."""
    return "" if value is None else show_number(int(value), 1)


def shown_quantity(value: Value) -> str:
    """``1,5`` for a stored quantity."""
    return "" if value is None else show_number(int(value), SCALE)


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _flag(value: Value) -> str:
    return "x" if value else ""


def _choice(name: str, value: Value) -> str:
    return "" if value is None else choice_label(name, str(value))


_SHOW: dict[Kind, Show] = {
    Kind.DATE: shown_date,
    Kind.COUNT: shown_count,
    Kind.MONEY: shown_count,
    Kind.QUANTITY: shown_quantity,
    Kind.FLAG: _flag,
}


def show_of(field: Field, titles: Titles) -> Show:
    """How the values of a declared field are shown."""
    if field.choices:
        return partial(_choice, field.choices)
    if field.refers_to:
        return partial(titles.title, field.refers_to)
    return _SHOW.get(field.kind, _text)


def show_value(type_name: str, field_name: str, value: Value, titles: Titles) -> str:
    """One stored value in words."""
    field = RECORD_TYPES[type_name].by_name.get(field_name)
    return show_of(field, titles)(value) if field else _text(value)


def label(type_name: str, field_name: str) -> str:
    """What a field is called."""
    field = RECORD_TYPES[type_name].by_name.get(field_name)
    return _(field.label) if field else field_name


def record_words(record: Record, titles: Titles) -> str:
    """By what a clerk knows a record: its title; else model, kind and day, of a registration the year."""
    declared = RECORD_TYPES[record.type]
    kind = declared.by_name[declared.title].kind
    if kind not in (Kind.YEAR, Kind.REFERENCE) and record.title:
        return record.title
    is_owned = record.values.get("model") is not None  # then its unit, its activity … tell nothing more
    parts = [
        show_of(field, titles)(record.values[field.name])
        for field in declared.fields
        if field.kind in _TELLING
        and record.values[field.name] is not None
        and (not field.refers_to or field.refers_to in _OWNERS or not is_owned)
    ]
    most = 2 if kind is Kind.YEAR else _AT_MOST
    return " – ".join(part for part in parts[:most] if part) or _(declared.label)
