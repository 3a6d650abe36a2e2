"""Faults put in on purpose: each one must be found, or the trials would prove nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from stat import S_ISDIR
from typing import Final

import pytest

from db import Book, backup
from db.check import Step
from tests.faults.desk import Desk
from tests.faults.of_books import back_up, copies_are_whole
from tests.faults.of_records import connecting
from tests.faults.workflow import Done, Run, Workflow
from tests.faults.workflows import WORKFLOWS
from tests.support.books import add_contribution


def _told_too_early(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            for number in range(6):
                with book.writing("an", title=f"lần {number}") as write:
                    add_contribution(write, book.find("model")[0].id, notes=f"{number}")
                    write.finish()
                    done(book)

    return run


def _half_a_row(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            model = book.find("model")[0].id
            for number in range(6):
                with book.writing("an", title=f"lần {number}") as write:
                    write.change("model", model, {"goal": f"{number}"})
                    write.finish()
                    book.connection.execute("COMMIT")
                    book.connection.execute("BEGIN")
                    book.connection.execute("UPDATE model SET method = ? WHERE id = ?", (f"{number}", model))
                done(book)

    return run


def _records() -> AbstractContextManager[None]:
    return connecting("PRAGMA synchronous = OFF")


@contextmanager
def _files() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.files.os.fsync", lambda _descriptor: None)
        yield


@contextmanager
def _folders() -> Iterator[None]:
    sync = os.fsync
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.files.os.fsync", lambda one: None if S_ISDIR(os.fstat(one).st_mode) else sync(one))
        yield


@contextmanager
def _oldest_go_first() -> Iterator[None]:
    real = backup._copy  # noqa: SLF001 - what comes before is spoilt

    def spoilt(book: Book, temporary: Path, step: Step) -> None:
        for old in backup.backups_in(backup.folder_of(book.path), book.path)[:1]:
            old.unlink()
        real(book, temporary, step)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.backup._copy", spoilt)
        yield


def _without(sync: Callable[[], AbstractContextManager[None]], name: str) -> Workflow:
    usual = WORKFLOWS[name]

    @contextmanager
    def program() -> Iterator[None]:
        with usual.program(), sync():
            yield

    return replace(usual, program=program)


_NOT_SYNCED: Final = {"records": _records, "files": _files, "folders": _folders}
_WHERE: Final = {
    "records": ("edit", "edit after a cut", "edit, short log", "import", "photo add", "paper issue"),
    "files": ("photo add", "paper issue", "migration", "backup", "restore", "new book"),
    "folders": ("photo add", "photo forget", "paper issue", "backup", "restore", "new book"),
}
"""What is written there and would be lost."""

WITHOUT_SYNC: Final = {
    f"{name}: {what} not synced": _without(_NOT_SYNCED[what], name)
    for what, names in _WHERE.items()
    for name in names
}

PLANTED: Final = {
    "told before it is written": Workflow(_told_too_early),
    "a row in two halves": Workflow(_half_a_row),
    "the oldest copy goes first": Workflow(back_up, copies_are_whole, _oldest_go_first),
}
