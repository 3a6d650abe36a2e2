"""One index over everything: folded words, exact words beside them, hits with exact marks first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from db.engine import Connection
from db.records import BY_NUMBER
from db.records.definition import RecordType, Search, Value
from db.store import Record, by_row_number
from db.vietnamese import exact, fold

_SHIFT = 128  # room for this many record types in an address


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record; ``exact`` = the words stand in it with these very marks."""

    record: Record
    exact: bool


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What is indexed of one record: names folded and exact, long texts folded only."""

    address: int
    folded: str
    exact: str
    text: str


def address(record_type: RecordType, row: int) -> int:
    """Where a record stands in the index."""
    return row * _SHIFT + record_type.number % _SHIFT


def search_row(record_type: RecordType, row: int, values: Mapping[str, Value]) -> SearchRow | None:
    """The index row of a record, ``None`` where it has nothing to find."""
    joined = _joined(record_type, Search.NAME, values)
    told = _joined(record_type, Search.TEXT, values)
    if not joined and not told:
        return None
    return SearchRow(address(record_type, row), fold(joined), exact(joined), fold(told))


@cache
def _searched(record_type: RecordType, where: Search) -> tuple[str, ...]:
    return tuple(field.name for field in record_type.fields if field.search is where)


def _joined(record_type: RecordType, where: Search, values: Mapping[str, Value]) -> str:
    found = map(values.get, _searched(record_type, where))
    return " ".join(str(value) for value in found if value is not None)


def index(connection: Connection, found: Iterable[SearchRow]) -> None:
    """Put rows into the index; they must not be there yet."""
    found = list(found)
    named = [(r.address, r.folded, r.exact) for r in found if r.folded]
    told = [(r.address, r.text) for r in found if r.text]
    connection.executemany("INSERT INTO search_name (rowid, f, x) VALUES (?, ?, ?)", named)
    connection.executemany("INSERT INTO search_text (rowid, f) VALUES (?, ?)", told)


def forget(connection: Connection, record_type: RecordType, rows: Iterable[int]) -> None:
    """Take records out of the index."""
    places = [(address(record_type, row),) for row in rows]
    connection.executemany("DELETE FROM search_name WHERE rowid = ?", places)
    connection.executemany("DELETE FROM search_text WHERE rowid = ?", places)


def _match(column: str, words: str) -> str:
    asked = " ".join(f'"{word}"' for word in words.split()) + "*"  # the last word may be begun
    return f"{column} : ({asked})" if column else asked


def _addresses(connection: Connection, table: str, match: str, limit: int) -> list[int]:
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [row for (row,) in connection.execute(sql, (match, limit))]


def find_addresses(connection: Connection, text: str, limit: int) -> list[tuple[int, bool]]:
    """Addresses of what matches ``text`` and whether exactly: exact names, other names, long texts."""
    folded, marked = _words(fold(text)), _words(exact(text))
    if not folded:
        return []
    exactly = _addresses(connection, "search_name", _match("x", marked), limit)
    found = dict.fromkeys(exactly, True)
    if len(found) < limit:
        for place in _addresses(connection, "search_name", _match("f", folded), limit):
            found.setdefault(place, False)
    if len(found) < limit:
        for place in _addresses(connection, "search_text", _match("", folded), limit):
            found.setdefault(place, False)
    return list(found.items())[:limit]


def _words(text: str) -> str:
    """Only letters and digits, split as the index splits them."""
    return "".join(c if c.isalnum() else " " for c in text).strip()


def search(connection: Connection, text: str, limit: int) -> list[Hit]:
    """Live records that hold all words of ``text`` (the last may be begun), best first."""
    places = find_addresses(connection, text, limit)
    by_type: dict[int, list[int]] = {}
    for place, _ in places:
        by_type.setdefault(place % _SHIFT, []).append(place // _SHIFT)
    records = {
        address(BY_NUMBER[number], row): _record(BY_NUMBER[number], values)
        for number, numbers in by_type.items()
        for row, values in _fetch(connection, BY_NUMBER[number], numbers).items()
    }
    return [Hit(records[place], exactly) for place, exactly in places if place in records]


def _fetch(
    connection: Connection, record_type: RecordType, numbers: list[int]
) -> dict[int, tuple[Value, ...]]:
    return by_row_number(connection, record_type, ("id", "removed", *record_type.columns), numbers)


def _record(record_type: RecordType, row: tuple[Value, ...]) -> Record:
    values = dict(zip(record_type.columns, row[2:], strict=True))
    return Record(record_type.name, str(row[0]), values, str(row[1]) if row[1] else None)


def rows_named(connection: Connection, record_type: RecordType, text: str, limit: int = 100_000) -> list[int]:
    """Row numbers of one type whose names hold the words of ``text``, newest first; for filtering a list."""
    folded = _words(fold(text))
    if not folded:
        return []
    sql = (
        "SELECT rowid FROM search_name WHERE search_name MATCH ? AND rowid % ? = ?"
        " ORDER BY rowid DESC LIMIT ?"
    )
    given = (_match("f", folded), _SHIFT, record_type.number % _SHIFT, limit)
    return [place // _SHIFT for (place,) in connection.execute(sql, given)]
