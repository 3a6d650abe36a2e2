"""What is found: the words of a record as the index holds them; the index is made anew from the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from zlib import crc32

from sqlcipher3 import dbapi2

from db import operations as log
from db.engine import Connection
from db.records import RECORD_TYPES
from db.records.definition import REMOVED, RecordType, Search, Value
from db.store import in_parts
from db.vietnamese import bare_name, exact, fold, name_initials

TABLES = ("search_name", "search_text")
"""Words of names, and of long texts; a record stands in both at the same address."""

MARKS = "\x80"
"""Stands before a word that is kept with its marks."""

_ROOM = 40  # bits for a row's number below the number of its type
MOST_ROWS = (1 << _ROOM) - 1

INITIALS = "\x81"
"""Stands before the initials of a name."""

WHOLE = "\x82"
"""Stands before all words of a name or title together, folded."""

_FORM = 2  # of the words below; another number and every book makes its index anew
_BUILT = "search_index"

_MOST_WORDS = 1 << 16
_WORD = re.compile(r"[^\W_]+")
# Without a vowel and without d nothing can carry a mark: such words (codes, numbers) are kept once
_FIXED = "b-cf-hj-np-tv-xz0-9"
_MARKABLE = re.compile(rf"(?<![^\W_])[{_FIXED}]*[^\W_{_FIXED}][^\W_]*")


class SearchRow(NamedTuple):
    """What is indexed of one record: the words of its names and of its long texts."""

    address: int
    name: str
    text: str


def address(record_type: RecordType, row: int) -> int:
    """Where a record stands in the index: types one after the other, the newest of a type last."""
    return (record_type.number << _ROOM) + row


def place(at: int) -> tuple[int, int]:
    """Number of the type and of the row of an address."""
    return at >> _ROOM, at & MOST_ROWS


def words(text: str) -> list[str]:
    """Runs of letters and digits, as they are split for the index and for what is asked."""
    return _WORD.findall(text)


def can_carry_marks(word: str) -> bool:
    """Whether a word could be another one with marks; if not, its folded form is the word itself."""
    return _MARKABLE.match(word) is not None


def search_row(record_type: RecordType, row: int, values: Mapping[str, Value]) -> SearchRow | None:
    """The index row of a record, ``None`` where it has nothing to find."""
    names, people, texts = _searched(record_type)
    name, text = _both_forms(names, values), _both_forms(texts, values)
    if not name and not text:
        return None
    for field in names:
        if (value := values.get(field)) is not None:
            name += _as_a_whole(str(value), is_person=field in people)
    return SearchRow(address(record_type, row), name, text)


def _as_a_whole(written: str, *, is_person: bool) -> str:
    """What the index holds of a name beside its words: all of it as one, and the initials of a person."""
    bare = bare_name(written) if is_person else written.split()
    if len(bare) < 2:
        return ""
    short = name_initials(bare) if is_person else ""
    return f" {whole(bare)} {INITIALS}{short}" if short else f" {whole(bare)}"


def whole(name: Iterable[str]) -> str:
    """What stands for the words of a name together."""
    return WHOLE + "".join([_PLAIN[word] for word in name])


@cache
def _searched(record_type: RecordType) -> tuple[tuple[str, ...], ...]:
    """Fields of which the words are names; those of them that name people; those of long texts."""
    wanted = ({Search.NAME, Search.PERSON}, {Search.PERSON}, {Search.TEXT})
    return tuple(tuple(f.name for f in record_type.fields if f.search in each) for each in wanted)


def _both_forms(names: tuple[str, ...], values: Mapping[str, Value]) -> str:
    """Every word of these fields folded and, where marks could make a difference, with its marks."""
    found = [
        _FORMS[word]
        for name in names
        if (value := values.get(name)) is not None
        for word in str(value).split()
    ]
    return " ".join(found)


class _Words(dict[str, str]):
    """What words become, worked out when first met: names and texts are made of few words."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = made = self._rule(word)
        return made


def _plain(written: str) -> str:
    return "".join(words(fold(written)))


def _forms(written: str) -> str:
    lower = written.lower()
    if lower.isascii() and lower.isalnum() and "y" not in lower:
        return f"{lower} {MARKS}{lower}" if can_carry_marks(lower) else lower
    marked = [f"{MARKS}{word}" for word in _MARKABLE.findall(exact(written))]
    return " ".join([*words(fold(written)), *marked])


_PLAIN, _FORMS = _Words(_plain), _Words(_forms)


def index(connection: Connection, found: Iterable[SearchRow]) -> None:
    """Put rows into the index; they must not be there yet."""
    # In order: a place before the last one makes the index write out what it has gathered
    rows = sorted(found)
    named, told = [(r.address, r.name) for r in rows if r.name], [(r.address, r.text) for r in rows if r.text]
    for table, given in zip(TABLES, (named, told), strict=True):
        connection.executemany(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", given)


def forget(connection: Connection, record_type: RecordType, rows: Iterable[int]) -> None:
    """Take records out of the index."""
    places = [(address(record_type, row),) for row in rows]
    for table in TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", places)


# -- making it anew


def present_form() -> str:
    """Which index this program makes: another one wherever other fields are searched."""
    declared = sorted(
        f"{kind.number}.{field.name}.{field.search.value}"
        for kind in RECORD_TYPES.values()
        for field in kind.fields
        if field.search
    )
    return f"{_FORM}.{crc32(' '.join(declared).encode()):08x}"


def note_built(connection: Connection) -> None:
    """The index of this book is the one this program makes."""
    log.tell(connection, _BUILT, present_form())


def is_sound(connection: Connection) -> bool:
    """Whether the index is the one this program makes and answers."""
    known = log.info(connection, _BUILT) == present_form()
    return known and all(_answers(connection, table) for table in TABLES)


def _answers(connection: Connection, table: str) -> bool:
    try:
        connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH '\"a\"*' LIMIT 1").fetchall()
    except dbapi2.DatabaseError:
        return False
    return True


def rebuild(connection: Connection, step: Callable[[int], None] = lambda _: None) -> None:
    """Empty the index and fill it from the live records; ``step`` is told 0–100 and may raise to stop.

    The caller's transaction holds it: all of it is done, or nothing.
    """
    for table in TABLES:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    kinds = sorted((k for k in RECORD_TYPES.values() if any(f.search for f in k.fields)), key=_number)
    last = {kind.name: _last_row(connection, kind) for kind in kinds}
    total, done = sum(last.values()) or 1, 0
    for kind in kinds:
        for part in in_parts(_live_rows(connection, kind)):
            index(connection, part)
            step(100 * (done + place(part[-1].address)[1]) // total)
        done += last[kind.name]
    note_built(connection)


def _number(record_type: RecordType) -> int:
    return record_type.number


def _last_row(connection: Connection, record_type: RecordType) -> int:
    return int(connection.execute(f"SELECT max(row) FROM {record_type.name}").fetchone()[0] or 0)


def _live_rows(connection: Connection, record_type: RecordType) -> Iterator[SearchRow]:
    names = tuple(field.name for field in record_type.fields if field.search)
    sql = f"SELECT row, {', '.join(names)} FROM {record_type.name} WHERE {REMOVED} IS NULL ORDER BY row"
    for row, *stated in connection.execute(sql):
        found = search_row(record_type, row, dict(zip(names, stated, strict=True)))
        if found:
            yield found
