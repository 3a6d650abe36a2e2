"""Periods as a clerk chooses them: a kind and a year; any other code stands in the list as it is."""

from __future__ import annotations

from dataclasses import dataclass

from db.periods import parse_period
from resources import N_, _


@dataclass(frozen=True, slots=True)
class PeriodKind:
    """A kind of period: its words and its code, made of the year and a number or last year."""

    name: str
    words: str
    code: str


_PERIODS = (
    PeriodKind("year", N_("Whole year"), "{year}"),
    PeriodKind("quarter1", N_("Quarter I"), "{year}Q1"),
    PeriodKind("quarter2", N_("Quarter II"), "{year}Q2"),
    PeriodKind("quarter3", N_("Quarter III"), "{year}Q3"),
    PeriodKind("quarter4", N_("Quarter IV"), "{year}Q4"),
    PeriodKind("half1", N_("First 6 months"), "{year}H1"),
    PeriodKind("half2", N_("Last 6 months"), "{year}H2"),
    PeriodKind("months9", N_("First 9 months"), "{year}M9"),
    *(PeriodKind(f"month{at:02}", N_("Month {n}"), f"{{year}}-{at:02}") for at in range(1, 13)),
    PeriodKind("span", N_("Several years, from …"), "{first}..{year}"),
)
_CODES = {kind.name: kind.code for kind in _PERIODS}


def period_choices(other: str = "") -> list[tuple[str, str]]:
    """(name, words) of the kinds of period; ``other``: a code that is none of them."""
    usual = [(kind.name, _(kind.words).format(n=kind.name[-2:].lstrip("0"))) for kind in _PERIODS]
    return [*usual, (other, parse_period(other).label)] if other and other not in _CODES else usual


def split_period(code: str) -> tuple[str, int, int | None]:
    """The kind, year and first year of a period code; one that is no kind of ours is its own kind."""
    first, _dots, last = code.partition("..")
    if last.isdigit() and first.isdigit():
        return "span", int(last), int(first)
    year = int(code[:4])
    for kind in _PERIODS:
        if kind.code.format(year=year, first="") == code:
            return kind.name, year, None
    return code, year, None


def period_code(name: str, year: int, first: int | None) -> str:
    """The code of a kind of period in a year."""
    return _CODES.get(name, name).format(year=year, first=first or year)
