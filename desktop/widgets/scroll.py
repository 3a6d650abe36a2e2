"""A column of things that scrolls when there is no room; it takes no focus itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.labels import pane, space


class ScrollColumn(QScrollArea):
    """Put things in ``column``; they keep to the top. Only downwards, unless it is ``wide``."""

    def __init__(
        self,
        margins: tuple[int, int, int, int] = (0, 0, 8, 8),
        between: int = 12,
        *,
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._margins, self._between = margins, between
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not wide:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column = self.renew()

    def renew(self) -> QVBoxLayout:
        """An empty column in place of what was there."""
        inner = pane()
        outer = QVBoxLayout(inner)
        space(outer, self._margins, 0)
        self.column = QVBoxLayout()
        space(self.column, between=self._between)
        outer.addLayout(self.column)
        outer.addStretch(1)
        self.setWidget(inner)
        return self.column
