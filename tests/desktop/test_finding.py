"""The search over the whole book in the window: kind by kind, as one types, each hit leading to its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import Command
from desktop.screens.children import ChildGrid
from desktop.screens.find_box import FindBox
from desktop.screens.finding import SHOWN, FindingScreen
from desktop.screens.model import ModelScreen
from desktop.screens.models import ModelsScreen
from desktop.screens.papers import PapersScreen
from desktop.screens.units import UnitsScreen
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


# --- the box of every screen


PLACES = ("home", "models", "photos", "papers", "import", "conflicts", "bin", "setup", "units", "consents")


def _typed(desk: Desk, words: str) -> FindBox:
    """The box of the screen in front, reached by its key, with these words typed and found."""
    desk.app.window.actions_table.do(Command.FIND)
    screen = desk.app.window.in_front()
    assert screen is not None and screen.finder.hasFocus()
    screen.finder.insert(words)
    desk.until(lambda: screen.finder.is_open() and screen.finder.panel.found.text == words)
    return screen.finder


@pytest.mark.parametrize("place", PLACES)
def test_what_is_typed_is_found_on_every_screen(desk: Desk, place: str) -> None:
    desk.go(place)
    box = _typed(desk, "con duong")
    assert desk.app.window.place == place
    assert box.panel.model.index(0, 0).data() == "Model (1)"
    assert box.panel.model.index(0, 1).data() == "Con đường hoa"


def test_enter_opens_the_best_hit_and_the_box_is_ready_again(desk: Desk) -> None:
    desk.go("home")
    box = _typed(desk, "con duong hoa")
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.until(lambda: desk.app.window.place == "model")
    assert (box.text(), box.is_open()) == ("", False)


def test_the_arrows_choose_and_escape_leaves(desk: Desk) -> None:
    desk.go("home")
    box = _typed(desk, "to dan pho")
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.panel.view.currentIndex().row() == 1
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.panel.view.currentIndex().row() == 0
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box.is_open(), desk.app.window.place) == ("", False, "home")


def test_the_hits_go_with_the_focus_and_come_back_with_it(desk: Desk) -> None:
    screen = desk.go("models")
    box = _typed(desk, "con duong")
    screen.take_focus()
    assert not box.is_open()
    box.setFocus()
    assert box.is_open()


def test_words_without_a_hit_say_what_to_do(desk: Desk) -> None:
    desk.go("home")
    box = _typed(desk, "khongcodau")
    assert box.panel.foot.text().startswith("Nothing was found.")
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.until(lambda: desk.app.window.place == "search")


def test_a_registration_is_called_by_its_model_and_year_and_leads_to_its_row(desk: Desk) -> None:
    model = desk.model("MH02")

    def work(step: Step) -> None:
        with step.book.writing("an") as write:
            write.add("registration", {"model": model, "year": 2024, "registrant": "Chi hội Mùa Xuân"})

    desk.do(work)
    desk.go("home")
    box = _typed(desk, "mùa xuân")
    assert box.panel.model.index(0, 1).data() == "Giúp nhau vốn – 2024"
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.until(lambda: desk.app.window.place == "model")
    page = desk.app.window.in_front()
    assert isinstance(page, ModelScreen)
    grid = page.tabs.currentWidget()
    assert isinstance(grid, ChildGrid)
    assert [grid.model.index(row, 0).data() for row in grid.view.chosen_rows()] == ["2024"]


def test_all_hits_of_a_kind_are_a_row_away(desk: Desk) -> None:
    model = desk.model()

    def work(step: Step) -> None:
        with step.book.writing("an") as write:
            for number in range(6):
                given = {"model": model, "contributor": f"Ông Tấn {number}", "kind": "other"}
                write.add("contribution", given)

    desk.do(work)
    desk.go("home")
    box = _typed(desk, "ông tấn")
    box.panel.move_by(4)
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.until(lambda: desk.app.window.place == "search")
    found = desk.app.window.in_front()
    assert isinstance(found, FindingScreen)
    desk.until(lambda: found.model.rowCount() == 6)


def test_units_and_papers_that_are_found_are_chosen(desk: Desk) -> None:
    desk.go("home")
    QTest.keyClick(_typed(desk, "so 10"), Qt.Key.Key_Return)
    desk.until(lambda: desk.app.window.place == "units")
    units = desk.app.window.in_front()
    assert isinstance(units, UnitsScreen)
    desk.until(lambda: [one.code for one in units.chosen()] == ["TDP10"])
    papers = [{"title": "Báo cáo Một"}, {"title": "Báo cáo Hai"}]
    desk.do(lambda step: _add_papers(step, papers))
    QTest.keyClick(_typed(desk, "báo cáo một"), Qt.Key.Key_Return)
    desk.until(lambda: desk.app.window.place == "papers")
    screen = desk.app.window.in_front()
    assert isinstance(screen, PapersScreen)
    desk.until(lambda: screen.register.model.rowCount() == 2)
    chosen = screen.register.view.chosen_rows()[0]
    assert screen.register.model.index(chosen, 2).data() == "Báo cáo Một"


def _add_papers(step: Step, papers: list[dict[str, str]]) -> None:
    with step.book.writing("an") as write:
        for paper in papers:
            usual = {"kind": "result_report", "unit": step.book.own_unit(), "period": "2026"}
            write.add("paper", {**usual, **paper})


def test_the_list_of_models_keeps_a_box_of_its_own(desk: Desk) -> None:
    screen = desk.go("models")
    assert isinstance(screen, ModelsScreen)
    desk.app.window.actions_table.do(Command.FILTER)
    assert screen.search.hasFocus()
    desk.go("bin")
    desk.app.window.actions_table.do(Command.FILTER)
    front = desk.app.window.in_front()
    assert front is not None and front.finder.hasFocus()


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
