"""The overview: its figures are those of the book, each opens its records, what is missing is named."""

from __future__ import annotations

from db.figures import compute, load
from desktop.screens.home import HomeScreen
from desktop.screens.home_figures import asked_for, paths_of
from desktop.screens.missing import missing
from desktop.screens.records import RecordsScreen
from tests.desktop.conftest import Desk


def home(desk: Desk) -> HomeScreen:
    screen = desk.go("home")
    assert isinstance(screen, HomeScreen)
    return screen


def test_the_cards_show_the_figures_of_the_year(desk: Desk) -> None:
    screen = home(desk)
    figures = compute(load(desk.book), asked_for(2026, desk.book.own_unit()))
    said = [tile.accessibleName() for tile in screen.tiles]
    assert figures["models"]["registered"] == 1
    assert said[0] == "Models registered: 1"
    assert said[1] == "Socialised funding: 2 triệu đồng"
    assert said[5] == "Findings still open: 1"


def test_a_figure_opens_exactly_its_records(desk: Desk) -> None:
    home(desk).tiles[1].click()
    desk.until(lambda: desk.app.window.place == "records")
    screen = desk.app.window.in_front()
    assert isinstance(screen, RecordsScreen)
    given = {one.id for one in desk.book.find("contribution", {"kind": "cash"})}
    assert set(screen.records) == given
    assert screen.tabs.count() == 1


def test_a_record_of_a_figure_opens_its_model(desk: Desk) -> None:
    home(desk).tiles[1].click()
    desk.until(lambda: desk.app.window.place == "records")
    screen = desk.app.window.in_front()
    assert isinstance(screen, RecordsScreen)
    screen.table(0).opened.emit(0)
    desk.until()
    assert desk.app.window.place == "model"


def test_a_field_opens_its_models(desk: Desk) -> None:
    home(desk).bars.opened.emit("culture_society")
    desk.until()
    assert desk.app.window.place == "models"
    assert desk.app.window.in_front().filters.values() == {  # type: ignore[union-attr]  # the test knows which screen this is
        "year": 2026,
        "field": "culture_society",
    }


def test_another_year_shows_its_own_figures(desk: Desk) -> None:
    screen = home(desk)
    screen.year.show_value("2025")
    screen.year.held.value = "2026"
    screen.year.held.commit()
    desk.until()
    assert screen.tiles[0].accessibleName() == "Models registered: 2"


def test_what_is_missing_is_named_with_the_place_to_mend_it(desk: Desk) -> None:
    figures = compute(load(desk.book), asked_for(2026, desk.book.own_unit()))
    found = {one.place: one.text for one in missing(desk.book, 2026, figures) if one.place}
    assert "setup" in found
    assert "draft" in found["models"]
    texts = [one.text for one in missing(desk.book, 2026, figures)]
    assert any("1 model of 2025 is not registered again" in text for text in texts)
    assert any("finding" in text for text in texts)


def test_every_card_stands_for_figures_that_can_be_opened(desk: Desk) -> None:
    figures = compute(load(desk.book), asked_for(2026, desk.book.own_unit()))
    assert paths_of("models.registered", figures) == ["models.registered"]
    assert "activities.by_kind.dialogue" in paths_of("activities.by_kind.", figures)


def test_a_change_anywhere_counts_anew(desk: Desk) -> None:
    screen = home(desk)
    saving = screen.services.saving
    draft = desk.book.find("registration", {"status": "draft"})[0]
    saving.write(
        lambda w: w.change("registration", draft.id, {"status": "registered"}), types=("registration",)
    )
    desk.until(lambda: screen.tiles[0].accessibleName() == "Models registered: 2")
