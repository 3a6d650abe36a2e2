"""The form for a new model and its first registration: what the registration cannot be without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.reading import Reading
from db.records import RECORD_TYPES
from desktop.screens import showing
from desktop.screens.arrangement import typed
from desktop.services import Services
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, label, row, space
from desktop.widgets.paged_table import Value
from desktop.widgets.scroll import ScrollColumn
from resources import _

if TYPE_CHECKING:
    from db.writing import Writing

_MUST = (name for name in typed("model") if RECORD_TYPES["model"].by_name[name].required)
_OF_MODEL = tuple(dict.fromkeys(("title", *_MUST)))
_OF_REGISTRATION = tuple(name for name in typed("registration") if name != "status")
_LAST_NUMBER = re.compile(r"^(.*?)(\d+)$")


def next_code(book: Reading) -> str:
    """The code after the last one in order (MH0060 -> MH0061), or one to start with."""
    last = book.find("model", order="-code", limit=1)
    found = _LAST_NUMBER.match(str(last[0]["code"] or "")) if last else None
    if found is None:
        return "MH001"
    return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}d}"


class NewModelForm(QWidget):
    """Signals: ``made(id of the model)``, ``given_up``."""

    made = Signal(str)
    given_up = Signal()

    def __init__(self, services: Services, start: Mapping[str, Value]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        names = services.names
        specs = [showing.spec("model", name, names, wide=name == "title") for name in _OF_MODEL]
        specs += [showing.spec("registration", name, names) for name in _OF_REGISTRATION]
        self.form = RecordForm(specs)
        year = services.book.now().year
        usual: dict[str, Value] = {"code": next_code(services.book), "year": year, "kind": "new"}
        usual["unit"] = services.book.own_unit()
        known = {name: value for name, value in start.items() if name in _OF_REGISTRATION}
        self.form.show_values({**usual, **known}, anew=True)
        self._save = button(_("Add"), self.make, icon_name="check", kind="primary")
        self._problem = label("", "problem", wrap=True)
        self._lay_out()
        self.form.ended.connect(self.make)

    @property
    def is_begun(self) -> bool:
        """Whether something was typed that would be lost."""
        return bool(self.form.boxes["title"].field.held.value)

    def focus(self) -> None:
        """Ready to type."""
        self.form.focus("title")

    def _lay_out(self) -> None:
        card = Card(_("A new model"))
        space(card.box, (20, 16, 20, 16), 12)
        card.box.addWidget(self.form)
        card.box.addWidget(self._problem)
        card.box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1, self._save))
        scroll = ScrollColumn((0, 0, 8, 0))
        scroll.column.addWidget(card)
        box = QVBoxLayout(self)
        space(box)
        box.addWidget(scroll)

    def said(self) -> str:
        """Why it was not made."""
        return self._problem.text()

    def make(self) -> None:
        """Make the model, if everything is there."""
        values = self.form.values()
        if values is None or not self._save.isEnabled():
            return
        if self._services.book.count("model", {"code": values["code"]}):
            self._problem.setText(
                _("There is already a model with the code {code}.").format(code=values["code"])
            )
            self.form.focus("code")
            return
        self._save.setEnabled(False)
        self._services.saving.write(
            lambda write: _add(write, values),
            types=("model", "registration"),
            title=_("New model: {title}").format(title=values["title"]),
            done=self.made.emit,
            failed=self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self._services.tasks.fail(error)


def _add(write: Writing, values: Mapping[str, Value]) -> str:
    model = write.add("model", {name: values[name] for name in _OF_MODEL})
    registration = {name: values[name] for name in _OF_REGISTRATION}
    write.add("registration", {"model": model, "line": "territorial", "status": "registered", **registration})
    return model
