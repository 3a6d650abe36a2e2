"""Forgetting: a value leaves row, index, history and every later package; the chain still verifies."""

from __future__ import annotations

import json
from collections.abc import Sequence

from db import merge, store
from db import operations as log
from db.engine import Connection
from db.journal import Change
from db.records.definition import REMOVED, Value
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
    changes[merge.ERASED] = Change(None, json.dumps(names))
    now: dict[str, Value] = {**present.values, REMOVED: present.removed, **after}
    operation = write.erase(type_name, record, changes, now)
    site = log.site_number(write.connection, operation.site)
    write.connection.executemany(
        "INSERT INTO erased (record, field, site, seq) VALUES (?, ?, ?, ?)",
        [(record, name, site, operation.seq) for name in names],
    )
    merge.settle(write.connection, record)


def erased_fields(connection: Connection, record: str) -> set[str]:
    """Fields of a record that were forgotten."""
    return {n for (n,) in connection.execute("SELECT field FROM erased WHERE record = ?", (record,))}


def scrub(connection: Connection) -> None:
    """Take what was forgotten out of the files as well: index, write-ahead log, free pages."""
    for table in ("search_name", "search_text"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
