"""A table whose cells can be typed in: shown at once, saved by whoever listens, one new row at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop.theme import TONES, Tone
from desktop.widgets.field import FieldSpec
from desktop.widgets.paged_table import VALUE_ROLE, Column, PagedModel, Row, Value

SPEC_ROLE = Qt.ItemDataRole.UserRole + 3
_ROOT = QModelIndex()
NEW_ROW = -1
"""The id of the row that is being added and is not a record yet."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What was typed into a cell and why it is no value."""

    typed: str
    sentence: str


Cell = tuple[int, str]


class GridModel(PagedModel):
    """Cells that can be typed in.

    Signals: ``edited(row id, field, value)`` for a cell of a record; ``row_filled(values)`` when the new row
    has every required value (again on each change, until ``show`` takes the row in).
    """

    edited = Signal(object, str, object)
    row_filled = Signal(object)

    def __init__(self, columns: Sequence[Column], specs: Sequence[FieldSpec]) -> None:
        super().__init__(columns)
        self.specs = {spec.name: spec for spec in specs}
        self.new_row: dict[str, Value] | None = None
        self._typed: dict[Cell, Value] = {}
        self._problems: dict[Cell, Problem] = {}

    def start_row(self, values: Mapping[str, Value] | None = None) -> int:
        """Begin a new row with these values; returns where it stands."""
        if self.new_row is None:
            at = len(self.ids)
            self.beginInsertRows(QModelIndex(), at, at)
            self.new_row = dict(values or {})
            self.endInsertRows()
        return len(self.ids)

    def take_in(self, rowid: int) -> None:
        """The new row is a record now; it stays where it is, and so does a field that is open in it."""
        at = len(self.ids)
        self.ids.append(rowid)
        self.new_row = None
        self._forget_pages()
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def drop_row(self) -> None:
        """Give up the new row."""
        if self.new_row is not None:
            at = len(self.ids)
            self.beginRemoveRows(QModelIndex(), at, at)
            self.new_row = None
            self._problems = {cell: p for cell, p in self._problems.items() if cell[0] != NEW_ROW}
            self.endRemoveRows()

    def id_at(self, row: int) -> int:
        """The id of a row, ``NEW_ROW`` for the one being added."""
        return self.ids[row] if row < len(self.ids) else NEW_ROW

    def values(self, row: int) -> Row:
        if row >= len(self.ids):
            new = self.new_row or {}
            return tuple(new.get(column.name) for column in self.columns)
        stored = super().values(row)
        if not self._typed:
            return stored
        rowid = self.ids[row]
        names = [column.name for column in self.columns]
        return tuple(self._typed.get((rowid, n), v) for n, v in zip(names, stored, strict=False))

    def refresh(self) -> None:
        self._typed.clear()
        super().refresh()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.ids) + (self.new_row is not None)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        spec = self.specs.get(self.columns[index.column()].name) if index.isValid() else None
        editable = spec is not None and not spec.read_only
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag(0))

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        name = self.columns[index.column()].name
        if role == SPEC_ROLE:
            return self.specs.get(name)
        if role == Qt.ItemDataRole.EditRole:
            return super().data(index, VALUE_ROLE)
        problem = self._problems.get((self.id_at(index.row()), name))
        if problem is not None and role in _OF_PROBLEM:
            return _OF_PROBLEM[role](problem)
        return super().data(index, role)

    def setData(
        self,
        index: QModelIndex | QPersistentModelIndex,
        value: Any,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        rowid, name = self.id_at(index.row()), self.columns[index.column()].name
        self._problems.pop((rowid, name), None)
        if value == self.data(index, VALUE_ROLE):
            return False
        self._keep(rowid, name, value)
        self.dataChanged.emit(index, index)
        return True

    def refuse(self, index: QModelIndex | QPersistentModelIndex, problem: Problem) -> None:
        """Keep in the cell what was typed and say why it is no value. Nothing is saved."""
        self._problems[(self.id_at(index.row()), self.columns[index.column()].name)] = problem
        self.dataChanged.emit(index, index)

    @property
    def problems(self) -> int:
        """How many cells hold something that is no value."""
        return len(self._problems)

    def _keep(self, rowid: int, name: str, value: Value) -> None:
        if rowid == NEW_ROW and self.new_row is not None:
            self.new_row[name] = value
            if all(self.new_row.get(n) is not None for n, spec in self.specs.items() if spec.required):
                self.row_filled.emit(dict(self.new_row))
        else:
            self._typed[rowid, name] = value
            self.edited.emit(rowid, name, value)

    def _forget(self) -> None:
        super()._forget()
        self.new_row = None
        self._typed.clear()
        self._problems.clear()


_OF_PROBLEM: dict[int, Callable[[Problem], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda problem: problem.typed,
    Qt.ItemDataRole.ToolTipRole: lambda problem: problem.sentence,
    Qt.ItemDataRole.AccessibleTextRole: lambda problem: problem.sentence,
    Qt.ItemDataRole.BackgroundRole: lambda _problem: QColor(TONES[Tone.BAD].back),
    Qt.ItemDataRole.ForegroundRole: lambda _problem: QColor(TONES[Tone.BAD].text),
}
