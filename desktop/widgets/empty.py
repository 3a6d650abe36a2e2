"""What stands where there is nothing yet: why, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import COLOURS, look, pixmap
from desktop.widgets.labels import label, space


class EmptyState(QWidget):
    """An icon, a sentence, advice, and buttons."""

    def __init__(
        self,
        icon_name: str,
        text: str,
        advice: str = "",
        *actions: QPushButton,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = QLabel()
        picture.setPixmap(pixmap(icon_name, COLOURS.field_line, look().px(40), 2.0))
        self._text = label(text, "heading", wrap=True)
        self._advice = label(advice, "quiet", wrap=True)
        box = QVBoxLayout(self)
        space(box, (24, 24, 24, 24), 8)
        box.addStretch(1)
        for part in (picture, self._text, self._advice):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(part)
        for action in actions:
            box.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)

    def say(self, text: str, advice: str = "") -> None:
        """Another reason."""
        self._text.setText(text)
        self._advice.setText(advice)
