"""Rows of sheets without "Mã dòng": told apart by what they are about. Signatories, office, ties of units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from db import RECORD_TYPES
from forms.spreadsheets.actions import ImportPlan, Planned
from forms.spreadsheets.codes import UnknownCodeError
from forms.spreadsheets.differences import differing
from forms.spreadsheets.known import Known, Row
from forms.spreadsheets.layout import SheetLayout
from forms.spreadsheets.references import REFERRING, References
from forms.spreadsheets.rows import Entry

_ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "unit_parent": ("unit", "parent", "valid_from"),
    "unit_succession": ("old_unit", "new_unit"),
    "office_profile": ("unit", "valid_from"),
    "signatory": ("unit", "full_name", "title", "valid_from"),
    "report_text": ("paper_kind", "unit", "period", "section"),
}
_MADE_WITH_THE_BOOK: Final = "new"

Key = tuple[object, ...]


@dataclass(slots=True)
class KeyedRows:
    """Plans the records of one sheet. Equal keys are told apart by their order."""

    layout: SheetLayout
    known: Known
    references: References
    plan: ImportPlan
    present: dict[tuple[Key, int], Row] = field(init=False)
    _seen: Counter[Key] = field(default_factory=Counter)
    _about: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        declared = RECORD_TYPES[self.layout.type]
        usual = tuple(each.name for each in declared.fields if each.required)
        self._about = _ABOUT.get(self.layout.type, usual)
        seen: Counter[Key] = Counter()
        self.present = {}
        for row in self.known.live(self.layout.type):
            key = self._key(row)
            seen[key] += 1
            self.present[key, seen[key]] = row

    def _key(self, values: Mapping[str, object]) -> Key:
        return tuple(values.get(name) for name in self._about)

    def write(self, entries: Iterable[Entry]) -> None:
        """Plan everything the rows say."""
        for entry in entries:
            values = self._values(entry)
            if values is not None:
                self._take(entry, values)

    def _values(self, entry: Entry) -> dict[str, Planned] | None:
        """The values of a row; None when it is refused."""
        values: dict[str, Planned] = {
            name: value if isinstance(value, int | str) else str(value)
            for name, value in entry.values.items()
        }
        for column in self.layout.columns:
            if column.read_as in REFERRING and column.name in values:
                try:
                    values[column.name] = self.references.resolved(column, entry.text(column.name))
                except UnknownCodeError as error:
                    shown = entry.shown(column.name)
                    self.plan.findings.refuse(entry.sheet, entry.row, column.heading, shown, str(error))
                    return None
        return values

    def _take(self, entry: Entry, values: dict[str, Planned]) -> None:
        key = self._key(values)
        self._seen[key] += 1
        present = self.present.get((key, self._seen[key]))
        type_name = self.layout.type
        if present is None:
            self.plan.add(type_name, "\n".join(map(str, (*key, self._seen[key]))), values)
            self.plan.accepted[type_name] += 1
            return
        wanted = {**dict.fromkeys(self._emptied(entry, present)), **values}
        changes, kept = differing(self.known, self.plan, type_name, present, wanted, entry)
        if kept and self._made_with_the_book(present):
            # What the program itself put there is nobody's word
            del self.plan.by_hand[-len(kept) :]
            changes, kept = {**changes, **kept}, {}
        self.plan.change(type_name, present["id"], changes, kept)
        self.plan.count(type_name, changes, kept)

    def _made_with_the_book(self, present: Row) -> bool:
        return all(each.act == _MADE_WITH_THE_BOOK for each in self.known.book.history(present["id"]))

    def _emptied(self, entry: Entry, present: Row) -> list[str]:
        """Fields whose cells are there and empty."""
        return [
            each.name
            for each in RECORD_TYPES[self.layout.type].fields
            if each.name in entry.columns
            and not each.required
            and each.name not in entry.values
            and present[each.name] is not None
        ]
