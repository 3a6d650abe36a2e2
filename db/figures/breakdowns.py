"""Two complete breakdowns of one region that do not come to the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, NamedTuple

from db.figures.algebra import Totals, together
from db.figures.counting import loose_amount
from db.figures.quantities import DIMENSIONS, Dims, Number, Total, dims_with, inside
from db.figures.spans import Span, in_turn
from db.figures.value import Value

UNITS: Final = len(DIMENSIONS)
PERIODS: Final = UNITS + 1
KINDS: Final = range(PERIODS + 1)
"""How a region is broken down: by field, subject, level, line, unit, period."""


class Region(NamedTuple):
    """A unit with all below, days, dims."""

    unit: str
    start: int
    end: int
    dims: Dims


class Difference(NamedTuple):
    """What two complete breakdowns of a region come to, and along what they go."""

    region: Region
    first: int
    first_amount: Number
    second: int
    second_amount: Number


class Breakdowns:
    """The stated breakdowns of one quantity."""

    def __init__(self, value: Value) -> None:
        self._value = value
        self._tree = value.scope.tree
        self._stated = {Region(each.unit, each.start, each.end, each.dims) for each in value.totals}
        self._spans = self._stated_spans()
        self._over = [self._units_over(total) for total in value.totals]
        self._below: dict[str, list[int]] = defaultdict(list)
        for i, units in enumerate(self._over):
            for unit in units:
                self._below[unit].append(i)
        self._candidates = dict.fromkeys(each for i in range(len(value.totals)) for each in self._around(i))
        self._stated_in = {(each.unit, each.dims) for each in self._candidates}
        self._known: dict[Region, bool] = {}

    def _stated_spans(self) -> Mapping[tuple[str, Dims], list[Span]]:
        spans: dict[tuple[str, Dims], list[Span]] = defaultdict(list)
        for each in self._stated:
            spans[each.unit, each.dims].append((each.start, each.end))
        return spans

    def _units_over(self, total: Total) -> list[str]:
        """The units that hold a total's unit on all its days."""
        stretches = self._tree.stretches(total.start, total.end)
        paths = [self._value.scope.covering(total.unit, stretch) for stretch in stretches]
        return [unit for unit in paths[0] if all(unit in path for path in paths)]

    def _around(self, place: int) -> Iterator[Region]:
        """Regions that a total may be a part of: above, and with less given; of its own or all the days."""
        total = self._value.totals[place]
        wider = [(value, None) if value else (None,) for value in total.dims]
        days = dict.fromkeys([(total.start, total.end), self._value.days])
        for unit, (start, end), dims in product(self._over[place], days, product(*wider)):
            yield Region(unit, start, end, (dims[0], dims[1], dims[2], dims[3]))

    def differences(self) -> Iterator[Difference]:
        """Regions with two complete breakdowns that disagree, each once."""
        for region in self._candidates:
            complete = [kind for kind in KINDS if self._is_broken_down(region, kind)]
            sums = {kind: self._sum(region, kind) for kind in complete} if len(complete) > 1 else {}
            for kind, amount in sums.items():
                if amount != sums[complete[0]]:
                    yield Difference(region, complete[0], sums[complete[0]], kind, amount)
                    break

    # --- parts ---

    def _parts(self, region: Region, kind: int) -> list[Region]:
        if kind == UNITS:
            below = self._tree.children(region.unit, region.start, region.end)
            return [region._replace(unit=unit.id) for unit in below]
        if kind == PERIODS:
            return self._in_turn(region)
        if region.dims[kind] is not None:
            return []
        return [region._replace(dims=dims_with(region.dims, kind, value)) for value in DIMENSIONS[kind]]

    def _in_turn(self, region: Region) -> list[Region]:
        """Stated sub-periods that follow each other from the first day of the region to the last."""
        whole = (region.start, region.end)
        shorter = [span for span in self._spans.get((region.unit, region.dims), ()) if span != whole]
        return [region._replace(start=start, end=end) for start, end in in_turn(shorter, whole)]

    def _is_complete(self, region: Region) -> bool:
        if region in self._stated:
            return True
        if (region.unit, region.dims) not in self._stated_in:
            return False
        if region not in self._known:
            self._known[region] = False  # stops a circle of units
            self._known[region] = any(self._is_broken_down(region, kind) for kind in KINDS)
        return self._known[region]

    def _is_broken_down(self, region: Region, kind: int) -> bool:
        parts = self._parts(region, kind)
        return bool(parts) and all(self._is_complete(part) for part in parts)

    # --- sums ---

    def _sum(self, region: Region, kind: int) -> Number:
        parts = self._parts(region, kind)
        excess = sum(self._value.algebra.excess(self._inside(part), part.dims) for part in parts)
        covered = self._value.marks.under(region.start, region.end, region.dims).get(region.unit, 0)
        return covered + excess - self._loose(region, kind)

    def _inside(self, region: Region) -> Totals:
        return together(i for i in self._below[region.unit] if _lies_in(self._value.totals[i], region))

    def _loose(self, region: Region, kind: int) -> Number:
        """Records of the region that stand in no part of the breakdown."""
        if kind >= UNITS or not self._value.marks.is_loose(kind):
            return 0
        covering = self._value.scope.covering
        return loose_amount(
            (
                mark
                for mark in self._value.marks.during(region.start, region.end)
                if inside(mark.place.dims, region.dims)
                and region.unit in covering(mark.place.unit, mark.place.stretch)
            ),
            kind,
        )


def _lies_in(total: Total, region: Region) -> bool:
    return region.start <= total.start and total.end <= region.end and inside(total.dims, region.dims)


def differences(value: Value) -> list[Difference]:
    """Regions of a quantity with two complete breakdowns that disagree."""
    return list(Breakdowns(value).differences()) if len(value.totals) > 1 else []
