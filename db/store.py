"""Rows of the records: reading and writing them by their declaration. SQL lives in this room only."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from db.engine import Connection
from db.errors import UnknownRecordError
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType, Sort, Value
from db.vietnamese import name_sort_key, sort_key

Where = Mapping[str, Value | Sequence[Value]]
"""Conditions joined by AND: a field equals a value, or one of several; ``None`` = not stated."""

Between = tuple[str, Value, Value]
"""A field, and the first and last of the values it may have."""

OWN_COLUMNS = ("row", "id", REMOVED)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands: every declared field, ``None`` where nothing is stated."""

    type: str
    id: str
    values: Mapping[str, Value]
    removed: str | None = None

    def __getitem__(self, field: str) -> Value:
        return self.values[field]

    @property
    def title(self) -> str:
        """The words by which a clerk knows the record."""
        return str(self.values.get(RECORD_TYPES[self.type].title) or "")


def declared(name: str) -> RecordType:
    """The record type called ``name``; KeyError is a mistake of the program."""
    return RECORD_TYPES[name]


@cache
def stored_columns(record_type: RecordType) -> tuple[str, ...]:
    """All columns of a type's table in the order they are inserted."""
    sorts = tuple(field.sort_column for field in record_type.sorted_fields)
    return (*OWN_COLUMNS, *record_type.columns, *sorts)


def sort_values(record_type: RecordType, values: Mapping[str, Value]) -> list[str | None]:
    """The sort keys that go beside ``values``."""
    keys: list[str | None] = []
    for field in record_type.sorted_fields:
        text = values.get(field.name)
        if text is None:
            keys.append(None)
        elif field.sort is Sort.PERSON:
            by_hand = values.get("sort_name")
            keys.append(name_sort_key(str(text), str(by_hand) if by_hand else None))
        else:
            keys.append(sort_key(str(text)))
    return keys


def row_of(
    record_type: RecordType, row: int, record: str, removed: Value, values: Mapping[str, Value]
) -> tuple[Value, ...]:
    """A full row for :func:`insert_rows`."""
    sorts = sort_values(record_type, values) if record_type.sorted_fields else ()
    return (row, record, removed, *map(values.get, record_type.columns), *sorts)


@cache
def _insert_sql(record_type: RecordType, verb: str) -> str:
    columns = stored_columns(record_type)
    marks = ", ".join("?" * len(columns))
    return f"{verb} INTO {record_type.name} ({', '.join(columns)}) VALUES ({marks})"


def insert_rows(connection: Connection, record_type: RecordType, rows: Iterable[tuple[Value, ...]]) -> None:
    """Write full rows of new records. A quarter of the time is saved by not asking what to replace."""
    connection.executemany(_insert_sql(record_type, "INSERT"), rows)


def put_row(connection: Connection, record_type: RecordType, row: tuple[Value, ...]) -> None:
    """Write a full row, in the place of the one with its number."""
    connection.execute(_insert_sql(record_type, "REPLACE"), row)


def mark_removed(
    connection: Connection, record_type: RecordType, rows: Iterable[int], removed: str | None
) -> None:
    """Set or clear the removal mark of rows."""
    sql = f"UPDATE {record_type.name} SET {REMOVED} = ? WHERE row = ?"
    connection.executemany(sql, [(removed, row) for row in rows])


def next_row(connection: Connection, record_type: RecordType) -> int:
    """The number the next new row gets."""
    last = connection.execute(f"SELECT max(row) FROM {record_type.name}").fetchone()[0]
    return int(last or 0) + 1


def find_row(connection: Connection, record_type: RecordType, record: str) -> tuple[int, Record] | None:
    """The row number and the record, removed ones too."""
    return find_rows(connection, record_type, (record,)).get(record)


def find_rows(
    connection: Connection, record_type: RecordType, records: Iterable[str]
) -> dict[str, tuple[int, Record]]:
    """By id the row number and the record, removed ones too; an unknown id is left out."""
    columns = ", ".join((*OWN_COLUMNS, *record_type.columns))
    found: dict[str, tuple[int, Record]] = {}
    for part in in_parts(records):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT {columns} FROM {record_type.name} WHERE id IN ({marks})"
        for row, record, removed, *stated in connection.execute(sql, part):
            values = dict(zip(record_type.columns, stated, strict=True))
            found[record] = (row, Record(record_type.name, record, values, removed))
    return found


def in_parts(wanted: Iterable[Any]) -> Iterator[list[Any]]:
    """``wanted`` in parts that fit into one statement."""
    each = iter(wanted)
    while part := list(islice(each, _CHUNK)):
        yield part


def get(connection: Connection, record_type: RecordType, record: str) -> Record:
    """The record, removed or not; UnknownRecordError where there is none."""
    found = find_row(connection, record_type, record)
    if found is None:
        raise UnknownRecordError(record)
    return found[1]


def _conditions(record_type: RecordType, where: Where, *, removed: bool = False) -> tuple[str, list[Value]]:
    parts = [f"{REMOVED} IS {'NOT ' if removed else ''}NULL"]
    given: list[Value] = []
    for name, value in where.items():
        column = name if name in OWN_COLUMNS else record_type.by_name[name].name
        if value is None:
            parts.append(f"{column} IS NULL")
        elif isinstance(value, (str, int)):
            parts.append(f"{column} = ?")
            given.append(value)
        else:
            stated = [one for one in value if one is not None]
            unstated = f" OR {column} IS NULL" if len(stated) < len(value) else ""
            parts.append(f"({column} IN ({', '.join('?' * len(stated))}){unstated})")
            given.extend(stated)
    return " AND ".join(parts), given


