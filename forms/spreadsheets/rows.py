"""Reads the rows of a sheet: every cell by its column, every refusal with its place and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from forms.spreadsheets.asides import (
    holds_no_code,
    is_all_titles,
    is_total,
    may_be_signed,
    numbers_columns,
    opens_signatures,
)
from forms.spreadsheets.cells import CellRefusedError, ColumnCells, Given, Reading, is_empty, shown
from forms.spreadsheets.findings import Findings
from forms.spreadsheets.headings import HeadingRow, find_heading_row
from forms.spreadsheets.layout import (
    LINE_ID,
    MAY_BE_EMPTY,
    SHEETS,
    UNSTATED,
    As,
    Column,
    SheetLayout,
    may_be_unstated,
    sheet_called,
)
from forms.spreadsheets.raw import OLD_OR_NEW
from forms.spreadsheets.read import Cell, RawSheet, Workbook
from forms.spreadsheets.scan import NO_VALUE, column_letters
from resources import _, ngettext

_REPORT_EVERY: Final = 500
_CODES: Final = frozenset({As.CODE, As.MODEL, As.UNIT})

_Refusal = tuple[Column, str, str]
"""A column, the cell as the clerk sees it, and why it cannot be taken."""

Progress = Callable[[int, int], None]
"""So many rows of so many; may raise to stop the work."""


def no_progress(_done: int, _total: int) -> None:
    """For those who do not want to know."""


@dataclass(slots=True)
class Entry:
    """One row that was read. ``values`` by the names of ``layout``, stated ones only.

    ``columns``: which of the sheet's columns the file has at all. ``unstated``: see ``layout.UNSTATED``.
    """

    sheet: str
    row: int
    values: dict[str, Given]
    source: Sequence[Cell] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    unstated: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """A value as text; empty where nothing is stated."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def shown(self, name: str) -> str:
        """The cell as the clerk sees it."""
        place = self.columns.get(name, len(self.source))
        return shown(self.source[place]) if place < len(self.source) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet, in the order of the file; of the ``refused`` ones what could be read."""

    layout: SheetLayout
    name: str
    entries: tuple[Entry, ...]
    refused: tuple[Entry, ...] = ()


_FIRST_DAY: Final = "1975-05-01"
"""Nothing that lists hold today was given, met or made before."""


@dataclass(slots=True)
class _Reader:
    """Reads one sheet."""

    raw: RawSheet
    layout: SheetLayout
    headings: HeadingRow
    reading: Reading
    findings: Findings

    def __post_init__(self) -> None:
        places = self.headings.places
        columns = {column.name: column for column in self.layout.columns}
        self.plan = [(place, ColumnCells(columns[name], self.reading)) for name, place in places.items()]
        self.required = {
            column.name: column
            for column in self.layout.required
            if f"{self.layout.type}.{column.name}" not in MAY_BE_EMPTY
        }
        # Only a row with a "Mã dòng" may leave something unstated
        self.may_be_unstated = may_be_unstated(self.layout) if LINE_ID in places else frozenset()
        self.codes = {place for place, cells in self.plan if cells.column.read_as in _CODES}

    plan: list[tuple[int, ColumnCells]] = field(init=False)
    codes: set[int] = field(init=False)
    required: dict[str, Column] = field(init=False)
    may_be_unstated: frozenset[str] = field(init=False)
    unstated: set[str] = field(default_factory=set)
    refused: list[Entry] = field(default_factory=list)
    ended: bool = False
    signed: bool = False

    def entry(self, number: int, row: Sequence[Cell]) -> Entry | None:
        """The row as an entry; None when it is empty or refused."""
        self.unstated = self._unstated(row) if self.may_be_unstated else set()
        values, refused = self._cells(number, row)
        if not values and not refused:
            self._note_end(row)
            return None
        self._check_filled(values, refused)
        # "Tổng cộng" and "5" would make a unit: both its columns take any text
        may_be_aside = LINE_ID not in values and (refused or holds_no_code(row, self.codes))
        if may_be_aside and self._is_aside(number, row, values):
            return None
        self.ended = self.signed = False
        for column, value, reason in refused:
            self.findings.refuse(self.raw.name, number, column.heading, value, reason)
        entry = Entry(self.raw.name, number, values, row, self.headings.places, self.unstated)
        if refused:
            self.refused.append(entry)
            return None
        self._tell_day(entry)
        return entry

    def _tell_day(self, entry: Entry) -> None:
        """A mistyped year would keep a row out of the figures in silence."""
        name = self.layout.day[0] if self.layout.day else ""
        day = entry.text(name)
        if not day or _FIRST_DAY <= day <= self.reading.today.isoformat():
            return
        reason = (
            _("This day has not come yet. The row is kept; please look whether the day is right.")
            if day > _FIRST_DAY
            else _("This day lies very far back. The row is kept; please look whether the day is right.")
        )
        heading = self.layout.column(name).heading
        self.findings.warn("unlikely_day", entry.sheet, entry.row, heading, entry.shown(name), reason)

    def _unstated(self, row: Sequence[Cell]) -> set[str]:
        """The columns of which a row with a "Mã dòng" says that nothing is known."""
        line = self.headings.places[LINE_ID]
        if line >= len(row) or is_empty(row[line]):
            return set()
        wanted = ((name, self.headings.places.get(name, len(row))) for name in self.may_be_unstated)
        return {name for name, place in wanted if place < len(row) and row[place] == UNSTATED}

    def _note_end(self, row: Sequence[Cell]) -> None:
        """A row without a value: nothing at all, or words beside the table."""
        self.signed = self.signed or (self.ended and opens_signatures(row))
        self.ended = True

    def _is_aside(self, number: int, row: Sequence[Cell], values: Mapping[str, Given]) -> bool:
        """Whether a row that is no record is none on purpose; it is left out and told then."""
        places = self.headings.places
        required = {place for name, place in places.items() if name in self.required}
        if is_total(row, set(places.values()), required):
            self.ended = True
            self.leave_out("total_row", number, _("This row only adds others up; it was left out."))
            return True
        # One name may stand in a required column; a row that fills two may be a record with a fault
        could_be_record = len(self.required.keys() & values.keys()) > 1 and not is_all_titles(row)
        opened = self.signed or (self.ended and opens_signatures(row))
        if not opened or could_be_record or not may_be_signed(row):
            return False
        self.signed = True
        reason = _("This row stands with the signatures below the table; it was left out.")
        self.leave_out("signature_row", number, reason)
        return True

    def leave_out(self, code: str, number: int, reason: str) -> None:
        """Tell that a row was left out that is no record and no fault."""
        self.findings.warn(code, self.raw.name, number, "", "", reason)

    def _cells(self, number: int, row: Sequence[Cell]) -> tuple[dict[str, Given], list[_Refusal]]:
        """What the cells of a row give, by column, and which of them are refused."""
        values: dict[str, Given] = {}
        refused: list[_Refusal] = []
        faults = self.raw.faults
        for place, cells in self.plan:
            cell = row[place] if place < len(row) else ""
            fault = faults.get((number, place + 1)) if faults else None
            if fault is not None:
                told = shown(cell) if fault == OLD_OR_NEW else fault
                refused.append((cells.column, told, _fault_reason(fault)))
            elif not is_empty(cell) and cells.name not in self.unstated:
                try:
                    value = cells.value(cell)
                except CellRefusedError as error:
                    refused.append((cells.column, shown(cell), str(error)))
                    continue
                if value is not None:
                    values[cells.name] = value
                if self.reading.remarks:
                    self._tell_remarks(number, cells.column, cell)
        return values, refused

    def _tell_remarks(self, number: int, column: Column, cell: Cell) -> None:
        for remark in self.reading.remarks:
            self.findings.warn("value", self.raw.name, number, column.heading, shown(cell), remark)
        self.reading.remarks.clear()

    def _is_filled(self, values: Mapping[str, Given]) -> bool:
        one_of = self.layout.one_of
        return self.required.keys() <= values.keys() and (not one_of or not values.keys().isdisjoint(one_of))

    def _check_filled(self, values: Mapping[str, Given], refused: list[_Refusal]) -> None:
        if not refused and self._is_filled(values):
            return
        told = {column.name for column, _value, _reason in refused} | self.unstated
        refused.extend(
            (column, "", _("{column} is missing.").format(column=column.heading))
            for name, column in self.required.items()
            if name not in values and name not in told
        )
        one_of = self.layout.one_of
        if one_of and not any(name in values or name in told for name in one_of):
            first, second = (self.layout.column(name) for name in self.layout.one_of)
            reason = _("Either {first} or {second} must be filled.").format(
                first=first.heading, second=second.heading
            )
            refused.append((first, "", reason))


def _fault_reason(fault: str) -> str:
    if fault == NO_VALUE:
        return _(
            "The formula was saved without its result. Open the file in Excel, save it, and import it again."
        )
    if fault == OLD_OR_NEW:
        return _(
            "Some cells of this column are in an old encoding (TCVN3, VNI), others are not, and nothing "
            "tells which. Please say which encoding it is."
        )
    return _("The formula gives the error {value}. Please correct it in Excel.").format(value=fault)


def read_tables(
    workbook: Workbook, today: date, findings: Findings, progress: Progress = no_progress
) -> dict[str, list[Table]]:
    """All sheets that are known, by their layout's title. What cannot be read goes to ``findings``."""
    total = sum(len(sheet.rows) for sheet in workbook.sheets)
    done = 0
    tables: dict[str, list[Table]] = {}
    for name in workbook.unknown:
        findings.warn("unknown_sheet", name, None, "", "", _("This sheet is not known and was left out."))
    for raw in workbook.sheets:
        layout = sheet_called(raw.name)
        headings = find_heading_row(raw.rows, layout) if layout else None
        if layout is None or headings is None:
            reason = _("No sheet of this name is known, and the headings do not tell which one it is.")
            findings.refuse(raw.name, None, "", "", reason)
        elif _can_be_read(raw, headings, findings):
            reader = _Reader(raw, layout, headings, Reading(today), findings)
            entries = tuple(_entries(reader, done, total, progress))
            tables.setdefault(layout.title, []).append(
                Table(layout, raw.name, entries, tuple(reader.refused))
            )
        done += len(raw.rows)
    if not workbook.sheets:
        names = ", ".join(sheet.title for sheet in SHEETS)
        reason = _("None of the sheets of this file is known. Known are: {names}.").format(names=names)
        findings.refuse("", None, "", "", reason)
    return tables


