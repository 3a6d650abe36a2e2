"""The bin: what was deleted and can come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QStackedWidget

from db import RECORD_TYPES
from db.store import Record
from desktop.actions import Handlers
from desktop.changes import Changes
from desktop.history_words import when
from desktop.screens import showing
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


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted record, who deleted it when, and how many parts went with it."""

    record: Record
    actor: str
    at: str
    batch: str
    parts: int = 0


def binned(step: Step) -> list[Binned]:
    """What lies in the bin, the latest first; parts that went with their owner count as its parts."""
    found: dict[str, Binned] = {}
    for record in step.book.bin():
        step.check()
        last = step.book.history(record.id)[-1]
        found[record.id] = Binned(record, last.actor, last.at, last.batch)
    went_with = {one.record.id: _owner(one, found) for one in found.values()}
    parts = Counter(owner for owner in went_with.values() if owner)
    alone = [replace(one, parts=parts[name]) for name, one in found.items() if not went_with[name]]
    return sorted(alone, key=lambda one: one.at, reverse=True)


def _owner(one: Binned, found: Mapping[str, Binned]) -> str:
    for field in RECORD_TYPES[one.record.type].parents:
        owner = found.get(str(one.record[field.name]))
        if owner is not None and owner.batch == one.batch:
            return owner.record.id
    return ""


class BinScreen(Screen):
    """Everything that was deleted, the latest first."""

    types = ()
    help_text = N_("What was deleted waits here for 90 days. Choose rows and bring them back.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._records: list[Record] = []
        self._restore = button(_("Bring back"), self.restore, icon_name="undo-2", kind="primary")
        self.header = Header(_("Bin"), self._restore, search=self.finder)
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

    def _show(self, found: list[Binned]) -> None:
        self._records = [one.record for one in found]
        rows: list[Row] = [
            (_(RECORD_TYPES[one.record.type].label), self._words(one), one.actor, when(one.at))
            for one in found
        ]
        self.model.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])
        self.header.count(ngettext("{n} record", "{n} records", len(rows)).format(n=len(rows)))
        self._pages.setCurrentWidget(self.view if rows else self.empty)
        self._restore.setEnabled(bool(rows))
        if rows:
            self.view.selectRow(0)

    def _words(self, one: Binned) -> str:
        words = showing.record_words(one.record, self.services.names)
        if not one.parts:
            return words
        more = ngettext("with {n} part", "with {n} parts", one.parts).format(n=one.parts)
        return f"{words} ({more})"

    def _on_restored(self, count: int) -> None:
        self.services.saving.announce(Changes(frozenset()))
        text = ngettext("{n} record came back.", "{n} records came back.", count).format(n=count)
        self.services.tell(Notice(text, Tone.GOOD))

    def _on_opened(self, _row: int) -> None:
        self.restore()


def _still_there(step: Step, record: Record) -> bool:
    """A record that came back with another one is no longer in the bin."""
    return step.book.get(record.type, record.id).removed is not None
