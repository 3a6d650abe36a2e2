"""The records behind a figure: a table for each type among them; Enter opens the model they belong to."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QTabWidget

from db import RECORD_TYPES
from db.reading import Reading
from desktop.actions import Handlers
from desktop.screens import showing
from desktop.screens.arrangement import COUNTED, behind_figure
from desktop.screens.child_tables import TAB_OF
from desktop.screens.list_export import ListExport
from desktop.screens.lists import Heading, RecordList, records_of
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Step
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.paged_table import Column, PagedModel, Row
from desktop.widgets.table_view import TableView
from resources import N_, _

Found = dict[str, list[int]]
_WIDE = frozenset({
    "title", "contributor", "recipient", "name", "content", "indicator", "model", "finding", "what",
})  # fmt: skip


def rows_of(records: Sequence[str], step: Step) -> Found:
    """Row numbers by type of these records. Runs in the reader's worker."""
    wanted, found = set(records), {}
    for type_name in COUNTED:
        rows = [row for row, record in step.book.rows(type_name, ("row", "id")) if record in wanted]
        if rows:
            found[type_name] = rows
    return found


class RecordsScreen(Screen):
    """Opened on (title, line under it, record ids)."""

    help_text = N_("These records make up the figure. Enter opens the model a record belongs to.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.records: list[str] = []
        self._found: Found = {}
        back = button("", self._go_back, icon_name="arrow-left", kind="quiet", tip=_("Back to the overview"))
        self.list_export = ListExport(services, self, self._as_list)
        self._out = button(_("List to Excel"), self.list_export.choose, icon_name="download")
        self.header = Header("", self._out, search=self.finder, before=back)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Kinds of records"))
        self.box.addWidget(self.header)
        self.box.addWidget(self.tabs, 1)

    def open(self, what: object) -> None:
        """Show these records."""
        if isinstance(what, tuple):
            title, count, self.records = what
            self.header.say(title, count)
            self.reload()

    def reload(self) -> None:
        """Look for the records anew; those deleted meanwhile are left out."""
        self.services.tasks.run(partial(rows_of, self.records), done=self._show)

    def take_focus(self) -> None:
        """Ready for the arrow keys in the table."""
        self.tabs.setFocus()

    def commands(self) -> Handlers:
        """Only what the tables do by themselves."""
        return {}

    def table(self, at: int) -> TableView:
        """The table of one tab."""
        found = self.tabs.widget(at)
        assert isinstance(found, TableView)  # noqa: S101  tabs hold nothing else
        return found

    def _as_list(self) -> RecordList:
        """The table in front."""
        type_name, numbers = list(self._found.items())[self.tabs.currentIndex()]
        names = behind_figure(type_name)
        headings = (Heading(showing.label(type_name, name), type_name, name) for name in names)
        page = records_of(type_name)
        return RecordList(_(RECORD_TYPES[type_name].label), tuple(headings), array("q", numbers), page)

    def _show(self, found: Found) -> None:
        self._found = found
        self._out.setEnabled(bool(found))
        while self.tabs.count():
            old = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if old is not None:
                old.deleteLater()
        for type_name, rows in found.items():
            caption = f"{_(RECORD_TYPES[type_name].label)} ({len(rows)})"
            self.tabs.addTab(self._table(type_name, rows), caption)
        self.tabs.tabBar().setVisible(len(found) > 1)

    def _table(self, type_name: str, rows: list[int]) -> TableView:
        names = behind_figure(type_name)
        model = PagedModel(self._columns(type_name, names))
        view = TableView(_(RECORD_TYPES[type_name].label))
        model.setParent(view)
        view.show_model(model)
        model.show(rows, partial(_fetch, self.services.book, type_name, names))
        view.opened.connect(partial(self._open_row, type_name, model))
        return view

    def _columns(self, type_name: str, names: Sequence[str]) -> list[Column]:
        widths = {name: 0 for name in names if name in _WIDE}
        return [showing.column(type_name, n, self.services.names, widths.get(n)) for n in names]

    def _open_row(self, type_name: str, model: PagedModel, row: int) -> None:
        values = model.values(row)
        if not values:
            return
        record = str(values[-1])
        if type_name == "model":
            self.services.go("model", record)
            return
        owner = self.services.book.get(type_name, record).values.get("model")
        if owner:
            self.services.go("model", (str(owner), TAB_OF.get(type_name, "headings"), record))

    def _go_back(self) -> None:
        self.services.go("home", None)


def _fetch(book: Reading, type_name: str, names: Sequence[str], rows: Sequence[int]) -> list[Row | None]:
    found = book.by_row_number(type_name, (*names, "id"), rows)
    return [found.get(row) for row in rows]
