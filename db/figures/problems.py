"""What is wrong or doubtful with the figures of a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.figures import sentences
from db.figures.breakdowns import differences
from db.figures.models import Models
from db.figures.overlaps import crossing
from db.figures.question import Question
from db.figures.selection import Standing, replaced_by
from db.figures.sentences import Problem
from db.figures.value import Value


def problems(question: Question, models: Models) -> list[Problem]:
    """Every problem once, in the order in which a clerk should look at them."""
    values = list(question.values.values())
    found = [
        *_no_data(question),
        *_of_standing(question),
        *(problem for value in values for problem in _of_value(question, value)),
        *_divided(question),
        *_unallocated(models),
    ]
    return list({(each["code"], each["message"]): each for each in found}.values())


def _no_data(question: Question) -> Iterator[Problem]:
    if not question.record_days and not question.counted():
        yield sentences.no_data(question)


def _of_standing(question: Question) -> Iterator[Problem]:
    for total in question.stated:
        standing = question.standing[total.fact.id]
        if standing is Standing.WIDER:
            yield sentences.wider_than_asked(question, total)
        elif standing is Standing.REPLACED:
            new = replaced_by(total, question.stated, question.standing)
            yield sentences.restated(question, total, new)


def _of_value(question: Question, value: Value) -> Iterator[Problem]:
    candidates = [*value.totals, *value.overlapped]
    pairs = ((candidates[i], candidates[j]) for i, j in crossing(candidates))
    for first, second in sorted(pairs, key=lambda pair: [(each.start, each.end) for each in pair]):
        yield sentences.overlap(question, first, second)
    for total, amount in value.exceeded():
        yield sentences.exceeds_reported(question, total, amount)
    for found in differences(value):
        yield sentences.parts_differ(question, value.totals[0].fact.indicator, found)


def _divided(question: Question) -> Iterator[Problem]:
    tree = question.ledger.tree
    told: Iterable[Standing] = (Standing.COUNTED, Standing.OVERLAPPED, Standing.WIDER)
    for total in question.stated if question.scope.by_today else ():
        if tree.is_divided(total.unit) and question.standing[total.fact.id] in told:
            above = tree.today(total.unit)[1:2]
            yield sentences.split_not_divided(question, total, above[0] if above else None)


def _unallocated(models: Models) -> Iterator[Problem]:
    rest = models.unallocated.get("total")
    if rest:
        yield sentences.unallocated(rest, models.registered or 0)
