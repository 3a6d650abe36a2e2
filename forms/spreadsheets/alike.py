"""Finds rows that are nearly equal to others of the file or to records of the book, and says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from db import RECORD_TYPES
from db.vietnamese import fold
from forms.spreadsheets.findings import Findings
from forms.spreadsheets.layout import SOURCE_KEY, As, SheetLayout
from forms.spreadsheets.rows import Entry
from resources import _, ngettext

# What must agree for two rows to be nearly equal; ~ = spelling does not matter
_ALIKE: Final[Mapping[str, str]] = {
    "model_member": "model person.full_name~ person.birth_year",
    "activity": "model unit kind held_on",
    "contribution": "model unit contributor~ kind item~ quantity measure~ amount_vnd given_on given_year",
    "output_measure": "model unit name~ quantity measure~ measured_on measured_year",
    "recognition": "model unit recipient~ form level status decided_on decided_year",
    "supervision": "model unit checked_on body~",
    "unit_profile": "unit as_of name~",
    "reported_figure": (
        "unit period_from period_to as_of indicator~ field subject level line form status value"
    ),
}
# A record of the book that differs from a row in one of these only may be what the row corrects
_CORRECTED: Final[Mapping[str, tuple[str, ...]]] = {
    "model_member": ("person.birth_year",),
    "contribution": ("quantity amount_vnd measure", "given_on given_year", "model unit"),
    "output_measure": ("quantity", "measured_on measured_year", "model unit"),
    "recognition": ("form", "level", "decided_on decided_year", "model unit"),
    "reported_figure": ("value", "as_of", "period_from", "period_to"),
}
_MOST_TOLD: Final = 20
"""More corrections of one kind than this are no slips but, say, the gifts of another month: told once."""

_ANY: Final = object()
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Keys that are equal for what is nearly equal."""

    names: tuple[tuple[str, bool], ...]
    corrected: tuple[frozenset[str], ...]

    @classmethod
    def of_type(cls, type_name: str) -> Alike:
        """The rule for one type of record."""
        declared = (field.name for field in RECORD_TYPES[type_name].fields if field.name != SOURCE_KEY)
        rule = _ALIKE.get(type_name) or " ".join(declared)
        names = tuple((name.rstrip("~"), name.endswith("~")) for name in rule.split())
        return cls(names, tuple(frozenset(group.split()) for group in _CORRECTED.get(type_name, ())))

    def key(self, values: Mapping[str, object]) -> Key:
        """Equal for rows that differ in spelling or in what does not matter."""
        key = []
        for name, any_spelling in self.names:
            value = values.get(name)
            key.append(fold(str(value)) if any_spelling and value is not None else value)
        return tuple(key)

    def corrections(self, key: Key) -> Iterator[Key]:
        """For each group of fields the key without it."""
        for group in self.corrected:
            yield tuple(
                _ANY if name in group else part for (name, _any), part in zip(self.names, key, strict=True)
            )


@dataclass(slots=True)
class NearlyEqual:
    """Compares the new rows of a sheet with each other and with the records that no row of the file is."""

    layout: SheetLayout
    findings: Findings
    _fresh: list[tuple[Entry, Key, int]] = field(default_factory=list)
    _alike: Alike = field(init=False)

    def __post_init__(self) -> None:
        self._alike = Alike.of_type(self.layout.type)

    def take(self, entry: Entry, values: Mapping[str, object], repeat: int) -> None:
        """A new row; ``repeat`` > 1: the file has this content so many times up to here."""
        self._fresh.append((entry, self._alike.key({**entry.values, **values}), repeat))

    def note(self, records: Iterable[Mapping[str, object]]) -> None:
        """Warn of what is nearly equal; ``records``: those of the book that are no row of this file."""
        if not self._fresh:
            return
        in_book = {self._alike.key(record) for record in records}
        rest = list(self._note_equal(in_book))
        self._note_corrections(rest, in_book)

    def _note_equal(self, in_book: set[Key]) -> Iterator[tuple[Entry, Key]]:
        in_file: dict[Key, Entry] = {}
        for entry, key, repeat in self._fresh:
            first = in_file.setdefault(key, entry)
            if repeat > 1:
                self._warn(entry, _("This row is the same as one before it; it is counted as another one."))
            elif first is not entry:
                reason = _("This row is nearly the same as row {row}. If both are one, delete one.")
                self._warn(entry, reason.format(row=first.row))
            elif key in in_book:
                reason = _(
                    "A record of the book is nearly the same as this row. If both are one, delete one."
                )
                self._warn(entry, reason)
            else:
                yield entry, key

    def _note_corrections(self, rest: list[tuple[Entry, Key]], in_book: set[Key]) -> None:
        loose = [set(keys) for keys in zip(*map(self._alike.corrections, in_book), strict=True)]
        told: set[int] = set()
        for place, group in enumerate(self._alike.corrected if in_book else ()):
            found = [
                entry
                for entry, key in rest
                if entry.row not in told and list(self._alike.corrections(key))[place] in loose[place]
            ]
            told.update(entry.row for entry in found)
            self._tell_corrections(found, self._headings(group))

    def _tell_corrections(self, found: list[Entry], columns: str) -> None:
        if len(found) > _MOST_TOLD:
            reason = ngettext(
                "{count} row differs from a record of the book in {columns} only.",
                "{count} rows differ from records of the book in {columns} only.",
                len(found),
            ).format(count=len(found), columns=columns)
            self.findings.warn("nearly_equal", found[0].sheet, None, columns, "", reason)
            return
        for entry in found:
            reason = _(
                "A record of the book differs from this row in {columns} only. If both are one, delete one."
            )
            self._warn(entry, reason.format(columns=columns))

    def _headings(self, group: frozenset[str]) -> str:
        return ", ".join(column.heading for column in self.layout.columns if column.name in group)

    def _warn(self, entry: Entry, reason: str) -> None:
        """The row is told by its first required text: by it the clerk knows it again."""
        told = [column for column in self.layout.required if column.name not in ("model", "unit")]
        names = (column.name for column in sorted(told, key=lambda column: column.read_as is As.DATE))
        words = next((entry.shown(name) for name in names if entry.shown(name)), "")
        self.findings.warn("nearly_equal", entry.sheet, entry.row, "", words, reason)
