"""The first look at a sheet: what it notes does not depend on how the cells are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.spreadsheets.errors import UnreadableWorkbookError
from forms.spreadsheets.scan import SheetNotes, scan_sheet

_PLACES = st.sampled_from(
    [
        "A1",
        "B2",
        "C2",
        "AB7",
        "A200000",
        "A200001",
        "ALL3",
        "ALM3",
        "XFD1",
        "ABCD1",
        "A0",
        "a1",
        "A01",
        "1",
        "A",
    ]
)
_ATTRIBUTES = st.sampled_from(
    [
        "",
        ' s="3"',
        ' t="s"',
        ' t="b"',
        ' s="1" t="n"',
        ' t="e"',
        ' t="str"',
        ' t="s" s="1"',
        ' cm="1"',
        ' x=">"',
    ]
)
_INNER = st.sampled_from(
    [
        "<v>5</v>", "<v>1.5E+3</v>", "<v> 5</v>", "<v></v>", "<v/>", "<f>A1</f><v>5</v>", "<f>A1</f><v/>",
        "<f/>", "<v>#REF!</v>", "<is><t>chữ</t></is>", "", "<v>&#53;</v>", "<f>A1</f>",
    ]
)  # fmt: skip
_CELLS = st.one_of(
    st.builds('<c r="{}"{}>{}</c>'.format, _PLACES, _ATTRIBUTES, _INNER),
    st.builds('<c r="A{}"><v>{}</v></c>'.format, st.integers(1, 30), st.integers(0, 9)),
    st.builds("<c{}>{}</c>".format, _ATTRIBUTES, _INNER),
    st.builds("<x:c r='{}'>{}</x:c>".format, _PLACES, _INNER),
)
_ROWS = st.builds(
    "<row{}>{}</row>".format,
    st.sampled_from([' r="1"', ' r="2" spans="1:6"', "", ' r="x"']),
    st.lists(_CELLS, max_size=6).map("".join),
)
_SHEETS = st.lists(_ROWS, max_size=4).map("".join)


def _sheet(rows: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> bytes:
    return f'{head}<worksheet xmlns:x="y"><sheetData>{rows}</sheetData></worksheet>'.encode()


def _said(xml: bytes) -> SheetNotes | str:
    try:
        return scan_sheet(xml)
    except UnreadableWorkbookError as error:
        return error.sentence()


@given(_SHEETS)
def test_a_comment_changes_nothing_of_what_is_noted(rows: str) -> None:
    # With a comment in it every cell is walked through; without one plain cells are cut out at once
    assert _said(_sheet(rows)) == _said(_sheet(f"<!-- -->{rows}"))


@pytest.mark.parametrize(
    "hidden",
    [
        '<!-- <c r="Z9"><v>1</v></c> -->',
        '<![CDATA[<c r="Z9"><v>1</v></c>]]>',
        '<?note <c r="Z9"><v>1</v></c>?>',
    ],
)
def test_what_only_looks_like_a_cell_is_none(hidden: str) -> None:
    row = '<row r="1"><c r="B1"><v>1</v></c></row>'
    for head in ("", '<?xml version="1.0" encoding="UTF-8"?>'):
        assert scan_sheet(_sheet(row + hidden, head)) == SheetNotes(1, 2)


def test_an_instruction_in_the_place_of_the_declaration_hides_no_cell() -> None:
    xml = _sheet('<row r="1"><c r="B1"><v>1</v></c></row>', '<?note <c r="Z9"><v>1</v></c>?>')
    assert scan_sheet(xml) == SheetNotes(1, 2)


@pytest.mark.parametrize(
    "broken", ['<row r="2" a="<c r="A1"><v>1</v></c>"/>', '<c r="A1"><v>1</v></c', "<row>\x01</row>"]
)
def test_a_sheet_must_be_well_formed_around_its_cells_too(broken: str) -> None:
    with pytest.raises(UnreadableWorkbookError):
        scan_sheet(_sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{broken}'))


def test_a_cell_without_a_place_stands_right_of_the_one_before_it() -> None:
    notes = scan_sheet(_sheet('<row r="7"><c r="E7"><v>1</v></c><c t="e"><v>#REF!</v></c></row>'))
    assert notes.faults == {(7, 6): "#REF!"}


def test_a_row_without_a_number_follows_the_cell_before_it() -> None:
    notes = scan_sheet(_sheet('<row r="1"><c r="A5"><v>1</v></c></row><row><c><v>1</v></c></row>'))
    assert (notes.last_row, notes.last_column) == (6, 1)
