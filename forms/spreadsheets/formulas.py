"""The one door to Excel and CSV files: text stays text, and a file is whole or not there."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from db.files import as_fault, disk_faults, replace_patiently, sync_file, sync_folder

Written = str | int | float | date | None
"""What can stand in a cell that is written; None = empty."""

LONGEST_TEXT: Final = 32_767
_MOST_DIGITS: Final = 15
# Excel takes these for the beginning of a formula; behind a tab, a line end or their full-width twins too
_DANGEROUS: Final = tuple("=+-@\t\r\n|%＝＋－＠")
_MARK: Final = "'"
_BYTE_ORDER_MARK: Final = "\ufeff"
_DIVIDER: Final = ";"
_NUMBER_OF_PC: Final = str.maketrans(".", ",")


def harmless(text: str) -> str:
    """A text for a CSV file: prefixed with ' where a spreadsheet program might take it for a formula."""
    return _MARK + text if text.lstrip().startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text


class ExcelFile:
    """An .xlsx file that is written row by row; memory does not grow with it."""

    def __init__(self, file: Path, folder: Path) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_date_format": "dd/mm/yyyy",
        }
        self._book = xlsxwriter.Workbook(str(file), options)
        # No clock: the same rows are the same bytes
        self._book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        head = {"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"}
        self._head = self._book.add_format(head)
        self._text = self._book.add_format({"num_format": "@"})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})

    def sheet(self, title: str, headings: Sequence[str], widths: Sequence[float] = ()) -> Sheet:
        """A new sheet with its row of headings."""
        made = self._book.add_worksheet(title)
        for place, width in enumerate(widths):
            made.set_column(place, place, width)
        made.freeze_panes(1, 0)
        sheet = Sheet(made, self._text, self._day)
        for place, heading in enumerate(headings):
            made.write_string(0, place, heading, self._head)
        return sheet

    def close(self) -> None:
        """Write everything out."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise as_fault(_cause(error)) from error

    def give_up(self) -> None:
        """Close what is unfinished: on Windows nothing that is open can be removed."""
        for sheet in self._book.worksheets():
            unfinished = getattr(sheet, "row_data_fh", None)
            if unfinished is not None:
                unfinished.close()


def _cause(error: FileCreateError) -> OSError:
    first = error.args[0] if error.args else None
    return first if isinstance(first, OSError) else OSError(str(error))


class Sheet:
    """One sheet. ``rows``: how many it has below its headings; ``cut``: texts longer than a cell."""

    def __init__(self, sheet: Worksheet, text: Format, day: Format) -> None:
        self._sheet, self._text, self._day = sheet, text, day
        self.rows = 0
        self.cut = 0

    def write(self, cells: Iterable[Written]) -> None:
        """The next row. Text is written as text, never as a formula, a number or a link."""
        self.rows += 1
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                self._write_text(place, cell)
            elif isinstance(cell, date):
                self._sheet.write_datetime(self.rows, place, datetime.combine(cell, time()), self._day)
            elif cell is not None:
                self._sheet.write_number(self.rows, place, cell)

    def _write_text(self, place: int, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            self.cut += 1
            text = text[:LONGEST_TEXT]
        if text:
            self._sheet.write_string(self.rows, place, text, self._text)


@contextmanager
def excel_file(file: Path) -> Iterator[ExcelFile]:
    """A file that appears whole at the end of the block, or, after any fault, not at all.

    Raises DiskFullError or StorageError; a file of that name stays as it was until then.
    """
    with _beside(file) as folder:
        unfinished = folder / "book.xlsx"
        made = ExcelFile(unfinished, folder)
        try:
            with disk_faults():
                yield made
            made.close()
        finally:
            made.give_up()
        _put(unfinished, file)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder for what is unfinished, on the same disk; nothing of it stays, nor in the system's own."""
    with disk_faults():
        folder = Path(tempfile.mkdtemp(prefix=f".{file.stem[:40]}.", suffix=".tmp", dir=file.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(unfinished: Path, file: Path) -> None:
    with disk_faults():
        sync_file(unfinished)
        replace_patiently(unfinished, file)
        sync_folder(file.parent)


def write_list(file: Path, headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> int:
    """Write a list to an .xlsx or, by the file's ending, a .csv file; how many rows it has.

    CSV is UTF-8 with a mark and semicolons, as Excel of this country reads it. Raises DiskFullError or
    StorageError, and whatever ``rows`` raises; then there is no file.
    """
    if file.suffix.lower() == ".csv":
        return _write_csv(file, headings, rows)
    with excel_file(file) as excel:
        sheet = excel.sheet(file.stem[:25].translate(_NO_TITLE) or "1", headings)
        for row in rows:
            sheet.write(row)
        return sheet.rows


_NO_TITLE: Final = str.maketrans("", "", "[]:*?/\\'")


def _write_csv(file: Path, headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> int:
    count = 0
    with _beside(file) as folder:
        unfinished = folder / "list.csv"
        with disk_faults():
            unfinished.write_text(_BYTE_ORDER_MARK, encoding="utf-8")
        with unfinished.open("a", encoding="utf-8", newline="") as handle:
            handle.write(_csv_line(headings))
            for row in rows:
                handle.write(_csv_line(row))
                count += 1
        _put(unfinished, file)
    return count


def _csv_line(row: Sequence[Written]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=_DIVIDER).writerow([_csv_cell(cell) for cell in row])
    return line.getvalue()


def _csv_cell(cell: Written) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return "" if cell is None else str(cell).translate(_NUMBER_OF_PC)
