"""The tables of a model's page: members, activities, contributions ... typed in, saved row by row."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import SCALE
from db.numbers import show_number, show_vnd
from desktop.actions import Command, Handlers, words
from desktop.screens import showing
from desktop.screens.rows import Contributions, Members, Rows
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.field import FieldSpec
from desktop.widgets.grid_model import NEW_ROW, GridModel
from desktop.widgets.grid_view import GridView
from desktop.widgets.labels import button, label, row, space
from desktop.widgets.paged_table import Column, PagedModel, Value
from resources import N_, _, ngettext

if TYPE_CHECKING:
    from db.writing import Writing

ROW_PAUSE_MS = 2500
Totals = Callable[[Iterable[tuple[Any, ...]]], str]


@dataclass(frozen=True, slots=True)
class Child:
    """One table of a model's page: its tab, its rows, widths of its columns (0 = takes the rest)."""

    name: str
    title: str
    rows: Rows
    widths: dict[str, int]
    totals_of: tuple[str, ...] = ()
    totals: Totals | None = None


def money_and_work(found: Iterable[tuple[Any, ...]]) -> str:
    """Totals of contributions: money, labour and land apart, converted values never among the money."""
    money = days = land = converted = 0
    for kind, amount, quantity, worth in found:
        money += (amount or 0) if kind in ("cash", "transfer") else 0
        days += (quantity or 0) if kind == "labour_days" else 0
        land += (quantity or 0) if kind == "land" else 0
        converted += worth or 0
    parts = [_("Money: {sum}").format(sum=show_vnd(money))]
    if days:
        parts.append(_("Labour: {days} days").format(days=show_number(days, SCALE)))
    if land:
        parts.append(_("Land: {area} m²").format(area=show_number(land, SCALE)))
    if converted:
        parts.append(_("Goods worth: {sum}").format(sum=show_vnd(converted)))
    return " · ".join(parts)


def people_present(found: Iterable[tuple[Any, ...]]) -> str:
    """Totals of activities."""
    counts = [attendees for (attendees,) in found if attendees is not None]
    if not counts:
        return ""
    return _("Attended in all: {count}").format(count=show_number(sum(counts), 1))


_REGISTRATION = (
    "year",
    "field",
    "subject_type",
    "registrant",
    "unit",
    "level",
    "kind",
    "registered_on",
    "status",
)
_MEMBER = ("full_name", "birth_year", "gender", "role", "address", "phone")
_ACTIVITY = (
    "kind",
    "held_on",
    "place",
    "content",
    "attendees",
    "households_total",
    "households_present",
    "votes_for",
    "votes_against",
)
_CONTRIBUTION = (
    "contributor",
    "contributor_kind",
    "kind",
    "amount_vnd",
    "quantity",
    "measure",
    "item",
    "converted_vnd",
    "given_on",
    "receipt_no",
)
_RECOGNITION = (
    "recipient",
    "recipient_type",
    "form",
    "level",
    "body",
    "status",
    "decision_no",
    "decided_on",
    "occasion",
)

CHILDREN = (
    Child("registrations", N_("Registrations"), Rows("registration", _REGISTRATION), {"registrant": 0}),
    Child("members", N_("Members"), Members("model_member", _MEMBER), {"full_name": 22, "address": 0}),
    Child(
        "activities",
        N_("Activities"),
        Rows("activity", _ACTIVITY),
        {"content": 0, "place": 20},
        ("attendees",),
        people_present,
    ),
    Child(
        "contributions",
        N_("Contributions"),
        Contributions("contribution", _CONTRIBUTION),
        {
            "contributor": 0,
            "contributor_kind": 12,
            "kind": 12,
            "amount_vnd": 11,
            "quantity": 7,
            "measure": 9,
            "item": 11,
            "converted_vnd": 11,
            "receipt_no": 9,
        },
        ("kind", "amount_vnd", "quantity", "converted_vnd"),
        money_and_work,
    ),
    Child(
        "results",
        N_("Results"),
        Rows("output_measure", ("name", "quantity", "measure", "measured_on")),
        {"name": 0, "measure": 14},
    ),
    Child(
        "recognitions",
        N_("Recognitions"),
        Rows("recognition", _RECOGNITION),
        {"recipient": 0, "body": 18, "occasion": 14},
    ),
    Child(
        "supervisions",
        N_("Supervision"),
        Rows("supervision", ("checked_on", "body", "finding", "required", "due_on", "closed_on")),
        {"finding": 0, "required": 22},
    ),
)


class ChildGrid(QWidget):
    """One table with its buttons and totals. ``counted(n)`` when the number of rows is known."""

    counted = Signal(int)

    def __init__(self, services: Services, child: Child, defaults: Callable[[], dict[str, Value]]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self.child = child
        self._defaults = defaults
        self._owner = ""
        self._adding = False
        self._one_more = False
        self._stale = False
        self.model = GridModel(self._columns(), self._specs())
        self.view = GridView(_(child.title))
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
            self._show(self.child.rows.numbers(self._services.book, owner))
        self.reload()

    def reload(self) -> None:
        """Read the rows anew; the place in the table and whatever is being typed stay."""
        if not self._owner:
            return
        numbers = self.child.rows.numbers(self._services.book, self._owner)
        self._stale = numbers != self.model.ids and self.view.typing()
        if numbers == self.model.ids:
            self.model.refresh()
        elif not self._stale:
            self._show(numbers)
        self.counted.emit(len(numbers))
        self._show_totals()

    def _show(self, numbers: array[int]) -> None:
        book, rows, here = self._services.book, self.child.rows, self.view.currentIndex()
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
        self._services.saving.write(remove, types=rows.types, act="bin", title=text, done=offer)

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
        box = QVBoxLayout(self)
        space(box, (0, 12, 0, 0), 8)
        box.addLayout(row(add, delete, 1, self._sums))
        box.addWidget(self.view, 1)

    def _columns(self) -> list[Column]:
        rows, names = self.child.rows, self._services.names
        return [
            showing.column(_type_of(rows, name), name, names, self.child.widths.get(name))
            for name in rows.fields
        ]

    def _specs(self) -> list[FieldSpec]:
        rows, names = self.child.rows, self._services.names
        return [showing.spec(_type_of(rows, name), name, names) for name in rows.fields]

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

        self._services.saving.write(write, types=rows.types, title=title)

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
        self._services.saving.write(
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
        numbers = self.child.rows.numbers(self._services.book, self._owner)
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
        self._services.tasks.fail(error)

    def _offer_undo(self, text: str, batch: str) -> None:
        undo = self._services.saving.undo
        self._services.tell(Notice(text, Tone.PLAIN, action=_("Undo"), do=lambda: undo(batch)))

    def _show_totals(self) -> None:
        child, owner = self.child, self._owner
        if child.totals is None:
            return
        totals = child.totals

        def work(step: Step) -> str:
            where = {child.rows.owner: owner}
            return totals(step.book.rows(child.rows.type, child.totals_of, where))

        self._services.tasks.run(work, done=self._sums.setText)


def _type_of(rows: Rows, name: str) -> str:
    person = isinstance(rows, Members) and name != "role"
    return "person" if person else rows.type
