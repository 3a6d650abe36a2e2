"""The table to type in: Enter and Tab walk through the cells, the last one of the last row adds a row."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.theme import look
from desktop.widgets.field import FieldSpec, Kind, NotAValueError
from desktop.widgets.fields import FieldWidget, LineField, field_widget
from desktop.widgets.grid_model import SPEC_ROLE, GridModel, Problem
from desktop.widgets.table_view import PillDelegate, TableView

Index = QModelIndex | QPersistentModelIndex


class GridDelegate(PillDelegate):
    """Opens the field of a cell's declaration and hands its value back, or the problem.

    ``entered`` is set by Enter in a field: Qt closes a field in the same way when the clerk clicks elsewhere,
    and then nobody wants to go on to the next cell.
    """

    entered = False

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Notice Enter on its way to Qt, which commits and closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return super().eventFilter(editor, event)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field for this cell."""
        spec = index.data(SPEC_ROLE)
        if not isinstance(spec, FieldSpec):
            return super().createEditor(parent, option, index)
        widget = field_widget(_one_line(spec), parent)
        widget.setAutoFillBackground(True)
        widget.setBackgroundRole(QPalette.ColorRole.Base)
        return widget

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the stored value, all of it chosen so that typing replaces it."""
        if isinstance(editor, FieldWidget):
            editor.show_value(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        if not isinstance(editor, FieldWidget) or not isinstance(model, GridModel):
            return
        try:
            value = editor.held.read()
        except NotAValueError as wrong:
            typed = editor.text() if isinstance(editor, LineField) else ""
            model.refuse(index, Problem(typed, str(wrong)))
            return
        model.setData(index, value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The field fills its cell."""
        super().updateEditorGeometry(editor, option, index)
        editor.setGeometry(option.rect)


class GridView(TableView):
    """Signals: ``row_wanted`` when Enter leaves the last cell of the last row, ``left_cell`` when typing in
    a cell ended."""

    row_wanted = Signal()
    left_cell = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._delegate = GridDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().setDefaultSectionSize(look().px(34))

    def pills(self) -> GridDelegate:
        """Cells with pills can be typed in too."""
        return self._delegate

    def typing(self) -> bool:
        """Whether a cell is being typed in."""
        return self.state() == QAbstractItemView.State.EditingState

    def edit_cell(self, row: int, column: int = 0) -> None:
        """Go to the first cell from here on that can be typed in, and open it."""
        model = self.model()
        for place in range(column, model.columnCount()):
            index = model.index(row, place)
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                if self.typing() and index == self.currentIndex():
                    return
                self.setCurrentIndex(index)
                self.scrollTo(index)
                self.edit(index)
                return

    def copy_from_above(self) -> None:
        """The value of the cell above into this one (Ctrl+D)."""
        here = self.currentIndex()
        above = here.siblingAtRow(here.row() - 1)
        if above.isValid() and here.flags() & Qt.ItemFlag.ItemIsEditable:
            self.model().setData(here, above.data(Qt.ItemDataRole.EditRole))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        entered, self._delegate.entered = self._delegate.entered, False
        self.left_cell.emit()
        if entered or hint == QAbstractItemDelegate.EndEditHint.EditNextItem:
            self._step(1)
        elif hint == QAbstractItemDelegate.EndEditHint.EditPreviousItem:
            self._step(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        index = self.currentIndex()
        if enter and index.isValid() and not self.typing():
            self.edit_cell(index.row(), index.column())
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        model, index = self.model(), self.currentIndex()
        places = [
            (row, column)
            for row in range(max(0, index.row() - 1), min(model.rowCount(), index.row() + 2))
            for column in range(model.columnCount())
            if model.index(row, column).flags() & Qt.ItemFlag.ItemIsEditable
        ]
        here = (index.row(), index.column())
        following = [p for p in places if p > here] if by > 0 else [p for p in reversed(places) if p < here]
        if following:
            self.edit_cell(*following[0])
        elif by > 0:
            self.row_wanted.emit()


def _one_line(spec: FieldSpec) -> FieldSpec:
    if spec.kind is not Kind.LONG_TEXT:
        return spec
    return FieldSpec(spec.name, spec.label, Kind.TEXT, spec.parse, spec.show, required=spec.required)
