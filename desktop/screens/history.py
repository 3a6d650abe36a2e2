"""Who changed a record, when, how, from what to what."""

from __future__ import annotations

from dataclasses import astuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.history import Entry
from desktop import history_words
from desktop.services import Services
from desktop.tasks import Step
from desktop.widgets.labels import space
from desktop.widgets.paged_table import Column, PagedModel, Row
from desktop.widgets.table_view import TableView
from resources import _


class HistoryTable(QWidget):
    """The history of one record, newest first."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
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

    def show_record(self, record: str) -> None:
        """Read it in the reader's worker, then show it."""

        def work(step: Step) -> list[Entry]:
            return step.book.history(record)

        self._services.tasks.run(work, done=self._show)

    def _show(self, entries: list[Entry]) -> None:
        found = history_words.lines(entries, self._services.names)
        self._rows = rows = [astuple(line) for line in found]
        self.model.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])
