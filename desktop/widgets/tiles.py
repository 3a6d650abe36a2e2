"""A big thing to click: a figure that opens its records, or a choice with a sentence under it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import COLOURS, look, pixmap
from desktop.widgets.labels import label, row, space


class Tile(QPushButton):
    """A card that is a button: icon and caption above, then a big text, then a quiet line."""

    def __init__(self, caption: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tile")
        self.setAutoDefault(False)
        self.setAccessibleName(caption)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._caption = label(caption, "quiet", wrap=True)
        self._big = label("", "number")
        self._small = label("", "small", wrap=True)
        self._box = box = QVBoxLayout(self)
        space(box, (16, 12, 16, 12), 4)
        head = row(*([self._icon(icon_name)] if icon_name else []), self._caption)
        head.setStretchFactor(self._caption, 1)
        box.addLayout(head)
        box.addWidget(self._big)
        box.addWidget(self._small)
        box.addStretch(1)
        for part in (self._caption, self._big, self._small):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, big: str, small: str = "") -> None:
        """The figure and the line under it. Without a figure the caption is what one reads first."""
        self._caption.setProperty("kind", "quiet" if big else "section")
        self._caption.style().unpolish(self._caption)
        self._caption.style().polish(self._caption)
        self._big.setText(big)
        self._big.setVisible(bool(big))
        self._small.setText(small)
        self._small.setVisible(bool(small))
        self.setAccessibleName(f"{self._caption.text()}: {big}" if big else self._caption.text())
        self.setAccessibleDescription(small)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._box.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._box.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._box.heightForWidth(width)

    @staticmethod
    def _icon(name: str) -> QLabel:
        made = QLabel()
        made.setPixmap(pixmap(name, COLOURS.accent, look().px(18), 2.0))
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made
