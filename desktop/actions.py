"""Every command with its key and words, in one table; buttons, menus and the help page read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, unique

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from resources import N_, _


@unique
class Command(Enum):
    """What a clerk can ask for. Each screen answers those it can do."""

    HELP = "help"
    EDIT = "edit"
    FIND = "find"
    FILTER = "filter"
    OPEN_LIST = "open_list"
    ADD_ROW = "add_row"
    DELETE = "delete"
    HISTORY = "history"
    REFRESH = "refresh"
    SAVE_AS = "save_as"
    SAVE = "save"
    NEW = "new"
    PRINT = "print"
    UNDO = "undo"
    REDO = "redo"
    COPY_ABOVE = "copy_above"
    LARGER = "larger"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """Words and keys of a command; the first key is the one that is shown."""

    words: str
    keys: tuple[str, ...]


COMMANDS: dict[Command, CommandInfo] = {
    Command.HELP: CommandInfo(N_("Help on this screen"), ("F1",)),
    Command.EDIT: CommandInfo(N_("Edit"), ("F2",)),
    Command.FIND: CommandInfo(N_("Find"), ("Ctrl+F",)),
    Command.FILTER: CommandInfo(N_("Find in this list"), ("F3",)),
    Command.OPEN_LIST: CommandInfo(N_("Open the list"), ("F4",)),
    Command.ADD_ROW: CommandInfo(N_("Add row"), ("F5",)),
    Command.DELETE: CommandInfo(N_("Delete"), ("F6",)),
    Command.HISTORY: CommandInfo(N_("History"), ("F8",)),
    Command.REFRESH: CommandInfo(N_("Refresh"), ("F9",)),
    Command.SAVE_AS: CommandInfo(N_("Save as"), ("F12",)),
    Command.SAVE: CommandInfo(N_("Save"), ("Ctrl+S",)),
    Command.NEW: CommandInfo(N_("Add"), ("Ctrl+N",)),
    Command.PRINT: CommandInfo(N_("Print"), ("Ctrl+P",)),
    Command.UNDO: CommandInfo(N_("Undo"), ("Ctrl+Z",)),
    Command.REDO: CommandInfo(N_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z")),
    Command.COPY_ABOVE: CommandInfo(N_("Copy from the row above"), ("Ctrl+D",)),
    Command.LARGER: CommandInfo(N_("Larger text"), ("Ctrl++", "Ctrl+=")),
    Command.SMALLER: CommandInfo(N_("Smaller text"), ("Ctrl+-",)),
}


def key_words(command: Command) -> str:
    """A key and what it does, for the help: "F5 Thêm dòng"."""
    info = COMMANDS[command]
    return f"{info.keys[0]} {_(info.words)}"


# These open by themselves in the field or table that has the focus, so the window must not take the key.
BY_THE_FIELD = frozenset({Command.OPEN_LIST})

Handlers = Mapping[Command, Callable[[], object]]


def words(command: Command, text: str = "") -> str:
    """Words for a button, with the key: "Thêm dòng (F5)"."""
    info = COMMANDS[command]
    return f"{text or _(info.words)} ({info.keys[0]})"


class ActionTable:
    """One QAction per command on the window; the screen in front says what each of them does."""

    def __init__(self, window: QWidget) -> None:
        self._handlers: dict[Command, Callable[[], object]] = {}
        self._actions = {command: self._action(window, command) for command in COMMANDS}
        self._own: Handlers = {}

    def own(self, handlers: Handlers) -> None:
        """What the window itself does, whatever screen is in front."""
        self._own = handlers
        self.use({})

    def use(self, handlers: Handlers) -> None:
        """The screen in front answers these; the rest is switched off."""
        self._handlers = {**self._own, **handlers}
        for command, action in self._actions.items():
            action.setEnabled(command in self._handlers and command not in BY_THE_FIELD)

    def commands(self) -> list[Command]:
        """What can be asked for now, in the order of the table."""
        return [command for command in COMMANDS if command in self._handlers]

    def retranslate(self) -> None:
        """Words in the language in force."""
        for command, action in self._actions.items():
            action.setText(_(COMMANDS[command].words))

    def _action(self, window: QWidget, command: Command) -> QAction:
        action = QAction(_(COMMANDS[command].words), window)
        action.setShortcuts([QKeySequence(key) for key in COMMANDS[command].keys])
        action.triggered.connect(lambda: self.do(command))
        action.setEnabled(False)
        window.addAction(action)
        return action

    def do(self, command: Command) -> None:
        """As if its key were pressed; nothing where the screen in front does not know it."""
        handler = self._handlers.get(command)
        if handler is not None:
            handler()
