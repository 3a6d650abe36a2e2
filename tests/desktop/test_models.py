"""The list of models: found without accents, filtered by registration, sorted, a new one added."""

from __future__ import annotations

import pytest

from desktop.screens.models import ModelsScreen
from desktop.screens.new_model import NewModelForm, next_code
from tests.desktop.conftest import Desk


@pytest.fixture
def screen(desk: Desk) -> ModelsScreen:
    found = desk.go("models")
    assert isinstance(found, ModelsScreen)
    return found


def codes(screen: ModelsScreen) -> list[str]:
    """The codes shown, from top to bottom."""
    return [str(screen.model.index(row, 0).data()) for row in range(screen.model.rowCount())]


def test_models_stand_in_natural_order_with_their_latest_registration(
    desk: Desk, screen: ModelsScreen
) -> None:
    assert codes(screen) == ["MH01", "MH02", "MH10"]
    names = [column.name for column in screen.model.columns]
    row = [str(screen.model.index(0, names.index(name)).data()) for name in ("year", "unit")]
    assert row == ["2026", "Tổ dân phố số 2"]
    assert desk.app.window.place == "models"


@pytest.mark.parametrize(("typed", "found"), [("con duong", ["MH01"]), ("MẬN", ["MH01"]), ("zzz", [])])
def test_models_are_found_without_accents(
    desk: Desk, screen: ModelsScreen, typed: str, found: list[str]
) -> None:
    screen.search.setText(typed)
    screen.search.ask()
    desk.until()
    assert codes(screen) == found


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"year": 2025}, ["MH01", "MH10"]),
        ({"year": 2026, "status": "draft"}, ["MH02"]),
        ({"field": "defence_security"}, ["MH10"]),
        ({}, ["MH01", "MH02", "MH10"]),
    ],
)
def test_models_are_filtered_by_their_registrations(
    desk: Desk, screen: ModelsScreen, where: dict[str, int | str | None], found: list[str]
) -> None:
    screen.open(where)
    desk.until()
    assert codes(screen) == found


def test_a_filter_of_a_year_shows_the_registration_of_that_year(desk: Desk, screen: ModelsScreen) -> None:
    screen.open({"year": 2025})
    desk.until()
    names = [column.name for column in screen.model.columns]
    assert screen.model.index(0, names.index("year")).data() == "2025"


def test_the_list_can_be_turned_round(desk: Desk, screen: ModelsScreen) -> None:
    screen.view.sort_asked.emit("title", True)
    desk.until()
    assert codes(screen) == ["MH02", "MH01", "MH10"]


def test_a_model_is_added_with_its_registration(desk: Desk, screen: ModelsScreen) -> None:
    screen.add_model()
    form = screen.form_in_front()
    assert isinstance(form, NewModelForm)
    assert form.form.boxes["code"].field.held.value == "MH11"
    form.form.show_values(
        {"title": "Tủ sách ngõ", "code": "MH11", "year": 2026, "field": "culture_society",
         "subject_type": "collective"},
        anew=True,
    )  # fmt: skip
    form.make()
    desk.until(lambda: desk.app.window.place == "model")
    made = desk.book.find("model", {"code": "MH11"})[0]
    registered = desk.book.find("registration", {"model": made.id})
    assert (made.title, registered[0]["year"], registered[0]["status"]) == ("Tủ sách ngõ", 2026, "registered")


def test_a_code_that_is_taken_is_told_and_nothing_is_made(desk: Desk, screen: ModelsScreen) -> None:
    screen.add_model()
    form = screen.form_in_front()
    assert isinstance(form, NewModelForm)
    form.form.show_values(
        {"title": "Khác", "code": "MH01", "year": 2026, "field": "economy", "subject_type": "collective"},
        anew=True,
    )
    form.make()
    desk.until()
    assert "MH01" in form.said()
    assert desk.book.count("model") == 3


def test_what_is_missing_in_the_form_is_told_at_its_field(desk: Desk, screen: ModelsScreen) -> None:
    screen.add_model()
    form = screen.form_in_front()
    assert isinstance(form, NewModelForm)
    form.make()
    assert form.form.boxes["title"].said() != ""
    assert desk.book.count("model") == 3


def test_an_unused_form_is_gone_when_the_clerk_comes_back(desk: Desk, screen: ModelsScreen) -> None:
    screen.add_model()
    desk.go("home")
    desk.go("models")
    assert screen.form_in_front() is None


def test_the_next_code_follows_the_last_one(desk: Desk) -> None:
    assert next_code(desk.book) == "MH11"


def test_enter_opens_a_model_and_f8_its_history(desk: Desk, screen: ModelsScreen) -> None:
    screen.view.selectRow(1)
    screen.open_row(1)
    desk.until()
    assert desk.app.window.in_front().header.title() == "Giúp nhau vốn"  # type: ignore[union-attr]  # the test knows which screen this is
    desk.go("models")
    screen.view.selectRow(0)
    screen.show_history()
    desk.until()
    shown = desk.app.window.in_front()
    assert shown.tabs.currentWidget() is shown.history  # type: ignore[union-attr]  # the test knows which screen this is


def test_the_card_shows_the_chosen_model_and_opens_its_parts(desk: Desk, screen: ModelsScreen) -> None:
    screen.view.selectRow(0)
    assert screen.card.shown() == "Con đường hoa"
    screen.card.open_part("contributions")
    desk.until()
    assert desk.app.window.place == "model"


def test_an_empty_list_says_why(desk: Desk, screen: ModelsScreen) -> None:
    screen.search.setText("không có")
    screen.search.ask()
    desk.until()
    assert screen.is_empty()
