"""The rows of every other sheet: each one a record, told apart by its identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from db import RECORD_TYPES
from forms.spreadsheets.actions import ImportPlan, New, Planned
from forms.spreadsheets.alike import NearlyEqual
from forms.spreadsheets.codes import UnknownCodeError
from forms.spreadsheets.differences import differing
from forms.spreadsheets.identity import Identities
from forms.spreadsheets.known import Known, Row, by_source_key
from forms.spreadsheets.layout import LINE_ID, MEMBERS, Column, SheetLayout
from forms.spreadsheets.models import ModelRows
from forms.spreadsheets.references import REFERRING, References
from forms.spreadsheets.rows import Entry
from resources import _

_PERSON: Final = "person."
_ORDER: Final = "row_order"
_REPORTED: Final = "reported_figure"
# A recognition or an inspection of nobody in particular is the office's own
_OWN_BY_DEFAULT: Final = frozenset({"recognition", "supervision"})


class _RefusedError(Exception):
    """A row cannot be taken because of the column ``name``."""

    def __init__(self, name: str, reason: str, binned: str | None = None) -> None:
        super().__init__(reason)
        self.name = name
        self.binned = binned


@dataclass(slots=True)
class RecordRows:
    """Plans the records of one sheet."""

    layout: SheetLayout
    known: Known
    references: References
    models: ModelRows
    plan: ImportPlan
    identities: Identities = field(init=False)
    alike: NearlyEqual = field(init=False)
    present: Mapping[str, Row] = field(init=False)
    binned: Mapping[str, Row] = field(init=False)
    _referring: list[Column] = field(init=False)
    _not_own: frozenset[str] = field(init=False)
    _met: set[str] = field(default_factory=set)
    _people: dict[str, Row] = field(default_factory=dict)
    _next_place: int = 0

    def __post_init__(self) -> None:
        self.identities = Identities(self.layout)
        self.alike = NearlyEqual(self.layout, self.plan.findings)
        self._referring = [column for column in self.layout.columns if column.read_as in REFERRING]
        persons = (column.name for column in self.layout.columns if column.name.startswith(_PERSON))
        self._not_own = frozenset({LINE_ID, *persons})
        self.present = by_source_key(self.known.live(self.type))
        self.binned = by_source_key(self.known.binned(self.type))
        if self.layout is MEMBERS:
            self._people = {row["id"]: row for row in self.known.live("person")}
        if self.type == _REPORTED:
            self._next_place = 1 + max((row[_ORDER] or 0 for row in self.known.live(_REPORTED)), default=0)

    @property
    def type(self) -> str:
        """The record type of a row."""
        return self.layout.type

    def write(self, entries: Iterable[Entry]) -> None:
        """Plan everything the rows say."""
        for entry in entries:
            identity, before = self.identities.of(entry)
            try:
                self._take(entry, identity, before)
            except _RefusedError as error:
                heading = self.layout.column(error.name).heading
                self.plan.findings.refuse(
                    entry.sheet, entry.row, heading, entry.shown(error.name), str(error)
                )
        self.alike.note(self._flat(row) for row in self.present.values() if row["id"] not in self._met)

    def _take(self, entry: Entry, identity: str, before: int) -> None:
        if before:
            raise _RefusedError(LINE_ID, _("Another row of this file has the same Mã dòng."))
        present = self.present.get(identity)
        if present is not None:
            self._met.add(present["id"])
            self._again(entry, present)
        elif identity in self.binned:
            reason = _("This row is in the bin; it was not brought back.")
            self.plan.findings.warn("in_bin", entry.sheet, entry.row, "", "", reason)
            self.plan.unchanged[self.type] += 1
        else:
            self._new(entry, identity)

    # -- values

    def _values(self, entry: Entry) -> dict[str, Planned]:
        own = {name: value for name, value in entry.values.items() if name not in self._not_own}
        values = cast("dict[str, Planned]", own)  # every number has its measure by now
        for column in self._referring:
            if column.name in values:
                values[column.name] = self._resolved(column, entry)
        return values

    def _resolved(self, column: Column, entry: Entry) -> Planned:
        try:
            return self.references.resolved(column, entry.text(column.name))
        except UnknownCodeError as error:
            raise _RefusedError(column.name, str(error), error.binned) from error

    def _new(self, entry: Entry, identity: str) -> None:
        values = self._values(entry)
        if self._wants_day(entry, values):
            values[self.layout.day[1] if self.layout.day else ""] = self._year(values.get("model"))
        if self.type in _OWN_BY_DEFAULT and "model" not in values:
            values.setdefault("unit", self.known.own_unit)
        if self.type == _REPORTED:
            values.setdefault(_ORDER, self._next_place)
            self._next_place += 1
        values["source_key"] = identity
        if self.layout is MEMBERS and "person" not in values:
            values["person"] = self.plan.add("person", identity, {**_person(entry), "source_key": identity})
        self.plan.add(self.type, identity, values)
        self.plan.accepted[self.type] += 1
        # Rows with a "Mã dòng" of their own are told apart by it; equal content is meant then
        self.alike.take(entry, values, 0 if entry.text(LINE_ID) else self.identities.repeats(identity))

    def _wants_day(self, entry: Entry, values: Mapping[str, Planned]) -> bool:
        day = self.layout.day
        return day is not None and day[0] not in entry.unstated and not any(name in values for name in day)

    def _year(self, model: Planned | None) -> int:
        """The year of the model's only registration, for a row without a date."""
        day = self.layout.day[0] if self.layout.day else ""
        years = self.models.years.get(model, set()) if model is not None else set()
        if len(years) == 1:
            return next(iter(years))
        if model is None:
            reason = _("The date is missing. Please write it as day/month/year.")
        else:
            reason = _(
                "The date is missing, and its model is not registered in just one year. Please write it."
            )
        raise _RefusedError(day, reason)

    # -- rows that are in the book already

    def _again(self, entry: Entry, present: Row) -> None:
        try:
            values = self._values(entry)
        except _RefusedError as error:
            # What it belongs to lies in the bin, but the row itself is there as it was
            if error.binned is None or error.binned != present[error.name]:
                raise
            self.plan.unchanged[self.type] += 1
            return
        if entry.text(LINE_ID):
            values = {**self._emptied(entry, present), **values}
        changes, kept = differing(self.known, self.plan, self.type, present, values, entry)
        self.plan.change(self.type, present["id"], changes, kept)
        if self.layout is MEMBERS:
            more, more_kept = self._person_again(entry, present)
            changes, kept = {**changes, **more}, {**kept, **more_kept}
        self.plan.count(self.type, changes, kept)

    def _emptied(self, entry: Entry, present: Row) -> dict[str, Planned]:
        """Fields of a row with its own "Mã dòng" whose cells are there and empty now."""
        owned = {*entry.columns, *_derived(entry)} - {*self.layout.one_of, *(self.layout.day or ()), "unit"}
        return {
            field.name: None
            for field in RECORD_TYPES[self.type].fields
            if field.name in owned
            and not field.required
            and field.name not in entry.values
            and present[field.name] is not None
        }

    def _person_again(self, entry: Entry, present: Row) -> tuple[dict[str, Planned], dict[str, Planned]]:
        person = self._people.get(present["person"])
        if person is None:
            return {}, {}
        changes, kept = differing(self.known, self.plan, "person", person, _person(entry), entry)
        self.plan.change("person", person["id"], changes, kept)
        return changes, kept

    def _flat(self, row: Row) -> Row:
        """A record with the values of its person, as a row of the sheet has them."""
        person = self._people.get(row.get("person", ""), {})
        return {**row, **{f"{_PERSON}{name}": value for name, value in person.items()}} if person else row


def _derived(entry: Entry) -> set[str]:
    """Fields that follow from the number of a row: a sum has no quantity, a quantity is no sum."""
    return {"words", "quantity", "measure"} if "amount_vnd" in entry.values else {"words", "amount_vnd"}


def _person(entry: Entry) -> dict[str, Planned]:
    return {
        name.removeprefix(_PERSON): value
        for name, value in entry.values.items()
        if name.startswith(_PERSON) and isinstance(value, int | str | New)
    }
