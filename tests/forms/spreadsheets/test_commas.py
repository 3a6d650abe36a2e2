"""One sheet as a .csv: encodings, dividers, which sheet it is, and garbage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Book
from forms.spreadsheets import UnreadableWorkbookError, Workbook, read_workbook
from forms.spreadsheets.commas import read_csv
from forms.spreadsheets.errors import Fault
from tests.forms.spreadsheets.conftest import Import

_HEAD = "Mã đơn vị{0}Người/đơn vị đóng góp{0}Hình thức{0}Số lượng{0}Ngày\n"
_ROW = "P01{0}Bà Trần Thị Lan{0}Tiền mặt{0}1.500.000{0}01/05/2024\n"


def _read(folder: Path, data: bytes | str, name: str = "list.csv") -> Workbook:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_workbook(file)


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_dividers_and_unicode_encodings_are_understood(tmp_path: Path, divider: str, encoding: str) -> None:
    text = (_HEAD + _ROW).format(divider)
    sheet = _read(tmp_path, text.encode(encoding)).sheets[0]
    assert (sheet.name, sheet.rows[1][1]) == ("Đóng góp", "Bà Trần Thị Lan")


def test_a_comma_in_quotes_divides_nothing(tmp_path: Path) -> None:
    text = _HEAD.format(",") + 'P01,"Hộ ông Bình, bà Lan",Ngày công,"2,5",01/05/2024\n'
    assert _read(tmp_path, text).sheets[0].rows[1][3] == "2,5"


def test_the_file_may_say_what_divides_it(tmp_path: Path) -> None:
    sheet = _read(tmp_path, "sep=;\n" + (_HEAD + _ROW).format(";")).sheets[0]
    assert sheet.rows[2][2] == "Tiền mặt"


@pytest.mark.parametrize("name", ["Đóng góp.csv", "dong_gop_2024.csv", "P01-DONG-GOP.csv"])
def test_the_file_name_tells_the_sheet(tmp_path: Path, name: str) -> None:
    assert _read(tmp_path, "a,b\n1,2\n", name).sheets[0].name == "Đóng góp"


def test_a_longer_name_of_a_sheet_goes_before_a_shorter_one(tmp_path: Path) -> None:
    assert _read(tmp_path, "a,b\n", "so lieu don vi.csv").sheets[0].name == "Số liệu đơn vị"


def test_a_file_that_is_no_sheet_of_ours_is_refused_as_a_whole(tmp_path: Path, bring_in: Import) -> None:
    file = tmp_path / "abc.csv"
    file.write_text("một,hai\n1,2\n")
    answer = bring_in(file)
    assert (answer.landed, [one.sheet for one in answer.refused]) == (False, ["abc"])


def test_rows_keep_the_numbers_they_have_in_the_file(tmp_path: Path, bring_in: Import) -> None:
    file = tmp_path / "dong gop.csv"
    file.write_text(
        _HEAD.format(",") + '\nP01,"Hộ bà\nLan",Tiền mặt,1.5,01/05/2024\nP01,An,Tiền mặt,1.5,01/05/2024\n'
    )
    assert [one.row for one in bring_in(file).refused] == [3, 5]


def test_a_csv_lands_like_a_workbook(tmp_path: Path, bring_in: Import, book: Book) -> None:
    file = tmp_path / "list.csv"
    file.write_text((_HEAD + _ROW).format(";"), encoding="utf-8-sig")
    assert bring_in(file).landed
    assert book.find("contribution")[0]["amount_vnd"] == 1_500_000


def test_a_csv_row_is_the_same_row_as_in_a_workbook(tmp_path: Path, bring_in: Import) -> None:
    file = tmp_path / "list.csv"
    file.write_text((_HEAD + _ROW).format(";"))
    bring_in(file)
    heads = _HEAD.strip().format(",").split(",")
    again = bring_in({"Đóng góp": [heads, ["P01", "Bà Trần Thị Lan", "tiền mặt", 1_500_000, "01/05/2024"]]})
    assert again.unchanged == {"contribution": 1}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("Mã đơn vị,Hình thức\n".encode("cp1258", "replace") + b"\xd0\xe3\xff\n", Fault.NOT_TEXT),
        (bytes(range(128, 256)), Fault.NOT_TEXT),
        (b"a\0b,c\n", Fault.OTHER_FORMAT),
        (b"\xff\xfea", Fault.NOT_TEXT),
        ((_HEAD.format(",") + '"never closed, ' + "x" * 100).encode(), Fault.BROKEN_CSV),
        ((_HEAD.format(",") + "x" * 200_000 + "\n").encode(), Fault.BROKEN_CSV),
        ((_HEAD.format(",") + "," * 2_000 + "\n").encode(), Fault.TOO_MANY_CELLS),
        (b"a\n" * 200_002, Fault.TOO_MANY_CELLS),
    ],
)
def test_garbage_is_refused(tmp_path: Path, data: bytes, fault: Fault) -> None:
    with pytest.raises(UnreadableWorkbookError) as told:
        _read(tmp_path, data)
    assert told.value.fault is fault


@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "ignore")))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        name, rows = read_csv(data, "x")
    except UnreadableWorkbookError as error:
        assert error.sentence()
    else:
        assert name
        assert all(isinstance(cell, str) for row in rows for cell in row)
