"""Leaving a book: what was typed is saved, and no screen does anything any more, whatever it waited for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.actions import Command
from desktop.changes import Changes
from desktop.screens.screen import Screen
from desktop.tasks import Lane, Step
from desktop.widgets.bars import Notice
from tests.desktop.conftest import WAIT_MS, Desk

PLACES = ("home", "models", "photos", "papers", "import", "conflicts", "bin", "setup", "records", "search")


def everything_waits(desk: Desk) -> list[Screen]:
    """Every screen is there, and everything in it that waits for a pause is about to act."""
    screens = [desk.go(place) for place in PLACES]
    screens.append(desk.go("model", desk.model()))
    for screen in screens:
        for timer in screen.findChildren(QTimer):
            timer.start(0)
    return screens


def waiting(screens: list[Screen]) -> list[QTimer]:
    return [timer for screen in screens for timer in screen.findChildren(QTimer) if timer.isActive()]


def close_window(desk: Desk) -> None:
    desk.app.window.close()


def close_book(desk: Desk) -> None:
    desk.app.close_book()


@pytest.mark.parametrize("leave", [close_window, close_book])
def test_no_screen_touches_a_book_that_was_closed(
    desk: Desk, qtbot: QtBot, leave: Callable[[Desk], None]
) -> None:
    screens = everything_waits(desk)
    with qtbot.captureExceptions() as faults:
        leave(desk)
        assert waiting(screens) == []
        desk.until(lambda: desk.app.office is None)
        desk.app.changes.publish(Changes(frozenset()))  # whoever still listens would ask the book
        qtbot.waitUntil(lambda: not desk.app.tasks.running, timeout=WAIT_MS)
    assert faults == []


def test_a_result_that_comes_after_the_book_was_left_reaches_nobody(desk: Desk) -> None:
    told: list[object] = []
    screen, gate = desk.go("home"), Event()
    screen.services.tasks.run(lambda _step: gate.wait(), lane=Lane.LONG, done=told.append, failed=told.append)
    desk.app.close_book()
    gate.set()
    desk.until(lambda: desk.app.start is not None)
    assert told == []
    assert desk.said() == ""


def test_work_that_is_going_on_stops_when_the_book_is_left(desk: Desk) -> None:
    def for_ever(step: Step) -> None:
        while True:
            step.check()

    screen = desk.go("home")
    screen.services.tasks.run(for_ever, lane=Lane.LONG, label="Đang làm")
    desk.app.close_book()
    desk.until(lambda: desk.app.start is not None)
    assert desk.said() == ""


def test_what_was_typed_last_is_in_the_book_that_was_left(desk: Desk) -> None:
    model, path = desk.model(), desk.book.path
    screen = desk.go("model", model)
    screen.form.boxes["goal"].field.setPlainText("Ba tuyến đường hoa")  # type: ignore[attr-defined]  # a model is in front
    desk.app.close_book()
    desk.until(lambda: desk.app.start is not None)
    desk.app.unlock(path, "mat-khau-thu")
    desk.until(lambda: desk.app.office is not None)
    assert desk.book.get("model", model)["goal"] == "Ba tuyến đường hoa"


def test_the_keys_of_a_book_do_nothing_once_it_is_left(desk: Desk) -> None:
    desk.app.close_book()
    desk.until(lambda: desk.app.start is not None)
    keys = desk.app.window.actions_table.commands()
    assert Command.UNDO not in keys and Command.SAVE not in keys
    assert Command.HELP in keys


def test_an_undo_that_is_offered_goes_with_its_book(desk: Desk) -> None:
    desk.go("model", desk.model()).delete()  # type: ignore[attr-defined]  # a model is in front
    desk.until(lambda: "deleted" in desk.said())
    desk.app.close_book()
    desk.until(lambda: desk.app.start is not None)
    assert desk.said() == ""


def test_a_book_that_was_left_can_be_opened_again_at_once(desk: Desk) -> None:
    path = desk.book.path
    desk.app.close_book()
    desk.until(lambda: desk.app.start is not None)
    desk.app.unlock(path, "mat-khau-thu")
    desk.until(lambda: desk.app.office is not None)
    assert desk.app.window.place == "home"


def test_a_result_for_screens_in_another_language_reaches_nobody(desk: Desk) -> None:
    told: list[object] = []
    screen, gate = desk.go("home"), Event()
    screen.services.tasks.run(lambda _step: gate.wait(), lane=Lane.LONG, done=told.append)
    desk.app.speak("vi")
    gate.set()
    desk.until()
    assert told == []


def test_what_was_written_for_screens_in_another_language_is_seen_in_the_new_ones(desk: Desk) -> None:
    screen, gate = desk.go("models"), Event()

    def write(step: Step) -> None:
        gate.wait()
        with step.book.writing("an") as writing:
            writing.change("model", step.book.find("model", {"code": "MH01"})[0].id, {"title": "Đường tranh"})

    screen.services.tasks.run(write, lane=Lane.WRITE, label="Đang ghi")
    desk.app.speak("vi")
    desk.app.window.go("models")
    gate.set()
    desk.until(lambda: "Đường tranh" in titles(desk.app.window.in_front()))


def titles(screen: Screen | None) -> list[str]:
    """The titles in the list of models."""
    table = screen.model  # type: ignore[union-attr]  # the list of models
    return [str(value) for at in range(table.rowCount()) for value in table.values(at)]


def test_a_notice_that_offers_nothing_may_stay(desk: Desk) -> None:
    desk.app.window.tell(Notice("disk full"))
    desk.app.close_book()
    desk.until(lambda: desk.app.start is not None)
    assert desk.said() == "disk full"
