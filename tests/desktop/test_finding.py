"""The search over the whole book in the window: kind by kind, as one types, each hit leading to its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import Command
from desktop.screens.finding import SHOWN, FindingScreen
from desktop.screens.home import HomeScreen
from desktop.tasks import Lane, Step
from tests.desktop.conftest import Desk


def finding(desk: Desk, words: str) -> FindingScreen:
    found = desk.go("search", words)
    assert isinstance(found, FindingScreen)
    return found


def test_hits_stand_together_by_kind_and_say_how_many(desk: Desk) -> None:
    screen = finding(desk, "Nguyễn Văn Bình")
    desk.until(lambda: screen.model.rowCount() > 0)
    kinds = [str(screen.model.index(row, 0).data()) for row in range(screen.model.rowCount())]
    assert "Person (1)" in kinds


def test_initials_find_a_person_as_they_are_typed(desk: Desk) -> None:
    screen = finding(desk, "nvb")
    desk.until(lambda: screen.model.rowCount() > 0)
    titles = [screen.model.index(row, 1).data() for row in range(screen.model.rowCount())]
    assert "Nguyễn Văn Bình" in titles


def test_many_of_one_kind_are_shown_when_asked_for(desk: Desk) -> None:
    model = desk.model()

    def work(step: Step) -> None:
        with step.book.writing("an") as write:
            for number in range(SHOWN + 3):
                given = {"model": model, "contributor": f"Ông Tấn {number}", "kind": "other"}
                write.add("contribution", given)

    written: list[object] = []
    desk.app.tasks.run(work, lane=Lane.WRITE, done=written.append)
    desk.until(lambda: bool(written))
    screen = finding(desk, "ông tấn")
    desk.until(lambda: screen.model.rowCount() == SHOWN + 1)
    assert screen.model.index(SHOWN, 1).data() == "Show 3 more …"
    screen.view.opened.emit(SHOWN)
    desk.until(lambda: screen.model.rowCount() == SHOWN + 3)


def test_enter_opens_the_model_that_a_hit_belongs_to(desk: Desk) -> None:
    screen = finding(desk, "con duong")
    desk.until(lambda: screen.model.rowCount() > 0)
    screen.search.left_down.emit()
    screen.view.opened.emit(screen.view.currentIndex().row())
    assert desk.app.window.place == "model"


def test_find_is_at_hand_on_a_screen_without_a_box_of_its_own(desk: Desk) -> None:
    desk.go("bin")
    desk.app.window.actions_table.do(Command.FIND)
    assert desk.app.window.place == "search"


def test_what_is_typed_on_the_overview_is_looked_for_in_the_whole_book(desk: Desk) -> None:
    screen = desk.go("home")
    assert isinstance(screen, HomeScreen)
    QTest.keyClicks(screen.search, "con duong")
    desk.until(lambda: desk.app.window.place == "search")
    found = desk.app.window.in_front()
    assert isinstance(found, FindingScreen)
    desk.until(lambda: found.model.rowCount() > 0)
    assert found.search.hasFocus()


def test_letters_being_composed_over_old_words_leave_what_was_found(desk: Desk) -> None:
    screen = finding(desk, "con duong")
    desk.until(lambda: screen.model.rowCount() > 0)
    before = screen.model.rowCount()
    screen.search.selectAll()
    asked: list[str] = []
    screen.search.asked.connect(asked.append)
    QApplication.sendEvent(screen.search, QInputMethodEvent("ng", []))
    assert (asked, screen.model.rowCount()) == ([], before)


def test_nothing_typed_finds_nothing(desk: Desk) -> None:
    screen = finding(desk, "con duong")
    desk.until(lambda: screen.model.rowCount() > 0)
    QTest.keyClick(screen.search, Qt.Key.Key_Escape)
    desk.until(lambda: screen.model.rowCount() == 0)
    assert screen.header.isVisible()


def test_a_photo_leads_to_the_photos(desk: Desk) -> None:
    def work(step: Step) -> None:
        with step.book.writing("an") as write:
            write.add("photo", {"caption": "Xóm Quýt", "hash": "0" * 64})

    written: list[object] = []
    desk.app.tasks.run(work, lane=Lane.WRITE, done=written.append)
    desk.until(lambda: bool(written))
    screen = finding(desk, "xom quyt")
    desk.until(lambda: screen.model.rowCount() > 0)
    screen.view.opened.emit(0)
    assert desk.app.window.place == "photos"
