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
    question = Question(ledger, asked, alone)
    models = Models(question)
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
    rows = [
        {"unit": unit.code, "name": unit.name, "figures": answer(ledger, _about(asked, unit.id))}
        for unit in sorted(_rows_below(ledger, asked), key=lambda unit: (sort_key(unit.code), unit.id))
    ]
    own = Question(ledger, asked, alone=True)
    if own.record_days:
        code, name = own.code(asked.unit), own.name(asked.unit)
        rows.append({"unit": code, "name": name, "figures": answer(ledger, asked, alone=True)})
    return rows


def compute_by_unit(facts: Facts, asked: Asked) -> list[dict[str, Any]]:
    """``by_unit`` of interfaces 1, by code; last what the asked unit has by itself."""
    return answers_by_unit(Ledger(facts), asked)


def sources(facts: Facts, asked: Asked, figure: str) -> list[str]:
    """Ids of the records and stated totals behind a figure, e.g. ``models.by_field.economy``.

    Paths follow the JSON; cells are ``models.matrix.<field>.<subject>``, recognitions
    ``recognition.<form>.<level>.<recipient_type>.<status>`` with ``-`` for none, goods and results
    ``contributions.in_kind.<n>`` and ``outputs.<n>`` by their place. KeyError: there is no such figure.
    """
    return ids_behind(Question(Ledger(facts), asked), figure)


def data_digest(figures: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of figures that changes when one of them does, not with language or label."""
    kept = {key: value for key, value in figures.items() if key not in {"period", "problems"}}
    kept["period"] = {key: value for key, value in figures["period"].items() if key != "label"}
    kept["problems"] = sorted(problem["code"] for problem in figures["problems"])
    return sha256(dumps(kept, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _about(asked: Asked, unit: str) -> Asked:
    return Asked(asked.start, asked.end, asked.label, unit, asked.units, asked.cutoff)


def _rows_below(ledger: Ledger, asked: Asked) -> list[UnitFact]:
    """Units directly below in the period; those of earlier in its year with something that no other has."""
    now = _below(ledger, asked, asked.start)
    listed = {unit.id for unit in now}
    new_year = asked.start.replace(month=1, day=1)
    earlier = [unit for unit in _below(ledger, asked, new_year) if unit.id not in listed]
    if not earlier:
        return now
    missing = _counted_ids(ledger, asked)
    for unit in now:
        missing -= _counted_ids(ledger, _about(asked, unit.id))
    return now + [unit for unit in earlier if missing & _counted_ids(ledger, _about(asked, unit.id))]


def _counted_ids(ledger: Ledger, asked: Asked) -> set[str]:
    """The registrations and totals that count."""
    question = Question(ledger, asked)
    registrations = {each.fact.id for each in question.registrations}
    return registrations | {total.fact.id for total in question.counted()}


def _below(ledger: Ledger, asked: Asked, since: date) -> list[UnitFact]:
    start, end = since.toordinal(), asked.end.toordinal()
    if asked.units == "today":
        return ledger.tree.children_today(asked.unit, start, end)
    return ledger.tree.children(asked.unit, start, end)


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