def _order(record_type: RecordType, order: str | None) -> str:
    if order is None:
        return "row"
    descending = order.startswith("-")
    name = order.lstrip("-")
    field = record_type.by_name[name]
    column = field.sort_column if field.sort else field.name
    return f"{column} DESC, row DESC" if descending else f"{column}, row"


def find(
    connection: Connection,
    record_type: RecordType,
    where: Where,
    order: str | None = None,
    limit: int | None = None,
    *,
    removed: bool = False,
) -> list[Record]:
    """Records that meet ``where``, in order of arrival or of a field (``-field`` = downwards)."""
    conditions, given = _conditions(record_type, where, removed=removed)
    columns = ("id", REMOVED, *record_type.columns)
    sql = f"SELECT {', '.join(columns)} FROM {record_type.name} WHERE {conditions}"
    sql += f" ORDER BY {_order(record_type, order)}"
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    names = record_type.columns
    return [
        Record(record_type.name, row[0], dict(zip(names, row[2:], strict=True)), row[1])
        for row in connection.execute(sql, given)
    ]


def rows(
    connection: Connection,
    record_type: RecordType,
    fields: Sequence[str],
    where: Where | None = None,
    between: Between | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Chosen fields of the live records as plain tuples; ``id`` is a field too. For figures and plans."""
    conditions, given = _conditions(record_type, where or {})
    if between:
        name, first, last = between
        conditions += f" AND {record_type.by_name[name].name} BETWEEN ? AND ?"
        given += [first, last]
    columns = [name if name in OWN_COLUMNS else record_type.by_name[name].name for name in fields]
    yield from connection.execute(
        f"SELECT {', '.join(columns)} FROM {record_type.name} WHERE {conditions} ORDER BY row", given
    )


def row_numbers(
    connection: Connection,
    record_type: RecordType,
    where: Where | None = None,
    order: str | None = None,
    among: Sequence[int] | None = None,
) -> array[int]:
    """Row numbers of the live records in order, for lists of any size. ``among``: only these rows."""
    conditions, given = _conditions(record_type, where or {})
    sql = f"SELECT row FROM {record_type.name} WHERE {conditions} ORDER BY {_order(record_type, order)}"
    numbers = array("q", (row for (row,) in connection.execute(sql, given)))
    if among is None:
        return numbers
    wanted = set(among)
    return array("q", (row for row in numbers if row in wanted))


def by_row_number(
    connection: Connection, record_type: RecordType, fields: Sequence[str], numbers: Sequence[int]
) -> dict[int, tuple[Any, ...]]:
    """Chosen fields of rows by their number; a row that is gone is left out."""
    columns = [name if name in OWN_COLUMNS else record_type.by_name[name].name for name in fields]
    found: dict[int, tuple[Any, ...]] = {}
    for part in in_parts(numbers):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT row, {', '.join(columns)} FROM {record_type.name} WHERE row IN ({marks})"
        found.update((row[0], row[1:]) for row in connection.execute(sql, part))
    return found


def count(connection: Connection, record_type: RecordType, where: Where | None = None) -> int:
    """How many live records meet ``where``."""
    conditions, given = _conditions(record_type, where or {})
    sql = f"SELECT count(*) FROM {record_type.name} WHERE {conditions}"
    return int(connection.execute(sql, given).fetchone()[0])


@cache
def _references(type_name: str, *, parents_only: bool) -> tuple[tuple[RecordType, str], ...]:
    """The fields, by type, that may refer to a record of ``type_name``."""
    return tuple(
        (record_type, field.name)
        for record_type in RECORD_TYPES.values()
        for field in record_type.fields
        if field.refers_to == type_name and (field.is_parent or not parents_only)
    )


def _pointing(
    connection: Connection, type_name: str, record: str, *, parents_only: bool
) -> Iterator[tuple[RecordType, str]]:
    for record_type, name in _references(type_name, parents_only=parents_only):
        sql = f"SELECT id FROM {record_type.name} WHERE {name} = ? AND {REMOVED} IS NULL ORDER BY row"
        for (found,) in connection.execute(sql, (record,)).fetchall():
            yield record_type, found


def referring(connection: Connection, type_name: str, record: str) -> Iterator[tuple[RecordType, str]]:
    """Live records that refer to ``record``: their type and id."""
    return _pointing(connection, type_name, record, parents_only=False)


def references_to(
    connection: Connection, type_name: str, records: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Who refers to whom: ids of live records, each with the one of ``records`` that it refers to."""
    for part in in_parts(records):
        marks = ", ".join("?" * len(part))
        for record_type, name in _references(type_name, parents_only=False):
            table = record_type.name
            sql = f"SELECT id, {name} FROM {table} WHERE {name} IN ({marks}) AND {REMOVED} IS NULL"
            yield from connection.execute(sql, part)


def parts(connection: Connection, type_name: str, record: str) -> Iterator[tuple[RecordType, str]]:
    """Live records that are a part of ``record`` (its children)."""
    return _pointing(connection, type_name, record, parents_only=True)
