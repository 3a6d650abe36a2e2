"""The whole book as a workbook that can be imported again: one file, whole or not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from db.personal import INTERNAL
from forms.audience import Veil
from forms.spreadsheets.errors import ExportCancelledError
from forms.spreadsheets.export_cells import Cells
from forms.spreadsheets.export_rows import BookRows, ReadableBook
from forms.spreadsheets.formulas import ExcelFile, Sheet, Written, excel_file
from forms.spreadsheets.landing import never
from forms.spreadsheets.layout import ALL_SHEETS, SHEETS, As, SheetLayout
from forms.spreadsheets.rows import Progress, no_progress
from resources import ngettext

_NOT_OUTSIDE: Final = ("consent",)

LEFT_OUT: Final = ("photo", "paper")
"""What does not travel in a workbook: photos, and papers that were issued."""

_REPORT_EVERY: Final = 200
# What one sheet may hold so that an import still reads it (``scan``): rows, and filled cells
_MOST_ROWS: Final = 100_000
_MOST_CELLS: Final = 1_400_000
_WIDTHS: Final = {As.LONG_TEXT: 40.0, As.TEXT: 24.0, As.CODE: 14.0, As.PHONE: 14.0}
_USUAL_WIDTH: Final = 13.0


@dataclass(slots=True)
class Exported:
    """What was written. ``rows``: by sheet. ``left_out``: by record type. ``problems``: sentences.

    ``remarks``: what was masked in a copy for others, and what the clerk should look at in it.
    """

    file: Path
    rows: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """What ``danvan export`` answers."""
        return {
            "file": str(self.file),
            "rows": self.rows,
            "left_out": self.left_out,
            "problems": self.problems,
            "remarks": self.remarks,
        }


def export_book(
    book: ReadableBook,
    file: Path,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
    veil: Veil | None = None,
) -> Exported:
    """Write every live record of ``book`` to ``file`` (.xlsx) in the layout of the import.

    With a ``veil``, what its audience may see of them; ``remarks`` then says what was masked.

    Raises :class:`ExportCancelledError` when ``cancelled`` says so, DiskFullError or StorageError. There is
    no file then, and one of that name is as it was. Memory does not grow with the book's rows.
    """
    veil = None if veil is None or veil.audience == INTERNAL else veil
    left_out = (*LEFT_OUT, *(_NOT_OUTSIDE if veil else ()))
    made = Exported(file, left_out={name: n for name in left_out if (n := book.count(name))})
    with excel_file(file) as excel:
        work = _Export(excel, BookRows(book, veil), made, progress, cancelled, _total(book))
        for sheet in ALL_SHEETS:
            if sheet.type not in left_out:
                work.write(sheet)
        work.tell()
    return made


def _total(book: ReadableBook) -> int:
    return sum(book.count("registration" if sheet.type == "model" else sheet.type) for sheet in ALL_SHEETS)


@dataclass(slots=True)
class _Export:
    """Writes sheet after sheet and counts."""

    excel: ExcelFile
    rows: BookRows
    made: Exported
    progress: Progress
    cancelled: Callable[[], bool]
    total: int
    done: int = 0
    cut: int = 0
    texts: dict[str, set[str]] = field(default_factory=dict)

    def write(self, sheet: SheetLayout) -> None:
        cells = Cells(sheet)
        part: Sheet | None = self._part(sheet, 1) if sheet in SHEETS else None
        most = min(_MOST_ROWS, _MOST_CELLS // len(sheet.columns))
        count = 0
        for values in self.rows.of(sheet):
            if part is None or (count and count % most == 0):
                self._end(part)
                part = self._part(sheet, count // most + 1)
            row = cells.row(values)
            part.write(row)
            self._remember(sheet, row)
            count += 1
            self._step()
        self._end(part)
        if count or sheet in SHEETS:
            self.made.rows[sheet.title] = count

    def _part(self, sheet: SheetLayout, number: int) -> Sheet:
        """A long list goes on in a sheet called "Đóng góp (2)", which an import reads as "Đóng góp"."""
        title = sheet.title if number == 1 else f"{sheet.title} ({number})"
        widths = [_WIDTHS.get(column.read_as, _USUAL_WIDTH) for column in sheet.columns]
        return self.excel.sheet(title, [column.heading for column in sheet.columns], widths)

    def _end(self, part: Sheet | None) -> None:
        self.cut += part.cut if part else 0

    def _step(self) -> None:
        self.done += 1
        if self.done % _REPORT_EVERY == 0:
            if self.cancelled():
                raise ExportCancelledError
            self.progress(min(self.done, self.total), self.total)

    def _remember(self, sheet: SheetLayout, row: Sequence[Written]) -> None:
        """The texts of a public copy, to look for names in them."""
        if self.rows.veil is not None:
            self.texts.setdefault(sheet.title, set()).update(cell for cell in row if isinstance(cell, str))

    def tell(self) -> None:
        """What a reader of the file must know."""
        if self.cut:
            words = ngettext(
                "{count} text is longer than a cell of Excel can hold and was cut.",
                "{count} texts are longer than a cell of Excel can hold and were cut.",
                self.cut,
            )
            self.made.problems.append(words.format(count=self.cut))
        self.made.problems.extend(_lost(self.rows.lost))
        if self.rows.veil is not None:
            self.made.remarks.extend(words for _code, words in self.rows.veil.remarks())
            self.made.remarks.extend(words for _code, words in self.rows.veil.warnings_of(self.texts))


def _lost(lost: Mapping[str, int]) -> list[str]:
    count = sum(lost.values())
    if not count:
        return []
    words = ngettext(
        "{count} row was left out: what it belongs to is no longer in the book.",
        "{count} rows were left out: what they belong to is no longer in the book.",
        count,
    )
    return [words.format(count=count)]


__all__ = ["LEFT_OUT", "Exported", "export_book"]
