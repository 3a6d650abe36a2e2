"""How many, and how much: marks counted by region, each key once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from db.figures.quantities import ALL, Dims, Mark, Number, inside
from db.figures.units import EARLIEST, LATEST, Chain

Covering = Callable[[str, int], Chain]
"""(unit, stretch) -> the units whose totals cover it."""

_Place = tuple[str, int, Dims]


class Marks:
    """The marks of one quantity in an asked region."""

    def __init__(self, marks: Iterable[Mark], covering: Covering) -> None:
        self.all: Sequence[Mark] = sorted(marks, key=lambda mark: mark.day)
        self._covering = covering
        self._days = [mark.day for mark in self.all]
        times = Counter(mark.key for mark in self.all)
        self._many = {key for key, count in times.items() if count > 1}
        self.kinds = Counter(mark.dims for mark in self.all)
        self._grouped: dict[tuple[int, int], tuple[Mapping[_Place, Number], Sequence[Mark]]] = {}
        self._under: dict[tuple[int, int, Dims], Mapping[str, Number]] = {}

    def during(self, start: int, end: int) -> Sequence[Mark]:
        """Marks of these days."""
        return self.all[bisect_left(self._days, start):bisect_right(self._days, end)]

    def any_at(self, dims: Dims) -> bool:
        """Is there a mark at ``dims``?"""
        return any(inside(kind, dims) for kind in self.kinds)

    def how_many(self, dims: Dims) -> int:
        """Marks at ``dims``, one by one."""
        return sum(count for kind, count in self.kinds.items() if inside(kind, dims))

    def is_loose(self, dimension: int) -> bool:
        """Are there marks that stand in no part of a dimension?"""
        return any(kind[dimension] is None for kind in self.kinds)

    def amount(self, dims: Dims = ALL) -> Number:
        """All at ``dims``, each key once."""
        single, many = self._group(EARLIEST, LATEST)
        alone = sum(weight for place, weight in single.items() if inside(place[2], dims))
        return alone + _once(mark for mark in many if inside(mark.dims, dims))

    def under(self, start: int, end: int, dims: Dims) -> Mapping[str, Number]:
        """By unit: what its total for these days and ``dims`` would cover, each key once."""
        key = (start, end, dims)
        if key not in self._under:
            self._under[key] = self._by_unit(start, end, dims)
        return self._under[key]

    def _group(self, start: int, end: int) -> tuple[Mapping[_Place, Number], Sequence[Mark]]:
        """Marks whose key is theirs alone, added up by place; and the others."""
        if (start, end) not in self._grouped:
            single: dict[_Place, Number] = defaultdict(int)
            many: list[Mark] = []
            for mark in self.during(start, end):
                if mark.key in self._many:
                    many.append(mark)
                else:
                    single[mark.unit, mark.stretch, mark.dims] += mark.weight
            self._grouped[start, end] = single, many
        return self._grouped[start, end]

    def _by_unit(self, start: int, end: int, dims: Dims) -> Mapping[str, Number]:
        single, many = self._group(start, end)
        found: dict[str, Number] = defaultdict(int)
        for (unit, stretch, kind), weight in single.items():
            if inside(kind, dims):
                for above in self._covering(unit, stretch):
                    found[above] += weight
        for each, weight in self._spread(mark for mark in many if inside(mark.dims, dims)):
            found[each] += weight
        return found

    def _spread(self, marks: Iterable[Mark]) -> Iterator[tuple[str, Number]]:
        """Each key once for every unit that covers one of its marks."""
        units: dict[Hashable, set[str]] = defaultdict(set)
        weights: dict[Hashable, Number] = {}
        for mark in marks:
            units[mark.key].update(self._covering(mark.unit, mark.stretch))
            weights[mark.key] = mark.weight
        for key, above in units.items():
            for unit in above:
                yield unit, weights[key]


def _once(marks: Iterable[Mark]) -> Number:
    return sum({mark.key: mark.weight for mark in marks}.values())


def loose_amount(marks: Iterable[Mark], dimension: int) -> Number:
    """What stands in no part of a dimension: keys none of whose marks do."""
    marks = list(marks)
    placed = {mark.key for mark in marks if mark.dims[dimension] is not None}
    return _once(mark for mark in marks if mark.key not in placed)
