"""What tests/end2end/test_one_declaration.py runs in a copy of the program that has the fields of the guide.

Run there as a test file of its own: the book is one that the program of today made and this one upgraded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import db
from db import Book, Value
from db.check import check
from db.privacy import erase
from db.vietnamese import fold
from desktop.screens import showing
from desktop.screens.children import ChildGrid
from desktop.screens.model import ModelScreen
from desktop.screens.models import ModelsScreen
from desktop.screens.names import Names
from desktop.screens.records import RecordsScreen
from desktop.widgets.paged_table import PagedModel
from forms.audience import veil_of
from forms.spreadsheets import export_book, land, plan, read_workbook
from resources import use_language
from tests.desktop.conftest import Desk
from tests.support.books import NOON, Template, give, make_template, own_state

VALUES: dict[str, dict[str, Value]] = {
    "model": {
        "slogan": "Ngõ ta xanh mãi",
        "tried_on": "2026-03-08",
        "budget_vnd": 12_500_000,
        "is_pilot": 1,
        "watched_by": "district",
    },
    "contribution": {
        "received_by": "Đỗ Thị Quyên",
        "pledged_on": "2026-01-09",
        "fee_vnd": 25_000,
        "is_thanked": 1,
        "confirmed_by": "city",
    },
}
TYPED: dict[str, dict[str, Value]] = {
    "model": {
        "slogan": "Sạch từ nhà ra ngõ",
        "tried_on": "2026-02-03",
        "budget_vnd": 8_000_000,
        "is_pilot": None,
        "watched_by": "city",
    },
    "contribution": {
        "received_by": "Phan Văn Lộc",
        "pledged_on": "2026-02-02",
        "fee_vnd": 30_000,
        "is_thanked": None,
        "confirmed_by": "district",
    },
}
LABELS = {
    "model": ["Slogan", "Tried on", "Budget (đồng)", "Pilot", "Watched by"],
    "contribution": ["Received by", "Pledged on", "Fee (đồng)", "Thanked", "Confirmed by"],
}
HEADINGS = {
    "model": ["Khẩu hiệu", "Ngày thử", "Kinh phí", "Thí điểm (x)", "Cấp theo dõi"],
    "contribution": ["Người nhận", "Ngày hứa", "Chi phí", "Đã cảm ơn (x)", "Cấp xác nhận"],
}
GROUPS = ["3", "8", "7", "More", "More"]
SHEETS = {"model": "Mô hình", "contribution": "Đóng góp"}
_EACH = pytest.mark.parametrize("type_name", VALUES)
_PEOPLES = "received_by"


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The book of today with its records, opened once by this program."""
    made = Template(Path(os.environ["OLD_BOOK"]), bytes.fromhex(os.environ["OLD_KEY"]), "")
    path = tmp_path_factory.mktemp("upgraded") / "so.danvan"
    with own_state(path.parent / "state"), made.copy_to(path):
        pass
    return Template(path, made.key, "")


