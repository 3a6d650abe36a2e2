"""The list of models out to Excel: the rows that are shown, in their order, as they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop.screens.models import ModelsScreen
from tests.desktop.conftest import Desk


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


def test_the_file_holds_what_the_list_shows(desk: Desk, screen: ModelsScreen, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    screen.list_export.write(file)
    desk.until(lambda: "a.xlsx" in desk.said())
    assert _written(file) == _shown(screen)


def test_a_list_goes_to_csv_too(desk: Desk, screen: ModelsScreen, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    screen.list_export.write(file)
    desk.until(lambda: "a.csv" in desk.said())
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == screen.model.rowCount() + 1
