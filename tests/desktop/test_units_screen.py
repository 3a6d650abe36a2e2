"""Units in the window: renamed, merged, divided and dissolved, each as one entry."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from db import Value
from db.writing import Writing
from desktop.screens.unit_change import ChangeForm
from desktop.screens.units import UnitsScreen
from tests.desktop.conftest import Desk

DAY = "2025-07-01"


@pytest.fixture
def screen(desk: Desk) -> UnitsScreen:
    found = desk.go("units")
    assert isinstance(found, UnitsScreen)
    return found


def _id(desk: Desk, code: str) -> str:
    return desk.book.find("org_unit", {"code": code})[0].id


def _form(desk: Desk, screen: UnitsScreen, kind: str, *codes: str, **values: Value) -> ChangeForm:
    screen.choose([_id(desk, code) for code in codes])
    screen.buttons[kind].click()
    assert screen.form is not None
    for name, value in values.items():
        screen.form.form.boxes[name].field.show_value(value)
    return screen.form


def _succession(desk: Desk) -> list[tuple[str, str, str]]:
    def code(unit: Value) -> str:
        return str(desk.book.get("org_unit", str(unit))["code"])

    found = desk.book.find("unit_succession")
    return sorted((code(one["old_unit"]), code(one["new_unit"]), str(one["kind"])) for one in found)


def test_every_unit_is_shown_with_its_superior(screen: UnitsScreen) -> None:
    shown = [[screen.model.index(row, column).data() for column in (0, 1, 3)] for row in range(3)]
    assert shown == [
        ["P01", "Phường Thử Nghiệm", ""],
        ["TDP2", "Tổ dân phố số 2", "Phường Thử Nghiệm"],
        ["TDP10", "Tổ dân phố số 10", "Phường Thử Nghiệm"],
    ]


def test_buttons_wait_for_as_many_units_as_they_need(desk: Desk, screen: UnitsScreen) -> None:
    able = []
    for codes in ((), ("TDP2",), ("TDP2", "TDP10")):
        screen.choose([_id(desk, code) for code in codes])
        able.append([kind for kind, made in screen.buttons.items() if made.isEnabled()])
    assert able == [[], ["rename", "divide", "dissolve"], ["merge"]]


def test_a_unit_is_renamed_on_a_day_and_the_bar_takes_it_back(desk: Desk, screen: UnitsScreen) -> None:
    _form(desk, screen, "rename", "TDP2", on=DAY, code="TDP2M", name="Tổ dân phố Hoa Ban").save()
    desk.until(lambda: _succession(desk) == [("TDP2", "TDP2M", "replaced")])
    assert "was renamed" in desk.said()
    desk.until(lambda: screen.model.rowCount() == 4)
    desk.app.window.notices.act()
    desk.until(lambda: _succession(desk) == [] and screen.model.rowCount() == 3)


def test_two_groups_become_one(desk: Desk, screen: UnitsScreen) -> None:
    _form(desk, screen, "merge", "TDP2", "TDP10", on=DAY, code="TDP12", name="Tổ dân phố số 12").save()
    desk.until(lambda: _succession(desk) == [("TDP10", "TDP12", "merged"), ("TDP2", "TDP12", "merged")])
    assert desk.book.get("org_unit", _id(desk, "TDP12"))["kind"] == "residential_group"
    desk.until(lambda: screen.form is None and screen.view.isVisible())


def test_a_divided_unit_places_whoever_stands_below_it(desk: Desk, screen: UnitsScreen) -> None:
    office = desk.app.office
    assert office is not None

    def below(w: Writing) -> None:
        made = w.add("org_unit", {"code": "T1", "name": "Xóm 1", "kind": "residential_group"})
        w.add("unit_parent", {"unit": made, "parent": _id(desk, "TDP2")})

    office.services.saving.write(below, types=("org_unit",))
    desk.until(lambda: screen.model.rowCount() == 4)
    parts: dict[str, Value] = {"code1": "A", "name1": "Tổ A", "code2": "B", "name2": "Tổ B"}
    form = _form(desk, screen, "divide", "TDP2", on=DAY, **parts)
    form.save()
    assert form.form.boxes[f"below {_id(desk, 'T1')}"].said() != ""
    form.form.boxes[f"below {_id(desk, 'T1')}"].field.show_value("2")
    form.save()
    desk.until(lambda: _succession(desk) == [("TDP2", "A", "divided"), ("TDP2", "B", "divided")])
    assert desk.book.count("unit_parent", {"unit": _id(desk, "T1"), "parent": _id(desk, "B")}) == 1


def test_a_unit_falls_away(desk: Desk, screen: UnitsScreen) -> None:
    _form(desk, screen, "dissolve", "TDP2", on=DAY).save()
    desk.until(lambda: desk.book.get("org_unit", _id(desk, "TDP2"))["valid_to"] == "2025-06-30")


def test_a_refused_change_says_why_and_keeps_what_was_typed(desk: Desk, screen: UnitsScreen) -> None:
    form = _form(desk, screen, "rename", "TDP2", on=DAY, code="TDP10", name="Tổ mới")
    form.save()
    desk.until(lambda: "already a unit with the code TDP10" in form.said())
    assert (form.form.boxes["name"].field.held.value, _succession(desk)) == ("Tổ mới", [])
    form.given_up.emit()
    assert screen.form is None and screen.view.isVisible()


def test_the_unit_of_the_book_does_not_fall_away(desk: Desk, screen: UnitsScreen) -> None:
    form = _form(desk, screen, "dissolve", "P01", on=DAY)
    form.save()
    desk.until(lambda: "is the unit of this book" in form.said())


def test_the_office_itself_gets_another_name_and_its_book_goes_on(desk: Desk, screen: UnitsScreen) -> None:
    _form(desk, screen, "rename", "P01", on=DAY, code="P02", name="Phường khác").save()
    desk.until(lambda: _succession(desk) == [("P01", "P02", "replaced")])
    assert desk.book.own_unit() == _id(desk, "P02")
    assert desk.book.find("office_profile", {"unit": desk.book.own_unit()})[0]["valid_from"] == DAY


def test_the_office_alone_is_merged_with_others_that_are_not_in_its_book(
    desk: Desk, screen: UnitsScreen
) -> None:
    _form(desk, screen, "merge", "P01", on=DAY, code="P02", name="Phường khác").save()
    desk.until(lambda: _succession(desk) == [("P01", "P02", "merged")])


def test_an_office_that_is_divided_asks_whose_the_book_is(desk: Desk, screen: UnitsScreen) -> None:
    parts: dict[str, Value] = {"code1": "A", "name1": "Phường A", "code2": "B", "name2": "Phường B"}
    placed: dict[str, Value] = {f"below {_id(desk, code)}": "1" for code in ("TDP2", "TDP10")}
    form = _form(desk, screen, "divide", "P01", on=DAY, **parts, **placed)
    form.save()
    assert form.form.boxes["keeper"].said() != ""
    form.form.boxes["keeper"].field.show_value("2")
    form.save()
    desk.until(lambda: _succession(desk) == [("P01", "A", "divided"), ("P01", "B", "continued")])
    assert desk.book.own_unit() == _id(desk, "B")


def test_the_settings_lead_to_the_units_and_back(desk: Desk, screen: UnitsScreen) -> None:
    assert desk.app.window.place == "units"
    for name, place in (("Back to the settings", "setup"), ("Bring in a list of units", "import")):
        desk.go("units")
        next(one for one in screen.findChildren(QPushButton) if one.accessibleName() == name).click()
        desk.until(lambda: desk.app.window.place == place)  # noqa: B023 - waited for at once
