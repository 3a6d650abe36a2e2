"""Hostile and broken files are refused with a sentence, quickly, before any parser sees them."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import Book
from forms.spreadsheets import UnreadableWorkbookError, read_workbook
from forms.spreadsheets.errors import Fault
from forms.spreadsheets.safety import MOST_BYTES, MOST_MEMBERS, MOST_UNPACKED, safe_package
from tests.support.workbooks import cell_xml, packed, parts, save

_HANG_S = 5.0
_ROW = "<sheetData><row r='1'>{}</row></sheetData>"
_GOOD = parts(_ROW.format(cell_xml("A1", "Hình thức")))


@contextmanager
def _refused(fault: Fault) -> Iterator[None]:
    """The file is refused for this reason, with a whole sentence, in good time."""
    begun = time.monotonic()
    with pytest.raises(UnreadableWorkbookError) as told:
        yield
    assert told.value.fault is fault
    assert "{" not in told.value.sentence()
    assert time.monotonic() - begun < _HANG_S


def _file(folder: Path, data: bytes, name: str = "list.xlsx") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def _with(**changed: str | bytes) -> bytes:
    named = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "macros": "xl/vbaProject.bin",
    }
    return packed({**_GOOD, **{named.get(key, key): value for key, value in changed.items()}})


def test_a_good_package_is_read(tmp_path: Path) -> None:
    book = read_workbook(_file(tmp_path, packed(_GOOD)))
    assert book.sheets[0].rows == [["Hình thức"]]


HOSTILE: dict[str, tuple[Fault, Callable[[], bytes]]] = {
    "nothing": (Fault.EMPTY, lambda: b""),
    "blanks": (Fault.EMPTY, lambda: b" \r\n\t"),
    "old Excel": (Fault.OLD_EXCEL, lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)),
    "a password": (
        Fault.ENCRYPTED,
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
    ),
    "a picture": (Fault.OTHER_FORMAT, lambda: b"\x89PNG\r\n\x1a\n" + b"\xf1" * 64),
    "a photograph": (Fault.OTHER_FORMAT, lambda: b"\xff\xd8\xff\xe0" + b"\xf1" * 64),
    "a PDF": (Fault.OTHER_FORMAT, lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    "a PDF of plain letters": (Fault.OTHER_FORMAT, lambda: b"\n%PDF-1.4\n1 0 obj\n"),
    "gzip": (Fault.OTHER_FORMAT, lambda: b"\x1f\x8b\x08" + b"\xf1" * 64),
    "bytes of nought": (Fault.OTHER_FORMAT, lambda: b"\xf1\x00\xf2" * 20),
    "a zip of something": (Fault.OTHER_FORMAT, lambda: packed({"a.txt": "x"})),
    "OpenDocument": (
        Fault.OTHER_FORMAT,
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
    ),
    "binary Excel": (
        Fault.OTHER_FORMAT,
        lambda: packed({"[Content_Types].xml": "<a/>", "xl/workbook.bin": "x"}),
    ),
    "macros": (Fault.MACROS, lambda: _with(macros=b"\xd0\xcf\x11\xe0")),
    "no relationships": (
        Fault.DAMAGED,
        lambda: packed({name: text for name, text in _GOOD.items() if "workbook.xml.rels" not in name}),
    ),
    "no sheet part": (
        Fault.DAMAGED,
        lambda: packed({name: text for name, text in _GOOD.items() if "sheet1" not in name}),
    ),
    "a sheet cut off": (Fault.DAMAGED, lambda: _with(sheet=_GOOD["xl/worksheets/sheet1.xml"][:-30])),
    "a cell with no place": (Fault.DAMAGED, lambda: packed(parts(_ROW.format(cell_xml("3B", "x"))))),
    "a million columns": (
        Fault.FAR_CELL,
        lambda: packed(parts(_ROW.format(cell_xml("ALL1", "x") + cell_xml("ALM1", "x")))),
    ),
    "a column that does not exist": (
        Fault.DAMAGED,
        lambda: packed(parts(_ROW.format(cell_xml("ZZZZZZ1", "x")))),
    ),
    "a cell in the last row": (Fault.FAR_CELL, lambda: packed(parts(_ROW.format(cell_xml("A1048576", "x"))))),
    "an empty rectangle": (
        Fault.FAR_CELL,
        lambda: packed(parts(_ROW.format(cell_xml("ALL1", "x") + cell_xml("A100000", "x")))),
    ),
    "UTF-16": (Fault.DAMAGED, lambda: _with(sheet=_GOOD["xl/worksheets/sheet1.xml"].encode("utf-16"))),
    "another encoding": (
        Fault.DAMAGED,
        lambda: _with(sheet=_GOOD["xl/worksheets/sheet1.xml"].replace("UTF-8", "ISO-8859-1")),
    ),
    "a shared string that is not there": (
        Fault.DAMAGED,
        lambda: packed(parts(_ROW.format("<c r='A1' t='s'><v>7</v></c>"))),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_good_workbook_is_refused(tmp_path: Path, name: str) -> None:
    fault, made = HOSTILE[name]
    file = _file(tmp_path, made())
    with _refused(fault):
        read_workbook(file)


def test_a_million_columns_in_one_row_are_refused(tmp_path: Path) -> None:
    cells = "".join("<c><v>1</v></c>" for _ in range(1_000_000))
    file = _file(tmp_path, packed(parts(_ROW.format(cells))))
    with _refused(Fault.FAR_CELL):
        read_workbook(file)


@pytest.mark.parametrize(
    "part", ["sheet", "strings", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/app.xml"]
)
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_a_dtd_in_any_part_is_refused(tmp_path: Path, part: str, declared: str) -> None:
    file = _file(tmp_path, _with(**{part: f'<?xml version="1.0"?>{declared}<a>&x;</a>'}))
    with _refused(Fault.FOREIGN_XML):
        read_workbook(file)


def test_a_bomb_is_refused_by_how_much_it_would_swell() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _GOOD.items():
            package.writestr(name, text)
        with package.open("xl/media/image1.xml", "w") as part:
            for _ in range(24):
                part.write(bytes(1024 * 1024))
    with _refused(Fault.BOMB):
        safe_package(held.getvalue())


def test_a_package_that_declares_more_than_fits_is_refused_unopened() -> None:
    data = packed({**_GOOD, "xl/media/image1.png": "x" * 77})
    declared = data.replace(struct.pack("<L", 77), struct.pack("<L", MOST_UNPACKED))
    assert declared != data
    with _refused(Fault.BOMB):
        safe_package(declared)


def test_a_part_that_holds_more_than_it_declares_is_refused(tmp_path: Path) -> None:
    sheet = parts(_ROW.format(cell_xml("A1", "x" * 500_000)))["xl/worksheets/sheet1.xml"]
    data = _with(sheet=sheet)
    size = len(sheet.encode())
    lie = data.replace(struct.pack("<L", size), struct.pack("<L", 100))
    assert lie != data
    file = _file(tmp_path, lie)
    with _refused(Fault.DAMAGED):
        read_workbook(file)


def test_too_many_parts_are_refused() -> None:
    many = packed({**_GOOD, **{f"xl/media/{number}.png": b"" for number in range(MOST_MEMBERS)}})
    with _refused(Fault.BOMB):
        safe_package(many)


def test_two_parts_of_one_name_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, text in (*_GOOD.items(), ("XL/worksheets/SHEET1.xml", "<a/>")):
            package.writestr(name, text)
    with _refused(Fault.DAMAGED):
        safe_package(held.getvalue())


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_not_copied_whole_is_refused(tmp_path: Path, kept: float) -> None:
    data = save(tmp_path / "whole.xlsx", {"Đóng góp": [["Hình thức"], ["Tiền mặt"]]}).read_bytes()
    file = _file(tmp_path, data[: int(len(data) * kept)])
    with _refused(Fault.DAMAGED):
        read_workbook(file)


def test_a_packed_part_with_a_password_is_refused() -> None:
    data = bytearray(packed(_GOOD))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    with _refused(Fault.ENCRYPTED):
        safe_package(bytes(data))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.xlsx"
    with file.open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    with _refused(Fault.TOO_LARGE):
        read_workbook(file)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with _refused(Fault.MISSING):
        read_workbook(tmp_path / "nothing.xlsx")


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "list.xlsx"
    folder.mkdir()
    with _refused(Fault.UNREADABLE):
        read_workbook(folder)


def test_more_elements_than_any_workbook_has_are_refused(tmp_path: Path) -> None:
    file = _file(tmp_path, packed(parts("<sheetData>" + "<row/>" * 4_000_001 + "</sheetData>")))
    with pytest.raises(UnreadableWorkbookError) as told:
        read_workbook(file)
    assert told.value.fault in {Fault.TOO_MANY_CELLS, Fault.BOMB}


def test_a_lie_about_the_extent_does_no_harm(tmp_path: Path) -> None:
    sheet = '<dimension ref="A1:XFD1048576"/>' + _ROW.format(cell_xml("A1", "Hình thức"))
    assert read_workbook(_file(tmp_path, packed(parts(sheet)))).sheets[0].rows == [["Hình thức"]]


def test_links_to_other_workbooks_never_reach_the_parser() -> None:
    link = '<externalLink xmlns="x"><externalBook r:id="rId1" xmlns:r="y"/></externalLink>'
    clean = safe_package(packed({**_GOOD, "xl/externalLinks/externalLink1.xml": link}))
    assert not any("external" in name for name in zipfile.ZipFile(io.BytesIO(clean.data)).namelist())


def test_a_part_that_is_not_read_may_be_ill_formed() -> None:
    assert safe_package(packed({**_GOOD, "xl/drawings/drawing1.xml": "<br><p>"})).notes


def test_nothing_of_a_refused_file_lands(tmp_path: Path, book: Book) -> None:
    before = book.digest()
    with pytest.raises(UnreadableWorkbookError):
        read_workbook(_file(tmp_path, packed(parts(_ROW.format(cell_xml("A1048576", "x"))))))
    assert book.digest() == before
