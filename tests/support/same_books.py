"""What a book holds without its ids: two books that hold the same are equal here."""

from __future__ import annotations

from typing import Any

from db import RECORD_TYPES, Book
from forms.spreadsheets.known import by_source_key

_CODED = ("org_unit", "model")
# Derived from the code; a model that was typed in has none until its export is imported
_NO_LINE = ("model", "registration")
_STAYS = ("photo", "paper")


def holdings(book: Book) -> dict[str, list[str]]:
    """By record type every live record, with codes and row identities in place of ids."""
    names = {name: _names(book, name) for name in RECORD_TYPES}
    return {
        name: sorted(str(_values(name, row, names)) for row in _rows(book, name))
        for name in RECORD_TYPES
        if name not in _STAYS
    }


def _rows(book: Book, name: str) -> list[dict[str, Any]]:
    columns = ("id", *RECORD_TYPES[name].columns)
    return [dict(zip(columns, row, strict=True)) for row in book.rows(name, columns)]


def _names(book: Book, name: str) -> dict[str, str]:
    if name in _CODED:
        return {row["id"]: row["code"] for row in _rows(book, name)}
    if "source_key" in RECORD_TYPES[name].by_name:
        return {str(row["id"]): line for line, row in by_source_key(_rows(book, name)).items()}
    return {}


def _values(name: str, row: dict[str, Any], names: dict[str, dict[str, str]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in RECORD_TYPES[name].fields:
        value = row[field.name]
        if field.name == "source_key":
            value = "" if name in _NO_LINE else names[name][row["id"]]
        elif field.refers_to and value is not None:
            value = names[field.refers_to].get(value, "gone")
        values[field.name] = value
    return values
