"""From a file to sheets of raw cells: .xlsx through calamine behind the safety checks, or .csv."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from forms.spreadsheets.commas import read_csv
from forms.spreadsheets.errors import Fault, UnreadableWorkbookError
from forms.spreadsheets.headings import sheet_title
from forms.spreadsheets.legacy import recognised
from forms.spreadsheets.legacy_fonts import cell_fonts
from forms.spreadsheets.patience import seldom_collected
from forms.spreadsheets.raw import Cell, RawSheet, Workbook
from forms.spreadsheets.safety import is_workbook, read_bytes, safe_package
from forms.spreadsheets.scan import SheetNotes

_PANIC: Final = "PanicException"

__all__ = ["Cell", "RawSheet", "Workbook", "read_workbook"]


@seldom_collected()
def read_workbook(file: Path, encodings: Mapping[str, str] | None = None) -> Workbook:
    """Read an .xlsx workbook, or a .csv file of one sheet; old encodings are recognised column by column.

    ``encodings``: {heading, or Sheet!heading: unicode, tcvn3 or vni} where the clerk knows better.
    Raises :class:`UnreadableWorkbookError` with a sentence for the clerk. Nothing hangs and nothing larger
    than the limits of ``safety`` and ``scan`` is unpacked.
    """
    data = read_bytes(file)
    if not is_workbook(data):
        name, rows = read_csv(data, file.stem)
        return recognised(Workbook(file.name, (RawSheet(name, rows),)), encodings)
    package = safe_package(data)
    try:
        workbook = _read(file.name, package.data, package.notes)
    except CalamineError as fault:
        raise UnreadableWorkbookError(Fault.DAMAGED) from fault
    except BaseException as fault:
        # A panic of the Rust parser is no Exception; anything else is not ours to judge
        if type(fault).__name__ != _PANIC:
            raise
        raise UnreadableWorkbookError(Fault.DAMAGED) from fault
    return recognised(workbook, encodings)


def _read(file_name: str, data: bytes, notes: Mapping[str, SheetNotes]) -> Workbook:
    sheets: list[RawSheet] = []
    unknown: list[str] = []
    fonts = cell_fonts(data)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for described in book.sheets_metadata:
            title = sheet_title(described.name)
            if described.typ is not SheetTypeEnum.WorkSheet or title is None:
                unknown.append(described.name)
                continue
            rows = book.get_sheet_by_name(described.name).to_python(skip_empty_area=False)
            noted = notes.get(described.name)
            hidden = described.visible is not SheetVisibleEnum.Visible
            faults, old = noted.faults if noted else {}, fonts.get(described.name, {})
            sheets.append(RawSheet(title, rows, faults, hidden, old))
    return Workbook(file_name, tuple(sheets), tuple(unknown))