def _entries(reader: _Reader, done: int, total: int, progress: Progress) -> Iterator[Entry]:
    first = reader.headings.number + 1
    begun = False
    for number, row in enumerate(reader.raw.rows[reader.headings.number :], start=first):
        if number % _REPORT_EVERY == 0:
            progress(done + number, total)
        if not begun and not all(map(is_empty, row)):
            begun = True
            if numbers_columns(row):
                reason = _("This row only numbers the columns; it was left out.")
                reader.leave_out("column_numbers", number, reason)
                continue
        entry = reader.entry(number, row)
        if entry is not None:
            yield entry


def _can_be_read(raw: RawSheet, headings: HeadingRow, findings: Findings) -> bool:
    if not headings.known and not any(not is_empty(cell) for row in raw.rows for cell in row):
        findings.warn("empty_sheet", raw.name, None, "", "", _("This sheet is empty."))
        return False
    row = headings.number or None
    for column, place in headings.twice:
        reason = _(
            "The heading {column} stands twice (again in column {letters}). Please delete or rename one."
        ).format(column=column.heading, letters=column_letters(place + 1))
        findings.refuse(raw.name, row, column.heading, column.heading, reason)
    for column in headings.missing:
        reason = _("The column {column} is missing. It is needed in this sheet.").format(
            column=column.heading
        )
        findings.refuse(raw.name, row, column.heading, "", reason)
    if headings.twice or headings.missing:
        return False
    _note_rest(raw, headings, findings)
    return True


def _note_rest(raw: RawSheet, headings: HeadingRow, findings: Findings) -> None:
    if raw.hidden:
        findings.warn(
            "hidden_sheet",
            raw.name,
            None,
            "",
            "",
            _("This sheet is hidden in Excel; it was read all the same."),
        )
    if headings.unknown:
        names = ", ".join(text for text, _place in headings.unknown)
        reason = ngettext(
            "The column {names} is not known and was left out.",
            "The columns {names} are not known and were left out.",
            len(headings.unknown),
        ).format(names=names)
        findings.warn("unknown_column", raw.name, headings.number, names, "", reason)
