"""Which photo files the records of a book refer to."""

from __future__ import annotations

from collections.abc import Sequence

from db.engine import Connection
from db.photo_store import is_hash
from db.store import in_parts


def referred_hashes(connection: Connection, among: Sequence[str] | None = None) -> set[str]:
    """Hashes that photos of the book have, live or removed; ``among``: only these are looked for."""
    if among is None:
        return {digest for (digest,) in connection.execute("SELECT hash FROM photo") if is_hash(digest)}
    found: set[str] = set()
    for part in in_parts(among):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT hash FROM photo WHERE hash IN ({marks})"
        found.update(digest for (digest,) in connection.execute(sql, part))
    return found
