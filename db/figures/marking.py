"""Records as marks: what each of them adds to which quantity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from db.figures.facts import ContributionFact, RecognitionFact, TallyFact
from db.figures.ledger import Grouped, Placed, Registered
from db.figures.quantities import ALL, Mark, Number, Place, Quantity, recognition, whole

BUDGET: Final = "budget"
"""The contributor kind Ngân sách: its money is not socialised."""
MONEY: Final = ("cash", "transfer")


def models(registrations: Iterable[Registered], groups: Iterable[Grouped] = ()) -> list[Mark]:
    """One per model and year, whatever the number of lines."""
    return [*(each.mark for each in registrations), *(mark for each in groups for mark in each.marks)]


def tallied(tallies: Iterable[Placed[TallyFact]]) -> list[Mark]:
    """What was counted already, of no part of any dimension."""
    return [
        Mark(fact.id, (fact.id,), Place(fact.unit, stretch, ALL), day, fact.count, fact.count)
        for day, stretch, fact in tallies
    ]


def registrants(registrations: Iterable[Registered], known_as: Callable[[str], str]) -> list[Mark]:
    """Distinct names per unit; ``known_as`` gives the unit under which a name is one."""
    names = [each.name for each in registrations if each.name]
    heirs = {unit: known_as(unit) for unit in {mark.place.unit for mark in names}}
    if all(unit == heir for unit, heir in heirs.items()):
        return names
    return [mark._replace(key=(heirs[mark.place.unit], mark.key[1])) for mark in names]


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
    place = Place(placed.fact.unit, placed.stretch, ALL)
    return Mark(placed.fact.id, (placed.fact.id,), place, placed.day, weight)


def recognitions(placed: Iterable[Placed[RecognitionFact]]) -> Mapping[Quantity, list[Mark]]:
    """By form, level, recipient and status."""
    found: dict[Quantity, list[Mark]] = defaultdict(list)
    for day, stretch, fact in placed:
        quantity = recognition(fact.form, fact.level, fact.recipient_type, fact.status)
        found[quantity].append(Mark(fact.id, (fact.id,), Place(fact.unit, stretch, ALL), day, fact.count))
    return found
