"""The facts of a book in the order in which figures ask for them: by unit, then by day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from db.figures.facts import DatedFact, Facts, GroupFact, ModelFact, RegistrationFact
from db.figures.quantities import Mark, Place, Total, total_of
from db.figures.scope import Scope
from db.figures.units import UnitTree
from db.vietnamese import fold

NOT_COUNTED: Final = frozenset({"draft", "returned", "withdrawn"})
"""Registrations of these states are none (interfaces 3)."""

DIALOGUE: Final = "dialogue"
KINDS: Final = ("new", "maintained", "replicated")
SUSTAINED: Final = {1: "after_1_year", 2: "after_2_years", 3: "after_3_years"}
PROJECT_WORK: Final = "project_work"
COPIED: Final = "copied"
"""Where a copy of another model began."""

F = TypeVar("F")
D = TypeVar("D", bound=DatedFact)


class Placed(NamedTuple, Generic[F]):
    """A fact with the day (ordinal) it stands on, and the stretch of that day."""

    day: int
    stretch: int
    fact: F


class Registered(NamedTuple):
    """A registration with what figures ask of it, worked out once.

    ``mark`` is that of the model, ``name`` that of the registrant (one for each folded name of a unit);
    ``tags`` = the groups in which it is counted besides the dimensions.
    """

    day: int
    fact: RegistrationFact
    mark: Mark
    name: Mark | None
    tags: tuple[str, ...]


class Grouped(NamedTuple):
    """Models of a year that stand at the same places, with their marks."""

    day: int
    fact: GroupFact
    marks: tuple[Mark, ...]


P = TypeVar("P", bound=Placed[Any] | Registered | Grouped)


class Drawer(Generic[P]):
    """All facts of one kind."""

    def __init__(self, items: Iterable[P]) -> None:
        self._rows: dict[str, list[P]] = defaultdict(list)
        for item in items:
            self._rows[item.fact.unit].append(item)
        for row in self._rows.values():
            row.sort(key=_day)
        self._days = {unit: list(map(_day, row)) for unit, row in self._rows.items()}

    def within(self, scope: Scope, start: int, end: int) -> list[P]:
        """What belongs to the asked unit on these days."""
        found: list[P] = []
        for stretch in scope.tree.stretches(start, end) if start <= end else ():
            begin, finish = scope.tree.days(stretch)
            for unit in scope.units(stretch):
                if unit in self._rows:
                    found += self._between(unit, max(start, begin), min(end, finish))
        return found

    def _between(self, unit: str, start: int, end: int) -> list[P]:
        days = self._days[unit]
        return self._rows[unit][bisect_left(days, start) : bisect_right(days, end)]


_day: Final = attrgetter("day")


def standing_day(registration: RegistrationFact) -> int:
    """The day a registration stands on: its own, moved into its year."""
    day = registration.registered_on
    if day and day.year == registration.year:
        return day.toordinal()
    first, last = date(registration.year, 1, 1), date(registration.year, 12, 31)
    return min(max(registration.registered_on or first, first), last).toordinal()


def dated(facts: Iterable[D]) -> Iterator[tuple[int, D]]:
    """Records with the day they count as: 31 December of a year that is all that is known."""
    for fact in facts:
        if fact.day:
            yield fact.day.toordinal(), fact
        elif fact.year:
            yield date(fact.year, 12, 31).toordinal(), fact


class Ledger:
    """A book's facts, prepared once for any number of questions."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.tree = facts, UnitTree(facts)
        self._hosts: dict[tuple[str, int], Set[str]] = {}
        self.totals: dict[str, list[Total]] = defaultdict(list)
        for stated in facts.reported:
            self.totals[stated.unit].append(total_of(stated))
        self.began = _began(facts)
        self.registrations = Drawer(_registered(facts, self.tree, self.began))
        self.groups = Drawer(_grouped(facts.groups, self.tree))
        self.tallies = self._drawer(facts.tallies)
        self.contributions = self._drawer(facts.contributions)
        self.outputs = self._drawer(facts.outputs)
        self.recognitions = self._drawer(facts.recognitions)
        self.activities = self._drawer(facts.activities)
        self.supervisions = self._drawer(facts.supervisions)
        self.checks = self._drawer(facts.checks)
        self.dialogues = [
            (day, self._known_later(unit, self.tree.stretch(day))) for unit, day in _dialogues(facts)
        ]
        self.first_supervised = _first_supervised(facts)

    def _drawer(self, facts: Iterable[D]) -> Drawer[Placed[D]]:
        return Drawer(Placed(day, self.tree.stretch(day), fact) for day, fact in dated(facts))

    def _known_later(self, unit: str, stretch: int) -> Set[str]:
        """A unit, all above it in a stretch, and everybody who came after them."""
        key = (unit, stretch)
        if key not in self._hosts:
            chain = self.tree.chain(unit, stretch)
            self._hosts[key] = {heir for each in chain for heir in self.tree.heirs(each)}
        return self._hosts[key]


