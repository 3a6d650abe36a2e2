"""Figures of a year and of fifteen years, from the open book to the answer, and what is kept for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path
from typing import Any

from db import Book
from db.figures import Asked, compute, load
from db.periods import parse_period
from db.sums.asking import facts_for, from_sums
from db.sums.keeping import make
from db.sums.tables import Source, forget_all
from tests.bench.city import FIRST, LAST, PASSWORD
from tests.bench.lines import Line, timed

_YEARS = f"{FIRST}..{LAST}"
_WANTED = 0.3


def _asked(book: Book, period: str) -> Asked:
    span = parse_period(period)
    return Asked(span.start, span.end, span.label, book.own_unit())


def _answer(book: Book, period: str) -> Mapping[str, Any]:
    asked = _asked(book, period)
    return compute(facts_for(book, asked), asked)


def _is_right(book: Book, period: str) -> bool:
    """Whether the kept sums answer, and as the records themselves do."""
    asked = _asked(book, period)
    kept = from_sums(Source(book.connection), asked)
    return kept is not None and compute(kept, asked) == compute(load(book, asked), asked)


def _size(book: Book) -> int:
    """Bytes that are in use in the file."""
    pages, free, each = (
        int(book.connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * each


def _opened(path: Path, period: str, what: str) -> Iterator[Line]:
    with Book.open(path, PASSWORD, writable=False) as book:
        yield Line(what, timed(lambda: _answer(book, period)), "s", _WANTED)
        assert _is_right(book, period), what


def figure_lines(path: Path, whose: str) -> Iterator[Line]:
    """Making the sums; a year and all years, asked first after opening; all years after one more record."""
    with Book.open(path, PASSWORD) as book:
        forget_all(book.connection)
        before = _size(book)
        yield Line(f"keeping sums of all units, {whose}", timed(lambda: make(book)), "s", inf)
        yield Line(f"size of the kept sums, {whose}", (_size(book) - before) / 2**20, "MiB", inf)
    yield from _opened(path, str(LAST), f"figures of {LAST}, {whose}")
    yield from _opened(path, _YEARS, f"figures of {_YEARS}, {whose}")
    with Book.open(path, PASSWORD) as book, book.writing("do") as write:
        model = next(book.rows("registration", ("model",)))[0]
        write.add("contribution", {"model": model, "contributor": "Hộ ông Bùi Văn Mới", "kind": "cash",
                                   "amount_vnd": 100_000, "given_on": f"{LAST}-05-05"})  # fmt: skip
    yield from _opened(path, _YEARS, f"figures of {_YEARS} after one more record, {whose}")
