"""Export and import of a whole book, and lists in old encodings, by the commands."""

from __future__ import annotations

from pathlib import Path

from db.legacy_text import Encoding, encode
from tests.end2end.conftest import Shell
from tests.support.workbooks import save

MODEL = ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Đơn vị/cá nhân đăng ký"]
NAMES = ["Nguyễn Văn Hùng", "Trần Thị Bình", "Phạm Quốc Cường", "Đỗ Thị Lụa"]


def _list(folder: Path, old: Encoding, *, mixed: bool = False) -> Path:
    rows: list[list[str | int]] = [[*MODEL]]
    for number, name in enumerate(NAMES):
        written = name if mixed and number % 2 else encode(name, old)
        rows.append([f"MH{number}", f"Ngo {number}", 2024, "Kinh tế", "Cá nhân", written])
    return save(folder / "old.xlsx", {"Mô hình": rows})


def test_an_export_gives_the_same_figures_in_an_empty_book(shell: Shell, tmp_path: Path) -> None:
    book = tmp_path / "d.danvan"
    shell.run("demo", book, "--models", "5", "--password-env", "P")
    made = shell.on(book, "export", "--out", tmp_path / "all.xlsx")
    assert (made.code, made.data["problems"]) == (0, [])
    other = tmp_path / "other" / "e.danvan"
    unit = book_unit(shell, book)
    shell.run("new", other, *unit, "--password-env", "P", "--json")
    landed = shell.on(other, "import", tmp_path / "all.xlsx")
    assert (landed.code, landed.data["refused"]) == (0, [])
    asked = ("figures", "--period", "2024..2026", "--by-unit")
    assert shell.on(other, *asked).data == shell.on(book, *asked).data


def book_unit(shell: Shell, book: Path) -> list[str]:
    """The office of a book, as ``danvan new`` takes it."""
    own = shell.on(book, "figures", "--period", "2024").data["unit"]
    return ["--unit-code", own, "--unit-name", "Phường Hoa Ban", "--unit-kind", "ward"]


def test_an_export_needs_a_folder_and_the_right_ending(shell: Shell, empty: Path, tmp_path: Path) -> None:
    for name in ("none/a.xlsx", "a.ods"):
        ran = shell.on(empty, "export", "--out", tmp_path / name)
        assert (ran.code, ran.out, len(ran.err.strip().splitlines())) == (2, "", 1)


def test_an_old_list_is_imported_and_its_columns_told(shell: Shell, empty: Path, tmp_path: Path) -> None:
    ran = shell.on(empty, "import", _list(tmp_path, Encoding.TCVN3))
    told = [(one["column"], one["encoding"]) for one in ran.data["encodings"]]
    assert (ran.data["landed"], told) == (True, [("Đơn vị/cá nhân đăng ký", "tcvn3")])
    assert ran.data["encodings"][0]["samples"][0]["after"] == "Nguyễn Văn Hùng"


def test_a_mixed_column_is_refused_until_the_clerk_says_what_it_is(
    shell: Shell, empty: Path, tmp_path: Path
) -> None:
    file = _list(tmp_path, Encoding.VNI, mixed=True)
    asked = shell.on(empty, "import", file)
    assert (asked.code, asked.data["landed"], len(asked.data["refused"])) == (1, False, 2)
    said = shell.on(empty, "import", file, "--encoding", "Đơn vị/cá nhân đăng ký=vni")
    assert (said.code, said.data["landed"]) == (0, True)


def test_a_wrong_encoding_is_wrong_usage(shell: Shell, empty: Path, tmp_path: Path) -> None:
    for value in ("Ghi chú=viscii", "vni", "Không có=vni"):
        ran = shell.on(empty, "import", _list(tmp_path, Encoding.VNI), "--encoding", value)
        assert (ran.code, ran.out) == (2, "")
