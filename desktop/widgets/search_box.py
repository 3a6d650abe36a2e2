"""One search box: waits for a pause in typing and leaves half-composed Vietnamese letters alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.theme import COLOURS, icon, look
from desktop.widgets.field import plain

PAUSE_MS = 150


class SearchBox(QLineEdit):
    """``asked(text)`` after a pause, at once on Enter or when emptied; ``left_down()`` on the down key."""

    asked = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setProperty("kind", "search")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(look().px(120))
        self.addAction(icon("search", COLOURS.faint, 16), QLineEdit.ActionPosition.LeadingPosition)
        self._last = ""
        self._composing = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.textChanged.connect(self._on_changed)

    def words(self) -> str:
        """What is asked for, in NFC without space around it."""
        return str(plain(self.text()) or "")

    def ask(self) -> None:
        """Ask now, unless that was asked already."""
        self._pause.stop()
        if self.words() != self._last:
            self._last = self.words()
            self.asked.emit(self._last)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self._pause.stop()
        elif self.words() != self._last:  # a word begun and given up changes nothing that is told as a change
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask()
        elif event.key() == Qt.Key.Key_Down:
            self.ask()
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_changed(self, text: str) -> None:
        if self._composing:
            return
        if text:
            self._pause.start()
        else:
            self.ask()
