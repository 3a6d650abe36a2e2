"""One kind of figure as it is asked for: which totals count, what is shown, which problems there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import chain, combinations, pairwise, product

from db.figures.facts import ReportedFact
from tests.support.figures_space import ONE_DAY, Cells, Space
from tests.support.figures_value import DIMENSIONS, Quantity, Region, Thing, Total, with_code


@dataclass(frozen=True)
class Stated:
    """A row of "Số liệu báo cáo" of this kind, whatever its state, and the region it is stated for.

    ``about`` is wider as of today: the total of a divided unit also says something about its successors
    when only they are asked about.
    """

    row: ReportedFact
    region: Region
    about: Region

    @property
    def as_of(self) -> date:
        """The day its figure is of."""
        return self.row.as_of or self.row.period_to


class AskedFigure:
    """Everything stated and recorded of one kind, seen from the asked region."""

    def __init__(
        self,
        space: Space,
        asked: Region,
        cutoff: date | None,
        rows: Iterable[Stated],
        things: Iterable[Thing],
    ) -> None:
        self.space, self.asked = space, asked
        self.must: set[str] = set()
        """Problems the text asks for."""
        self.may: set[str] = set()
        """Problems that another reading of the text allows too."""
        self.counted: dict[str, bool | None] = {}
        """Whether a row counts; None where the text leaves open which of two equal ways counts."""
        self.stated = tuple(rows)
        inside = self._inside(cutoff)
        self.totals = tuple(self._total(stated) for stated in self._latest(inside))
        self.quantity = Quantity(self.totals, tuple(t for t in things if asked.holds(t.region)))
        self._settle_overlaps()
        self._find_problems()

    def _total(self, stated: Stated) -> Total:
        value = stated.row.value
        if value is None:
            raise AssertionError("a row without a value is no total")
        return Total(stated.row, stated.region, self.space.covered(stated.row.unit), value)

    # Which rows count

    def _inside(self, cutoff: date | None) -> list[Stated]:
        """Rows with a value, not cut off, that do not stick out of the asked region."""
        found = []
        for stated in self.stated:
            self.counted[stated.row.id] = False
            touches, inside = self.asked.touches(stated.region), self.asked.holds(stated.region)
            in_time = cutoff is None or stated.as_of <= cutoff
            if touches and not inside and in_time and stated.row.value is not None:
                self.must.add("wider_than_asked")
            if self.asked.touches(stated.about):
                self._allow(stated, inside)
            if inside and in_time and stated.row.value is not None:
                found.append(stated)
        return found

    def _allow(self, stated: Stated, inside: bool) -> None:
        """Problems that a row may be named for, though the text does not say so."""
        if not inside:
            self.may.add("wider_than_asked")
        if self.space.today and self.space.divided(stated.row.unit):
            self.may.add("split_not_divided")

    def _latest(self, inside: list[Stated]) -> Iterator[Stated]:
        """Of several totals for exactly one region, the later Tính đến ngày, then the later row."""
        for stated in inside:
            same = [other for other in inside if _same_region(other.row, stated.row)]
            if len(same) > 1:
                self.must.add("restated")
            if stated is max(same, key=lambda other: (other.as_of, other.row.order)):
                self.counted[stated.row.id] = True
                yield stated

    def _settle_overlaps(self) -> None:
        """Of totals whose periods cross, the larger way of covering counts; the others are left out."""
        pairs = [pair for pair in combinations(self.totals, 2) if _cross(*pair)]
        if not pairs:
            return
        self.must.add("overlap")
        crossing = set(chain.from_iterable(pairs))
        clear = [total for total in self.totals if total not in crossing]
        ways = [way for way in _subsets(self.totals, crossing) if _is_way(way, crossing, pairs)]
        scores = [self._score([*clear, *way], pairs) for way in ways]
        best = [way for way, score in zip(ways, scores, strict=True) if score == max(scores)]
        for total in crossing:
            in_best = {total in way for way in best}
            self.counted[total.row.id] = in_best.pop() if len(in_best) == 1 else None
        # A total that is left out counts in no figure, also where it alone would come to more
        kept = tuple(total for total in self.totals if self.counted[total.row.id] is not False)
        self.quantity = Quantity(kept, self.quantity.things)

    def _score(self, totals: list[Total], pairs: list[tuple[Total, Total]]) -> tuple[Fraction, Fraction]:
        """What one way of covering gives for the asked region, and for the stretches covered twice."""
        quantity = Quantity(tuple(totals), self.quantity.things)
        local = (quantity.value(stretch) or Fraction(0) for stretch in self._stretches(pairs))
        return (quantity.value(self.asked) or Fraction(0), sum(local, Fraction(0)))

    def _stretches(self, pairs: list[tuple[Total, Total]]) -> set[Region]:
        """For each run of crossing totals: the region from its first day to its last."""
        runs: list[set[Total]] = []
        for pair in pairs:
            joined = [run for run in runs if not run.isdisjoint(pair)]
            runs = [run for run in runs if run not in joined] + [set(pair).union(*joined)]
        return {_stretch(self.space, run) for run in runs}

    # What is shown

    @property
    def has_records(self) -> bool:
        """Whether the asked unit has records of this kind in the period."""
        return bool(self.quantity.things)

    def shown(self, region: Region) -> Fraction | None:
        """The value; without stated or recorded: 0 only where the absence of records says so, else None."""
        value = self.quantity.value(region)
        if value is not None:
            return value
        return Fraction(0) if self.has_records and not self.stated_about(region) else None

    def stated_about(self, region: Region) -> bool:
        """Whether any row, counted or not, shares a unit, a day and the field, subject, level and line."""
        return any(
            (stated.region if self.asked.holds(stated.region) else stated.about).touches(region)
            for stated in self.stated
        )

    def shown_if_complete(self, region: Region) -> Fraction | None:
        """A field or subject total: shown only when it is complete."""
        return self.shown(region) if self.complete(region) else None

    def complete(self, region: Region) -> bool:
        """The four ways in which a field or subject total is complete."""
        return (
            bool(self.quantity.exact(region))
            or all(self.shown(cell) is not None for cell in _cells_of(region))
            or self._complete_in_sub_units(region)
            or self._stated_in_sub_periods(region)
        )

    def _complete_in_sub_units(self, region: Region) -> bool:
        """Complete in every sub-unit (there is one) that has anything stated or recorded in the period."""
        known = [
            part for part in self.sub_units(region) if self.quantity.value(Region(part.cells)) is not None
        ]
        return bool(known) and all(self.complete(part) for part in known)

    def sub_units(self, region: Region) -> list[Region]:
        """The units directly below, each on the days on which it stands there.

        A unit that moved meanwhile also has the days of a total that it states across the move.
        """
        parts: dict[str, Cells] = {}
        for slot in sorted({slot for _, slot in region.cells}):
            for unit, below in self._directly_below(frozenset(c for c in region.cells if c[1] == slot)):
                parts[unit] = parts.get(unit, frozenset()) | below
        for total in [] if self.space.today else self.quantity.inside(Region(region.cells)):
            cells, unit = total.region.cells, total.row.unit
            if cells != _during(self.space, region, total.row).cells and not _in_one(cells, parts.values()):
                parts[unit] = parts.get(unit, frozenset()) | cells
        return [replace(region, cells=cells) for _, cells in sorted(parts.items()) if cells != region.cells]

    def _directly_below(self, cells: Cells) -> list[tuple[str, Cells]]:
        """The largest units in one slot that are smaller than all of it."""
        below = {unit: self.space.area(unit) & cells for unit, _ in cells}
        smaller = {unit: part for unit, part in below.items() if part != cells}
        return [
            (unit, part)
            for unit, part in smaller.items()
            if not any(part < other for other in smaller.values())
        ]

    def _stated_in_sub_periods(self, region: Region) -> bool:
        """Stated for consecutive sub-periods outside which nothing at all is stated or recorded."""
        of_sub_periods = [t for t in self.totals if t.region == _during(self.space, region, t.row)]
        return any(
            sub_periods and _disjoint(sub_periods) and not self._anything_outside(region, sub_periods)
            for sub_periods in _subsets(of_sub_periods, set(of_sub_periods))
        )

    def _anything_outside(self, region: Region, sub_periods: tuple[Total, ...]) -> bool:
        """A row of the region's units in whatever field or subject that is not wholly in the sub-periods."""
        whole = Region(region.cells)
        outside = Region(region.cells.difference(*(t.region.cells for t in sub_periods)))
        rows = [thing.region for thing in self.quantity.things] + [total.region for total in self.totals]
        return any(whole.holds(row) and outside.touches(row) for row in rows)

    # Problems

    def _find_problems(self) -> None:
        sure = tuple(total for total in self.totals if self.counted[total.row.id])
        counting = Quantity(sure, self.quantity.things)
        for total in self.totals:
            if self.counted[total.row.id] and (counting.value(total.region) or 0) > total.value:
                self.must.add("exceeds_reported")
            if (self.quantity.value(total.region) or 0) > total.value:
                self.may.add("exceeds_reported")
            if self.space.today and self.space.divided(total.row.unit):
                self.must.add("split_not_divided")
        regions = {self.asked, *(with_code(t.region, d, None) for t in self.totals for d in DIMENSIONS)}
        if any(len(set(self._stated_breakdowns(region))) > 1 for region in regions):
            self.must.add("parts_differ")
        if any(len(set(self._known_breakdowns(region))) > 1 for region in regions):
            self.may.add("parts_differ")

    def _stated_breakdowns(self, region: Region) -> Iterator[Fraction]:
        """Sums of breakdowns by field, subject or level in which every part is stated exactly."""
        for name in ("field", "subject", "level"):
            parts = [with_code(region, name, code) for code in DIMENSIONS[name]]
            exact = [[t for t in self.quantity.exact(part) if self.counted[t.row.id]] for part in parts]
            if getattr(region, name) is None and all(exact):
                yield sum((of_part[0].value for of_part in exact), Fraction(0))

    def _known_breakdowns(self, region: Region) -> Iterator[Fraction]:
        """Sums of breakdowns along any dimension in which every part is known in any way."""
        for parts in self.quantity.breakdowns(region):
            if all(self.shown(part) is not None for part in parts):
                yield self.quantity.total_of(parts)
        subs = self.sub_units(region)
        if subs and all(self.quantity.value(part) is not None for part in subs):
            yield self.quantity.total_of(subs)


