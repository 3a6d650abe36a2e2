"""What the figures of a paper warn of, in sentences that a clerk can read through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from db.numbers import show_date
from forms.paper_data import Figures
from forms.write import Problem
from resources import _

_WIDER: Final = "wider_than_asked"

Stated = Mapping[str, Any]
"""A row of ``reported`` (interfaces §3)."""


def problems_of(figures: Figures) -> Iterator[Problem]:
    """Every problem of the figures; totals of one indicator that reach too far are told in one sentence.

    A quarter of an office that reports by the year would else be told so dozens of times.
    """
    rows = [_wider_row(problem, figures) for problem in figures["problems"]]
    series: dict[str, list[Stated]] = {}
    for row in rows:
        if row is not None:
            series.setdefault(row["indicator"], []).append(row)
    for problem, row in zip(figures["problems"], rows, strict=True):
        alike = series[row["indicator"]] if row is not None else ()
        if len(alike) < 2:
            yield Problem(problem["code"], problem["message"])
        elif row is alike[0]:
            yield Problem(_WIDER, _in_one(alike))


def _wider_row(problem: Mapping[str, str], figures: Figures) -> Stated | None:
    """The total that reaches too far, of which a problem speaks; none where its words name none of these."""
    if problem["code"] != _WIDER:
        return None
    said = problem["message"]
    rows = (dict(row) for row in figures["reported"])
    return next((row for row in rows if row["indicator"] in said and _days(row) in said), None)


def _days(row: Stated) -> str:
    return f"{show_date(row['from'])}–{show_date(row['to'])}"


def _in_one(rows: Sequence[Stated]) -> str:
    words = _(
        "“{indicator}”: {count} totals ({start}–{end}) reach beyond what was asked for and are not counted. "
        "The annex of stated totals lists them."
    )
    return words.format(
        indicator=rows[0]["indicator"],
        count=len(rows),
        start=show_date(min(row["from"] for row in rows)),
        end=show_date(max(row["to"] for row in rows)),
    )
