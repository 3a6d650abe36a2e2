"""The one SQLite: its version, how a connection is set up, and its faults as the clerk's."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlcipher3 import dbapi2

from db.engine import LEAST_VERSION, Connection, check_engine, connect, storage_faults
from db.errors import BookDamagedError, DiskFullError, EngineUnfitError, StorageError

KEY = bytes(range(32))


def _made(path: Path) -> Path:
    connection = connect(path, KEY, create=True)
    connection.execute("CREATE TABLE a (b)")
    connection.execute("INSERT INTO a VALUES ('Đường hoa')")
    connection.close()
    return path


def _pragma(connection: Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_library_we_run_on_is_new_enough() -> None:
    check_engine()


def test_a_version_that_can_lose_commits_is_refused() -> None:
    with pytest.raises(EngineUnfitError) as refused:
        check_engine((3, 51, 2))
    assert refused.value.found == "3.51.2"


def test_the_least_version_is_accepted() -> None:
    check_engine(LEAST_VERSION)


@pytest.mark.parametrize(("name", "value"), [("journal_mode", "wal"), ("synchronous", 2)])
def test_a_writer_loses_nothing_when_the_power_goes(tmp_path: Path, name: str, value: object) -> None:
    connection = connect(tmp_path / "a.db", KEY, create=True)
    assert _pragma(connection, name) == value
    connection.close()


def test_nothing_readable_stands_in_the_file(tmp_path: Path) -> None:
    raw = _made(tmp_path / "a.db").read_bytes()
    assert b"SQLite format" not in raw
    assert "Đường hoa".encode() not in raw


def test_another_key_does_not_open_the_file(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    with pytest.raises(BookDamagedError):
        connect(path, bytes(32))


def test_a_wrong_key_is_told_without_noise(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BookDamagedError):
        connect(_made(tmp_path / "a.db"), bytes(32))
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        connect(tmp_path / "a.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_signs_of_addresses_is_a_name(tmp_path: Path) -> None:
    path = _made(tmp_path / "sổ 100%? #1&mode=memory.db")
    assert path.exists()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    connection = connect(_made(tmp_path / "a.db"), KEY, writable=False)
    with pytest.raises(dbapi2.OperationalError):
        connection.execute("DELETE FROM a")
    connection.close()


def test_a_reader_does_not_change_a_copy_by_opening_it(tmp_path: Path) -> None:
    connection = connect(_made(tmp_path / "a.db"), KEY)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    copy = Path(shutil.copy(tmp_path / "a.db", tmp_path / "b.db"))
    connect(copy, KEY, writable=False).close()
    assert copy.read_bytes() == (tmp_path / "a.db").read_bytes()


def _fault(code: int) -> Exception:
    """A fault of the database with a code."""
    fault: Exception = dbapi2.OperationalError("fault")
    fault.sqlite_errorcode = code  # type: ignore[attr-defined] # the library sets it in the same way
    return fault


class _Usage(NamedTuple):
    free: int


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (13, DiskFullError),
        (10 | 4 << 8, StorageError),  # an extended code: fsync failed
        (5, StorageError),
        (8, StorageError),
        (14, StorageError),
        (11, BookDamagedError),
        (26, BookDamagedError),
    ],
)
def test_faults_of_the_disk_are_told_apart(tmp_path: Path, code: int, told: type[Exception]) -> None:
    with pytest.raises(told), storage_faults(tmp_path):
        raise _fault(code)


def test_faults_of_a_copy_are_told_apart_though_they_have_no_code(tmp_path: Path) -> None:
    """The backup of the library gives the words of a fault only."""
    (tmp_path / "other.db").write_bytes(b"no book at all" * 1000)
    source, copy = dbapi2.connect(tmp_path / "other.db"), dbapi2.connect(":memory:")
    with pytest.raises(BookDamagedError), storage_faults(tmp_path):
        source.backup(copy)
    source.close()
    copy.close()


@pytest.mark.parametrize(("free", "told"), [(0, DiskFullError), (1 << 30, StorageError)])
def test_a_log_that_cannot_be_made_on_a_full_disk_is_told_as_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: type[Exception]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: _Usage(free))
    with pytest.raises(told), storage_faults(tmp_path / "a.db"):
        raise _fault(14)


def test_a_disk_that_cannot_be_asked_is_not_called_full(tmp_path: Path) -> None:
    with pytest.raises(StorageError), storage_faults(tmp_path / "no folder" / "a.db"):
        raise _fault(14)


def test_mistakes_of_the_program_pass_through(tmp_path: Path) -> None:
    with pytest.raises(dbapi2.OperationalError), storage_faults(tmp_path):
        raise _fault(1)


def test_codes_of_real_faults_are_there(tmp_path: Path) -> None:
    connection = connect(_made(tmp_path / "a.db"), KEY)
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(DiskFullError), storage_faults(tmp_path):
        connection.execute("CREATE TABLE big (x)")
    connection.close()
