"""Which totals cover common ground: the area of each unit as a set of bits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from db.figures.quantities import Total
from db.figures.scope import Scope


class Ground:
    """The ground that units with totals cover, stretch by stretch.

    A bit is a piece of ground on which the same units may report. Two units share ground if their areas
    share a bit; one holds the other if it has all of its bits.
    """

    def __init__(self, scope: Scope, totals: Sequence[Total]) -> None:
        self._scope = scope
        self._reporting = {total.unit for total in totals}
        self._areas: dict[tuple[str, int], int] = defaultdict(int)
        self._pieces: dict[tuple[int, frozenset[str]], int] = {}
        if totals:
            self._survey(min(total.start for total in totals), max(total.end for total in totals))

    def _survey(self, start: int, end: int) -> None:
        for stretch in self._scope.tree.stretches(start, end):
            days = self._scope.tree.days(stretch)
            for unit in self._units(stretch):
                if unit in self._reporting or self._scope.tree.lives(unit, *days):
                    self._claim(unit, stretch)

    def _units(self, stretch: int) -> Collection[str]:
        return {*self._scope.units(stretch), *self._reporting}

    def _claim(self, unit: str, stretch: int) -> None:
        reporting = frozenset(self._scope.covering(unit, stretch)) & self._reporting
        if reporting:
            piece = 1 << self._pieces.setdefault((stretch, reporting), len(self._pieces))
            for each in reporting:
                self._areas[each, stretch] |= piece

    def area(self, total: Total) -> int:
        """The ground of a total's unit on its days."""
        covered = 0
        for stretch in self._scope.tree.stretches(total.start, total.end):
            covered |= self._areas.get((total.unit, stretch), 0)
        return covered

    def holds(self, area: int, unit: str, stretch: int) -> bool:
        """Is what ``unit`` did in a stretch covered by totals of this area?"""
        for each in self._scope.covering(unit, stretch):
            its_area = self._areas.get((each, stretch), 0)
            if its_area and not its_area & ~area:
                return True
        return False
