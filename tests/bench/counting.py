"""Figures of a year and of fifteen years, from the open book to the finished answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from db import Book
from db.figures import Asked, compute, load_sums
from db.periods import parse_period
from tests.bench.city import FIRST, LAST, PASSWORD
from tests.bench.lines import Line, timed


def _count(book: Book, asked: Asked) -> None:
    compute(load_sums(book, asked), asked)


def figure_lines(path: Path, whose: str) -> Iterator[Line]:
    """Each twice, the second time is told: the first one warms the disk's cache."""
    with Book.open(path, PASSWORD, writable=False) as book:
        for period in (str(LAST), f"{FIRST}..{LAST}"):
            span = parse_period(period)
            asked = Asked(span.start, span.end, span.label, book.own_unit())
            count = partial(_count, book, asked)
            times = [timed(count) for _time in range(2)]
            yield Line(f"figures of {period}, {whose}", times[-1], "s", 0.3)
