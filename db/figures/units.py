"""Who stood under whom, day by day and today: the unit tree as the figures need it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from db.figures.facts import Facts, ParentFact, SuccessionFact, UnitFact
from db.own_unit import Step, own_line

EARLIEST = date.min.toordinal()
LATEST = date.max.toordinal()

Chain = tuple[str, ...]


def first(day: date | None) -> int:
    """The first day of a validity, as an ordinal; open = since ever."""
    return EARLIEST if day is None else day.toordinal()


def last(day: date | None) -> int:
    """The last day of a validity, as an ordinal; open = for ever."""
    return LATEST if day is None else day.toordinal()


class UnitTree:
    """The units of a book over time.

    Time is cut into stretches, numbered from 0, in which nothing changes. ``turns`` are the first days of
    stretches 1, 2 ... Days are ordinals. Links that lead in a circle are followed once.

    The book's own unit is the last of its line: who came before it stands under it at any time, and it stands
    where they stood. So it has all that the office ever had, and each of them what it had in its days.
    """

    def __init__(self, facts: Facts) -> None:
        self.units = {unit.id: unit for unit in facts.units}
        self._day = LATEST if facts.today is None else facts.today.toordinal()
        come = [each for each in facts.successions if each.on is None or each.on.toordinal() <= self._day]
        self._line = own_line(facts.founding_unit, map(_step, come))
        self._next = dict(pairwise(self._line))
        self._beside = {each.new for each in come if each.old in self._next} - set(self._line)
        self.successors = _successors(come) | {old: (new,) for old, new in self._next.items()}
        self._links: dict[str, list[ParentFact]] = defaultdict(list)
        for link in facts.parents:
            if not {link.unit, link.parent} <= set(self._line):
                self._links[link.unit].append(link)
        self._above_own = set().union(*map(self._all_above, self._line)) - set(self._line)
        self._ends = self._last_days(facts.successions)
        self.turns = sorted(set(self._changes(facts.successions)))
        self._chains: dict[tuple[str, int, bool], Chain] = {}
        self._today: dict[str, Chain] = {}
        self._children: dict[int, dict[str, list[UnitFact]]] = {}
        self._members: dict[int | None, dict[str, list[str]]] = {}

    # --- time ---

    def stretch(self, day: int) -> int:
        """The stretch a day lies in."""
        return bisect_right(self.turns, day)

    def stretches(self, start: int, end: int) -> range:
        """The stretches that days from ``start`` to ``end`` lie in."""
        return range(self.stretch(start), self.stretch(end) + 1)

    def days(self, stretch: int) -> tuple[int, int]:
        """First and last day of a stretch."""
        begin = self.turns[stretch - 1] if stretch else EARLIEST
        return begin, self.turns[stretch] - 1 if stretch < len(self.turns) else LATEST

    def _changes(self, successions: Sequence[SuccessionFact]) -> Iterator[int]:
        for links in self._links.values():
            for link in links if len(links) > 1 else ():
                yield first(link.valid_from)
                yield last(link.valid_to) + 1
        for succession in successions:
            for unit in (succession.old, succession.new):
                begin, end = self.life(unit)
                yield from (begin, end + 1)

    # --- life and death ---

    def _last_days(self, successions: Sequence[SuccessionFact]) -> dict[str, int]:
        """A unit that was succeeded ended the day before, where its own dates do not say."""
        ends = {unit.id: last(unit.valid_to) for unit in self.units.values()}
        for succession in successions:
            if succession.on and ends.get(succession.old) == LATEST:
                ends[succession.old] = succession.on.toordinal() - 1
        return ends

    def life(self, unit: str) -> tuple[int, int]:
        """First and last day on which a unit exists."""
        known = self.units.get(unit)
        return first(known.valid_from if known else None), self._ends.get(unit, LATEST)

    def lives(self, unit: str, start: int, end: int) -> bool:
        """Does the unit exist on a day from ``start`` to ``end``?"""
        begin, finish = self.life(unit)
        return begin <= end and start <= finish

    # --- who stands under whom ---

    def _all_above(self, unit: str) -> set[str]:
        above: set[str] = set()
        waiting = [unit]
        while waiting:
            found = {link.parent for link in self._links.get(waiting.pop(), ())} - above
            above |= found
            waiting.extend(found)
        return above

    def _hangs_under_own(self, unit: str) -> bool:
        """Whether a unit without a superior hangs under the book's own unit (interfaces 2): all but those
        above it, and parts of it that went their own way."""
        return unit not in self._line and unit not in self._above_own and unit not in self._beside

    def office(self, stretch: int) -> str:
        """The book's own unit in a stretch."""
        day, _end = self.days(stretch)
        return next((unit for unit in self._line if self.life(unit)[1] >= day), self._line[-1])

    def offices(self, unit: str) -> Chain:
        """The unit itself and, for one of the book's own line, those before it."""
        return self._line[: self._line.index(unit) + 1] if unit in self._line else (unit,)

    def parent(self, unit: str, stretch: int) -> str | None:
        """The superior in a stretch; where none is stated for it, the latest before, else the next one."""
        if unit in self._next:
            return self._next[unit]
        day, _end = self.days(stretch)
        is_later = unit == self._line[-1] and self.life(unit)[0] > day
        links = self._links.get(self.office(stretch) if is_later else unit)
        if not links:
            return self.office(stretch) if self._hangs_under_own(unit) else None
        return max(links, key=lambda link: _nearness(link, day)).parent

    def _up(self, unit: str, stretch: int, followed: bool) -> str | None:
        heirs = self.successors.get(unit, ()) if followed else ()
        if len(heirs) == 1 and self.life(unit)[1] < self.days(stretch)[0]:
            return heirs[0]
        return self.parent(unit, stretch)

    def chain(self, unit: str, stretch: int, followed: bool = False) -> Chain:
        """The unit and all above it; ``followed``: one that has ended stands in its successor."""
        key = (unit, stretch, followed)
        if key not in self._chains:
            self._chains[key] = _upwards(unit, lambda each: self._up(each, stretch, followed))
        return self._chains[key]

    def _up_today(self, unit: str, dividing: frozenset[str] = frozenset()) -> str | None:
        """``dividing`` = divided units on whose way up this one is asked: a circle of them ends there."""
        heirs = self.successors.get(unit, ())
        if len(heirs) > 1:
            if unit in dividing:
                return None
            chains = [self._chain_today(heir, dividing | {unit}) for heir in heirs]
            return next((each for each in chains[0] if all(each in chain for chain in chains[1:])), None)
        if heirs:
            return heirs[0]
        links = self._links.get(unit)
        if not links:
            return self._line[-1] if self._hangs_under_own(unit) else None
        return max(links, key=lambda link: _nearness(link, self._day)).parent

    def today(self, unit: str) -> Chain:
        """The unit, its successors and all above them as of today; divided: the common superior."""
        if unit not in self._today:
            self._today[unit] = self._chain_today(unit, frozenset())
        return self._today[unit]

    def _chain_today(self, unit: str, dividing: frozenset[str]) -> Chain:
        return _upwards(unit, lambda each: self._up_today(each, dividing))

    def is_divided(self, unit: str) -> bool:
        """Was the unit succeeded by several?"""
        return len(self.successors.get(unit, ())) > 1

    def heir(self, unit: str) -> str:
        """The last in a row of single successors: by whom a unit is known today."""
        seen = {unit}
        while len(heirs := self.successors.get(unit, ())) == 1 and heirs[0] not in seen:
            unit = heirs[0]
            seen.add(unit)
        return unit

    def heirs(self, unit: str) -> set[str]:
        """The unit and everybody who came after it."""
        found, waiting = {unit}, [unit]
        while waiting:
            new = set(self.successors.get(waiting.pop(), ())) - found
            found |= new
            waiting.extend(new)
        return found

    # --- the same, from above ---

    def members(self, root: str, stretch: int | None) -> Sequence[str]:
        """The unit and all below it in a stretch, or as of today (``None``)."""
        if stretch not in self._members:
            members: dict[str, list[str]] = defaultdict(list)
            for unit in self.units:
                for above in self.today(unit) if stretch is None else self.chain(unit, stretch):
                    members[above].append(unit)
            self._members[stretch] = members
        return self._members[stretch].get(root, ())

    def children(self, root: str, start: int, end: int) -> list[UnitFact]:
        """Units directly below ``root`` on a day from ``start`` to ``end`` that exist then."""
        found: dict[str, UnitFact] = {}
        for stretch in self.stretches(start, end):
            begin, finish = self.days(stretch)
            for unit in self._below(stretch).get(root, ()):
                if self.lives(unit.id, max(start, begin), min(end, finish)):
                    found[unit.id] = unit
        return list(found.values())

    def _below(self, stretch: int) -> dict[str, list[UnitFact]]:
        if stretch not in self._children:
            below: dict[str, list[UnitFact]] = defaultdict(list)
            for unit in self.units.values():
                below[self.parent(unit.id, stretch) or ""].append(unit)
            self._children[stretch] = below
        return self._children[stretch]

    def rows_below(self, root: str, start: int, end: int) -> list[UnitFact]:
        """The same for a table: below the book's own unit also those who stood below it by a former name."""
        found = {unit.id: unit for each in self.offices(root) for unit in self.children(each, start, end)}
        return [unit for unit in found.values() if unit.id not in self._next]

    def rows_today(self, root: str, start: int, end: int) -> list[UnitFact]:
        """Units directly below ``root`` today, and dissolved ones that existed in the days asked about."""
        offices = self.offices(root)
        return [
            unit
            for unit in self.units.values()
            if not self.successors.get(unit.id)
            and self._up_today(unit.id) in offices
            and (self.lives(unit.id, self._day, self._day) or self.lives(unit.id, start, end))
        ]


def _upwards(unit: str, up: Callable[[str], str | None]) -> Chain:
    """The unit and all above it, each once: the same for a unit of a circle wherever one began to ask."""
    found = [unit]
    above = up(unit)
    while above is not None and above not in found:
        found.append(above)
        above = up(above)
    return tuple(found)


def _nearness(link: ParentFact, day: int) -> tuple[int, int]:
    """Larger = says more about a day: valid then (the newest), ended before (the last), starting later."""
    begin, end = first(link.valid_from), last(link.valid_to)
    if begin <= day <= end:
        return 2, begin
    return (1, end) if end < day else (0, -begin)


def _step(fact: SuccessionFact) -> Step:
    return Step(fact.on.isoformat() if fact.on else "", fact.new, fact.old, fact.kind)


def _successors(successions: Sequence[SuccessionFact]) -> dict[str, Chain]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in successions:
        if each.new not in found[each.old] and each.new != each.old:
            found[each.old].append(each.new)
    return {old: tuple(new) for old, new in found.items() if new}
