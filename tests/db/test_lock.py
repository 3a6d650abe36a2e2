"""One writer per book, by a lock that dies with its holder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.errors import BookInUseError, StorageError
from db.lock import BookLock
from tests.support.source import ROOT

_HOLD = """
import sys
from pathlib import Path
from db.lock import BookLock
lock = BookLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def _held_elsewhere(book: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it is killed."""
    command = [sys.executable, "-c", _HOLD, str(book)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    first = BookLock(tmp_path / "a.danvan")
    with pytest.raises(BookInUseError):
        BookLock(tmp_path / "a.danvan")
    first.release()


def test_the_refusal_names_the_holder(tmp_path: Path) -> None:
    with _held_elsewhere(tmp_path / "a.danvan") as process, pytest.raises(BookInUseError) as refused:
        BookLock(tmp_path / "a.danvan")
    assert refused.value.holder.endswith(f", {process.pid}")


def test_the_lock_dies_with_its_holder(tmp_path: Path) -> None:
    with _held_elsewhere(tmp_path / "a.danvan") as process:
        process.kill()
        process.wait()
    BookLock(tmp_path / "a.danvan").release()


def test_a_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    BookLock(tmp_path / "a.danvan").release()
    BookLock(tmp_path / "a.danvan").release()


def test_two_books_have_two_locks(tmp_path: Path) -> None:
    locks = [BookLock(tmp_path / name) for name in ("a.danvan", "b.danvan")]
    for lock in locks:
        lock.release()


def test_a_refused_writer_leaves_the_holder_its_name(tmp_path: Path) -> None:
    first = BookLock(tmp_path / "a.danvan")
    for _ in range(2):
        with pytest.raises(BookInUseError) as refused:
            BookLock(tmp_path / "a.danvan")
    assert refused.value.holder.endswith(f", {os.getpid()}")
    first.release()


def test_a_folder_that_cannot_be_written_is_told_as_a_fault_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        BookLock(tmp_path / "no folder" / "a.danvan")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "a.danvan.lock").symlink_to("/dev/full")
    BookLock(tmp_path / "a.danvan").release()
