"""The list of models: any size, found by words, filtered by year, field, level, status and unit."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget

from db.reading import Reading
from db.records import RECORD_TYPES
from db.store import Record
from desktop.actions import Command, Handlers, words
from desktop.screens import showing
from desktop.screens.arrangement import in_list, is_usual
from desktop.screens.filters import FilterBar
from desktop.screens.list_export import ListExport
from desktop.screens.lists import Heading, RecordList, whole
from desktop.screens.maintain import MaintainForm
from desktop.screens.model_card import ModelCard
from desktop.screens.new_model import NewModelForm
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import look
from desktop.widgets.empty import EmptyState
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.paged_table import Column, PagedModel, Row, Value
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table_view import TableView
from resources import N_, _, ngettext

_CARD_FROM = 960
_OF_MODEL, _OF_REGISTRATION = in_list("model"), in_list("registration")
_WIDTHS = {
    ("model", "title"): 0,
    ("model", "person_in_charge"): 17,
    ("registration", "year"): 4,
    ("registration", "field"): 15,
    ("registration", "unit"): 15,
    ("registration", "level"): 10,
    ("registration", "status"): 14,
}
_ROOM = {"person_in_charge": 1240, "level": 1240, "unit": 640}
_ROOM_FOR_MORE = 1240
_LEAST = tuple(
    _ROOM.get(name, 0) if is_usual(type_name, name) else _ROOM_FOR_MORE
    for type_name, names in (("model", _OF_MODEL), ("registration", _OF_REGISTRATION))
    for name in names
)
"""How wide the screen must be for each column."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows: words to find, registrations to have, how sorted."""

    text: str = ""
    where: tuple[tuple[str, Value], ...] = ()
    order: str = "code"


def numbers_of(asked: Asked, step: Step) -> array[int]:
    """Row numbers of the models asked for, in order. Runs in the reader's worker."""
    book = step.book
    numbers = book.row_numbers("model", order=asked.order, text=asked.text)
    where = dict(asked.where)
    if not where:
        return numbers
    step.check()
    wanted = {model for (model,) in book.rows("registration", ("model",), where)}
    rows = {row for row, record in book.rows("model", ("row", "id")) if record in wanted}
    return array("q", (row for row in numbers if row in rows))


def page_of(book: Reading, where: Mapping[str, Value], numbers: Sequence[int]) -> list[Row | None]:
    """Rows of the list: the model, its registration of the asked year (else its latest), its id."""
    models = book.by_row_number("model", (*_OF_MODEL, "id"), numbers)
    ids = [str(row[-1]) for row in models.values()]
    asked = {"model": ids, **({"year": where["year"]} if where.get("year") else {})}
    registered = book.rows("registration", ("model", *_OF_REGISTRATION), asked)
    latest = {row[0]: row[1:] for row in sorted(registered, key=lambda row: row[1] or 0)}
    nothing = (None,) * len(_OF_REGISTRATION)
    return [
        (*row[:-1], *latest.get(row[-1], nothing), row[-1]) if row else None
        for row in (models.get(number) for number in numbers)
    ]


def records_page(
    where: Mapping[str, Value], book: Reading, numbers: Sequence[int]
) -> list[dict[str, Record] | None]:
    """The same rows as records: the model, and its registration where it has one."""
    models = whole(book, "model", numbers)
    year = {"year": where["year"]} if where.get("year") else {}
    registered = book.find("registration", {"model": [one.id for one in models.values()], **year})
    latest = {one["model"]: one for one in sorted(registered, key=lambda one: int(one["year"] or 0))}
    return [
        {"model": model, **({"registration": latest[model.id]} if model.id in latest else {})}
        if model
        else None
        for model in (models.get(number) for number in numbers)
    ]


