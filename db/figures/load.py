"""The facts of a book, as figures need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Any, Final

from db.figures.facts import (
    ActivityFact,
    Asked,
    CheckFact,
    ContributionFact,
    Facts,
    ModelFact,
    OutputFact,
    RecognitionFact,
    RegistrationFact,
    SupervisionFact,
)
from db.figures.frame import amount_of, day_of, load_frame
from db.figures.lives import TERRITORIAL, Lives, Readable
from db.figures.summing import Added, Summing, cuts
from db.figures.units import UnitTree
from db.records.definition import SCALE

Years = tuple[int, int]
"""First and last."""
Names = tuple[str, ...]
_NO_NAME: Final = "removed"
"""A field that live records never state, where a row needs no name."""
_LAST_ID: Final = "\U0010ffff"
"""No id comes after it."""


def load(book: Readable, *asked: Asked) -> Facts:
    """The facts of a live book that figures may use: all, or with ``asked`` those of the years asked about.

    A record with only a model belongs to the unit in which the model is registered in its year, else in the
    latest year before, else in the earliest; a registration without a unit to the office's own.
    """
    years = _years(asked) if asked else None
    reading = _reading(book, years)
    return replace(
        _common(book, reading),
        contributions=tuple(reading.contributions()),
        outputs=tuple(reading.outputs()),
        recognitions=tuple(reading.recognitions()),
        activities=tuple(reading.activities()),
    )


def load_sums(book: Readable, asked: Asked, *more: Asked) -> Facts:
    """What these questions need, records added up where none of them tells them apart (``summing.py``)."""
    reading = _reading(book, _years((asked, *more)))
    facts = _common(book, reading)
    sums = Summing(cuts(UnitTree(facts).turns, facts.reported, (asked, *more)), reading.lives.of)
    return replace(
        facts,
        contributions=tuple(reading.contribution_sums(sums)),
        outputs=tuple(reading.output_sums(sums)),
        recognitions=tuple(reading.recognition_sums(sums)),
        activities=tuple(reading.activity_sums(sums)),
        summed=True,
    )


def _years(asked: Sequence[Asked]) -> Years:
    return min(each.start.year for each in asked), max(each.end.year for each in asked)


def _reading(book: Readable, years: Years | None) -> _Reading:
    registrations = tuple(registered(book, None, ("year", *years) if years else None))
    return _Reading(book, Lives(book, registrations, years[0] if years else None), years, registrations)


def load_models(book: Readable, models: Sequence[str]) -> Facts:
    """All about the registrations of a few models; one that is not registered is left out."""
    registrations = tuple(registered(book, {"model": models}))
    reading = _Reading(book, Lives(book, registrations, None), None, registrations)
    return Facts(
        founding_unit=book.founding_unit(),
        units=(),
        models=tuple(_models(book, None, models)),
        registrations=registrations,
        checks=tuple(reading.checks(models)),
        first_years=reading.lives.began,
        first_supervised=_first_supervised(book, models),
    )


def _common(book: Readable, reading: _Reading) -> Facts:
    """Everything that is never added up."""
    years = reading.years
    return replace(
        load_frame(book),
        models=tuple(_models(book, years)),
        registrations=reading.registrations,
        supervisions=tuple(reading.supervisions()),
        checks=tuple(reading.checks()),
        first_years=reading.lives.began if years else None,
        first_supervised=_first_supervised(book) if years else None,
    )


# --- models ---


def _models(book: Readable, years: Years | None, models: Sequence[str] | None = None) -> Iterator[ModelFact]:
    """All models, or those named; with ``years`` only those of which more is needed than registrations."""
    fields = ("id", "code", "replicated_from", "is_project_work")
    rows = book.rows("model", fields, None if models is None else {"id": models})
    if years:
        works = book.rows("model", fields, {"is_project_work": 1})
        copies = book.rows("model", fields, None, ("replicated_from", "", _LAST_ID))
        rows = iter({row[0]: row for row in chain(works, copies)}.values())
    for model, code, source, work in rows:
        yield ModelFact(model, code, source, bool(work))


def registered(
    book: Readable, where: Mapping[str, Any] | None = None, between: tuple[str, int, int] | None = None
) -> Iterator[RegistrationFact]:
    """Registrations that meet ``where``, with a field between two values; one without a unit is the own's."""
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
    own = book.founding_unit()
    rows = book.rows("registration", fields, where, between)
    for each, model, year, unit, *middle, line, day, status in rows:
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
            line or TERRITORIAL,
            day_of(day),
            status,
        )


