"""Workbooks for tests: from rows of plain values to an .xlsx, and raw packages for hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

Cell = str | int | float | bool | date | None
Rows = Sequence[Sequence[Cell]]

# Fixed, so that the same rows are the same bytes
MADE_AT = datetime(2024, 10, 15, 8, 0, tzinfo=UTC)


def save(file: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write ``sheets`` ({name: rows}; dates as real dates) to ``file`` and return it."""
    book = xlsxwriter.Workbook(str(file), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False})
    book.set_properties({"created": MADE_AT.replace(tzinfo=None)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell)
    book.close()
    return file


def _write(sheet: xlsxwriter.worksheet.Worksheet, number: int, place: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(number, place, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(number, place, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(number, place, cell)
    elif cell is not None:
        sheet.write_string(number, place, cell)


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _relationships(kind: str, target: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}/{kind}" Target="{target}"/></Relationships>'
    )


def parts(sheet_data: str, name: str = "Đóng góp", prolog: str = "") -> dict[str, str]:
    """The parts of a minimal package with one sheet whose inner XML is ``sheet_data``."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relationships("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
            f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relationships("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
            f'<worksheet xmlns="{_MAIN}">{sheet_data}</worksheet>'
        ),
    }


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Members as a zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return held.getvalue()


def cell_xml(reference: str, text: str) -> str:
    """A cell with text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'
