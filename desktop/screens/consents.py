"""All consents to be shown in public, and how they are withdrawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from desktop.screens import showing
from desktop.screens.list_export import ListExport
from desktop.screens.lists import PlainList
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.empty import EmptyState
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.paged_table import Column, PagedModel, Row
from desktop.widgets.table_view import TableView
from resources import N_, _, ngettext

if TYPE_CHECKING:
    from db.store import Record
    from db.writing import Writing

_FIELDS = (("scope", 16), ("unit", 20), ("method", 22), ("given_on", 11), ("withdrawn_on", 11))


def consents(step: Step) -> list[tuple[Record, str]]:
    """Every consent with the name of the one who gave it, the latest first."""
    names = dict(step.book.rows("person", ("id", "full_name")))
    found = step.book.find("consent", order="-given_on")
    return [(each, str(names.get(each["person"]) or each["full_name"] or "")) for each in found]


class ConsentsScreen(Screen):
    """Who agreed to what. Without a consent here, public papers mask a person."""

    types = ("consent", "person", "org_unit")
    help_text = N_(
        "Who agreed to be shown in public. New ones are entered at a model’s members and contributions."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._records: list[Record] = []
        go_back = partial(services.go, "setup", None)
        back = button("", go_back, icon_name="arrow-left", kind="quiet", tip=_("Back"))
        self._end = button(_("Withdrawn today"), self.withdraw, icon_name="x")
        self.list_export = ListExport(services, self, self._as_list)
        self._out = button(_("List to Excel"), self.list_export.choose, icon_name="download")
        self.header = Header(_("Consents to be shown"), self._out, self._end, search=self.finder, before=back)
        columns = [showing.column("consent", name, services.names, width) for name, width in _FIELDS]
        self.model = PagedModel([Column("name", _("Full name"), 0, sortable=False), *columns])
        self.view = TableView(_("Consents to be shown"))
        self.view.show_model(self.model)
        self.empty = EmptyState(
            "badge-check",
            _("Nobody has agreed yet"),
            _("Open a model, choose a member or a contribution, and press “Public consent …”."),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self.box.addWidget(self.header)
        self.box.addWidget(self._pages, 1)

    def reload(self) -> None:
        """Read them anew."""
        self.services.tasks.run(consents, done=self._show)

    def withdraw(self) -> None:
        """From today on the chosen consents do not hold."""
        chosen = [self._records[at] for at in self.view.chosen_rows()]
        open_ones = [each for each in chosen if each["withdrawn_on"] is None]
        if not open_ones:
            self.services.tell(Notice(_("Choose consents that are not withdrawn yet."), Tone.INFO))
            return
        today = self.services.book.now().date().isoformat()

        def write(w: Writing) -> None:
            for each in open_ones:
                w.change("consent", each.id, {"withdrawn_on": today})

        self.services.saving.write(
            write, types=("consent",), title=_("Consent withdrawn"), done=self._on_withdrawn
        )

    def _as_list(self) -> PlainList:
        """For the office alone: consents leave it in no copy for others."""
        rows = [self.model.values(at) for at in range(self.model.rowCount())]
        return PlainList(self.header.title(), self.model.columns, rows)

    def _on_withdrawn(self, _result: object) -> None:
        text = _("Withdrawn from today on. Papers that were issued with it are marked in the register.")
        self.services.tell(Notice(text, Tone.GOOD))

    def _show(self, found: list[tuple[Record, str]]) -> None:
        self._records = [record for record, _name in found]
        rows: list[Row] = [
            (name, *(record[field] for field, _width in _FIELDS)) for record, name in found
        ]
        self.model.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])
        self.header.count(ngettext("{n} record", "{n} records", len(rows)).format(n=len(rows)))
        self._pages.setCurrentWidget(self.view if rows else self.empty)
        for one in (self._end, self._out):
            one.setEnabled(bool(rows))
        if rows:
            self.view.selectRow(0)
