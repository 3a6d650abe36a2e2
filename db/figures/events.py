"""The figures of contributions, results, recognitions, activities and supervision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from db.figures.facts import ContributionFact, SupervisionFact
from db.figures.models import Models, count_by
from db.figures.quantities import LABOUR, LEVELS, SOCIALISED, Number, Quantity, whole
from db.figures.question import CONTRIBUTORS, Question
from db.vietnamese import fold

ACTIVITIES: Final = (
    "meeting",
    "dialogue",
    "outreach",
    "home_visit",
    "work_day",
    "launch",
    "construction",
    "other",
)
FORMS: Final = (
    "recognised",
    "outstanding",
    "commendation",
    "certificate_of_merit_local",
    "certificate_of_merit_high",
    "commemorative_medal",
    "plaque",
    "other",
)
_RECIPIENTS: Final = ("collective", "individual", "model")
_STATUSES: Final = ("proposed", "granted")
_GROUP: Final[tuple[Sequence[str | None], ...]] = (
    (*FORMS, None),
    (*LEVELS, None),
    _RECIPIENTS,
    _STATUSES,
)
WARD: Final = "ward"


# --- recognitions ---


def _place(quantity: Quantity) -> tuple[int, ...]:
    pairs = zip(_GROUP, quantity.group, strict=True)
    return tuple(order.index(value) if value in order else len(order) for order, value in pairs)


def recognitions(question: Question) -> list[dict[str, Any]]:
    """One row for each form, level, recipient and status that has anything."""
    rows = []
    groups = [quantity for quantity in question.values if quantity.name == "recognition"]
    for quantity in sorted(groups, key=_place):
        form, level, recipient, status = quantity.group
        value = question.values[quantity].amount()
        if value is not None:
            rows.append(
                {
                    "form": form,
                    "level": level,
                    "recipient_type": recipient,
                    "status": status,
                    "value": value,
                }
            )
    return rows


# --- contributions and results ---


def _total(amounts: Iterable[Number | None]) -> Number | None:
    """The sum of what is stated; ``None`` if nothing is."""
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None


def given(question: Question, kind: str) -> list[ContributionFact]:
    """The contributions of one kind."""
    return question.given.get(kind, [])


def _sum_of(question: Question, kind: str) -> Number | None:
    facts = given(question, kind)
    if not facts:
        return 0 if question.contributions else None
    return _total(fact.quantity if kind == "land" else fact.amount_vnd for fact in facts)


def _in_kind(question: Question) -> list[dict[str, Any]]:
    """Goods, added up only where name and measure are the same."""
    groups: dict[tuple[str, str], list[ContributionFact]] = defaultdict(list)
    for fact in given(question, "in_kind"):
        groups[fact.item or "", fact.measure or ""].append(fact)
    return [
        {
            "name": name,
            "unit": measure or None,
            "quantity": _total(fact.quantity for fact in facts),
            "converted_vnd": _total(fact.converted_vnd for fact in facts),
        }
        for (name, measure), facts in sorted(groups.items())
    ]


def contributions(question: Question) -> dict[str, Any]:
    """``contributions`` of interfaces 3."""
    return {
        "cash_vnd": _sum_of(question, "cash"),
        "transfer_vnd": _sum_of(question, "transfer"),
        "socialised_vnd": question.values[SOCIALISED].amount_or_none(),
        "labour_days": question.values[LABOUR].amount_or_none(),
        "land_m2": _sum_of(question, "land"),
        "in_kind": _in_kind(question),
        "contributors": _how_many_gave(question) or None,
    }


def _contributors(question: Question) -> Mapping[str, set[str]]:
    """By unit, or the one it is known as today: the folded names of who gave."""
    known_as = question.ledger.tree.heir if question.scope.by_today else str
    folded: dict[str, str] = {}
    found: dict[str, set[str]] = defaultdict(set)
    for placed in question.contributions:
        fact, names = placed.fact, found[known_as(placed.fact.unit)]
        if fact.contributors is not None:
            names |= fact.contributors
        else:
            if fact.contributor not in folded:
                folded[fact.contributor] = fold(fact.contributor)
            names.add(folded[fact.contributor])
    return found


def _how_many_gave(question: Question) -> int:
    return sum(len(names) for names in _contributors(question).values()) + question.tally(CONTRIBUTORS)


def outputs(question: Question) -> list[dict[str, Any]]:
    """Results, added up only where name and measure are the same."""
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for placed in question.outputs:
        sums[placed.fact.name, placed.fact.measure] += placed.fact.quantity
    return [
        {"name": name, "unit": measure, "quantity": whole(quantity)}
        for (name, measure), quantity in sorted(sums.items())
    ]


# --- activities ---


def wards(question: Question) -> set[str]:
    """Ward-level units of the asked one that exist at the period's end or cut-off."""
    tree, scope, day = question.ledger.tree, question.scope, question.last_day
    return {
        unit
        for unit in scope.units(tree.stretch(day))
        if unit in tree.units and tree.units[unit].kind == WARD and tree.lives(unit, day, day)
    }


def wards_in_dialogue(question: Question) -> set[str]:
    """Those in which a dialogue was held, by themselves, below them or by those they succeeded."""
    days = range(question.span.start, question.last_day + 1)
    hosts = (hosts for day, hosts in question.ledger.dialogues if day in days)
    return wards(question) & set[str]().union(*hosts)


def activities(question: Question) -> dict[str, Any]:
    """``activities`` of interfaces 3."""
    facts = [placed.fact for placed in question.activities]
    return {
        "by_kind": count_by(((fact.kind, fact.count) for fact in facts), ACTIVITIES),
        "attendees": _total(fact.attendees for fact in facts),
        "units_with_dialogue": len(wards_in_dialogue(question)) or (0 if facts else None),
        "units": len(wards(question)),
    }


# --- supervision, replication ---


def is_open(question: Question, fact: SupervisionFact) -> bool:
    """Was a supervision still open at the cut-off?"""
    return fact.closed_on is None or fact.closed_on.toordinal() > question.span.cutoff


def supervision(question: Question, models: Models) -> dict[str, Any]:
    """``supervision`` of interfaces 3."""
    found = Counter[bool]()
    for placed in question.supervisions:
        found[is_open(question, placed.fact)] += placed.fact.count
    return {
        "open": found[True] if found else None,
        "closed": found[False] if found else None,
        "models_never": models.unsupervised(),
    }
