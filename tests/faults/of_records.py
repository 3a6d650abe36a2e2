"""Workflows that change records only: edits, an import, commands."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest

from db import Book
from db.engine import Connection, connect
from db.errors import EnvironmentFault
from desktop.cli import main
from forms import spreadsheets
from forms.spreadsheets.landing import land
from tests.faults.desk import Desk
from tests.faults.workflow import CommandRefused, Done, Run
from tests.support.books import NOON, PASSWORD, add_contribution
from tests.support.workbooks import Cell, save

Result = TypeVar("Result")

EDITS: Final = 2


def edit(desk: Desk) -> Run:
    def run(done: Done) -> None:
        with desk.open() as book:
            for number in range(EDITS):
                one_edit(book, number)
                done(book)

    return run


def one_edit(book: Book, number: int) -> None:
    """Change a model and add a contribution, in one write."""
    model = book.find("model")[number].id
    with book.writing("an", title=f"lần {number}") as write:
        write.change("model", model, {"goal": f"Mục tiêu {number}"})
        add_contribution(write, model, contributor=f"Hộ bà Nguyễn Thị {number}")


def edit_again(desk: Desk) -> Run:
    """The window stays open, and what the disk refused is done once more."""

    def run(done: Done) -> None:
        with _twice(desk.open) as book:
            for number in range(EDITS):
                _twice(partial(one_edit, book, number))
                done(book)

    return run


def _twice(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except EnvironmentFault:
        return work()


def take_in(desk: Desk) -> Run:
    workbook = spreadsheets.read_workbook(list_to_import(desk.folder.with_name("danh sách.xlsx")))
    with desk.open(writable=False) as book:  # once before, so that no child need load what it takes
        spreadsheets.plan(workbook, book, NOON.date())

    def run(done: Done) -> None:
        with desk.open() as book:
            land(spreadsheets.plan(workbook, book, NOON.date()), book, "an")
            done(book)

    return run


def list_to_import(file: Path, rows: int = 40) -> Path:
    """A workbook of contributions to the models of the book, new models among them."""
    models: list[list[Cell]] = [["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"]]
    models += [[f"MH{n}", f"Mô hình nhập {n}", 2024, "Kinh tế", "Tập thể"] for n in range(6, 10)]
    given: list[list[Cell]] = [["Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày"]]
    given += [
        [f"MH{n % 10}", f"Hộ ông Lê Văn {n}", "Tiền mặt", 1000 * n, "01/05/2024"] for n in range(1, rows)
    ]
    return save(file, {"Mô hình": models, "Đóng góp": given})


def edit_after_a_cut(desk: Desk) -> Run:
    """The program before was killed: what it told is in the log only."""
    with desk.open() as book:
        one_edit(book, EDITS)
        unclosed = desk.copied()
    desk.restore(unclosed)
    return edit(desk)


@contextmanager
def short_log() -> Iterator[None]:
    """A log so short that each step writes it back into the book and begins it anew."""
    with connecting("PRAGMA wal_autocheckpoint = 8"):
        yield


@contextmanager
def connecting(pragma: str) -> Iterator[None]:
    """Every connection of a book begins with this."""

    def connected(*given: Any, **named: Any) -> Connection:
        connection = connect(*given, **named)
        connection.execute(pragma)
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.book.connect", connected)
        yield


def _command(desk: Desk, *words: str) -> Run:
    """A command of ours in the words a clerk would type."""
    os.environ["P"] = PASSWORD

    def run(done: Done) -> None:
        told = io.StringIO()
        with redirect_stdout(io.StringIO()), redirect_stderr(told):
            code = main([words[0], str(desk.path), *words[1:], "--password-env", "P", "--lang", "en"])
        if code:
            raise CommandRefused(code, told.getvalue().strip())
        done(None)

    return run


def import_command(desk: Desk) -> Run:
    file = list_to_import(desk.folder.with_name("danh sách.xlsx"))
    run = _command(desk, "import", str(file))
    with desk.open(writable=False) as book:
        spreadsheets.plan(spreadsheets.read_workbook(file), book, NOON.date())
    return run


def undo_command(desk: Desk) -> Run:
    with desk.open() as book, book.writing("can_bo", title="sai") as write:
        write.change("model", book.find("model")[0].id, {"goal": "sai"})
    return _command(desk, "undo")
