"""Search over the whole book: what was found, where it belongs, exact marks first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from db import RECORD_TYPES
from desktop.actions import Command, Handlers
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.paged_table import Column, PagedModel, Row, Value
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table_view import TableView
from desktop.words import where_found
from resources import N_, _, ngettext

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of the list and, for each, the model to open ("" = none)."""

    text: str
    rows: tuple[Row, ...]
    models: tuple[str, ...]


def find(text: str, step: Step) -> Hits:
    """Look in the whole book. Runs in the reader's worker."""
    rows: list[Row] = []
    models: list[str] = []
    for hit in step.book.search(text, LIMIT):
        record = hit.record
        kind = _(RECORD_TYPES[record.type].label)
        exact = "exact" if hit.exact else None
        rows.append((kind, record.title or record.id, where_found(step.book, record), exact))
        owner = record.id if record.type == "model" else record.values.get("model")
        models.append(str(owner or ""))
    return Hits(text, tuple(rows), tuple(models))


def _exact(value: Value) -> str:
    return _("these very marks") if value else ""


def _tone(value: Value) -> Tone | None:
    return Tone.GOOD if value else None


class FindingScreen(Screen):
    """Opened on the words to find."""

    help_text = N_("Words can be typed without accents; those with these very accents come first.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found = Hits("", (), ())
        self.search = SearchBox(_("Find anything (Ctrl+F)"))
        back = button("", self._go_back, icon_name="arrow-left", kind="quiet", tip=_("Back to the overview"))
        self.header = Header(_("Search"), search=self.search, before=back)
        self.model = PagedModel(
            [
                Column("kind", _("Kind"), 14, sortable=False),
                Column("title", _("Found"), 0, sortable=False),
                Column("where", _("Belongs to"), 22, sortable=False),
                Column("exact", _("Match"), 12, _exact, _tone, sortable=False),
            ]
        )
        self.view = TableView(_("Found"))
        self.view.show_model(self.model)
        self.box.addWidget(self.header)
        self.box.addWidget(self.view, 1)
        self.search.asked.connect(self._on_asked)
        self.search.left_down.connect(self.view.setFocus)
        self.view.opened.connect(self._open_row)

    def open(self, what: object) -> None:
        """Find these words."""
        self.search.setText(str(what))
        self.search.ask()
        self.search.setFocus()

    def reload(self) -> None:
        """Look again."""
        if self.search.words():
            self.services.tasks.run(partial(find, self.search.words()), done=self._show)

    def commands(self) -> Handlers:
        """Ctrl+F goes back to the words."""
        return {Command.FIND: self.search.setFocus}

    def _on_asked(self, _text: str) -> None:
        self.reload()

    def _show(self, found: Hits) -> None:
        if found.text != self.search.words():
            return
        self._found = found
        self.model.show(range(len(found.rows)), lambda wanted: [found.rows[at] for at in wanted])
        count = len(found.rows)
        self.header.count(ngettext("{n} found", "{n} found", count).format(n=count))
        if count:
            self.view.selectRow(0)

    def _open_row(self, row: int) -> None:
        if self._found.models[row]:
            self.services.go("model", self._found.models[row])

    def _go_back(self) -> None:
        self.services.go("home", None)
