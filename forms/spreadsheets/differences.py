"""Compares a row with the record it already is: what to change, and what a person wrote and is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from db import RECORD_TYPES, Field, Kind, Value
from db.choices import label
from db.numbers import show_date, show_number
from forms.spreadsheets.actions import ImportPlan, Planned
from forms.spreadsheets.findings import Finding
from forms.spreadsheets.known import Known, Row
from forms.spreadsheets.layout import CONTRIBUTIONS
from forms.spreadsheets.rows import Entry
from resources import _

# A sum of money stands in the column of all quantities
_IN_COLUMN_OF: Final = {"amount_vnd": CONTRIBUTIONS.column("quantity").heading}


def in_words(field: Field, value: Value) -> str:
    """A stored value as the workbook shows it; empty for nothing and for references."""
    if value is None or field.kind is Kind.REFERENCE:
        return ""
    if field.kind is Kind.CHOICE and field.choices:
        return label(field.choices, str(value))
    if field.kind is Kind.DATE:
        return show_date(str(value))
    if field.kind is Kind.QUANTITY:
        return show_number(int(value))
    if field.kind in (Kind.MONEY, Kind.COUNT):
        return show_number(int(value), 1)
    return str(value)


def heading_of(field: Field) -> str:
    """What the workbook calls a field, or the program where the workbook has no column for it."""
    return field.column or _IN_COLUMN_OF.get(field.name) or _(field.label)


def differing(
    known: Known, plan: ImportPlan, type_name: str, present: Row, values: Mapping[str, Planned], entry: Entry
) -> tuple[dict[str, Planned], dict[str, Planned]]:
    """The values that differ from the record: those to change, those a person wrote (told in ``plan``)."""
    changes: dict[str, Planned] = {}
    kept: dict[str, Planned] = {}
    for name, value in values.items():
        if present[name] == value or _same_text(present[name], value):
            continue
        if known.written_by_hand(present, name):
            kept[name] = value
            plan.by_hand.append(_told(RECORD_TYPES[type_name].by_name[name], present[name], value, entry))
        else:
            changes[name] = value
    return changes, kept


def _same_text(present: Value, value: Planned) -> bool:
    """Whether two texts are one but for blanks, which no cell keeps."""
    if not isinstance(present, str) or not isinstance(value, str):
        return False
    return [line.split() for line in present.strip().splitlines()] == [
        line.split() for line in value.splitlines()
    ]


def _told(field: Field, present: Value, value: Planned, entry: Entry) -> tuple[Finding, Finding]:
    """The warning when the hand-written value stays, and the one when it is overwritten."""
    heading = heading_of(field)
    shown = in_words(field, value) if isinstance(value, int | str) else ""
    words = {"column": heading, "value": in_words(field, present) or "–"}
    kept = _("{column} was written by hand in the book and is kept: {value}.").format(**words)
    lost = _("{column} was written by hand in the book and is overwritten; it was: {value}.").format(**words)
    return (
        Finding(entry.sheet, entry.row, heading, shown, kept, "kept_by_hand"),
        Finding(entry.sheet, entry.row, heading, shown, lost, "overwritten"),
    )
