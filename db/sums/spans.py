"""Spans of days that no question to the kept sums cuts: calendar years, cut further where something turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from db.figures.facts import ReportedFact
from db.figures.units import UnitTree


class When(NamedTuple):
    """A day (ordinal), its year, and the first day of its span."""

    day: int
    year: int
    span: int


class Spans:
    """Days as ordinals. ``cuts`` are the first days of spans besides New Year's Days."""

    def __init__(self, cuts: Iterable[int]) -> None:
        self.cuts = sorted(set(cuts))
        self._known: dict[str | int, When] = {}

    def of(self, day: int) -> int:
        """The first day of a day's span."""
        place = bisect_right(self.cuts, day)
        new_year = date.fromordinal(day).replace(month=1, day=1).toordinal()
        return max(new_year, self.cuts[place - 1]) if place else new_year

    def begins(self, day: int) -> bool:
        """Whether a span begins on a day."""
        return self.of(day) == day

    def when(self, stated: str | int | None) -> When | None:
        """A stored date, or a year that stands for its last day; ``None`` without either."""
        if not stated:
            return None
        known = self._known.get(stated)
        if known is None:
            day = date.fromisoformat(stated) if isinstance(stated, str) else date(stated, 12, 31)
            known = self._known[stated] = When(day.toordinal(), day.year, self.of(day.toordinal()))
        return known


def wanted_cuts(tree: UnitTree, stated: Iterable[ReportedFact]) -> set[int]:
    """The days on which sums have to be cut: where the tree turns, and where stated totals begin and end.

    New Year's Days are left out: spans begin on them anyhow.
    """
    found = set(tree.turns)
    for total in stated:
        found |= {total.period_from.toordinal(), total.period_to.toordinal() + 1}
    return {day for day in found if not _is_new_year(day)}


def _is_new_year(day: int) -> bool:
    found = date.fromordinal(day) if 0 < day <= date.max.toordinal() else None
    return found is None or (found.month, found.day) == (1, 1)