def _same_region(one: ReportedFact, other: ReportedFact) -> bool:
    return _but_period(one) == _but_period(other) and _period(one) == _period(other)


def _but_period(row: ReportedFact) -> tuple[str | None, ...]:
    named = (row.unit, row.indicator, row.form, row.status or "granted")
    return (*named, row.field, row.subject, row.level, row.line)


def _period(row: ReportedFact) -> tuple[date, date]:
    return (row.period_from, row.period_to)


def _cross(one: Total, other: Total) -> bool:
    """Whether the periods of two totals that are equal in all else cross, neither inside the other."""
    (from_1, to_1), (from_2, to_2) = sorted((_period(one.row), _period(other.row)))
    return _but_period(one.row) == _but_period(other.row) and from_1 < from_2 <= to_1 < to_2


def _subsets(ordered: Iterable[Total], among: set[Total]) -> Iterator[tuple[Total, ...]]:
    """Every subset of some totals."""
    members = [total for total in ordered if total in among]
    for chosen in product((False, True), repeat=len(members)):
        yield tuple(total for total, taken in zip(members, chosen, strict=True) if taken)


def _is_way(way: tuple[Total, ...], crossing: set[Total], pairs: list[tuple[Total, Total]]) -> bool:
    """Whether no two of a choice cross, and no other could be added to it."""
    taken = set(way)

    def crosses(total: Total) -> bool:
        return any(total in pair and taken & set(pair) - {total} for pair in pairs)

    return not any(crosses(total) for total in way) and all(crosses(total) for total in crossing - taken)


def _stretch(space: Space, run: set[Total]) -> Region:
    one = next(iter(run))
    first = min(total.row.period_from for total in run)
    last = max(total.row.period_to for total in run)
    return replace(one.region, cells=space.within(one.unit_cells, first, last))


def _in_one(cells: Cells, parts: Iterable[Cells]) -> bool:
    return any(cells <= part for part in parts)


def _disjoint(totals: tuple[Total, ...]) -> bool:
    periods = sorted(_period(total.row) for total in totals)
    return all(before[1] + ONE_DAY <= after[0] for before, after in pairwise(periods))


def _during(space: Space, region: Region, row: ReportedFact) -> Region:
    return replace(region, cells=space.within(region.cells, row.period_from, row.period_to))


def _cells_of(region: Region) -> list[Region]:
    """The field × subject cells of a field or subject total."""
    name = "subject" if region.subject is None else "field"
    return [with_code(region, name, code) for code in DIMENSIONS[name]]
