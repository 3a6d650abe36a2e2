"""The panel to sign with a key file: which file, its password asked last and once, never kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.screens.paper_work import SignAsked
from desktop.screens.unlock import PasswordField
from desktop.widgets.labels import Card, button, label, row
from resources import _


class SignPanel(Card):
    """Signals: ``asked(SignAsked)``, ``given_up``."""

    asked = Signal(object)
    given_up = Signal()

    def __init__(self, key_file: str) -> None:
        super().__init__(_("Sign with a key file"))
        self.file = QLineEdit(key_file)
        self.file.setAccessibleName(_("Key file (.p12)"))
        self.file.setPlaceholderText(_("Key file (.p12)"))
        self.password = PasswordField(_("Password of the key file"))
        self._problem = label("", "problem", wrap=True)
        self._sign = button(_("Sign and issue"), self.ask, icon_name="signature", kind="primary")
        choose = button(_("Choose…"), self._choose, icon_name="folder-open")
        caption = label(_("Password of the key file"), "small")
        caption.setBuddy(self.password)
        self.box.addWidget(
            label(_("The paper is signed, checked and entered in the register."), "quiet", wrap=True)
        )
        self.box.addLayout(row(self.file, choose))
        for part in (caption, self.password, self._problem):
            self.box.addWidget(part)
        self.box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1, self._sign))
        self.password.returnPressed.connect(self.ask)

    def start(self) -> None:
        """Ready to type."""
        self.wait(False)
        self._problem.clear()
        (self.password if self.file.text() else self.file).setFocus()

    def wait(self, waiting: bool) -> None:
        """While it is being signed nothing can be asked twice; the password is gone by then."""
        self._sign.setEnabled(not waiting)

    def said(self) -> str:
        """Why it was not signed."""
        return self._problem.text()

    def refuse(self, sentence: str) -> None:
        """It was not signed; why."""
        self.wait(False)
        self._problem.setText(sentence)
        self.password.setFocus()

    def _choose(self) -> None:
        kinds = _("Key files") + " (*.p12 *.pfx)"
        file, _kind = QFileDialog.getOpenFileName(self, _("Choose a key file"), self.file.text(), kinds)
        if file:
            self.file.setText(file)
            self.password.setFocus()

    def ask(self) -> None:
        """Sign, if there is a key file to sign with."""
        if not self.file.text().strip():
            self.refuse(_("Please choose the key file first."))
            return
        self._problem.clear()
        self.wait(True)
        asked = SignAsked(Path(self.file.text().strip()), self.password.text())
        self.password.clear()
        self.asked.emit(asked)
