"""Forgetting: a value leaves row, index, history and every later package; the chain still verifies."""

from __future__ import annotations

import json
from collections.abc import Sequence

from db import operations as log
from db import search_index, settling, store
from db.engine import Connection
from db.journal import Change, from_wire, to_wire, without
from db.records.definition import REMOVED, Value
from db.sums.tables import forget_all
from db.writing import Writing


def erase(write: Writing, type_name: str, record: str, fields: Sequence[str]) -> None:
    """Forget ``fields`` of a record, here and, with the next package, everywhere.

    A required field becomes the words "đã xóa"; others become unstated. KeyError for an unknown field.
    """
    record_type = store.declared(type_name)
    _, present = write.found(type_name, record)
    names = [record_type.by_name[name].name for name in fields]
    after = {name: "đã xóa" if record_type.by_name[name].required else None for name in names}
    changes = {
        name: Change(None, after[name], write.heads(record, name, present.values[name])) for name in names
    }
    changes[settling.ERASED] = Change(None, json.dumps(names))
    now: dict[str, Value] = {**present.values, REMOVED: present.removed, **after}
    operation = write.erase(type_name, record, changes, now)
    settling.remember_erasure(write.connection, operation)
    settling.settle(write.connection, record)
    _forget_waiting(write.connection, record, frozenset(names))


def _forget_waiting(connection: Connection, record: str, names: frozenset[str]) -> None:
    """Forget the fields in operations behind a gap too: their writers cannot know of this erasure yet."""
    for site, seq, raw in connection.execute("SELECT site, seq, raw FROM waiting").fetchall():
        operation = from_wire(raw)
        shorter = without(operation, names) if operation.record == record else operation
        if shorter is not operation:
            connection.execute(
                "UPDATE waiting SET raw = ? WHERE site = ? AND seq = ?", (to_wire(shorter), site, seq)
            )


def erased_fields(connection: Connection, record: str) -> set[str]:
    """Fields of a record that were forgotten."""
    return {n for (n,) in connection.execute("SELECT field FROM erased WHERE record = ?", (record,))}


def scrub_if_needed(connection: Connection) -> None:
    """Take what was forgotten out of the files as well: index, write-ahead log, free pages.

    Not done in the transaction that forgets; the book remembers that it is due until it is.
    """
    if not log.info(connection, settling.SCRUB):
        return
    forget_all(connection)  # what tells sums apart are words of records too
    for table in search_index.TABLES:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if not busy:  # nobody was reading an older state
        connection.execute("DELETE FROM book_info WHERE key = ?", (settling.SCRUB,))
