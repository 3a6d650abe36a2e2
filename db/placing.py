"""A record's row and its place in the index, written together; kept sums that it changes become stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db import search_index, store
from db.engine import Connection
from db.records.definition import REMOVED, RecordType, Value
from db.store import Record
from db.sums import stale


def put_row(
    connection: Connection, record_type: RecordType, row: int, record: str, now: Mapping[str, Value]
) -> None:
    """Write a record's row and its place in the index."""
    removed = now.get(REMOVED)
    stale.note_changed(connection, record_type, row, record, now)
    store.put_row(connection, record_type, store.row_of(record_type, row, record, removed, now))
    search_index.forget(connection, record_type, [row])
    found = None if removed else search_index.search_row(record_type, row, now)
    if found:
        search_index.index(connection, [found])


def put_new_rows(
    connection: Connection, record_type: RecordType, records: Iterable[tuple[str, Mapping[str, Value]]]
) -> None:
    """Rows of live records that have none yet, many at a time."""
    numbered = list(enumerate(records, store.next_row(connection, record_type)))
    rows = [store.row_of(record_type, row, record, None, values) for row, (record, values) in numbered]
    stale.note_new(connection, {record_type: rows})
    store.insert_rows(connection, record_type, rows)
    found = (search_index.search_row(record_type, row, values) for row, (_, values) in numbered)
    search_index.index(connection, [one for one in found if one])


def mark_rows(
    connection: Connection, record_type: RecordType, rows: Sequence[tuple[int, Record]], removed: str | None
) -> None:
    """Set or clear the removal mark of rows whose present records are given, many at a time."""
    stale.note_marked(connection, record_type, [record for _, record in rows])
    store.mark_removed(connection, record_type, [row for row, _ in rows], removed)
    search_index.forget(connection, record_type, [row for row, _ in rows])
    if removed is None:
        found = (search_index.search_row(record_type, row, record.values) for row, record in rows)
        search_index.index(connection, [one for one in found if one])
