"""Screens at their edges: nothing there, nothing chosen, too late, gone meanwhile, not yet possible."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from db import SCALE
from db.unreadable import PeriodError
from desktop.screens import showing
from desktop.screens.bin import BinScreen
from desktop.screens.child_tables import money_and_work, people_present
from desktop.screens.finding import FindingScreen
from desktop.screens.history import HistoryTable
from desktop.screens.hits import Hits
from desktop.screens.home import HomeScreen
from desktop.screens.importing import ImportScreen
from desktop.screens.model import ModelScreen
from desktop.screens.models import ModelsScreen
from desktop.screens.new_model import next_code
from desktop.screens.papers import PapersScreen
from desktop.screens.records import RecordsScreen
from desktop.screens.setup import SetupScreen
from desktop.tasks import Lane, Step
from desktop.widgets.field import NotAValueError
from tests.desktop.conftest import Desk, press
from tests.desktop.lists import good_list, mixed_list
from tests.support.books import Template, add_model, own_state

TODAY = "2026-11-22"

# -- the overview and the records behind a figure


def home(desk: Desk) -> HomeScreen:
    found = desk.go("home")
    assert isinstance(found, HomeScreen)
    return found


def test_the_overview_asked_twice_counts_once_more_and_shows_the_last(desk: Desk) -> None:
    screen = home(desk)
    screen.reload()
    screen.reload()
    desk.until()
    assert screen.tiles[0].accessibleName() == "Models registered: 1"


def test_a_search_without_words_stays_where_it_is(desk: Desk) -> None:
    home(desk).finder.asked.emit("")
    desk.until()
    assert desk.app.window.place == "home"
    assert not home(desk).finder.is_open()


def test_the_report_of_the_year_is_one_click_away(desk: Desk) -> None:
    press(home(desk), "Make the report")
    desk.until()
    assert desk.app.window.place == "papers"


def test_a_figure_without_records_shows_none(desk: Desk) -> None:
    screen = home(desk)
    screen.year.held.value = "2024"
    screen.year.held.committed.emit()
    desk.until()
    screen.tiles[4].click()
    desk.until(lambda: desk.app.window.place == "records")
    found = desk.app.window.in_front()
    assert isinstance(found, RecordsScreen)
    assert found.records == [] and found.tabs.count() == 0


def test_records_of_several_kinds_have_a_tab_each_and_the_way_back(desk: Desk) -> None:
    given, held = desk.book.find("contribution")[0], desk.book.find("activity")[0]
    screen = desk.go("records", ("Hai loại", "", [given.id, held.id, desk.model()]))
    assert isinstance(screen, RecordsScreen)
    assert screen.tabs.count() == 3
    desk.app.window.go("records", ("Một loại", "", [given.id]))
    desk.until(lambda: screen.tabs.count() == 1)
    press(screen, "Back to the overview")
    assert desk.app.window.place == "home"


def test_a_record_of_a_unit_alone_opens_no_model(desk: Desk) -> None:
    saving = home(desk).services.saving
    unit, made = desk.book.own_unit(), list[str]()
    saving.write(
        lambda w: made.append(w.add("activity", {"unit": unit, "kind": "meeting", "held_on": "2026-05-01"})),
        types=("activity",),
    )
    desk.until()
    screen = desk.go("records", ("Họp dân", "", [made[0], desk.model("MH02")]))
    assert isinstance(screen, RecordsScreen)
    kinds = {screen.tabs.tabText(at): at for at in range(screen.tabs.count())}
    screen.table(next(at for text, at in kinds.items() if "odel" not in text)).opened.emit(0)
    assert desk.app.window.place == "records"
    screen.table(next(at for text, at in kinds.items() if "odel" in text)).opened.emit(0)
    assert desk.app.window.place == "model"


# -- finding


def finding(desk: Desk, words: str) -> FindingScreen:
    found = desk.go("search", words)
    assert isinstance(found, FindingScreen)
    return found


def test_what_was_found_for_other_words_is_not_shown(desk: Desk) -> None:
    screen = finding(desk, "con duong")
    desk.until(lambda: screen.model.rowCount() > 0)
    before = screen.model.rowCount()
    screen.search.setText("giup nhau")
    screen._show(Hits("con duong", (), ()))  # noqa: SLF001  a late answer of the worker
    assert screen.model.rowCount() == before


def test_nothing_found_says_so_and_the_way_back_is_there(desk: Desk) -> None:
    screen = finding(desk, "không có ở đâu")
    desk.until(lambda: screen.model.rowCount() == 0)
    press(screen, "Back to the overview")
    assert desk.app.window.place == "home"


def test_a_person_who_was_found_leads_to_the_model_of_which_it_is_a_member(desk: Desk) -> None:
    screen = finding(desk, "Nguyễn Văn Bình")
    desk.until(lambda: screen.model.rowCount() > 0)
    titles = [screen.model.index(row, 1).data() for row in range(screen.model.rowCount())]
    screen.view.opened.emit(titles.index("Nguyễn Văn Bình"))
    assert desk.app.window.place == "model"


# -- models


def test_a_model_deleted_meanwhile_leads_back_to_the_list(desk: Desk) -> None:
    page = desk.go("model", desk.model())
    assert isinstance(page, ModelScreen)
    model = desk.model()
    page.services.saving.write(lambda w: w.remove("model", model), types=("model",), act="bin")
    desk.until(lambda: desk.app.window.place == "models")


def test_a_model_that_never_was_leads_back_to_the_list(desk: Desk) -> None:
    desk.app.window.go("model", "x.1")
    desk.until()
    assert desk.app.window.place == "models"


def test_f2_edits_what_is_in_front(desk: Desk) -> None:
    page = desk.go("model", desk.model())
    assert isinstance(page, ModelScreen)
    edit = next(handler for command, handler in page.commands().items() if command.name == "EDIT")
    edit()
    assert page.form.boxes["title"].field.hasFocus()
    desk.go("model", (desk.model(), "contributions"))
    edit()
    grid = page.tabs.currentWidget()
    assert grid.view.typing()  # type: ignore[attr-defined]  # the table of contributions


def test_keys_of_a_table_do_nothing_where_there_is_none(desk: Desk) -> None:
    page = desk.go("model", (desk.model(), "history"))
    assert isinstance(page, ModelScreen)
    for command, handler in page.commands().items():
        if command.name in ("ADD_ROW", "DELETE", "COPY_ABOVE", "EDIT"):
            handler()
    desk.until()
    assert desk.book.count("contribution") == 2


def test_a_row_not_begun_is_given_up_with_f6(desk: Desk) -> None:
    page = desk.go("model", (desk.model(), "contributions"))
    assert isinstance(page, ModelScreen)
    grid = next(one for one in page.grids if one.child.name == "contributions")
    grid.add_row()
    assert grid.model.new_row is not None
    grid.view.setCurrentIndex(grid.model.index(2, 0))
    grid.delete_rows()
    assert grid.model.new_row is None
    assert desk.book.count("contribution") == 2


def test_f8_without_a_chosen_model_stays_in_the_list(desk: Desk) -> None:
    screen = desk.go("models")
    assert isinstance(screen, ModelsScreen)
    screen.search.setText("không có")
    screen.search.ask()
    desk.until(screen.is_empty)
    screen.show_history()
    assert desk.app.window.place == "models"
    press(screen.empty, "Bring in an Excel list")
    assert desk.app.window.place == "import"


def test_the_first_code_of_an_empty_book(template: Template, tmp_path: Path) -> None:
    with own_state(tmp_path / "state"), template.copy_to(tmp_path / "so.danvan") as book:
        assert next_code(book) == "MH001"
        with book.writing("an") as write:
            add_model(write, "Mô hình hay")
        assert next_code(book) == "MH001"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("cash", 500_000, None, None), ("transfer", None, None, None)], "500.000"),
        ([("labour_days", None, 2 * SCALE + SCALE // 2, None)], "2,5 days"),
        ([("land", None, 30 * SCALE, None)], "30 m²"),
        ([("in_kind", None, SCALE, 750_000)], "Goods worth: 750.000"),
    ],
)
@pytest.mark.usefixtures("empty_desk")
def test_totals_keep_money_labour_land_and_goods_apart(rows: Iterable[tuple[Any, ...]], said: str) -> None:
    assert said in money_and_work(rows, TODAY)


@pytest.mark.usefixtures("empty_desk")
def test_people_who_were_not_counted_are_no_total() -> None:
    assert people_present([(None,)], TODAY) == ""
    assert "45" in people_present([(None,), (45,)], TODAY)


def test_the_history_says_what_was_erased_deleted_and_brought_back(desk: Desk) -> None:
    model = desk.model("MH02")

    def live(step: Step) -> None:
        book = step.book
        with book.writing("an", act="bin") as write:
            write.remove("model", model)
        book.restore("an", model)
        with book.writing("an") as write:
            write.change("model", model, {"phone": "0900000000"})
        book.erase("an", "model", model, ["phone"])

    page = desk.go("model", desk.model())
    assert isinstance(page, ModelScreen)
    desk.app.tasks.run(live, lane=Lane.WRITE)
    desk.until()
    table: HistoryTable = page.history
    table.show_record(model)
    desk.until(lambda: table.model.rowCount() > 0)
    cells = [
        str(table.model.index(row, column).data())
        for row in range(table.model.rowCount())
        for column in range(6)
    ]
    assert "(erased)" in cells and "in the bin" in cells and "live" in cells
    assert "0900000000" not in cells


# -- the bin


def test_nothing_chosen_brings_nothing_back(desk: Desk) -> None:
    screen = desk.go("bin")
    assert isinstance(screen, BinScreen)
    screen.restore()
    desk.until()
    assert desk.said() == ""


def test_enter_brings_a_deleted_model_back_with_its_parts(desk: Desk) -> None:
    desk.go("model", desk.model()).delete()  # type: ignore[attr-defined]  # a model is in front
    desk.until()
    screen = desk.go("bin")
    assert isinstance(screen, BinScreen)
    assert "parts" in str(screen.model.index(0, 1).data())
    screen.view.opened.emit(0)
    desk.until(lambda: "came back" in desk.said())
    assert len(desk.book.find("model", {"code": "MH01"})) == 1
    assert desk.book.count("contribution") == 2


# -- reports


@pytest.fixture
def papers(desk: Desk) -> PapersScreen:
    found = desk.go("papers")
    assert isinstance(found, PapersScreen)
    desk.until(lambda: found.drafted is not None)
    return found


def test_a_report_without_a_year_is_asked_for_by_nobody(papers: PapersScreen) -> None:
    papers.options.form.boxes["year"].field.show_value(None)
    with pytest.raises(PeriodError):
        papers.options.request()
    papers.options.changed.emit()


@pytest.mark.parametrize("typed", ["26", "hai nghìn", "20266"])
def test_a_year_has_four_digits(papers: PapersScreen, typed: str) -> None:
    parse = papers.options.form.boxes["year"].field.held.spec.parse
    assert parse(" 2026 ") == 2026
    assert parse("") is None
    with pytest.raises(NotAValueError):
        parse(typed)


def test_more_choices_come_and_go(papers: PapersScreen) -> None:
    press(papers.options, "More choices")
    assert not papers.options.more.isHidden()
    press(papers.options, "More choices")
    assert papers.options.more.isHidden()


def test_a_span_of_years_asks_for_its_first_year(papers: PapersScreen) -> None:
    papers.options.form.boxes["period"].field.show_value("span")
    papers.options.form.edited.emit("period", "span")
    assert not papers.options.form.boxes["first"].isHidden()


def test_the_pages_can_be_made_larger_and_smaller(papers: PapersScreen) -> None:
    press(papers.preview, "Larger")
    assert papers.preview.pages.zoom > 1
    press(papers.preview, "Smaller")
    press(papers.preview, "Smaller")
    assert papers.preview.pages.zoom < 1


def test_a_change_elsewhere_is_in_the_draft_when_the_clerk_comes_back(
    desk: Desk, papers: PapersScreen
) -> None:
    first = papers.drafted
    desk.go("home")
    given = desk.book.find("contribution")[0].id
    papers.services.saving.write(
        lambda w: w.change("contribution", given, {"amount_vnd": 9_000_000}), types=("contribution",)
    )
    desk.until()
    desk.go("papers")
    desk.until(lambda: papers.drafted is not None and papers.drafted is not first)


def test_the_way_back_from_the_paper_to_the_writing_is_named(desk: Desk, papers: PapersScreen) -> None:
    desk.app.window.resize(911, 472)
    desk.until(lambda: papers.preview.isHidden())
    press(papers, "Preview")
    press(papers, "Back to writing")
    assert papers.preview.isHidden()
    press(papers, "Preview")
    papers.start_signing()
    assert papers.preview.isHidden() and not papers.sign_panel.isHidden()


# -- lists brought in


@pytest.fixture
def importing(desk: Desk) -> ImportScreen:
    found = desk.go("import")
    assert isinstance(found, ImportScreen)
    return found


def test_another_file_may_be_taken_instead(desk: Desk, importing: ImportScreen, tmp_path: Path) -> None:
    importing.read(mixed_list(tmp_path / "Danh sách.xlsx"))
    desk.until(lambda: importing.has_preview)
    press(importing, "Another file")
    assert not importing.has_preview
    importing.land()
    desk.until()
    assert desk.book.count("model") == 3


def test_an_import_is_taken_back_once_from_the_list_of_imports(
    desk: Desk, importing: ImportScreen, tmp_path: Path
) -> None:
    importing.read(good_list(tmp_path / "Danh sách.xlsx"))
    desk.until(lambda: importing.has_preview)
    importing.land()
    desk.until(lambda: importing.history.rowCount() == 2)
    importing.earlier.selectRow(0)
    importing.undo_chosen()
    desk.until(lambda: desk.book.count("model") == 3)
    importing.reload()
    desk.until(lambda: importing.history.index(0, 3).data() == "taken back")
    importing.earlier.selectRow(0)
    importing.undo_chosen()
    desk.until()
    assert desk.book.count("model") == 3


def test_a_book_without_imports_shows_no_empty_table(desk: Desk, importing: ImportScreen) -> None:
    importing._show_earlier([])  # noqa: SLF001  what the worker finds in a new book
    desk.until()
    assert importing.earlier.isHidden()


# -- the office, and values as they are typed


def test_a_size_of_the_text_is_chosen_in_the_settings(desk: Desk) -> None:
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    screen.scale.setCurrentIndex(screen.scale.findData("115"))
    screen.scale.held.commit()
    try:
        assert desk.app.settings.now.scale == 115
    finally:
        desk.app.set_scale(100)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("year", "2026", 2026),
        ("year", "5/2/2026", 2026),
        ("date", "5/2/2026", "2026-02-05"),
        ("count", "1.500", 1500),
        ("money", "1,5tr", 1_500_000),
        ("quantity", "2,5", 25_000),
        ("text", " ", None),
    ],
)
def test_values_are_read_as_clerks_write_them(kind: str, typed: str, stored: object) -> None:
    assert showing.parse_of(kind)(typed) == stored


@pytest.mark.usefixtures("empty_desk")
def test_half_a_person_is_told_to_be_none() -> None:
    with pytest.raises(NotAValueError):
        showing.parse_of("count")("2,5")
