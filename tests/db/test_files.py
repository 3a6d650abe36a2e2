"""Files are written whole and durable, or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from db import files
from db.errors import DiskFullError, StorageError
from db.files import as_fault, copy_whole, replace_patiently, write_whole


class _WindowsError(OSError):
    """What Windows raises; ``winerror`` 5, 32 and 33 mean that another program holds the file."""

    def __init__(self, winerror: int) -> None:
        super().__init__(errno.EACCES, "held")
        self.winerror = winerror  # type: ignore[misc,unused-ignore] # only Windows has the attribute


class _HeldFile:
    """Stands for a file that can be moved only after some tries."""

    def __init__(self, tries: int, winerror: int = 32) -> None:
        self.left = tries
        self.winerror = winerror

    def replace(self, _target: Path) -> None:
        if self.left:
            self.left -= 1
            raise _WindowsError(self.winerror)


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_new_file_holds_what_was_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"content")
    assert (tmp_path / "a").read_bytes() == b"content"


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old and longer")
    write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"content")
    assert _names(tmp_path) == ["a"]


def test_an_exclusive_write_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "a", b"new", exclusive=True)
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_refused_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "a", b"new", exclusive=True)
    assert _names(tmp_path) == ["a"]


def test_an_exclusive_write_makes_a_new_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"new", exclusive=True)
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_missing_folder_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write_whole(tmp_path / "none" / "a", b"content")


def test_the_old_file_stays_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(files, "replace_patiently", full)
    with pytest.raises(DiskFullError):
        write_whole(tmp_path / "a", b"new")
    assert _names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_copy_is_equal(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(100_000))
    copy_whole(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == bytes(100_000)


def test_a_copy_that_reads_back_differently_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that lies about what it wrote."""
    (tmp_path / "a").write_bytes(b"true")
    monkeypatch.setattr("shutil.copyfile", lambda _source, target: target.write_bytes(b"fals"))
    with pytest.raises(StorageError):
        copy_whole(tmp_path / "a", tmp_path / "b")
    assert _names(tmp_path) == ["a"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_is_told_as_a_full_disk(code: int) -> None:
    assert isinstance(as_fault(OSError(code, "no room")), DiskFullError)


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES, errno.EROFS])
def test_other_faults_are_told_as_faults_of_the_disk(code: int) -> None:
    assert isinstance(as_fault(OSError(code, "fault")), StorageError)


@pytest.mark.parametrize("tries", [0, 1, 6])
def test_a_held_file_is_tried_again(tries: int) -> None:
    waits: list[float] = []
    replace_patiently(_HeldFile(tries), Path("b"), waits.append)  # type: ignore[arg-type] # stands for a path
    assert len(waits) == tries


def test_patience_ends_within_three_seconds() -> None:
    waits: list[float] = []
    with pytest.raises(_WindowsError):
        replace_patiently(_HeldFile(99), Path("b"), waits.append)  # type: ignore[arg-type] # stands for a path
    assert 2 < sum(waits) < 3


def test_a_fault_that_waiting_cannot_cure_is_told_at_once() -> None:
    waits: list[float] = []
    with pytest.raises(_WindowsError):
        replace_patiently(_HeldFile(1, 3), Path("b"), waits.append)  # type: ignore[arg-type] # stands for a path
    assert waits == []
