"""From the declaration of a record type to what a clerk sees: columns, fields, parsed and shown values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from db.choices import choices
from db.choices import label as choice_label
from db.dates import parse_birth_year, parse_date
from db.numbers import parse_amount, parse_number, to_stored
from db.records import RECORD_TYPES, Kind
from db.unreadable import NotWholeError, UnreadableError
from db.vietnamese import nfc
from desktop.screens.names import Names
from desktop.theme import Tone
from desktop.values import (
    label,
    record_words,
    show_of,
    show_value,
    shown_count,
    shown_date,
    shown_quantity,
)
from desktop.widgets.field import Choices, FieldSpec, NotAValueError, Parse
from desktop.widgets.field import Kind as Widget
from desktop.widgets.paged_table import Column, Value, no_tone
from resources import _

__all__ = [
    "choice_list",
    "choice_words",
    "column",
    "day",
    "label",
    "parse_of",
    "record_words",
    "show_value",
    "shown_count",
    "shown_date",
    "shown_quantity",
    "spec",
    "status_tone",
]

_STATUS_TONES = {
    "registered": Tone.INFO,
    "in_progress": Tone.INFO,
    "completed": Tone.GOOD,
    "recognised": Tone.GOOD,
    "maintained": Tone.GOOD,
    "returned": Tone.WARN,
    "withdrawn": Tone.BAD,
    "stopped": Tone.BAD,
    "granted": Tone.GOOD,
    "proposed": Tone.WARN,
}
_PILLS = frozenset({"registration_status", "recognition_status"})


# --- typed -> stored -------------------------------------------------------------------------------------


def _said(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Nothing typed is unstated; what cannot be read is told in the clerk's words."""

    def parse(text: str) -> Value:
        clean = nfc(text)
        if not clean:
            return None
        try:
            return read(clean)
        except UnreadableError as error:
            raise NotAValueError(error.sentence()) from error

    return parse


def _whole(text: str) -> Value:
    number = parse_number(text)
    if number != number.to_integral_value():
        raise NotWholeError(text)
    return int(number)


def _year(text: str) -> Value:
    if text.isdigit() and len(text) == 4:
        return int(text)
    return int(parse_date(text, date.today())[:4])  # noqa: DTZ011  a clerk's day is the day on this PC


def _date(text: str) -> Value:
    return parse_date(text, date.today())  # noqa: DTZ011  a clerk's day is the day on this PC


def _birth_year(text: str) -> Value:
    return parse_birth_year(text, date.today())  # noqa: DTZ011  a clerk's day is the day on this PC


_PARSE: dict[Kind, Callable[[str], Value]] = {
    Kind.TEXT: str,
    Kind.LONG_TEXT: str,
    Kind.CODE: str,
    Kind.DATE: _date,
    Kind.YEAR: _year,
    Kind.COUNT: _whole,
    Kind.MONEY: parse_amount,
    Kind.QUANTITY: lambda text: to_stored(parse_number(text)),
}


def parse_of(kind: str) -> Parse:
    """How the text of a kind of field ("date", "money" ...) becomes a stored value."""
    return _said(_PARSE.get(Kind(kind), str))


_WIDGETS = {
    Kind.LONG_TEXT: Widget.LONG_TEXT,
    Kind.DATE: Widget.DATE,
    Kind.YEAR: Widget.NUMBER,
    Kind.COUNT: Widget.NUMBER,
    Kind.MONEY: Widget.NUMBER,
    Kind.QUANTITY: Widget.NUMBER,
    Kind.CHOICE: Widget.CHOICE,
    Kind.REFERENCE: Widget.CHOICE,
    Kind.FLAG: Widget.FLAG,
}
_RIGHT = frozenset({Kind.COUNT, Kind.MONEY, Kind.QUANTITY})
_WIDTHS = {
    Kind.CODE: 9,
    Kind.DATE: 10,
    Kind.YEAR: 6,
    Kind.COUNT: 8,
    Kind.MONEY: 13,
    Kind.QUANTITY: 9,
    Kind.FLAG: 6,
    Kind.CHOICE: 15,
}


# --- stored -> shown -------------------------------------------------------------------------------------


def day(value: Value) -> date | None:
    """A stored date as a day."""
    return date.fromisoformat(str(value)) if value else None


def choice_words(name: str, code: str) -> str:
    """What is shown for a code of a choice list."""
    return choice_label(name, code)


def choice_list(name: str) -> Choices:
    """(code, words) of a choice list in the language in force."""
    return [(choice.code, choice_label(name, choice.code)) for choice in choices(name)]


def status_tone(value: Value) -> Tone | None:
    """The colour of a status; none where nothing is stated."""
    return None if value is None else _STATUS_TONES.get(str(value), Tone.PLAIN)


def spec(type_name: str, name: str, names: Names, **more: object) -> FieldSpec:
    """The field of a form or grid for one declared field; ``more`` overrides parts of it."""
    field = RECORD_TYPES[type_name].by_name[name]
    parse = _birth_year if name == "birth_year" else _PARSE.get(field.kind, str)
    offered: Choices = ()
    if field.choices:
        offered = choice_list(field.choices)
    elif field.refers_to == "org_unit":
        offered = names.units()
    usual: dict[str, object] = {
        "name": name,
        "label": _(field.label),
        "kind": _WIDGETS.get(field.kind, Widget.TEXT),
        "parse": _said(parse),
        "show": show_of(field, names),
        "choices": offered,
        "required": field.required,
    }
    return FieldSpec(**(usual | more))  # type: ignore[arg-type]  # the parts are FieldSpec's own


def column(type_name: str, name: str, names: Names, width: int | None = None, title: str = "") -> Column:
    """The column of a list for one declared field; ``width`` in characters, 0 takes the rest."""
    field = RECORD_TYPES[type_name].by_name[name]
    usual = _WIDTHS.get(field.kind, 18)
    return Column(
        name,
        title or _(field.label),
        usual if width is None else width,
        show_of(field, names),
        right=field.kind in _RIGHT,
        tone=status_tone if field.choices in _PILLS else no_tone,
    )
