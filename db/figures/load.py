"""The facts of a book, as figures need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Any, Final, Protocol

from db.figures.facts import (
    ActivityFact,
    Asked,
    CheckFact,
    ContributionFact,
    Facts,
    ModelFact,
    OutputFact,
    ParentFact,
    RecognitionFact,
    RegistrationFact,
    ReportedFact,
    SuccessionFact,
    SupervisionFact,
    UnitFact,
)
from db.figures.ledger import NOT_COUNTED
from db.records.definition import SCALE

Years = tuple[int, int]
"""First and last."""
_NEVER: Final = 10_000
"""A year after all others."""
_LAST_ID: Final = "\U0010ffff"
"""No id comes after it."""


class Readable(Protocol):
    """What is asked of a book."""

    def own_unit(self) -> str:
        """The id of the office's unit."""

    def rows(
        self,
        type_name: str,
        fields: Sequence[str],
        where: Mapping[str, Any] | None = None,
        between: tuple[str, Any, Any] | None = None,
        /,
    ) -> Iterator[tuple[Any, ...]]:
        """Fields of live records that meet ``where``, with a field between two values."""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _amount(stored: int | None) -> Fraction | None:
    return None if stored is None else Fraction(stored, SCALE)


def load(book: Readable, *asked: Asked) -> Facts:
    """The facts of a live book that figures may use: all, or with ``asked`` those of the years asked about.

    A record with only a model belongs to the unit in which the model is registered in its year, else in the
    latest year before, else in the earliest; a registration without a unit to the office's own.
    """
    years = (min(each.start.year for each in asked), max(each.end.year for each in asked)) if asked else None
    lives = _Lives(book)
    reading = _Reading(book, lives, years)
    return Facts(
        own_unit=book.own_unit(),
        units=tuple(_units(book)),
        parents=tuple(_parents(book)),
        successions=tuple(_successions(book)),
        models=tuple(_models(book, years)),
        registrations=tuple(_registrations(book, years)),
        reported=tuple(_reported(book)),
        contributions=tuple(reading.contributions()),
        outputs=tuple(reading.outputs()),
        recognitions=tuple(reading.recognitions()),
        activities=tuple(reading.activities()),
        supervisions=tuple(reading.supervisions()),
        checks=tuple(reading.checks()),
        first_years=lives.began if years else None,
        first_supervised=_first_supervised(book) if years else None,
    )


# --- units and models ---


def _units(book: Readable) -> Iterator[UnitFact]:
    fields = ("id", "code", "name", "kind", "valid_from", "valid_to")
    for unit, code, name, kind, begin, end in book.rows("org_unit", fields):
        yield UnitFact(unit, code, name, kind or "", _day(begin), _day(end))


def _parents(book: Readable) -> Iterator[ParentFact]:
    for unit, parent, begin, end in book.rows("unit_parent", ("unit", "parent", "valid_from", "valid_to")):
        yield ParentFact(unit, parent, _day(begin), _day(end))


def _successions(book: Readable) -> Iterator[SuccessionFact]:
    for old, new, on in book.rows("unit_succession", ("old_unit", "new_unit", "on_date")):
        yield SuccessionFact(old, new, _day(on))


def _models(book: Readable, years: Years | None) -> Iterator[ModelFact]:
    """All models; with ``years`` only those of which figures need more than their registrations."""
    fields = ("id", "code", "replicated_from", "is_project_work")
    rows = book.rows("model", fields)
    if years:
        works = book.rows("model", fields, {"is_project_work": 1})
        copies = book.rows("model", fields, None, ("replicated_from", "", _LAST_ID))
        rows = iter({row[0]: row for row in chain(works, copies)}.values())
    for model, code, source, work in rows:
        yield ModelFact(model, code, source, bool(work))


def _registrations(book: Readable, years: Years | None) -> Iterator[RegistrationFact]:
    fields = (
        "id",
        "model",
        "year",
        "unit",
        "field",
        "subject_type",
        "registrant",
        "kind",
        "level",
        "line",
        "registered_on",
        "status",
    )
    own = book.own_unit()
    between = ("year", *years) if years else None
    for each, model, year, unit, *middle, line, day, status in book.rows(
        "registration", fields, None, between
    ):
        field, subject, registrant, kind, level = middle
        yield RegistrationFact(
            each,
            model,
            year,
            unit or own,
            field,
            subject,
            registrant,
            kind,
            level,
            line or "territorial",
            _day(day),
            status,
        )


def _reported(book: Readable) -> Iterator[ReportedFact]:
    """Stated totals; rows without a place of their own keep the order of the book."""
    fields = (
        "id",
        "row_order",
        "unit",
        "indicator",
        "period_from",
        "period_to",
        "as_of",
        "field",
        "subject",
        "level",
        "line",
        "form",
        "status",
        "qualifier",
        "value",
        "measure",
        "source",
    )
    for place, row in enumerate(book.rows("reported_figure", fields)):
        each, order, unit, indicator, begin, end, as_of, *parts, qualifier, value, measure, source = row
        field, subject, level, line, form, status = parts
        yield ReportedFact(
            each,
            place if order is None else order,
            unit,
            indicator,
            date.fromisoformat(begin),
            date.fromisoformat(end),
            _day(as_of),
            field,
            subject,
            level,
            line,
            form,
            status,
            qualifier or "exact",
            _amount(value),
            measure,
            source,
        )


