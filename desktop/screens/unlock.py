"""The password of a book: typed here, handed on, never kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.theme import icon
from desktop.widgets.labels import button, label, row, space
from resources import _


class PasswordField(QLineEdit):
    """Hidden text with an eye to show it. No typing program interferes with it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._eye = self.addAction(icon("eye", size=16), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setText(_("Show the password"))
        self._eye.setToolTip(_("Show the password"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye)

    def _on_eye(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class UnlockForm(QWidget):
    """Signals: ``asked(path, password)``, ``back``."""

    asked = Signal(Path, str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._book = Path()
        self._title = label("", "heading", wrap=True)
        self._where = label("", "small", wrap=True)
        self.password = PasswordField(_("Password of the book"))
        self._problem = label("", "problem", wrap=True)
        self._open = button(_("Open the book"), self.ask, icon_name="key-round", kind="primary")
        self._lay_out()
        self.password.returnPressed.connect(self.ask)
        self.password.textEdited.connect(self._problem.clear)

    def show_book(self, book: Path) -> None:
        """Ask for this book's password."""
        self._book = book
        self._title.setText(book.stem)
        self._where.setText(str(book.parent))
        self.password.clear()
        self._problem.clear()
        self.wait(False)

    def focus(self) -> None:
        """Ready to type."""
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, waiting: bool) -> None:
        """While the book is being opened nothing can be asked twice."""
        self._open.setEnabled(not waiting)
        self._open.setText(_("Opening…") if waiting else _("Open the book"))
        self.password.setEnabled(not waiting)

    def refuse(self, sentence: str) -> None:
        """It did not open; why, and type again."""
        self.wait(False)
        self._problem.setText(sentence)
        self.password.selectAll()
        self.focus()

    def _lay_out(self) -> None:
        caption = label(_("Password of the book"), "small")
        caption.setBuddy(self.password)
        box = QVBoxLayout(self)
        space(box, between=8)
        for part in (self._title, self._where, caption, self.password, self._problem):
            box.addWidget(part)
        box.addLayout(row(button(_("Back"), self.back.emit, icon_name="arrow-left"), 1, self._open))

    def said(self) -> str:
        """Why it did not open."""
        return self._problem.text()

    def ask(self) -> None:
        """Open the book with what is typed."""
        if self.password.text():
            self.wait(True)
            self.asked.emit(self._book, self.password.text())
        else:
            self.refuse(_("Please type the password."))
