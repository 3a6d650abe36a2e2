"""Lists of records: registrations (F2), contributions (F8), recognitions. Columns are the office's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from db import SCALE
from db.numbers import show_date, show_number
from forms import wording
from forms.paper_data import HIDDEN, ContributionRow, PaperData, RecognitionRow, RegistrationRow
from forms.tables.spec import ColumnSpec, TableSpec, head
from forms.tree import Align, Column, Row, RowKind, Table

T = TypeVar("T")
MARK = "x"


class UnknownColumnError(Exception):
    """paper.toml asks for a column that this list does not have."""


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[T]):
    """What a column shows of a row, how it stands, and what its total is (``None`` = no total)."""

    show: Callable[[T], str]
    align: Align = "left"
    total: Callable[[Sequence[T]], str] | None = None


def _mark(holds: Callable[[T], bool]) -> ListColumn[T]:
    """A column of crosses, whose total counts them."""
    return ListColumn(
        lambda row: MARK if holds(row) else "",
        "center",
        lambda rows: show_number(sum(map(holds, rows)), 1),
    )


def _amount(
    name: str, scale: int, holds: Callable[[ContributionRow], bool] = lambda _row: True
) -> ListColumn[ContributionRow]:
    """A column of amounts; what was not given stays empty, what is hidden says so."""

    def show(row: ContributionRow) -> str:
        if not holds(row):
            return ""
        value = getattr(row, name)
        return _number(value, scale) if name not in row.hidden else HIDDEN

    return ListColumn(show, "right")


def _in_field(code: str) -> ListColumn[RegistrationRow]:
    return _mark(lambda row: row.field == code)


def _of_subject(code: str) -> ListColumn[RegistrationRow]:
    return _mark(lambda row: row.subject == code)


def _person(row: RegistrationRow) -> str:
    return "\n".join(part for part in (row.person_in_charge, row.phone) if part)


REGISTRATION_COLUMNS: dict[str, ListColumn[RegistrationRow]] = {
    "title": ListColumn(lambda row: row.title),
    "registrant": ListColumn(lambda row: row.registrant),
    "address": ListColumn(lambda row: row.address),
    "unit": ListColumn(lambda row: row.unit),
    "economy": _in_field("economy"),
    "culture_society": _in_field("culture_society"),
    "defence_security": _in_field("defence_security"),
    "political_system": _in_field("political_system"),
    "collective": _of_subject("collective"),
    "individual": _of_subject("individual"),
    "level": ListColumn(lambda row: wording.name("level", row.level), "center"),
    "kind": ListColumn(lambda row: wording.name("registration_kind", row.kind), "center"),
    "summary": ListColumn(lambda row: row.summary),
    "person_in_charge": ListColumn(_person),
    "notes": ListColumn(lambda row: row.notes),
}


def _money(kind: str) -> ListColumn[ContributionRow]:
    return _amount("amount_vnd", 1, lambda row: row.kind == kind)


def _quantity(kind: str) -> ListColumn[ContributionRow]:
    return _amount("quantity", SCALE, lambda row: row.kind == kind)


def _when(day: str | None, year: int | None) -> str:
    """A day, or the year that stands for one that was not given."""
    if day:
        return show_date(day)
    return f"năm {year}" if year else ""


def _in_kind(show: Callable[[ContributionRow], str]) -> Callable[[ContributionRow], str]:
    return lambda row: show(row) if row.kind == "in_kind" else ""


def _number(value: int | None, scale: int = SCALE) -> str:
    return "" if value is None else show_number(value, scale)


CONTRIBUTION_COLUMNS: dict[str, ListColumn[ContributionRow]] = {
    "contributor": ListColumn(lambda row: row.contributor),
    "address": ListColumn(lambda row: row.address),
    "purpose": ListColumn(lambda row: row.purpose),
    "cash": _money("cash"),
    "transfer": _money("transfer"),
    "labour_days": _quantity("labour_days"),
    "land": _quantity("land"),
    "item": ListColumn(_in_kind(lambda row: row.item)),
    "quantity": _quantity("in_kind"),
    "measure": ListColumn(_in_kind(lambda row: row.measure), "center"),
    "converted": _amount("converted_vnd", 1),
    "given": ListColumn(lambda row: _when(row.given_on, row.given_year), "center"),
    "receipt": ListColumn(lambda row: row.receipt_no, "center"),
    "notes": ListColumn(lambda row: row.notes),
}


def _decision(row: RecognitionRow) -> str:
    return "\n".join(part for part in (row.decision_no, _when(row.decided_on, row.decided_year)) if part)


RECOGNITION_COLUMNS: dict[str, ListColumn[RecognitionRow]] = {
    "recipient": ListColumn(lambda row: row.recipient),
    "recipient_type": ListColumn(lambda row: wording.name("recipient_type", row.recipient_type), "center"),
    "form": ListColumn(lambda row: wording.name("recognition_form", row.form), "center"),
    "level": ListColumn(lambda row: wording.name("level", row.level), "center"),
    "body": ListColumn(lambda row: row.body),
    "status": ListColumn(lambda row: wording.name("recognition_status", row.status), "center"),
    "decision": ListColumn(_decision, "center"),
    "occasion": ListColumn(lambda row: row.occasion),
}


def registration_list(data: PaperData, spec: TableSpec) -> Table:
    """F2: by unit, with a subtotal for each and the grand total counting the crosses."""
    rows = Listing(spec, REGISTRATION_COLUMNS, data.registrations)
    units = [(unit, list(found)) for unit, found in groupby(data.registrations, key=lambda row: row.unit)]
    if len(units) > 1:
        for unit, found in units:
            rows.group(unit)
            rows.add(found)
            rows.close(spec.word("subtotal", "Cộng {unit}"), found, "subtotal", unit)
    else:
        rows.add(data.registrations)
    rows.close(spec.word("total", "TỔNG CỘNG"), data.registrations, "total")
    return rows.table()


# Totals of columns come from what was given, not from what the lines show of it
_TOTALS = {"cash": 1, "transfer": 1, "labour_days": SCALE, "land": SCALE, "converted": 1}


def contribution_list(data: PaperData, spec: TableSpec) -> Table:
    """F8: who gave what, with totals. There is no list of who gave nothing."""
    rows = Listing(spec, CONTRIBUTION_COLUMNS, data.contributions)
    rows.add(data.contributions)
    totals = {name: show_number(data.totals[name], scale) for name, scale in _TOTALS.items()}
    rows.close(spec.word("total", "TỔNG CỘNG"), data.contributions, "total", said=totals)
    return rows.table()


def recognition_list(data: PaperData, spec: TableSpec) -> Table:
    """Recognitions with their decisions, granted before proposed."""
    rows = Listing(spec, RECOGNITION_COLUMNS, data.recognitions)
    rows.add(sorted(data.recognitions, key=lambda row: row.status != "granted"))
    return rows.table()


def _is_used(known: dict[str, ListColumn[T]], column: ColumnSpec, rows: Iterable[T]) -> bool:
    """Whether a column that may be left out shows anything."""
    return column.id == "index" or any(known[column.id].show(row) for row in rows)


class Listing(Generic[T]):
    """A list while it is being filled."""

    def __init__(self, spec: TableSpec, known: dict[str, ListColumn[T]], rows: Sequence[T]) -> None:
        unknown = [column.id for column in spec.columns if column.id not in known and column.id != "index"]
        if unknown:
            raise UnknownColumnError(unknown[0])
        self.specs = [each for each in spec.columns if not each.optional or _is_used(known, each, rows)]
        self.caption = spec.caption
        self.columns = [known.get(column.id) for column in self.specs]
        self.rows: list[Row] = []
        self.count = 0

    def group(self, title: str) -> None:
        """A line over all columns."""
        self.rows.append(Row((title,), "group"))

    def add(self, found: Iterable[T]) -> None:
        """Rows, numbered on from the last one."""
        for row in found:
            self.count += 1
            cells = (str(self.count) if column is None else column.show(row) for column in self.columns)
            self.rows.append(Row(tuple(cells)))

    def close(
        self,
        title: str,
        found: Sequence[T],
        kind: RowKind,
        unit: str = "",
        said: Mapping[str, str] | None = None,
    ) -> None:
        """A line of totals, which begins with its title; ``said``: totals that are known, by column."""
        totals = list(self._totals(found, said or {}))
        cells = [title.format(unit=unit, count=show_number(len(found), 1)), *totals[1:]]
        self.rows.append(Row(tuple(cells), kind))

    def _totals(self, found: Sequence[T], said: Mapping[str, str]) -> Iterator[str]:
        for spec, column in zip(self.specs, self.columns, strict=True):
            yield column.total(found) if column and column.total else said.get(spec.id, "")

    def table(self) -> Table:
        """The finished list."""
        columns = tuple(Column(column.align if column else "center") for column in self.columns)
        return Table(columns, head(self.specs), tuple(self.rows), caption=self.caption)
