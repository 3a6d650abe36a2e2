"""Consents in the window: asked at a row, nothing ticked beforehand, withdrawn in their list."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from desktop.screens.children import ChildGrid
from desktop.screens.consent import ConsentPanel
from desktop.screens.consents import ConsentsScreen
from desktop.screens.model import ModelScreen
from desktop.screens.papers import PapersScreen
from tests.desktop.conftest import Desk, press

SCOPES = ("scope_name", "scope_amount", "scope_contact", "scope_picture")


def _grid(desk: Desk, tab: str) -> ChildGrid:
    page = desk.go("model", (desk.model(), tab))
    assert isinstance(page, ModelScreen)
    return next(one for one in page.grids if one.child.name == tab)


def _panel(desk: Desk, tab: str) -> ConsentPanel:
    grid = _grid(desk, tab)
    grid.view.selectRow(0)
    press(grid, "Public consent …")
    assert isinstance(grid.panel, ConsentPanel)
    return grid.panel


def _agree(desk: Desk, panel: ConsentPanel, *scopes: str) -> None:
    for name in scopes:
        panel.form.boxes[name].field.show_value(1)
    panel.form.boxes["given_on"].field.show_value("2026-10-01")
    panel.form.boxes["method"].field.show_value("paper")
    press(panel, "Save consent")
    desk.until()


def test_nothing_is_ticked_beforehand(desk: Desk) -> None:
    panel = _panel(desk, "contributions")
    values = {name: box.field.held.value for name, box in panel.form.boxes.items()}
    assert [values[name] for name in (*SCOPES, "method", "given_on", "child_assent")] == [None] * 7
    drawn = panel.findChildren(QCheckBox)
    assert (len(drawn) >= len(SCOPES), [box.text() for box in drawn if box.isChecked()]) == (True, [])


def test_a_givers_consent_is_kept_by_name_and_unit(desk: Desk) -> None:
    _agree(desk, _panel(desk, "contributions"), "scope_name", "scope_amount")
    unit = desk.book.find("org_unit", {"code": "TDP2"})[0].id
    found = desk.book.find("consent")
    assert {(one["full_name"], one["unit"], one["scope"], one["person"]) for one in found} == {
        ("Hộ ông Trần Văn Bình", unit, scope, None) for scope in ("name", "amount")
    }


def test_a_members_consent_is_kept_by_person(desk: Desk) -> None:
    _agree(desk, _panel(desk, "members"), "scope_contact")
    person = desk.book.find("person")[0].id
    assert [(one["person"], one["scope"]) for one in desk.book.find("consent")] == [(person, "contact")]


def test_no_box_ticked_saves_nothing(desk: Desk) -> None:
    _agree(desk, _panel(desk, "members"))
    assert (desk.book.count("consent"), desk.said()) == (
        0, "No box is ticked, so nothing is shown in public and nothing was saved.",
    )  # fmt: skip


def test_a_consent_needs_its_day_and_how_it_was_given(desk: Desk) -> None:
    panel = _panel(desk, "members")
    panel.form.boxes["scope_name"].field.show_value(1)
    press(panel, "Save consent")
    desk.until()
    assert desk.book.count("consent") == 0
    assert panel.form.boxes["given_on"].said()


def test_no_chosen_row_asks_nobody(desk: Desk) -> None:
    grid = _grid(desk, "contributions")
    grid.view.clearSelection()
    press(grid, "Public consent …")
    assert grid.panel is None


def _listed(desk: Desk) -> ConsentsScreen:
    _agree(desk, _panel(desk, "members"), "scope_name")
    screen = desk.go("consents")
    assert isinstance(screen, ConsentsScreen)
    return screen


def test_the_list_names_a_member_by_the_person(desk: Desk) -> None:
    screen = _listed(desk)
    desk.until(lambda: screen.model.rowCount() == 1)
    assert [screen.model.index(0, at).data() for at in (0, 1, 5)] == ["Nguyễn Văn Bình", "Name", ""]


def test_a_consent_is_withdrawn_from_today_on_and_stays_in_the_list(desk: Desk) -> None:
    screen = _listed(desk)
    desk.until(lambda: screen.model.rowCount() == 1)
    screen.view.selectRow(0)
    press(screen, "Withdrawn today")
    desk.until(lambda: bool(desk.book.find("consent")[0]["withdrawn_on"]))
    assert desk.book.find("consent")[0]["withdrawn_on"] == desk.book.now().date().isoformat()


def test_a_withdrawn_consent_is_not_withdrawn_again(desk: Desk) -> None:
    screen = _listed(desk)
    desk.until(lambda: screen.model.rowCount() == 1)
    for _time in range(2):
        screen.view.selectRow(0)
        press(screen, "Withdrawn today")
        desk.until(lambda: bool(desk.book.find("consent")[0]["withdrawn_on"]))
    assert desk.said() == "Choose consents that are not withdrawn yet."


def test_the_list_is_reached_from_office_and_settings(desk: Desk) -> None:
    press(desk.go("setup"), "Consents to be shown")
    desk.until()
    assert isinstance(desk.app.window.in_front(), ConsentsScreen)


def test_a_report_is_written_for_the_office_unless_the_clerk_says_otherwise(desk: Desk) -> None:
    screen = desk.go("papers")
    assert isinstance(screen, PapersScreen)
    assert screen.options.request().audience == "internal"
    screen.options.form.boxes["audience"].field.show_value("public")
    assert screen.options.request().audience == "public"
