"""The register of issued papers; those whose figures have changed since are marked."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.screens import paper_work, showing
from desktop.screens.list_export import ListExport
from desktop.screens.lists import PlainList
from desktop.screens.paper_work import Registered
from desktop.screens.showing import choice_words
from desktop.services import Services
from desktop.tasks import Lane
from desktop.theme import Tone
from desktop.widgets.empty import EmptyState
from desktop.widgets.labels import button, row, space
from desktop.widgets.paged_table import Column, PagedModel, Row, Value
from desktop.widgets.table_view import TableView
from resources import N_, _

_STATES = {
    "fresh": N_("Figures unchanged"),
    "outdated": N_("Figures have changed"),
    "withdrawn": N_("Consent withdrawn"),
    "replaced": N_("A newer one was made"),
}
_TONES = {"fresh": Tone.GOOD, "outdated": Tone.WARN, "withdrawn": Tone.BAD}


def _state(value: Value) -> str:
    return _(_STATES[str(value)]) if value else ""


def _audience(value: Value) -> str:
    return choice_words("audience", str(value)) if value else ""


def _tone(value: Value) -> Tone | None:
    return _TONES.get(str(value))


class PaperRegister(QWidget):
    """Signals: ``counted(papers, outdated ones)``, ``again(paper)`` to write a paper anew."""

    counted = Signal(int, int)
    again = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._found: list[Registered] = []
        self._wanted = ""
        self.model = PagedModel(
            [
                Column("issued_on", _("Issued on"), 11, showing.shown_date, sortable=False),
                Column("number", _("Number"), 6, sortable=False),
                Column("title", _("Paper"), 0, sortable=False),
                Column("period_label", _("Period"), 14, sortable=False),
                Column("signed", _("Signature"), 8, sortable=False),
                Column("state", _("Figures"), 19, _state, _tone, sortable=False),
                Column("audience", _("Written for"), 11, _audience, sortable=False),
            ]
        )
        self.view = TableView(_("Issued papers"))
        self.view.show_model(self.model)
        self.empty = EmptyState("file-text", _("No paper was issued yet"), _("Issued papers are kept here."))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        box = QVBoxLayout(self)
        space(box, (0, 12, 0, 0), 8)
        box.addWidget(self._pages, 1)
        look_at = button(_("Open the file"), self._open, icon_name="eye")
        anew = button(_("Write it anew with today's figures"), self._again, icon_name="refresh-cw")
        self.list_export = ListExport(services, self, self._as_list)
        out = button(_("List to Excel"), self.list_export.choose, icon_name="download")
        box.addLayout(row(1, out, anew, look_at))
        self.view.opened.connect(self._open)

    def reload(self) -> None:
        """Read the register and compare every paper with today's figures."""
        self._services.tasks.run(paper_work.register, lane=Lane.LONG, done=self._show)

    def choose(self, paper: str) -> None:
        """Choose this paper, when the register is there."""
        self._wanted = paper
        self.reload()

    def _show(self, found: list[Registered]) -> None:
        before = self._chosen()
        kept = self._wanted or (before.record.id if before else "")
        self._found = found
        rows = [self._row(one) for one in found]
        self.model.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])
        self._pages.setCurrentWidget(self.view if rows else self.empty)
        if rows:
            at = (place for place, one in enumerate(found) if one.record.id == kept)
            self.view.selectRow(next(at, 0))
        self._wanted = ""
        self.counted.emit(len(found), sum(one.outdated for one in found))

    def show_alone(self, _panel: QWidget | None) -> None:
        """Nothing is asked before the register goes out: it tells of no persons."""

    def _as_list(self) -> PlainList:
        rows = [self._row(one) for one in self._found]
        return PlainList(_("Issued papers"), self.model.columns, rows)

    @staticmethod
    def _row(one: Registered) -> Row:
        paper = one.record
        signed = _("Signed") if paper["signatures"] else _("By hand")
        return (
            paper["issued_on"],
            paper["number"],
            paper["title"],
            paper["period_label"],
            signed,
            one.state,
            paper["audience"],
        )

    def _chosen(self) -> Registered | None:
        rows = self.view.chosen_rows()
        return self._found[rows[0]] if rows else None

    def _open(self, *_row: int) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.record["file_name"]:
            file = paper_work.folder_of(self._services.book.path) / str(chosen.record["file_name"])
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _again(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.again.emit(chosen.record)
