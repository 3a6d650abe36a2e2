"""The head of a screen: what it is, how many, the search box and the buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import look
from desktop.widgets.labels import ElidedLabel, space
from desktop.widgets.search_box import SearchBox

_ICON_ONLY = 46
_FOR_TITLE, _FOR_SEARCH, _FOR_EXTRA, _GAP = (120, 300), 160, 110, 12


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
        self._title, self._count = ElidedLabel("title"), ElidedLabel("quiet")
        self._title.say(title)
        self._count.hide()
        self.setMinimumHeight(look().px(42))
        self._buttons = buttons
        self._words = {button: button.text() for button in buttons}
        self._wide = {button: button.sizeHint().width() for button in buttons}
        self._kept = (before is not None) * 52 + (search is not None) * _FOR_SEARCH
        self._kept += (extra is not None) * _FOR_EXTRA
        words = QVBoxLayout()
        space(words, between=0)
        words.addWidget(self._title)
        words.addWidget(self._count)
        box = QHBoxLayout(self)
        space(box, between=12)
        if before is not None:
            box.addWidget(before)
        box.addLayout(words, 3)
        if search is not None:
            search.setMaximumWidth(look().px(320))
            box.addWidget(search, 2)
        for part in (extra, *buttons):
            if part is not None:
                box.addWidget(part)

    def say(self, title: str, count: str = "") -> None:
        """The title and the line under it."""
        self._title.say(title)
        self.count(count)
        self._fit()

    def title(self) -> str:
        """What stands in large letters."""
        return self._title.text()

    def count(self, text: str) -> None:
        """The line under the title; without one the title stands in the middle."""
        self._count.say(text)
        self._count.setVisible(bool(text))

    def rename(self, button: QAbstractButton, words: str) -> None:
        """A button does something else from now on."""
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setText(f" {words}")
        self._words[button] = button.text()
        self._wide[button] = button.sizeHint().width()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Words where there is room for them."""
        least, most = (look().px(each) for each in _FOR_TITLE)
        room = self.width() - look().px(self._kept) - len(self._buttons) * look().px(_GAP)
        room -= min(max(self._title.sizeHint().width(), least), most)
        for button in reversed(self._buttons):
            wide = self._wide[button]
            worded = (
                button is self._buttons[-1] or button.icon().isNull() or room >= wide + self._left(button)
            )
            button.setText(self._words[button] if worded else "")
            if not button.toolTip():
                button.setToolTip(self._words[button].strip())
            room -= wide if worded else look().px(_ICON_ONLY)

    def minimumSizeHint(self) -> QSize:
        """Buttons may lose their words, so they do not hold the window wide."""
        return QSize(look().px(480), super().minimumSizeHint().height())

    def _left(self, button: QAbstractButton) -> int:
        """What the buttons before this one need at least."""
        return self._buttons.index(button) * look().px(_ICON_ONLY)
