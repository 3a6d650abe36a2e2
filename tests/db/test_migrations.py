"""A book of every age opens, with a copy kept aside; an upgrade happens whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3
import sqlite_utils
from sqlite_utils import Database, Migrations

from db import RECORD_TYPES, Field, Kind, migrations
from db import keys as key_module
from db.engine import Connection, connect
from db.errors import BookDamagedError, BookTooOldError, DiskFullError
from db.journal import Change, Operation, from_wire, sealed
from db.migrations import schema
from tests.support.books import Template, add_model
from tests.support.source import ROOT
from tests.support.undoing import edit

NEXT = "9999_slogan"
_ADD = "ALTER TABLE model ADD COLUMN slogan TEXT"


def _schema(connection: Connection) -> set[tuple[str, str]]:
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {(name, " ".join(sql.split())) for name, sql in rows}


def _steps(second: Callable[[Database], None]) -> Migrations:
    """The steps of a version to come: ours and one more."""
    found = Migrations("danvan")

    for name, statements in schema.STATEMENTS.items():
        found(name=name)(schema.step(statements))
    found(name=NEXT)(second)
    return found


def _slogan(database: Database) -> None:
    database.execute(_ADD)


@pytest.fixture
def old(template: Template, tmp_path: Path) -> Path:
    """A book of today, closed, with its keys."""
    path = tmp_path / "so.danvan"
    with template.copy_to(path) as book, book.writing("an") as write:
        add_model(write, title="Đường hoa")
    key_module.write_ring(path, key_module.read_ring(template.path))
    return path


def _become_newer(patch: pytest.MonkeyPatch, second: Callable[[Database], None] = _slogan) -> None:
    """From now on the program is the version to come."""
    model = RECORD_TYPES["model"]
    patch.setattr("db.migrations.STEPS", (*migrations.STEPS, NEXT))
    patch.setattr("db.migrations.run.SCHEMA", _steps(second))
    newer = replace(model, fields=(*model.fields, Field("slogan", Kind.TEXT, "Slogan")))
    patch.setitem(RECORD_TYPES, "model", newer)


@pytest.fixture
def newer(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is the version to come, the book is not."""
    assert old.exists()
    _become_newer(monkeypatch)


def test_the_library_that_runs_the_steps_uses_our_sqlite() -> None:
    assert vars(sqlite_utils.utils)["sqlite3"] is sqlcipher3


def test_every_step_is_known_by_name() -> None:
    assert tuple(step.name for step in schema.SCHEMA.pending(Database(memory=True))) == migrations.STEPS


def test_a_book_of_every_age_becomes_one_of_today(template: Template, tmp_path: Path) -> None:
    later: tuple[str, ...] = migrations.STEPS[1:]
    for step in later:
        path = tmp_path / f"{step}.danvan"
        connection = connect(path, template.key, create=True)
        migrations.apply(connection, stop_before=step)
        connection.close()
        with template.open(path) as book, template.open(template.path, writable=False) as fresh:
            assert _schema(book.connection) == _schema(fresh.connection)


def test_before_the_first_step_there_is_no_book(template: Template, tmp_path: Path) -> None:
    connection = connect(tmp_path / "a.danvan", template.key, create=True)
    migrations.apply(connection, stop_before=migrations.STEPS[0])
    connection.close()
    with pytest.raises(BookDamagedError):
        template.open(tmp_path / "a.danvan")


@pytest.mark.usefixtures("newer")
def test_an_upgraded_book_equals_a_fresh_one(template: Template, old: Path, tmp_path: Path) -> None:
    fresh = connect(tmp_path / "fresh.danvan", template.key, create=True)
    migrations.apply(fresh)
    with template.open(old) as book:
        assert _schema(book.connection) == _schema(fresh)
    fresh.close()


@pytest.mark.usefixtures("newer")
def test_an_upgraded_book_holds_what_it_held(template: Template, old: Path) -> None:
    with template.open(old) as book:
        assert [record["title"] for record in book.find("model")] == ["Đường hoa"]
        edit(book, book.find("model")[0].id, slogan="sạch")
        assert book.find("model")[0]["slogan"] == "sạch"


@pytest.mark.usefixtures("newer")
def test_an_upgrade_happens_once(template: Template, old: Path) -> None:
    template.open(old).close()
    aside = old.with_name(f"{old.name}.before-{NEXT}")
    first = aside.stat().st_mtime_ns
    template.open(old).close()
    assert aside.stat().st_mtime_ns == first


