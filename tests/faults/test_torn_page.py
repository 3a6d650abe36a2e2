"""A page that was torn while the log was written into the file is whole in the log: that is no damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Book
from db.check import check
from tests.support.books import Template, add_model, make_template, own_state

PAGE = 4096
HEAD_OF_LOG = 32


@pytest.fixture
def template(tmp_path: Path) -> Template:
    """An empty book."""
    with own_state(tmp_path / "state"):
        return make_template(tmp_path)


def _tear(book: Book) -> None:
    """Spoil half of the page of the file that the log begins with."""
    log = book.path.with_name(f"{book.path.name}-wal").read_bytes()
    page = int.from_bytes(log[HEAD_OF_LOG : HEAD_OF_LOG + 4], "big")
    with book.path.open("r+b") as file:
        file.seek((page - 1) * PAGE + PAGE // 2)
        file.write(bytes(PAGE // 2))


def test_a_page_torn_in_the_file_and_whole_in_the_log_is_no_damage(
    template: Template, tmp_path: Path
) -> None:
    with own_state(tmp_path / "state"), template.copy_to(tmp_path / "so.danvan") as book:
        with book.writing("an") as write:
            add_model(write)
        _tear(book)
        assert check(book) == []


def test_a_page_torn_in_the_file_alone_is_damage(template: Template, tmp_path: Path) -> None:
    with own_state(tmp_path / "state"), template.copy_to(tmp_path / "so.danvan") as book:
        with book.writing("an") as write:
            add_model(write)
        torn = check(book)  # now the log is in the file
        _tear(book)
        assert (torn, [one.code for one in check(book)]) == ([], ["page_damaged"])
