"""Which unit may stand for which: those that nothing in an answer tells apart are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from db.figures.facts import Facts
from db.figures.units import UnitTree


class Folding:
    """A unit stands in its superior where that never changed and nothing below the superior is told apart.

    Told apart are the asked unit and those directly below it, units with stated totals, and those that
    moved, came of others or were succeeded.
    """

    def __init__(self, frame: Facts, tree: UnitTree, asked: str) -> None:
        self._tree = tree
        self._apart = {asked, *_moved(frame), *(total.unit for total in frame.reported)}
        offices = tree.offices(asked)
        self._apart |= {unit for unit in tree.units if tree.parent(unit, 0) in offices}
        self._above = set(self._all_above())
        self._stands: dict[str, str] = {}

    def _all_above(self) -> Iterator[str]:
        """Units that have something below them that is told apart, on any day."""
        stretches = range(len(self._tree.turns) + 1)
        for unit in self._apart:
            yield from self._tree.today(unit)[1:]
            for stretch in stretches:
                yield from self._tree.chain(unit, stretch)[1:]
                yield from self._tree.chain(unit, stretch, True)[1:]

    def of(self, unit: str) -> str:
        """The unit that stands for this one."""
        if unit not in self._stands:
            self._stands[unit] = unit  # stops a circle
            above = self._tree.parent(unit, 0)
            if unit not in self._apart and above is not None and above not in self._above:
                self._stands[unit] = self.of(above)
        return self._stands[unit]


def _moved(frame: Facts) -> Iterator[str]:
    """Units with several superiors in the course of time, and those that succeed each other.

    One without any hangs under the book's own unit, whichever that is on a day.
    """
    links = Counter(link.unit for link in frame.parents)
    usual = (1,) if frame.successions else (0, 1)
    yield from (unit.id for unit in frame.units if links[unit.id] not in usual)
    for each in frame.successions:
        yield from (each.old, each.new)
