"""A few numbers as bars: words, a bar, the number; each row a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from desktop.theme import COLOURS, look
from desktop.widgets.labels import space


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. ``share`` of the longest bar, 0 to 1; ``text`` is the number as it is shown."""

    key: str
    caption: str
    text: str
    share: float


class BarRow(QAbstractButton):
    """Paints one row; clicking it opens what is behind the number."""

    def __init__(self, bar: Bar) -> None:
        super().__init__()
        self.bar = bar
        self.setAccessibleName(f"{bar.caption}: {bar.text}")
        self.setToolTip(bar.caption)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(look().px(280), self.fontMetrics().height() * 2 + look().px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = QPainter(self), look().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(COLOURS.head))
            painter.drawRoundedRect(self.rect(), px(4), px(4))
        words = self.rect().adjusted(px(6), px(2), -px(6), -px(12))
        number = self.fontMetrics().horizontalAdvance(self.bar.text) + px(8)
        caption = self.fontMetrics().elidedText(
            self.bar.caption, Qt.TextElideMode.ElideRight, words.width() - number
        )
        painter.setPen(QColor(COLOURS.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, caption)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.bar.text)
        track = QRectF(words.left(), self.height() - px(10), words.width(), px(5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS.head))
        painter.drawRoundedRect(track, px(2), px(2))
        painter.setBrush(QColor(COLOURS.accent))
        track.setWidth(track.width() * min(max(self.bar.share, 0.0), 1.0))
        painter.drawRoundedRect(track, px(2), px(2))


class BarList(QWidget):
    """``opened(key)`` when a row was clicked."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._box = QVBoxLayout(self)
        space(self._box, between=4)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """These rows in place of those that were there."""
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for bar in bars:
            made = BarRow(bar)
            made.clicked.connect(lambda _checked=False, key=bar.key: self.opened.emit(key))
            self._box.addWidget(made)
