"""Tables of counts: field × subject, unit × field. Columns add up; what stands in no cell closes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms import wording
from forms.paper_data import Figures, PaperData
from forms.tables.named import FIELDS, NAMED, SUBJECTS, NamedFigure, together
from forms.tables.spec import ColumnSpec, TableSpec, head
from forms.tree import Column, HeaderCell, Row, Table

Count = int | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Registered models as the figures have them. ``None`` = not known. ``rest`` stands in no cell."""

    total: Count
    cells: Mapping[tuple[str, str], Count]
    by_field: Mapping[str, Count]
    rest: int
    rest_by_field: Mapping[str, int]
    rest_by_subject: Mapping[str, int]
    by_subject: Mapping[str, Count]

    @classmethod
    def of(cls, figures: Figures) -> Matrix:
        """Read from the JSON of figures."""
        models = figures["models"]
        rest = models["unallocated"]
        return cls(
            total=models["registered"],
            cells={(cell["field"], cell["subject"]): cell["value"] for cell in models["matrix"]},
            by_field=models["by_field"],
            rest=rest.get("total") or 0,
            rest_by_field=_amounts(rest.get("by_field")),
            rest_by_subject=_amounts(rest.get("by_subject")),
            by_subject=models["by_subject"],
        )

    def row(self, field: str) -> list[Count]:
        """The cells of a field."""
        return [self.cells.get((field, subject)) for subject in SUBJECTS]

    def rest_row(self) -> list[Count]:
        """The rest by subject; a subject that is left out has 0 only where the others make up the rest."""
        nothing: Count = 0 if sum(self.rest_by_subject.values()) == self.rest else None
        return [self.rest_by_subject.get(subject, nothing) for subject in SUBJECTS]

    def in_no_field(self) -> Count:
        """Registered, but in the total of no field."""
        fields = together(self.by_field.values())
        return None if self.total is None or fields is None else self.total - fields


def _amounts(found: Mapping[str, Any] | None) -> Mapping[str, int]:
    return {key: value for key, value in (found or {}).items() if value}


def registrations_by_field(data: PaperData, spec: TableSpec) -> Table:
    """Field × subject, closed by what is in no cell and the grand total.

    A last column with the totals of the fields stands there only where a field has more than its cells.
    """
    matrix = Matrix.of(data.figures)
    rows = list(_field_rows(matrix))
    if matrix.rest:
        rest = spec.word("unallocated", "Chưa phân bổ")
        rows.append((rest, [*matrix.rest_row(), matrix.rest, matrix.in_no_field()], "subtotal"))
    totals = [*(matrix.by_subject.get(subject) for subject in SUBJECTS), matrix.total, matrix.total]
    rows.append((spec.word("total", "Tổng cộng"), totals, "total"))
    whole = bool(matrix.rest_by_field)
    titles = [spec.word("index", "TT"), spec.word("field", "Lĩnh vực")]
    titles += [wording.name("subject_type", subject) for subject in SUBJECTS]
    titles += [spec.word("sum", "Cộng"), spec.word("whole_field", "Tổng số của lĩnh vực")]
    kept = len(titles) if whole else len(titles) - 1
    lines = tuple(_line(at, row, kept) for at, row in enumerate(rows, 1))
    columns = (Column("center"), Column("left"), *(Column("center"),) * (kept - 2))
    note = spec.word("whole_field_note", "") if whole else ""
    return Table(columns, (tuple(map(HeaderCell, titles[:kept])),), lines, spec.caption, note)


_Line = tuple[str, Sequence[Count], Any]


def _field_rows(matrix: Matrix) -> Iterator[_Line]:
    for field in FIELDS:
        cells = matrix.row(field)
        yield wording.name("field", field), [*cells, together(cells), matrix.by_field.get(field)], "body"


def _line(at: int, row: _Line, kept: int) -> Row:
    title, values, kind = row
    label = (str(at), title) if kind == "body" else (title, "")
    return Row((*label, *map(wording.number, values))[:kept], kind)


def counts_by_unit(data: PaperData, spec: TableSpec) -> Table:
    """A line for each unit, then what stands in no unit, then the whole. Columns are the office's choice.

    What is not known is a dash, and units of which nothing is known are named below: a table full of words
    cannot be read. The total of a field has a column where it tells more than those of its subjects.
    """
    every = [data.figures, *(unit["figures"] for unit in data.by_unit)]
    columns = [column for at, column in enumerate(spec.columns) if at < 2 or _is_needed(column, every)]
    shown = [NAMED[column.id] for column in columns[2:]]
    known = [unit for unit in data.by_unit if _is_known(shown, unit["figures"])]
    unknown = spec.word("unknown", "–")
    rows = [
        Row((str(at), unit["name"], *_counted(shown, unit["figures"], unknown)))
        for at, unit in enumerate(known, 1)
    ]
    rest = [_rest(each, data.figures, known) for each in shown]
    if known and any(rest):
        cells = ("" if value is None else wording.number(value) for value in rest)
        rows.append(Row((spec.word("unallocated", "Chưa phân bổ"), "", *cells), "subtotal"))
    totals = _counted(shown, data.figures, unknown)
    rows.append(Row((spec.word("total", "TỔNG CỘNG"), "", *totals), "total"))
    aligned = (Column("center"), Column("left"), *(Column("center"),) * len(shown))
    silent = [str(unit["name"]) for unit in data.by_unit if unit not in known]
    note = " ".join((*_notes_of_columns(spec, columns), *_notes(spec, rows, unknown, silent)))
    return Table(aligned, head(columns), tuple(rows), spec.caption, note)


def _is_needed(column: ColumnSpec, every: Iterable[Figures]) -> bool:
    """Whether a column that may be left out says anything that the others do not."""
    if not column.optional:
        return True
    if column.id in FIELDS:
        return any(_exceeds_its_cells(column.id, Matrix.of(figures)) for figures in every)
    return any(NAMED[column.id].read(figures) is not None for figures in every)


def _exceeds_its_cells(field: str, matrix: Matrix) -> bool:
    total = matrix.by_field.get(field)
    return total is not None and total != together(matrix.row(field))


def _notes_of_columns(spec: TableSpec, columns: Iterable[ColumnSpec]) -> Iterator[str]:
    """What the short headings of the subjects mean, where they are printed."""
    if any(column.id.endswith(tuple(f"_{subject}" for subject in SUBJECTS)) for column in columns):
        yield from filter(None, [spec.word("subjects_note", "")])


def _notes(spec: TableSpec, rows: Iterable[Row], unknown: str, silent: Sequence[str]) -> Iterator[str]:
    """What the dash means, if there is one; which units have no line."""
    if any(unknown in row.cells for row in rows):
        yield spec.word("unknown_note", f"Dấu “{unknown}”: {wording.NO_DATA}.")
    if silent:
        words = spec.word("no_data", "Chưa có số liệu của {count} đơn vị: {units}.")
        yield words.format(count=wording.number(len(silent)), units=", ".join(silent))


def _is_known(shown: Iterable[NamedFigure], figures: Figures) -> bool:
    return any(each.read(figures) is not None for each in shown)


def _counted(shown: Iterable[NamedFigure], figures: Figures, unknown: str) -> Iterator[str]:
    values = (each.read(figures) for each in shown)
    return (unknown if value is None else wording.number(value) for value in values)


def _rest(figure: NamedFigure, whole: Figures, units: Iterable[Mapping[str, Any]]) -> Count:
    """What the units together do not have. A registration in two units makes no negative rest."""
    total = figure.read(whole)
    parts = together(figure.read(unit["figures"]) for unit in units)
    return None if total is None else max(0, total - (parts or 0))
