"""Who stands where on which day: units and days as explicit sets of cells, for the slow reference."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from db.figures.facts import Asked, Facts

Cell = tuple[str, int]
"""A unit by itself (nothing below) in one slot; a slot is a run of days that nothing tells apart."""

Cells = frozenset[Cell]

ONE_DAY = timedelta(days=1)


class Space:
    """Every unit of the book in every slot of time, and what an asked unit or a stated total covers."""

    def __init__(self, facts: Facts, asked: Asked) -> None:
        self.facts = facts
        self.today = asked.units == "today"
        self.units = tuple(unit.id for unit in facts.units)
        self.first_days = [date.min, *sorted(set(_first_days(facts, asked)))]
        self.chain_then = cache(self._chain_then)
        self.chain_today = cache(self._chain_today)
        self.home = cache(self._home)
        self.covered = cache(self._covered)

    # Days

    def slot(self, day: date) -> int:
        """The slot a day lies in."""
        return bisect_right(self.first_days, day) - 1

    def slots(self, start: date, end: date) -> range:
        """The slots from one day to another, both included; both must be borders."""
        return range(self.slot(start), self.slot(end) + 1)

    def within(self, cells: Cells, start: date, end: date) -> Cells:
        """Those cells that lie in a period."""
        slots = self.slots(start, end)
        return frozenset(cell for cell in cells if cell[1] in slots)

    # The tree, at the time

    def _chain_then(self, unit: str, slot: int) -> tuple[str, ...]:
        """The unit and all above it, nearest first, as they stood in a slot."""
        above = [
            row
            for row in self.facts.parents
            if row.unit == unit and _holds(row.valid_from, row.valid_to, self.first_days[slot])
        ]
        if not above:
            return (unit,)
        latest = max(above, key=lambda row: row.valid_from or date.min)
        return (unit, *self.chain_then(latest.parent, slot))

    # The tree, as of today: an old unit stands where its successors stand

    def finals(self, unit: str) -> frozenset[str]:
        """The units that a unit lives on in today; itself if it was never succeeded."""
        successors = [row.new for row in self.facts.successions if row.old == unit]
        if not successors:
            return frozenset({unit})
        return frozenset[str]().union(*(self.finals(new) for new in successors))

    def divided(self, unit: str) -> bool:
        """Whether a unit lives on in several units."""
        return len(self.finals(unit)) > 1

    def _home(self, unit: str) -> str:
        """Where a unit's figures stand today: its one successor, or the nearest ancestor of several."""
        chains = [self.chain_today(final) for final in sorted(self.finals(unit))]
        return next(place for place in chains[0] if all(place in chain for chain in chains))

    def _chain_today(self, unit: str) -> tuple[str, ...]:
        """The unit and all above it today: the latest superior it ever had, or who succeeded that one."""
        above = [row for row in self.facts.parents if row.unit == unit]
        if not above:
            return (unit,)
        latest = max(above, key=lambda row: (row.valid_to is None, row.valid_from or date.min))
        return (unit, *self.chain_today(self.home(latest.parent)))

    # Cells

    def area(self, unit: str) -> Cells:
        """What belongs to a unit, on all days: at the time, or through successors as of today."""
        if self.today:
            inside = {u for u in self.units if unit in (u, *self.chain_today(self.home(u)))}
            return frozenset((u, slot) for u in inside for slot in range(len(self.first_days)))
        return self._below_then(unit)

    def _below_then(self, unit: str) -> Cells:
        return frozenset(
            (u, slot)
            for u in self.units
            for slot in range(len(self.first_days))
            if unit in self.chain_then(u, slot)
        )

    def _covered(self, unit: str) -> Cells:
        """What a total stated for a unit speaks of, on all days: the unit with all that stood below it.

        As of today the units that were succeeded by one of those belong to it too.
        """
        below = self._below_then(unit)
        if not self.today:
            return below
        old = {
            (u, slot)
            for u in self.units
            for slot in range(len(self.first_days))
            if self.home(u) != u and (self.home(u), slot) in below
        }
        return below | old

    def concerned(self, unit: str) -> Cells:
        """What a total of a unit says anything about: as of today also the successors of a divided one."""
        successors = self.finals(unit) if self.today else frozenset[str]()
        return self.covered(unit).union(*(self.area(final) for final in successors))


def _holds(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def _first_days(facts: Facts, asked: Asked) -> Iterable[date]:
    """Every day on which something begins that splits time: the asked period, totals, superiors."""
    yield from (asked.start.replace(month=1, day=1), asked.start, asked.end + ONE_DAY)
    for total in facts.reported:
        yield from (total.period_from, total.period_to + ONE_DAY)
    for row in facts.parents:
        if row.valid_from is not None:
            yield row.valid_from
        if row.valid_to is not None:
            yield row.valid_to + ONE_DAY
