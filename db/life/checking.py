"""Is a model still working a year after its launch, two, three? When a check is due, and for which year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from db.life.standing import last_checks
from db.reading import Reading
from resources import path

# By model: the day it was begun, else the day on which its first registration stands
_LIVING: Final = """
SELECT m.id, coalesce(m.started_on, min(
    CASE WHEN r.status IS NULL OR r.status NOT IN ('draft', 'returned', 'withdrawn')
    THEN min(max(coalesce(r.registered_on, ''), r.year || '-01-01'), r.year || '-12-31') END))
FROM registration r JOIN model m ON m.id = r.model
WHERE r.removed IS NULL AND m.removed IS NULL AND (m.ended_on IS NULL OR m.ended_on >= ?)
GROUP BY m.id
HAVING max(r.year) = max(r.year) FILTER (
    WHERE r.status IS NULL OR r.status NOT IN ('draft', 'returned', 'withdrawn', 'stopped'))
"""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A check is due so many years after the launch; it may be made ``days_before`` the day."""

    after_years: tuple[int, ...]
    days_before: int

    def stands_for(self, launch: date, checked: date) -> int:
        """For which year after its launch a check of a model stands; 0 = for none yet."""
        margin = timedelta(self.days_before)
        reached = (years for years in self.after_years if anniversary(launch, years) - margin <= checked)
        return max(reached, default=0)

    def due_by(self, launch: date, today: date) -> int:
        """The last year after the launch whose day has come; 0 = none yet."""
        return max((years for years in self.after_years if anniversary(launch, years) <= today), default=0)


@cache
def usual_rule() -> CheckRule:
    """The rule of ``resources/rules.toml``."""
    stated = tomllib.loads(path("rules.toml").read_text("utf-8"))["sustainability"]
    return CheckRule(tuple(sorted(stated["after_years"])), stated["days_before"])


@dataclass(frozen=True, slots=True)
class DueCheck:
    """A model that should have been looked at ``after_years`` years after its launch, on ``due_on``."""

    model: str
    after_years: int
    due_on: date


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def launch_days(book: Reading, today: date) -> dict[str, date]:
    """By model that goes on: its launch, else the day it was begun, else the day it was first registered.

    It goes on when its latest registration counts and is not stopped, and it has not ended by ``today``.
    """
    return {model: _day(on) for model, on in _launches(book, today)}


def _launches(book: Reading, today: date) -> Iterator[tuple[str, str]]:
    """The same, one by one, as the book writes days."""
    launched: dict[str, str] = {}
    for model, on in book.rows("activity", ("model", "held_on"), {"kind": "launch"}):
        if on:
            launched[model] = min(on, launched.get(model, on))
    for model, on in book.connection.execute(_LIVING, (today.isoformat(),)):
        yield model, launched.get(model, on)


def checks_due(book: Reading, today: date, rule: CheckRule | None = None) -> list[DueCheck]:
    """Checks whose day has come and that nobody made, the longest overdue first.

    Only of models that go on; a model that a check found gone is not looked at again.
    """
    rule, checks = rule or usual_rule(), last_checks(book)
    found = (
        _due(model, launch, today, rule, checks.get(model))
        for model, launch in launch_days(book, today).items()
    )
    return sorted((one for one in found if one), key=lambda one: (one.due_on, one.model))


def models_due(book: Reading, today: date, rule: CheckRule | None = None) -> list[str]:
    """The models of :func:`checks_due`, for books of any size: days are compared as they are written."""
    rule, checks = rule or usual_rule(), last_checks(book)
    last = last_launch(today, rule.after_years[0]).isoformat()
    return [
        model
        for model, on in _launches(book, today)
        if on <= last
        and (model not in checks or _due(model, _day(on), today, rule, checks[model]) is not None)
    ]


def last_launch(today: date, years: int) -> date:
    """The last day whose anniversary after so many years has come today."""
    day = anniversary(today, -years)
    after = day + timedelta(1)
    return after if anniversary(after, years) <= today else day


def _due(
    model: str, launch: date, today: date, rule: CheckRule, last: tuple[str, int | None] | None
) -> DueCheck | None:
    years = rule.due_by(launch, today)
    if not years or (last and (last[1] == 0 or rule.stands_for(launch, _day(last[0])) >= years)):
        return None
    return DueCheck(model, years, anniversary(launch, years))


def _day(text: str) -> date:
    return date.fromisoformat(text)
