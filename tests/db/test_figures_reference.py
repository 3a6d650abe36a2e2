"""The slow reference of the figures gives the checked examples; the real ones give what it gives."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings

from db.figures.compute import compute
from db.figures.facts import Asked, Facts, RegistrationFact, ReportedFact
from tests.support.figures_books import books
from tests.support.figures_compare import differences
from tests.support.figures_examples import EXAMPLES, Example
from tests.support.figures_reference import reference, standing_day

Figures = dict[str, Any]
Compute = Callable[[Facts, Asked], Figures]

# 200 books take about eight seconds; DANVAN_FIGURES_BOOKS=5000 looks longer
BOOKS = int(os.environ.get("DANVAN_FIGURES_BOOKS", "200"))
BOOKS_FOR_FAULTS = 80


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_reference_gives_the_checked_examples(example: Example) -> None:
    answer = reference(example.facts, example.question)
    assert answer["models"]["registered"] == example.registered
    assert answer["problems"]["must"] == example.problems
    assert {path: _at(answer, path) for path in example.also} == dict(example.also)


def _at(answer: dict[str, Any], path: tuple[str, ...]) -> Any:
    return reduce(lambda inner, key: inner[key], path, answer)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_figures_of_the_checked_examples_are_those_of_the_reference(example: Example) -> None:
    assert differences(*_both(compute, example.facts, example.question)) == []


@settings(max_examples=BOOKS, derandomize=True)
@given(books())
def test_the_figures_of_any_small_book_are_those_of_the_reference(book: tuple[Facts, Asked]) -> None:
    found = differences(*_both(compute, *book))
    note(shown(*book))
    assert found == []


def _both(engine: Compute, facts: Facts, asked: Asked) -> tuple[Figures, Figures]:
    return engine(facts, asked), reference(facts, asked)


def shown(facts: Facts, asked: Asked) -> str:
    """A book in short, to be read by somebody who has to decide who is right."""
    rows = [*facts.parents, *facts.successions, *facts.registrations, *facts.reported]
    rest = [*facts.contributions, *facts.outputs, *facts.recognitions]
    return "\n".join(str(row) for row in [asked, *rows, *rest])


# Faults planted on purpose: each must be seen on a fixed set of generated books


def _twice_along_lines(facts: Facts, asked: Asked) -> Figures:
    """A model in two lines counts twice."""
    return compute(
        replace(facts, registrations=tuple(replace(r, model=r.model + r.line) for r in facts.registrations)),
        asked,
    )


def _gaps_forgotten(facts: Facts, asked: Asked) -> Figures:
    """As soon as a unit states something, its records outside the stated periods are forgotten."""

    def stays(row: RegistrationFact) -> bool:
        periods = [(t.period_from, t.period_to) for t in facts.reported if t.unit == row.unit]
        return not periods or any(start <= standing_day(row) <= end for start, end in periods)

    kept = tuple(row for row in facts.registrations if stays(row))
    return compute(replace(facts, registrations=kept), asked)


def _last_of_overlap_wins(facts: Facts, asked: Asked) -> Figures:
    """Of two totals whose periods meet the last row counts."""

    def meet(one: ReportedFact, other: ReportedFact) -> bool:
        return one.period_from <= other.period_to and other.period_from <= one.period_to

    lost = {one.id for one, other in combinations(facts.reported, 2) if meet(one, other)}
    return compute(replace(facts, reported=tuple(t for t in facts.reported if t.id not in lost)), asked)


def _null_as_zero(facts: Facts, asked: Asked) -> Figures:
    """What nobody stated is shown as 0."""
    figures = compute(facts, asked)
    matrix = [{**cell, "value": cell["value"] or 0} for cell in figures["models"]["matrix"]]
    return {**figures, "models": {**figures["models"], "matrix": matrix}}


def _stated_beats_records(facts: Facts, asked: Asked) -> Figures:
    """A stated total counts even where the records are more."""
    return compute(replace(facts, registrations=() if facts.reported else facts.registrations), asked)


def _cut_off_ignored(facts: Facts, asked: Asked) -> Figures:
    """The cut-off is printed and nothing else."""
    return compute(facts, replace(asked, cutoff=None))


FAULTS = (
    _twice_along_lines,
    _gaps_forgotten,
    _last_of_overlap_wins,
    _null_as_zero,
    _stated_beats_records,
    _cut_off_ignored,
)


@pytest.fixture(scope="module")
def fixed_books() -> list[tuple[Facts, Asked, Figures]]:
    """The first books that the strategy draws, each with what the reference says."""
    drawn: list[tuple[Facts, Asked, Figures]] = []

    @settings(
        max_examples=BOOKS_FOR_FAULTS,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(books())
    def draw(book: tuple[Facts, Asked]) -> None:
        drawn.append((*book, reference(*book)))

    draw()
    return drawn


@pytest.mark.parametrize("faulty", FAULTS, ids=lambda faulty: faulty.__name__.strip("_"))
def test_a_planted_fault_is_seen(faulty: Compute, fixed_books: list[tuple[Facts, Asked, Figures]]) -> None:
    assert any(differences(faulty(facts, asked), expected) for facts, asked, expected in fixed_books)
