"""Things in as many columns as fit the width there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme import look
from desktop.widgets.labels import space


class FlowGrid(QWidget):
    """Equal columns, each at least ``least`` design pixels wide, ``most`` of them; wide things take a row.

    Without wide things the rows are filled evenly: six in two rows of three, not in five and one.
    """

    def __init__(
        self, least: int = 200, most: int = 6, gaps: tuple[int, int] = (12, 12), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "clear")
        self._least, self._most = least, most
        self._columns = 0
        self._things: list[tuple[QWidget, bool]] = []
        self._grid = QGridLayout(self)
        space(self._grid)
        self._grid.setHorizontalSpacing(look().px(gaps[0]))
        self._grid.setVerticalSpacing(look().px(gaps[1]))

    def show_things(self, things: Sequence[QWidget], wide: Sequence[QWidget] = ()) -> None:
        """Show these in place of those that were there."""
        for old, _wide in self._things:
            self._grid.removeWidget(old)
            if old not in things:
                old.deleteLater()
        self._things = [(thing, thing in wide) for thing in things]
        self._arrange(self._fitting())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._arrange(self._fitting())

    def minimumSizeHint(self) -> QSize:
        least = max((thing.minimumSizeHint().width() for thing, _wide in self._things), default=0)
        return QSize(min(least, look().px(self._least)), super().minimumSizeHint().height())

    def _fitting(self) -> int:
        count = len(self._things) or 1
        room = max(1, min(self.width() // look().px(self._least + 12), self._most, count))
        rows = -(-count // room)
        return -(-count // rows) if not any(wide for _thing, wide in self._things) else room

    def _arrange(self, columns: int) -> None:
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        row = column = 0
        for thing, wide in self._things:
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(thing, row, column, 1, columns if wide else 1)
            column = columns if wide else column + 1
            if column >= columns:
                row, column = row + 1, 0
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
