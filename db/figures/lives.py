"""In which years and units models are registered: where a record belongs that names only a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, Protocol

from db.figures.facts import RegistrationFact
from db.figures.ledger import NOT_COUNTED

Rank = tuple[bool, str, str]
"""Is it not the territorial line; the line; its unit."""
Life = Mapping[int, Rank]
"""By year: the line that decides."""
TERRITORIAL: Final = "territorial"
_MANY: Final = 50_000
"""So many models that all registrations are read rather than theirs."""
PART: Final = 500
"""So many are asked for at a time."""
_NEVER: Final = 10_000
"""A year after all others."""


class Readable(Protocol):
    """What is asked of a book."""

    def founding_unit(self) -> str:
        """The id of the unit the book was made for; records that name no unit are its."""

    def today(self) -> date:
        """The day of asking."""

    def rows(
        self,
        type_name: str,
        fields: Sequence[str],
        where: Mapping[str, Any] | None = None,
        between: tuple[str, Any, Any] | None = None,
        /,
    ) -> Iterator[tuple[Any, ...]]:
        """Fields of live records that meet ``where``, with a field between two values."""


def rank(line: str, unit: str) -> Rank:
    """The first line of a year decides where a model belongs, the territorial one before all others."""
    return line != TERRITORIAL, line, unit


def life_of(registrations: Iterable[tuple[int, str, str]]) -> Life:
    """The life of a model from year, line and unit of its registrations."""
    found: dict[int, Rank] = {}
    for year, line, unit in registrations:
        ranked = rank(line, unit)
        found[year] = min(ranked, found.get(year, ranked))
    return found


def unit_in(life: Life, year: int | None) -> str | None:
    """The unit of the year, else of the latest year before, else of the earliest; ``None`` without any."""
    if not life:
        return None
    before = [each for each in life if year is None or each <= year]
    return life[max(before) if before else min(life)][2]


class Lives:
    """In which years and units models are registered: where a record belongs that names only a model.

    ``began`` = the first year of each model that is registered in the years asked about, or was asked for.
    """

    def __init__(self, book: Readable, registrations: Iterable[RegistrationFact], first: int | None) -> None:
        self._book, self._own = book, book.founding_unit()
        self.began: dict[str, int] = {}
        self._known: dict[tuple[str, int], Rank] = {}
        self._whole: dict[str, Life] = {}
        models = set[str]()
        for each in registrations:
            models.add(each.model)
            key, ranked = (each.model, each.year), rank(each.line, each.unit)
            if key not in self._known or ranked < self._known[key]:
                self._known[key] = ranked
            self._begin(each.model, each.year, each.status)
        if first is not None:
            self._look_back(models, first)

    def _begin(self, model: str, year: int, status: str | None) -> None:
        if status not in NOT_COUNTED and year < self.began.get(model, _NEVER):
            self.began[model] = year

    def _look_back(self, models: set[str], first: int) -> None:
        """When models began that are registered in the years from ``first`` on."""
        fields, before = ("model", "year", "status"), ("year", 0, first - 1)
        if len(models) > _MANY:
            rows = self._book.rows("registration", fields, None, before)
        else:
            named = sorted(models)
            parts = (named[place : place + PART] for place in range(0, len(named), PART))
            asked = (self._book.rows("registration", fields, {"model": part}, before) for part in parts)
            rows = (row for found in asked for row in found)
        for model, year, status in rows:
            self._begin(model, year, status)

    def of(self, model: str | None, year: int | None) -> str:
        """That of the model's registration of the year, else of the latest before, else of the earliest."""
        if not model:
            return self._own
        known = self._known.get((model, year)) if year else None
        return known[2] if known else self._unit_of_life(model, year)

    def _unit_of_life(self, model: str, year: int | None) -> str:
        if model not in self._whole:
            self._whole[model] = self._life(model)
        return unit_in(self._whole[model], year) or self._own

    def _life(self, model: str) -> Life:
        rows = list(self._book.rows("registration", ("year", "line", "unit", "status"), {"model": model}))
        for year, _line, _unit, status in rows:
            self._begin(model, year, status)
        return life_of((year, line or TERRITORIAL, unit or self._own) for year, line, unit, _status in rows)
