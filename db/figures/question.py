"""One question put to a ledger: everything that belongs to the asked unit and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from db.figures import marking
from db.figures.facts import (
    ActivityFact,
    Asked,
    CheckFact,
    ContributionFact,
    OutputFact,
    RecognitionFact,
    SupervisionFact,
    TallyFact,
)
from db.figures.ledger import Drawer, Grouped, Ledger, P, Placed, Registered
from db.figures.quantities import (
    LABOUR,
    MODELS,
    REGISTRANTS,
    SOCIALISED,
    Mark,
    Quantity,
    Total,
)
from db.figures.scope import Scope
from db.figures.selection import Days, Standing, judged, related
from db.figures.units import last
from db.figures.value import Value

DISTINCT: Final = "distinct_models"
NEVER_SUPERVISED: Final = "never_supervised"
CONTRIBUTORS: Final = "contributors"
"""Names of tallies besides the tags of registrations and ``registrants``."""


@dataclass(frozen=True)
class Question:
    """The facts that an answer is made of. ``alone``: only what the unit itself has, nothing of below."""

    ledger: Ledger
    asked: Asked
    alone: bool = False

    @cached_property
    def span(self) -> Days:
        """The days asked about."""
        start, end = self.asked.start.toordinal(), self.asked.end.toordinal()
        new_year = date(self.asked.start.year, 1, 1).toordinal()
        return Days(start, new_year, end, last(self.asked.cutoff))

    @cached_property
    def scope(self) -> Scope:
        """The asked unit over time."""
        return Scope(self.ledger.tree, self.asked, self.alone)

    @property
    def last_day(self) -> int:
        """The period's end or the cut-off, whichever is earlier."""
        return min(self.span.end, self.span.cutoff)

    def _within(self, drawer: Drawer[P], start: int) -> list[P]:
        return drawer.within(self.scope, start, self.last_day)

    @cached_property
    def registrations(self) -> Sequence[Registered]:
        """Registrations since the New Year of the period's first year."""
        return self._within(self.ledger.registrations, self.span.new_year)

    @cached_property
    def groups(self) -> Sequence[Grouped]:
        """The same as kept sums: models of a year that stand at the same places."""
        return self._within(self.ledger.groups, self.span.new_year)

    @cached_property
    def tallies(self) -> Mapping[str, Sequence[Placed[TallyFact]]]:
        """What kept sums say besides, by name: a tag of registrations, or one of the names below."""
        found: dict[str, list[Placed[TallyFact]]] = defaultdict(list)
        for placed in self._within(self.ledger.tallies, self.span.new_year):
            found[placed.fact.name].append(placed)
        return found

    def tally(self, name: str) -> int:
        """How many kept sums say that there are."""
        return sum(placed.fact.count for placed in self.tallies.get(name, ()))

    @cached_property
    def contributions(self) -> Sequence[Placed[ContributionFact]]:
        """Contributions of the period."""
        return self._within(self.ledger.contributions, self.span.start)

    @cached_property
    def given(self) -> Mapping[str, list[ContributionFact]]:
        """Contributions of the period by kind."""
        found: dict[str, list[ContributionFact]] = defaultdict(list)
        for placed in self.contributions:
            found[placed.fact.kind].append(placed.fact)
        return found

    @cached_property
    def outputs(self) -> Sequence[Placed[OutputFact]]:
        """Results of the period."""
        return self._within(self.ledger.outputs, self.span.start)

    @cached_property
    def recognitions(self) -> Sequence[Placed[RecognitionFact]]:
        """Recognitions of the period."""
        return self._within(self.ledger.recognitions, self.span.start)

    @cached_property
    def activities(self) -> Sequence[Placed[ActivityFact]]:
        """Activities of the period."""
        return self._within(self.ledger.activities, self.span.start)

    @cached_property
    def supervisions(self) -> Sequence[Placed[SupervisionFact]]:
        """Supervisions of the period."""
        return self._within(self.ledger.supervisions, self.span.start)

    @cached_property
    def checks(self) -> Sequence[Placed[CheckFact]]:
        """Looks at models in the period."""
        return self._within(self.ledger.checks, self.span.start)

    def _records(self) -> Iterator[Placed[Any] | Registered | Grouped]:
        yield from self.registrations
        yield from self.groups
        yield from self.contributions
        yield from self.outputs
        yield from self.recognitions
        yield from self.activities
        yield from self.supervisions
        yield from self.checks

    @cached_property
    def record_days(self) -> set[int]:
        """The days on which anything is recorded; of a sum the first and the last."""
        found = {each.day for each in self._records()}
        return found | {until.toordinal() for until in self._ends_of_sums() if until}

    def _ends_of_sums(self) -> Iterator[date | None]:
        for each in self._records():
            if not isinstance(each, Registered):
                yield each.fact.until

    @cached_property
    def ids(self) -> set[str]:
        """Everything that counts: records and stated totals."""
        return {each.fact.id for each in self._records()} | {total.fact.id for total in self.counted()}

    # --- stated totals ---

    @cached_property
    def stated(self) -> Sequence[Total]:
        """Stated totals that share a unit and a day with what was asked, in the order they are shown."""
        found = [] if self.alone else related(self.ledger.totals, self.scope, self.span)
        return sorted(found, key=lambda total: (self.code(total.unit), *_place(total)))

    @cached_property
    def _judged(self) -> dict[str, Standing]:
        return judged(self.stated, self.scope, self.span)

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """Why each stated total counts or does not, by its id."""
        overlapped = [total for value in self.values.values() for total in value.overlapped]
        return self._judged | {total.fact.id: Standing.OVERLAPPED for total in overlapped}

    def counted(self) -> list[Total]:
        """The totals that count."""
        return [total for value in self.values.values() for total in value.totals]

    def code(self, unit: str) -> str:
        """What a clerk calls a unit by; its id if it is not in the book."""
        known = self.ledger.tree.units.get(unit)
        return known.code if known else unit

    def name(self, unit: str) -> str:
        """The name of a unit; its id if it is not in the book."""
        known = self.ledger.tree.units.get(unit)
        return known.name if known else unit

    # --- values ---

    def _marks(self) -> Mapping[Quantity, Iterable[Mark]]:
        known_as = self.ledger.tree.heir if self.scope.by_today else str
        return {
            MODELS: marking.models(self.registrations, self.groups),
            REGISTRANTS: [
                *marking.registrants(self.registrations, known_as),
                *marking.tallied(self.tallies.get(REGISTRANTS.name, ())),
            ],
            SOCIALISED: marking.socialised(self.contributions),
            LABOUR: marking.labour(self.contributions),
            **marking.recognitions(self.recognitions),
        }

    @cached_property
    def values(self) -> Mapping[Quantity, Value]:
        """The value of every quantity that has anything stated or recorded."""
        stated: dict[Quantity, list[Total]] = defaultdict(list)
        for total in self.stated:
            stated[total.quantity].append(total)
        marks = self._marks()
        return {
            quantity: self._value(quantity, marks.get(quantity, ()), stated.get(quantity, ()))
            for quantity in dict.fromkeys([*marks, *stated])
        }

    def _value(self, quantity: Quantity, marks: Iterable[Mark], stated: Sequence[Total]) -> Value:
        given = self.contributions
        kin = {MODELS: self.registrations or self.groups, SOCIALISED: given, LABOUR: given}
        has_records = bool(kin.get(quantity))
        days = self.span.of(quantity)
        return Value(quantity, self.scope, days, marks, stated, self._judged, has_records)


def _place(total: Total) -> tuple[object, ...]:
    """What totals are put in order by; nothing that is only this book's."""
    fact = total.fact
    parts = (fact.field, fact.subject, fact.level, fact.line, fact.form, fact.status)
    words = (each or "" for each in (*parts, fact.measure, fact.source))
    return fact.indicator, total.start, total.end, *words, *total.age
