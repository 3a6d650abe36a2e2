"""Fields: forgiving when typed, strict when stored, quiet while typing goes on."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.screens import showing
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.fields import (
    ChoiceField,
    DateField,
    FieldWidget,
    FlagField,
    LineField,
    LongTextField,
    field_widget,
)
from desktop.widgets.search_box import SearchBox
from tests.desktop.conftest import Desk

NAME = FieldSpec("title", "Tên mô hình", required=True)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A shown window, so that fields can have the focus."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def put(page: QWidget, spec: FieldSpec) -> FieldWidget:
    widget = field_widget(spec, page)
    widget.show()
    widget.setFocus()
    return widget


def date_field(page: QWidget) -> DateField:
    parse = showing.parse_of("date")
    made = put(page, FieldSpec("given_on", "Ngày", Kind.DATE, parse=parse, show=showing.shown_date))
    assert isinstance(made, DateField)
    return made


@pytest.mark.parametrize(
    ("typed", "stored"), [("22112026", "2026-11-22"), ("22-11-26", "2026-11-22"), ("5/2/2026", "2026-02-05")]
)
def test_a_date_may_be_typed_in_any_usual_way(page: QWidget, typed: str, stored: str) -> None:
    field = date_field(page)
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.held.value == stored
    assert field.text() == showing.shown_date(stored)


def test_a_day_that_does_not_exist_is_told_at_the_field_and_not_stored(page: QWidget) -> None:
    field = date_field(page)
    QTest.keyClicks(field, "31/02/2026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.held.value is None
    assert "31/2/2026" in field.accessibleDescription()
    assert field.property("wrong") is True


def test_today_has_a_key(page: QWidget) -> None:
    field = date_field(page)
    QTest.keyClick(field, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(field.held.value, str) and len(field.held.value) == 10


def test_the_calendar_opens_on_the_stored_day_and_enters_the_chosen_one(page: QWidget) -> None:
    field = date_field(page)
    field.show_value("2026-03-12")
    calendar = field.calendar(page)
    assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2026-03-12"
    calendar.clicked.emit(calendar.selectedDate().addDays(1))
    assert field.held.value == "2026-03-13"


@pytest.mark.parametrize(
    ("typed", "stored"), [("1.500.000", 1_500_000), ("1,5tr", 1_500_000), ("500k", 500_000)]
)
def test_money_may_be_typed_as_it_is_spoken(page: QWidget, typed: str, stored: int) -> None:
    field = put(page, FieldSpec("amount_vnd", "Số tiền", Kind.NUMBER, parse=showing.parse_of("money"),
                                show=showing.shown_count))  # fmt: skip
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Enter)
    assert field.held.value == stored


def test_a_number_with_two_meanings_is_asked_about(page: QWidget) -> None:
    field = put(page, FieldSpec("quantity", "Số lượng", Kind.NUMBER, parse=showing.parse_of("quantity"),
                                show=showing.shown_quantity))  # fmt: skip
    QTest.keyClicks(field, "1.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.held.value is None
    assert "1,5" in field.accessibleDescription() and "1.500" in field.accessibleDescription()


def test_text_is_stored_composed_whatever_was_pasted(page: QWidget) -> None:
    field = put(page, NAME)
    assert isinstance(field, LineField)
    QApplication.clipboard().setText(unicodedata.normalize("NFD", "  Ngõ nở hoa "))
    field.paste()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.held.value == unicodedata.normalize("NFC", "Ngõ nở hoa")


def test_an_empty_required_field_says_so_and_keeps_its_value(page: QWidget) -> None:
    field = put(page, NAME)
    assert isinstance(field, LineField)
    field.show_value("Con đường hoa")
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.held.value == "Con đường hoa"
    assert "Tên mô hình" in field.accessibleDescription()


def test_typing_is_committed_after_a_pause_without_leaving_the_field(page: QWidget, qtbot: QtBot) -> None:
    field = put(page, NAME)
    QTest.keyClicks(field, "Ngo ")
    with qtbot.waitSignal(field.held.committed, timeout=3000):
        pass
    assert field.held.value == "Ngo"
    assert isinstance(field, LineField) and field.text() == "Ngo "  # the blank being typed stays


def test_what_is_shown_again_is_not_a_change(page: QWidget, qtbot: QtBot) -> None:
    field = put(page, NAME)
    field.show_value("Con đường hoa")
    with qtbot.assertNotEmitted(field.held.committed):
        field.held.commit()


def test_letters_being_composed_ask_for_nothing(page: QWidget, qtbot: QtBot) -> None:
    box = SearchBox("Tìm", page)
    box.show()
    box.setFocus()
    asked: list[str] = []
    box.asked.connect(asked.append)
    QApplication.sendEvent(box, QInputMethodEvent("ngo", []))
    box.ask()
    assert asked == []
    done = QInputMethodEvent()
    done.setCommitString("ngõ")
    QApplication.sendEvent(box, done)
    qtbot.waitUntil(lambda: asked == ["ngõ"])


def test_a_typing_program_may_replace_the_letter_before(page: QWidget) -> None:
    field = put(page, NAME)
    assert isinstance(field, LineField)
    field.setText("duo")
    done = QInputMethodEvent()
    done.setCommitString("ờ", -1, 1)
    QApplication.sendEvent(field, done)
    assert field.text() == "duờ"


def test_the_search_box_asks_once_after_a_pause_and_at_once_on_enter(page: QWidget, qtbot: QtBot) -> None:
    box = SearchBox("Tìm", page)
    box.show()
    box.setFocus()
    asked: list[str] = []
    box.asked.connect(asked.append)
    QTest.keyClicks(box, "hoa")
    qtbot.waitUntil(lambda: asked == ["hoa"])
    QTest.keyClicks(box, " 10")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert asked == ["hoa", "hoa 10"]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert asked[-1] == ""


def test_a_choice_is_stored_by_its_code_and_nothing_is_a_choice(page: QWidget) -> None:
    field = put(
        page, FieldSpec("kind", "Hình thức", Kind.CHOICE, choices=[("cash", "Tiền mặt"), ("land", "Đất")])
    )
    assert isinstance(field, ChoiceField)
    field.show_value("land")
    assert (field.currentText(), field.held.value) == ("Đất", "land")
    field.setCurrentIndex(0)
    field.activated.emit(0)
    assert field.held.value is None


def test_a_stored_code_outside_the_list_is_shown_as_it_stands(page: QWidget) -> None:
    field = put(page, FieldSpec("kind", "Hình thức", Kind.CHOICE, choices=[("cash", "Tiền mặt")]))
    assert isinstance(field, ChoiceField)
    field.show_value("gold")
    assert (field.currentText(), field.held.value) == ("gold", "gold")


def test_other_choices_keep_what_is_chosen(page: QWidget) -> None:
    field = put(page, FieldSpec("year", "Năm", Kind.CHOICE, choices=[("2025", "2025")]))
    assert isinstance(field, ChoiceField)
    field.show_value("2025")
    field.offer([("2026", "2026"), ("2025", "2025")])
    assert field.held.value == "2025" and field.currentText() == "2025"


def wheel(widget: QWidget) -> QWheelEvent:
    return QWheelEvent(
        QPointF(5, 5), QPointF(widget.mapToGlobal(QPoint(5, 5))), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def test_the_wheel_never_changes_a_choice(page: QWidget) -> None:
    field = put(
        page, FieldSpec("kind", "Hình thức", Kind.CHOICE, choices=[("cash", "Tiền mặt"), ("land", "Đất")])
    )
    field.show_value("cash")
    event = wheel(field)
    QApplication.sendEvent(field, event)
    assert field.held.read() == "cash" and not event.isAccepted()


def test_a_tick_is_one_and_no_tick_is_unstated(page: QWidget) -> None:
    field = put(page, FieldSpec("is_project_work", "Công trình", Kind.FLAG))
    assert isinstance(field, FlagField)
    field.click()
    assert field.held.value == 1
    field.click()
    assert field.held.value is None


def test_a_long_text_grows_with_its_lines_and_tab_leaves_it(page: QWidget) -> None:
    field, other = put(page, FieldSpec("goal", "Mục tiêu", Kind.LONG_TEXT)), put(page, NAME)
    assert isinstance(field, LongTextField)
    low = field.height()
    field.show_value("một\nhai\nba\nbốn\nnăm")
    assert field.height() > low
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert other.hasFocus()


def test_a_long_text_is_committed_when_it_is_left(page: QWidget) -> None:
    field, other = put(page, FieldSpec("goal", "Mục tiêu", Kind.LONG_TEXT)), put(page, NAME)
    field.setFocus()
    QTest.keyClicks(field, "Ngo sach")
    other.setFocus()
    assert field.held.value == "Ngo sach"


def test_a_field_that_is_only_shown_cannot_be_typed_in(page: QWidget) -> None:
    field = put(page, replace(NAME, read_only=True))
    QTest.keyClicks(field, "khac")
    assert isinstance(field, LineField) and field.text() == ""


def test_ctrl_z_undoes_text_first_and_then_the_last_entry(desk: Desk) -> None:
    screen = desk.go("model", desk.model())
    field = screen.form.boxes["title"].field  # type: ignore[attr-defined]  # the test knows which screen this is
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Ten khac")
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Undo))
    assert field.text() == "Con đường hoa"
    assert desk.book.get("model", desk.model())["title"] == "Con đường hoa"
