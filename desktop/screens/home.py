"""The overview: the figures of a year, each opening its records; what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db import SCALE
from db.figures import Asked, compute, load, sources
from db.numbers import show_number, show_vnd_short
from db.periods import parse_period
from desktop.actions import Command, Handlers
from desktop.screens import showing
from desktop.screens.missing import Missing, missing
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone, look
from desktop.widgets.bar_list import Bar, BarList
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.fields import ChoiceField
from desktop.widgets.flow import FlowGrid
from desktop.widgets.header import Header
from desktop.widgets.labels import Card, button, label, pill, space
from desktop.widgets.search_box import SearchBox
from desktop.widgets.tiles import Tile
from resources import N_, _, ngettext

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the screen shows, made in the reader's worker."""

    year: int
    figures: Figures
    missing: tuple[Missing, ...]
    years: tuple[int, ...]


def asked_for(year: int, unit: str) -> Asked:
    """The question for the figures of a year."""
    period = parse_period(str(year))
    return Asked(period.start, period.end, period.label, unit)


def overview(year: int, step: Step) -> Overview:
    """The figures of a year and what is missing."""
    book = step.book
    figures = compute(load(book), asked_for(year, book.own_unit()))
    step.check()
    years = {int(y) for (y,) in book.rows("registration", ("year",)) if y} | {book.now().year, year}
    return Overview(year, figures, tuple(missing(book, year, figures)), tuple(sorted(years, reverse=True)))


def _number(value: Any) -> str:
    return "–" if value is None else show_number(round(value * SCALE), SCALE)


