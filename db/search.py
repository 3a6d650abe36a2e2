"""One search over everything: exact marks first, then folded words and initials; flat, or type by type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from db.engine import Connection
from db.records import BY_NUMBER
from db.records.definition import RecordType, Value
from db.search_index import (
    INITIALS,
    MARKS,
    MOST_ROWS,
    address,
    can_carry_marks,
    place,
    whole,
    words,
)
from db.store import Record, by_row_number
from db.vietnamese import bare_name, exact, fold

_LONGEST_INITIALS = 6
_FIRST = ("model", "person", "activity", "contribution", "paper", "photo", "registration", "recognition")
_INDEXED = 4  # signs of the beginnings that the index keeps (step 5)
_MOST_ENDINGS = 32
_MOST_WORDS = 16  # a pasted paragraph asks no more than that
_END = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record; ``exact`` = the words stand in it with these very marks."""

    record: Record
    exact: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one type, best first. There are ``count`` in all, or more than that (``more``)."""

    type: str
    hits: tuple[Hit, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Where a hit stands: which question found it, its turn within its type, the order of types."""

    rank: int
    turn: int
    order: int
    at: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Pass:
    """One question: all words of any of these; ``exact`` = what it finds has the very marks.

    ``whole``: the last word is not only begun.
    """

    table: str
    any_of: tuple[list[str], ...]
    exact: bool
    whole: bool = False


# -- what is asked


def _all(asked: Sequence[str], endings: Callable[[str], str]) -> str:
    """All of these words; ``endings`` says how the last may go on."""
    whole = " ".join(map(_quoted, asked[:-1]))
    return f"{whole} AND {endings(asked[-1])}" if whole else endings(asked[-1])


def _endings(connection: Connection, table: str) -> Callable[[str], str]:
    """How a word may go on. The index knows short beginnings; of longer ones the words are named.

    Of a long beginning the index would gather all places each time; a word it reads from where it is asked.
    """

    def begun(word: str) -> str:
        if len(word) <= _INDEXED:
            return f'"{word}"*'
        sql = f"SELECT term FROM {table}_words WHERE term >= ? AND term < ? LIMIT ?"
        terms = connection.execute(sql, (word, f"{word}\U0010ffff", _MOST_ENDINGS + 1)).fetchall()
        if not terms or len(terms) > _MOST_ENDINGS:
            return f'"{word}"*'
        named = " OR ".join(f'"{term}"' for (term,) in terms)
        return f"({named})"

    return begun


def _marked(typed: str) -> list[str]:
    return [f"{MARKS}{word}" if can_carry_marks(word) else word for word in words(exact(typed))]


def _initials(folded: list[str], text: str) -> list[str]:
    """The same words with the first as the initials of a name (``nva 1985``), none if it cannot be."""
    first = folded[0]
    is_short = len(first) <= _LONGEST_INITIALS and first.isascii() and first.isalpha()
    has_marks = not text.lower().replace("đ", "d").isascii()
    return [f"{INITIALS}{first}", *folded[1:]] if is_short and not has_marks else []


def _passes(text: str) -> list[_Pass]:
    """The questions in the order of their worth; none where nothing is asked."""
    folded, marked = words(fold(text))[:_MOST_WORDS], _marked(text)[:_MOST_WORDS]
    if not folded:
        return []
    short = _initials(folded, text)
    names = {whole(name) for name in (text.split(), bare_name(text))} if " " in text.strip() else set[str]()
    called = [_Pass("search_name", ([*marked, name],), True, True) for name in names]
    exactly = [*called, *_names((marked,), exact=True), _Pass("search_text", (marked,), True)]
    if marked == folded:
        return [*exactly, *_names((short,), exact=False)] if short else exactly
    named = (folded, short) if short else (folded,)
    alike = [_Pass("search_name", ([name],), False, True) for name in names]
    return [*exactly, *alike, *_names(named, exact=False), _Pass("search_text", (folded,), False)]


def _names(any_of: tuple[list[str], ...], *, exact: bool) -> list[_Pass]:
    """Names that end with the last word come before those in which it goes on: "An" before "Anh"."""
    return [_Pass("search_name", any_of, exact, whole) for whole in (True, False)]


def _question(connection: Connection, asked: _Pass) -> str:
    """``asked`` in the language of the index."""
    endings = _quoted if asked.whole else _endings(connection, asked.table)
    return " OR ".join(f"({_all(one, endings)})" for one in asked.any_of)


