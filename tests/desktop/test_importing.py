"""Excel in: seen before it lands, refused rows with their reason, one batch, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Book
from desktop.screens.importing import ImportScreen
from tests.desktop.conftest import Desk
from tests.desktop.lists import good_list, mixed_list


@pytest.fixture
def screen(desk: Desk) -> ImportScreen:
    found = desk.go("import")
    assert isinstance(found, ImportScreen)
    return found


def read(desk: Desk, screen: ImportScreen, file: Path) -> None:
    screen.read(file)
    desk.until(lambda: screen.has_preview or desk.said() != "")


def shown(screen: ImportScreen, column: int) -> list[str]:
    """One column of the rows shown."""
    return [str(screen.rows.index(row, column).data()) for row in range(screen.rows.rowCount())]


def counts(screen: ImportScreen) -> list[str]:
    """The three figures: green, yellow, red."""
    return [tile.accessibleName().rpartition(": ")[2] for tile in screen.tiles.values()]


def digest(book: Book) -> str:
    return book.digest()


def test_nothing_is_written_before_the_clerk_says_so(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    before = digest(desk.book)
    read(desk, screen, good_list(tmp_path / "Đóng góp tháng 3.xlsx"))
    assert counts(screen) == ["7", "0", "0"]
    assert digest(desk.book) == before


def test_a_good_list_lands_and_its_undo_leaves_the_book_as_it_was(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    before = digest(desk.book)
    read(desk, screen, good_list(tmp_path / "Đóng góp tháng 3.xlsx"))
    screen.land()
    desk.until(lambda: not screen.has_preview)
    assert desk.book.count("model") == 5
    assert "in the book" in desk.said()
    desk.app.window.notices.act()
    desk.until(lambda: desk.book.count("model") == 3)
    assert digest(desk.book) == before


def test_refused_rows_are_shown_with_place_and_reason(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    read(desk, screen, mixed_list(tmp_path / "Danh sách.xlsx"))
    assert counts(screen)[2] == "4"
    assert set(shown(screen, 0)) == {"Refused"}
    assert "Thể thao" in shown(screen, 4) and "1.5" in shown(screen, 4)
    assert screen.why() == shown(screen, 5)[0] != ""


def test_each_colour_shows_its_rows(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    read(desk, screen, mixed_list(tmp_path / "Danh sách.xlsx"))
    screen.tiles["green"].click()
    assert set(shown(screen, 0)) == {"Comes in"}
    assert "Ngõ nở hoa" in shown(screen, 4)
    screen.tiles["yellow"].click()
    assert set(shown(screen, 0)) == {"Worth a look"}


def test_only_the_good_rows_come_in_when_some_are_refused(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    read(desk, screen, mixed_list(tmp_path / "Danh sách.xlsx"))
    screen.land()
    desk.until(lambda: not screen.has_preview)
    assert desk.book.count("model") == 5
    assert desk.book.find("model", {"code": "MH903"}) == []


def test_the_same_file_twice_changes_nothing(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    file = good_list(tmp_path / "Danh sách.xlsx")
    read(desk, screen, file)
    screen.land()
    desk.until(lambda: not screen.has_preview)
    after = digest(desk.book)
    read(desk, screen, file)
    assert counts(screen)[0] == "0"
    assert not screen.can_land()
    assert digest(desk.book) == after


def test_a_book_changed_since_the_preview_is_planned_anew(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    read(desk, screen, good_list(tmp_path / "Danh sách.xlsx"))
    screen.services.saving.write(
        lambda w: w.add("model", {"code": "MH901", "title": "Đã có"}), types=("model",)
    )
    desk.until()
    screen.land()
    desk.until(lambda: not screen.has_preview)
    assert len(desk.book.find("model", {"code": "MH901"})) == 1


def test_a_file_that_is_no_workbook_is_told_in_words(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    file = tmp_path / "ảnh.xlsx"
    file.write_bytes(b"\x89PNG....")
    read(desk, screen, file)
    assert not screen.has_preview
    assert "Nothing was imported" in desk.said()


def test_earlier_imports_can_be_taken_back_from_the_list(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    read(desk, screen, good_list(tmp_path / "Danh sách.xlsx"))
    screen.land()
    desk.until(lambda: not screen.has_preview)
    desk.until(lambda: screen.history.rowCount() == 2)
    assert screen.history.index(0, 0).data() == "Danh sách.xlsx"
    screen.earlier.selectRow(0)
    screen.undo_chosen()
    desk.until(lambda: desk.book.count("model") == 3)
    desk.until(lambda: screen.history.index(0, 3).data() == "taken back")


def test_rows_corrected_by_hand_stay_and_are_named_when_the_import_is_taken_back(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    read(desk, screen, good_list(tmp_path / "Danh sách.xlsx"))
    screen.land()
    desk.until(lambda: not screen.has_preview)
    new = desk.book.find("model", {"code": "MH901"})[0]
    screen.services.saving.write(lambda w: w.change("model", new.id, {"title": "Ngõ hoa"}), types=("model",))
    desk.until()
    screen.earlier.selectRow(0)
    screen.undo_chosen()
    desk.until(lambda: desk.book.count("model") == 4)
    assert "Ngõ hoa" in desk.said() and "changed since" in desk.said()


def test_values_corrected_by_hand_are_kept_unless_asked(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    file = good_list(tmp_path / "Danh sách.xlsx")
    read(desk, screen, file)
    screen.land()
    desk.until(lambda: not screen.has_preview)
    new = desk.book.find("model", {"code": "MH901"})[0]
    screen.services.saving.write(lambda w: w.change("model", new.id, {"title": "Ngõ hoa"}), types=("model",))
    desk.until()
    read(desk, screen, file)
    assert not screen.can_land() and screen.overwrite.isVisible()
    screen.overwrite.setChecked(True)
    assert screen.can_land()
    screen.land()
    desk.until(lambda: desk.book.get("model", new.id)["title"] == "Ngõ nở hoa")


def test_a_stopped_import_leaves_nothing(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    before = digest(desk.book)
    read(desk, screen, good_list(tmp_path / "Danh sách.xlsx"))
    screen.land()
    desk.app.window.busy.stop.click()
    desk.until()
    assert digest(desk.book) == before or desk.book.count("model") == 5  # stopped, or done before that


def test_another_file_may_be_chosen(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    read(desk, screen, good_list(tmp_path / "Danh sách.xlsx"))
    screen.back()
    assert not screen.has_preview
