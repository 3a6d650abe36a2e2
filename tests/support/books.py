"""Books for tests: real ones, made once without the slow password work, then copied or opened by key."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import Book, NewUnit
from db import keys as key_module
from db.book import Clock
from db.digest import full_digest
from db.merge import MergeResult
from db.records.definition import Value
from db.writing import Writing

PASSWORD = "mat-khau-thu"
WARD = NewUnit("P01", "Phường Thử Nghiệm", "ward")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at_noon() -> datetime:
    """A clock that stands still."""
    return NOON


def a_wrong_clock(year: int) -> Clock:
    """A clock that is years wrong and goes backwards."""
    ticks = itertools.count()
    return lambda: datetime(year, 6, 15, 12, 59 - next(ticks) % 60, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Template:
    """A finished empty book and its key, from which tests take copies."""

    path: Path
    key: bytes
    identity: str

    def copy_to(self, path: Path, *, clock: Clock = at_noon) -> Book:
        """A copy at ``path``, opened. Like every copied book it becomes a site of its own."""
        for source in (self.path, *key_module.key_files(self.path)):
            shutil.copyfile(source, path.with_name(path.name + source.name.removeprefix(self.path.name)))
        return self.open(path, clock=clock)

    def open(self, path: Path, *, clock: Clock = at_noon, writable: bool = True) -> Book:
        """Open a copy with the key itself."""
        return Book.open_with_key(path, self.key, self.identity, "an", writable=writable, clock=clock)


def make_template(folder: Path) -> Template:
    """Make the book that the others are copied from."""
    path = folder / "template.danvan"
    book, _ = Book.create(path, PASSWORD, WARD, actor="an", clock=at_noon)
    made = Template(path, book.key, book.identity)
    book.close()
    return made


@contextmanager
def own_state(folder: Path) -> Iterator[None]:
    """This PC's memory of its sites, in a folder of the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANVAN_STATE", str(folder))
        yield


def add_model(write: Writing, code: str = "MH01", **values: Value) -> str:
    """A model, with only what matters named."""
    return write.add("model", {"code": code, "title": f"Mô hình {code}", **values})


def add_registration(write: Writing, model: str, **values: Value) -> str:
    """A registration of a model."""
    usual: dict[str, Value] = {
        "model": model,
        "year": 2024,
        "line": "territorial",
        "field": "economy",
        "subject_type": "collective",
    }
    return write.add("registration", {**usual, **values})


def add_contribution(write: Writing, model: str, **values: Value) -> str:
    """Half a million đồng in cash."""
    usual: dict[str, Value] = {
        "model": model,
        "contributor": "Hộ ông Trần Văn Bình",
        "kind": "cash",
        "amount_vnd": 500_000,
        "given_on": "2024-05-01",
    }
    return write.add("contribution", {**usual, **values})


def give(sender: Book, receiver: Book) -> MergeResult:
    """A stick from one PC to another, with everything on it."""
    return receiver.receive(sender.operations_after({}))


def meet(*books: Book) -> None:
    """Everybody hears everything from everybody."""
    for sender, receiver in itertools.permutations(books, 2):
        give(sender, receiver)
    for sender, receiver in itertools.permutations(books, 2):
        give(sender, receiver)


def same(*books: Book) -> bool:
    """Whether the books agree in all that is to be equal after a merge."""
    return len({full_digest(book.connection) for book in books}) == 1