def _dialogues(facts: Facts) -> Set[tuple[str, int]]:
    """Unit and day of each."""
    if facts.dialogues is not None:
        return set(facts.dialogues)
    return {(fact.unit, day) for day, fact in dated(facts.activities) if fact.kind == DIALOGUE}


def _grouped(facts: Iterable[GroupFact], tree: UnitTree) -> Iterator[Grouped]:
    for day, fact in dated(facts):
        places = (Place(fact.unit, tree.stretch(day), stand) for stand in fact.stands)
        marks = tuple(Mark(fact.id, (fact.id,), place, day, fact.count, fact.count) for place in places)
        yield Grouped(day, fact, marks)


def _counted(facts: Facts) -> list[RegistrationFact]:
    return [fact for fact in facts.registrations if fact.status not in NOT_COUNTED]


def _began(facts: Facts) -> Mapping[str, int]:
    return _first_years(_counted(facts)) if facts.first_years is None else facts.first_years


def _registered(facts: Facts, tree: UnitTree, began: Mapping[str, int]) -> Iterator[Registered]:
    counted = _counted(facts)
    models = {model.id: model for model in facts.models}
    folded = {name: fold(name or "") for name in {fact.registrant for fact in counted}}
    places: dict[Place, Place] = {}  # one for all that stand there
    for fact in counted:
        day = standing_day(fact)
        place = Place(fact.unit, tree.stretch(day), (fact.field, fact.subject, fact.level, fact.line))
        place = places.setdefault(place, place)
        mark = Mark(fact.id, (fact.model, fact.year), place, day, 1)
        tags = _tags(fact, models.get(fact.model), fact.year - began[fact.model])
        name = folded.get(fact.registrant)
        named = Mark(fact.id, (fact.unit, name), place, day, 1) if name else None
        yield Registered(day, fact, mark, named, tags)


def _tags(fact: RegistrationFact, model: ModelFact | None, age: int) -> tuple[str, ...]:
    tags = [fact.kind] if fact.kind else []
    if fact.is_project_work or (model and model.is_project_work):
        tags.append(PROJECT_WORK)
    if model and model.replicated_from and age == 0:
        tags.append(COPIED)
    if age in SUSTAINED:
        tags.append(SUSTAINED[age])
    return tuple(tags)


def _first_years(registrations: Iterable[RegistrationFact]) -> Mapping[str, int]:
    """By model: the first year in which it was registered."""
    found: dict[str, int] = {}
    for each in registrations:
        found[each.model] = min(each.year, found.get(each.model, each.year))
    return found


def _first_supervised(facts: Facts) -> Mapping[str, int]:
    """By model: the day (ordinal) of its first supervision."""
    if facts.first_supervised is not None:
        return {model: day.toordinal() for model, day in facts.first_supervised.items()}
    found: dict[str, int] = {}
    for day, each in dated(facts.supervisions):
        if each.model:
            found[each.model] = min(day, found.get(each.model, day))
    return found
