"""When a total by field or subject may be shown: only when it is complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TypeVar

from db.figures.quantities import (
    FIELD,
    FIELDS,
    SUBJECT,
    SUBJECTS,
    Dims,
    Mark,
    Number,
    Total,
    dims_with,
    inside,
    meeting,
)
from db.figures.scope import Scope
from db.figures.units import Chain
from db.figures.value import Value

_Placed = tuple[Chain, Sequence[Mark]]
_Stated = tuple[Chain, Total]
_T = TypeVar("_T", _Placed, _Stated)


@dataclass(frozen=True)
class Branch:
    """A unit of the asked one with what stands in it. ``prefix`` = the units from the top down to it.

    ``unit`` is ``None`` for a whole that is wider than any unit: one that took in others since.
    """

    prefix: Chain
    unit: str | None
    marks: Sequence[_Placed]
    totals: Sequence[_Stated]

    @cached_property
    def kinds(self) -> set[Dims]:
        """Where its records stand."""
        return {mark.place.dims for _path, marks in self.marks for mark in marks}

    @cached_property
    def below(self) -> list[Branch]:
        """Units directly below that have anything stated or recorded."""
        depth = len(self.prefix)
        marks, totals = _by_next(self.marks, depth), _by_next(self.totals, depth)
        return [
            Branch((*self.prefix, unit), unit, marks.get(unit, ()), totals.get(unit, ()))
            for unit in dict.fromkeys([*marks, *totals])
        ]


def _by_next(placed: Iterable[_T], depth: int) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = defaultdict(list)
    for each in placed:
        if len(each[0]) > depth:
            found[each[0][depth]].append(each)
    return found


def cells_of(dims: Dims) -> list[Dims]:
    """The cells of a total by field or by subject: what is not given is divided."""
    fields = (dims[FIELD],) if dims[FIELD] else FIELDS
    subjects = (dims[SUBJECT],) if dims[SUBJECT] else SUBJECTS
    return [dims_with(dims_with(dims, FIELD, f), SUBJECT, s) for f in fields for s in subjects]


class Shown:
    """Totals of one quantity by field or subject, hidden where they are not complete."""

    def __init__(self, value: Value) -> None:
        self._value = value
        self._scope = value.scope
        self._stretches = value.scope.tree.stretches(*value.days)
        self._paths = [_Reach(self._scope, total, self._stretches) for total in value.stated]

    def amount(self, dims: Dims) -> Number | None:
        """The value of a total by field or by subject, ``None`` unless it is complete."""
        found = self._value.amount_or_none(dims)
        return found if found is not None and self._complete(self._whole, dims) else None

    @cached_property
    def _whole(self) -> Branch:
        marks = self._placed_marks()
        counted = {total.fact.id for total in self._value.totals}
        totals = [(reach.path, reach.total) for reach in self._paths if reach.total.fact.id in counted]
        root = self._scope.root
        if all(path[0] == root for path, _each in [*marks, *totals]):
            return Branch((root,), root, marks, totals)
        return Branch((), None, marks, totals)

    def _placed_marks(self) -> list[_Placed]:
        places: dict[tuple[str, int], list[Mark]] = defaultdict(list)
        for mark in self._value.marks.all:
            places[mark.place[:2]].append(mark)
        return [(self._scope.path(*place)[::-1], marks) for place, marks in places.items()]

    def _complete(self, branch: Branch, dims: Dims) -> bool:
        return (
            not self._value.stated
            or self._is_stated(branch, dims)
            or not any(self._is_null(branch, cell) for cell in cells_of(dims))
            or (bool(branch.below) and all(self._complete(each, dims) for each in branch.below))
            or self._is_stated_in_turn(branch, dims)
        )

    def _stated(self, branch: Branch, dims: Dims) -> Iterator[tuple[int, int]]:
        for _path, total in branch.totals:
            if total.unit == branch.unit and total.dims == dims:
                yield total.start, total.end

    def _is_stated(self, branch: Branch, dims: Dims) -> bool:
        return self._value.days in self._stated(branch, dims)

    def _is_null(self, branch: Branch, cell: Dims) -> bool:
        if any(inside(kind, cell) for kind in branch.kinds):
            return False
        if any(inside(total.dims, cell) for _path, total in branch.totals):
            return False
        return not self._value.has_records or any(
            meeting(reach.total.dims, cell) and reach.shares(branch.prefix) for reach in self._paths
        )

    def _is_stated_in_turn(self, branch: Branch, dims: Dims) -> bool:
        """Stated for sub-periods outside which nothing is stated or recorded."""
        told = _merged(self._stated(branch, dims))
        days = [(total.start, total.end) for _path, total in branch.totals]
        days += [(mark.day, mark.day) for _path, marks in branch.marks for mark in marks]
        return bool(told) and all(
            any(begin <= start and end <= finish for begin, finish in told) for start, end in days
        )


class _Reach:
    """Where a stated total stands among the units of the asked one."""

    def __init__(self, scope: Scope, total: Total, stretches: range) -> None:
        self.total = total
        own = scope.tree.stretches(total.start, total.end)
        common = range(max(own.start, stretches.start), min(own.stop, stretches.stop))
        self._all = {scope.path(total.unit, stretch)[::-1] for stretch in common}
        self.path = self._only_path()

    def _only_path(self) -> Chain:
        """The way down to its unit; where that moved, as far as it stayed, then the unit itself."""
        if len(self._all) == 1:
            return next(iter(self._all))
        same = takewhile(lambda units: len(set(units)) == 1, zip(*self._all, strict=False))
        return (*(units[0] for units in same), self.total.unit)

    def shares(self, prefix: Chain) -> bool:
        """Does it share a unit with the branch at ``prefix``? A total from above shares every one."""
        return any(path[: len(prefix)] == prefix[: len(path)] for path in self._all)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of days as few as can be: those that touch are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            start, end = found[-1][0], max(found.pop()[1], end)
        found.append((start, end))
    return found
