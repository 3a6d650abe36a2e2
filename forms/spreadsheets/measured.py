"""What a row says as a whole: numbers in their measures, days in their order, words kept for printing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from db.choices import choices, code_of, local_word
from db.numbers import (
    LARGEST,
    NotWholeError,
    NumberTooLargeError,
    UnreadableError,
    in_stored_measure,
    show_number,
    stored_measure,
    to_stored,
)
from forms.spreadsheets.layout import LINE_ID, SheetLayout
from forms.spreadsheets.rows import Entry
from resources import _

_COUNTED_IN: Final = {choice.code: str(choice.more.get("of", "")) for choice in choices("contribution_kind")}
_INDICATORS: Final = {choice.code: choice for choice in choices("indicator")}
_SAID: Final = {choice.code: str(choice.more.get("said", "")) for choice in choices("qualifier")}
_PERCENT: Final = "%"
_MONEY: Final = "money"

# The two days of a row that must not come in the wrong order
_PERIODS: Final = {
    "org_unit": ("valid_from", "valid_to"),
    "model": ("model.started_on", "model.ended_on"),
    "activity": ("held_on", "ended_on"),
    "supervision": ("checked_on", "closed_on"),
    "reported_figure": ("period_from", "period_to"),
}


class RowRefusedError(Exception):
    """A row cannot be taken because of the column ``name``; the message is the reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


def finish(layout: SheetLayout, entry: Entry) -> None:
    """Turn what the cells say into what is stored. :class:`RowRefusedError` where they do not agree."""
    _check_order(layout, entry)
    finisher = _FINISHERS.get(layout.type)
    if finisher is not None:
        finisher(entry)
    if layout.day is not None and isinstance(entry.values.get(layout.day[0]), int):
        entry.values[layout.day[1]] = entry.values.pop(layout.day[0])
    for name, value in entry.values.items():
        if isinstance(value, Decimal):
            entry.values[name] = _stored(name, value)


def _check_order(layout: SheetLayout, entry: Entry) -> None:
    if layout.type not in _PERIODS:
        return
    first, last = _PERIODS[layout.type]
    begin, end = entry.text(first), entry.text(last)
    if begin and end and end < begin:
        reason = _("{last} is before {first}. Please check both.").format(
            last=layout.column(last).heading, first=layout.column(first).heading
        )
        raise RowRefusedError(last, reason)


def _number(entry: Entry, name: str) -> Decimal:
    number = entry.values[name]
    if not isinstance(number, Decimal):
        raise TypeError(name)
    return number


def _refuse_negative(entry: Entry, name: str) -> None:
    if _number(entry, name) < 0:
        reason = _("{value} is less than nothing. Please check it.").format(value=entry.shown(name))
        raise RowRefusedError(name, reason)


def _stored(name: str, value: Decimal) -> int:
    try:
        return to_stored(value)
    except UnreadableError as error:
        raise RowRefusedError(name, error.sentence()) from error


def _in_stored(entry: Entry, name: str, of: str) -> Decimal:
    try:
        return in_stored_measure(_number(entry, name), entry.text("measure"), of)
    except UnreadableError as error:
        raise RowRefusedError("measure", error.sentence()) from error


def _whole(name: str, value: Decimal) -> int:
    if value > LARGEST:
        raise RowRefusedError(name, NumberTooLargeError(f"{value:f}").sentence())
    if value != value.to_integral_value():
        raise RowRefusedError(name, NotWholeError(f"{value:f}".replace(".", ",")).sentence())
    return int(value)


def _unit(entry: Entry) -> None:
    word = local_word("unit_kind", entry.shown("kind")) if "kind" in entry.values else None
    if word:
        entry.values["kind_words"] = word


def _model(entry: Entry) -> None:
    entry.values.setdefault("registration.line", "territorial")


def _contribution(entry: Entry) -> None:
    if "quantity" not in entry.values:
        return
    _refuse_negative(entry, "quantity")
    of = _COUNTED_IN[entry.text("kind")]
    if of == _MONEY:
        entry.values["amount_vnd"] = _whole("quantity", _in_stored(entry, "quantity", of))
        entry.values.pop("quantity")
        entry.values.pop("measure", None)
    elif of:
        entry.values["quantity"] = _stored("quantity", _in_stored(entry, "quantity", of))
        entry.values["measure"] = stored_measure(of)
    else:
        if "item" not in entry.values and "item" not in entry.unstated:
            raise RowRefusedError("item", _("What was given must be named: Tên hiện vật is missing."))
        entry.values["quantity"] = _stored("quantity", _number(entry, "quantity"))


def _output(entry: Entry) -> None:
    _refuse_negative(entry, "quantity")
    entry.values["quantity"] = _stored("quantity", _number(entry, "quantity"))


def _as_said(number: Decimal, measure: str, said: str = "") -> str:
    """The number in the measure in which it was stated: ``hơn 7 tỷ đồng``."""
    return " ".join(part for part in (said, show_number(to_stored(number)), measure) if part)


def _is_money(measure: str) -> bool:
    try:
        in_stored_measure(Decimal(1), measure, _MONEY)
    except UnreadableError:
        return False
    return bool(measure)


def _keep_words(entry: Entry, stated: str) -> None:
    """A row that the program wrote says itself what its words were, even that there were none."""
    if "words" in entry.columns and entry.text(LINE_ID):
        entry.values.pop("words", None)
        if stated:
            entry.values["words"] = stated


def _reported(entry: Entry) -> None:
    stated = entry.text("words")
    if "value" in entry.values:
        _reported_value(entry)
    _keep_words(entry, stated)


def _reported_value(entry: Entry) -> None:
    number, measure = _number(entry, "value"), entry.text("measure")
    known = _INDICATORS.get(code_of("indicator", entry.text("indicator")))
    of = str(known.more.get("of", "")) if known else _MONEY if _is_money(measure) else ""
    said = _SAID[entry.text("qualifier") or "exact"]
    if known:
        _refuse_negative(entry, "value")
        if not of:
            _refuse_parts(number, entry)
    entry.values["value"] = _stored("value", _in_stored(entry, "value", of) if of else number)
    entry.values["words"] = _as_said(number, measure or (stored_measure(of) if of else ""), said)
    if of:
        entry.values["measure"] = stored_measure(of)


def _refuse_parts(number: Decimal, entry: Entry) -> None:
    if number != number.to_integral_value():
        reason = _("{value} is not a whole number. Please check it.").format(value=entry.shown("value"))
        raise RowRefusedError("value", reason)


def _profile(entry: Entry) -> None:
    stated = entry.text("words")
    if "quantity" in entry.values:
        _profile_value(entry)
    _keep_words(entry, stated)


def _profile_value(entry: Entry) -> None:
    value = entry.values["quantity"]
    measure = entry.text("measure")
    if not isinstance(value, Decimal):
        entry.values["words"] = entry.values.pop("quantity")
    elif _is_money(measure):
        entry.values["words"] = _as_said(value, measure)
        entry.values["quantity"] = _stored("quantity", _in_stored(entry, "quantity", _MONEY))
        entry.values["measure"] = stored_measure(_MONEY)
    else:
        entry.values["quantity"] = _stored("quantity", value)


_FINISHERS: Final[dict[str, Callable[[Entry], None]]] = {
    "org_unit": _unit,
    "model": _model,
    "contribution": _contribution,
    "output_measure": _output,
    "reported_figure": _reported,
    "unit_profile": _profile,
}
