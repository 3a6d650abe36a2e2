"""One model: its ten headings, and the tables of what belongs to it. Everything is saved as it is typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from db.errors import UnknownRecordError
from db.store import Record
from desktop.actions import Command, Handlers, words
from desktop.screens import arrangement, showing
from desktop.screens.child_tables import CHILDREN, Child
from desktop.screens.children import ChildGrid
from desktop.screens.history import HistoryTable
from desktop.screens.lineage import LineageCard, ReplicaForm
from desktop.screens.model_photos import ModelPhotos
from desktop.screens.photo_intake import files_of
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.field import FieldSpec
from desktop.widgets.form import RecordForm
from desktop.widgets.header import Header
from desktop.widgets.labels import Card, button, space
from desktop.widgets.paged_table import Value
from desktop.widgets.scroll import ScrollColumn
from resources import N_, _

if TYPE_CHECKING:
    from db.writing import Writing

_WIDE = frozenset({"address", "audience", "programmes"})


class ModelScreen(Screen):
    """Opened on the id of a model."""

    types = (
        "model",
        "registration",
        "model_member",
        "person",
        "activity",
        "contribution",
        "output_measure",
        "recognition",
        "supervision",
        "target",
        "task",
        "sustainability_check",
        "photo",
    )
    help_text = N_(
        "Everything is saved as you type. Ctrl+Z takes back your last entry, F8 shows the history."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._model: Record | None = None
        self._open_id = ""
        self._anew = True
        self.setAcceptDrops(True)
        back = button("", self._go_back, icon_name="arrow-left", kind="quiet", tip=_("Back to the list"))
        history = button(words(Command.HISTORY), self._show_history, icon_name="history")
        delete = button(_("Delete"), self.delete, icon_name="trash-2")
        copy = button(_("Copy to another unit"), self.start_copy, icon_name="copy")
        self.header = Header("", copy, history, delete, search=self.finder, before=back)
        self.replica: ReplicaForm | None = None
        self.lineage = LineageCard(services)
        self.lineage.copy_asked.connect(self.start_copy)
        self.form = RecordForm(self._specs())
        self.form.edited.connect(self._on_edited)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Parts of the model"))
        self.tabs.addTab(self._form_page(), _("Ten headings"))
        self.grids = [self._add_grid(child) for child in CHILDREN]
        self.photos = ModelPhotos(services)
        at = self.tabs.addTab(self.photos, _("Photos"))
        self.photos.counted.connect(partial(self._show_count, at, N_("Photos")))
        self.history = HistoryTable(services)
        self.tabs.addTab(self.history, _("History (F8)"))
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.box.addWidget(self.header)
        self.box.addWidget(self.tabs, 1)
        self._copying = ScrollColumn((0, 0, 8, 8))
        self._copying.hide()
        self.box.addWidget(self._copying, 1)

    def open(self, what: object) -> None:
        """Show this model. ``what``: its id, or (id, name of a tab), or with the record to choose there."""
        record, tab, *chosen = what if isinstance(what, tuple) else (what, "headings")
        self.flush()
        self._anew = self._open_id != str(record)
        if self._anew:
            self._end_copy()
        self._open_id = str(record)
        names = ["headings", *(child.name for child in CHILDREN), "photos", "history"]
        self.tabs.setCurrentIndex(names.index(str(tab)))
        self.reload()
        grid = self._grid()
        if chosen and grid is not None:
            grid.choose(str(chosen[0]))

    def reload(self) -> None:
        """Read the model and what is in front anew."""
        if not self._open_id:
            return
        try:
            self._model = self.services.book.get("model", self._open_id)
        except UnknownRecordError:
            self._go_back()
            return
        if self._model.removed:
            self._go_back()
            return
        self.header.say(self._model.title, " · ".join(self._about(self._model)))
        self.form.show_values(self._model.values, anew=self._anew)
        self.lineage.show_model(self._model, anew=self._anew)
        self._anew = False
        for grid in self.grids:
            grid.show_owner(self._open_id)
        self.photos.show_owner(self._open_id)
        if self.tabs.currentWidget() is self.history:
            self.history.show_record(self._open_id)

    def flush(self) -> None:
        """Save what is being typed."""
        if self._model is not None:
            self.form.flush()
            self.lineage.flush()
            for grid in self.grids:
                grid.flush()

    def take_focus(self) -> None:
        """Ready for the arrow keys on the tabs."""
        self.tabs.setFocus()

    def commands(self) -> Handlers:
        """Keys of this page; those of a table work in the table in front."""
        return {
            Command.HISTORY: self._show_history,
            Command.EDIT: self._edit,
            Command.ADD_ROW: partial(self._in_grid, Command.ADD_ROW),
            Command.DELETE: partial(self._in_grid, Command.DELETE),
            Command.COPY_ABOVE: partial(self._in_grid, Command.COPY_ABOVE),
        }

    # -- parts

    def _specs(self) -> list[FieldSpec]:
        return [
            showing.spec("model", name, self.services.names, section=_(heading), wide=name in _WIDE)
            for heading, names in arrangement.sections()
            for name in names
        ]

    def _form_page(self) -> QWidget:
        card = Card()
        space(card.box, (20, 16, 20, 20), 12)
        card.box.addWidget(self.form)
        scroll = ScrollColumn((0, 12, 8, 8))
        scroll.column.addWidget(card)
        scroll.column.addWidget(self.lineage)
        return scroll

    def _add_grid(self, child: Child) -> ChildGrid:
        grid = ChildGrid(self.services, child, partial(self._defaults, child))
        at = self.tabs.addTab(grid, _(child.title))
        grid.counted.connect(partial(self._show_count, at, child.title))
        return grid

    def _show_count(self, at: int, title: str, count: int) -> None:
        self.tabs.setTabText(at, f"{_(title)} ({count})" if count else _(title))

    def _about(self, model: Record) -> list[str]:
        registrations = self.services.book.find("registration", {"model": model.id}, "-year", 1)
        parts = [str(model["code"] or "")]
        for latest in registrations:
            parts += [
                showing.show_value("registration", name, latest[name], self.services.names)
                for name in ("unit", "field", "year", "status")
            ]
        return [part for part in parts if part]

    def _defaults(self, child: Child) -> dict[str, Value]:
        """A new registration starts from the last one, a year later; nothing else is guessed."""
        if child.name != "registrations":
            return {}
        year = self.services.book.now().year
        last = self.services.book.find("registration", {"model": self._open_id}, "-year", 1)
        if not last:
            return {"year": year, "line": "territorial", "status": "registered"}
        kept = ("field", "subject_type", "registrant", "unit", "level", "line")
        values = {name: last[0][name] for name in kept}
        return {**values, "year": max(year, int(last[0]["year"] or 0) + 1), "kind": "maintained"}

    # -- what the clerk does

    def _on_edited(self, name: str, value: Value) -> None:
        model = self._model
        if model is None:
            return
        title = " – ".join((showing.label("model", name), model.title))

        def write(w: Writing) -> None:
            w.change("model", model.id, {name: value})

        self.services.saving.write(write, types=("model",), title=title)

    def _edit(self) -> None:
        if self.tabs.currentIndex() == 0:
            self.form.focus("title")
        else:
            grid = self._grid()
            if grid is not None:
                here = grid.view.currentIndex()
                grid.view.edit_cell(max(here.row(), 0), max(here.column(), 0))

    def _grid(self) -> ChildGrid | None:
        here = self.tabs.currentWidget()
        return here if isinstance(here, ChildGrid) else None

    def _in_grid(self, command: Command) -> None:
        here = self.tabs.currentWidget()
        if isinstance(here, ChildGrid | ModelPhotos):
            here.commands()[command]()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()) and self.replica is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = files_of(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.tabs.setCurrentWidget(self.photos)
            self.photos.add_files(files)

    def _show_history(self) -> None:
        self.tabs.setCurrentWidget(self.history)

    def _on_tab_changed(self, _at: int) -> None:
        self.flush()
        if self.tabs.currentWidget() is self.history and self._open_id:
            self.history.show_record(self._open_id)

    def start_copy(self) -> None:
        """The form of a copy of this model for another unit, in place of the tabs."""
        if self._model is None or self.replica is not None:
            return
        self.replica = ReplicaForm(self.services, self._model)
        self.replica.made.connect(self._on_copied)
        self.replica.given_up.connect(self._end_copy)
        self.tabs.hide()
        self._copying.renew().addWidget(self.replica)
        self._copying.show()
        self.replica.form.focus("title")

    def _on_copied(self, record: str) -> None:
        self._end_copy()
        self.services.go("model", record)

    def _end_copy(self) -> None:
        if self.replica is not None:
            self._copying.hide()
            self._copying.takeWidget().deleteLater()  # not at once: its own button may be what was clicked
            self.replica = None
            self.tabs.show()

    def _go_back(self) -> None:
        self._model, self._open_id = None, ""
        self.services.go("models", None)

    def delete(self) -> None:
        """The model and all its parts into the bin, with a way back."""
        model = self._model
        if model is None:
            return
        text = _("“{title}” was deleted.").format(title=model.title)
        undo = self.services.saving.undo

        def remove(w: Writing) -> str:
            w.remove("model", model.id)
            return w.batch.id

        def offer(batch: str) -> None:
            self.services.tell(Notice(text, Tone.PLAIN, action=_("Undo"), do=lambda: undo(batch)))

        self.services.saving.write(remove, types=self.types, act="bin", title=text, done=offer)
        self._go_back()