class ModelsScreen(Screen):
    """Opened on nothing, on {filter: value} to show just those, or on {"maintain": year}."""

    types = ("model", "registration", "org_unit")
    help_text = N_("Type a few letters to find a model, Enter opens it, Ctrl+N adds one.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._asked = Asked()
        self.search = SearchBox(_("In this list (F3)"))
        new = button(words(Command.NEW, _("Add model")), self.add_model, icon_name="plus", kind="primary")
        maintain = button(_("Maintain last year's"), self.maintain, icon_name="refresh-cw")
        self.list_export = ListExport(services, self, self._as_list)
        out = button(_("List to Excel"), self.list_export.choose, icon_name="download")
        self.header = Header(_("Models"), out, maintain, new, search=self.finder)
        self.maintaining = MaintainForm(services)
        self.maintaining.given_up.connect(self._leave_form)
        self.maintaining.made.connect(self._leave_form)
        self.filters = FilterBar(services, self.search)
        self.model = PagedModel(self._columns())
        self.view = TableView(_("Models"))
        self.view.show_model(self.model, sort="code")
        self.card = ModelCard(services)
        self._lay_out()
        self.search.asked.connect(self._on_search_asked)
        self.search.left_down.connect(self.view.setFocus)
        self.filters.changed.connect(self._on_filters_changed)
        self.view.opened.connect(self.open_row)
        self.view.sort_asked.connect(self._on_sort_asked)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def open(self, what: object) -> None:
        """Show the models that meet these filters."""
        if isinstance(what, dict) and "maintain" in what:
            self.maintain(int(what["maintain"]))
        elif isinstance(what, dict):
            self.search.clear()
            self.filters.set_values(what)

    def reload(self) -> None:
        """Ask for the list anew; it is made in the worker."""
        self.filters.reload()
        asked = self._asked
        self.services.tasks.run(lambda step: (asked, numbers_of(asked, step)), done=self._show)

    def commands(self) -> Handlers:
        """Keys of the list."""
        return {
            Command.FILTER: self._find,
            Command.NEW: self.add_model,
            Command.EDIT: self._open_chosen,
            Command.HISTORY: self.show_history,
        }

    def add_model(self) -> None:
        """The form for a new model, in place of the list."""
        form = NewModelForm(self.services, dict(self._asked.where))
        form.made.connect(self._on_made)
        form.given_up.connect(self._leave_form)
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)
        form.focus()

    def maintain(self, year: int | None = None) -> None:
        """Last year's registrations to be maintained, in place of the list."""
        self._leave_form()
        self._pages.setCurrentWidget(self.maintaining)
        self.filters.hide()
        self.maintaining.show_year(year)
        self.maintaining.table.setFocus()

    def open_row(self, row: int) -> None:
        """The page of the model in this row."""
        record = self._record(row)
        if record:
            self.services.go("model", record)

    def form_in_front(self) -> NewModelForm | None:
        """The form of a new model, while there is one."""
        form = self._pages.currentWidget()
        return form if isinstance(form, NewModelForm) else None

    def is_empty(self) -> bool:
        """Whether there is nothing to show, and the screen says why."""
        return self._list.currentWidget() is self.empty

    # -- parts

    def _columns(self) -> list[Column]:
        of_model = [self._column("model", name) for name in _OF_MODEL]
        return [*of_model, *(self._column("registration", name) for name in _OF_REGISTRATION)]

    def _column(self, type_name: str, name: str) -> Column:
        column = showing.column(type_name, name, self.services.names, _WIDTHS.get((type_name, name)))
        is_sorted = type_name == "model" and RECORD_TYPES[type_name].by_name[name].sort is not None
        return replace(column, sortable=is_sorted)

    def _lay_out(self) -> None:
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.view)
        self._split.addWidget(self.card)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 1)
        first = button(words(Command.NEW, _("Add model")), self.add_model, icon_name="plus", kind="primary")
        bring = button(_("Bring in an Excel list"), self._go_import, icon_name="file-spreadsheet")
        self.empty = EmptyState("file-text", _("No models yet"), "", first, bring)
        self._list = QStackedWidget()
        self._list.addWidget(self._split)
        self._list.addWidget(self.empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self.maintaining)
        for part in (self.header, self.filters):
            self.box.addWidget(part)
        self.box.addWidget(self._pages, 1)

    def take_focus(self) -> None:
        """Ready for the arrow keys in the list."""
        self.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        form = self.form_in_front()
        if form is not None and not form.is_begun:
            self._leave_form()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(_CARD_FROM)
        self.card.setVisible(wide)
        for place, least in enumerate(_LEAST):
            self.view.setColumnHidden(place, self.width() < look().px(least))
        self.view.fit_columns()

    def _show(self, found: tuple[Asked, array[int]]) -> None:
        asked, numbers = found
        if asked != self._asked:
            return
        book, where, kept = (
            self.services.book,
            dict(asked.where),
            self._record(self.view.currentIndex().row()),
        )
        if numbers == self.model.ids:
            self.model.refresh()
        else:
            self.model.show(numbers, lambda wanted: page_of(book, where, wanted))
            self._choose_again(kept)
        self.header.count(
            ngettext("{n} model", "{n} models", len(numbers)).format(n=showing.shown_count(len(numbers)))
        )
        self._show_emptiness(asked, bool(numbers))
        self._on_row_changed()

    def _choose_again(self, record: str) -> None:
        rows = range(min(len(self.model.ids), 200))
        same = next((row for row in rows if record and self._record(row) == record), 0)
        self.view.selectRow(same)

    def _show_emptiness(self, asked: Asked, found: bool) -> None:
        if not found:
            if asked.text or asked.where:
                self.empty.say(_("Nothing fits"), _("Try fewer words or another filter."))
            else:
                self.empty.say(_("No models yet"), _("Add the first one, or bring in an Excel list."))
        self._list.setCurrentWidget(self._split if found else self.empty)

    def _record(self, row: int) -> str:
        if not 0 <= row < len(self.model.ids):
            return ""
        values = self.model.values(row)
        return str(values[-1]) if values else ""

    def _as_list(self) -> RecordList:
        """What the list shows, for those who write it to a file."""
        fields = [("model", name) for name in _OF_MODEL] + [
            ("registration", name) for name in _OF_REGISTRATION
        ]
        headings = (Heading(showing.label(*field), *field) for field in fields)
        page = partial(records_page, dict(self._asked.where))
        return RecordList(self.header.title(), tuple(headings), self.model.ids[:], page)

    # -- what the clerk does

    def _find(self) -> None:
        self._leave_form()
        self.search.setFocus()
        self.search.selectAll()

    def _on_search_asked(self, text: str) -> None:
        self._asked = replace(self._asked, text=text)
        self.reload()

    def _on_filters_changed(self) -> None:
        self._asked = replace(self._asked, where=tuple(self.filters.values().items()))
        self.reload()

    def _on_sort_asked(self, name: str, descending: bool) -> None:
        self._asked = replace(self._asked, order=f"-{name}" if descending else name)
        self.reload()

    def _on_row_changed(self, *_indexes: QModelIndex) -> None:
        if self.card.isVisible():
            self.card.show_model(self._record(self.view.currentIndex().row()))

    def _open_chosen(self) -> None:
        self.open_row(self.view.currentIndex().row())

    def show_history(self) -> None:
        """The history of the chosen model."""
        record = self._record(self.view.currentIndex().row())
        if record:
            self.services.go("model", (record, "history"))

    def _go_import(self) -> None:
        self.services.go("import", None)

    def _on_made(self, record: str) -> None:
        self._leave_form()
        self.services.go("model", record)

    def _leave_form(self) -> None:
        form = self.form_in_front()
        if form is not None:
            self._pages.removeWidget(form)
            form.deleteLater()
        self._pages.setCurrentWidget(self._list)
        self.filters.show()
