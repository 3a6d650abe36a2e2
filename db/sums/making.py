"""The sums of units, worked out from their records: the same rows whether they are kept or only asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from db.figures.facts import RegistrationFact
from db.figures.ledger import COPIED, DIALOGUE, NOT_COUNTED, PROJECT_WORK, SUSTAINED, standing_day
from db.figures.lives import PART, Life, Readable, life_of, unit_in
from db.figures.load import registered
from db.figures.quantities import MODELS, REGISTRANTS
from db.figures.question import CONTRIBUTORS, DISTINCT
from db.sums.read import CHECK, DATED, MODEL, REGISTRATION, SUPERVISION, Dated
from db.sums.spans import Spans, When
from db.vietnamese import fold

Key = tuple[Any, ...]
"""What tells sums apart: a type of records or the name of a count, and what belongs to it."""

Place = tuple[int, Key, int]
"""Span, key, and the span in which the same was counted before (0 = never)."""

Amounts = list[int]
"""How many, and three sums."""


class DayKind(IntEnum):
    """Of what the first and last days are kept. All but ``OTHERS`` and ``REGISTERED`` only say when."""

    REGISTERED = 0
    OTHERS = 1
    CLOSINGS = 2
    DIALOGUES = 3


class Records(Readable, Protocol):
    """A book that can also tell which models are registered nowhere."""

    def unregistered(self, type_name: str) -> Sequence[str]:
        """Models that records without a unit name and no live registration has."""


@dataclass(slots=True)
class UnitSums:
    """What is kept of a unit. ``odd`` = models that no sum can hold, ``records`` = how many were added up."""

    rows: dict[Place, Amounts] = field(default_factory=dict)
    days: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    odd: set[str] = field(default_factory=set)
    records: int = 0

    def add(self, span: int, key: Key, before: int = 0, amounts: Sequence[int | None] = ()) -> None:
        """One more of a kind, with what it is worth."""
        place = (span, key, before)
        found = self.rows.get(place)
        if found is None:
            found = self.rows[place] = [0, 0, 0, 0]
        found[0] += 1
        for column, amount in enumerate(amounts, 1):
            found[column] += amount or 0

    def see(self, kind: DayKind, when: When) -> None:
        """Something happened on a day."""
        first, last = self.days.get((kind, when.span), (when.day, when.day))
        self.days[kind, when.span] = min(first, when.day), max(last, when.day)


class _Look(NamedTuple):
    """A look at a model that says whether it still works."""

    day: int
    id: str
    year: int
    span: int
    unit: str
    works: bool


class _Group(NamedTuple):
    """The registrations of a model in a year that stand in one span."""

    year: int
    span: int
    facts: Sequence[RegistrationFact]


def sums_of(
    book: Records, units: Collection[str], spans: Spans, known_as: Mapping[str, str] | None = None
) -> dict[str, UnitSums]:
    """The sums of each of ``units``; ``known_as``: where a name counts, of units that are known as one."""
    if not units:
        return {}
    making = _Making(book, units, spans, known_as or {})
    making.add_dated()
    making.add_models()
    making.add_names()
    return making.found


def _in_parts(models: Iterable[str]) -> Iterator[list[str]]:
    named = sorted(models)
    yield from (named[place : place + PART] for place in range(0, len(named), PART))


class _Making:
    """Adds up the records of some units; others' are read only where a model is registered in several."""

    def __init__(
        self, book: Records, units: Collection[str], spans: Spans, known_as: Mapping[str, str]
    ) -> None:
        self._book, self._spans, self._known_as = book, spans, known_as
        self._own = book.founding_unit()
        self.found = {unit: UnitSums() for unit in units}
        self._names: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        self._folded: dict[str, str] = {}
        self._looks: dict[str, list[_Look]] = defaultdict(list)
        self._supervised: dict[str, int] = {}
        self._registered = self._registrations()
        self._lives: dict[str, Life] = {
            model: life_of((each.year, each.line, each.unit) for each in facts)
            for model, facts in self._registered.items()
        }

    @property
    def _has_own(self) -> bool:
        return self._own in self.found

    def _registrations(self) -> dict[str, list[RegistrationFact]]:
        """All registrations of the models that are registered in one of the units."""
        units = [*self.found, *([None] if self._has_own else [])]
        models = {model for (model,) in self._book.rows(REGISTRATION, ("model",), {"unit": units})}
        found: dict[str, list[RegistrationFact]] = defaultdict(list)
        for part in _in_parts(models):
            for fact in registered(self._book, {"model": part}):
                found[fact.model].append(fact)
        return found

    # --- records with a day ---

    def add_dated(self) -> None:
        """Contributions, results, recognitions, activities, supervisions and looks at models."""
        for kind in DATED:
            for row in self._rows(kind):
                self._add(kind, row)
        for part in _in_parts(self._registered):
            for model, day in self._book.rows(SUPERVISION.type, ("model", SUPERVISION.day), {"model": part}):
                when = self._spans.when(day)
                if when:
                    self._supervised[model] = min(when.span, self._supervised.get(model, when.span))

    def _rows(self, kind: Dated) -> Iterator[tuple[Any, ...]]:
        """Id and fields of the records that may belong to one of the units."""
        if kind.has_unit:
            yield from self._book.rows(kind.type, ("id", *kind.fields), {"unit": list(self.found)})
        models: set[str] = set(self._registered)
        if self._has_own:
            models.update(self._book.unregistered(kind.type))
            yield from self._without_unit(kind, None)
        for part in _in_parts(models):
            yield from self._without_unit(kind, part)

    def _without_unit(self, kind: Dated, models: list[str] | None) -> Iterator[tuple[Any, ...]]:
        """Those of these models. Asked by model alone: most records name no unit, so that narrows nothing."""
        rows = self._book.rows(kind.type, ("id", *kind.fields), {"model": models})
        return (row for row in rows if row[1] is None) if kind.has_unit else rows

    def _add(self, kind: Dated, row: tuple[Any, ...]) -> None:
        stated = dict(zip(kind.fields, row[1:], strict=True))
        when = self._spans.when(stated[kind.day] or (stated[kind.year] if kind.year else None))
        if when is None:
            return
        unit = stated.get("unit") or self._home(stated["model"], when.year)
        if kind.type == CHECK:
            self._look(row[0], unit, when, stated)
        sums = self.found.get(unit)
        if sums is None:
            return
        sums.records += 1
        sums.see(DayKind.OTHERS, when)
        amounts = [stated[name] for name in kind.amounts]
        sums.add(when.span, self._key(kind, sums, when, stated, amounts), amounts=amounts)
        if kind.name:
            self._name(CONTRIBUTORS, unit, stated[kind.name], when.span)

    def _home(self, model: str | None, year: int) -> str:
        return unit_in(self._lives.get(model or "", {}), year) or self._own

    def _key(
        self,
        kind: Dated,
        sums: UnitSums,
        when: When,
        stated: Mapping[str, Any],
        amounts: Sequence[int | None],
    ) -> Key:
        """What tells the record apart; last which of the amounts it states."""
        if kind.type == CHECK:
            return (CHECK,)
        if kind is SUPERVISION:
            closed = self._spans.when(stated["closed_on"])
            if closed:
                sums.see(DayKind.CLOSINGS, closed)
            return kind.type, closed.span if closed else None
        if stated.get("kind") == DIALOGUE:
            sums.see(DayKind.DIALOGUES, when)
        apart = (stated[name] for name in kind.apart)
        return (kind.type, *apart, *(int(amount is not None) for amount in amounts))

    def _look(self, record: str, unit: str, when: When, stated: Mapping[str, Any]) -> None:
        works = stated["still_working"]
        if works is not None:
            look = _Look(when.day, record, when.year, when.span, unit, bool(works))
            self._looks[stated["model"]].append(look)

    def _name(self, what: str, unit: str, name: str | None, span: int) -> None:
        if name is None:
            return
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
        self._names[what, self._known_as.get(unit, unit), folded].add(span)

    def add_names(self) -> None:
        """Each name of a unit counts once in any run of spans: it says when it was there before."""
        for (what, unit, _name), spans in self._names.items():
            before = 0
            for span in sorted(spans):
                self.found[unit].add(span, (what,), before)
                before = span

    # --- models ---

    def add_models(self) -> None:
        """Registrations: models by year, what they are counted as, and the names of registrants."""
        flags: dict[str, tuple[Any, ...]] = {}
        for part in _in_parts(self._registered):
            fields = ("id", "is_project_work", "replicated_from")
            flags.update((row[0], row[1:]) for row in self._book.rows(MODEL, fields, {"id": part}))
        for model, facts in self._registered.items():
            for fact in facts:
                if fact.unit in self.found:
                    self.found[fact.unit].records += 1
            counted = [fact for fact in facts if fact.status not in NOT_COUNTED]
            if counted:
                self._add_model(model, facts, counted, *flags.get(model, (None, None)))

    def _add_model(
        self, model: str, facts: Sequence[RegistrationFact], counted: Sequence[RegistrationFact],
        is_work: int | None, source: str | None,
    ) -> None:  # fmt: skip
        groups = [each for year in self._by_year(counted) for each in year]
        began = min(each.year for each in groups)
        looks = sorted(look for look in self._looks.get(model, ()) if look.year - began in SUSTAINED)
        units = {fact.unit for fact in counted} | {look.unit for look in looks}
        years = [each.year for each in groups]
        spans = {each.year: each.span for each in groups}
        if len(units) > 1 or len(spans) < len(years) or not _are_near(looks, spans):
            for unit in {fact.unit for fact in facts} & self.found.keys():
                self.found[unit].odd.add(model)
            return
        sums = self.found.get(units.pop())
        if sums is not None:
            tags = {PROJECT_WORK: bool(is_work), COPIED: bool(source)}
            last = {look.year: look for look in looks}
            _add_groups(sums, groups, last, self._supervised.get(model), tags)

    def _by_year(self, counted: Sequence[RegistrationFact]) -> Iterator[list[_Group]]:
        """The groups of each year: one, unless its lines stand in several spans."""
        for year, same in groupby(sorted(counted, key=attrgetter("year")), key=attrgetter("year")):
            by_span: dict[int, list[RegistrationFact]] = defaultdict(list)
            for fact in same:
                day = standing_day(fact)
                when = When(day, year, self._spans.of(day))
                by_span[when.span].append(fact)
                if fact.unit in self.found:
                    self.found[fact.unit].see(DayKind.REGISTERED, when)
                    if fact.registrant and fold(fact.registrant):
                        self._name(REGISTRANTS.name, fact.unit, fact.registrant, when.span)
            yield [_Group(year, span, facts) for span, facts in by_span.items()]


