"""What an import would do to a book: every row compared with what is there. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from forms.spreadsheets.actions import ImportPlan
from forms.spreadsheets.codes import Codes
from forms.spreadsheets.keyed import KeyedRows
from forms.spreadsheets.known import BookView, Known, code_key
from forms.spreadsheets.layout import (
    ALL_SHEETS,
    LINE_ID,
    MODELS,
    UNIT_TIES,
    UNITS,
    UNREGISTERED,
    SheetLayout,
)
from forms.spreadsheets.measured import RowRefusedError, finish
from forms.spreadsheets.models import ModelRows
from forms.spreadsheets.patience import seldom_collected
from forms.spreadsheets.read import Workbook
from forms.spreadsheets.records import RecordRows
from forms.spreadsheets.references import References
from forms.spreadsheets.rows import Entry, Progress, Table, no_progress, read_tables
from forms.spreadsheets.unit_records import UnitRecords
from forms.spreadsheets.units import UnitRows
from forms.spreadsheets.unregistered import UnregisteredRows

_BY_CODE: Final = (UNITS, MODELS, UNREGISTERED)


@seldom_collected()
def plan(workbook: Workbook, book: BookView, today: date, progress: Progress = no_progress) -> ImportPlan:
    """Plan the import of ``workbook`` into ``book``. Pure: reads the book, writes nothing.

    ``today`` only matters for years of birth written with two digits. ``progress`` may raise to stop.
    """
    made = ImportPlan(workbook.name)
    tables = read_tables(workbook, today, made.findings, progress)
    known = Known(book)
    units = _plan_units(made, known, tables)
    models = ModelRows(known, units, made)
    alone = UnregisteredRows(models, made)
    alone.take(_finished(made, tables.get(UNREGISTERED.title, ()), models.codes, "model.code"))
    models.write(_finished(made, tables.get(MODELS.title, ()), models.codes, "model.code"))
    alone.write()
    references = References(known, units, models.codes, made)
    for layout in ALL_SHEETS:
        if layout not in _BY_CODE and layout.title in tables:
            entries = _finished(made, tables[layout.title])
            if any(column.name == LINE_ID for column in layout.columns):
                RecordRows(layout, known, references, models, made).write(entries)
            else:
                KeyedRows(layout, known, references, made).write(entries)
    return made


def _plan_units(made: ImportPlan, known: Known, tables: Mapping[str, Iterable[Table]]) -> Codes:
    rows = UnitRows(known, made)
    rows.take(_finished(made, tables.get(UNITS.title, ()), rows.codes, "code"))
    placed, succeeded = (
        frozenset(
            code_key(entry.text(name))
            for table in tables.get(ties.title, ())
            for entry in table.entries
        )
        for ties, name in zip(UNIT_TIES, ("unit", "new_unit"), strict=True)
    )
    UnitRecords(rows, made, placed=placed, succeeded=succeeded).write()
    return rows.codes


def _finished(
    made: ImportPlan, tables: Iterable[Table], codes: Codes | None = None, code: str = ""
) -> Iterable[Entry]:
    """The rows whose cells fit together; the others are refused, and ``codes`` learns of it."""
    for table in tables:
        if codes is not None:
            codes.refused.update(code_key(entry.text(code)) for entry in table.refused if entry.text(code))
        for entry in table.entries:
            try:
                finish(table.layout, entry)
            except RowRefusedError as error:
                _refuse(made, table.layout, entry, error)
                if codes is not None:
                    codes.refused.add(code_key(entry.text(code)))
            else:
                yield entry


def _refuse(made: ImportPlan, layout: SheetLayout, entry: Entry, error: RowRefusedError) -> None:
    heading = layout.column(error.name).heading
    made.findings.refuse(entry.sheet, entry.row, heading, entry.shown(error.name), str(error))


__all__ = ["ImportPlan", "plan"]
