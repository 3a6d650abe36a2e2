"""Forms: Enter walks through them, each value is saved as it is finished, a wrong one says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.screens import showing
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.form import RecordForm

SPECS = (
    FieldSpec("code", "Mã", required=True, section="1. Tên"),
    FieldSpec("households", "Số hộ", Kind.NUMBER, parse=showing.parse_of("count"), show=showing.shown_count),
    FieldSpec("goal", "Mục tiêu", Kind.LONG_TEXT, section="2. Mục tiêu"),
    FieldSpec("place", "Địa bàn", section="2. Mục tiêu"),
)


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    made = RecordForm(SPECS)
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_goes_to_the_next_field_and_ends_after_the_last(form: RecordForm, qtbot: QtBot) -> None:
    form.focus("code")
    QTest.keyClick(form.boxes["code"].field, Qt.Key.Key_Return)
    assert form.boxes["households"].field.hasFocus()
    form.focus("place")
    with qtbot.waitSignal(form.ended):
        QTest.keyClick(form.boxes["place"].field, Qt.Key.Key_Enter)


def test_enter_in_a_long_text_makes_a_line(form: RecordForm) -> None:
    form.focus("goal")
    QTest.keyClicks(form.boxes["goal"].field, "mot")
    QTest.keyClick(form.boxes["goal"].field, Qt.Key.Key_Return)
    assert form.boxes["goal"].field.hasFocus()


def test_a_finished_value_is_told_once(form: RecordForm) -> None:
    told: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: told.append((name, value)))
    form.focus("households")
    QTest.keyClicks(form.boxes["households"].field, "1.234")
    QTest.keyClick(form.boxes["households"].field, Qt.Key.Key_Return)
    form.flush()
    assert told == [("households", 1234)]


def test_a_wrong_value_is_told_below_its_field_in_words(form: RecordForm) -> None:
    form.focus("households")
    QTest.keyClicks(form.boxes["households"].field, "nhieu")
    QTest.keyClick(form.boxes["households"].field, Qt.Key.Key_Return)
    assert "nhieu" in form.boxes["households"].said()
    form.show_values({"households": 12}, anew=True)
    assert form.boxes["households"].said() == ""


def test_all_values_or_the_first_wrong_field(form: RecordForm) -> None:
    assert form.values() is None
    assert form.boxes["code"].field.hasFocus()
    form.show_values({"code": "MH01", "households": 20}, anew=True)
    assert form.values() == {"code": "MH01", "households": 20, "goal": None, "place": None}


def test_what_is_being_typed_stays_when_the_record_is_read_again(form: RecordForm) -> None:
    form.show_values({"code": "MH01"}, anew=True)
    form.focus("code")
    QTest.keyClicks(form.boxes["code"].field, "2")
    form.show_values({"code": "MH01", "place": "Ngõ 5"})
    assert form.boxes["code"].field.text() == "2MH01"  # type: ignore[union-attr]  # the test knows which screen this is
    assert form.boxes["place"].field.held.value == "Ngõ 5"


def test_another_record_replaces_what_is_being_typed(form: RecordForm) -> None:
    form.focus("households")
    QTest.keyClicks(form.boxes["households"].field, "12x")
    form.show_values({"households": 7}, anew=True)
    assert form.boxes["households"].field.text() == "7"  # type: ignore[union-attr]  # the test knows which screen this is


def test_a_value_changed_elsewhere_shows_in_the_field_under_the_cursor(form: RecordForm) -> None:
    form.show_values({"code": "MH01"}, anew=True)
    form.focus("code")
    form.show_values({"code": "MH07"})
    assert form.boxes["code"].field.text() == "MH07"  # type: ignore[union-attr]  # the test knows which screen this is


def test_every_field_has_a_name_for_screen_readers(form: RecordForm) -> None:
    names = [
        QAccessible.queryAccessibleInterface(box.field).text(QAccessible.Text.Name)
        for box in form.boxes.values()
    ]
    assert names == ["Mã", "Số hộ", "Mục tiêu", "Địa bàn"]


def test_fields_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    two = RecordForm([FieldSpec("a", "A"), FieldSpec("b", "B")])
    qtbot.addWidget(two)
    two.resize(800, 100)
    two.show()
    qtbot.waitUntil(lambda: two.boxes["b"].x() > two.boxes["a"].x())
    two.resize(300, 200)
    qtbot.waitUntil(lambda: two.boxes["b"].x() == two.boxes["a"].x())
