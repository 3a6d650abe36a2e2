"""The figures of registered models, of how long they last and where they were copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from itertools import product
from typing import Any, Final

from db.figures.facts import RegistrationFact
from db.figures.quantities import (
    ALL,
    FIELD,
    FIELDS,
    LEVEL,
    LEVELS,
    LINE,
    LINES,
    MODELS,
    REGISTRANTS,
    SUBJECT,
    SUBJECTS,
    Dims,
    Number,
    dims_with,
)
from db.figures.question import Question
from db.figures.shown import Shown

KINDS: Final = ("new", "maintained", "replicated")
SUSTAINED: Final = {1: "after_1_year", 2: "after_2_years", 3: "after_3_years"}

Chosen = Callable[[RegistrationFact], bool]


def at(dimension: int, value: str) -> Dims:
    """One part of one dimension."""
    return dims_with(ALL, dimension, value)


class Models:
    """What a question's registrations and stated totals of models come to."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.value = question.values[MODELS]
        self._shown = Shown(self.value)

    # --- values ---

    def by(self, dimension: int, names: Iterable[str]) -> dict[str, Number | None]:
        """The value of each part, or ``None`` where nothing is known."""
        return {name: self.value.amount_or_none(at(dimension, name)) for name in names}

    @cached_property
    def by_field(self) -> dict[str, Number | None]:
        """Complete totals by field."""
        return {name: self._shown.amount(at(FIELD, name)) for name in FIELDS}

    @cached_property
    def by_subject(self) -> dict[str, Number | None]:
        """Complete totals by subject."""
        return {name: self._shown.amount(at(SUBJECT, name)) for name in SUBJECTS}

    @cached_property
    def cells(self) -> dict[tuple[str, str], Number | None]:
        """By field and subject."""
        return {
            (field, subject): self.value.amount_or_none((field, subject, None, None))
            for field, subject in product(FIELDS, SUBJECTS)
        }

    @cached_property
    def registered(self) -> Number | None:
        """Models and years."""
        return self.value.amount_or_none()

    @cached_property
    def unallocated(self) -> dict[str, Any]:
        """What is counted but stands in no cell; what is nothing or not known is left out."""
        by_subject = {s: self._rest(total, [(f, s) for f in FIELDS]) for s, total in self.by_subject.items()}
        by_field = {f: self._rest(total, [(f, s) for s in SUBJECTS]) for f, total in self.by_field.items()}
        total = self._rest(self.registered, list(self.cells))
        return {
            **({"total": total} if total else {}),
            "by_subject": {subject: rest for subject, rest in by_subject.items() if rest},
            "by_field": {field: rest for field, rest in by_field.items() if rest},
        }

    def _rest(self, total: Number | None, cells: list[tuple[str, str]]) -> Number:
        # A model registered in two fields fills two cells: the cells may come to more
        return max(0, (total or 0) - sum(self.cells[cell] or 0 for cell in cells))

    # --- counts of records ---

    def chosen(self, is_chosen: Chosen) -> list[RegistrationFact]:
        """Registrations that meet a condition."""
        return [placed.fact for placed in self.question.registrations if is_chosen(placed.fact)]

    def years(self, is_chosen: Chosen) -> int | None:
        """How many models and years meet a condition."""
        return self.value.recorded(len({(fact.model, fact.year) for fact in self.chosen(is_chosen)}))

    def models(self, is_chosen: Chosen) -> int | None:
        """How many models meet a condition in some year."""
        return self.value.recorded(len({fact.model for fact in self.chosen(is_chosen)}))

    def is_any(self, _fact: RegistrationFact) -> bool:
        """All that are counted."""
        return True

    def is_project_work(self, fact: RegistrationFact) -> bool:
        """Is it a công trình?"""
        model = self.question.ledger.models.get(fact.model)
        return fact.is_project_work or bool(model and model.is_project_work)

    def is_sustained(self, years: int, fact: RegistrationFact) -> bool:
        """Was it registered first that many years before?"""
        return fact.year - self.question.ledger.first_years[fact.model] == years

    def is_copied(self, fact: RegistrationFact) -> bool:
        """Is this where a copy of another model began?"""
        model = self.question.ledger.models.get(fact.model)
        return bool(model and model.replicated_from) and self.is_sustained(0, fact)

    def is_never_supervised(self, fact: RegistrationFact) -> bool:
        """Had nobody supervised it, in this period or before?"""
        first = self.question.ledger.first_supervised.get(fact.model)
        return first is None or first > self.question.last_day

    # --- the block of the answer ---

    def block(self) -> dict[str, Any]:
        """``models`` of interfaces 3."""
        return {
            "registered": self.registered,
            "distinct_models": self.models(self.is_any),
            "by_field": self.by_field,
            "by_subject": self.by_subject,
            "by_level": self.by(LEVEL, LEVELS),
            "by_kind": {kind: self.years(_of_kind(kind)) for kind in KINDS},
            "by_line": self.by(LINE, LINES),
            "registrants": self.question.values[REGISTRANTS].amount_or_none(),
            "matrix": [
                {"field": field, "subject": subject, "value": value,
                 "sources": self.value.sources((field, subject, None, None))}
                for (field, subject), value in self.cells.items()
            ],
            "unallocated": self.unallocated,
            "project_works": self.models(self.is_project_work),
        }

    def sustained(self) -> dict[str, int | None]:
        """Models registered again one, two and three years after their first year."""
        return {name: self.models(partial(self.is_sustained, years)) for years, name in SUSTAINED.items()}


def _of_kind(kind: str) -> Chosen:
    return lambda fact: fact.kind == kind


def count_by(values: Iterable[str], names: Iterable[str]) -> dict[str, int | None]:
    """How many of each name; ``None`` everywhere if there are none at all."""
    found = Counter(values)
    return {name: found[name] if found else None for name in names}
