"""Operations in and out of their tables; sites, batches and who had seen what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from db.engine import Connection
from db.journal import Batch, Head, Operation, body_parts, body_text, origin, record_id

_SELECT = """
    SELECT s.id, o.seq, b.id, bs.id, b.actor, b.at, b.act, b.title, b.undoes,
           o.type, o.record, o.seen, o.body, o.hash
    FROM operation o JOIN site s ON s.no = o.site JOIN batch b ON b.no = o.batch
    JOIN site bs ON bs.no = b.site
"""


def site_number(connection: Connection, site: str) -> int:
    """The short number this book uses for ``site``, given out when first asked for."""
    found = connection.execute("SELECT no FROM site WHERE id = ?", (site,)).fetchone()
    if found is None:
        cursor = connection.execute("INSERT INTO site (id) VALUES (?)", (site,))
        return int(cursor.lastrowid or 0)
    return int(found[0])


def site_state(connection: Connection, site: str) -> tuple[int, bytes]:
    """Number and hash of the last operation of ``site`` applied here; (0, b"") for an unknown one."""
    found = connection.execute("SELECT last_seq, last_hash FROM site WHERE id = ?", (site,)).fetchone()
    return (int(found[0]), bytes(found[1])) if found else (0, b"")


def batch_number(connection: Connection, batch: Batch) -> int:
    """The row of ``batch``, written when it is new. ValueError where another batch has its id."""
    known = batch_named(connection, batch.id)
    if known is not None:
        if known != batch:
            raise ValueError(batch.id)
        return int(connection.execute("SELECT no FROM batch WHERE id = ?", (batch.id,)).fetchone()[0])
    cursor = connection.execute(
        "INSERT INTO batch (id, site, actor, at, act, title, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (batch.id, site_number(connection, batch.site), *_told(batch)),
    )
    number = int(cursor.lastrowid or 0)
    if batch.undoes:
        connection.execute("UPDATE batch SET undone_by = ? WHERE id = ?", (batch.id, batch.undoes))
    return number


def _told(batch: Batch) -> tuple[str | None, ...]:
    return batch.actor, batch.at, batch.act, batch.title, batch.undoes


def batch_named(connection: Connection, batch: str) -> Batch | None:
    """The batch of this id."""
    row = connection.execute(
        "SELECT b.id, s.id, b.actor, b.at, b.act, b.title, b.undoes FROM batch b JOIN site s ON s.no = b.site"
        " WHERE b.id = ?",
        (batch,),
    ).fetchone()
    return Batch(*row) if row else None


def insert_operations(
    connection: Connection, site: int, batch: int, operations: Iterable[Operation], *, unknown: bool = False
) -> None:
    """Write operations of one site and batch."""
    connection.executemany(
        "INSERT INTO operation (site, seq, batch, type, record, seen, body, hash, unknown)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                site, o.seq, batch, o.type, None if o.creates else o.record,
                json.dumps(o.seen) if o.seen else None, body_text(o), o.hash, int(unknown),
            )
            for o in operations
        ),
    )  # fmt: skip


def rewrite_body(connection: Connection, operation: Operation) -> None:
    """Store an operation's body anew (after something in it was forgotten)."""
    connection.execute(
        "UPDATE operation SET body = ? WHERE site = (SELECT no FROM site WHERE id = ?) AND seq = ?",
        (body_text(operation), operation.site, operation.seq),
    )


def _operation(row: Sequence[Any]) -> Operation:
    salt, salts, changes = body_parts(row[12])
    seen = tuple(Head(site, seq) for site, seq in json.loads(row[11])) if row[11] else ()
    return Operation(
        site=row[0],
        seq=row[1],
        batch=Batch(row[2], row[3], row[4], row[5], row[6], row[7], row[8]),
        type=row[9],
        record=row[10] or record_id(row[0], row[1]),
        changes=changes,
        seen=seen,
        salt=salt,
        salts=salts,
        hash=bytes(row[13]),
    )


def operation_at(connection: Connection, head: Head) -> Operation | None:
    """The operation ``head`` names, ``None`` where it is not (or not yet) here."""
    row = connection.execute(f"{_SELECT} WHERE s.id = ? AND o.seq = ?", head).fetchone()
    return _operation(row) if row else None


def operations_of_record(connection: Connection, record: str) -> list[Operation]:
    """Every applied operation on ``record``, its creation first, then as they arrived."""
    creation = operation_at(connection, origin(record))
    later = connection.execute(f"{_SELECT} WHERE o.record = ? ORDER BY o.arrival", (record,)).fetchall()
    return [*([creation] if creation else []), *map(_operation, later)]


def operations_of_batch(connection: Connection, batch: str) -> Iterator[Operation]:
    """Operations of a batch in the order they were written."""
    rows = connection.execute(f"{_SELECT} WHERE b.id = ? ORDER BY o.site, o.seq", (batch,))
    return map(_operation, rows)


def operations_of_site(connection: Connection, site: str, after: int = 0) -> Iterator[Operation]:
    """The chain of a site behind operation ``after``."""
    rows = connection.execute(f"{_SELECT} WHERE s.id = ? AND o.seq > ? ORDER BY o.seq", (site, after))
    return map(_operation, rows)


def last_seqs(connection: Connection) -> dict[str, int]:
    """For every site with operations here, the last one applied without a gap."""
    return dict(connection.execute("SELECT id, last_seq FROM site WHERE last_seq > 0 ORDER BY id").fetchall())


def newly_seen(connection: Connection, own: int) -> tuple[Head, ...]:
    """Operations of other sites applied since our own chain last said so; marks them as said."""
    rows = connection.execute(
        "SELECT id, last_seq FROM site WHERE no <> ? AND last_seq > told_seq ORDER BY id", (own,)
    ).fetchall()
    connection.execute("UPDATE site SET told_seq = last_seq WHERE no <> ?", (own,))
    return tuple(Head(site, seq) for site, seq in rows)


def remember_seen(connection: Connection, site: int, seq: int, seen: Iterable[Head]) -> None:
    """Store what the writer of operation ``seq`` had seen of other sites."""
    connection.executemany(
        "INSERT OR IGNORE INTO seen (site, other, seq, other_seq) VALUES (?, ?, ?, ?)",
        [(site, site_number(connection, head.site), seq, head.seq) for head in seen],
    )


def knows(connection: Connection, later: Head, earlier: Head) -> bool:
    """Whether the writer of ``later`` had applied ``earlier``."""
    if later.site == earlier.site:
        return later.seq >= earlier.seq
    row = connection.execute(
        """SELECT max(other_seq) FROM seen
           WHERE site = (SELECT no FROM site WHERE id = ?) AND seq <= ?
             AND other = (SELECT no FROM site WHERE id = ?)""",
        (later.site, later.seq, earlier.site),
    ).fetchone()
    return (row[0] or 0) >= earlier.seq
