"""A table to choose from: each row has a box to tick; rows that cannot be chosen have none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.paged_table import Column, PagedModel, Row
from desktop.widgets.table_view import TableView

Index = QModelIndex | QPersistentModelIndex


class TickModel(PagedModel):
    """Rows held in memory; the box stands in the first column. ``ticks_changed`` after each change."""

    ticks_changed = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(columns)
        self.ticked: set[int] = set()
        self._open: frozenset[int] = frozenset()

    def offer(self, rows: Sequence[Row], may_be_chosen: Collection[int], ticked: Collection[int]) -> None:
        """Show these rows; those of ``may_be_chosen`` (places) have a box, those of ``ticked`` a tick."""
        self._open = frozenset(may_be_chosen)
        self.ticked = set(ticked) & self._open
        self.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])
        self.ticks_changed.emit()

    def tick_all(self, on: bool) -> None:
        """Every box, or none."""
        self._set(self._open if on else frozenset())

    def toggle(self, rows: Collection[int]) -> None:
        """Tick these rows, or take the ticks away where all of them have one."""
        wanted = self._open & set(rows)
        self._set(self.ticked - wanted if wanted <= self.ticked else self.ticked | wanted)

    def _set(self, ticked: Collection[int]) -> None:
        self.ticked = set(ticked)
        last = len(self.ids) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticks_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if index.column() == 0 and index.row() in self._open:
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.column() == 0:
            if index.row() not in self._open:
                return None
            return Qt.CheckState.Checked if index.row() in self.ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.row() not in self._open:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.ticked = self.ticked | {index.row()} if on else self.ticked - {index.row()}
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True


class TickTable(TableView):
    """Space ticks the chosen rows."""

    def __init__(self, name: str, model: TickModel, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._ticks = model
        model.setParent(self)
        self.show_model(model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.chosen_rows():
            self._ticks.toggle(self.chosen_rows())
        else:
            super().keyPressEvent(event)
