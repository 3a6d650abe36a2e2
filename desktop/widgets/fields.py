"""Fields for one value each: text, date, number, choice, flag. Forgiving when typed, strict when stored.

Every field has ``held`` (its value and when that is committed) and ``show_value(stored value)``.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
    QWidgetAction,
)

from desktop.theme import icon, look
from desktop.widgets.field import Choices, FieldSpec, Held, Kind, NotAValueError, plain, shown
from desktop.widgets.paged_table import Value
from resources import _

_LINES = (2, 12)


def nothing_to_take_back(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether this is Ctrl+Z or Ctrl+Y in a text that has nothing to undo or redo: the window does it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    back = event.matches(QKeySequence.StandardKey.Undo) and not undo
    return back or (event.matches(QKeySequence.StandardKey.Redo) and not redo)


class LineField(QLineEdit):
    """One line of text or a number, by its ``parse`` and ``show``."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.held = Held(self, spec, self._typed)
        self.setPlaceholderText(spec.hint)
        self.setReadOnly(spec.read_only)
        self.editingFinished.connect(self._finish)
        if spec.kind is Kind.TEXT:
            self.textEdited.connect(self.held.typing)

    def show_value(self, value: Value) -> None:
        """Show a stored value."""
        self.held.shows(value)
        self._put(self.held.spec.show(value))

    def event(self, event: QEvent) -> bool:
        if nothing_to_take_back(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def _typed(self) -> Value:
        return self.held.spec.parse(self.text())

    def _finish(self) -> None:
        if self.held.commit() and not self.isReadOnly():
            self._put(self.held.spec.show(self.held.value))

    def _put(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)


class DateField(LineField):
    """A date typed in any usual way, with a calendar behind the button (F4) and today on Ctrl+;."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        if not spec.hint:
            self.setPlaceholderText(_("dd/mm/yyyy"))
        button = self.addAction(icon("calendar", size=16), QLineEdit.ActionPosition.TrailingPosition)
        button.setText(_("Calendar (F4)"))
        button.setToolTip(_("Calendar (F4)"))
        button.triggered.connect(self.open_calendar)

    def open_calendar(self) -> None:
        """Let the clerk pick a day."""
        if self.isReadOnly():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = self.calendar(menu)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def enter(self, value: Value) -> None:
        """Enter a value as if it were typed."""
        self.setText(self.held.spec.show(value))
        self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_Semicolon and ctrl:
            self._on_picked(QDate.currentDate())
        else:
            super().keyPressEvent(event)

    def calendar(self, parent: QWidget) -> QCalendarWidget:
        """A calendar on the stored day that enters the day chosen in it."""
        calendar = QCalendarWidget(parent)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if isinstance(self.held.value, str):
            calendar.setSelectedDate(QDate.fromString(self.held.value, Qt.DateFormat.ISODate))
        calendar.clicked.connect(self._on_picked)
        calendar.activated.connect(self._on_picked)
        return calendar

    def _on_picked(self, day: QDate) -> None:
        self.enter(day.toString(Qt.DateFormat.ISODate))


class LongTextField(QPlainTextEdit):
    """Text of several lines that grows with what is typed, from 2 to 12 lines. Tab leaves it."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.held = Held(self, spec, self._typed)
        self.setPlaceholderText(spec.hint)
        self.setReadOnly(spec.read_only)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def show_value(self, value: Value) -> None:
        """Show a stored value."""
        if shown(value) != self.toPlainText():
            self.setPlainText(shown(value))
        self.held.shows(value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.held.commit()

    def event(self, event: QEvent) -> bool:
        text = self.document()
        if nothing_to_take_back(event, undo=text.isUndoAvailable(), redo=text.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A text that shows all its lines lets the page scroll.
        if self.verticalScrollBar().maximum() == 0:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _typed(self) -> Value:
        return plain(self.toPlainText())

    def _on_changed(self) -> None:
        if self.hasFocus():
            self.held.typing()

    def _grow(self) -> None:
        lines = min(max(self.document().size().height(), _LINES[0]), _LINES[1])
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + look().px(22))


class ChoiceField(QComboBox):
    """One of a list; the first line is "not stated". The wheel never changes it by accident."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.held = Held(self, spec, self.currentData)
        self.setEnabled(not spec.read_only)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(16)
        self.view().setAccessibleName(spec.label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(spec.choices)
        self.activated.connect(self.held.commit)

    def offer(self, choices: Choices) -> None:
        """Other choices, (stored value, label) each; what is chosen stays chosen."""
        chosen = self.held.value
        self.clear()
        self.addItem(self.held.spec.hint or "–", None)
        for value, label in choices:
            self.addItem(label, value)
        self.show_value(chosen)

    def show_value(self, value: Value) -> None:
        """Show a stored value; one that is not in the list is added as it stands."""
        place = self.findData(value) if value is not None else 0
        if place < 0:
            self.addItem(str(value), value)
            place = self.count() - 1
        self.setCurrentIndex(place)
        self.held.shows(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class FlagField(QCheckBox):
    """Yes (1) or not stated."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec.hint or spec.label, parent)
        self.held = Held(self, spec, self._typed)
        self.setEnabled(not spec.read_only)
        self.clicked.connect(self.held.commit)

    def show_value(self, value: Value) -> None:
        """Show a stored flag."""
        self.setChecked(bool(value))
        self.held.shows(value or None)

    def _typed(self) -> Value:
        return 1 if self.isChecked() else None


FieldWidget = LineField | LongTextField | ChoiceField | FlagField

_WIDGETS: dict[Kind, Callable[[FieldSpec, QWidget | None], FieldWidget]] = {
    Kind.TEXT: LineField,
    Kind.LONG_TEXT: LongTextField,
    Kind.NUMBER: LineField,
    Kind.DATE: DateField,
    Kind.CHOICE: ChoiceField,
    Kind.FLAG: FlagField,
}


def field_widget(spec: FieldSpec, parent: QWidget | None = None) -> FieldWidget:
    """The widget for one field."""
    return _WIDGETS[spec.kind](spec, parent)


__all__ = [
    "ChoiceField",
    "DateField",
    "FieldWidget",
    "FlagField",
    "LineField",
    "LongTextField",
    "NotAValueError",
    "field_widget",
]
