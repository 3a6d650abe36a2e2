"""The overview: the figures of a year, each opening its records; what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from db.figures import load, sources
from db.journal import Batch
from desktop.history_words import act_words, when
from desktop.screens import showing
from desktop.screens.home_figures import CARDS, FIELDS, Overview, asked_for, overview, paths_of, shown_number
from desktop.screens.missing import Missing
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Lane, Step, Task
from desktop.theme import Tone, look
from desktop.widgets.bar_list import Bar, BarList
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.fields import ChoiceField
from desktop.widgets.flow import FlowGrid
from desktop.widgets.header import Header
from desktop.widgets.labels import Card, button, label, pane, pill, row, space
from desktop.widgets.scroll import ScrollColumn
from desktop.widgets.tiles import Tile
from resources import N_, _, ngettext


class HomeScreen(Screen):
    """Opened on a year, or on this one."""

    types = ()
    help_text = N_("Every figure opens the records behind it. The list below says what is still missing.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._year = services.book.now().year
        self._shown: Overview | None = None
        self._counting: Task | None = None
        self.year = ChoiceField(FieldSpec("year", _("Year"), Kind.CHOICE, required=True))
        report = button(_("Make the report"), self._go_report, icon_name="chart-column", kind="primary")
        self.header = Header(_("Overview"), report, search=self.finder, extra=self.year)
        self.tiles = [Tile(_(card.caption), card.icon) for card in CARDS]
        self.bars = BarList()
        self._todo = QVBoxLayout()
        self._latest = QVBoxLayout()
        self._lay_out()
        self.year.held.committed.connect(self._on_year_chosen)
        self.bars.opened.connect(self._on_bar_opened)
        for tile, card in zip(self.tiles, CARDS, strict=True):
            tile.clicked.connect(partial(self._open_figure, card.caption, card.path))

    def reload(self) -> None:
        """Count anew, in the worker."""
        if self._shown is None:
            self.header.count(_("Counting …"))
        if self._counting is not None:
            self._counting.cancel()
        work = partial(overview, self._year)
        self._counting = self.services.tasks.run(work, lane=Lane.LONG, done=self._show)

    def _lay_out(self) -> None:
        scroll = ScrollColumn(between=16, wide=True)
        body = scroll.column
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
        latest = Card(_("Latest entries"))
        space(self._latest, between=6)
        latest.box.addLayout(self._latest)
        body.addWidget(latest)
        self.year.setMinimumWidth(look().px(96))
        self.box.addWidget(self.header)
        self.box.addWidget(scroll, 1)

    def _show(self, found: Overview) -> None:
        self._counting = None
        if found.year != self._year:
            return
        self._shown = found
        self.year.offer([(str(year), str(year)) for year in found.years])
        self.year.show_value(str(found.year))
        self.header.count(str(found.figures["period"]["label"]).capitalize())
        for tile, card in zip(self.tiles, CARDS, strict=True):
            tile.say(card.big(found.figures), card.small(found.figures))
        self._show_fields(found.figures["models"])
        self._show_missing(found.missing)
        _clear(self._latest)
        for batch in found.latest:
            self._latest.addLayout(_entry(batch))

    def _show_fields(self, models: Mapping[str, Any]) -> None:
        by_field = models["by_field"]
        longest = max([value or 0 for value in by_field.values()] + [1])
        self.bars.show_bars([
            Bar(code, showing.choice_words("field", code), shown_number(by_field.get(code)),
                (by_field.get(code) or 0) / longest)
            for code in FIELDS
        ])  # fmt: skip

    def _show_missing(self, found: tuple[Missing, ...]) -> None:
        _clear(self._todo)
        for one in found:
            self._todo.addWidget(self._todo_row(one))
        if not found:
            self._todo.addWidget(
                label(_("Nothing: everything that papers need is there."), "quiet", wrap=True)
            )

    def _todo_row(self, one: Missing) -> QWidget:
        made = pane()
        text = label(one.text, wrap=True)
        line = QHBoxLayout(made)
        space(line, (0, 4, 0, 4), 8)
        mark = pill(_("Missing") if one.tone is Tone.BAD else _("Note"), one.tone)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(text, 1)
        if one.place:
            see = button(_("See"), partial(self.services.go, one.place, one.what), kind="link")
            see.setAccessibleName(_("See: {what}").format(what=one.text))
            line.addWidget(see, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    # -- what the clerk does

    def _on_year_chosen(self) -> None:
        self._year = int(str(self.year.held.value))
        self.reload()

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
            asked = asked_for(year, step.book.own_unit())
            facts = load(step.book, asked)
            found = [sources(facts, asked, one) for one in paths_of(path, figures)]
            return list(dict.fromkeys(record for records in found for record in records))

        self.services.tasks.run(
            work,
            lane=Lane.LONG,
            label=_("Looking for the records …"),
            done=partial(self._show_records, caption),
        )

    def _show_records(self, caption: str, records: list[str]) -> None:
        count = ngettext("{n} record", "{n} records", len(records)).format(n=len(records))
        self.services.go("records", (f"{_(caption)} – {self._year}", count, records))


def _clear(box: QLayout) -> None:
    """Take everything out of a layout, nested rows too."""
    while (item := box.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            _clear(inner)
        if widget is not None:
            widget.deleteLater()


def _entry(batch: Batch) -> QHBoxLayout:
    """One of the latest entries: when, who, what."""
    words = (label(when(batch.at), "small"), label(act_words(batch.act), "quiet"), label(batch.title))
    return row(*words, 1, label(batch.actor, "small"), between=12)
