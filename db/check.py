"""Is the book whole? Pages, chains of the journal, rows against the journal, references, the key file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from db import keys, merge, store
from db import operations as log
from db.book import Book
from db.engine import Connection, storage_faults
from db.errors import BookDamagedError, KeysMissingError
from db.history import same_keys
from db.journal import chain_hash
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType
from resources import _

Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be. ``grave``: the book is damaged, not only unfinished."""

    code: str
    message: str
    grave: bool = True


def check(book: Book, step: Step = lambda _: None) -> list[Problem]:
    """Every problem of the book. ``step`` is told 0–100 as the work goes on and may raise to cancel."""
    found: list[Problem] = []
    parts = (_pages, _chains, _rows, _references, _waiting, _conflicts)
    for number, part in enumerate(parts):
        step(100 * number // len(parts))
        try:
            with storage_faults(book.path):
                found.extend(part(book.connection))
        except BookDamagedError:
            return [*found, _unreadable()]
    step(100)
    return found


def _unreadable() -> Problem:
    return Problem("page_damaged", _("A part of the book cannot be read. Restore the latest backup."))


def check_keys(book: Book) -> list[Problem]:
    """Whether the key file beside the book is there twice and can be read."""
    path = book.path
    problems = []
    for file in keys.key_files(path):
        if not file.exists():
            problems.append(
                Problem(
                    "key_file_missing",
                    _("The key file {name} is missing. The book still opens; make a backup now.").format(
                        name=file.name
                    ),
                )
            )
    try:
        keys.read_ring(path)
    except KeysMissingError:
        problems.append(Problem("keys_unreadable", _("No key file beside the book can be read.")))
    return problems


def _pages(connection: Connection) -> Iterator[Problem]:
    for pragma, code in (("cipher_integrity_check", "page_damaged"), ("quick_check", "structure_damaged")):
        rows = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}")]
        if rows not in ([], ["ok"]):
            yield Problem(
                code,
                _("The file of the book is damaged ({detail}). Restore the latest backup.").format(
                    detail=rows[0]
                ),
            )


def _chains(connection: Connection) -> Iterator[Problem]:
    for site, last in log.last_seqs(connection).items():
        previous, expected = b"", 1
        for operation in log.operations_of_site(connection, site):
            if operation.seq != expected or chain_hash(previous, operation) != operation.hash:
                break
            previous, expected = operation.hash, expected + 1
        if expected != last + 1 or previous != log.site_state(connection, site)[1]:
            yield Problem(
                "chain_broken",
                _("The journal of {site} does not hold together at entry {number}.").format(
                    site=site, number=expected
                ),
            )


def _rows(connection: Connection) -> Iterator[Problem]:
    """Every row must say what its operations say."""
    for record_type in RECORD_TYPES.values():
        fields = ("id", REMOVED, *record_type.columns)
        sql = f"SELECT {', '.join(fields)} FROM {record_type.name}"
        for row in connection.execute(sql).fetchall():
            if not _as_journaled(connection, record_type, row):
                yield Problem(
                    "row_differs",
                    _("Record {record} does not say what the journal says.").format(record=row[0]),
                )


def _as_journaled(connection: Connection, record_type: RecordType, row: tuple[object, ...]) -> bool:
    standing = merge.resolve(log.operations_of_record(connection, str(row[0])))
    journaled = {name: stand.value for name, stand in standing.items()}
    disputed = connection.execute(
        "SELECT 1 FROM conflict WHERE record = ? AND kind = ?", (row[0], merge.REMOVAL)
    ).fetchone()
    removed = None if disputed else journaled.get(REMOVED)
    return row[1] == removed and all(
        value == journaled.get(name) for name, value in zip(record_type.columns, row[2:], strict=True)
    )


def _references(connection: Connection) -> Iterator[Problem]:
    for record_type in RECORD_TYPES.values():
        for field in record_type.fields:
            if field.refers_to:
                yield from _dangling(connection, record_type, field.name, field.refers_to)


def _dangling(connection: Connection, record_type: RecordType, name: str, target: str) -> Iterator[Problem]:
    sql = (
        f"SELECT a.id, a.{name} FROM {record_type.name} a LEFT JOIN {target} b ON b.id = a.{name}"
        f" AND b.{REMOVED} IS NULL WHERE a.{REMOVED} IS NULL AND a.{name} IS NOT NULL AND b.id IS NULL"
    )
    for record, missing in connection.execute(sql).fetchall():
        words = store.get(connection, record_type, record).title or record
        yield Problem(
            "dangling_reference",
            _("“{title}” refers to a record ({missing}) that is not in this book.").format(
                title=words, missing=missing
            ),
            grave=False,
        )


def _waiting(connection: Connection) -> Iterator[Problem]:
    for site, first, last in merge.gaps(connection):
        yield Problem(
            "gap",
            _("Entries {first}–{last} of {site} have not arrived; later ones are kept until they do.").format(
                first=first, last=last, site=site
            ),
            grave=False,
        )


def _conflicts(connection: Connection) -> Iterator[Problem]:
    disputed = connection.execute("SELECT count(*) FROM conflict").fetchone()[0]
    twins = sum(1 for _conflict in same_keys(connection))
    if disputed + twins:
        yield Problem(
            "conflicts",
            _("{count} conflicts wait for a decision.").format(count=disputed + twins),
            grave=False,
        )
