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
from collections.abc import Callable, Iterable, Iterator, Sequence

from db.figures.quantities import ALL, DIMENSIONS, Dims, Number, Total
from db.figures.quantities import inside as lies_inside

Totals = int
"""A set of totals: a bit for each, by its place in the list."""

Loose = Callable[[int, int, int, int, Dims], Number]
"""(dimension, area, start, end, dims) -> records of that region in no part of the dimension."""

Hull = tuple[int, int, int, Dims]
"""Area, first day, last day, dims: the smallest region that holds some totals."""


def together(places: Iterable[int]) -> Totals:
    """The set of the totals at some places."""
    found = 0
    for place in places:
        found |= 1 << place
    return found


def places(inside: Totals) -> list[int]:
    """The places of the totals of a set, in order."""
    found = []
    while inside:
        low = inside & -inside
        found.append(low.bit_length() - 1)
        inside ^= low
    return found


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
        self._known: dict[int, dict[Totals, Number]] = defaultdict(lambda: {0: 0})
        self.exceeded: dict[int, Number] = {}
        self._parts_of = [_by_part(totals, dimension) for dimension in range(len(DIMENSIONS))]
        self._sides = _by_day(totals)

    def excess(self, inside: Totals, dims: Dims = ALL) -> Number:
        """What the totals inside a region at ``dims`` state beyond its records, in the largest way."""
        return self._excess(inside, self._with(0, *(d for d, value in enumerate(dims) if value)))

    def inside_hull(self, some: Totals) -> Totals:
        """All totals inside the smallest region that holds some, which are equal but for their periods."""
        area, start, end, _dims = self._hull(places(some), 0)
        dims = self.totals[places(some)[0]].dims
        return together(
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
        known = self._known[parted]
        if inside not in known:
            known[inside] = self._work_out(inside, parted)
        return known[inside]

    def _work_out(self, inside: Totals, parted: int) -> Number:
        members = places(inside)
        for groups in self._clean_cuts(inside, members):
            if len(groups) > 1:
                return sum(self._excess(group, parted) for group in groups)
        hull = self._hull(members, parted)
        best = max((0, *self._ways(inside, members, parted, hull)))
        exact = self._exact(members, hull)
        if exact is None:
            return best
        if best > self.own[exact]:
            self.exceeded[exact] = best - self.own[exact]
        return max(best, self.own[exact])

    # --- cuts that cost nothing: no total stands on both sides ---

    def _clean_cuts(self, inside: Totals, members: Sequence[int]) -> Iterator[list[Totals]]:
        if len(members) > 1:
            yield self._by_time(members)
            yield self._by_ground(members)
            for dimension in range(len(DIMENSIONS)):
                if not self._is_loose[dimension]:
                    yield self._by_dimension(inside, dimension)

    def _by_time(self, members: Sequence[int]) -> list[Totals]:
        groups: list[Totals] = []
        reach = 0
        for each in sorted(members, key=lambda i: self.totals[i].start):
            total = self.totals[each]
            if total.start > reach or not groups:
                groups.append(0)
            groups[-1] |= 1 << each
            reach = max(reach, total.end)
        return groups

    def _by_ground(self, members: Sequence[int]) -> list[Totals]:
        by_area: dict[int, Totals] = defaultdict(int)
        for each in members:
            by_area[self._areas[each]] |= 1 << each
        taken, groups = 0, list[tuple[int, Totals]]()
        for area, group in by_area.items():
            if area & taken:
                met = [other for other in groups if other[0] & area]
                groups = [other for other in groups if not other[0] & area]
                area, group = _joined([(area, group), *met])
            groups.append((area, group))
            taken |= area
        return [group for _area, group in groups]

    def _by_dimension(self, inside: Totals, dimension: int) -> list[Totals]:
        parts = self._parts(inside, dimension)
        return parts if sum(parts) == inside else []

    def _parts(self, inside: Totals, dimension: int) -> list[Totals]:
        """Totals that stand in a part of the dimension, by part."""
        return [inside & part for part in self._parts_of[dimension] if inside & part]

    # --- cuts that leave totals out, each a way of its own ---

    def _ways(self, inside: Totals, members: Sequence[int], parted: int, hull: Hull) -> Iterator[Number]:
        yield from self._ways_by_dimension(inside, parted, hull)
        if len(members) > 1:
            yield from self._ways_by_time(inside, members, parted, hull)
            yield from self._ways_by_ground(members, parted)

    def _ways_by_dimension(self, inside: Totals, parted: int, hull: Hull) -> Iterator[Number]:
        area, start, end, dims = hull
        for dimension in range(len(DIMENSIONS)):
            parts = self._parts(inside, dimension) if dims[dimension] is None else []
            if parts:
                lost = self._loose(dimension, area, start, end, dims) if self._is_loose[dimension] else 0
                now_parted = self._with(parted, dimension)
                yield sum(self._excess(part, now_parted) for part in parts) - lost

    def _ways_by_time(
        self, inside: Totals, members: Sequence[int], parted: int, hull: Hull
    ) -> Iterator[Number]:
        _area, start, end, _dims = hull
        known, sides, totals = self._known[parted], self._sides, self.totals
        for cut in {day for i in members for day in (totals[i].start, totals[i].end + 1)}:
            if start < cut <= end:
                # Looked up here as well: asked a million times where many periods cross
                before, after = inside & sides[cut][0], inside & sides[cut][1]
                first = known[before] if before in known else self._excess(before, parted)
                yield first + (known[after] if after in known else self._excess(after, parted))

    def _ways_by_ground(self, members: Sequence[int], parted: int) -> Iterator[Number]:
        """Without the totals of a unit that stands above the others, or across them."""
        areas: dict[str, int] = defaultdict(int)
        for i in members:
            areas[self.totals[i].unit] |= self._areas[i]
        if len(areas) > 1:
            for top in _largest(areas):
                yield self._excess(together(i for i in members if self.totals[i].unit != top), parted)

    # --- the hull ---

    def _hull(self, members: Sequence[int], parted: int) -> Hull:
        area = 0
        for i in members:
            area |= self._areas[i]
        totals = [self.totals[i] for i in members]
        dims = tuple(
            None
            if self._is_loose[dimension] and not parted >> dimension & 1
            else _common(total.dims[dimension] for total in totals)
            for dimension in range(len(DIMENSIONS))
        )
        start, end = min(total.start for total in totals), max(total.end for total in totals)
        return area, start, end, (dims[0], dims[1], dims[2], dims[3])

    def _exact(self, members: Sequence[int], hull: Hull) -> int | None:
        """The total stated for exactly the hull."""
        for i in members:
            total = self.totals[i]
            if (self._areas[i], total.start, total.end, total.dims) == hull:
                return i
        return None


def _by_part(totals: Sequence[Total], dimension: int) -> list[Totals]:
    """The totals of each part of a dimension."""
    found: dict[str, Totals] = defaultdict(int)
    for i, total in enumerate(totals):
        part = total.dims[dimension]
        if part is not None:
            found[part] |= 1 << i
    return list(found.values())


def _by_day(totals: Sequence[Total]) -> dict[int, tuple[Totals, Totals]]:
    """By each day on which time may be cut: the totals that end before it, and those from it on."""
    return {
        day: (
            together(i for i, total in enumerate(totals) if total.end < day),
            together(i for i, total in enumerate(totals) if total.start >= day),
        )
        for day in {day for total in totals for day in (total.start, total.end + 1)}
    }


def _common(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _joined(groups: Iterable[tuple[int, Totals]]) -> tuple[int, Totals]:
    area, members = 0, 0
    for its_area, its_members in groups:
        area |= its_area
        members |= its_members
    return area, members


def _largest(areas: dict[str, int]) -> list[str]:
    """Units whose area lies in no other one's."""
    found: list[str] = []
    for unit in sorted(areas, key=lambda each: (-areas[each].bit_count(), each)):
        if all(areas[unit] & ~areas[larger] for larger in found):
            found.append(unit)
    return found
