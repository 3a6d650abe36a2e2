"""What every field shares: its declaration, the value it holds, when that is committed, what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.paged_table import Value
from resources import _

TYPING_PAUSE_MS = 1000


class Kind(Enum):
    """What a field holds."""

    TEXT = auto()
    LONG_TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    CHOICE = auto()
    FLAG = auto()


class NotAValueError(ValueError):
    """What was typed is no value of this field; its text says so in the clerk's words."""


Parse = Callable[[str], Value]
Show = Callable[[Value], str]
Choices = Sequence[tuple[Value, str]]


def plain(text: str) -> Value:
    """Text in NFC without space around it; nothing typed is unstated."""
    return unicodedata.normalize("NFC", text).strip() or None


def shown(value: Value) -> str:
    """A value as it stands."""
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form or a grid.

    ``parse`` turns typed text into a stored value or raises ``NotAValueError``; ``show`` is its inverse.
    ``choices`` are (stored value, label). ``section`` groups fields of a form under one heading; a
    ``wide`` field takes the whole width of the form.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    parse: Parse = plain
    show: Show = shown
    choices: Choices = ()
    required: bool = False
    hint: str = ""
    section: str = ""
    read_only: bool = False
    wide: bool = False


class Held(QObject):
    """The value behind a field.

    Signals: ``committed`` when a finished value differs from the one last shown or committed;
    ``problem(sentence)`` when what stands there is no value, ``problem("")`` when it is one again.
    """

    committed = Signal()
    problem = Signal(str)

    def __init__(self, widget: QWidget, spec: FieldSpec, typed: Callable[[], Value]) -> None:
        super().__init__(widget)
        self.spec = spec
        self.value: Value = None
        self._widget = widget
        self._typed = typed
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.commit_if_whole)
        widget.setAccessibleName(spec.label)

    def read(self) -> Value:
        """The value as it stands there, or ``NotAValueError``."""
        value = self._typed()
        if value is None and self.spec.required:
            raise NotAValueError(_("{field} must not be empty.").format(field=self.spec.label))
        return value

    def shows(self, value: Value) -> None:
        """This stored value is shown; it counts as committed."""
        self._pause.stop()
        self.value = value
        self._tell("")

    def typing(self) -> None:
        """Something was typed: commit when there is a pause."""
        self._pause.start()

    def commit_if_whole(self) -> None:
        """Commit what stands there if it is a value; while typing goes on nobody complains."""
        self._pause.stop()
        try:
            value = self.read()
        except NotAValueError:
            return
        self._tell("")
        if value != self.value:
            self.value = value
            self.committed.emit()

    def commit(self) -> bool:
        """Commit what stands there, or say what is wrong with it. False when something is."""
        try:
            self.read()
        except NotAValueError as problem:
            self._tell(str(problem))
            return False
        self.commit_if_whole()
        return True

    def _tell(self, problem: str) -> None:
        if self._widget.accessibleDescription() == problem:
            return
        self._widget.setToolTip(problem)
        self._widget.setAccessibleDescription(problem)
        self._widget.setProperty("wrong", bool(problem))
        self._widget.style().unpolish(self._widget)
        self._widget.style().polish(self._widget)
        self.problem.emit(problem)
