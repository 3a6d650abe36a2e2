"""A book in a folder of its own, and how to see what is in it and whether it is whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from sqlite_utils import Database, Migrations

from db import RECORD_TYPES, Book, Field, Kind, migrations
from db.migrations import schema
from tests.support.books import (
    PASSWORD,
    WARD,
    Template,
    add_contribution,
    add_model,
    add_registration,
    at_noon,
)

_INDEXES: Final = "SELECT name FROM sqlite_schema WHERE sql GLOB '*USING fts5[ (]*' ORDER BY name"


@dataclass(frozen=True, slots=True)
class Desk:
    """The one folder all of it happens in, so that the book is always that of the same PC."""

    folder: Path
    key: bytes
    identity: str

    @property
    def path(self) -> Path:
        """The book."""
        return self.folder / "so.danvan"

    def open(self, path: Path | None = None, *, writable: bool = True) -> Book:
        """The book, or another file of the same key, as the program opens it once a password gave the key."""
        place = path or self.path
        return Template(place, self.key, self.identity).open(place, writable=writable)

    def restore(self, kept: Path) -> None:
        """Make the folder what it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(kept, self.folder)

    def copied(self) -> Path:
        """A copy of the folder as it stands now, beside it; there is one at a time."""
        copy = self.folder.with_name("copied")
        shutil.rmtree(copy, ignore_errors=True)
        return shutil.copytree(self.folder, copy)


def make_desk(folder: Path) -> Desk:
    """A book with six models, their registrations and contributions, and keys beside it."""
    book, _sheet = Book.create(folder / "so.danvan", PASSWORD, WARD, actor="an", clock=at_noon)
    desk = Desk(folder, book.key, book.identity)
    with book, book.writing("an") as write:
        for number in range(6):
            model = add_model(write, f"MH{number}", title=f"Đường sạch {number}")
            add_registration(write, model)
            add_contribution(write, model)
    return desk


def facts(book: Book) -> str:
    """A fingerprint of all a clerk could see: records, the bin, the batches, what the search knows."""
    removed = sorted(record.id for record in book.bin())
    batches = [(batch.act, batch.title, undone) for batch, undone in book.batches()]
    indexes = book.connection.execute(_INDEXES).fetchall()
    found = [book.connection.execute(_rows_of(index)).fetchall() for (index,) in indexes]
    whole = json.dumps([book.digest(), removed, batches, sum(book.last_seqs().values()), found])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _rows_of(index: str) -> str:
    return f"SELECT count(*), min(rowid), max(rowid), sum(rowid) FROM {index}"  # noqa: S608 - of the schema


# -- the version to come


def _slogan(database: Database) -> None:
    database.execute("ALTER TABLE model ADD COLUMN slogan TEXT")
    database.execute("UPDATE model SET slogan = NULL")


def _more(database: Database) -> None:
    for number in range(6):
        database.execute(f"CREATE TABLE later_{number} (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)")


_LATER: Final = {"9998_slogan": _slogan, "9999_more": _more}


@contextmanager
def newer_program() -> Iterator[None]:
    """The program as a later version with two more steps and a field more."""
    steps = Migrations("danvan")
    for name, statements in schema.STATEMENTS.items():
        steps(name=name)(schema.step(statements))
    for name, step in _LATER.items():
        steps(name=name)(step)
    model = RECORD_TYPES["model"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.migrations.STEPS", (*migrations.STEPS, *_LATER))
        patch.setattr("db.migrations.run.SCHEMA", steps)
        newer = replace(model, fields=(*model.fields, Field("slogan", Kind.TEXT, "Slogan")))
        patch.setitem(RECORD_TYPES, "model", newer)
        yield
