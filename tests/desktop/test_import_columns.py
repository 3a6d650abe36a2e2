"""Lists in old encodings in the window: columns with samples, and the clerk's word against the program's."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from db.legacy_text import Encoding, encode
from db.personal import INTERNAL
from desktop.screens.importing import ImportScreen
from desktop.tasks import Lane
from tests.desktop.conftest import Desk
from tests.support.workbooks import save

HEADINGS = ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Đơn vị/cá nhân đăng ký"]
NAMES = ["Nguyễn Văn Hùng", "Trần Thị Bình", "Phạm Quốc Cường", "Đỗ Thị Lụa"]


@pytest.fixture
def screen(desk: Desk) -> ImportScreen:
    found = desk.go("import")
    assert isinstance(found, ImportScreen)
    return found


def _list(file: Path, *, mixed: bool = False) -> Path:
    rows: list[list[str | int]] = [[*HEADINGS]]
    for number, name in enumerate(NAMES):
        written = name if mixed and number % 2 else encode(name, Encoding.VNI)
        rows.append([f"MHX{number}", f"Ngo {number}", 2024, "Kinh tế", "Cá nhân", written])
    return save(file, {"Mô hình": rows})


def _read(desk: Desk, screen: ImportScreen, file: Path) -> None:
    screen.read(file)
    desk.until(lambda: screen.has_preview)


def _choose(screen: ImportScreen, encoding: str) -> None:
    at = screen.columns.encoding.findData(encoding)
    screen.columns.encoding.setCurrentIndex(at)
    screen.columns.encoding.activated.emit(at)


def test_a_recognised_column_shows_a_cell_before_and_after(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    _read(desk, screen, _list(tmp_path / "a.xlsx"))
    assert screen.columns.column.currentText() == "Mô hình · Đơn vị/cá nhân đăng ký"
    assert "VNI" in screen.columns.encoding.currentText()
    assert screen.columns.sample.text().startswith("Nguyeãn Vaên Huøng → Nguyễn Văn Hùng")


def test_the_clerk_may_say_what_a_mixed_column_is(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    _read(desk, screen, _list(tmp_path / "a.xlsx", mixed=True))
    red = screen.tiles["red"]
    assert red.accessibleName().endswith(": 2")
    _choose(screen, "vni")
    desk.until(lambda: red.accessibleName().endswith(": 0"))
    screen.land()
    desk.until(lambda: not screen.has_preview)
    registrants = {row[0] for row in desk.book.rows("registration", ("registrant",))}
    assert set(NAMES) <= registrants


def test_what_was_said_of_one_file_does_not_hold_for_the_next(
    desk: Desk, screen: ImportScreen, tmp_path: Path
) -> None:
    _read(desk, screen, _list(tmp_path / "a.xlsx"))
    _choose(screen, "unicode")
    desk.until(lambda: "→" not in screen.columns.sample.text())
    _read(desk, screen, _list(tmp_path / "b.xlsx"))
    desk.until(lambda: "→" in screen.columns.sample.text())
    assert dict(screen.columns.said) == {}


def test_a_plain_list_says_nothing_of_old_fonts(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    rows: list[list[str | int]] = [[*HEADINGS[:5]], ["MHX1", "Ngo 1", 2024, "Kinh te", "Tap the"]]
    _read(desk, screen, save(tmp_path / "a.xlsx", {"Mô hình": rows}))
    assert not screen.columns.isVisibleTo(screen)


# --- out


def test_the_whole_book_goes_out_and_is_told(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    file = tmp_path / "Sổ.xlsx"
    screen.book_export.write(file, INTERNAL)
    desk.until(lambda: "no password" in desk.said())
    assert file.exists()


def test_a_stopped_export_leaves_no_file(desk: Desk, screen: ImportScreen, tmp_path: Path) -> None:
    gate = Event()
    screen.services.tasks.run(lambda _step: gate.wait(10), lane=Lane.LONG)
    screen.book_export.write(tmp_path / "Sổ.xlsx", INTERNAL)
    screen.services.tasks.tasks.cancel()
    gate.set()
    desk.until(lambda: "stopped" in desk.said())
    assert list(tmp_path.glob("*Sổ*")) == []
