"""Typing in tables: Enter walks, a wrong cell turns red and says why, a new row becomes a record."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.screens import showing
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.grid_model import NEW_ROW, GridModel, Problem
from desktop.widgets.grid_view import GridView
from desktop.widgets.paged_table import Column, Row

COLUMNS = (
    Column("name", "Họ tên", 20),
    Column("days", "Ngày công", 9, showing.shown_quantity, right=True),
    Column("note", "Ghi chú", 0),
)
SPECS = (
    FieldSpec("name", "Họ tên", required=True),
    FieldSpec(
        "days", "Ngày công", Kind.NUMBER, parse=showing.parse_of("quantity"), show=showing.shown_quantity
    ),
    FieldSpec("note", "Ghi chú", read_only=True),
)


class Grid:
    """A table over two rows, remembering what it said."""

    def __init__(self, bot: QtBot) -> None:
        self.bot = bot
        self.rows: dict[int, Row] = {1: ("An", 15_000, "x", "id1"), 2: ("Bình", None, None, "id2")}
        self.model = GridModel(COLUMNS, SPECS)
        self.view = GridView("Bảng")
        bot.addWidget(self.view)
        self.view.show_model(self.model)
        self.model.show([1, 2], self.fetch)
        self.view.resize(600, 300)
        self.view.show()
        self.edited: list[tuple[int, str, object]] = []
        self.filled: list[dict[str, object]] = []
        self.model.edited.connect(lambda row, name, value: self.edited.append((row, name, value)))
        self.model.row_filled.connect(self.filled.append)

    def fetch(self, ids: Sequence[int]) -> list[Row | None]:
        return [self.rows.get(one) for one in ids]

    def cell(self, row: int, column: int) -> QModelIndex:
        return self.model.index(row, column)

    def text(self, row: int, column: int) -> str:
        return str(self.cell(row, column).data() or "")

    def type_into(self, row: int, column: int, text: str) -> None:
        self.view.edit_cell(row, column)
        editor = self.editor()
        editor.selectAll()
        QTest.keyClicks(editor, text)
        with self.bot.waitSignal(self.view.left_cell):
            QTest.keyClick(editor, Qt.Key.Key_Return)

    def editor(self) -> QLineEdit:
        """The field that is open."""
        found = self.view.indexWidget(self.view.currentIndex())
        assert isinstance(found, QLineEdit)
        return found


@pytest.fixture
def grid(qtbot: QtBot) -> Grid:
    return Grid(qtbot)


def test_a_typed_cell_is_shown_at_once_and_told_with_its_row(grid: Grid) -> None:
    grid.type_into(1, 1, "2,5")
    assert grid.text(1, 1) == "2,5"
    assert grid.edited == [(2, "days", 25_000)]


def test_the_same_value_again_is_no_change(grid: Grid) -> None:
    grid.type_into(0, 1, "1,5")
    assert grid.edited == []


def test_a_wrong_cell_keeps_what_was_typed_and_says_why_and_saves_nothing(grid: Grid) -> None:
    grid.type_into(0, 1, "1.5")
    assert grid.edited == []
    assert grid.text(0, 1) == "1.5"
    assert "1.500" in str(grid.cell(0, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert grid.cell(0, 1).data(Qt.ItemDataRole.BackgroundRole) is not None
    grid.type_into(0, 1, "3")
    assert grid.model.problems == 0
    assert grid.edited == [(1, "days", 30_000)]


def test_enter_goes_to_the_next_cell_that_can_be_typed_in(grid: Grid) -> None:
    grid.type_into(0, 0, "Anh")
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (0, 1)
    grid.type_into(0, 1, "4")
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (1, 0)


def test_enter_in_the_last_cell_asks_for_a_row(grid: Grid) -> None:
    with grid.bot.waitSignal(grid.view.row_wanted):
        grid.type_into(1, 1, "4")


def test_choosing_another_row_keeps_what_was_typed_and_goes_nowhere_else(grid: Grid) -> None:
    grid.view.edit_cell(0, 1)
    editor = grid.editor()
    editor.selectAll()
    QTest.keyClicks(editor, "9")
    grid.view.setCurrentIndex(grid.cell(1, 0))
    assert grid.edited == [(1, "days", 90_000)]
    assert not grid.view.typing()
    assert grid.view.currentIndex().row() == 1


def test_shift_tab_goes_back(grid: Grid) -> None:
    grid.view.edit_cell(1, 0)
    with grid.bot.waitSignal(grid.view.left_cell):
        QTest.keyClick(grid.editor(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (0, 1)


def test_a_cell_that_is_only_shown_cannot_be_typed_in(grid: Grid) -> None:
    assert not grid.cell(0, 2).flags() & Qt.ItemFlag.ItemIsEditable


def test_a_new_row_is_filled_when_it_has_what_it_needs(grid: Grid) -> None:
    at = grid.model.start_row({"days": 10_000})
    grid.type_into(at, 0, "Chi")
    assert grid.filled == [{"name": "Chi", "days": 10_000}]
    assert grid.edited == []


def test_a_new_row_becomes_a_record_where_it_stands(grid: Grid) -> None:
    at = grid.model.start_row()
    grid.type_into(at, 0, "Chi")
    grid.view.edit_cell(at, 1)
    grid.rows[3] = ("Chi", None, None, "id3")
    grid.model.take_in(3)
    assert grid.view.typing()
    assert (grid.model.id_at(at), grid.model.new_row) == (3, None)
    grid.type_into(at, 1, "2")
    assert grid.edited == [(3, "days", 20_000)]


def test_a_new_row_may_be_given_up(grid: Grid) -> None:
    at = grid.model.start_row()
    assert grid.model.id_at(at) == NEW_ROW
    grid.model.refuse(grid.cell(at, 1), Problem("x", "không phải số"))
    grid.model.drop_row()
    assert (grid.model.rowCount(), grid.model.problems) == (2, 0)


def test_ctrl_d_copies_from_the_row_above(grid: Grid) -> None:
    grid.view.setCurrentIndex(grid.cell(1, 1))
    grid.view.copy_from_above()
    assert grid.edited == [(2, "days", 15_000)]
    grid.view.setCurrentIndex(grid.cell(0, 1))
    grid.view.copy_from_above()
    assert len(grid.edited) == 1


def test_reading_again_shows_what_is_stored(grid: Grid) -> None:
    grid.type_into(1, 1, "2,5")
    grid.rows[2] = ("Bình", 70_000, None, "id2")
    grid.model.refresh()
    assert grid.text(1, 1) == "7"


def test_enter_on_a_cell_opens_it(grid: Grid) -> None:
    grid.view.setCurrentIndex(grid.cell(0, 0))
    QTest.keyClick(grid.view, Qt.Key.Key_Return)
    assert grid.view.typing()