def _subjects(figures: Figures) -> str:
    by_subject = figures["models"]["by_subject"]
    known = [
        f"{_number(by_subject[code])} {showing.choice_words('subject_type', code).lower()}"
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
    return _number(sum(known)) if known else "–"


def _dialogues(figures: Figures) -> str:
    kinds = figures["activities"]["by_kind"]
    return _("of them {n} dialogues").format(n=_number(kinds.get("dialogue") or 0))


def _all_activities(figures: Figures) -> str:
    known = [value for value in figures["activities"]["by_kind"].values() if value is not None]
    return _number(sum(known)) if known else "–"


def _closed(figures: Figures) -> str:
    return _("{n} put right").format(n=_number(figures["supervision"]["closed"] or 0))


def _given(figures: Figures) -> str:
    count = figures["contributions"].get("contributors")
    return "" if count is None else _("{n} contributors").format(n=_number(count))


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


_CARDS = (
    FigureCard(
        N_("Models registered"),
        "file-text",
        "models.registered",
        lambda f: _number(f["models"]["registered"]),
        _subjects,
    ),
    FigureCard(N_("Socialised funding"), "coins", "contributions.socialised_vnd", _money, _given),
    FigureCard(
        N_("Labour days"),
        "hand-coins",
        "contributions.labour_days",
        lambda f: _number(f["contributions"]["labour_days"]),
    ),
    FigureCard(
        N_("Meetings and other activities"), "megaphone", "activities.by_kind.", _all_activities, _dialogues
    ),
    FigureCard(N_("Recognitions granted"), "award", "recognition.", _granted),
    FigureCard(
        N_("Findings still open"),
        "shield-check",
        "supervision.open",
        lambda f: _number(f["supervision"]["open"]),
        _closed,
    ),
)
_FIELDS = ("economy", "culture_society", "defence_security", "political_system")


class HomeScreen(Screen):
    """Opened on a year, or on this one."""

    types = ()
    help_text = N_("Every figure opens the records behind it. The list below says what is still missing.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._year = services.book.now().year
        self._shown: Overview | None = None
        self.search = SearchBox(_("Find anything (Ctrl+F)"))
        self.year = ChoiceField(FieldSpec("year", _("Year"), Kind.CHOICE, required=True))
        report = button(_("Make the report"), self._go_report, icon_name="chart-column", kind="primary")
        self.header = Header(_("Overview"), report, search=self.search, extra=self.year)
        self.tiles = [Tile(_(card.caption), card.icon) for card in _CARDS]
        self.bars = BarList()
        self._todo = QVBoxLayout()
        self._lay_out()
        self.search.asked.connect(self._on_search_asked)
        self.year.held.committed.connect(self._on_year_chosen)
        self.bars.opened.connect(self._on_bar_opened)
        for tile, card in zip(self.tiles, _CARDS, strict=True):
            tile.clicked.connect(partial(self._open_figure, card.caption, card.path))

    def reload(self) -> None:
        """Count anew, in the worker."""
        year = self._year
        self.services.tasks.run(partial(overview, year), done=self._show)

    def commands(self) -> Handlers:
        """Ctrl+F finds anything in the book."""
        return {Command.FIND: self.search.setFocus}

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("kind", "clear")
        body = QVBoxLayout(inner)
        space(body, (0, 0, 8, 8), 16)
        grid = FlowGrid(least=180, most=6)
        grid.show_things(self.tiles)
        body.addWidget(grid)
        fields, todo = Card(_("Models by field")), Card(_("What is missing"))
        fields.box.addWidget(self.bars)
        fields.box.addStretch(1)
        space(self._todo, between=2)
        todo.box.addLayout(self._todo)
        todo.box.addStretch(1)
        halves = FlowGrid(least=380, most=2)
        halves.show_things([todo, fields])
        body.addWidget(halves)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self.year.setMinimumWidth(look().px(96))
        self.box.addWidget(self.header)
        self.box.addWidget(scroll, 1)

    def _show(self, found: Overview) -> None:
        if found.year != self._year:
            return
        self._shown = found
        self.year.offer([(str(year), str(year)) for year in found.years])
        self.year.show_value(str(found.year))
        self.header.count(str(found.figures["period"]["label"]).capitalize())
        for tile, card in zip(self.tiles, _CARDS, strict=True):
            tile.say(card.big(found.figures), card.small(found.figures))
        self._show_fields(found.figures["models"])
        self._show_missing(found.missing)

    def _show_fields(self, models: Mapping[str, Any]) -> None:
        by_field = models["by_field"]
        longest = max([value or 0 for value in by_field.values()] + [1])
        self.bars.show_bars([
            Bar(code, showing.choice_words("field", code), _number(by_field.get(code)),
                (by_field.get(code) or 0) / longest)
            for code in _FIELDS
        ])  # fmt: skip

    def _show_missing(self, found: tuple[Missing, ...]) -> None:
        while (item := self._todo.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for one in found:
            self._todo.addWidget(self._todo_row(one))
        if not found:
            self._todo.addWidget(
                label(_("Nothing: everything that papers need is there."), "quiet", wrap=True)
            )

    def _todo_row(self, one: Missing) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "clear")
        text = label(one.text, wrap=True)
        line = QHBoxLayout(made)
        space(line, (0, 4, 0, 4), 8)
        line.addWidget(
            pill(_("Missing") if one.tone is Tone.BAD else _("Note"), one.tone), 0, Qt.AlignmentFlag.AlignTop
        )
        line.addWidget(text, 1)
        if one.place:
            see = button(_("See"), partial(self.services.go, one.place, one.what), kind="link")
            see.setAccessibleName(_("See: {what}").format(what=one.text))
            line.addWidget(see, 0, Qt.AlignmentFlag.AlignTop)
        return made

    # -- what the clerk does

    def _on_year_chosen(self) -> None:
        self._year = int(str(self.year.held.value))
        self.reload()

    def _on_search_asked(self, text: str) -> None:
        if text:
            self.services.go("search", text)

    def _go_report(self) -> None:
        self.services.go("papers", {"period": str(self._year)})

    def _on_bar_opened(self, field: str) -> None:
        self.services.go("models", {"year": self._year, "field": field})

    def _open_figure(self, caption: str, path: str) -> None:
        """The records behind a figure: asked of the figures themselves, so that they are exactly those."""
        if self._shown is None:
            return
        year, figures = self._year, self._shown.figures

        def work(step: Step) -> list[str]:
            facts = load(step.book)
            asked = asked_for(year, step.book.own_unit())
            found = [sources(facts, asked, one) for one in paths_of(path, figures)]
            return list(dict.fromkeys(record for records in found for record in records))

        self.services.tasks.run(
            work, label=_("Looking for the records …"), done=partial(self._show_records, caption)
        )

    def _show_records(self, caption: str, records: list[str]) -> None:
        count = ngettext("{n} record", "{n} records", len(records)).format(n=len(records))
        self.services.go("records", (f"{_(caption)} – {self._year}", count, records))


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
