"""The life of a model in the window: maintained, checked, copied, granted, put right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import Value
from db.figures import compute, load
from desktop.screens.children import ChildGrid
from desktop.screens.home_figures import asked_for
from desktop.screens.maintain import MaintainForm
from desktop.screens.missing import missing
from desktop.screens.model import ModelScreen
from desktop.screens.models import ModelsScreen
from desktop.screens.records import RecordsScreen
from desktop.screens.row_acts import GrantPanel
from tests.desktop.conftest import Desk


def _maintaining(desk: Desk, year: int = 2026) -> MaintainForm:
    screen = desk.go("models", {"maintain": year})
    assert isinstance(screen, ModelsScreen)
    return screen.maintaining


def _page(desk: Desk, tab: str = "headings", code: str = "MH01") -> ModelScreen:
    page = desk.go("model", (desk.model(code), tab))
    assert isinstance(page, ModelScreen)
    return page


def _grid(desk: Desk, tab: str) -> ChildGrid:
    page = _page(desk, tab)
    return next(one for one in page.grids if one.child.name == tab)


def _add(desk: Desk, type_name: str, **values: Value) -> str:
    """A record of the first model, written elsewhere."""
    made: list[str] = []
    office = desk.app.office
    assert office is not None
    office.services.saving.write(
        lambda w: w.add(type_name, {"model": desk.model(), **values}), types=(type_name,), done=made.append
    )
    desk.until(lambda: bool(made))
    return made[0]


def _years(desk: Desk) -> list[tuple[str, int]]:
    found = desk.book.find("registration", {"kind": "maintained"})
    return [(desk.book.get("model", str(one["model"])).title, int(one["year"] or 0)) for one in found]


# --- last year's registrations ---


def test_last_years_registrations_are_offered_with_ticks(desk: Desk) -> None:
    form = _maintaining(desk)
    assert [form.model.values(row)[:2] for row in range(form.model.rowCount())] == [
        ("MH10", "Camera an ninh"), ("MH01", "Con đường hoa"),
    ]  # fmt: skip
    assert form.model.ticked == {0}
    assert "1 registration of 2025 still lives" in form.words()
    assert "Registered already: 1" in form.words()


def test_the_ticked_ones_are_registered_as_one_entry_that_the_bar_takes_back(desk: Desk) -> None:
    form = _maintaining(desk)
    form.save()
    desk.until(lambda: _years(desk) == [("Camera an ninh", 2026)])
    assert desk.said() == "1 registration was maintained in 2026."
    desk.app.window.notices.act()
    desk.until(lambda: _years(desk) == [])


def test_giving_up_changes_nothing_and_keeps_the_ticks(desk: Desk) -> None:
    form = _maintaining(desk)
    form.model.tick_all(False)
    form.given_up.emit()
    assert not form.isVisible()
    assert _maintaining(desk).model.ticked == set()
    form.save()
    desk.until()
    assert desk.book.count("registration") == 4


def test_a_space_ticks_the_chosen_row(desk: Desk) -> None:
    form = _maintaining(desk)
    form.table.selectRow(0)
    for ticked in (set(), {0}):
        QTest.keyClick(form.table, Qt.Key.Key_Space)
        assert form.model.ticked == ticked


def test_a_row_that_cannot_be_maintained_has_no_box(desk: Desk) -> None:
    form = _maintaining(desk)
    taken = form.model.index(1, 0)
    assert form.model.data(taken, Qt.ItemDataRole.CheckStateRole) is None
    assert not form.model.setData(taken, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    box = form.model.index(0, 0)
    assert form.model.setData(box, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert form.chosen() == []


def test_another_year_offers_its_own(desk: Desk) -> None:
    form = _maintaining(desk)
    form.year.show_value("2027")
    form.year.held.value = "2026"
    form.year.held.commit()
    desk.until(lambda: "2026 still live" in form.words())
    form.show_year(2030)
    desk.until(lambda: form.words() == "Nothing was registered in 2029.")


# --- checks, tasks, findings ---


def test_a_check_says_yes_or_no_in_words(desk: Desk) -> None:
    grid = _grid(desk, "checks")
    grid.add_row()
    for column, value in enumerate(("2026-03-01", 0, "Đảng ủy phường")):
        grid.model.setData(grid.model.index(0, column), value)
    grid.flush()
    desk.until(lambda: desk.book.count("sustainability_check") == 1)
    desk.until()
    assert grid.model.index(0, 1).data() == "No longer working"
    assert desk.book.find("sustainability_check")[0]["still_working"] == 0


def test_targets_say_how_many_were_reached(desk: Desk) -> None:
    for planned, actual in ((10_000, 20_000), (30_000, 20_000), (None, 5_000)):
        _add(desk, "target", name="Hộ tham gia", planned=planned, actual=actual)
    grid = _grid(desk, "targets")
    desk.until(lambda: grid.totals() == "Reached: 1 of 2")


@pytest.mark.parametrize(
    ("tab", "type_name", "due", "done", "words"),
    [
        ("tasks", "task", {"what": "Họp dân", "due_on": "2026-01-01"}, "done_on", "1 open · 1 overdue"),
        ("supervisions", "supervision", {"checked_on": "2025-05-05"}, "closed_on", "2 open"),
    ],
)
def test_an_open_row_is_done_today_with_one_click(
    desk: Desk, tab: str, type_name: str, due: dict[str, Value], done: str, words: str
) -> None:
    record = _add(desk, type_name, **due)
    grid = _grid(desk, tab)
    desk.until(lambda: grid.totals() == words)
    grid.view.selectAll()
    grid.child.acts[0].run(grid)
    today = desk.book.now().date().isoformat()
    desk.until(lambda: desk.book.get(type_name, record)[done] == today)
    desk.until(lambda: grid.totals() == "")
    grid.child.acts[0].run(grid)
    assert desk.said() == "Choose rows that are still open."


# --- recognitions ---


def _proposals(desk: Desk) -> ChildGrid:
    usual: dict[str, Value] = {"recipient_type": "collective", "form": "commendation", "status": "proposed"}
    for name in ("Chi bộ 2", "Chi bộ 3"):
        _add(desk, "recognition", recipient=name, **usual)
    grid = _grid(desk, "recognitions")
    grid.view.selectAll()
    grid.child.acts[0].run(grid)
    return grid


def _panel(grid: ChildGrid) -> GrantPanel | None:
    return grid.panel if isinstance(grid.panel, GrantPanel) else None


def test_one_decision_turns_proposals_into_grants_and_keeps_them(desk: Desk) -> None:
    grid = _proposals(desk)
    panel = _panel(grid)
    assert panel is not None
    panel.form.boxes["decision_no"].field.show_value("12-QĐ/ĐU")
    panel.form.boxes["decided_on"].field.show_value("2026-10-15")
    panel.ask()
    desk.until(lambda: desk.book.count("recognition", {"status": "granted"}) == 2)
    assert desk.book.count("recognition", {"status": "proposed"}) == 2
    granted = desk.book.find("recognition", {"status": "granted"})
    assert {one["decision_no"] for one in granted} == {"12-QĐ/ĐU"}
    desk.until(lambda: _panel(grid) is None)


def test_a_grant_needs_its_decision(desk: Desk) -> None:
    panel = _panel(_proposals(desk))
    assert panel is not None
    panel.ask()
    desk.until()
    assert desk.book.count("recognition", {"status": "granted"}) == 0
    assert panel.form.boxes["decision_no"].said() != ""


def test_only_proposals_can_be_granted(desk: Desk) -> None:
    grid = _grid(desk, "recognitions")
    grid.child.acts[0].run(grid)
    assert (_panel(grid), desk.said()) == (None, "Choose rows that are proposed.")


# --- lineage ---


def test_a_copy_is_a_draft_for_another_unit_and_both_pages_say_so(desk: Desk) -> None:
    page = _page(desk)
    page.start_copy()
    assert page.replica is not None
    group = desk.book.find("org_unit", {"code": "TDP10"})[0]
    page.replica.form.boxes["unit"].field.show_value(group.id)
    page.replica.make()
    desk.until(lambda: desk.book.count("model") == 4)
    desk.until(lambda: page.lineage.words() == ["Copied from: MH01 Con đường hoa – Tổ dân phố số 2"])
    made = desk.book.find("model", {"replicated_from": desk.model()})[0]
    assert made["goal"] == "Ngõ sạch, có hoa"
    assert _page(desk).lineage.words() == [f"Copied to: {made['code']} Con đường hoa – Tổ dân phố số 10"]


def test_a_copy_needs_its_unit_and_a_code_of_its_own(desk: Desk) -> None:
    page = _page(desk)
    page.start_copy()
    form = page.replica
    assert form is not None
    form.make()
    assert form.form.boxes["unit"].said() != ""
    form.form.boxes["unit"].field.show_value(desk.book.own_unit())
    form.form.boxes["code"].field.show_value("MH10")
    form.make()
    desk.until(lambda: form.said() == "There is already a model with the code MH10.")
    form.given_up.emit()
    assert (page.replica, page.tabs.isVisible(), desk.book.count("model")) == (None, True, 3)


def test_the_origin_is_typed_as_a_code_and_a_circle_is_refused_at_the_field(desk: Desk) -> None:
    page = _page(desk, code="MH10")
    field = page.lineage.form.boxes["replicated_from"].field
    field.setText("MH01")  # type: ignore[union-attr]  # a code is typed in a line
    field.held.commit()
    desk.until(lambda: desk.book.get("model", desk.model("MH10"))["replicated_from"] == desk.model())
    page = _page(desk, code="MH01")
    box = page.lineage.form.boxes["replicated_from"]
    for code, why in (("MH10", "was itself copied from this model"), ("MH99", "no model with the code MH99")):
        box.field.setText(code)  # type: ignore[union-attr]  # a code is typed in a line
        assert not box.field.held.commit()
        assert why in box.said()
    desk.until()
    assert desk.book.get("model", desk.model())["replicated_from"] is None


# --- the overview ---


def test_the_overview_names_what_is_due_and_opens_its_records(desk: Desk) -> None:
    late = _add(desk, "supervision", checked_on="2025-01-01", due_on="2025-02-01")
    task = _add(desk, "task", what="Nghiệm thu", due_on="2025-02-01")
    _add(desk, "activity", kind="launch", held_on="2024-03-01")
    figures = compute(load(desk.book), asked_for(2026, desk.book.own_unit()))
    found = {one.text: one.what for one in missing(desk.book, 2026, figures) if one.place == "records"}
    expected = {
        "1 finding of a supervision should have been put right by now.": [late],
        "1 task should have been done by now.": [task],
    }
    assert {text: what[2] for text, what in found.items() if isinstance(what, tuple)} | expected == {
        text: what[2] for text, what in found.items() if isinstance(what, tuple)
    }
    due = next(what for text, what in found.items() if "whether" in text)
    screen = desk.go("records", due)
    assert isinstance(screen, RecordsScreen)
    assert desk.model() in screen.records


def test_models_of_the_year_without_evidence_are_named(desk: Desk) -> None:
    with_draft = desk.book.find("registration", {"status": "draft"})[0]
    office = desk.app.office
    assert office is not None
    office.services.saving.write(
        lambda w: w.change("registration", with_draft.id, {"status": "registered"}), types=("registration",)
    )
    desk.until()
    figures = compute(load(desk.book), asked_for(2026, desk.book.own_unit()))
    named = [one.what for one in missing(desk.book, 2026, figures) if "no photo" in one.text]
    assert named == [("Models without evidence", "", [desk.model("MH02")])]


def test_an_overdue_task_opens_at_its_table(desk: Desk) -> None:
    task = _add(desk, "task", what="Nghiệm thu", due_on="2025-02-01")
    screen = desk.go("records", ("Tasks overdue", "", [task]))
    assert isinstance(screen, RecordsScreen)
    screen.table(0).opened.emit(0)
    desk.until()
    page = desk.app.window.in_front()
    assert isinstance(page, ModelScreen)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Tasks (1)"
