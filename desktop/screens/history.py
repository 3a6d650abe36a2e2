"""Who changed a record, when, how, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.history import Entry, FieldChange
from db.records.definition import REMOVED
from desktop.screens import showing
from desktop.services import Services
from desktop.tasks import Step
from desktop.widgets.labels import space
from desktop.widgets.paged_table import Column, PagedModel, Row
from desktop.widgets.table_view import TableView
from resources import N_, _

_ACTS = {
    "new": N_("Created"),
    "edit": N_("Edited"),
    "import": N_("Imported"),
    "undo": N_("Undone"),
    "redo": N_("Redone"),
    "bin": N_("Deleted"),
    "restore": N_("Restored"),
    "receive": N_("Received"),
    "erase": N_("Erased"),
    "demo": N_("Demo data"),
    "issue": N_("Issued"),
}
_MARKS = {"bin": N_("in the bin"), "undone": N_("taken back")}


def act_words(act: str) -> str:
    """How something was written, in words."""
    return _(_ACTS.get(act, act))


def when(at: str) -> str:
    """A time as the clerk's PC writes it."""
    return datetime.fromisoformat(at).astimezone().strftime("%d/%m/%Y %H:%M")


class HistoryTable(QWidget):
    """The history of one record, newest first."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._type = ""
        self._rows: list[Row] = []
        self.model = PagedModel(
            [
                Column("at", _("When"), 15, sortable=False),
                Column("actor", _("Who"), 14, sortable=False),
                Column("act", _("How"), 12, sortable=False),
                Column("field", _("What"), 22, sortable=False),
                Column("before", _("Before"), 0, sortable=False),
                Column("after", _("After"), 0, sortable=False),
            ]
        )
        self.view = TableView(_("History"))
        self.view.show_model(self.model)
        box = QVBoxLayout(self)
        space(box, (0, 12, 0, 0), 0)
        box.addWidget(self.view)

    def show_record(self, type_name: str, record: str) -> None:
        """Read it in the reader's worker, then show it."""
        self._type = type_name

        def work(step: Step) -> list[Entry]:
            return step.book.history(record)

        self._services.tasks.run(work, done=self._show)

    def _show(self, entries: list[Entry]) -> None:
        type_name = self._type
        self._rows = [row for entry in reversed(entries) for row in self._lines(type_name, entry)]
        rows = self._rows
        self.model.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])

    def _lines(self, type_name: str, entry: Entry) -> Iterator[Row]:
        for change in entry.changes:
            if change.field == "source_key":
                continue
            what = _("The record") if change.field == REMOVED else showing.label(type_name, change.field)
            yield (
                when(entry.at),
                entry.actor,
                act_words(entry.act),
                what,
                self._shown(type_name, change, change.before),
                self._shown(type_name, change, change.after),
            )

    def _shown(self, type_name: str, change: FieldChange, value: object) -> str:
        if change.erased:
            return _("(erased)")
        if change.field == REMOVED:
            return _(_MARKS[str(value)]) if value in _MARKS else _("live")
        stored = value if isinstance(value, int | str) else None
        return showing.show_value(type_name, change.field, stored, self._services.names)
