"""A sheet as a .csv file: Unicode or one byte a letter, divided by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from typing import Final

from forms.spreadsheets.errors import Fault, UnreadableWorkbookError
from forms.spreadsheets.headings import find_heading_row
from forms.spreadsheets.layout import SHEETS, SheetLayout, heading_key
from forms.spreadsheets.legacy_votes import one_byte_text
from forms.spreadsheets.scan import LAST_COLUMN, LAST_ROW, MOST_CELLS

_DIVIDERS: Final = (",", ";", "\t", "|")
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_HINT: Final = "sep="
_LOOKED_AT: Final = 40


def read_csv(data: bytes, stem: str) -> tuple[str, list[list[str]]]:
    """The name of the sheet and its rows. The sheet is told by the file's name, else by its headings.

    Raises :class:`UnreadableWorkbookError` for what is no Unicode text or has quotation marks left open.
    """
    text = _text(data)
    divider, lines = _divider_and_text(text)
    rows = _rows(lines, divider)
    sheet = _named(stem) or _told_by_headings(rows)
    return (sheet.title if sheet else stem), rows


def _text(data: bytes) -> str:
    wide = data.startswith(_WIDE_MARKS)
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        text = "" if wide else one_byte_text(data)
        if not text:
            raise UnreadableWorkbookError(Fault.NOT_TEXT) from fault
    if "\0" in text:
        raise UnreadableWorkbookError(Fault.OTHER_FORMAT)
    return text


def _divider_and_text(text: str) -> tuple[str, str]:
    """What divides the cells: what the file says itself, else what makes most headings known."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith(_HINT) and len(first.strip()) == len(_HINT) + 1:
        # The line stays as an empty row, so that row numbers are those of the file
        return first.strip()[-1], f"\n{rest}"
    head = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])
    return max(_DIVIDERS, key=lambda divider: _known_headings(head, divider)), text


def _known_headings(head: str, divider: str) -> tuple[int, int]:
    try:
        rows = list(csv.reader(io.StringIO(head, newline=""), delimiter=divider))
    except csv.Error:
        return 0, 0
    widest = max((len(row) for row in rows), default=0)
    return max(find_heading_row(rows, sheet).known for sheet in SHEETS), widest


def _rows(text: str, divider: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in reader:
            rows.extend([] for _ in range(len(rows) + 1, _first_line(reader.line_num, row)))
            rows.append(row)
            cells += len(row)
            if len(rows) > LAST_ROW or len(row) > LAST_COLUMN or cells > MOST_CELLS:
                raise UnreadableWorkbookError(Fault.TOO_MANY_CELLS)
    except csv.Error as fault:
        raise UnreadableWorkbookError(Fault.BROKEN_CSV, line=reader.line_num) from fault
    return rows


def _first_line(last_line: int, row: list[str]) -> int:
    """The line on which a row begins: cells may hold line ends."""
    return last_line - sum(cell.count("\n") for cell in row)


def _named(stem: str) -> SheetLayout | None:
    """The sheet whose name the file's name holds; the longest such name."""
    key = heading_key(stem)
    named = [sheet for sheet in SHEETS if heading_key(sheet.title) in key]
    return max(named, key=lambda sheet: len(sheet.title), default=None)


def _told_by_headings(rows: list[list[str]]) -> SheetLayout | None:
    found = [(find_heading_row(rows, sheet), sheet) for sheet in SHEETS]
    whole = [(row.known, sheet) for row, sheet in found if not row.missing]
    best = max((known for known, _ in whole), default=0)
    alike = [sheet for known, sheet in whole if known == best]
    return alike[0] if len(alike) == 1 else None
