"""The figures of registered models, of how long they last and where they were copied."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

from db.figures.facts import CheckFact, RegistrationFact
from db.figures.ledger import KINDS, PROJECT_WORK, SUSTAINED, Registered
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
from db.figures.question import DISTINCT, NEVER_SUPERVISED, Question
from db.figures.shown import Shown
from db.figures.units import LATEST


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

    @cached_property
    def _by_tags(self) -> dict[tuple[str, ...], list[Registered]]:
        found: dict[tuple[str, ...], list[Registered]] = defaultdict(list)
        for each in self.question.registrations:
            found[each.tags].append(each)
        return found

    def tagged(self, tag: str) -> list[RegistrationFact]:
        """Registrations of one group: a kind, ``project_work``, ``copied``, ``after_1_year`` ..."""
        return [each.fact for tags, found in self._by_tags.items() if tag in tags for each in found]

    @cached_property
    def models(self) -> set[str]:
        """All models that were registered."""
        return {each.fact.model for each in self.question.registrations}

    @cached_property
    def never_supervised(self) -> set[str]:
        """Models that nobody supervised, in this period or before."""
        first, last_day = self.question.ledger.first_supervised, self.question.last_day
        return {model for model in self.models if first.get(model, LATEST) > last_day}

    def distinct(self) -> int | None:
        """How many models were registered, each once."""
        return self.value.recorded(len(self.models) + self.question.tally(DISTINCT))

    def unsupervised(self) -> int | None:
        """How many of them nobody supervised yet."""
        return self.value.recorded(len(self.never_supervised) + self.question.tally(NEVER_SUPERVISED))

    def _of_kind(self, kind: str) -> int | None:
        found = {(fact.model, fact.year) for fact in self.tagged(kind)}
        return self.value.recorded(len(found) + self.question.tally(kind))

    def count(self, tag: str) -> int | None:
        """How many models are in a group."""
        return self.value.recorded(len({fact.model for fact in self.tagged(tag)}) + self.question.tally(tag))

    # --- the block of the answer ---

    def block(self) -> dict[str, Any]:
        """``models`` of interfaces 3."""
        return {
            "registered": self.registered,
            "distinct_models": self.distinct(),
            "by_field": self.by_field,
            "by_subject": self.by_subject,
            "by_level": self.by(LEVEL, LEVELS),
            "by_kind": {kind: self._of_kind(kind) for kind in KINDS},
            "by_line": self.by(LINE, LINES),
            "registrants": self.question.values[REGISTRANTS].amount_or_none(),
            "matrix": [
                {
                    "field": field,
                    "subject": subject,
                    "value": value,
                    "sources": self.value.sources((field, subject, None, None)),
                }
                for (field, subject), value in self.cells.items()
            ],
            "unallocated": self.unallocated,
            "project_works": self.count(PROJECT_WORK),
        }

    # --- how long they last ---

    @cached_property
    def _looks(self) -> dict[tuple[int, str], CheckFact]:
        """By age and model: the last look of the period that says whether the model still works."""
        began = self.question.ledger.began
        said = (each for each in self.question.checks if each.fact.still_working is not None)
        found: dict[tuple[int, str], CheckFact] = {}
        for day, _stretch, fact in sorted(said, key=lambda each: (each.day, each.fact.id)):
            first = began.get(fact.model or "")
            if first is not None:
                found[date.fromordinal(day).year - first, fact.model or ""] = fact
        return found

    def lasting(self, age: int) -> tuple[list[RegistrationFact], list[CheckFact]]:
        """Why models count as still there so many years after their first: registered again, or looked at.

        One that was looked at and found gone does not count, even if it was registered again that year.
        """
        looks = [fact for (years, _model), fact in self._looks.items() if years == age]
        gone = {fact.model for fact in looks if not fact.still_working}
        again = [fact for fact in self.tagged(SUSTAINED[age]) if fact.model not in gone]
        return again, [fact for fact in looks if fact.still_working]

    def sustained(self) -> dict[str, int | None]:
        """Models that still work one, two and three years after their first."""
        return {name: self._lasting(age) for age, name in SUSTAINED.items()}

    def _lasting(self, age: int) -> int | None:
        again, looks = self.lasting(age)
        found = {fact.model for fact in again} | {fact.model for fact in looks}
        return self.value.recorded(len(found) + self.question.tally(SUSTAINED[age]))


def count_by(values: Iterable[tuple[str, int]], names: Iterable[str]) -> dict[str, int | None]:
    """How many of each name; ``None`` everywhere if there are none at all."""
    found: Counter[str] = Counter()
    for name, count in values:
        found[name] += count
    return {name: found[name] if found else None for name in names}
