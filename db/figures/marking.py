"""Records as marks: what each of them adds to which quantity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from db.figures.facts import ContributionFact, RecognitionFact, RegistrationFact
from db.figures.ledger import Placed
from db.figures.quantities import ALL, Mark, Number, Quantity, recognition, whole
from db.vietnamese import fold

BUDGET: Final = "budget"
"""The contributor kind Ngân sách: its money is not socialised."""
MONEY: Final = ("cash", "transfer")

Registrations = Iterable[Placed[RegistrationFact]]


def models(registrations: Registrations) -> list[Mark]:
    """One per model and year, whatever the number of lines."""
    return [
        Mark(fact.id, (fact.model, fact.year), fact.unit, day, stretch,
             (fact.field, fact.subject, fact.level, fact.line), 1)
        for day, stretch, fact in registrations
    ]


def registrants(registrations: Registrations, known_as: Callable[[str], str]) -> list[Mark]:
    """Distinct names per unit; ``known_as`` gives the unit under which a name is one."""
    return [
        Mark(fact.id, (known_as(fact.unit), fold(fact.registrant)), fact.unit, day, stretch,
             (fact.field, fact.subject, fact.level, fact.line), 1)
        for day, stretch, fact in registrations if fact.registrant
    ]


def is_socialised(fact: ContributionFact) -> bool:
    """Is it money that did not come from the budget?"""
    return fact.kind in MONEY and fact.contributor_kind != BUDGET


def socialised(contributions: Iterable[Placed[ContributionFact]]) -> Iterator[Mark]:
    """Recorded cash and transfers; converted values never."""
    for placed in contributions:
        if is_socialised(placed.fact) and placed.fact.amount_vnd is not None:
            yield _weighed(placed, placed.fact.amount_vnd)


def labour(contributions: Iterable[Placed[ContributionFact]]) -> Iterator[Mark]:
    """Recorded days of labour."""
    for placed in contributions:
        if placed.fact.kind == "labour_days" and placed.fact.quantity is not None:
            yield _weighed(placed, whole(placed.fact.quantity))


def _weighed(placed: Placed[ContributionFact], weight: Number) -> Mark:
    return Mark(placed.fact.id, placed.fact.id, placed.fact.unit, placed.day, placed.stretch, ALL, weight)


def recognitions(placed: Iterable[Placed[RecognitionFact]]) -> Mapping[Quantity, list[Mark]]:
    """By form, level, recipient and status."""
    found: dict[Quantity, list[Mark]] = defaultdict(list)
    for day, stretch, fact in placed:
        quantity = recognition(fact.form, fact.level, fact.recipient_type, fact.status)
        found[quantity].append(Mark(fact.id, fact.id, fact.unit, day, stretch, ALL, 1))
    return found
