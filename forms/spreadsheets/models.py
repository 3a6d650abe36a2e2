"""The rows of "Mô hình": one model for a code, one registration for each of its years and lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from db import RECORD_TYPES, Value
from db.vietnamese import fold
from forms.spreadsheets.actions import ImportPlan, New, Planned
from forms.spreadsheets.codes import Codes, UnknownCodeError
from forms.spreadsheets.differences import differing
from forms.spreadsheets.known import Known, Row, by_code, code_key
from forms.spreadsheets.layout import MODELS
from forms.spreadsheets.rows import Entry
from resources import _

_MODEL: Final = "model."
_REGISTRATION: Final = "registration."
_SOURCE: Final = "replicated_from"
_CODE, _YEAR, _LINE, _UNIT = "model.code", "registration.year", "registration.line", "registration.unit"

RegistrationKey = tuple[str, int, str]
"""The model (key of its code, or its id), the year, the line."""


def _part(entry: Entry, prefix: str) -> dict[str, Value]:
    """The values of a row that belong to the model, or to the registration."""
    return {
        name.removeprefix(prefix): value if isinstance(value, int | str) else str(value)
        for name, value in entry.values.items()
        if name.startswith(prefix)
    }


def _place(registration: Row) -> RegistrationKey:
    return registration["model"], registration["year"], registration["line"]


def _year(entry: Entry) -> int:
    return int(entry.text(_YEAR))


@dataclass(slots=True)
class _Latest:
    """The values of a model as its rows give them: for each field the latest year that states it."""

    entry: Entry
    values: dict[str, Value] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)

    def take(self, entry: Entry) -> list[str]:
        """Take a later row; names of the fields in which it differs."""
        differing_names: list[str] = []
        for name, value in _part(entry, _MODEL).items():
            if name in self.values and self.values[name] != value:
                differing_names.append(name)
            self.values[name] = value
            self.years[name] = _year(entry)
        self.entry = entry
        return [name for name in differing_names if name != "code"]


@dataclass(slots=True)
class ModelRows:
    """Plans models and registrations. ``years``: which years each model is registered in, book and file."""

    known: Known
    units: Codes
    plan: ImportPlan
    codes: Codes = field(init=False)
    rows: dict[RegistrationKey, Entry] = field(default_factory=dict)
    place: dict[RegistrationKey, Planned] = field(default_factory=dict)
    years: dict[Planned, set[int]] = field(default_factory=dict)
    registered: dict[RegistrationKey, Row] = field(default_factory=dict)
    binned: set[RegistrationKey] = field(init=False)
    by_model: dict[str, list[Entry]] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.codes = Codes("model", by_code(self.known.live("model")), by_code(self.known.binned("model")))
        self.binned = {_place(row) for row in self.known.binned("registration")}
        for row in self.known.live("registration"):
            self.registered[_place(row)] = row
            self.years.setdefault(row["model"], set()).add(row["year"])

    def write(self, entries: Iterable[Entry]) -> None:
        """Plan everything the rows say."""
        for entry in entries:
            self._take(entry)
        kept = {key for key, _year_, _line in self.rows}
        self.codes.refused -= kept
        for key in kept:
            if key not in self.codes.known:
                self.codes.new[key] = New("model", key)
        self.by_model = self._by_model()
        for key, rows in self.by_model.items():
            self._model(key, rows)
        for place, entry in self.rows.items():
            self._registration(place, entry)
        self._note_namesakes()

    # -- sorting out

    def _take(self, entry: Entry) -> None:
        key = (code_key(entry.text(_CODE)), _year(entry), entry.text(_LINE))
        try:
            unit = self.units.resolve(entry.text(_UNIT)) if entry.text(_UNIT) else self.known.own_unit
        except UnknownCodeError as error:
            self._refuse(entry, _UNIT, str(error))
            return
        if key[0] in self.codes.binned and key[0] not in self.codes.known:
            self._skip_binned(entry, key)
        elif key in self.rows:
            self._again(entry, self.rows[key])
        else:
            self.rows[key] = entry
            self.place[key] = unit

    def _refuse(self, entry: Entry, name: str, reason: str) -> None:
        heading = MODELS.column(name).heading
        self.plan.findings.refuse(entry.sheet, entry.row, heading, entry.shown(name), reason)
        self.codes.refused.add(code_key(entry.text(_CODE)))

    def _skip_binned(self, entry: Entry, key: RegistrationKey) -> None:
        model = self.codes.binned[key[0]]["id"]
        if (model, *key[1:]) not in self.binned:
            self._refuse(entry, _CODE, str(self.codes.unknown(entry.text(_CODE))))
            return
        self._left_in_bin(entry)
        self.plan.unchanged["model"] += 1
        self.plan.unchanged["registration"] += 1

    def _left_in_bin(self, entry: Entry) -> None:
        reason = _("This row is in the bin; it was not brought back.")
        self.plan.findings.warn("in_bin", entry.sheet, entry.row, "", entry.text(_CODE), reason)

    def _again(self, entry: Entry, first: Entry) -> None:
        """A second row for one registration: harmless where it says nothing else."""
        for name, value in entry.values.items():
            if name in first.values and first.values[name] != value and name != _CODE:
                reason = _(
                    "Row {row} is the registration of {code} in {year} too, and says something else here."
                )
                words = reason.format(row=first.row, code=entry.text(_CODE), year=entry.text(_YEAR))
                self._refuse(entry, name, words)
                return
        reason = _("Row {row} is the registration of {code} in {year} too; it was counted once.")
        words = reason.format(row=first.row, code=entry.text(_CODE), year=entry.text(_YEAR))
        self.plan.findings.warn("repeated", entry.sheet, entry.row, "", entry.text(_CODE), words)
        first.values = {**entry.values, **first.values}

    def _by_model(self) -> dict[str, list[Entry]]:
        by_model: dict[str, list[Entry]] = {}
        for place, entry in self.rows.items():
            by_model.setdefault(place[0], []).append(entry)
        return {key: sorted(rows, key=_year) for key, rows in by_model.items()}

    # -- models

    def _model(self, key: str, rows: list[Entry]) -> None:
        latest = _Latest(rows[0])
        for entry in rows:
            names = latest.take(entry)
            if names:
                self._note_older(entry, names)
        values: dict[str, Planned] = dict(latest.values)
        self._set_source(key, values, latest.entry)
        present = self.codes.known.get(key)
        if present is None:
            self.plan.add("model", key, {**values, "source_key": key})
            self.plan.accepted["model"] += 1
        else:
            self._known_model(present, values, latest)

    def _known_model(self, present: Row, values: dict[str, Planned], latest: _Latest) -> None:
        values.pop("code")
        newest = max(self.years.get(present["id"], ()), default=0)
        older = [
            n
            for n, v in values.items()
            if latest.years.get(n, newest) < newest and present[n] not in (None, v)
        ]
        if older:
            self._note_newer_in_book(latest.entry, older, newest)
        wanted = {name: value for name, value in values.items() if name not in older}
        changes, kept = differing(self.known, self.plan, "model", present, wanted, latest.entry)
        replaced = [n for n in changes if latest.years.get(n, 0) > newest > 0 and present[n] is not None]
        if replaced:
            self._note_older(latest.entry, replaced)
        self.plan.change("model", present["id"], changes, kept)
        self.plan.count("model", changes, kept)

    def _set_source(self, key: str, values: dict[str, Planned], entry: Entry) -> None:
        """The model it was replicated from: a code, or else a title that only one model has."""
        words = values.pop(_SOURCE, None)
        if words is None:
            return
        source = self._source(str(words))
        if source is not None and not self._circular(key, source):
            known = self.codes.known.get(source)
            values[_SOURCE] = str(known["id"]) if known else self.codes.new[source]
            return
        added = f"{MODELS.column(_MODEL + _SOURCE).heading}: {words}"
        notes = values.get("notes")
        values["notes"] = f"{notes}\n{added}" if notes else added
        reason = _("No model of this code or name is in the book; it was kept in the notes.")
        heading = MODELS.column(_MODEL + _SOURCE).heading
        self.plan.findings.warn("unknown_source", entry.sheet, entry.row, heading, str(words), reason)

    def _source(self, words: str) -> str | None:
        """The key of the code that is meant by a code or a title."""
        key = code_key(words)
        if self.codes.has(key):
            return key
        if not self.titles:
            for known, row in self.codes.known.items():
                self.titles.setdefault(fold(row["title"]), set()).add(known)
            for row_key, rows in self.by_model.items():
                for entry in rows:
                    self.titles.setdefault(fold(entry.text("model.title")), set()).add(row_key)
        named = self.titles.get(fold(words), set())
        return next(iter(named)) if len(named) == 1 else None

    def _circular(self, key: str, source: str | None) -> bool:
        """Whether the sources, as the rows of the file name them, lead back to where they began."""
        seen = {key}
        while source is not None:
            if source in seen:
                return True
            seen.add(source)
            stated = (row.text(_MODEL + _SOURCE) for row in reversed(self.by_model.get(source, [])))
            words = next(filter(None, stated), "")
            source = self._source(words) if words else None
        return False

    # -- registrations

    def _registration(self, key: RegistrationKey, entry: Entry) -> None:
        model = self.codes.resolve(entry.text(_CODE))
        self.years.setdefault(model, set()).add(key[1])
        values: dict[str, Planned] = {**_part(entry, _REGISTRATION), "model": model, "unit": self.place[key]}
        present = self.registered.get((model, key[1], key[2])) if isinstance(model, str) else None
        if present is not None:
            self._known_registration(present, values, entry)
        elif isinstance(model, str) and (model, *key[1:]) in self.binned:
            self._left_in_bin(entry)
            self.plan.unchanged["registration"] += 1
        else:
            self.plan.add(
                "registration", "\n".join(map(str, key)), {**values, "source_key": "/".join(map(str, key))}
            )
            self.plan.accepted["registration"] += 1

    def _known_registration(self, present: Row, values: dict[str, Planned], entry: Entry) -> None:
        if not entry.text(_UNIT):
            values.pop("unit")
        changes, kept = differing(self.known, self.plan, "registration", present, values, entry)
        self.plan.change("registration", present["id"], changes, kept)
        self.plan.count("registration", changes, kept)

    # -- remarks

    def _note_years(self, entry: Entry, names: list[str], year: int, reason: str) -> None:
        headings = ", ".join(RECORD_TYPES["model"].by_name[name].column or name for name in names)
        words = reason.format(columns=headings, code=entry.text(_CODE), year=year)
        self.plan.findings.warn("latest_year", entry.sheet, entry.row, headings, entry.text(_CODE), words)

    def _note_older(self, entry: Entry, names: list[str]) -> None:
        reason = _("{columns}: the model {code} had other values before; those of {year} hold from now on.")
        self._note_years(entry, names, _year(entry), reason)

    def _note_newer_in_book(self, entry: Entry, names: list[str], year: int) -> None:
        reason = _("{columns}: the book has values of {year} for the model {code}; those stay.")
        self._note_years(entry, names, year, reason)

    def _note_namesakes(self) -> None:
        """Two codes for what looks like one model are probably a slip."""
        seen: dict[tuple[object, ...], str] = {}
        models = {row["id"]: row for row in self.known.live("model")}
        for row in self.registered.values():
            if model := models.get(row["model"]):
                seen[(row["unit"], row["year"], row["line"], fold(model["title"]))] = str(model["code"])
        for key, entry in self.rows.items():
            alike = (self.place[key], key[1], key[2], fold(entry.text("model.title")))
            other = seen.setdefault(alike, entry.text(_CODE))
            if code_key(other) != key[0]:
                reason = _(
                    "The model {code} has the same name, unit and year. If both are one, use one code."
                )
                heading = MODELS.column("model.title").heading
                title = entry.text("model.title")
                self.plan.findings.warn(
                    "nearly_equal", entry.sheet, entry.row, heading, title, reason.format(code=other)
                )
