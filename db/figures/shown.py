"""When a total by field or subject may be shown: only when it is complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

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
from db.figures.spans import Span, in_turn, merged
from db.figures.units import Chain
from db.figures.value import Value

_Way = tuple[int, Chain]
"""A stretch, and the units from the asked one down to another in it."""


class Thing(NamedTuple):
    """A total, or the marks of one unit and stretch. ``path`` = its units, from the asked one down.

    ``covered`` = the units whose totals cover it: in figures as of today not all that hold it.
    """

    path: Chain
    covered: frozenset[str]
    marks: Sequence[Mark]
    total: Total | None


@dataclass(frozen=True)
class Branch:
    """A unit with what stands in it. ``prefix`` = the units from the asked one down to it."""

    prefix: Chain
    things: Sequence[Thing]

    @cached_property
    def unit(self) -> str | None:
        """The unit that may state all of it; ``None`` if it holds what was another one's then."""
        last = self.prefix[-1]
        return last if all(last in thing.covered for thing in self.things) else None

    @cached_property
    def kinds(self) -> set[Dims]:
        """Where its records stand."""
        return {mark.place.dims for thing in self.things for mark in thing.marks}

    @cached_property
    def totals(self) -> list[Total]:
        """What is stated in it."""
        return [thing.total for thing in self.things if thing.total]

    @cached_property
    def spans(self) -> set[Span]:
        """The days on which anything is stated or recorded."""
        days = {(mark.day, mark.day) for thing in self.things for mark in thing.marks}
        return days | {(total.start, total.end) for total in self.totals}

    @cached_property
    def below(self) -> list[Branch]:
        """Units directly below that have anything stated or recorded."""
        depth = len(self.prefix)
        found: dict[str, list[Thing]] = defaultdict(list)
        for thing in self.things:
            if len(thing.path) > depth:
                found[thing.path[depth]].append(thing)
        return [Branch((*self.prefix, unit), things) for unit, things in found.items()]


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

    def amount(self, dims: Dims) -> Number | None:
        """The value of a total by field or by subject, ``None`` unless it is complete."""
        found = self._value.amount_or_none(dims)
        return found if found is not None and self._is_shown(dims) else None

    def _is_shown(self, dims: Dims) -> bool:
        return not self._value.stated or self._is_complete(self._whole, dims)

    # --- what stands where ---

    @cached_property
    def _whole(self) -> Branch:
        # What an overlap leaves out is stated all the same
        stated = [*self._value.totals, *self._value.overlapped]
        return Branch((self._scope.root,), [*self._marks(), *(self._thing(total) for total in stated)])

    def _marks(self) -> Iterator[Thing]:
        places: dict[tuple[str, int], list[Mark]] = defaultdict(list)
        for mark in self._value.marks.all:
            places[mark.place[:2]].append(mark)
        for place, marks in places.items():
            path, covered = self._scope.way_down(*place), frozenset(self._scope.covering(*place))
            yield Thing(path, covered, marks, None)

    def _thing(self, total: Total) -> Thing:
        stretches = self._scope.tree.stretches(total.start, total.end)
        paths = {self._scope.way_down(total.unit, stretch) for stretch in stretches}
        covered = [frozenset(self._scope.covering(total.unit, stretch)) for stretch in stretches]
        return Thing(_only(paths, total.unit), frozenset.intersection(*covered), (), total)

    @cached_property
    def _near(self) -> list[tuple[Total, list[_Way]]]:
        """Every stated total, counted or not, with the ways down to its unit on its days of the period."""
        first, last = self._value.days
        near: list[tuple[Total, list[_Way]]] = []
        for total in self._value.stated:
            stretches = self._scope.tree.stretches(max(first, total.start), min(last, total.end))
            near.append((total, list(_ways(self._scope, total.unit, stretches))))
        return near

    def _shares(self, way: _Way, branch: Branch) -> bool:
        """Does a total share a unit and a day with a branch? One from above shares what was below it then."""
        stretch, units = way
        prefix = branch.prefix
        if units[: len(prefix)] != prefix[: len(units)]:
            return False
        if self._scope.by_today or len(units) >= len(prefix):
            return True
        down = self._scope.way_down(prefix[-1], stretch)
        return units[-1] in down if units else bool(down)

    # --- complete or not ---

    def _is_complete(self, branch: Branch, dims: Dims) -> bool:
        return (
            self._value.days in self._stated(branch, dims)
            or not any(self._is_null(branch, cell) for cell in cells_of(dims))
            or (bool(branch.below) and all(self._is_complete(each, dims) for each in branch.below))
            or self._is_stated_in_turn(branch, dims)
        )

    def _stated(self, branch: Branch, dims: Dims) -> Iterator[Span]:
        for total in branch.totals:
            if total.unit == branch.unit and total.dims == dims:
                yield total.start, total.end

    def _is_null(self, branch: Branch, cell: Dims) -> bool:
        if any(inside(kind, cell) for kind in branch.kinds):
            return False
        if any(inside(total.dims, cell) for total in branch.totals):
            return False
        return not self._value.has_records or any(
            meeting(total.dims, cell) and any(self._shares(way, branch) for way in ways)
            for total, ways in self._near
        )

    def _is_stated_in_turn(self, branch: Branch, dims: Dims) -> bool:
        """Stated for sub-periods that do not cross, outside which nothing is stated or recorded."""
        spans = list(self._stated(branch, dims))
        told = [whole for whole in merged(spans) if in_turn(spans, whole)]
        return bool(told) and all(
            any(begin <= start and end <= finish for begin, finish in told) for start, end in branch.spans
        )


def _only(paths: set[Chain], unit: str) -> Chain:
    """The way down to a unit; where it moved, as far as it stayed the same, then the unit itself."""
    if len(paths) == 1:
        return next(iter(paths))
    same = takewhile(lambda units: len(set(units)) == 1, zip(*paths, strict=False))
    return (*(units[0] for units in same), unit)


def _ways(scope: Scope, unit: str, stretches: range) -> Iterator[_Way]:
    """The ways down to a unit; none to go for one that holds the asked unit itself."""
    for stretch in stretches:
        if scope.holds(unit, stretch):
            yield from ((stretch, way) for way in scope.ways_down(unit, stretch))
        elif scope.is_above(unit, stretch):
            yield stretch, ()
