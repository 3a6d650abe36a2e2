"""Every command stands in one table: no key twice, words for all, only what the screen answers is on."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import resources
from desktop.actions import COMMANDS, ActionTable, Command, key_words, words


def test_every_command_has_words_and_a_key_of_its_own() -> None:
    assert set(COMMANDS) == set(Command)
    keys = Counter(key for info in COMMANDS.values() for key in info.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(QKeySequence(key).toString() for key in keys)


def test_the_habits_of_clerks_have_their_keys() -> None:
    shown = {command: COMMANDS[command].keys[0] for command in Command}
    wanted = {"help": "F1", "edit": "F2", "open_list": "F4", "add_row": "F5", "delete": "F6", "history": "F8",
              "refresh": "F9", "save_as": "F12", "save": "Ctrl+S", "new": "Ctrl+N", "print": "Ctrl+P",
              "find": "Ctrl+F", "undo": "Ctrl+Z", "copy_above": "Ctrl+D"}  # fmt: skip
    assert {command.value: key for command, key in shown.items() if command.value in wanted} == wanted
    assert COMMANDS[Command.FILTER].keys == ("F3",)


def test_keys_stand_on_the_buttons() -> None:
    resources.use_language("en")
    assert words(Command.ADD_ROW) == "Add row (F5)"
    assert words(Command.NEW, "Add model") == "Add model (Ctrl+N)"
    assert key_words(Command.HISTORY) == "F8 History"


def test_a_key_does_what_the_screen_in_front_says(qtbot: QtBot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    table = ActionTable(window)
    table.own({Command.UNDO: lambda: done.append("undo")})
    table.use({Command.ADD_ROW: lambda: done.append("row")})
    with qtbot.waitActive(window):
        window.show()
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F8):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["row", "undo"]
    assert table.commands() == [Command.ADD_ROW, Command.UNDO]


def test_the_screen_may_answer_in_place_of_the_window(qtbot: QtBot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    table = ActionTable(window)
    table.own({Command.REFRESH: lambda: done.append("window")})
    table.use({Command.REFRESH: lambda: done.append("screen")})
    with qtbot.waitActive(window):
        window.show()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert done == ["screen"]
