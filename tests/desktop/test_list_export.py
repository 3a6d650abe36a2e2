"""Lists out to Excel: what is shown, in its order, and of persons what those may see whom it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from python_calamine import CalamineWorkbook

from db.personal import INTERNAL, PUBLIC, UPPER
from desktop.screens.audience import AudiencePanel
from desktop.screens.exporting import BookExport
from desktop.screens.importing import ImportScreen
from desktop.screens.list_export import ListExport
from desktop.screens.model import ModelScreen
from desktop.screens.models import ModelsScreen
from desktop.screens.papers import PapersScreen
from desktop.tasks import Step
from tests.desktop.conftest import Desk, press


@pytest.fixture
def screen(desk: Desk) -> ModelsScreen:
    found = desk.go("models")
    assert isinstance(found, ModelsScreen)
    desk.until(lambda: found.model.rowCount() > 0)
    return found


def _shown(screen: ModelsScreen) -> list[list[str]]:
    model = screen.model
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def _written(file: Path) -> list[list[str]]:
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    return [[str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in rows[1:]]


def _cells(file: Path) -> set[object]:
    book = CalamineWorkbook.from_path(str(file))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return {cell for sheet in sheets for row in sheet for cell in row}


def _out(desk: Desk, export: ListExport | BookExport, file: Path, audience: str) -> Path:
    """Written, and told."""
    export.write(file, audience)
    desk.until(lambda: file.name in desk.said())
    return file


def test_the_file_holds_what_the_list_shows(desk: Desk, screen: ModelsScreen, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    screen.list_export.write(file, INTERNAL)
    desk.until(lambda: "a.xlsx" in desk.said())
    assert _written(file) == _shown(screen)


def test_a_list_goes_to_csv_too(desk: Desk, screen: ModelsScreen, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    screen.list_export.write(file, INTERNAL)
    desk.until(lambda: "a.csv" in desk.said())
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == screen.model.rowCount() + 1


def test_nothing_is_chosen_before_the_clerk_says_for_whom(desk: Desk, screen: ModelsScreen) -> None:
    screen.list_export.choose()
    panel = screen.panel
    assert isinstance(panel, AudiencePanel)
    assert [one.isChecked() for one in panel.buttons.values()] == [False, False, False]
    assert panel.buttons[PUBLIC].hasFocus()
    press(panel, "Cancel")
    assert screen.panel is None
    assert not list(desk.book.path.parent.glob("*.xlsx"))


def test_the_file_is_written_for_whom_the_clerk_chose(
    desk: Desk, screen: ModelsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def name(*given: str) -> tuple[str, str]:
        asked.append(given[2])
        return str(tmp_path / "b"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    screen.list_export.choose()
    assert isinstance(screen.panel, AudiencePanel)
    screen.panel.buttons[PUBLIC].click()
    desk.until(lambda: "b.xlsx" in desk.said())
    assert Path(asked[0]).name == "Models_congkhai.xlsx"
    assert "L.T.M." in _cells(tmp_path / "b.xlsx")
    assert "personal data of 1 row is masked" in desk.said()


@pytest.mark.parametrize(
    ("audience", "there", "not_there"),
    [
        (INTERNAL, {"Bà Trần Thị Hoa", 700_000.0, "0912 345 678"}, {"(ẩn)"}),
        (UPPER, {"Bà Trần Thị Hoa", 700_000.0, "(ẩn)"}, {"0912 345 678"}),
        (PUBLIC, {"Cá nhân", "(ẩn)"}, {"Bà Trần Thị Hoa", 700_000.0, "0912 345 678"}),
    ],
)
def test_contributions_and_members_go_out_as_their_readers_may_see_them(
    desk: Desk, tmp_path: Path, audience: str, there: set[object], not_there: set[object]
) -> None:
    model = desk.model("MH02")

    def work(step: Step) -> None:
        with step.book.writing("an") as write:
            giver = {"contributor": "Bà Trần Thị Hoa", "contributor_kind": "individual"}
            write.add("contribution", {"model": model, **giver, "kind": "cash", "amount_vnd": 700_000})
            person = write.add("person", {"full_name": "Phạm Văn Sơn", "phone": "0912 345 678"})
            write.add("model_member", {"model": model, "person": person})

    desk.do(work)
    page = desk.go("model", model)
    assert isinstance(page, ModelScreen)
    found: set[object] = set()
    for name in ("contributions", "members"):
        desk.go("model", (model, name))
        grid = next(one for one in page.grids if one.child.name == name)
        found |= _cells(_out(desk, grid.list_export, tmp_path / f"{name}.xlsx", audience))
    assert there <= found
    assert not not_there & found


def test_who_gave_nothing_is_in_no_list_for_others(desk: Desk, tmp_path: Path) -> None:
    model = desk.model("MH02")

    def work(step: Step) -> None:
        with step.book.writing("an") as write:
            write.add(
                "contribution", {"model": model, "contributor": "Ông Không", "kind": "cash", "amount_vnd": 0}
            )

    desk.do(work)
    page = desk.go("model", (model, "contributions"))
    assert isinstance(page, ModelScreen)
    grid = next(one for one in page.grids if one.child.name == "contributions")
    assert _written(_out(desk, grid.list_export, tmp_path / "c.xlsx", PUBLIC)) == []


@pytest.mark.parametrize("place", ["units", "consents", "papers", "records"])
def test_every_list_goes_to_excel(desk: Desk, tmp_path: Path, place: str) -> None:
    given = [one.id for one in desk.book.find("contribution")]
    screen = desk.go(place, ("Đóng góp", "", given) if place == "records" else None)
    shown: Any = screen.register if isinstance(screen, PapersScreen) else screen
    assert _out(desk, shown.list_export, tmp_path / "d.xlsx", INTERNAL).is_file()


def test_the_copy_of_the_book_for_the_public_masks_and_says_so(desk: Desk, tmp_path: Path) -> None:
    screen = desk.go("import")
    assert isinstance(screen, ImportScreen)
    said = _cells(_out(desk, screen.book_export, tmp_path / "e.xlsx", PUBLIC))
    assert "is masked" in desk.said()
    assert "N.V.B." in said
    assert "Nguyễn Văn Bình" not in said


def test_the_book_goes_out_only_after_it_is_said_for_whom(desk: Desk) -> None:
    screen = desk.go("import")
    assert isinstance(screen, ImportScreen)
    screen.book_export.choose()
    assert isinstance(screen.panel, AudiencePanel)
