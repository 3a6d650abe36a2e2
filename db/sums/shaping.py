"""Sums as facts: the forms in which the figures take records that were added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

from db.figures.facts import (
    ActivityFact,
    CheckFact,
    ContributionFact,
    DatedFact,
    GroupFact,
    OutputFact,
    RecognitionFact,
    SupervisionFact,
    TallyFact,
)
from db.figures.frame import amount_of
from db.figures.quantities import MODELS
from db.figures.question import CONTRIBUTORS, DISTINCT, NEVER_SUPERVISED
from db.records.definition import SCALE
from db.sums.gathering import Gathered
from db.sums.making import Amounts, DayKind, Key
from db.sums.read import CHECK, DATED


class _Sum(NamedTuple):
    """One sum: what facts begin with, and the rest of its key."""

    start: tuple[str, str, None, date, None]
    until: date
    rest: Key
    amounts: Amounts

    @property
    def days(self) -> dict[str, Any]:
        """What says of a fact that it is a sum."""
        return {"until": self.until, "count": self.amounts[0]}

    def stated(self, flags: Key) -> Iterator[int | None]:
        """The amounts, those that none of the records state as ``None``."""
        for flag, amount in zip(flags, self.amounts[1:], strict=False):
            yield amount if flag else None


def _contribution(each: _Sum) -> ContributionFact:
    kind, who_kind, item, measure, *flags = each.rest
    quantity, amount, converted = each.stated(tuple(flags))
    return ContributionFact(
        *each.start, kind, "", who_kind, item, amount_of(quantity), measure, amount, converted, frozenset(),
        **each.days,
    )  # fmt: skip


def _output(each: _Sum) -> OutputFact:
    name, measure, _flag = each.rest
    return OutputFact(*each.start, name, Fraction(each.amounts[1], SCALE), measure, **each.days)


def _activity(each: _Sum) -> ActivityFact:
    kind, flag = each.rest
    (attendees,) = each.stated((flag,))
    return ActivityFact(*each.start, kind, attendees, **each.days)


def _supervision(each: _Sum) -> SupervisionFact:
    (closed,) = each.rest
    return SupervisionFact(*each.start, date.fromordinal(closed) if closed else None, **each.days)


_SHAPES: Final[Mapping[str, tuple[str, Callable[[_Sum], DatedFact]]]] = {
    MODELS.name: ("groups", lambda each: GroupFact(*each.start, each.rest, **each.days)),
    "contribution": ("contributions", _contribution),
    "output_measure": ("outputs", _output),
    "recognition": ("recognitions", lambda each: RecognitionFact(*each.start, *each.rest, **each.days)),
    "activity": ("activities", _activity),
    "supervision": ("supervisions", _supervision),
    CHECK: ("checks", lambda each: CheckFact(*each.start, **each.days)),
}
_OTHERS: Final = frozenset({*(each.type for each in DATED), CONTRIBUTORS})
"""What goes by its own day; all else by that of a registration."""


def facts_of(found: Gathered, last_day: int) -> dict[str, Any]:
    """The fields of ``Facts`` that sums fill, for a question that ends on a day."""
    names = ("tallies", *(name for name, _shape in _SHAPES.values()))
    facts: dict[str, list[DatedFact]] = {name: [] for name in names}
    for number, ((unit, span, key), amounts) in enumerate(found.sums.items()):
        kind = DayKind.OTHERS if key[0] in _OTHERS else DayKind.REGISTERED
        first, last = found.days.get((unit, span, kind), (span, span))
        start = (f"sum {number}", unit, None, date.fromordinal(first), None)
        each = _Sum(start, date.fromordinal(last), key[1:], amounts)
        if key[0] in _SHAPES:
            name, shape = _SHAPES[key[0]]
            facts[name].append(shape(each))
        else:
            facts["tallies"] += (TallyFact(*start, name, **each.days) for name in _names(key, last_day))
    made: dict[str, Any] = {name: tuple(each) for name, each in facts.items()}
    return {**made, "dialogues": tuple(sorted(found.dialogues))}


def _names(key: Key, last_day: int) -> Iterator[str]:
    """As what a count counts; models that nobody supervised until then count as that too."""
    yield str(key[0])
    if key[0] == DISTINCT and (key[1] is None or key[1] > last_day):
        yield NEVER_SUPERVISED
