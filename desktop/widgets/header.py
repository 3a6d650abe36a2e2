"""The head of a screen: what it is, how many, the search box and the buttons."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import look
from desktop.widgets.labels import label, space
from desktop.widgets.search_box import SearchBox

_ROOM_FOR_WORDS = 820


class Header(QWidget):
    """Buttons lose their words (not their names) where the width is short; the last one keeps them.

    ``before`` stands left of the title (a way back), ``extra`` before the buttons.
    """

    def __init__(
        self,
        title: str,
        *buttons: QAbstractButton,
        search: SearchBox | None = None,
        before: QWidget | None = None,
        extra: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = label(title, "title")
        self._count = label("", "quiet")
        self._buttons = buttons
        self._words = {button: button.text() for button in buttons}
        words = QVBoxLayout()
        space(words, between=0)
        words.addWidget(self._title)
        words.addWidget(self._count)
        box = QHBoxLayout(self)
        space(box, between=12)
        if before is not None:
            box.addWidget(before)
        box.addLayout(words, 1)
        if search is not None:
            search.setMaximumWidth(look().px(320))
            box.addWidget(search, 2)
        for part in (extra, *buttons):
            if part is not None:
                box.addWidget(part)

    def say(self, title: str, count: str = "") -> None:
        """The title and the line under it."""
        self._title.setText(title)
        self._count.setText(count)

    def count(self, text: str) -> None:
        """The line under the title."""
        self._count.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        short = self.width() < look().px(_ROOM_FOR_WORDS)
        for button in self._buttons[:-1]:
            button.setText("" if short and not button.icon().isNull() else self._words[button])
            if not button.toolTip():
                button.setToolTip(self._words[button].strip())
