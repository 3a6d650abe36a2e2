"""Where a model comes from and where it was copied, over generations; and the draft of a new copy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from db.life.lineage import (
    CircularLineageError,
    CodeTakenError,
    Relative,
    Replica,
    copies,
    origins,
    refuse_circle,
    replicate,
    set_origin,
)
from db.store import Record
from desktop.screens import showing
from desktop.screens.new_model import next_code
from desktop.services import Services
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.field import Kind, NotAValueError
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, label, row, space
from desktop.widgets.paged_table import Value
from resources import N_, _

_OF_COPY = ("title", "code", "unit", "year", "registrant")
_SHOWN = 50


class LineageCard(Card):
    """The models above and below one. ``copy_asked`` when the clerk wants another copy."""

    copy_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(_("Where it comes from, where it was copied"))
        self._services = services
        self._model: Record | None = None
        spec = showing.spec(
            "model", "replicated_from", services.names, kind=Kind.TEXT, parse=self._parse,
            show=self._show_code, hint=_("Code of a model in this book"),
        )  # fmt: skip
        self.form = RecordForm([spec])
        self.form.edited.connect(self._on_edited)
        self._said: list[str] = []
        self._list = QVBoxLayout()
        space(self._list, between=2)
        space(self.box, (20, 16, 20, 16), 8)
        self.box.addWidget(self.form)
        self.box.addLayout(self._list)
        self.box.addLayout(
            row(button(_("Copy this model to another unit"), self.copy_asked.emit, icon_name="copy"), 1)
        )

    def show_model(self, model: Record, *, anew: bool) -> None:
        """The lineage of this model."""
        self._model = model
        self.form.show_values({"replicated_from": model["replicated_from"]}, anew=anew)
        _clear(self._list)
        self._said = []
        book = self._services.book
        above = origins(book, model.id)
        for generation, one in enumerate(above, 1):
            words = N_("Copied from: {model}") if generation == 1 else N_("… which was copied from: {model}")
            self._list.addLayout(self._line(one, _(words), generation - 1))
        self._show_copies(copies(book, model.id))

    def words(self) -> list[str]:
        """The lines of the lineage, in order."""
        return self._said

    def flush(self) -> None:
        """Save what is being typed."""
        self.form.flush()

    def _show_copies(self, found: Sequence[Relative]) -> None:
        for one in found[:_SHOWN]:
            words = N_("Copied to: {model}") if one.generation == 1 else N_("… and from there to: {model}")
            self._list.addLayout(self._line(one.model, _(words), one.generation - 1))

    def _line(self, model: Record, words: str, depth: int) -> QLayout:
        unit = self._services.book.find("registration", {"model": model.id}, "-year", 1)
        where = self._services.names.title("org_unit", unit[0]["unit"]) if unit else ""
        named = " – ".join(part for part in (f"{model['code']} {model.title}", where) if part)
        self._said.append(words.format(model=named))
        line = row(button(self._said[-1], partial(self._services.go, "model", model.id), kind="link"), 1)
        line.insertSpacing(0, depth * 20)
        return line

    # -- the code of the model it comes from

    def _show_code(self, value: Value) -> str:
        found = self._services.book.find("model", {"id": str(value)}) if value else []
        return str(found[0]["code"]) if found else str(value or "")

    def _parse(self, text: str) -> Value:
        book, code = self._services.book, text.strip()
        if not code:
            return None
        found = book.find("model", {"code": code})
        if not found:
            raise NotAValueError(_("There is no model with the code {code}.").format(code=code))
        if self._model is not None:
            try:
                refuse_circle(book, self._model.id, found[0].id)
            except CircularLineageError as error:
                raise NotAValueError(error.sentence()) from error
        return found[0].id

    def _on_edited(self, _name: str, value: Value) -> None:
        model = self._model
        if model is None:
            return
        origin = str(value) if value else None
        title = " – ".join((showing.label("model", "replicated_from"), model.title))
        self._services.saving.write(
            lambda write: set_origin(write, model.id, origin), types=("model",), title=title
        )


class ReplicaForm(Card):
    """What the copy has of its own. Signals: ``made(id of the model)``, ``given_up``."""

    made = Signal(str)
    given_up = Signal()

    def __init__(self, services: Services, source: Record) -> None:
        super().__init__(_("Copy “{title}” to another unit").format(title=source.title))
        self._services, self._source = services, source
        names = services.names
        specs = [showing.spec("model", name, names, wide=name == "title") for name in _OF_COPY[:2]]
        specs += [showing.spec("registration", name, names, required=name != "registrant")
                  for name in _OF_COPY[2:]]  # fmt: skip
        self.form = RecordForm(specs)
        book = services.book
        start: dict[str, Value] = {"title": source.title, "code": next_code(book), "year": book.now().year}
        self.form.show_values(dict.fromkeys(_OF_COPY) | start, anew=True)
        self._problem = label("", "problem", wrap=True)
        self._make = button(_("Make the draft"), self.make, icon_name="copy", kind="primary")
        hint = _("Goals, how it is done, forces, resources, products and how it lasts are copied as a draft;"
                 " place, people and dates are left open.")  # fmt: skip
        self.box.addWidget(label(hint, "quiet", wrap=True))
        self.box.addWidget(self.form)
        self.box.addWidget(self._problem)
        self.box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1, self._make))
        self.form.ended.connect(self.make)

    def said(self) -> str:
        """Why it was not made."""
        return self._problem.text()

    def make(self) -> None:
        """Make the draft, if everything is there."""
        values = self.form.values()
        if values is None or not self._make.isEnabled():
            return
        self._make.setEnabled(False)
        self._problem.clear()
        who = str(values["registrant"]) if values["registrant"] else None
        replica = Replica(
            str(values["code"]), str(values["title"]), str(values["unit"]), int(values["year"] or 0), who
        )
        self._services.saving.write(
            lambda write: replicate(write, self._source.id, replica),
            types=("model", "registration"),
            title=_("Copied: {title}").format(title=replica.title),
            done=self._on_made,
            failed=self._on_failed,
        )

    def _on_made(self, model: str) -> None:
        self._services.tell(Notice(_("The draft is ready; it counts when it is registered."), Tone.GOOD))
        self.made.emit(model)

    def _on_failed(self, error: Exception) -> None:
        self._make.setEnabled(True)
        if isinstance(error, CodeTakenError):
            self._problem.setText(error.sentence())
            self.form.focus("code")
        else:
            self._services.tasks.fail(error)


def _clear(box: QLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        inner = item.layout()
        while inner is not None and (part := inner.takeAt(0)) is not None:
            widget: QWidget | None = part.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