@pytest.fixture(scope="session")
def template(upgraded: Template, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The same with the new fields filled; in place of the empty book of other tests."""
    path = tmp_path_factory.mktemp("filled") / "so.danvan"
    with own_state(path.parent / "state"), upgraded.copy_to(path) as book, book.writing("an") as write:
        for type_name, values in VALUES.items():
            write.change(type_name, first(book, type_name), values)
    return Template(path, upgraded.key, "")


@pytest.fixture
def book_path(template: Template, tmp_path: Path) -> Path:
    """A copy of it; in place of the small book of other tests."""
    path = tmp_path / "so.danvan"
    with own_state(tmp_path / "state"), template.copy_to(path):
        pass
    return path


@pytest.fixture
def book(template: Template, tmp_path: Path) -> Iterator[Book]:
    """A copy of it, opened without a window."""
    with own_state(tmp_path / "state"), template.copy_to(tmp_path / "a.danvan") as opened:
        yield opened


def first(book: Book, type_name: str) -> str:
    """The record whose fields are filled: the model MH01, the first of its contributions."""
    model = book.find("model", {"code": "MH01"})[0].id
    return model if type_name == "model" else book.find("contribution", {"model": model})[0].id


def added(book: Book, type_name: str) -> dict[str, Value]:
    """The new fields of that record."""
    record = book.get(type_name, first(book, type_name))
    return {name: record[name] for name in VALUES[type_name]}


def page_of(desk: Desk) -> ModelScreen:
    """The page of the model."""
    page = desk.go("model", desk.model())
    assert isinstance(page, ModelScreen)
    return page


def grid_of(page: ModelScreen) -> ChildGrid:
    """The contributions, in front."""
    grid = next(one for one in page.grids if one.child.name == "contributions")
    page.tabs.setCurrentWidget(grid)
    return grid


def put(grid: ChildGrid, row: int, values: Mapping[str, Value]) -> None:
    """Type into the cells of a row."""
    names = [column.name for column in grid.model.columns]
    for name, value in values.items():
        grid.model.setData(grid.model.index(row, names.index(name)), value)


def shown(model: PagedModel, row: int, titles: list[str]) -> list[str]:
    """What stands in the columns of these titles."""
    place = {column.title: at for at, column in enumerate(model.columns)}
    return [str(model.index(row, place[title]).data()) for title in titles]


def in_words(type_name: str, names: Names) -> list[str]:
    """The filled fields as a clerk reads them."""
    return [showing.show_value(type_name, name, value, names) for name, value in VALUES[type_name].items()]


def test_this_is_the_copy() -> None:
    assert Path(db.__file__).is_relative_to(Path.cwd())


@_EACH
def test_an_old_record_says_nothing_of_it(type_name: str, upgraded: Template, tmp_path: Path) -> None:
    with own_state(tmp_path / "state"), upgraded.copy_to(tmp_path / "a.danvan") as book:
        assert added(book, type_name) == dict.fromkeys(VALUES[type_name])


@_EACH
def test_it_is_called_by_its_translation(type_name: str) -> None:
    use_language("vi")
    said = [showing.label(type_name, name) for name in VALUES[type_name]]
    assert said == HEADINGS[type_name]


# -- typed


def test_the_form_of_a_model_has_it_under_its_heading(desk: Desk) -> None:
    specs = {name: box.field.held.spec for name, box in page_of(desk).form.boxes.items()}
    found = [(specs[name].label, specs[name].section.split(".")[0]) for name in VALUES["model"]]
    assert found == list(zip(LABELS["model"], GROUPS, strict=True))


def test_what_is_typed_into_the_form_is_saved(desk: Desk) -> None:
    page = page_of(desk)
    for name, value in TYPED["model"].items():
        field = page.form.boxes[name].field
        field.setFocus()
        field.show_value(value)
        field.held.value = VALUES["model"][name]
        field.held.commit_if_whole()
        desk.until()
    assert added(desk.book, "model") == TYPED["model"]


def test_the_table_of_contributions_has_it(desk: Desk) -> None:
    titles = [column.title for column in grid_of(page_of(desk)).model.columns]
    assert [title for title in titles if title in LABELS["contribution"]] == LABELS["contribution"]


def test_what_is_typed_into_the_table_is_saved(desk: Desk) -> None:
    put(grid_of(page_of(desk)), 0, TYPED["contribution"])
    desk.until()
    assert added(desk.book, "contribution") == TYPED["contribution"]


def test_a_new_row_is_saved_with_it(desk: Desk) -> None:
    grid = grid_of(page_of(desk))
    grid.add_row()
    put(grid, 2, {"contributor": "Hộ bà Vũ Thị Sáu", "kind": "cash", **TYPED["contribution"]})
    grid.flush()
    desk.until(lambda: desk.book.count("contribution") == 3)
    record = desk.book.find("contribution", {"contributor": "Hộ bà Vũ Thị Sáu"})[0]
    assert {name: record[name] for name in TYPED["contribution"]} == TYPED["contribution"]


def test_what_was_typed_is_taken_back(desk: Desk) -> None:
    page = page_of(desk)
    put(grid_of(page), 0, {_PEOPLES: "Phan Văn Lộc"})
    desk.until()
    page.services.saving.undo()
    desk.until()
    assert added(desk.book, "contribution") == VALUES["contribution"]


# -- listed


def test_the_list_of_models_shows_it(desk: Desk) -> None:
    desk.app.window.resize(1920, 1000)
    screen = desk.go("models")
    assert isinstance(screen, ModelsScreen)
    desk.until(lambda: screen.model.rowCount() > 0)
    assert shown(screen.model, 0, LABELS["model"]) == in_words("model", screen.services.names)
    hidden = [
        column.title for at, column in enumerate(screen.model.columns) if screen.view.isColumnHidden(at)
    ]
    assert hidden == []


@_EACH
def test_the_records_behind_a_figure_show_it(type_name: str, desk: Desk) -> None:
    screen = desk.go("records", ("", "", [first(desk.book, type_name)]))
    assert isinstance(screen, RecordsScreen)
    desk.until(lambda: screen.tabs.count() == 1)
    model = screen.table(0).model()
    assert isinstance(model, PagedModel)
    assert shown(model, 0, LABELS[type_name]) == in_words(type_name, screen.services.names)


# -- remembered


def test_its_history_tells_it_in_words(desk: Desk) -> None:
    page = page_of(desk)
    page.tabs.setCurrentWidget(page.history)
    desk.until(lambda: page.history.model.rowCount() > 0)
    rows = [shown(page.history.model, row, ["What", "After"]) for row in range(page.history.model.rowCount())]
    told = zip(LABELS["model"], in_words("model", page.services.names), strict=True)
    assert [list(one) for one in told if list(one) not in rows] == []


@_EACH
def test_its_words_are_found_with_marks_and_without(type_name: str, book: Book) -> None:
    words = str(next(iter(VALUES[type_name].values())))
    found = [[hit.record.id for hit in book.search(asked, 10)] for asked in (words, fold(words))]
    assert found == [[first(book, type_name)]] * 2


def test_it_is_withheld_from_those_outside(book: Book) -> None:
    record = book.get("contribution", first(book, "contribution"))
    after = veil_of(book, "public").shown("contribution", {"id": record.id, **record.values})
    assert _PEOPLES in after.hidden
    assert after.values[_PEOPLES] != VALUES["contribution"][_PEOPLES]


def test_the_book_is_whole(book: Book) -> None:
    assert check(book) == []


def test_it_can_be_erased(book: Book) -> None:
    with book.writing("an", act="erase") as write:
        erase(write, "contribution", first(book, "contribution"), [_PEOPLES])
    assert added(book, "contribution")[_PEOPLES] is None
    assert book.search("Đỗ Thị Quyên", 10) == []


# -- exchanged


@_EACH
def test_another_pc_learns_it(type_name: str, book: Book, upgraded: Template, tmp_path: Path) -> None:
    with upgraded.copy_to(tmp_path / "b.danvan") as other:
        give(book, other)
        assert added(other, type_name) == VALUES[type_name]


def test_two_who_say_otherwise_are_in_conflict(book: Book, upgraded: Template, tmp_path: Path) -> None:
    with upgraded.copy_to(tmp_path / "b.danvan") as other:
        with other.writing("bình") as write:
            write.change("model", first(other, "model"), TYPED["model"])
        give(book, other)
        said = {name for name, value in TYPED["model"].items() if value is not None}
        assert {conflict.field for conflict in other.conflicts()} == said


@pytest.fixture
def workbook(book: Book, tmp_path: Path) -> Path:
    """The whole book as a workbook."""
    return export_book(book, tmp_path / "so.xlsx").file


@_EACH
def test_the_workbook_has_its_column(type_name: str, workbook: Path) -> None:
    rows = CalamineWorkbook.from_path(workbook).get_sheet_by_name(SHEETS[type_name]).to_python()
    here = [heading for heading in rows[0] if heading in HEADINGS[type_name]]
    assert here == HEADINGS[type_name]


def test_the_workbook_gives_it_to_another_book(workbook: Path, tmp_path: Path) -> None:
    made = make_template(tmp_path)
    with made.open(made.path) as other:
        result = land(plan(read_workbook(workbook), other, NOON.date()), other, "an")
        assert result.landed, result
        assert {name: added(other, name) for name in VALUES} == VALUES
        again = land(plan(read_workbook(workbook), other, NOON.date()), other, "an")
        assert sum(again.accepted.values()) == 0


def test_the_workbook_gives_a_units_field_to_another_book(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as write:
        write.add("org_unit", {"code": "T2", "name": "Tổ dân phố số 2", "nickname": "Xóm Bến"})
    file = export_book(book, tmp_path / "so.xlsx").file
    made = make_template(tmp_path)
    with made.open(made.path) as other:
        land(plan(read_workbook(file), other, NOON.date()), other, "an")
        assert other.find("org_unit", {"code": "T2"})[0]["nickname"] == "Xóm Bến"
