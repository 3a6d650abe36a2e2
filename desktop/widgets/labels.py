"""Words on the screen in the few sizes there are, buttons with icon and key, and the plain card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from desktop.theme import COLOURS, Tone, icon, look


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """Words. ``kind``: title, heading, section, quiet, small, number, problem, brand or plain."""
    made = QLabel(text)
    made.setProperty("kind", kind)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def pill(text: str, tone: Tone) -> QLabel:
    """A status: a word in its colour."""
    made = label(text)
    made.setProperty("tone", tone.value)
    made.setSizePolicy(made.sizePolicy().Policy.Maximum, made.sizePolicy().Policy.Maximum)
    return made


def button(
    text: str,
    on_click: Callable[[], object],
    *,
    icon_name: str = "",
    kind: str = "",
    tip: str = "",
) -> QPushButton:
    """A button. ``kind``: primary, quiet, link or plain. Without words it needs a ``tip``, its name."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text.replace("&", "") or tip)
    made.setToolTip(tip)
    if icon_name:
        colour = {"primary": COLOURS.surface, "link": COLOURS.accent}.get(kind, COLOURS.text)
        made.setText(f" {text}" if text else "")  # Qt leaves no room between icon and words
        made.setIcon(icon(icon_name, colour))
        made.setIconSize(QSize(look().px(18), look().px(18)))
    made.setAutoDefault(False)
    made.clicked.connect(lambda: on_click())
    return made


def pane() -> QWidget:
    """A part of a page that lets the ground show through."""
    made = QWidget()
    made.setProperty("kind", "clear")
    return made


def line() -> QFrame:
    """A thin line between two parts."""
    made = QFrame()
    made.setProperty("kind", "line")
    return made


def space(layout: QLayout, margins: tuple[int, int, int, int] = (0, 0, 0, 0), between: int = 8) -> None:
    """Margins (left, top, right, bottom) and gaps in design pixels, at the scale in force."""
    px = look().px
    left, top, right, bottom = (px(m) if m else 0 for m in margins)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(px(between) if between else 0)


def row(*parts: QWidget | int, between: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch of that weight."""
    made = QHBoxLayout()
    space(made, between=between)
    for part in parts:
        if isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
    return made


class ElidedLabel(QLabel):
    """One line that is cut with an ellipsis where there is no room for it. ``kind`` as for ``label``."""

    def __init__(self, kind: str = "") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, text: str) -> None:
        """These words; all of them as tool tip."""
        self.setToolTip(text)
        self.setText(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class Card(QFrame):
    """A white surface with a thin border; put things in ``box``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.box = QVBoxLayout(self)
        space(self.box, (16, 16, 16, 16), 8)
        if title:
            self.box.addWidget(label(title, "heading", wrap=True))
