"""The value of a figure, straight from its definition: the largest of stated, recorded and sums of parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache

from db.figures.facts import ReportedFact
from tests.support.figures_space import Cells

DIMENSIONS: dict[str, tuple[str, ...]] = {
    "field": ("economy", "culture_society", "defence_security", "political_system"),
    "subject": ("collective", "individual"),
    "level": ("grassroots", "district", "city", "central"),
    "line": ("territorial", "union", "front", "women", "youth", "veterans", "farmers", "other"),
}


@dataclass(frozen=True)
class Region:
    """What a figure belongs to: units on days (as cells) × field × subject × level × line (None = all)."""

    cells: Cells
    field: str | None = None
    subject: str | None = None
    level: str | None = None
    line: str | None = None

    def holds(self, other: Region) -> bool:
        """Whether the other region lies in this one with all it covers."""
        return (
            (self.field is None or self.field == other.field)
            and (self.subject is None or self.subject == other.subject)
            and (self.level is None or self.level == other.level)
            and (self.line is None or self.line == other.line)
            and other.cells <= self.cells
        )

    def touches(self, other: Region) -> bool:
        """Whether both share a unit, a day and the field, subject, level and line."""
        return not self.cells.isdisjoint(other.cells) and all(
            None in (getattr(self, name), getattr(other, name)) or getattr(self, name) == getattr(other, name)
            for name in DIMENSIONS
        )


@dataclass(frozen=True)
class Thing:
    """One row of a record: equal keys are one and the same thing (a model and its year, a registrant).

    ``amount`` None: a record of the same kind that adds nothing.
    """

    key: Hashable
    region: Region
    day: date
    amount: Fraction | None


@dataclass(frozen=True, eq=False)
class Total:
    """A stated total that may count: it has a value, sticks out nowhere, is neither cut off nor replaced."""

    row: ReportedFact
    region: Region
    unit_cells: Cells
    """The unit with all below, on all days."""
    value: Fraction


@dataclass(eq=False)
class Quantity:
    """Everything stated and recorded of one kind, which may be compared and added."""

    totals: tuple[Total, ...]
    things: tuple[Thing, ...]

    def __post_init__(self) -> None:
        self.value = cache(self._value)
        self.rows_of: dict[Hashable, list[Thing]] = {}
        for thing in self.things:
            self.rows_of.setdefault(thing.key, []).append(thing)

    def inside(self, region: Region) -> list[Total]:
        """The totals that lie in a region."""
        return [total for total in self.totals if region.holds(total.region)]

    def exact(self, region: Region) -> list[Total]:
        """The totals stated for exactly a region."""
        return [total for total in self.totals if total.region == region]

    def recorded(self, region: Region) -> Fraction | None:
        """(b) the records in a region, each thing once; None when there are none."""
        amounts = self._amounts(thing for thing in self.things if region.holds(thing.region))
        return sum(amounts.values(), Fraction(0)) if amounts else None

    @staticmethod
    def _amounts(things: Iterable[Thing]) -> dict[Hashable, Fraction]:
        return {thing.key: thing.amount for thing in things if thing.amount is not None}

    def _value(self, region: Region) -> Fraction | None:
        """The largest of (a) stated, (b) recorded, (c) sums of parts; None = nothing stated or recorded."""
        inside, recorded = self.inside(region), self.recorded(region)
        if not inside:
            return recorded
        stated = [total.value for total in self.exact(region)]
        return max([*stated, recorded or Fraction(0), *self.sums_of_parts(region)])

    def sums_of_parts(self, region: Region) -> Iterator[Fraction]:
        """(c) for each way of breaking a region up along one dimension."""
        for parts in self.breakdowns(region):
            yield self.total_of(parts)

    def total_of(self, parts: Iterable[Region]) -> Fraction:
        """The sum of the parts' values; what stands in several is taken off once for each part too many."""
        parts = tuple(parts)
        known = sum((self.value(part) or Fraction(0) for part in parts), Fraction(0))
        return known - self._too_many(parts)

    def _too_many(self, parts: tuple[Region, ...]) -> Fraction:
        too_many = Fraction(0)
        for key, amount in self._amounts(self.things).items():
            rows = self.rows_of[key]
            standing = sum(any(part.holds(row.region) for row in rows) for part in parts)
            if standing > 1:
                too_many += amount * (standing - 1)
        return too_many

    def breakdowns(self, region: Region) -> Iterator[tuple[Region, ...]]:
        """Every way of breaking a region up along one dimension into parts; more parts come by repetition."""
        slots = sorted({slot for _, slot in region.cells})
        for border in slots[1:]:
            before = frozenset(cell for cell in region.cells if cell[1] < border)
            yield (replace(region, cells=before), replace(region, cells=region.cells - before))
        for below in self._units_within(region.cells):
            yield (replace(region, cells=below), replace(region, cells=region.cells - below))
        for name, codes in DIMENSIONS.items():
            if getattr(region, name) is None:
                yield tuple(with_code(region, name, code) for code in codes)

    def _units_within(self, cells: Cells) -> set[Cells]:
        """The parts that single units with all below take of some cells; only units with totals matter."""
        return {
            total.unit_cells & cells
            for total in self.totals
            if total.unit_cells & cells and not cells <= total.unit_cells
        }


def with_code(region: Region, name: str, code: str | None) -> Region:
    """The region with one dimension set."""
    return Region(**{**{n: getattr(region, n) for n in ("cells", *DIMENSIONS)}, name: code})