def test_the_book_as_it_was_is_kept_aside(
    template: Template, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with template.open(old, writable=False) as book:
        before = book.digest()
    with monkeypatch.context() as patch:
        _become_newer(patch)
        template.open(old).close()
    with template.open(old.with_name(f"{old.name}.before-{NEXT}")) as aside:
        assert aside.digest() == before


@pytest.mark.usefixtures("newer")
def test_what_is_kept_aside_has_its_keys(template: Template, old: Path) -> None:
    template.open(old).close()
    aside = old.with_name(f"{old.name}.before-{NEXT}")
    assert key_module.read_ring(aside) == key_module.read_ring(old)


@pytest.mark.usefixtures("newer")
def test_an_old_book_cannot_be_opened_for_reading_only(template: Template, old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(BookTooOldError):
        template.open(old, writable=False)
    assert old.read_bytes() == before


# -- whole or not at all


def _fails_halfway(database: Database) -> None:
    database.execute(_ADD)
    raise ZeroDivisionError


def test_a_step_that_fails_leaves_the_book_as_it_was(
    template: Template, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _become_newer(patch, _fails_halfway)
        with pytest.raises(ZeroDivisionError):
            template.open(old)
    with template.open(old) as book:
        assert "slogan" not in [row[1] for row in book.connection.execute("PRAGMA table_info(model)")]


def test_after_a_step_that_failed_the_next_try_succeeds(
    template: Template, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _become_newer(patch, _fails_halfway)
        with pytest.raises(ZeroDivisionError):
            template.open(old)
    _become_newer(monkeypatch)
    template.open(old).close()


def test_without_room_for_the_copy_nothing_is_upgraded(
    template: Template, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise DiskFullError

    with monkeypatch.context() as patch:
        _become_newer(patch)
        patch.setattr("db.upgrade.sync_file", full)
        with pytest.raises(DiskFullError):
            template.open(old)
    template.open(old).close()
    assert not [
        file.name for file in old.parent.iterdir() if "before" in file.name and file.suffix != ".lock"
    ]


_KILLED = """
import os, signal, sys
from pathlib import Path
import pytest
from sqlite_utils import Database
from db import Book
from db.engine import Connection
from tests.db.test_migrations import _ADD, _become_newer

def killed(database: Database) -> None:
    database.execute(_ADD)
    if sys.argv[3] == "in the step":
        os.kill(os.getpid(), signal.SIGKILL)

def applied(_connection: Connection) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0

patch = pytest.MonkeyPatch()
_become_newer(patch, killed)
if sys.argv[3] == "behind the steps":
    patch.setattr("db.merge.reapply_unknown", applied)
Book.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), "", "an")
"""


def _kill(template: Template, path: Path, where: str) -> None:
    command = [sys.executable, "-c", _KILLED, str(path), template.key.hex(), where]
    done = subprocess.run(command, cwd=ROOT, check=False, env=dict(os.environ), timeout=60)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("where", ["in the step", "behind the steps"])
def test_a_killed_upgrade_is_done_at_the_next_opening(
    template: Template, old: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    _kill(template, old, where)
    _become_newer(monkeypatch)
    with template.open(old) as book:
        assert book.find("model")[0]["slogan"] is None


def test_a_killed_step_leaves_the_old_book(template: Template, old: Path) -> None:
    _kill(template, old, "in the step")
    with template.open(old) as book:
        assert book.count("model") == 1


# -- what was not understood before


def _from_a_newer_pc(template: Template, path: Path) -> Operation:
    with template.copy_to(path) as book:
        with book.writing("bình") as write:
            add_model(write, "MH02", title="Ánh sáng")
        (plain,) = [from_wire(line) for line in book.operations_after({}) if "MH02" in line]
    return sealed(b"", replace(plain, changes={**plain.changes, "slogan": Change(None, "sáng")}))


@pytest.fixture
def waiting(template: Template, old: Path, tmp_path: Path) -> Iterator[str]:
    """A record whose new field waits for the upgrade."""
    sent = _from_a_newer_pc(template, tmp_path / "new.danvan")
    with template.open(old) as book:
        book.receive([sent])
    yield sent.record


def test_a_field_of_a_newer_version_appears_after_the_upgrade(
    template: Template, old: Path, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _become_newer(monkeypatch)
    with template.open(old) as book:
        assert book.get("model", waiting)["slogan"] == "sáng"


def test_a_killed_upgrade_does_not_forget_what_waits(
    template: Template, old: Path, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kill(template, old, "behind the steps")
    _become_newer(monkeypatch)
    with template.open(old) as book:
        assert book.get("model", waiting)["slogan"] == "sáng"


def test_what_is_understood_is_looked_at_once(
    template: Template, old: Path, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _become_newer(monkeypatch)
    template.open(old).close()

    def again(_connection: Connection) -> int:
        raise AssertionError(waiting)

    monkeypatch.setattr("db.merge.reapply_unknown", again)
    template.open(old).close()
