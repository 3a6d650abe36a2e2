"""The figures of the overview: what each card shows and which figures are behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from db import SCALE
from db.figures import Asked, compute
from db.journal import Batch
from db.life.years import registered_years
from db.numbers import show_number, show_vnd_short
from db.periods import parse_period
from db.sums.asking import facts_for
from desktop.screens import showing
from desktop.screens.missing import Missing, missing
from desktop.tasks import Step
from resources import N_, _

Figures = Mapping[str, Any]
FIELDS = ("economy", "culture_society", "defence_security", "political_system")
_LATEST = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the screen shows, made in the reader's worker."""

    year: int
    figures: Figures
    missing: tuple[Missing, ...]
    years: tuple[int, ...]
    latest: tuple[Batch, ...]


def asked_for(year: int, unit: str) -> Asked:
    """The question for the figures of a year."""
    period = parse_period(str(year))
    return Asked(period.start, period.end, period.label, unit)


def overview(year: int, step: Step) -> Overview:
    """The figures of a year and what is missing."""
    book = step.book
    asked = asked_for(year, book.own_unit())
    figures = compute(facts_for(book, asked), asked)
    step.check()
    years = {*registered_years(book), book.now().year, year}
    latest = tuple(batch for batch, undone in book.batches(30) if batch.title and not undone)[:_LATEST]
    return Overview(
        year, figures, tuple(missing(book, year, figures)), tuple(sorted(years, reverse=True)), latest
    )


def shown_number(value: Any) -> str:
    return "–" if value is None else show_number(round(value * SCALE), SCALE)


def _subjects(figures: Figures) -> str:
    by_subject = figures["models"]["by_subject"]
    known = [
        f"{shown_number(by_subject[code])} {showing.choice_words('subject_type', code).lower()}"
        for code in ("collective", "individual")
        if by_subject.get(code) is not None
    ]
    return " · ".join(known) or _("not broken down")


def _money(figures: Figures) -> str:
    value = figures["contributions"]["socialised_vnd"]
    return "–" if value is None else show_vnd_short(int(value))


def _granted(figures: Figures) -> str:
    values = [one["value"] for one in figures["recognition"] if one["status"] == "granted"]
    known = [value for value in values if value is not None]
    return shown_number(sum(known)) if known else "–"


def _dialogues(figures: Figures) -> str:
    kinds = figures["activities"]["by_kind"]
    return _("of them {n} dialogues").format(n=shown_number(kinds.get("dialogue") or 0))


def _all_activities(figures: Figures) -> str:
    known = [value for value in figures["activities"]["by_kind"].values() if value is not None]
    return shown_number(sum(known)) if known else "–"


def _closed(figures: Figures) -> str:
    return _("{n} put right").format(n=shown_number(figures["supervision"]["closed"] or 0))


def _given(figures: Figures) -> str:
    count = figures["contributions"].get("contributors")
    return "" if count is None else _("{n} contributors").format(n=shown_number(count))


def _no_words(_figures: Figures) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A card: what it is called, its big and small text, and the path of the figures behind it."""

    caption: str
    icon: str
    path: str
    big: Callable[[Figures], str]
    small: Callable[[Figures], str] = _no_words


CARDS = (
    FigureCard(
        N_("Models registered"),
        "file-text",
        "models.registered",
        lambda f: shown_number(f["models"]["registered"]),
        _subjects,
    ),
    FigureCard(N_("Socialised funding"), "coins", "contributions.socialised_vnd", _money, _given),
    FigureCard(
        N_("Labour days"),
        "hand-coins",
        "contributions.labour_days",
        lambda f: shown_number(f["contributions"]["labour_days"]),
    ),
    FigureCard(
        N_("Meetings and other activities"), "megaphone", "activities.by_kind.", _all_activities, _dialogues
    ),
    FigureCard(N_("Recognitions granted"), "award", "recognition.", _granted),
    FigureCard(
        N_("Findings still open"),
        "shield-check",
        "supervision.open",
        lambda f: shown_number(f["supervision"]["open"]),
        _closed,
    ),
)


def paths_of(path: str, figures: Figures) -> list[str]:
    """The figures a card stands for: one path, or every one that begins so."""
    if path == "activities.by_kind.":
        return [f"{path}{kind}" for kind in figures["activities"]["by_kind"]]
    if path == "recognition.":
        return [
            ".".join((
                "recognition", str(one["form"] or "-"), str(one["level"] or "-"),
                str(one["recipient_type"] or "-"), str(one["status"] or "-"),
            ))
            for one in figures["recognition"]
            if one["status"] == "granted"
        ]  # fmt: skip
    return [path]
