"""Whatever a workbook holds, it is read or refused in words; what would land always fits the book."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import RECORD_TYPES, Book
from db.choices import choices
from db.records.definition import stored
from forms.spreadsheets import ImportPlan, UnreadableWorkbookError, Workbook, land, plan, read_workbook
from forms.spreadsheets.actions import New
from forms.spreadsheets.layout import SHEETS, As, Column, SheetLayout
from forms.spreadsheets.read import Cell, RawSheet
from forms.spreadsheets.scan import scan_sheet
from tests.data.make_cases import HERE
from tests.support.books import NOON, Template, own_state
from tests.support.workbooks import packed, parts


@pytest.fixture(scope="module")
def shelf(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book on which everything is tried, one after the other."""
    folder = tmp_path_factory.mktemp("fuzz")
    with own_state(folder / "state"), template.copy_to(folder / "a.danvan") as book:
        yield book


_WORDS = [
    "", " ", "x", "M1", "m1", "P01", "T1", "Kinh tế", "Tập thể", "Mô hình", "Cơ sở", "Địa bàn",
    "Ngày công", "Hiện vật", "đồng", "tỷ đồng", "ha", "sào", "%", "1.5", "1.500", "-1", "9" * 30,
    "01/05/2024", "31/02/2024", "năm 2024", "2024", "Bằng khen", "hơn", "Mô hình đăng ký",
    "Kinh phí xã hội hóa", "Tỉnh", "=1+1",
]  # fmt: skip
_ANY = st.one_of(
    st.sampled_from(_WORDS),
    st.floats(),
    st.dates(date(1899, 1, 1), date(2101, 1, 1)),
    st.datetimes(),
    st.times(),
    st.booleans(),
    st.text(max_size=12),
)
_NUMBERS: list[Cell] = [0.0, 1.0, 2.5, "1.500", "2,5", 7.0, 882.0]
_USUAL: dict[As, list[Cell]] = {
    As.TEXT: ["Ngõ xanh", "NGÕ XANH", "đồng", "tỷ đồng", "ngày công", "m2", "Mô hình đăng ký", "Ngày công"],
    As.LONG_TEXT: ["Một\nhai", "Ba"],
    As.CODE: ["M1", "M2", "T1", "T2", "T3"],
    As.UNIT: ["P01", "T1", "T2", "T3"],
    As.UNITS: ["T1", "T1, T2"],
    As.MODEL: ["M1", "M2"],
    As.PHONE: ["0912 345 678", 912345678.0],
    As.DATE: ["01/05/2024", "30/06/2025", date(2023, 1, 1)],
    As.DAY_OR_YEAR: ["01/05/2024", "năm 2024"],
    As.YEAR: [2023.0, 2024.0],
    As.BIRTH_YEAR: [1961.0],
    As.COUNT: [1.0, 40.0],
    As.NUMBER: _NUMBERS,
    As.NUMBER_OR_WORDS: [*_NUMBERS, "22 tuổi"],
    As.MONEY: ["1.500.000", 2e6],
    As.FLAG: ["x"],
    As.LINE: ["T1", "M9"],
}


def _cell(column: Column) -> st.SearchStrategy[Cell]:
    """Mostly what a clerk would write in that column, sometimes anything."""
    usual = [one.vi for one in choices(column.choices)] if column.choices else _USUAL[column.read_as]
    written = st.sampled_from([*usual] if column.required else ["", *usual])
    return st.integers(0, 40).flatmap(lambda dice: written if dice else _ANY)


@st.composite
def _sheet(draw: st.DrawFn, layout: SheetLayout) -> RawSheet:
    optional = draw(st.lists(st.sampled_from(layout.columns), unique_by=lambda column: column.name))
    columns = list({column.name: column for column in (*layout.required, *optional)}.values())
    first = int(draw(st.integers(0, 30)) == 0)
    heads: list[Cell] = [column.heading for column in columns[first:]]
    row = st.tuples(*(_cell(column) for column in columns[first:]))
    rows = draw(st.lists(row, max_size=6))
    faults = draw(st.sampled_from([{}, {}, {(2, 1): "#REF!"}, {(3, 2): ""}]))
    return RawSheet(layout.title, [heads, *rows], faults)


_WORKBOOKS = st.lists(st.sampled_from(SHEETS), unique_by=lambda sheet: sheet.title).flatmap(
    lambda chosen: st.tuples(*map(_sheet, chosen)).map(lambda sheets: Workbook("random.xlsx", sheets))
)


def _check_fits(made: ImportPlan) -> None:
    for type_name, adds in made.adds.items():
        for add in adds:
            values = {name: "id" if isinstance(value, New) else value for name, value in add.values.items()}
            stored(RECORD_TYPES[type_name], values)
            stated = {name for name, value in values.items() if value is not None}
            assert {field.name for field in RECORD_TYPES[type_name].fields if field.required} <= stated


@settings(max_examples=80)
@given(_WORKBOOKS)
def test_any_workbook_is_planned_and_what_it_would_add_fits_the_book(shelf: Book, workbook: Workbook) -> None:
    made = plan(workbook, shelf, NOON.date())
    _check_fits(made)
    answer = made.preview().as_json()
    assert all(told.reason for told in made.refused)
    assert answer["landed"] is False


@settings(max_examples=30)
@given(_WORKBOOKS)
def test_any_workbook_that_comes_in_twice_changes_nothing(shelf: Book, workbook: Workbook) -> None:
    land(plan(workbook, shelf, NOON.date()), shelf, "an", accept_good=True)
    before = shelf.digest()
    again = plan(workbook, shelf, NOON.date())
    assert not again.adds
    assert not again.changes
    assert land(again, shelf, "an", accept_good=True).batch is None
    assert shelf.digest() == before


def _changed(data: bytes, dice: random.Random) -> bytes:
    mutable = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(mutable))
        what = dice.randrange(3)
        if what == 0:
            mutable[place] = dice.randrange(256)
        elif what == 1:
            del mutable[place : place + dice.randint(1, 9)]
        else:
            mutable[place:place] = mutable[dice.randrange(len(mutable)) :][: dice.randint(1, 30)]
    return bytes(mutable)


def _read(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "list.xlsx")
        file.write_bytes(data)
        try:
            read_workbook(file)
        except UnreadableWorkbookError as error:
            assert error.sentence()


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_any_damage_to_a_file_is_refused_or_does_no_harm(dice: random.Random) -> None:
    _read(_changed((HERE / "ba_dinh.xlsx").read_bytes(), dice))


_SHEET = parts(
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Ngày</t></is></c>'
    '<c r="B1" s="1"><v>45413</v></c></row>'
    '<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="e"><f>A9</f><v>#REF!</v></c><c r="C2" t="d">'
    "<v>2024-05-01</v></c><c><v>1E400</v></c></row></sheetData>"
)


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_any_change_inside_a_part_is_refused_or_does_no_harm(dice: random.Random) -> None:
    name = dice.choice(list(_SHEET))
    _read(packed({**_SHEET, name: _changed(_SHEET[name].encode(), dice)}))


@given(st.binary(max_size=200))
def test_any_bytes_are_scanned_or_refused(xml: bytes) -> None:
    try:
        scan_sheet(xml)
    except UnreadableWorkbookError as error:
        assert error.sentence()
