"""A table of any size: an array of ids, pages of 200 rows fetched when seen, the last 40 pages kept."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.theme import Tone

Value = int | str | None
Row = tuple[Value, ...]
Fetch = Callable[[Sequence[int]], Sequence[Row | None]]
Index = QModelIndex | QPersistentModelIndex

PAGE = 200
PAGES_KEPT = 40
_ROOT = QModelIndex()
TONE_ROLE = Qt.ItemDataRole.UserRole + 1
VALUE_ROLE = Qt.ItemDataRole.UserRole + 2


def as_text(value: Value) -> str:
    """A value shown as it is; nothing for unstated."""
    return "" if value is None else str(value)


def no_tone(_value: Value) -> Tone | None:
    """Plain text, no pill."""
    return None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how a value is shown, and ``width`` in characters (0 = takes the rest).

    With a ``tone`` the text stands in a pill of that tone.
    """

    name: str
    title: str
    width: int = 0
    show: Callable[[Value], str] = as_text
    tone: Callable[[Value], Tone | None] = no_tone
    right: bool = False
    sortable: bool = True


class PagedModel(QAbstractTableModel):
    """Shows ``ids`` in their order; asks ``fetch(ids)`` for one row per id, or None where it is gone."""

    def __init__(self, columns: Sequence[Column] = ()) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = tuple(columns)
        self.ids: array[int] = array("q")
        self._fetch: Fetch = _nothing
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._rows: dict[int, int] | None = None

    def show(self, ids: Iterable[int], fetch: Fetch) -> None:
        """Show these rows from now on."""
        self.beginResetModel()
        self.ids = ids if isinstance(ids, array) else array("q", ids)
        self._fetch = fetch
        self._forget()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns (another language, another list); rows are fetched anew."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._forget()
        self.endResetModel()

    def refresh(self) -> None:
        """The same ids, read again: values changed, order kept, selection kept."""
        self._pages.clear()
        if self.ids and self.columns:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row_of(self, rowid: int) -> int | None:
        """Where this id stands, or None."""
        if self._rows is None:
            self._rows = {one: row for row, one in enumerate(self.ids)}
        return self._rows.get(rowid)

    def values(self, row: int) -> Row:
        """The values of one row, in the order of the columns (empty where the record is gone)."""
        number, place = divmod(row, PAGE)
        return self._page(number)[place]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What Qt asks of a cell."""
        # Qt asks ten roles a cell, and most are nothing to us: those are answered first
        if role not in _ANSWERED or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        values = self.values(index.row())
        value = values[index.column()] if index.column() < len(values) else None
        return _VALUE_ROLES[role](column, value)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings, aligned as their columns."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _page(self, number: int) -> list[Row]:
        page = self._pages.get(number)
        if page is None:
            wanted = self.ids[number * PAGE : (number + 1) * PAGE]
            found = [row or () for row in self._fetch(wanted)]
            # A fault inside data() takes Qt down with it: a source that gives too few rows gives empty ones
            page = self._pages[number] = found + [()] * (len(wanted) - len(found))
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def _forget(self) -> None:
        """Everything that was read for the rows shown so far."""
        self._forget_pages()

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._rows = None


_VALUE_ROLES: dict[int, Callable[[Column, Value], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, value: column.show(value),
    Qt.ItemDataRole.ToolTipRole: lambda column, value: column.show(value) or None,
    Qt.ItemDataRole.AccessibleTextRole: lambda column, value: f"{column.title}: {column.show(value)}",
    TONE_ROLE: lambda column, value: column.tone(value),
    VALUE_ROLE: lambda _column, value: value,
}

_ANSWERED = frozenset({*_VALUE_ROLES, Qt.ItemDataRole.TextAlignmentRole})


def _nothing(_ids: Sequence[int]) -> Sequence[Row | None]:
    return []
