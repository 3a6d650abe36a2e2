"""One model: saved as it is typed, taken back with Ctrl+Z, rows added, deleted and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from desktop.actions import Command
from desktop.screens.bin import BinScreen
from desktop.screens.children import ChildGrid
from desktop.screens.model import ModelScreen
from desktop.widgets.paged_table import Value
from tests.desktop.conftest import Desk


@pytest.fixture
def page(desk: Desk) -> ModelScreen:
    found = desk.go("model", desk.model())
    assert isinstance(found, ModelScreen)
    return found


def grid(page: ModelScreen, name: str) -> ChildGrid:
    """One of the tables, in front."""
    found = next(one for one in page.grids if one.child.name == name)
    page.tabs.setCurrentWidget(found)
    return found


def enter(page: ModelScreen, name: str, value: Value) -> None:
    """Finish a value in the form."""
    field = page.form.boxes[name].field
    field.setFocus()
    field.show_value(value)
    field.held.value = None
    field.held.commit_if_whole()


def put(made: ChildGrid, row: int, **values: Value) -> None:
    """Type into the cells of a row."""
    names = [column.name for column in made.model.columns]
    for name, value in values.items():
        made.model.setData(made.model.index(row, names.index(name)), value)


def test_the_ten_headings_are_there_in_their_order(page: ModelScreen) -> None:
    sections = list(dict.fromkeys(box.field.held.spec.section for box in page.form.boxes.values()))
    assert [section.split(".")[0] for section in sections[:10]] == [str(n) for n in range(1, 11)]


def test_a_typed_value_is_in_the_book_and_can_be_taken_back(desk: Desk, page: ModelScreen) -> None:
    enter(page, "goal", "Mỗi nhà một chậu hoa")
    desk.until()
    assert desk.book.get("model", desk.model())["goal"] == "Mỗi nhà một chậu hoa"
    page.services.saving.undo()
    desk.until(lambda: desk.book.get("model", desk.model())["goal"] == "Ngõ sạch, có hoa")
    desk.until()
    assert "Goals" in desk.said() or "goal" in desk.said().lower()
    assert page.form.boxes["goal"].field.held.value == "Ngõ sạch, có hoa"
    page.services.saving.redo()
    desk.until(lambda: desk.book.get("model", desk.model())["goal"] == "Mỗi nhà một chậu hoa")


def test_ctrl_z_never_takes_back_an_import(desk: Desk, page: ModelScreen) -> None:
    page.services.saving.undo()
    desk.until(lambda: desk.said() != "")
    assert "nothing to undo" in desk.said()
    assert desk.book.count("model") == 3


def test_a_filled_row_becomes_a_record_when_it_is_left(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "contributions")
    made.add_row()
    put(made, 2, contributor="Hộ bà Vũ Thị Sáu", kind="labour_days", quantity=25_000)
    made.view.setCurrentIndex(made.model.index(0, 0))
    desk.until(lambda: desk.book.count("contribution") == 3)
    new = desk.book.find("contribution", {"kind": "labour_days"})[0]
    assert (new["model"], new["quantity"], new["measure"]) == (desk.model(), 25_000, "ngày công")


def test_cells_typed_while_a_row_is_on_its_way_are_kept(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "contributions")
    made.add_row()
    put(made, 2, contributor="Hộ ông Tám", kind="cash")
    made.flush()
    put(made, 2, amount_vnd=700_000)
    desk.until(lambda: desk.book.count("contribution") == 3)
    desk.until()
    new = desk.book.find("contribution", {"contributor": "Hộ ông Tám"})
    assert [one["amount_vnd"] for one in new] == [700_000]


def test_a_row_without_what_it_needs_stays_a_row_being_typed(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "contributions")
    made.add_row()
    put(made, 2, amount_vnd=700_000)
    made.flush()
    desk.until()
    assert desk.book.count("contribution") == 2
    assert made.model.new_row is not None


def test_a_changed_cell_is_a_change_of_its_record(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "contributions")
    put(made, 0, amount_vnd=800_000)
    desk.until()
    assert desk.book.find("contribution", order="given_on")[0]["amount_vnd"] == 800_000


def test_totals_stand_beside_the_table_and_follow(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "contributions")
    desk.until()
    assert made.totals() == "Money: 2.000.000 đồng"
    put(made, 0, amount_vnd=1_000_000)
    desk.until(lambda: made.totals() == "Money: 2.500.000 đồng")


def test_a_member_is_a_person_and_a_membership(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "members")
    assert str(made.model.index(0, 0).data()) == "Nguyễn Văn Bình"
    made.add_row()
    put(made, 1, full_name="Trần Thị Hoa", birth_year=1985, role="Thành viên")
    made.flush()
    desk.until(lambda: desk.book.count("model_member") == 2)
    person = desk.book.find("person", {"full_name": "Trần Thị Hoa"})[0]
    assert desk.book.find("model_member", {"person": person.id})[0]["role"] == "Thành viên"
    put(made, 0, birth_year=1961)
    desk.until(lambda: desk.book.find("person", {"full_name": "Nguyễn Văn Bình"})[0]["birth_year"] == 1961)


def test_the_next_registration_starts_from_the_last_one(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "registrations")
    made.add_row()
    assert made.model.new_row is not None
    assert (made.model.new_row["year"], made.model.new_row["kind"]) == (2027, "maintained")
    assert made.model.new_row["field"] == "culture_society"
    assert desk.book.count("registration") == 4


def test_deleted_rows_come_back_with_the_bar(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "contributions")
    made.view.selectAll()
    made.delete_rows()
    desk.until(lambda: desk.book.count("contribution") == 0)
    assert "2 rows were deleted" in desk.said()
    desk.app.window.notices.act()
    desk.until(lambda: desk.book.count("contribution") == 2)


def test_a_deleted_model_lies_in_the_bin_with_its_parts_and_comes_back(desk: Desk, page: ModelScreen) -> None:
    page.delete()
    desk.until(lambda: desk.book.count("model") == 2)
    assert desk.app.window.place == "models"
    found = desk.go("bin")
    assert isinstance(found, BinScreen)
    assert found.model.rowCount() == 1
    assert found.model.index(0, 1).data() == "Con đường hoa (with 7 parts)"
    found.restore()
    desk.until(lambda: desk.book.count("model") == 3)
    assert desk.book.count("contribution") == 2


def test_the_history_says_who_changed_what_from_what_to_what(desk: Desk, page: ModelScreen) -> None:
    enter(page, "goal", "Ngõ xanh")
    desk.until()
    page.tabs.setCurrentWidget(page.history)
    desk.until(lambda: page.history.model.rowCount() > 0)
    row = [str(page.history.model.index(0, at).data()) for at in range(1, 6)]
    assert row == ["an", "Edited", "Goals", "Ngõ sạch, có hoa", "Ngõ xanh"]


def test_a_model_deleted_elsewhere_leads_back_to_the_list(desk: Desk, page: ModelScreen) -> None:
    model = desk.model()
    page.services.saving.write(lambda w: w.remove("model", model), types=("model",))
    desk.until(lambda: desk.app.window.place == "models")


def test_f5_and_f6_work_in_the_table_in_front(desk: Desk, page: ModelScreen) -> None:
    made = grid(page, "activities")
    desk.app.window.actions_table.do(Command.ADD_ROW)
    assert made.model.new_row is not None
    made.view.selectRow(0)
    desk.app.window.actions_table.do(Command.DELETE)
    desk.until(lambda: desk.book.count("activity") == 0)


def test_text_half_typed_is_saved_when_the_clerk_goes_elsewhere(desk: Desk, page: ModelScreen) -> None:
    page.form.focus("situation")
    QTest.keyClicks(page.form.boxes["situation"].field, "Ngo ban")
    desk.go("home")
    assert desk.book.get("model", desk.model())["situation"] == "Ngo ban"
