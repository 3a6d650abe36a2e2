"""From a file to sheets of raw cells: .xlsx through calamine behind the safety checks, or .csv."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from forms.spreadsheets.commas import read_csv
from forms.spreadsheets.errors import Fault, UnreadableWorkbookError
from forms.spreadsheets.layout import sheet_called
from forms.spreadsheets.safety import is_workbook, read_bytes, safe_package
from forms.spreadsheets.scan import SheetNotes

Cell = str | float | int | bool | date | datetime | time | timedelta
"""A raw cell; the empty text stands for an empty one."""

_PANIC: Final = "PanicException"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Rows of cells; the first row is row 1 and the first cell column A. ``faults``: see ``SheetNotes``."""

    name: str
    rows: Sequence[Sequence[Cell]]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read: the sheets whose names we know, and the names of the others."""

    name: str
    sheets: tuple[RawSheet, ...]
    unknown: tuple[str, ...] = ()


def read_workbook(file: Path) -> Workbook:
    """Read an .xlsx workbook, or a .csv file of one sheet.

    Raises :class:`UnreadableWorkbookError` with a sentence for the clerk. Nothing hangs and nothing larger
    than the limits of ``safety`` and ``scan`` is unpacked.
    """
    data = read_bytes(file)
    if not is_workbook(data):
        name, rows = read_csv(data, file.stem)
        return Workbook(file.name, (RawSheet(name, rows),))
    package = safe_package(data)
    try:
        return _read(file.name, package.data, package.notes)
    except CalamineError as fault:
        raise UnreadableWorkbookError(Fault.DAMAGED) from fault
    except BaseException as fault:
        # A panic of the Rust parser is no Exception; anything else is not ours to judge
        if type(fault).__name__ != _PANIC:
            raise
        raise UnreadableWorkbookError(Fault.DAMAGED) from fault


def _read(file_name: str, data: bytes, notes: Mapping[str, SheetNotes]) -> Workbook:
    sheets: list[RawSheet] = []
    unknown: list[str] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for described in book.sheets_metadata:
            if described.typ is not SheetTypeEnum.WorkSheet or sheet_called(described.name) is None:
                unknown.append(described.name)
                continue
            rows = book.get_sheet_by_name(described.name).to_python(skip_empty_area=False)
            noted = notes.get(described.name)
            hidden = described.visible is not SheetVisibleEnum.Visible
            sheets.append(RawSheet(described.name, rows, noted.faults if noted else {}, hidden))
    return Workbook(file_name, tuple(sheets), tuple(unknown))
