"""What belongs to the asked unit: "then" by the superiors of the day, "today" by successors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from db.figures.facts import Asked
from db.figures.units import Chain, UnitTree


class Scope:
    """The asked unit with all below, over time.

    "today" decides what belongs to the asked unit; what a stated total covers is decided by who stood under
    its unit then, and for the time before a unit was founded by whom it succeeded (docs/decisions/0005).
    ``alone``: only what the unit itself has, without units below and without totals (they are for all below).
    """

    def __init__(self, tree: UnitTree, asked: Asked, alone: bool = False) -> None:
        self.tree = tree
        self.root = asked.unit
        self.by_today = asked.units == "today"
        self.alone = alone
        self._paths: dict[tuple[str, int], Chain] = {}

    def units(self, stretch: int) -> Sequence[str]:
        """Units whose records of a stretch belong to the asked unit."""
        if self.alone:
            return self.tree.offices(self.root)
        return self.tree.members(self.root, None if self.by_today else stretch)

    def holds(self, unit: str, stretch: int) -> bool:
        """Does ``unit`` belong to the asked unit in a stretch?"""
        return self.root in (self.tree.today(unit) if self.by_today else self.tree.chain(unit, stretch))

    def path(self, unit: str, stretch: int) -> Chain:
        """The units of the asked one that hold ``unit`` in a stretch, from itself upwards; empty = none."""
        key = (unit, stretch)
        if key not in self._paths:
            self._paths[key] = tuple(self._walk(unit, stretch))
        return self._paths[key]

    def _walk(self, unit: str, stretch: int) -> list[str]:
        found: list[str] = []
        for each in self.tree.chain(unit, stretch, self.by_today):
            if not self.holds(each, stretch):
                break
            found.append(each)
            if each == self.root:
                break
        return found

    def way_down(self, unit: str, stretch: int) -> Chain:
        """The units from the asked one down to ``unit`` in a stretch; empty = not in it.

        As of today, what was succeeded stands in its successor, what was divided in the common superior, and
        all else where it stood then, if that too belongs to the asked unit.
        """
        if not self.by_today:
            chain = self.tree.chain(unit, stretch)
            return chain[: chain.index(self.root) + 1][::-1] if self.root in chain else ()
        if not self.holds(unit, stretch):
            return ()
        down = self._up_to_root(unit, stretch)[::-1]
        return down[:-1] if len(down) > 1 and self.tree.is_divided(unit) else down

    def _up_to_root(self, unit: str, stretch: int) -> Chain:
        found = [unit]
        while found[-1] != self.root:
            last = found[-1]
            up = None if last in self.tree.successors else self.tree.parent(last, stretch)
            if up is None or up in found or self.root not in self.tree.today(up):
                up = next(each for each in self.tree.today(last) if each not in found)
            found.append(up)
        return tuple(found)

    def ways_down(self, unit: str, stretch: int) -> Iterator[Chain]:
        """The way down to ``unit`` and, as of today, to the units that it was divided into."""
        yield self.way_down(unit, stretch)
        if self.by_today and self.tree.is_divided(unit):
            yield from (self.way_down(heir, stretch) for heir in self.tree.successors[unit])

    def covering(self, unit: str, stretch: int) -> Chain:
        """The units of the asked one whose totals cover what ``unit`` did in a stretch."""
        path = self.path(unit, stretch)
        return (*path, *self._born_later(path, stretch)) if self.by_today and path else path

    def _born_later(self, path: Chain, stretch: int) -> list[str]:
        """Successors that report for a time in which they did not exist yet."""
        day, _end = self.tree.days(stretch)
        return [
            each
            for each in self.tree.today(path[0])
            if each not in path and self.tree.life(each)[0] > day and self.holds(each, stretch)
        ]

    def holds_all(self, unit: str, start: int, end: int) -> bool:
        """Does ``unit`` belong to the asked unit on every day?"""
        return all(self.holds(unit, stretch) for stretch in self.tree.stretches(start, end))

    def relatives(self, start: int, end: int) -> set[str]:
        """The units whose totals may share a unit with the asked one on these days."""
        found = set(self.tree.today(self.root)) | self._divided if self.by_today else set[str]()
        for stretch in self.tree.stretches(start, end):
            found.update(self.units(stretch), self.tree.chain(self.root, stretch, self.by_today))
        return found

    @cached_property
    def _divided(self) -> set[str]:
        """Units that were divided, with a part now in the asked unit."""
        return {
            unit
            for unit, heirs in self.tree.successors.items()
            if len(heirs) > 1 and any(self.root in self.tree.today(heir) for heir in heirs)
        }

    def meets(self, unit: str, start: int, end: int) -> bool:
        """Do a relative and the asked unit share a unit on one of these days?"""
        return any(
            self.holds(unit, stretch) or self.is_above(unit, stretch)
            for stretch in self.tree.stretches(start, end)
        )

    def is_above(self, unit: str, stretch: int) -> bool:
        """Does a relative that the asked unit does not hold cover part of it in a stretch?"""
        if unit in self.tree.chain(self.root, stretch, self.by_today):
            return True
        return self.by_today and (unit in self.tree.today(self.root) or unit in self._divided)
