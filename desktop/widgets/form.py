"""A form made of field declarations: label above, problem below, Enter walks, every value saved as typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.field import FieldSpec, Kind, NotAValueError
from desktop.widgets.fields import FieldWidget, FlagField, field_widget
from desktop.widgets.flow import FlowGrid
from desktop.widgets.labels import label, space
from desktop.widgets.paged_table import Value

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldBox(QWidget):
    """One field with its label above and its problem below."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.field: FieldWidget = field_widget(spec)
        self.field.ensurePolished()  # sizes of the style sheet count from the first layout on
        words = spec.label + (" *" if spec.required and not spec.read_only else "")
        self.caption = label("" if isinstance(self.field, FlagField) else words, "small", wrap=True)
        self.caption.setBuddy(self.field)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        box = QVBoxLayout(self)
        space(box, between=4)
        for part in (self.caption, self.field, self._problem):
            box.addWidget(part)
        self.field.held.problem.connect(self._on_problem)

    def stand_under(self, heading: QLabel) -> None:
        """The heading says what this is; no second label."""
        heading.setBuddy(self.field)
        self.caption.hide()

    def said(self) -> str:
        """What is wrong with the field, if anything."""
        return self._problem.text()

    def _on_problem(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


class RecordForm(QWidget):
    """Fields in sections.

    Signals: ``edited(name, value)`` whenever a value was finished, ``ended`` on Enter in the last field.
    """

    edited = Signal(str, object)
    ended = Signal()

    def __init__(
        self, specs: Sequence[FieldSpec], parent: QWidget | None = None, *, columns: int = 2
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "clear")
        self.boxes: dict[str, FieldBox] = {spec.name: FieldBox(spec) for spec in specs}
        self._layout = QVBoxLayout(self)
        space(self._layout, between=12)
        for section, group in groupby(specs, key=lambda spec: spec.section):
            self._add_section(section, [self.boxes[spec.name] for spec in group], columns)
        for name, box in self.boxes.items():
            box.field.installEventFilter(self)
            box.field.held.committed.connect(partial(self._on_committed, name))

    def show_values(self, values: Mapping[str, Value], *, anew: bool = False) -> None:
        """Show these values. A field that is being typed in keeps what is typed, unless this is ``anew``:
        the values of another record."""
        for name, box in self.boxes.items():
            if anew or not (box.field.hasFocus() and self._typed_in(box, values.get(name))):
                box.field.show_value(values.get(name))

    def values(self) -> dict[str, Value] | None:
        """Every value as it stands, or None (and the first wrong field has the focus)."""
        wrong = [box for box in self.boxes.values() if not box.field.held.commit()]
        if wrong:
            wrong[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return {name: box.field.held.value for name, box in self.boxes.items()}

    def flush(self) -> None:
        """Commit what is being typed."""
        for box in self.boxes.values():
            box.field.held.commit_if_whole()

    def focus(self, name: str = "") -> None:
        """Go to a field, the first one if none is named."""
        box = self.boxes.get(name) or next(iter(self.boxes.values()))
        box.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            plain_enter = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if plain_enter and not isinstance(watched, QPlainTextEdit):
                self._next(watched)
                return True
        return super().eventFilter(watched, event)

    def _next(self, watched: QObject) -> None:
        fields: list[FieldWidget] = [box.field for box in self.boxes.values()]
        place = next(at for at, field in enumerate(fields) if field is watched)
        fields[place].held.commit()
        following = [field for field in fields[place + 1 :] if field.isEnabled() and field.isVisible()]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.ended.emit()

    def _add_section(self, section: str, boxes: Iterable[FieldBox], columns: int) -> None:
        things = list(boxes)
        if section:
            heading = label(section, "section", wrap=True)
            self._layout.addWidget(heading)
            if len(things) == 1:
                things[0].stand_under(heading)
        grid = FlowGrid(least=200, most=columns, gaps=(16, 12))
        wide = [box for box in things if box.field.held.spec.wide or _is_long(box)]
        grid.show_things(things, wide)
        self._layout.addWidget(grid)

    def _on_committed(self, name: str) -> None:
        self.edited.emit(name, self.boxes[name].field.held.value)

    @staticmethod
    def _typed_in(box: FieldBox, value: Value) -> bool:
        """Whether a field under the cursor keeps its text: half typed, or a blank after the same value."""
        try:
            return box.field.held.read() != box.field.held.value or box.field.held.value == value
        except NotAValueError:
            return True


def _is_long(box: FieldBox) -> bool:
    return box.field.held.spec.kind is Kind.LONG_TEXT
