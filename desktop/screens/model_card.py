"""The chosen model beside the list: what it is, how it stands, what belongs to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from db.errors import UnknownRecordError
from db.store import Record
from desktop.actions import Command, words
from desktop.screens import showing
from desktop.screens.child_tables import CHILDREN, Child
from desktop.services import Services
from desktop.theme import Tone, look
from desktop.widgets.flow import FlowGrid
from desktop.widgets.labels import Card, button, label, line, pill, row
from desktop.widgets.scroll import ScrollColumn
from resources import _

_FACTS = ("unit", "field", "level", "registrant")
_TEXTS = ("situation", "goal", "method", "products")


class ModelCard(Card):
    """Nothing can be typed here; the model's own page is for that."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._record, self._title = "", ""
        self.setMinimumWidth(look().px(320))
        self._scroll = ScrollColumn((0, 0, 8, 0), 8)
        self._body = self._scroll.column
        self.box.addWidget(self._scroll, 1)
        history = button(words(Command.HISTORY), partial(self.open_part, "history"), icon_name="history")
        self._edit = button(
            words(Command.EDIT), partial(self.open_part, "headings"), icon_name="pen-line", kind="primary"
        )
        self.box.addLayout(row(history, 1, self._edit))

    def show_model(self, record: str) -> None:
        """This model, or an empty card."""
        self._body = self._scroll.renew()
        self._record, self._title = record, ""
        try:
            found = self._services.book.get("model", record) if record else None
        except UnknownRecordError:
            found = None
        self._edit.setEnabled(found is not None)
        if found is not None:
            self._show(found)

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(500))

    def _show(self, model: Record) -> None:
        book = self._services.book
        self._title = model.title
        registrations = book.find("registration", {"model": model.id}, "-year", 1)
        self._body.addWidget(label(model.title, "heading", wrap=True))
        for registration in registrations:
            self._body.addLayout(self._standing(registration))
            self._body.addLayout(self._facts(model, registration))
        self._body.addWidget(line())
        counts = FlowGrid(least=120, most=2, gaps=(4, 0))
        counts.show_things([self._count(child, model) for child in CHILDREN])
        self._body.addWidget(counts)
        self._body.addWidget(line())
        for name in _TEXTS:
            if model[name]:
                self._body.addWidget(label(showing.label("model", name), "small"))
                self._body.addWidget(label(str(model[name]), wrap=True))

    def _standing(self, registration: Record) -> QVBoxLayout:
        status = registration["status"]
        words_of = showing.show_value("registration", "status", status, self._services.names)
        box = QVBoxLayout()
        tone = showing.status_tone(status) or Tone.PLAIN
        year = label(_("Registered in {year}").format(year=registration["year"]), "quiet")
        box.addLayout(row(pill(words_of or _("No status"), tone), year, 1))
        return box

    def _facts(self, model: Record, registration: Record) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(look().px(16))
        form.setVerticalSpacing(look().px(6))
        form.addRow(label(showing.label("model", "code"), "quiet"), label(str(model["code"] or "")))
        for name in _FACTS:
            value = showing.show_value("registration", name, registration[name], self._services.names)
            if value:
                form.addRow(label(showing.label("registration", name), "quiet"), label(value, wrap=True))
        if model["person_in_charge"]:
            caption_text = showing.label("model", "person_in_charge")
            form.addRow(label(caption_text, "quiet"), label(str(model["person_in_charge"]), wrap=True))
        return form

    def _count(self, child: Child, model: Record) -> QWidget:
        count = self._services.book.count(child.rows.type, {child.rows.owner: model.id})
        return button(f"{_(child.title)} ({count})", partial(self.open_part, child.name), kind="link")

    def shown(self) -> str:
        """The title of the model that is shown."""
        return self._title

    def open_part(self, tab: str) -> None:
        """The page of this model, at one of its parts."""
        if self._record:
            self._services.go("model", (self._record, tab))
