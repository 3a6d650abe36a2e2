"""The facts of a book in the order in which figures ask for them: by unit, then by day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, NamedTuple, TypeVar

from db.figures.facts import DatedFact, Facts, ModelFact, RegistrationFact
from db.figures.quantities import Total, total_of
from db.figures.scope import Scope
from db.figures.units import UnitTree

NOT_COUNTED: Final = frozenset({"draft", "returned", "withdrawn"})
"""Registrations of these states are none (interfaces 3)."""

DIALOGUE: Final = "dialogue"

F = TypeVar("F")


class Placed(NamedTuple, Generic[F]):
    """A fact with the day (ordinal) it stands on, and the stretch of that day."""

    day: int
    stretch: int
    fact: F


@dataclass(frozen=True, slots=True)
class _Row(Generic[F]):
    """What one unit has of a kind, by day."""

    days: Sequence[int]
    placed: Sequence[Placed[F]]

    def between(self, start: int, end: int) -> Sequence[Placed[F]]:
        return self.placed[bisect_left(self.days, start):bisect_right(self.days, end)]


class Drawer(Generic[F]):
    """All facts of one kind."""

    def __init__(self, tree: UnitTree, dated: Iterable[tuple[str, int, F]]) -> None:
        rows: dict[str, list[Placed[F]]] = defaultdict(list)
        for unit, day, fact in dated:
            rows[unit].append(Placed(day, tree.stretch(day), fact))
        self._rows = {unit: _row(placed) for unit, placed in rows.items()}

    def within(self, scope: Scope, start: int, end: int) -> Iterator[Placed[F]]:
        """What belongs to the asked unit on these days."""
        for stretch in scope.tree.stretches(start, end) if start <= end else ():
            begin, finish = scope.tree.days(stretch)
            for unit in scope.units(stretch):
                row = self._rows.get(unit)
                if row:
                    yield from row.between(max(start, begin), min(end, finish))


def _row(placed: list[Placed[F]]) -> _Row[F]:
    placed.sort(key=lambda each: each.day)
    return _Row([each.day for each in placed], placed)


def standing_day(registration: RegistrationFact) -> int:
    """The day a registration stands on: its own, moved into its year."""
    first, last = date(registration.year, 1, 1), date(registration.year, 12, 31)
    return min(max(registration.registered_on or first, first), last).toordinal()


D = TypeVar("D", bound=DatedFact)


def dated(facts: Iterable[D]) -> Iterator[tuple[str, int, D]]:
    """Records with the day they count as: 31 December of a year that is all that is known."""
    for fact in facts:
        if fact.day:
            yield fact.unit, fact.day.toordinal(), fact
        elif fact.year:
            yield fact.unit, date(fact.year, 12, 31).toordinal(), fact


class Ledger:
    """A book's facts, prepared once for any number of questions."""

    def __init__(self, facts: Facts) -> None:
        tree = UnitTree(facts)
        self.facts, self.tree = facts, tree
        self.totals: dict[str, list[Total]] = defaultdict(list)
        for stated in facts.reported:
            self.totals[stated.unit].append(total_of(stated))
        self.models: Mapping[str, ModelFact] = {model.id: model for model in facts.models}
        counted = [fact for fact in facts.registrations if fact.status not in NOT_COUNTED]
        self.registrations = Drawer(tree, [(fact.unit, standing_day(fact), fact) for fact in counted])
        self.first_years = _first_years(counted)
        self.contributions = Drawer(tree, dated(facts.contributions))
        self.outputs = Drawer(tree, dated(facts.outputs))
        self.recognitions = Drawer(tree, dated(facts.recognitions))
        self.activities = Drawer(tree, dated(facts.activities))
        self.dialogues = [
            (day, self._known_later(unit, day))
            for unit, day, fact in dated(facts.activities) if fact.kind == DIALOGUE
        ]
        self.supervisions = Drawer(tree, dated(facts.supervisions))
        self.first_supervised = _first_supervised(facts)

    def _known_later(self, unit: str, day: int) -> set[str]:
        """A unit, all above it on a day, and everybody who came after them."""
        chain = self.tree.chain(unit, self.tree.stretch(day))
        return {heir for each in chain for heir in self.tree.heirs(each)}


def _first_years(registrations: Iterable[RegistrationFact]) -> Mapping[str, int]:
    """By model: the first year in which it was registered."""
    found: dict[str, int] = {}
    for each in registrations:
        found[each.model] = min(each.year, found.get(each.model, each.year))
    return found


def _first_supervised(facts: Facts) -> Mapping[str, int]:
    """By model: the day (ordinal) of its first supervision."""
    found: dict[str, int] = {}
    for _unit, day, each in dated(facts.supervisions):
        if each.model:
            found[each.model] = min(day, found.get(each.model, day))
    return found
