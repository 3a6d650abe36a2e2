"""Is a model still working a year after its launch, two, three? When a check is due, and for which year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from db.life.standing import ENDED, NOT_REGISTERED, last_checks
from db.reading import Reading
from resources import path


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


def launch_days(book: Reading) -> dict[str, date]:
    """By model: its launch, else the day it was begun, else the day it was first registered."""
    found = dict(_first_registered(book))
    found |= {model: _day(on) for model, on in book.rows("model", ("id", "started_on")) if on}
    launched: dict[str, date] = {}
    for model, on in book.rows("activity", ("model", "held_on"), {"kind": "launch"}):
        if model and on:
            launched[model] = min(_day(on), launched.get(model, date.max))
    return found | launched


def checks_due(book: Reading, today: date, rule: CheckRule | None = None) -> list[DueCheck]:
    """Checks whose day has come and that nobody made, the longest overdue first.

    Only models that were registered and that nobody ended: no stop, no end, no check that found them gone.
    """
    rule = rule or usual_rule()
    living, checks = _living(book, today), last_checks(book)
    found = (
        _due(model, launch, today, rule, checks.get(model))
        for model, launch in launch_days(book).items()
        if model in living
    )
    return sorted((one for one in found if one), key=lambda one: (one.due_on, one.model))


def _due(
    model: str, launch: date, today: date, rule: CheckRule, last: tuple[str, int | None] | None
) -> DueCheck | None:
    years = rule.due_by(launch, today)
    if not years or (last and (last[1] == 0 or rule.stands_for(launch, _day(last[0])) >= years)):
        return None
    return DueCheck(model, years, anniversary(launch, years))


def _living(book: Reading, today: date) -> set[str]:
    """Models whose latest registration counts and is not stopped, and that have not ended."""
    latest: dict[str, int] = {}
    rows = list(book.rows("registration", ("model", "year", "status")))
    for model, year, _status in rows:
        latest[model] = max(year, latest.get(model, year))
    ended = {model for model, on in book.rows("model", ("id", "ended_on")) if on and _day(on) < today}
    dead = NOT_REGISTERED | ENDED
    return {model for model, year, status in rows if year == latest[model] and status not in dead} - ended


def _first_registered(book: Reading) -> Mapping[str, date]:
    return _earliest(book.rows("registration", ("model", "year", "registered_on", "status")))


def _earliest(rows: Iterator[tuple[str, int, str | None, str | None]]) -> Mapping[str, date]:
    found: dict[str, date] = {}
    for model, year, on, status in rows:
        if status not in NOT_REGISTERED:
            day = min(max(_day(on) if on else date.min, date(year, 1, 1)), date(year, 12, 31))
            found[model] = min(day, found.get(model, day))
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text)