def _quoted(word: str) -> str:
    return f'"{word}"'


# -- where it stands


def _matches(connection: Connection, table: str, match: str, highest: int, lowest: int = 0) -> Iterator[int]:
    """Addresses, the highest first; read only as far as they are taken."""
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC"
    return (at for (at,) in connection.execute(sql, (match, lowest, highest)))


class _Found:
    """Addresses by type, at most so many of each; a later pass adds only what was not there."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.of: dict[int, dict[int, _Place]] = {}

    def __len__(self) -> int:
        return sum(map(len, self.of.values()))

    def add(self, connection: Connection, asked: _Pass, rank: int) -> None:
        """Take what ``asked`` finds; a type that has enough is jumped over."""
        highest, match = _END, _question(connection, asked)
        while highest > 0:
            below = _matches(connection, asked.table, match, highest)
            highest = self._add_below(below, asked, rank)

    def _add_below(self, matches: Iterable[int], asked: _Pass, rank: int) -> int:
        for at in matches:
            number, _row = place(at)
            known = self.of.setdefault(number, {})
            if at not in known and len(known) < self.most:
                known[at] = _Place(rank, len(known), _order(number), at, asked.exact)
            if len(known) >= self.most:
                return address(BY_NUMBER[number], 0) - 1
        return 0

    def best(self) -> list[_Place]:
        """By worth; of equal worth each type in turn, so that none fills the list alone."""
        return sorted(one for known in self.of.values() for one in known.values())


def _order(number: int) -> int:
    name = BY_NUMBER[number].name
    return _FIRST.index(name) if name in _FIRST else len(_FIRST) + number


def _find(connection: Connection, text: str, most: int, enough: int | None = None) -> _Found:
    """Up to ``most`` of each type; once ``enough`` are there the worse ones are not looked for."""
    found = _Found(most)
    for rank, asked in enumerate(_passes(text)):
        found.add(connection, asked, rank)
        if enough is not None and len(found) >= enough:
            break
    return found


def rows_named(connection: Connection, record_type: RecordType, text: str, limit: int = 100_000) -> list[int]:
    """Row numbers of one type whose names hold the words of ``text``, newest first; for filtering a list."""
    folded = words(fold(text))[:_MOST_WORDS]
    if not folded:
        return []
    short = _initials(folded, text)
    asked = _Pass("search_name", (folded, short) if short else (folded,), False)
    first, last = address(record_type, 0), address(record_type, MOST_ROWS)
    found = _matches(connection, "search_name", _question(connection, asked), last, first)
    return [place(at)[1] for at in islice(found, limit)]


# -- answers


def search(connection: Connection, text: str, limit: int) -> list[Hit]:
    """Live records that hold all words of ``text`` (the last may be begun), best first."""
    return _hits(connection, _find(connection, text, limit, limit).best()[:limit])


def groups(connection: Connection, text: str, shown: int, counted: int) -> list[Group]:
    """The same type by type, those with exact marks first: ``shown`` hits of each, counted to ``counted``."""
    found = _find(connection, text, max(shown, counted + 1)).of.values()
    ordered = sorted(sorted(known.values()) for known in found)
    hits = iter(_hits(connection, [one for known in ordered for one in known[:shown]]))
    return [
        Group(
            BY_NUMBER[place(known[0].at)[0]].name,
            tuple(islice(hits, min(shown, len(known)))),
            min(counted, len(known)),
            len(known) > counted,
        )
        for known in ordered
    ]


def _hits(connection: Connection, found: Sequence[_Place]) -> list[Hit]:
    by_type: dict[int, list[int]] = {}
    for one in found:
        number, row = place(one.at)
        by_type.setdefault(number, []).append(row)
    records = {
        address(BY_NUMBER[number], row): _record(BY_NUMBER[number], values)
        for number, rows in by_type.items()
        for row, values in _fetch(connection, BY_NUMBER[number], rows).items()
    }
    return [Hit(records[one.at], one.exact) for one in found if one.at in records]


def _fetch(connection: Connection, record_type: RecordType, rows: list[int]) -> dict[int, tuple[Value, ...]]:
    return by_row_number(connection, record_type, ("id", "removed", *record_type.columns), rows)


def _record(record_type: RecordType, row: tuple[Value, ...]) -> Record:
    values = dict(zip(record_type.columns, row[2:], strict=True))
    return Record(record_type.name, str(row[0]), values, str(row[1]) if row[1] else None)
