"""Records that no question tells apart, added up while they are read: sums instead of records.

Figures look at a record's unit, at its kind and at what it is worth; at its day only to see on which side of
some other day it stands: of the period, of a stated total, of a change in the tree of units. Between two such
days (*cuts*) all days are one. What the records behind a figure are, only the records themselves can say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from db.figures.facts import Asked, ReportedFact
from db.vietnamese import fold

UnitOf = Callable[[str | None, int | None], str]
"""(model, year) -> the unit in which the model is registered."""


class _When(NamedTuple):
    """A day, its year, and between which cuts it lies."""

    day: int
    year: int
    between: int


@dataclass(slots=True)
class Sum:
    """What some records come to: an amount is ``None`` where none of them states any. Days are ordinals."""

    first: int
    last: int
    amounts: list[int | None]
    count: int = 0
    names: set[str] = field(default_factory=set)


class Added(NamedTuple):
    """The sum of the records that share a unit and the rest of their fields."""

    id: str
    unit: str
    rest: tuple[Any, ...]
    sum: Sum

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the records."""
        return date.fromordinal(self.sum.first), date.fromordinal(self.sum.last)


def cuts(turns: Iterable[int], stated: Iterable[ReportedFact], asked: Iterable[Asked]) -> list[int]:
    """The days (ordinals) on which something begins that a question may look at."""
    found = set(turns)
    for total in stated:
        found |= {total.period_from.toordinal(), total.period_to.toordinal() + 1}
    for each in asked:
        found |= {each.start.toordinal(), each.start.replace(month=1, day=1).toordinal()}
        found |= {last.toordinal() + 1 for last in (each.end, each.cutoff) if last}
    return sorted(found)


class Summing:
    """Adds up rows between cuts."""

    def __init__(self, days: list[int], unit_of: UnitOf) -> None:
        self._cuts, self._unit_of = days, unit_of
        self._whens: dict[str | int, _When] = {}
        self._folded: dict[str, str] = {}

    def added(self, kind: str, rows: Iterable[tuple[Any, ...]], amounts: int) -> Iterator[Added]:
        """Rows of unit, model, day, year, a name, so many amounts, and what keeps sums apart.

        A row without day and year counts nowhere.
        """
        found: dict[tuple[Any, ...], Sum] = {}
        rest = 5 + amounts
        for row in rows:
            when = self._when(row[2] or row[3])
            if when is None:
                continue
            unit = row[0] or self._unit_of(row[1], when.year)
            key = (unit, when.between, *row[rest:])
            found_sum = found.get(key)
            if found_sum is None:
                found_sum = found[key] = Sum(when.day, when.day, [None] * amounts)
            self._add(found_sum, when.day, row[4], row[5:rest])
        for number, (key, each) in enumerate(found.items()):
            yield Added(f"{kind} {number}", key[0], key[2:], each)

    def _add(self, found: Sum, day: int, name: str | None, amounts: tuple[int | None, ...]) -> None:
        found.count += 1
        if day < found.first:
            found.first = day
        elif day > found.last:
            found.last = day
        if name is not None:
            folded = self._folded.get(name)
            if folded is None:
                folded = self._folded[name] = fold(name)
            found.names.add(folded)
        for place, amount in enumerate(amounts):
            if amount is not None:
                found.amounts[place] = (found.amounts[place] or 0) + amount

    def _when(self, stated: str | int | None) -> _When | None:
        if not stated:
            return None
        when = self._whens.get(stated)
        if when is None:
            day = date.fromisoformat(stated) if isinstance(stated, str) else date(stated, 12, 31)
            number = day.toordinal()
            when = self._whens[stated] = _When(number, day.year, bisect_right(self._cuts, number))
        return when