# --- dated records ---


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads records that have a date and a unit or a model."""

    book: Readable
    lives: Lives
    years: Years | None
    registrations: tuple[RegistrationFact, ...]

    def _rows(self, type_name: str, dated: tuple[str, str | None], *fields: str) -> Iterator[_Row]:
        """``dated`` = the fields of the date and of the year that stands in for it."""
        day_field, year_field = dated
        names = ("id", "unit", "model", day_field, *((year_field,) if year_field else ()), *fields)
        own = len(names) - len(fields)
        for row in self._of_years(type_name, names, day_field, year_field):
            day, year = day_of(row[3]), row[4] if year_field else None
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
                *row.start, kind, who, who_kind, item, amount_of(quantity), measure, amount, converted
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

    # --- the same, added up ---

    def _added(
        self, sums: Summing, type_name: str, dated: tuple[str, str], name: str, amounts: Names, *rest: str
    ) -> Iterator[Added]:
        names = ("unit", "model", *dated, name, *amounts, *rest)
        return sums.added(type_name, self._of_years(type_name, names, *dated), len(amounts))

    def contribution_sums(self, sums: Summing) -> Iterator[ContributionFact]:
        """What was given: by kind, by kind of contributor, goods by name and measure."""
        amounts, rest = ("quantity", "amount_vnd", "converted_vnd"), ("contributor_kind", "item", "measure")
        given = ("given_on", "given_year")
        for each in self._added(sums, "contribution", given, "contributor", amounts, "kind", *rest):
            (start, until), (quantity, amount, converted) = each.days, each.sum.amounts
            kind, who_kind, item, measure = each.rest
            yield ContributionFact(
                each.id, each.unit, None, start, None, kind, "", who_kind, item, amount_of(quantity), measure,
                amount, converted, frozenset(each.sum.names), until=until, count=each.sum.count,
            )  # fmt: skip

    def output_sums(self, sums: Summing) -> Iterator[OutputFact]:
        """What was made: by name and measure."""
        dated, rest = ("measured_on", "measured_year"), ("name", "measure")
        for each in self._added(sums, "output_measure", dated, _NO_NAME, ("quantity",), *rest):
            (start, until), (name, measure), count = each.days, each.rest, each.sum.count
            quantity = Fraction(each.sum.amounts[0] or 0, SCALE)
            yield OutputFact(
                each.id, each.unit, None, start, None, name, quantity, measure, until=until, count=count
            )

    def recognition_sums(self, sums: Summing) -> Iterator[RecognitionFact]:
        """How many were recognised: by all that tells recognitions apart."""
        dated, rest = ("decided_on", "decided_year"), ("form", "level", "recipient_type", "status")
        for each in self._added(sums, "recognition", dated, _NO_NAME, (), *rest):
            (start, until), count = each.days, each.sum.count
            yield RecognitionFact(each.id, each.unit, None, start, None, *each.rest, until=until, count=count)

    def activity_sums(self, sums: Summing) -> Iterator[ActivityFact]:
        """What was held, and how many attended: by kind."""
        held = ("held_on", "held_year")
        for each in self._added(sums, "activity", held, _NO_NAME, ("attendees",), "kind"):
            (start, until), count = each.days, each.sum.count
            yield ActivityFact(
                each.id, each.unit, None, start, None, each.rest[0], each.sum.amounts[0],
                until=until, count=count,
            )  # fmt: skip

    # --- never added up ---

    def supervisions(self) -> Iterator[SupervisionFact]:
        """What was inspected."""
        for row in self._rows("supervision", ("checked_on", None), "closed_on"):
            yield SupervisionFact(*row.start, day_of(row.rest[0]))

    def checks(self, models: Sequence[str] | None = None) -> Iterator[CheckFact]:
        """Which models were looked at, or which of those named, and whether they still worked."""
        names = ("id", "model", "checked_on", "still_working")
        if models is None:
            rows = self._of_years("sustainability_check", names, names[2], None)
        else:
            rows = self.book.rows("sustainability_check", names, {"model": models})
        for each, model, checked_on, works in rows:
            day = day_of(checked_on)
            unit = self.lives.of(model, day.year if day else None)
            yield CheckFact(each, unit, model, day, None, None if works is None else bool(works))


def _first_supervised(book: Readable, models: Sequence[str] | None = None) -> dict[str, date]:
    """By model: the day of its first supervision."""
    found: dict[str, str] = {}
    where = None if models is None else {"model": models}
    for model, day in book.rows("supervision", ("model", "checked_on"), where):
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
