"""The value of regions: the largest way of adding up stated totals and records, nothing counted twice.

A region is worth its records and an excess: what totals state beyond the records they cover. The rule of
interfaces 3 says in these terms: the excess of a region is the largest of 0, that of the total stated for
exactly it, and the sum of the excesses of its parts along one dimension (less the records that stand in no
part of it). Records in several parts cancel out, gaps and units without totals have no excess, so only sets
of totals matter: a region is the set of totals inside it, and its hull is all there is to look at. Only where
records stand in no part of a dimension (a registration without a level) it also matters whether the region is
already one part of that dimension: this is what ``parted`` says, a bit for each dimension.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from db.figures.quantities import ALL, DIMENSIONS, Dims, Number, Total
from db.figures.quantities import inside as lies_inside

Totals = frozenset[int]
"""Totals by their place in the list."""

Loose = Callable[[int, int, int, int, Dims], Number]
"""(dimension, area, start, end, dims) -> records of that region in no part of the dimension."""

Hull = tuple[int, int, int, Dims]
"""Area, first day, last day, dims: the smallest region that holds some totals."""


class Algebra:
    """The excess of any set of totals. ``own[i]`` = value of total i less the records it covers."""

    def __init__(
        self,
        totals: Sequence[Total],
        areas: Sequence[int],
        own: Sequence[Number],
        is_loose: Sequence[bool],
        loose: Loose,
    ) -> None:
        self.totals = totals
        self.own = own
        self._areas = areas
        self._is_loose = is_loose
        self._loose = loose
        self._known: dict[tuple[Totals, int], Number] = {}
        self.exceeded: dict[int, Number] = {}

    def excess(self, inside: Totals, dims: Dims = ALL) -> Number:
        """What the totals inside a region at ``dims`` state beyond its records, in the largest way."""
        return self._excess(inside, self._with(0, *(d for d, value in enumerate(dims) if value)))

    def inside_hull(self, some: Totals) -> Totals:
        """All totals inside the smallest region that holds some, which are equal but for their periods."""
        area, start, end, _dims = self._hull(some, 0)
        dims = self.totals[min(some)].dims
        return Totals(
            i
            for i, total in enumerate(self.totals)
            if start <= total.start
            and total.end <= end
            and lies_inside(total.dims, dims)
            and not self._areas[i] & ~area
        )

    def _with(self, parted: int, *dimensions: int) -> int:
        return parted | sum(1 << each for each in dimensions if self._is_loose[each])

    def _excess(self, inside: Totals, parted: int) -> Number:
        if not inside:
            return 0
        if (inside, parted) not in self._known:
            self._known[inside, parted] = self._work_out(inside, parted)
        return self._known[inside, parted]

    def _work_out(self, inside: Totals, parted: int) -> Number:
        for groups in self._clean_cuts(inside):
            if len(groups) > 1:
                return sum(self._excess(group, parted) for group in groups)
        hull = self._hull(inside, parted)
        best = max((0, *self._ways(inside, parted, hull)))
        exact = self._exact(inside, hull)
        if exact is None:
            return best
        if best > self.own[exact]:
            self.exceeded[exact] = best - self.own[exact]
        return max(best, self.own[exact])

    # --- cuts that cost nothing: no total stands on both sides ---

    def _clean_cuts(self, inside: Totals) -> Iterator[list[Totals]]:
        if len(inside) > 1:
            yield self._by_time(inside)
            yield self._by_ground(inside)
            for dimension in range(len(DIMENSIONS)):
                if not self._is_loose[dimension]:
                    yield self._by_dimension(inside, dimension)

    def _by_time(self, inside: Totals) -> list[Totals]:
        groups: list[list[int]] = []
        reach = 0
        for each in sorted(inside, key=lambda i: self.totals[i].start):
            if self.totals[each].start > reach or not groups:
                groups.append([])
            groups[-1].append(each)
            reach = max(reach, self.totals[each].end)
        return [frozenset(group) for group in groups]

    def _by_ground(self, inside: Totals) -> list[Totals]:
        by_area: dict[int, list[int]] = defaultdict(list)
        for each in inside:
            by_area[self._areas[each]].append(each)
        taken, groups = 0, list[tuple[int, list[int]]]()
        for area, members in by_area.items():
            if area & taken:
                met = [group for group in groups if group[0] & area]
                groups = [group for group in groups if not group[0] & area]
                area, members = _joined([(area, members), *met])
            groups.append((area, members))
            taken |= area
        return [frozenset(members) for _area, members in groups]

    def _by_dimension(self, inside: Totals, dimension: int) -> list[Totals]:
        parts = self._parts(inside, dimension)
        return list(parts.values()) if sum(map(len, parts.values())) == len(inside) else []

    def _parts(self, inside: Totals, dimension: int) -> dict[Hashable, Totals]:
        """Totals that stand in a part of the dimension, by part."""
        return _grouped((self.totals[i].dims[dimension], i) for i in inside)

    # --- cuts that leave totals out, each a way of its own ---

    def _ways(self, inside: Totals, parted: int, hull: Hull) -> Iterator[Number]:
        yield from self._ways_by_dimension(inside, parted, hull)
        if len(inside) > 1:
            yield from self._ways_by_time(inside, parted, hull)
            yield from self._ways_by_ground(inside, parted)

    def _ways_by_dimension(self, inside: Totals, parted: int, hull: Hull) -> Iterator[Number]:
        area, start, end, dims = hull
        for dimension in range(len(DIMENSIONS)):
            parts = self._parts(inside, dimension)
            if parts and dims[dimension] is None:
                lost = self._loose(dimension, area, start, end, dims) if self._is_loose[dimension] else 0
                now_parted = self._with(parted, dimension)
                yield sum(self._excess(part, now_parted) for part in parts.values()) - lost

    def _ways_by_time(self, inside: Totals, parted: int, hull: Hull) -> Iterator[Number]:
        _area, start, end, _dims = hull
        totals = self.totals
        for cut in {day for i in inside for day in (totals[i].start, totals[i].end + 1)}:
            if start < cut <= end:
                before = frozenset(i for i in inside if totals[i].end < cut)
                after = frozenset(i for i in inside if totals[i].start >= cut)
                yield self._excess(before, parted) + self._excess(after, parted)

    def _ways_by_ground(self, inside: Totals, parted: int) -> Iterator[Number]:
        """Without the totals of a unit that stands above the others, or across them."""
        areas: dict[str, int] = defaultdict(int)
        for i in inside:
            areas[self.totals[i].unit] |= self._areas[i]
        if len(areas) > 1:
            for top in _largest(areas):
                yield self._excess(frozenset(i for i in inside if self.totals[i].unit != top), parted)

    # --- the hull ---

    def _hull(self, inside: Totals, parted: int) -> Hull:
        area = 0
        for i in inside:
            area |= self._areas[i]
        totals = [self.totals[i] for i in inside]
        dims = tuple(
            None
            if self._is_loose[dimension] and not parted >> dimension & 1
            else _common(total.dims[dimension] for total in totals)
            for dimension in range(len(DIMENSIONS))
        )
        start, end = min(total.start for total in totals), max(total.end for total in totals)
        return area, start, end, (dims[0], dims[1], dims[2], dims[3])

    def _exact(self, inside: Totals, hull: Hull) -> int | None:
        """The total stated for exactly the hull."""
        for i in inside:
            total = self.totals[i]
            if (self._areas[i], total.start, total.end, total.dims) == hull:
                return i
        return None


def _common(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _grouped(pairs: Iterable[tuple[str | None, int]]) -> dict[Hashable, Totals]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for value, i in pairs:
        if value is not None:
            groups[value].append(i)
    return {value: frozenset(members) for value, members in groups.items()}


def _joined(groups: Iterable[tuple[int, list[int]]]) -> tuple[int, list[int]]:
    area, members = 0, list[int]()
    for its_area, its_members in groups:
        area |= its_area
        members = members + its_members
    return area, members


def _largest(areas: dict[str, int]) -> list[str]:
    """Units whose area lies in no other one's."""
    found: list[str] = []
    for unit in sorted(areas, key=lambda each: (-areas[each].bit_count(), each)):
        if all(areas[unit] & ~areas[larger] for larger in found):
            found.append(unit)
    return found
