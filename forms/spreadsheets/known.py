"""What the book already holds, as an import asks: by code, by row identity, in the bin, by whose hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Protocol

from db import RECORD_TYPES, Record
from db.vietnamese import exact

Row = Mapping[str, Any]
"""A record as a mapping: its fields and ``id``."""

_NOT_BY_HAND: Final = frozenset({"import"})
_TAKEN_BACK: Final = frozenset({"undo", "redo"})


class Entry(Protocol):
    """One operation on a record, as its history tells it."""

    @property
    def act(self) -> str:
        """How it was written."""

    @property
    def changes(self) -> Sequence[Any]:
        """The fields it wrote."""


class BookView(Protocol):
    """What of a book an import reads."""

    def own_unit(self) -> str:
        """Id of the office's unit."""

    def get(self, type_name: str, record: str) -> Record:
        """A record."""

    def rows(self, type_name: str, fields: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        """Chosen fields of all live records."""

    def bin(self) -> list[Record]:
        """Removed records."""

    def history(self, record: str) -> Sequence[Entry]:
        """Who did what to a record, oldest first."""


@lru_cache(maxsize=1 << 16)  # many rows name one code
def code_key(code: str) -> str:
    """The form in which codes are compared: case, blanks and kinds of dashes do not matter, marks do."""
    return exact(code)


@dataclass(slots=True)
class Known:
    """The book as it stands before the import. Every type is read once, when it is first asked for."""

    book: BookView
    own_unit: str = field(init=False)
    _live: dict[str, list[Row]] = field(default_factory=dict)
    _binned: dict[str, list[Row]] | None = None
    _past: tuple[str, Sequence[Entry]] = ("", ())

    def __post_init__(self) -> None:
        self.own_unit = self.book.own_unit()

    def live(self, type_name: str) -> list[Row]:
        """All live records of a type, in the order of their arrival."""
        if type_name not in self._live:
            names = ("id", *RECORD_TYPES[type_name].columns)
            self._live[type_name] = [
                dict(zip(names, row, strict=True)) for row in self.book.rows(type_name, names)
            ]
        return self._live[type_name]

    def binned(self, type_name: str) -> list[Row]:
        """Records of a type that lie in the bin."""
        if self._binned is None:
            self._binned = {}
            for record in self.book.bin():
                self._binned.setdefault(record.type, []).append({"id": record.id, **record.values})
        return self._binned.get(type_name, [])

    def written_by_hand(self, row: Row, name: str) -> bool:
        """Whether a person, not an import, gave a field its present value.

        What an undo brought back counts as written by whoever had written it before.
        """
        if row["id"] != self._past[0]:
            self._past = row["id"], self.book.history(row["id"])
        for entry in reversed(self._past[1]):
            for change in entry.changes:
                if change.field == name and entry.act not in _TAKEN_BACK and change.after == row[name]:
                    return entry.act not in _NOT_BY_HAND
        return False


def by_source_key(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by the identity of the workbook row they came from, or their own id where they came from none."""
    found: dict[str, Row] = {}
    for row in rows:
        # Two books that were merged may have brought one row each; the later one goes by its own id
        own = row["source_key"]
        found[own if own and own not in found else row["id"]] = row
    return found


def by_code(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their code, the first of equal ones."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(code_key(row["code"]), row)
    return found
