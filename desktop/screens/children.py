"""A table of a model's page: typed in, saved row by row, with buttons for what can be done to its rows."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import Command, Handlers, words
from desktop.screens import showing
from desktop.screens.child_tables import Child
from desktop.screens.list_export import ListExport
from desktop.screens.lists import Heading, RecordList
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.grid_model import NEW_ROW, GridModel
from desktop.widgets.grid_view import GridView
from desktop.widgets.labels import button, label, row, space
from desktop.widgets.paged_table import Column, PagedModel, Value
from resources import _, ngettext

if TYPE_CHECKING:
    from db.writing import Writing

__all__ = ["Child", "ChildGrid"]

ROW_PAUSE_MS = 2500


class ChildGrid(QWidget):
    """One table with its buttons and totals. ``counted(n)`` when the number of rows is known."""

    counted = Signal(int)

    def __init__(self, services: Services, child: Child, defaults: Callable[[], dict[str, Value]]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.services = services
        self.child = child
        self.panel: QWidget | None = None
        self._defaults = defaults
        self._owner = ""
        self._adding = False
        self._one_more = False
        self._stale = False
        self.model = GridModel(self._columns(), self._specs())
        self.view = GridView(_(child.title))
        self.list_export = ListExport(services, self, self._as_list)
        self.view.show_model(self.model)
        self._sums = label("", "section")
        self._pause = QTimer(self, singleShot=True, interval=ROW_PAUSE_MS)
        self._lay_out()
        self._connect()

    def show_owner(self, owner: str) -> None:
        """The rows of this model; those of another one are saved first."""
        if owner != self._owner:
            self.flush()
            self._owner = owner
            self._show(self.child.rows.numbers(self.services.book, owner))
        self.reload()

    def reload(self) -> None:
        """Read the rows anew; the place in the table and whatever is being typed stay."""
        if not self._owner:
            return
        numbers = self.child.rows.numbers(self.services.book, self._owner)
        self._stale = numbers != self.model.ids and self.view.typing()
        if numbers == self.model.ids:
            self.model.refresh()
        elif not self._stale:
            self._show(numbers)
        self.counted.emit(len(numbers))
        self._show_totals()

    def _show(self, numbers: array[int]) -> None:
        book, rows, here = self.services.book, self.child.rows, self.view.currentIndex()
        place = (here.row(), here.column())
        self.model.show(numbers, lambda wanted: rows.fetch(book, wanted))
        self.view.setCurrentIndex(self.model.index(*place))

    def commands(self) -> Handlers:
        """F5, F6 and Ctrl+D work in the table."""
        return {
            Command.ADD_ROW: self.add_row,
            Command.DELETE: self.delete_rows,
            Command.COPY_ABOVE: self.view.copy_from_above,
        }

    def add_row(self) -> None:
        """A new row, ready to type in."""
        self._save_row()
        self._one_more = self._adding
        if not self._adding:
            self.view.edit_cell(self.model.start_row(self._defaults()))

    def chosen_records(self) -> list[str]:
        """Ids of the chosen rows; a row that is no record yet is none."""
        self._save_row()
        return [self._record(at) for at in self.view.chosen_rows() if self.model.id_at(at) != NEW_ROW]

    def choose(self, record: str) -> None:
        """Choose the row of this record."""
        rows = range(len(self.model.ids))
        at = next((row for row in rows if self._record(row) == record), None)
        if at is not None:
            self.view.selectRow(at)
            self.view.scrollTo(self.model.index(at, 0))

    def show_panel(self, panel: QWidget | None) -> None:
        """A panel between the buttons and the table, in place of the one that was there."""
        if self.panel is not None:
            self.panel.hide()
            self._box.removeWidget(self.panel)
            self.panel.deleteLater()
        self.panel = panel
        if panel is not None:
            self._box.insertWidget(1, panel)

    def show_alone(self, panel: QWidget | None) -> None:
        """A panel in place of the table; None brings the table back."""
        self.show_panel(panel)
        self.view.setVisible(panel is None)
        if panel is not None:
            self._box.setStretchFactor(panel, 1)
            self._box.setAlignment(panel, Qt.AlignmentFlag.AlignTop)

    def delete_rows(self) -> None:
        """The chosen rows into the bin, with a way back."""
        chosen = [at for at in self.view.chosen_rows() if self.model.id_at(at) != NEW_ROW]
        if not chosen:
            self.model.drop_row()
            return
        records = [self._record(at) for at in chosen]
        text = ngettext("{n} row was deleted.", "{n} rows were deleted.", len(records)).format(n=len(records))
        rows = self.child.rows

        def remove(write: Writing) -> str:
            for one in records:
                rows.remove(write, one)
            return write.batch.id

        offer = partial(self._offer_undo, text)
        self.services.saving.write(remove, types=rows.types, act="bin", title=text, done=offer)

    def totals(self) -> str:
        """The totals beside the table."""
        return self._sums.text()

    def flush(self) -> None:
        """Save a row that is being typed, if it has what it needs."""
        self._save_row()

    def _connect(self) -> None:
        self.model.edited.connect(self._on_edited)
        self.model.row_filled.connect(self._on_row_filled)
        self.view.row_wanted.connect(self.add_row)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_left)
        self.view.left_cell.connect(self._on_cell_left)
        self._pause.timeout.connect(self._save_row)

    def _lay_out(self) -> None:
        add = button(words(Command.ADD_ROW), self.add_row, icon_name="plus")
        delete = button(words(Command.DELETE), self.delete_rows, icon_name="trash-2")
        acts = [button(_(act.words), partial(act.run, self), icon_name=act.icon) for act in self.child.acts]
        self._box = QVBoxLayout(self)
        space(self._box, (0, 12, 0, 0), 8)
        out = button("", self.list_export.choose, icon_name="download", tip=_("List to Excel"))
        self._box.addLayout(row(add, delete, *acts, 1, self._sums, out))
        self._box.addWidget(self.view, 1)

    def _as_list(self) -> RecordList:
        rows = self.child.rows
        fields = [(rows.type_of(name), name) for name in rows.fields]
        headings = (Heading(showing.label(*field), *field) for field in fields)
        self._save_row()
        return RecordList(_(self.child.title), tuple(headings), self.model.ids[:], rows.records)

    def _columns(self) -> list[Column]:
        return [self._column(name) for name in self.child.rows.fields]

    def _column(self, name: str) -> Column:
        answers = self.child.answers.get(name)
        names, width = self.services.names, self.child.widths.get(name)
        usual = showing.column(self.child.rows.type_of(name), name, names, width)
        if answers is None:
            return usual
        said = {value: _(said) for value, said, _tone in answers}
        tones = {value: tone for value, _words, tone in answers}
        return replace(usual, show=lambda value: said.get(value, ""), tone=tones.get)

    def _specs(self) -> list[FieldSpec]:
        return [self._spec(name) for name in self.child.rows.fields]

    def _spec(self, name: str) -> FieldSpec:
        answers, names = self.child.answers.get(name), self.services.names
        if answers is None:
            return showing.spec(self.child.rows.type_of(name), name, names)
        choices = [(value, _(said)) for value, said, _tone in answers]
        return showing.spec(
            self.child.rows.type, name, names, kind=Kind.CHOICE, choices=choices, required=True
        )

    def _record(self, at: int) -> str:
        return str(PagedModel.values(self.model, at)[-1])

    def _on_edited(self, rowid: int, name: str, value: Value) -> None:
        at = self.model.row_of(rowid)
        if at is not None:
            self._change(self._record(at), name, value, self._title_at(at))

    def _change(self, record: str, name: str, value: Value, of: str = "") -> None:
        rows = self.child.rows
        title = " – ".join((self.model.specs[name].label, of or _(self.child.title)))

        def write(w: Writing) -> None:
            rows.change(w, record, name, value)

        self.services.saving.write(write, types=rows.types, title=title)

    def _title_at(self, at: int) -> str:
        return str(self.model.index(at, 0).data() or _(self.child.title))

    def _on_row_filled(self, _values: object) -> None:
        self._pause.start()

    def _on_row_left(self, *_indexes: object) -> None:
        if self.view.currentIndex().row() < len(self.model.ids):
            self._save_row()

    def _on_cell_left(self) -> None:
        if self._stale:
            self.reload()

    def _save_row(self) -> None:
        values = self._filled_row()
        if values is None or self._adding:
            return
        self._pause.stop()
        self._adding = True
        owner, rows = self._owner, self.child.rows
        title = " – ".join((_(self.child.title), self._title_at(len(self.model.ids))))
        self.services.saving.write(
            lambda write: rows.add(write, owner, values),
            types=rows.types,
            title=title,
            done=lambda record: self._on_added(record, values),
            failed=self._on_not_added,
        )

    def _filled_row(self) -> dict[str, Value] | None:
        new = self.model.new_row
        if new is None or self.model.problems:
            return None
        missing = [spec for spec in self.model.specs.values() if spec.required and new.get(spec.name) is None]
        return None if missing else dict(new)

    def _on_added(self, record: str, sent: dict[str, Value]) -> None:
        """The row is a record now; cells typed while it was on its way are changes of it."""
        self._adding = False
        late = {n: v for n, v in (self.model.new_row or {}).items() if v != sent.get(n)}
        numbers = self.child.rows.numbers(self.services.book, self._owner)
        if numbers[:-1] == self.model.ids and self.model.new_row is not None:
            self.model.take_in(numbers[-1])
        self.reload()
        for name, value in late.items():
            self._change(record, name, value)
        if self._one_more:
            self._one_more = False
            self.add_row()

    def _on_not_added(self, error: Exception) -> None:
        self._adding = False
        self.services.tasks.fail(error)

    def _offer_undo(self, text: str, batch: str) -> None:
        undo = self.services.saving.undo
        self.services.tell(Notice(text, Tone.PLAIN, action=_("Undo"), do=lambda: undo(batch)))

    def _show_totals(self) -> None:
        child, owner = self.child, self._owner
        if child.totals is None:
            return
        totals = child.totals

        def work(step: Step) -> str:
            where = {child.rows.owner: owner}
            today = step.book.now().date().isoformat()
            return totals(step.book.rows(child.rows.type, child.totals_of, where), today)

        self.services.tasks.run(work, done=self._sums.setText)
