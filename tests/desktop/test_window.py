"""The frame: it fits small screens, speaks both languages, names everything, and says what it does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

import resources
from desktop.actions import Command
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.side_bar import NARROW, WIDE
from tests.desktop.conftest import Desk

PLACES = ("home", "models", "photos", "papers", "import", "conflicts", "bin", "setup", "records", "search")


def every_screen(desk: Desk) -> None:
    """Make them all, with a model open and the form of a new one."""
    for place in PLACES:
        desk.go(place)
    desk.go("model", desk.model())
    desk.go("models").add_model()  # type: ignore[attr-defined]  # the test knows which screen this is


def nameless(window: QWidget) -> list[str]:
    """Widgets that the tab key reaches and a screen reader cannot name."""
    found = []
    for widget in window.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reached and not widget.isHidden() and not widget.objectName().startswith("qt_"):
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            if not name.strip():
                found.append(
                    f"{type(widget).__name__} in {type(widget.parent()).__name__} {widget.accessibleName()}"
                )
    return sorted(set(found))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_window_fits_a_small_screen_at_150_percent(desk: Desk, language: str) -> None:
    desk.app.speak(language)
    every_screen(desk)
    desk.app.window.resize(911, 472)
    desk.until()
    least = desk.app.window.minimumSizeHint()
    assert (least.width() <= 900, least.height() <= 470) == (True, True), least.toTuple()
    assert desk.app.window.size().toTuple() == (911, 472)


def test_a_long_notice_does_not_push_the_window_off_a_small_screen(desk: Desk) -> None:
    every_screen(desk)
    desk.app.window.resize(911, 472)
    reasons = "chưa kiểm tra thu hồi; " * 15
    desk.app.window.tell(Notice("Đã phát hành", Tone.WARN, reasons, "Mở tệp", lambda: None))
    for place in PLACES:
        desk.go(place)
        assert desk.app.window.size().toTuple() == (911, 472), place


def test_the_side_bar_shrinks_where_the_window_is_narrow(desk: Desk) -> None:
    desk.app.window.resize(1366, 728)
    assert desk.app.window.side.width() == WIDE
    desk.app.window.resize(911, 472)
    assert desk.app.window.side.width() == NARROW


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_the_tab_key_reaches_has_a_name(desk: Desk, language: str) -> None:
    desk.app.speak(language)
    every_screen(desk)
    assert nameless(desk.app.window) == []


def test_the_start_screen_names_everything_too(empty_desk: Desk) -> None:
    assert empty_desk.app.start is not None
    empty_desk.app.start.show_create()
    assert nameless(empty_desk.app.window) == []


def test_another_language_changes_every_word_and_is_remembered(desk: Desk) -> None:
    desk.go("setup")
    desk.app.speak("vi")
    assert resources.language() == "vi"
    assert desk.app.window.place == "setup"
    assert desk.app.settings.now.language == "vi"


def test_larger_text_keeps_the_place_and_is_remembered(desk: Desk) -> None:
    desk.go("bin")
    try:
        desk.app.window.scale_asked.emit(1)
        assert desk.app.settings.now.scale == 115
        assert desk.app.window.place == "bin"
    finally:
        desk.app.set_scale(100)


def test_f1_says_what_the_screen_is_for_and_its_keys(desk: Desk) -> None:
    desk.go("models")
    desk.app.window.show_help()
    assert "Ctrl+N" in desk.said() and "Ctrl+F" in desk.said()
    assert "F12" not in desk.said()


def test_good_news_goes_when_the_clerk_goes_on_and_bad_news_stays(desk: Desk) -> None:
    desk.app.window.tell(Notice("saved", Tone.GOOD))
    desk.go("bin")
    assert desk.said() == ""
    desk.app.window.tell(Notice("disk full", Tone.BAD))
    desk.go("home")
    assert desk.said() == "disk full"


def test_an_error_nobody_takes_is_told_as_a_sentence(desk: Desk) -> None:
    desk.app.tasks.run(lambda step: step.book.get("model", "x.1"))
    desk.until(lambda: desk.said() != "")
    assert "no longer there" in desk.said()


def test_named_work_shows_and_can_be_stopped(desk: Desk) -> None:
    task = desk.app.tasks.run(lambda step: forever(step), label="Đang làm")
    assert desk.app.window.busy.isVisible()
    desk.app.window.busy.stop.click()
    desk.until()
    assert not desk.app.window.busy.isVisible()
    assert task not in desk.app.tasks.running


def forever(step: object) -> None:
    while True:
        step.check()  # type: ignore[attr-defined]  # the test knows which screen this is


def test_ctrl_s_says_that_everything_is_saved(desk: Desk) -> None:
    desk.go("home")
    desk.app.window.actions_table.do(Command.SAVE)
    assert "saved" in desk.said().lower()


def test_qts_own_words_are_ours(desk: Desk) -> None:
    assert desk.app is not None
    resources.use_language("vi")
    assert QApplication.translate("QLineEdit", "Select All") == resources._("Select All")
    assert QApplication.translate("QShortcut", "Ctrl") == "Ctrl"


def test_closing_the_window_saves_what_is_being_typed(desk: Desk) -> None:
    model = desk.model()
    screen = desk.go("model", model)
    field = screen.form.boxes["goal"].field  # type: ignore[attr-defined]  # the test knows which screen this is
    field.setFocus()
    for letter in "X":
        QApplication.sendEvent(
            field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        )
    typed = field.toPlainText()
    assert "X" in typed
    book = desk.book.another()
    desk.app.window.close()
    assert book.get("model", model)["goal"] == typed
    book.close()