def _add_groups(
    sums: UnitSums,
    groups: Sequence[_Group],
    looks: Mapping[int, _Look],
    supervised: int | None,
    tags: Mapping[str, bool],
) -> None:
    """A model that is registered in one unit, a group for each of its years; ``looks`` by year."""
    began, before = groups[0].year, 0
    for year, span, facts in groups:
        stands = sorted(((f.field, f.subject, f.level, f.line) for f in facts), key=_in_words)
        sums.add(span, (MODELS.name, *stands))
        for kind in {fact.kind for fact in facts if fact.kind}:
            sums.add(span, (kind,))
        sums.add(span, (DISTINCT, supervised), before)
        if tags[PROJECT_WORK]:
            sums.add(span, (PROJECT_WORK,), before)
        if tags[COPIED] and year == began:
            sums.add(span, (COPIED,))
        if year - began in SUSTAINED and (year not in looks or looks[year].works):
            sums.add(span, (SUSTAINED[year - began],))
        before = span
    years = {group.year for group in groups}
    for year, look in looks.items():
        if year not in years and look.works:
            sums.add(look.span, (SUSTAINED[year - began],))


def _are_near(looks: Iterable[_Look], spans: Mapping[int, int]) -> bool:
    """Whether the looks of a year stand in one span, that of its registrations if there are any."""
    known = dict(spans)
    return all(known.setdefault(look.year, look.span) == look.span for look in looks)


def _in_words(stand: Iterable[str | None]) -> list[str]:
    return [each or "" for each in stand]