# --- dated records ---


class _Lives:
    """In which years and units models are registered: where a record belongs that names only a model."""

    def __init__(self, book: Readable) -> None:
        self._own = book.own_unit()
        self.began: dict[str, int] = {}
        # The first line of a year decides, the territorial one before all others
        self._units: dict[str, dict[int, tuple[bool, str, str]]] = defaultdict(dict)
        fields = ("model", "year", "line", "unit", "status")
        for model, year, line, unit, status in book.rows("registration", fields):
            rank = (line not in (None, "territorial"), line or "territorial", unit or self._own)
            units = self._units[model]
            units[year] = min(rank, units[year]) if year in units else rank
            if status not in NOT_COUNTED and year < self.began.get(model, _NEVER):
                self.began[model] = year

    def of(self, model: str | None, year: int | None) -> str:
        """That of the model's registration of the year, else of the latest before, else of the earliest."""
        units = self._units.get(model or "")
        if not units:
            return self._own
        if year not in units:
            before = [each for each in units if year is None or each < year]
            year = max(before) if before else min(units)
        return units[year][2]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads records that have a date and a unit or a model."""

    book: Readable
    lives: _Lives
    years: Years | None

    def _rows(self, type_name: str, dated: tuple[str, str | None], *fields: str) -> Iterator[_Row]:
        """``dated`` = the fields of the date and of the year that stands in for it."""
        day_field, year_field = dated
        names = ("id", "unit", "model", day_field, *((year_field,) if year_field else ()), *fields)
        own = len(names) - len(fields)
        for row in self._of_years(type_name, names, day_field, year_field):
            day, year = _day(row[3]), row[4] if year_field else None
            unit = row[1] or self.lives.of(row[2], day.year if day else year)
            yield _Row(row[0], unit, row[2], day, year, row[own:])

    def _of_years(
        self, type_name: str, names: Sequence[str], day_field: str, year_field: str | None
    ) -> Iterator[tuple[Any, ...]]:
        if self.years is None:
            yield from self.book.rows(type_name, names)
            return
        first, last = self.years
        yield from self.book.rows(type_name, names, None, (day_field, f"{first}-01-01", f"{last}-12-31"))
        if year_field:
            yield from self.book.rows(type_name, names, {day_field: None}, (year_field, first, last))

    def contributions(self) -> Iterator[ContributionFact]:
        """What was given."""
        fields = (
            "kind",
            "contributor",
            "contributor_kind",
            "item",
            "quantity",
            "measure",
            "amount_vnd",
            "converted_vnd",
        )
        for row in self._rows("contribution", ("given_on", "given_year"), *fields):
            kind, who, who_kind, item, quantity, measure, amount, converted = row.rest
            yield ContributionFact(
                *row.start, kind, who, who_kind, item, _amount(quantity), measure, amount, converted
            )

    def outputs(self) -> Iterator[OutputFact]:
        """What was made."""
        dated, fields = ("measured_on", "measured_year"), ("name", "quantity", "measure")
        for row in self._rows("output_measure", dated, *fields):
            name, quantity, measure = row.rest
            yield OutputFact(*row.start, name, Fraction(quantity, SCALE), measure)

    def recognitions(self) -> Iterator[RecognitionFact]:
        """Who was recognised."""
        fields = ("form", "level", "recipient_type", "status")
        for row in self._rows("recognition", ("decided_on", "decided_year"), *fields):
            yield RecognitionFact(*row.start, *row.rest)

    def activities(self) -> Iterator[ActivityFact]:
        """What was held."""
        for row in self._rows("activity", ("held_on", "held_year"), "kind", "attendees"):
            yield ActivityFact(*row.start, *row.rest)

    def supervisions(self) -> Iterator[SupervisionFact]:
        """What was inspected."""
        for row in self._rows("supervision", ("checked_on", None), "closed_on"):
            yield SupervisionFact(*row.start, _day(row.rest[0]))

    def checks(self) -> Iterator[CheckFact]:
        """Which models were looked at, and whether they still worked."""
        names = ("id", "model", "checked_on", "still_working")
        for each, model, checked_on, works in self._of_years("sustainability_check", names, names[2], None):
            day = _day(checked_on)
            unit = self.lives.of(model, day.year if day else None)
            yield CheckFact(each, unit, model, day, None, None if works is None else bool(works))


def _first_supervised(book: Readable) -> dict[str, date]:
    """By model: the day of its first supervision."""
    found: dict[str, str] = {}
    for model, day in book.rows("supervision", ("model", "checked_on")):
        if model and day:
            found[model] = min(day, found.get(model, day))
    return {model: date.fromisoformat(day) for model, day in found.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """A dated record: what all have in common, and the rest of its fields."""

    id: str
    unit: str
    model: str | None
    day: date | None
    year: int | None
    rest: tuple[Any, ...]

    @property
    def start(self) -> tuple[str, str, str | None, date | None, int | None]:
        """The fields that every dated fact begins with."""
        return self.id, self.unit, self.model, self.day, self.year
