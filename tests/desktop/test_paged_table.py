"""Lists of any size: only what is seen is read, and it is read page by page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.theme import Tone
from desktop.widgets.paged_table import PAGE, PAGES_KEPT, TONE_ROLE, Column, PagedModel, Row
from desktop.widgets.table_view import TableView

COLUMNS = (
    Column("code", "Mã", 8),
    Column("amount", "Số tiền", 12, lambda value: f"{value} đ", right=True),
    Column("status", "Trạng thái", 12, tone=lambda value: Tone.GOOD if value == "xong" else None),
)


class Source:
    """Rows made on demand, counting how often they are asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gone: set[int] = set()

    def __call__(self, ids: Sequence[int]) -> list[Row | None]:
        self.asked += ids
        return [
            None if one in self.gone else (f"MH{one}", one * 10, "xong" if one % 2 else None) for one in ids
        ]


@pytest.fixture
def source() -> Source:
    return Source()


def text(model: PagedModel, row: int, column: int = 0) -> str:
    return str(model.index(row, column).data())


def test_two_million_rows_are_shown_by_reading_one_page(source: Source) -> None:
    model = PagedModel(COLUMNS)
    model.show(range(2_000_000), source)
    assert text(model, 1_999_999) == "MH1999999"
    assert len(source.asked) == PAGE


def test_a_page_is_read_once_and_old_ones_are_forgotten(source: Source) -> None:
    model = PagedModel(COLUMNS)
    model.show(range(PAGE * (PAGES_KEPT + 2)), source)
    for page in range(PAGES_KEPT + 1):
        text(model, page * PAGE)
    source.asked.clear()
    text(model, PAGES_KEPT * PAGE)
    assert source.asked == []
    text(model, 0)
    assert source.asked == list(range(PAGE))


def test_a_record_that_is_gone_is_an_empty_row_not_a_fault(source: Source) -> None:
    source.gone = {3}
    model = PagedModel(COLUMNS)
    model.show(range(10), source)
    assert (text(model, 2), text(model, 3), text(model, 4)) == ("MH2", "", "MH4")


def test_a_source_that_gives_too_few_rows_leaves_empty_ones() -> None:
    model = PagedModel(COLUMNS)
    model.show(range(3), lambda ids: [("MH0", 1, None)][: len(ids)])
    assert (text(model, 0), text(model, 2)) == ("MH0", "")


def test_values_are_shown_by_their_column(source: Source) -> None:
    model = PagedModel(COLUMNS)
    model.show([7], source)
    assert text(model, 0, 1) == "70 đ"
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 2).data(TONE_ROLE) is Tone.GOOD
    assert model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "Trạng thái: xong"


def test_refreshing_reads_again_and_keeps_the_choice(qtbot: QtBot, source: Source) -> None:
    model, view = PagedModel(COLUMNS), TableView("Danh sách")
    qtbot.addWidget(view)
    view.show_model(model)
    model.show(range(10), source)
    view.selectRow(4)
    text(model, 4)
    source.asked.clear()
    model.refresh()
    text(model, 4)
    assert source.asked == list(range(10))
    assert view.chosen_rows() == [4]


def test_where_an_id_stands_is_known(source: Source) -> None:
    model = PagedModel(COLUMNS)
    model.show([30, 10, 20], source)
    assert (model.row_of(10), model.row_of(99)) == (1, None)


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, source: Source) -> None:
    model = PagedModel(COLUMNS)
    model.show(range(450), source)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt ships it so


def test_enter_opens_the_row_and_copying_takes_the_chosen_ones(qtbot: QtBot, source: Source) -> None:
    model, view = PagedModel(COLUMNS), TableView("Danh sách")
    qtbot.addWidget(view)
    view.show_model(model)
    model.show(range(10), source)
    view.selectRow(2)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Enter)
    assert opened.args == [2]
    assert view.chosen_text() == "MH2\t20 đ\t"


def test_a_click_on_a_heading_asks_for_that_order(qtbot: QtBot) -> None:
    model, view = PagedModel(COLUMNS), TableView("Danh sách")
    qtbot.addWidget(view)
    view.show_model(model, sort="code")
    with qtbot.waitSignal(view.sort_asked) as asked:
        view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert asked.args == ["amount", True]


def test_columns_are_as_wide_as_their_heading_and_the_free_one_takes_the_rest(
    qtbot: QtBot,
) -> None:
    model = PagedModel((Column("a", "Người/đơn vị đóng góp", 2), Column("b", "B", 0), Column("c", "C", 5)))
    view = TableView("Danh sách")
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show_model(model)
    view.setColumnHidden(2, True)
    view.fit_columns()
    heading = view.horizontalHeader().fontMetrics().horizontalAdvance("Người/đơn vị đóng góp")
    assert view.columnWidth(0) > heading
    assert view.columnWidth(0) + view.columnWidth(1) == view.viewport().width()
