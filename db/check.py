"""Is the book whole? Pages, chains of the journal, rows against the journal, references, the key file."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from db import keys, merge, settling, store
from db import operations as log
from db.book import Book
from db.engine import Connection, storage_faults
from db.errors import BookError, DiskFullError, KeysMissingError
from db.history import equal_keys
from db.inverse import Present, present_of
from db.journal import Operation, chain_hash
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType
from db.sums.keeping import wrong_units
from resources import _

Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be. ``grave``: the book is damaged, not only unfinished."""

    code: str
    message: str
    grave: bool = True


def check(book: Book, step: Step = lambda _: None) -> list[Problem]:
    """Every problem of the book. ``step`` is told 0–100 as the work goes on and may raise to cancel.

    Where pages are damaged nothing else is asked of them: restoring is the only answer.
    """
    step(0)
    with storage_faults(book.path):
        found = pages_problems(book.connection, book.path)
    parts = () if found else (_journal, _references, _waiting, _conflicts, _forgotten)
    for number, part in enumerate(parts):
        step(25 + 15 * number)
        with storage_faults(book.path):
            found.extend(part(book.connection))
    step(100)
    return found


def check_keys(book: Book) -> list[Problem]:
    """Whether the key file beside the book is there twice and can be read."""
    missing = [file for file in keys.key_files(book.path) if not file.exists()]
    words = _("The key file {name} is missing. The book still opens; make a backup now.")
    problems = [Problem("key_file_missing", words.format(name=file.name)) for file in missing]
    try:
        keys.read_ring(book.path)
    except KeysMissingError:
        problems.append(Problem("keys_unreadable", _("No key file beside the book can be read.")))
    return problems


def check_sums(book: Book, step: Step = lambda _: None) -> list[Problem]:
    """Whether the sums kept for figures are those of the records: as much work as making them anew."""
    wrong = wrong_units(book.connection, step)
    units = [unit for unit in wrong if unit]
    found = store.find_rows(book.connection, RECORD_TYPES["org_unit"], units)
    names = [found[unit][1].title if unit in found else unit for unit in units] or [_("all units together")]
    words = _("Kept sums differ from the records: {units}. “danvan figures” makes them anew with --keep all.")
    return [Problem("sums_differ", words.format(units=", ".join(names)), grave=False)] if wrong else []


_OF_PAGES = (("page_damaged", "cipher_integrity_check"), ("structure_damaged", "quick_check"))


def pages_problems(connection: Connection, path: Path) -> list[Problem]:
    """What is wrong with the pages of the file at ``path``, whatever is in them. Raises DiskFullError.

    What is in the log goes into the file first: a page that a fault tore while it was being written there
    is whole in the log, and no damage.
    """
    connection.execute("PRAGMA wal_checkpoint").fetchone()
    words = _("The file of the book is damaged ({detail}). Restore the latest backup.")
    for code, pragma in _OF_PAGES:
        try:
            with storage_faults(path):
                rows = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}")]
        except DiskFullError:  # that the log finds no room says nothing about the pages
            raise
        except (BookError, dbapi2.DatabaseError) as error:
            rows = [str(error.__cause__ or error)]
        if rows not in ([], ["ok"]):
            return [Problem(code, words.format(detail=rows[0]))]
    return []


# -- the journal, and whether the rows say what it says


def _journal(connection: Connection) -> Iterator[Problem]:
    made: dict[str, set[str]] = {}
    for site, last in log.last_seqs(connection).items():
        yield from _chain(connection, site, last, made)
    for name, record_type in RECORD_TYPES.items():
        yield from _rows_of_nothing(connection, record_type, made.get(name, set()))


def _chain(connection: Connection, site: str, last: int, made: dict[str, set[str]]) -> Iterator[Problem]:
    previous, expected = b"", 1
    for part in store.in_parts(_readable(log.operations_of_site(connection, site))):
        for operation in part:
            if not _fits_behind(previous, expected, operation):
                yield _broken(site, expected)
                return
            previous, expected = operation.hash, expected + 1
        yield from _rows_made_by(connection, part, made)
    if expected != last + 1 or previous != log.site_state(connection, site)[1]:
        yield _broken(site, expected)


def _readable(operations: Iterator[Operation]) -> Iterator[Operation]:
    """Operations up to the first that is none any more."""
    with suppress(ValueError):
        yield from operations


def _fits_behind(previous: bytes, expected: int, operation: Operation) -> bool:
    right_place = operation.seq == expected and operation.batch.site == operation.site
    return right_place and chain_hash(previous, operation) == operation.hash


def _broken(site: str, number: int) -> Problem:
    words = _("The journal of {site} does not hold together at entry {number}.")
    return Problem("chain_broken", words.format(site=site, number=number))


def _rows_made_by(
    connection: Connection, part: Iterable[Operation], made: dict[str, set[str]]
) -> Iterator[Problem]:
    """Compare the records that these operations made with what all operations say of them."""
    creations = {o.record: o for o in part if o.creates and o.type in RECORD_TYPES}
    changed = log.changed_records(connection, creations)
    present = present_of(connection, ((o.type, record) for record, o in creations.items()))
    for record, creation in creations.items():
        made.setdefault(creation.type, set()).add(record)
        try:
            told = log.operations_of_record(connection, record) if record in changed else [creation]
            right = settling.settled(connection, record, told)
        except ValueError:
            return  # one of them cannot be read: its chain is told to be broken
        if right is not None and not (record in present and _says(present[record], right)):
            yield _differs(record)


def _says(found: Present, right: settling.Settled) -> bool:
    """Whether row, heads and disputes of a record are what they should be."""
    return (
        all(found.value(name) == right.values.get(name) for name in (REMOVED, *right.type.columns))
        and {(name, head) for name, heads in found.heads.items() for head in heads} == right.heads
        and found.disputed == set(right.conflicts)
    )


def _rows_of_nothing(
    connection: Connection, record_type: RecordType, made: Container[str]
) -> Iterator[Problem]:
    for (record,) in connection.execute(f"SELECT id FROM {record_type.name}"):
        if record not in made:
            yield _differs(record)


def _differs(record: str) -> Problem:
    words = _("Record {record} does not say what the journal says.")
    return Problem("row_differs", words.format(record=record))


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
    count = disputed + sum(1 for _twins in equal_keys(connection))
    if count:
        words = _("{count} conflicts wait for a decision.")
        yield Problem("conflicts", words.format(count=count), grave=False)


def _forgotten(connection: Connection) -> Iterator[Problem]:
    if log.info(connection, settling.SCRUB):
        words = _("Erased text is still in free parts of the file. Close the book and open it once more.")
        yield Problem("scrub_due", words, grave=False)
