"""A fingerprint of what a book holds, to compare books and moments."""

from __future__ import annotations

import hashlib

import orjson

from db import store
from db.engine import Connection
from db.records import RECORD_TYPES
from db.records.definition import REMOVED


def digest(connection: Connection) -> str:
    """SHA-256 over the live records, each with all its fields, in order of their ids."""
    whole = hashlib.sha256()
    for record_type in RECORD_TYPES.values():
        rows = store.rows(connection, record_type, ("id", *record_type.columns))
        for row in sorted(rows):
            whole.update(orjson.dumps([record_type.name, *row]))
    return whole.hexdigest()


def full_digest(connection: Connection) -> str:
    """The same with removed records, heads, conflicts, chains and waiting operations: equal after a merge."""
    whole = hashlib.sha256(digest(connection).encode())
    for record_type in RECORD_TYPES.values():
        sql = f"SELECT id, {', '.join(record_type.columns)}, {REMOVED} FROM {record_type.name}"
        for row in sorted(connection.execute(f"{sql} WHERE {REMOVED} IS NOT NULL ORDER BY id"), key=str):
            whole.update(orjson.dumps([record_type.name, *row]))
    for sql in (
        "SELECT h.record, h.field, s.id, h.seq FROM head h JOIN site s ON s.no = h.site",
        "SELECT record, field, type, kind FROM conflict",
        "SELECT id, last_seq, hex(last_hash) FROM site WHERE last_seq > 0",
        "SELECT site, seq FROM waiting",
    ):
        for row in sorted(connection.execute(sql)):
            whole.update(orjson.dumps(row))
    return whole.hexdigest()
