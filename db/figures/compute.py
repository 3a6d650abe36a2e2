"""The answer to a question as the JSON of interfaces 3."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256
from json import dumps
from typing import Any

from db.figures import events
from db.figures.facts import Asked, Facts, UnitFact
from db.figures.ledger import COPIED, Ledger
from db.figures.models import Models
from db.figures.origins import ids_behind
from db.figures.problems import problems
from db.figures.quantities import Total
from db.figures.question import Question
from db.figures.selection import Standing
from db.vietnamese import sort_key


def answer(ledger: Ledger, asked: Asked, alone: bool = False) -> dict[str, Any]:
    """The figures of one unit and period, from facts that were prepared once."""
    return _answer(Question(ledger, asked, alone))


def _answer(question: Question) -> dict[str, Any]:
    asked, models = question.asked, Models(question)
    figures = {
        "period": _period(question),
        "unit": question.code(asked.unit),
        "units": asked.units,
        "models": models.block(),
        "recognition": events.recognitions(question),
        "contributions": events.contributions(question),
        "outputs": events.outputs(question),
        "activities": events.activities(question),
        "supervision": events.supervision(question, models),
        "sustained": models.sustained(),
        "replications": models.count(COPIED),
        "reported": [_row(question, total) for total in question.stated],
        "problems": problems(question, models),
    }
    plain: dict[str, Any] = _plain(figures)
    return plain


def compute(facts: Facts, asked: Asked) -> dict[str, Any]:
    """The figures of the asked unit with all below. Shape and rules: interfaces 3, docs/decisions/0005."""
    return answer(Ledger(facts), asked)


def answers_by_unit(ledger: Ledger, asked: Asked) -> list[dict[str, Any]]:
    """One answer for each unit directly below, and one for what the asked unit has by itself."""
    questions = _rows_below(ledger, asked)
    own = Question(ledger, asked, alone=True)
    if own.record_days:
        questions.append(own)
    return [
        {"unit": each.code(each.asked.unit), "name": each.name(each.asked.unit), "figures": _answer(each)}
        for each in questions
    ]


def compute_by_unit(facts: Facts, asked: Asked) -> list[dict[str, Any]]:
    """``by_unit`` of interfaces 1, by code; last what the asked unit has by itself."""
    return answers_by_unit(Ledger(facts), asked)


def sources(facts: Facts, asked: Asked, figure: str) -> list[str]:
    """Ids of the records and stated totals behind a figure, e.g. ``models.by_field.economy``.

    Paths follow the JSON; cells are ``models.matrix.<field>.<subject>``, recognitions
    ``recognition.<form>.<level>.<recipient_type>.<status>`` with ``-`` for none, goods and results
    ``contributions.in_kind.<n>`` and ``outputs.<n>`` by their place. KeyError: there is no such figure.
    """
    if facts.summed:
        raise ValueError("sums do not know their records")
    return ids_behind(Question(Ledger(facts), asked), figure)


def data_digest(figures: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of figures that changes when one of them does, not with language or label."""
    kept = {key: value for key, value in figures.items() if key not in {"period", "problems"}}
    kept["period"] = {key: value for key, value in figures["period"].items() if key != "label"}
    kept["problems"] = sorted(problem["code"] for problem in figures["problems"])
    return sha256(dumps(kept, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _about(asked: Asked, unit: str) -> Asked:
    return Asked(asked.start, asked.end, asked.label, unit, asked.units, asked.cutoff)


def _rows_below(ledger: Ledger, asked: Asked) -> list[Question]:
    """Units directly below on the last day, and those of earlier in its year that are needed, by code.

    Needed is who has something that no other row has, or who stood there then and has nothing.
    """
    lasting = _questions(ledger, asked, asked.end)
    earlier = _questions(ledger, asked, asked.start.replace(month=1, day=1))
    in_period = _questions(ledger, asked, asked.start) if asked.units == "then" else {}
    rows = dict(lasting)
    if earlier.keys() - lasting:
        missing = Question(ledger, asked).ids.difference(*(each.ids for each in lasting.values()))
        for unit, question in (earlier | in_period).items():
            if missing & question.ids or (unit in in_period and not question.ids):
                rows.setdefault(unit, question)
    return sorted(rows.values(), key=lambda row: (sort_key(row.code(row.asked.unit)), row.asked.unit))


def _questions(ledger: Ledger, asked: Asked, since: date) -> dict[str, Question]:
    """The question put to each unit that stands directly below on a day from ``since``, by unit."""
    below = _below(ledger, asked, since)
    return {unit.id: Question(ledger, _about(asked, unit.id)) for unit in below}


def _below(ledger: Ledger, asked: Asked, since: date) -> list[UnitFact]:
    start, end = since.toordinal(), asked.end.toordinal()
    if asked.units == "today":
        return ledger.tree.rows_today(asked.unit, start, end)
    return ledger.tree.rows_below(asked.unit, start, end)


def _period(question: Question) -> dict[str, Any]:
    counted = question.counted()
    asked, days = question.asked, question.record_days
    return {
        "label": asked.label,
        "from": asked.start,
        "to": asked.end,
        "cutoff": asked.cutoff,
        "data_from": _ordinal(min([*days, *(total.start for total in counted)], default=None)),
        "data_to": _ordinal(max([*days, *(total.end for total in counted)], default=None)),
    }


def _ordinal(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def _row(question: Question, total: Total) -> dict[str, Any]:
    fact = total.fact
    return {
        "unit": question.code(fact.unit),
        "indicator": fact.indicator,
        "field": fact.field,
        "subject": fact.subject,
        "level": fact.level,
        "line": fact.line,
        "form": fact.form,
        "status": fact.status,
        "from": fact.period_from,
        "to": fact.period_to,
        "as_of": fact.as_of,
        "qualifier": fact.qualifier,
        "value": total.value,
        "measure": fact.measure,
        "source": fact.source,
        "counted": question.standing[fact.id] is Standing.COUNTED,
    }


def _plain(value: Any) -> Any:
    """The same in what JSON knows: days as ISO text, fractions as numbers."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value
