"""The recovery sheet: printed once, its last group typed back before real data goes into the book."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.labels import button, label, row, space
from resources import _


class RecoveryStep(QWidget):
    """Signals: ``typed(text)`` when the clerk typed the code back, ``later`` to close the book for now."""

    typed = Signal(str)
    later = Signal()

    def __init__(self, sheet: Path, *, whole: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.sheet = sheet
        self._asks = (
            _("Type the whole code of the sheet")
            if whole
            else _("Type the last group of the code on the sheet")
        )
        self.code = QLineEdit()
        self.code.setAccessibleName(self._asks)
        self.code.setPlaceholderText("XXXX")
        self.printed = QCheckBox(_("It is printed: remove the PDF file from this PC"))
        self._problem = label("", "problem", wrap=True)
        self._lay_out()
        self.code.returnPressed.connect(self._on_typed)
        self.code.textEdited.connect(self._problem.clear)

    def said(self) -> str:
        """What is wrong with what was typed."""
        return self._problem.text()

    def refuse(self) -> None:
        """What was typed is not on the sheet."""
        self._problem.setText(_("This is not what stands on the sheet. Please look again."))
        self.code.selectAll()
        self.code.setFocus()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        space(box, between=8)
        box.addWidget(label(_("Print the recovery sheet"), "heading"))
        box.addWidget(
            label(
                _(
                    "The book is made. If every password is forgotten, only the code on this sheet opens it: "
                    "print it, put it in a sealed envelope and keep it in a safe."
                ),
                wrap=True,
            )
        )
        box.addWidget(label(str(self.sheet), "small", wrap=True))
        box.addLayout(row(button(_("Open the sheet to print it"), self._show, icon_name="printer"), 1))
        caption = label(self._asks, "small")
        caption.setBuddy(self.code)
        for part in (caption, self.code, self._problem, self.printed):
            box.addWidget(part)
        go = button(_("Go to the book"), self._on_typed, icon_name="check", kind="primary")
        box.addLayout(row(button(_("Later"), self.later.emit), 1, go))

    def _show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.sheet)))

    def _on_typed(self) -> None:
        if self.code.text().strip():
            self.typed.emit(self.code.text().strip())
        else:
            self.refuse()
