"""The records and stated totals behind each figure: a figure is never typed and can be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from db.figures import events
from db.figures.ledger import COPIED, DIALOGUE, KINDS, PROJECT_WORK, SUSTAINED, Placed
from db.figures.models import Models, at
from db.figures.quantities import (
    ALL,
    DIMENSIONS,
    FIELDS,
    LABOUR,
    MODELS,
    REGISTRANTS,
    SOCIALISED,
    SUBJECTS,
    Dims,
    Quantity,
    inside,
)
from db.figures.question import Question

F = TypeVar("F")
Ids = list[str]
_Way = Callable[[Question, Sequence[str]], Iterable[str]]


def ids_behind(question: Question, figure: str) -> Ids:
    """Ids behind a figure, records before totals. KeyError: there is no such figure."""
    head, *rest = figure.split(".")
    two = f"{head}.{rest[0]}" if rest else head
    if two in _WAYS:
        return list(dict.fromkeys(_WAYS[two](question, rest[1:])))
    return list(dict.fromkeys(_WAYS[head](question, rest)))


def behind(question: Question, quantity: Quantity, dims: Dims = ALL) -> Ids:
    """Records in a region and totals that count in it."""
    value = question.values[quantity]
    records = [mark.id for mark in value.marks.all if inside(mark.place.dims, dims)]
    return records + [total.fact.id for total in value.totals if inside(total.dims, dims)]


# --- models ---


def _quantity(quantity: Quantity) -> _Way:
    return lambda question, _rest: behind(question, quantity)


def _part(dimension: int) -> _Way:
    known = DIMENSIONS[dimension]
    return lambda question, rest: behind(question, MODELS, at(dimension, _one_of(known, rest)))


def _cell(question: Question, rest: Sequence[str]) -> Ids:
    field, subject = _one_of(FIELDS, rest[:1]), _one_of(SUBJECTS, rest[1:])
    return behind(question, MODELS, (field, subject, None, None))


def _unallocated(question: Question, _rest: Sequence[str]) -> Ids:
    """Totals that stand in no cell."""
    return [total.fact.id for total in question.values[MODELS].totals if None in total.dims[:2]]


def _of_kind(question: Question, rest: Sequence[str]) -> Ids:
    return list(_tagged(_one_of(KINDS, rest))(question, ()))


def _tagged(tag: str) -> _Way:
    return lambda question, _rest: [fact.id for fact in Models(question).tagged(tag)]


def _registered(question: Question, _rest: Sequence[str]) -> Ids:
    return [each.fact.id for each in question.registrations]


def _never_supervised(question: Question, _rest: Sequence[str]) -> Ids:
    models = Models(question).never_supervised
    return [each.fact.id for each in question.registrations if each.fact.model in models]


def _sustained(question: Question, rest: Sequence[str]) -> Ids:
    named = _one_of(tuple(SUSTAINED.values()), rest)
    again, looks = Models(question).lasting(next(age for age, name in SUSTAINED.items() if name == named))
    return [fact.id for fact in again] + [fact.id for fact in looks]


# --- all others ---


def _recognition(question: Question, rest: Sequence[str]) -> Ids:
    return behind(question, Quantity("recognition", tuple(None if each == "-" else each for each in rest)))


def _given(*kinds: str) -> _Way:
    return lambda question, _rest: [each.id for kind in kinds for each in events.given(question, kind)]


def _goods(question: Question, rest: Sequence[str]) -> Ids:
    row = _row(events.contributions(question)["in_kind"], rest)
    same, facts = (row["name"], row["unit"] or ""), events.given(question, "in_kind")
    return [each.id for each in facts if (each.item or "", each.measure or "") == same]


def _outputs(question: Question, rest: Sequence[str]) -> Ids:
    row = _row(events.outputs(question), rest)
    facts = _facts(question.outputs)
    return [each.id for each in facts if (each.name, each.measure) == (row["name"], row["unit"])]


def _contributors(question: Question, _rest: Sequence[str]) -> Ids:
    return [each.id for each in _facts(question.contributions)]


def _activities(question: Question, rest: Sequence[str]) -> Ids:
    kind = _one_of(events.ACTIVITIES, rest)
    return [each.id for each in _facts(question.activities) if each.kind == kind]


def _attended(question: Question, _rest: Sequence[str]) -> Ids:
    return [each.id for each in _facts(question.activities) if each.attendees is not None]


def _dialogues(question: Question, _rest: Sequence[str]) -> Ids:
    return _activities(question, [DIALOGUE])


def _wards(question: Question, _rest: Sequence[str]) -> Ids:
    return sorted(events.wards(question))


def _supervisions(is_open: bool) -> _Way:
    def ids(question: Question, _rest: Sequence[str]) -> Ids:
        facts = _facts(question.supervisions)
        return [each.id for each in facts if events.is_open(question, each) is is_open]

    return ids


def _row(rows: Sequence[dict[str, Any]], rest: Sequence[str]) -> dict[str, Any]:
    """The row of a list that a path names by its place."""
    return dict(enumerate(rows))[int(rest[0])]


def _facts(placed: Iterable[Placed[F]]) -> list[F]:
    return [each.fact for each in placed]


def _one_of(known: Sequence[str], rest: Sequence[str]) -> str:
    """The last part of a path, if it is one of these."""
    if len(rest) != 1 or rest[0] not in known:
        raise KeyError(".".join(rest))
    return rest[0]


_WAYS: Final[Mapping[str, _Way]] = {
    "models.registered": _quantity(MODELS),
    "models.distinct_models": _registered,
    **{f"models.by_{name}": _part(place) for place, name in enumerate(("field", "subject", "level", "line"))},
    "models.by_kind": _of_kind,
    "models.registrants": _quantity(REGISTRANTS),
    "models.matrix": _cell,
    "models.unallocated": _unallocated,
    "models.project_works": _tagged(PROJECT_WORK),
    "recognition": _recognition,
    "contributions.cash_vnd": _given("cash"),
    "contributions.transfer_vnd": _given("transfer"),
    "contributions.socialised_vnd": _quantity(SOCIALISED),
    "contributions.labour_days": _quantity(LABOUR),
    "contributions.land_m2": _given("land"),
    "contributions.in_kind": _goods,
    "contributions.contributors": _contributors,
    "outputs": _outputs,
    "activities.by_kind": _activities,
    "activities.attendees": _attended,
    "activities.units_with_dialogue": _dialogues,
    "activities.units": _wards,
    "supervision.open": _supervisions(True),
    "supervision.closed": _supervisions(False),
    "supervision.models_never": _never_supervised,
    "sustained": _sustained,
    "replications": _tagged(COPIED),
}
