"""The bin: what was deleted and can come back."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from db import RECORD_TYPES
from db.store import Record
from desktop.actions import Handlers
from desktop.changes import Changes
from desktop.screens.history import when
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.empty import EmptyState
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.paged_table import Column, PagedModel, Row
from desktop.widgets.table_view import TableView
from resources import N_, _, ngettext

Binned = list[tuple[Record, str, str]]


def binned(step: Step) -> Binned:
    """What lies in the bin with who deleted it and when. Runs in the reader's worker."""
    found: Binned = []
    for record in step.book.bin():
        step.check()
        last = step.book.history(record.id)[-1]
        found.append((record, last.actor, last.at))
    return sorted(found, key=lambda one: one[2], reverse=True)


class BinScreen(Screen):
    """Everything that was deleted, the latest first."""

    types = ()
    help_text = N_("What was deleted waits here for 90 days. Choose rows and bring them back.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._records: list[Record] = []
        self._restore = button(_("Bring back"), self.restore, icon_name="undo-2", kind="primary")
        self.header = Header(_("Bin"), self._restore)
        self.model = PagedModel(
            [
                Column("type", _("Kind"), 20, sortable=False),
                Column("title", _("Deleted"), 0, sortable=False),
                Column("actor", _("Who"), 16, sortable=False),
                Column("at", _("When"), 16, sortable=False),
            ]
        )
        self.view = TableView(_("Bin"))
        self.view.show_model(self.model)
        self.empty = EmptyState(
            "trash-2", _("The bin is empty"), _("What is deleted waits here for 90 days.")
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self.box.addWidget(self.header)
        self.box.addWidget(self._pages, 1)
        self.view.opened.connect(self._on_opened)

    def reload(self) -> None:
        """Look into the bin again."""
        self.services.tasks.run(binned, done=self._show)

    def commands(self) -> Handlers:
        """Only what the table does by itself."""
        return {}

    def restore(self) -> None:
        """Bring back the chosen records, each with what was deleted with it."""
        chosen = [self._records[row] for row in self.view.chosen_rows()]
        if not chosen:
            return
        actor = self.services.saving.actor

        def work(step: Step) -> int:
            return sum(step.book.restore(actor, record.id) for record in chosen if _still_there(step, record))

        self.services.tasks.run(work, lane=Lane.WRITE, label=_("Bringing back …"), done=self._on_restored)

    def _show(self, found: Binned) -> None:
        self._records = [record for record, _actor, _at in found]
        rows: list[Row] = [
            (_(RECORD_TYPES[record.type].label), record.title or record.id, actor, when(at))
            for record, actor, at in found
        ]
        self.model.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])
        self.header.count(ngettext("{n} record", "{n} records", len(rows)).format(n=len(rows)))
        self._pages.setCurrentWidget(self.view if rows else self.empty)
        self._restore.setEnabled(bool(rows))
        if rows:
            self.view.selectRow(0)

    def _on_restored(self, count: int) -> None:
        self.services.saving.announce(Changes(frozenset()))
        text = ngettext("{n} record came back.", "{n} records came back.", count).format(n=count)
        self.services.tell(Notice(text, Tone.GOOD))

    def _on_opened(self, _row: int) -> None:
        self.restore()


def _still_there(step: Step, record: Record) -> bool:
    """A record that came back with another one is no longer in the bin."""
    return step.book.get(record.type, record.id).removed is not None
