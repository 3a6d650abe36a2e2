"""How many, and how much: marks counted by region, each key once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from db.figures.quantities import ALL, Dims, Mark, Number, Place, inside
from db.figures.units import Chain

Covering = Callable[[str, int], Chain]
"""(unit, stretch) -> the units whose totals cover it."""

_place = attrgetter("place")
_counted = attrgetter("place", "many")
_key = attrgetter("key")
_day = attrgetter("day")


class _Group(NamedTuple):
    """Marks added up by place: those whose key is theirs alone; and the others one by one."""

    single: Mapping[Place, Number]
    many: Sequence[Mark]


class Marks:
    """The marks of one quantity in an asked region."""

    def __init__(self, marks: Iterable[Mark], covering: Covering) -> None:
        self.all: Sequence[Mark] = list(marks)
        self._covering = covering
        self._many = _repeated(list(map(_key, self.all)))
        self._grouped: dict[tuple[int, int], _Group] = {}
        self._under: dict[tuple[int, int, Dims], Mapping[str, Number]] = {}

    @cached_property
    def kinds(self) -> Mapping[Dims, int]:
        """How many marks there are at which dims."""
        found: Counter[Dims] = Counter()
        for (place, each), marks in Counter(map(_counted, self.all)).items():
            found[place.dims] += marks * each
        return found

    @cached_property
    def _by_day(self) -> tuple[Sequence[int], Sequence[Mark]]:
        marks = sorted(self.all, key=_day)
        return list(map(_day, marks)), marks

    def during(self, start: int, end: int) -> Sequence[Mark]:
        """Marks of these days."""
        days, marks = self._by_day
        return marks[bisect_left(days, start) : bisect_right(days, end)]

    def any_at(self, dims: Dims) -> bool:
        """Is there a mark at ``dims``?"""
        return any(inside(kind, dims) for kind in self.kinds)

    def how_many(self, dims: Dims) -> int:
        """Marks at ``dims``, one by one."""
        return sum(count for kind, count in self.kinds.items() if inside(kind, dims))

    def is_loose(self, dimension: int) -> bool:
        """Are there marks that stand in no part of a dimension?"""
        return any(kind[dimension] is None for kind in self.kinds)

    @cached_property
    def _everything(self) -> Mapping[frozenset[Dims], Number]:
        """What the keys come to that stand at the same dims."""
        group = self._group_of(self.all)
        found: dict[frozenset[Dims], Number] = defaultdict(int)
        for place, weight in group.single.items():
            found[frozenset((place.dims,))] += weight
        kinds: dict[Hashable, set[Dims]] = defaultdict(set)
        weights: dict[Hashable, Number] = {}
        for mark in group.many:
            kinds[mark.key].add(mark.place.dims)
            weights[mark.key] = mark.weight
        for key, dims in kinds.items():
            found[frozenset(dims)] += weights[key]
        return found

    def amount(self, dims: Dims = ALL) -> Number:
        """All at ``dims``, each key once."""
        return sum(
            weight for kinds, weight in self._everything.items() if any(inside(kind, dims) for kind in kinds)
        )

    def under(self, start: int, end: int, dims: Dims) -> Mapping[str, Number]:
        """By unit: what its total for these days and ``dims`` would cover, each key once."""
        key = (start, end, dims)
        if key not in self._under:
            self._under[key] = self._by_unit(start, end, dims)
        return self._under[key]

    def _group(self, start: int, end: int) -> _Group:
        if (start, end) not in self._grouped:
            self._grouped[start, end] = self._group_of(self.during(start, end))
        return self._grouped[start, end]

    def _group_of(self, marks: Sequence[Mark]) -> _Group:
        if not self._many:
            return _Group(_added_up(marks), ())
        many = [mark for mark in marks if mark.key in self._many]
        return _Group(_added_up([mark for mark in marks if mark.key not in self._many]), many)

    def _by_unit(self, start: int, end: int, dims: Dims) -> Mapping[str, Number]:
        single, many = self._group(start, end)
        found: dict[str, Number] = defaultdict(int)
        for (unit, stretch, kind), weight in single.items():
            if inside(kind, dims):
                for above in self._covering(unit, stretch):
                    found[above] += weight
        for each, weight in self._spread(mark for mark in many if inside(mark.place.dims, dims)):
            found[each] += weight
        return found

    def _spread(self, marks: Iterable[Mark]) -> Iterator[tuple[str, Number]]:
        """Each key once for every unit that covers one of its marks."""
        units: dict[Hashable, set[str]] = defaultdict(set)
        weights: dict[Hashable, Number] = {}
        for mark in marks:
            units[mark.key].update(self._covering(mark.place.unit, mark.place.stretch))
            weights[mark.key] = mark.weight
        for key, above in units.items():
            for unit in above:
                yield unit, weights[key]


def _repeated(keys: Sequence[Hashable]) -> set[Hashable]:
    if len(set(keys)) == len(keys):
        return set()
    return {key for key, count in Counter(keys).items() if count > 1}


def _added_up(marks: Sequence[Mark]) -> Mapping[Place, Number]:
    if all(mark.weight == 1 for mark in marks):
        return Counter(map(_place, marks))
    found: dict[Place, Number] = defaultdict(int)
    for mark in marks:
        found[mark.place] += mark.weight
    return found


def _once(marks: Iterable[Mark]) -> Number:
    return sum({mark.key: mark.weight for mark in marks}.values())


def loose_amount(marks: Iterable[Mark], dimension: int) -> Number:
    """What stands in no part of a dimension: keys none of whose marks do."""
    marks = list(marks)
    placed = {mark.key for mark in marks if mark.place.dims[dimension] is not None}
    return _once(mark for mark in marks if mark.key not in placed)
