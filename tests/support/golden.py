"""A book in which nothing is left to chance, and a fingerprint of every byte that a write leaves in it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from db import RECORD_TYPES, Book
from db.journal import Batch
from db.writing import Writing
from tests.support.books import PASSWORD, WARD, at_noon, own_state

SITE = "1moc"


@contextmanager
def fixed_book(folder: Path) -> Iterator[Book]:
    """An empty book whose ids are the same in every run."""
    with own_state(folder / "state"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.book.new_site", lambda: "0moc")
        book, _sheet = Book.create(folder / "moc.danvan", PASSWORD, WARD, actor="an", clock=at_noon)
        with book:
            yield book


@dataclass(slots=True)
class FixedBook:
    """Writes into ``book`` as one fixed site, with salts that are the same in every run."""

    book: Book

    @contextmanager
    def writing(self, actor: str, *, act: str = "edit", title: str = "") -> Iterator[Writing]:
        """One batch."""
        number = itertools.count()
        batch = Batch("", SITE, actor, "2026-11-22T12:00:00+07:00", act, title)
        with self.book.writing(actor) as outer:
            write = Writing(outer.connection, SITE, batch, lambda size: _salt(next(number), size))
            yield write
            write.finish()


def _salt(number: int, size: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()[:size]


def fingerprints(book: Book) -> Mapping[str, str]:
    """Of every table that a write fills, the beginning of the SHA-256 over all its rows.

    Without the index of words: each version of the program makes it anew in its own form.
    """
    tables = {
        "operation": (
            "seq, batch, type, record, seen, body, hex(hash), unknown FROM operation"
            " WHERE site > 1 ORDER BY arrival"  # the first site made the book, with salts of its own
        ),
        "head": "* FROM head ORDER BY record, field, site, seq",
        "seen": "* FROM seen ORDER BY site, other, seq",
        **{name: f"* FROM {name} ORDER BY row" for name in RECORD_TYPES},
    }
    found = {name: list(_stated(book, sql)) for name, sql in tables.items()}
    return {name: _short(rows) for name, rows in found.items() if rows}


def _short(rows: object) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def _stated(book: Book, sql: str) -> Iterator[dict[str, object]]:
    """Rows without their empty columns: a later version may add some."""
    cursor = book.connection.execute(f"SELECT {sql}")
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}
