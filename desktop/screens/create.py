"""The form for a new book: whose it is, where it lies, and its password twice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from db import NewUnit
from db.choices import choices
from db.choices import label as choice_label
from db.vietnamese import nfc, slug
from desktop.screens.unlock import PasswordField
from desktop.theme import look
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import button, label, pane, row, space
from resources import _

BOOK_ENDING = ".danvan"
_LEAST = 8


@dataclass(frozen=True, slots=True)
class NewBook:
    """What a new book is made of."""

    path: Path
    password: str
    unit: NewUnit


def _specs() -> list[FieldSpec]:
    kinds = [(choice.code, choice_label("unit_kind", choice.code)) for choice in choices("unit_kind")]
    return [
        FieldSpec("name", _("Name of the office"), parse=nfc_or_none, required=True, wide=True),
        FieldSpec("code", _("Unit code"), parse=nfc_or_none, required=True),
        FieldSpec("kind", _("Kind of unit"), Kind.CHOICE, choices=kinds, required=True),
    ]


def nfc_or_none(text: str) -> str | None:
    """Clean text, nothing typed is unstated."""
    return nfc(text) or None


class CreateForm(QWidget):
    """Signals: ``asked(NewBook)``, ``back``."""

    asked = Signal(object)
    back = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._folder = folder
        self.form = RecordForm(_specs())
        self.first = PasswordField(_("Password"))
        self.second = PasswordField(_("Password once more"))
        self._where = label("", "small", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._make = button(_("Make the book"), self.ask, icon_name="check", kind="primary")
        self._lay_out()
        self.form.edited.connect(self._show_where)
        self.form.ended.connect(self.first.setFocus)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.ask)
        self._show_where()

    def path(self) -> Path:
        """Where the book will be: a readable file name without accents in the chosen folder."""
        field = self.form.boxes["name"].field.held
        name = slug(str(field.value or _("book")))
        return self._folder / f"{name}{BOOK_ENDING}"

    def wait(self, waiting: bool) -> None:
        """While the book is being made nothing can be asked twice."""
        self._make.setEnabled(not waiting)
        self._make.setText(_("Making the book…") if waiting else _("Make the book"))

    def refuse(self, sentence: str) -> None:
        """It was not made; why."""
        self.wait(False)
        self._problem.setText(sentence)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        space(box, between=8)
        box.addWidget(label(_("A new book"), "heading"))
        box.addWidget(self.form)
        box.addLayout(
            row(
                self._captioned(_("Password"), self.first),
                self._captioned(_("Password once more"), self.second),
                between=16,
            )
        )
        box.addWidget(
            label(
                _(
                    "At least 8 characters. Nobody can open the book without it or the recovery "
                    "sheet that is printed next."
                ),
                "small",
                wrap=True,
            )
        )
        folder = button(_("Another folder…"), self._choose_folder, kind="link")
        box.addLayout(row(self._where, folder))
        self._where.setMinimumWidth(look().px(280))
        box.addWidget(self._problem)
        box.addLayout(row(button(_("Back"), self.back.emit, icon_name="arrow-left"), 1, self._make))

    @staticmethod
    def _captioned(text: str, field: PasswordField) -> QWidget:
        made = pane()
        caption = label(text + " *", "small")
        caption.setBuddy(field)
        box = QVBoxLayout(made)
        space(box, between=4)
        box.addWidget(caption)
        box.addWidget(field)
        return made

    def _show_where(self) -> None:
        self._where.setText(_("Will be kept at {path}").format(path=self.path()))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the book"), str(self._folder))
        if folder:
            self.choose(Path(folder))

    def choose(self, folder: Path) -> None:
        """Keep the book in this folder."""
        self._folder = folder
        self._show_where()

    def said(self) -> str:
        """Why it was not made."""
        return self._problem.text()

    def ask(self) -> None:
        """Make the book, if everything is there."""
        values = self.form.values()
        if values is None:
            return
        if len(self.first.text()) < _LEAST:
            too_short = _("The password is too short: it needs at least {least} characters.")
            self.refuse(too_short.format(least=_LEAST))
        elif self.first.text() != self.second.text():
            self.refuse(_("The two passwords are not the same. Please type them again."))
        else:
            self._problem.clear()
            self.wait(True)
            unit = NewUnit(str(values["code"]), str(values["name"]), str(values["kind"]))
            self.asked.emit(NewBook(self.path(), self.first.text(), unit))
