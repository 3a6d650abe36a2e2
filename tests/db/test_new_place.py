"""A book that was stopped while it was made: nothing there looks like a book, the next try makes it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import Book
from db import keys as key_module
from db.engine import connect
from db.errors import BookExistsError, BookInUseError, BookMissingError, StorageError
from db.lock import BookLock
from db.new_place import place_of_new, publish, settle
from tests.support.books import PASSWORD, WARD, own_state

_MAKES = """
import os, signal, sys
from pathlib import Path
from db import Book, book as room, keys
from tests.support.books import PASSWORD, WARD
def die(*_what):
    os.kill(os.getpid(), signal.SIGKILL)
owners = {"write_ring": keys, "publish": room, "_begin_with": Book}
setattr(owners[sys.argv[2]], sys.argv[2], die)
Book.create(Path(sys.argv[1]), PASSWORD, WARD)
"""
MOMENTS = ("_begin_with", "write_ring", "publish")


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path) -> Iterator[None]:
    with own_state(tmp_path / "state"):
        yield


@pytest.fixture(params=MOMENTS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a program was killed while it made a book."""
    path = tmp_path / "so.danvan"
    done = subprocess.run([sys.executable, "-c", _MAKES, path, request.param], check=False)
    assert done.returncode < 0
    return path


def test_a_program_killed_while_it_makes_a_book_leaves_none(path: Path) -> None:
    with pytest.raises(BookMissingError):
        Book.open(path, PASSWORD)


def test_after_a_kill_the_next_try_makes_the_book(path: Path) -> None:
    book, _sheet = Book.create(path, PASSWORD, WARD)
    book.close()
    with Book.open(path, PASSWORD) as opened:
        assert len(opened.find("org_unit")) == 1


def test_after_a_kill_the_next_try_leaves_only_the_book(path: Path) -> None:
    book, _sheet = Book.create(path, PASSWORD, WARD)
    book.close()
    kept = {file.name for file in (path, *key_module.key_files(path))}
    assert {file.name for file in path.parent.glob("so*")} == kept | {"so.danvan.lock"}


def test_what_fails_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), place_of_new(tmp_path / "so.danvan") as (making, _lock):
        making.write_text("half")
        raise ZeroDivisionError
    assert list(tmp_path.glob("so*")) == []


def test_what_fails_when_the_book_has_its_name_leaves_no_file_either(tmp_path: Path) -> None:
    """As on a disk that is full: the log was made, and nothing could be written into it."""
    path = tmp_path / "so.danvan"
    with pytest.raises(ZeroDivisionError), place_of_new(path) as (making, _lock):
        making.write_text("whole")
        publish(path)
        path.with_name(f"{path.name}-wal").touch()
        raise ZeroDivisionError
    assert list(tmp_path.glob("so*")) == []


def test_what_another_program_is_making_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "so.danvan"
    with place_of_new(path) as (making, lock):
        making.write_text("half")
        with pytest.raises(BookInUseError):
            BookLock(path)
        with pytest.raises(BookInUseError), place_of_new(path):
            pass
        assert making.read_text() == "half"
        lock.release()


def test_the_keys_of_a_book_that_is_elsewhere_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "so.danvan"
    kept = key_module.key_files(path)[0]
    kept.write_text("keys")
    with pytest.raises(BookExistsError), place_of_new(path):
        pass
    assert kept.read_text() == "keys"


def test_what_cannot_be_brought_from_the_log_into_the_file_is_told(tmp_path: Path) -> None:
    key = bytes(32)
    with (
        closing(connect(tmp_path / "so", key, create=True)) as writer,
        closing(connect(tmp_path / "so", key)) as reader,
    ):
        writer.execute("PRAGMA busy_timeout = 0")
        writer.execute("CREATE TABLE t (a)")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM t").fetchall()
        writer.execute("INSERT INTO t VALUES (1)")
        with pytest.raises(StorageError):
            settle(writer)
        reader.execute("COMMIT")
        settle(writer)
        assert (tmp_path / "so-wal").stat().st_size == 0
