"""The start screen: open, make, the recovery sheet before real data, and words for what goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from db import Book, NewUnit, keys
from desktop.screens.create import NewBook
from desktop.screens.recovery import RecoveryStep
from forms.recovery import sheet_file
from tests.desktop.conftest import Desk
from tests.support.books import PASSWORD, Template

FIRST_PAINT = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.app import App
from desktop.settings import SettingsFile
app = QApplication([])
desk = App(app, SettingsFile(Path(sys.argv[1])))
desk.window.show()
desk.window.grab()
app.processEvents()
heavy = {"pyhanko", "pikepdf", "reportlab", "sqlite_utils", "python_calamine", "xlsxwriter", "pypdfium2",
         "lxml", "jinja2", "db.book", "PIL"}
print(json.dumps(sorted(heavy & set(sys.modules))))
desk.window.close()
"""


def ask(desk: Desk, path: Path, password: str = PASSWORD) -> None:
    desk.app.unlock(path, password)
    desk.until()


def make(desk: Desk, path: Path) -> RecoveryStep:
    """A new book, up to the step where its sheet is to be typed back."""
    desk.app.make(NewBook(path, PASSWORD, NewUnit("P01", "UBND phường Thử", "ward")))
    desk.until()
    assert desk.app.start is not None
    step = desk.app.start.step()
    assert isinstance(step, RecoveryStep)
    return step


def the_code(path: Path) -> str:
    """The recovery code of a book, by putting another one in its place."""
    code = keys.new_recovery_code()
    ring = keys.read_ring(path)
    key, _slot = keys.unlock(ring, PASSWORD)
    slot = keys.wrap(key, ring.book, "recovery", keys.RECOVERY, code)
    others = tuple(one for one in ring.slots if one.kind != keys.RECOVERY)
    keys.write_ring(path, keys.sealed(keys.KeyRing(ring.book, (*others, slot)), key))
    return code


def test_nothing_heavy_is_loaded_when_the_window_is_first_painted(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "settings.json")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == []


def test_a_wrong_password_is_told_in_words_and_the_field_waits(empty_desk: Desk, book_path: Path) -> None:
    assert empty_desk.app.start is not None
    empty_desk.app.start.choose(book_path)
    ask(empty_desk, book_path, "sai")
    assert "password" in empty_desk.app.start.unlock.said()
    assert empty_desk.app.start.unlock.password.isEnabled()
    assert empty_desk.app.office is None


def test_a_book_that_is_gone_is_told_in_words(empty_desk: Desk, tmp_path: Path) -> None:
    assert empty_desk.app.start is not None
    ask(empty_desk, tmp_path / "khong_co.danvan")
    assert "khong_co.danvan" in empty_desk.app.start.unlock.said()


def test_an_empty_password_is_not_even_tried(empty_desk: Desk, book_path: Path) -> None:
    assert empty_desk.app.start is not None
    empty_desk.app.start.choose(book_path)
    empty_desk.app.start.unlock.ask()
    assert empty_desk.app.tasks.running == []
    assert empty_desk.app.start.unlock.said() != ""


def test_an_opened_book_is_among_the_recent_ones(empty_desk: Desk, book_path: Path) -> None:
    ask(empty_desk, book_path)
    empty_desk.until(lambda: empty_desk.app.office is not None)
    assert empty_desk.app.settings.now.recent == (str(book_path),)
    assert empty_desk.app.window.place == "home"
    empty_desk.app.close_book()
    empty_desk.until()
    assert empty_desk.app.office is None
    Book.open(book_path, PASSWORD).close()  # the book is free again


def test_a_new_book_is_entered_only_with_the_last_group_of_its_sheet(
    empty_desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "moi.danvan"
    step = make(empty_desk, path)
    assert sheet_file(path).exists()
    step.typed.emit("0000")
    empty_desk.until()
    assert empty_desk.app.office is None
    assert step.said() != ""


def test_the_right_group_opens_the_new_book(
    empty_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = keys.new_recovery_code()
    monkeypatch.setattr(keys, "new_recovery_code", lambda: code)
    step = make(empty_desk, tmp_path / "moi.danvan")
    step.printed.setChecked(True)
    step.typed.emit(keys.last_group(code).lower())
    empty_desk.until(lambda: empty_desk.app.office is not None)
    assert empty_desk.app.settings.now.unconfirmed == ()
    assert not step.sheet.exists()
    assert empty_desk.book.get("org_unit", empty_desk.book.own_unit()).title == "UBND phường Thử"


def test_a_book_whose_sheet_was_never_typed_back_asks_for_the_whole_code(
    empty_desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "moi.danvan"
    make(empty_desk, path).later.emit()
    empty_desk.until()
    code = the_code(path)
    ask(empty_desk, path)
    assert empty_desk.app.office is None and empty_desk.app.start is not None
    step = empty_desk.app.start.step()
    assert isinstance(step, RecoveryStep)
    step.typed.emit(PASSWORD)  # the password opens the book but is not the sheet
    empty_desk.until()
    assert empty_desk.app.office is None
    step.typed.emit(code)
    empty_desk.until(lambda: empty_desk.app.office is not None)


@pytest.mark.parametrize(
    ("first", "second", "word"), [("ngan", "ngan", "8"), ("mat-khau-dai", "mat-khau-khac", "not the same")]
)
def test_passwords_that_do_not_do_are_told(empty_desk: Desk, first: str, second: str, word: str) -> None:
    start = empty_desk.app.start
    assert start is not None
    start.show_create()
    form = start.create_form
    assert form is not None
    form.form.show_values({"name": "UBND phường Thử", "code": "P01", "kind": "ward"}, anew=True)
    form.first.setText(first)
    form.second.setText(second)
    form.ask()
    assert word in form.said()
    assert empty_desk.app.tasks.running == []


def test_a_file_that_is_there_already_is_not_touched(empty_desk: Desk, tmp_path: Path) -> None:
    start = empty_desk.app.start
    assert start is not None
    start.show_create()
    path = tmp_path / "co_roi.danvan"
    path.write_bytes(b"x")
    empty_desk.app.make(NewBook(path, PASSWORD, NewUnit("P01", "UBND phường Thử", "ward")))
    empty_desk.until()
    assert start.create_form is not None and "co_roi.danvan" in start.create_form.said()
    assert path.read_bytes() == b"x"


def test_the_file_of_a_new_book_has_a_name_that_can_be_read_anywhere(empty_desk: Desk) -> None:
    start = empty_desk.app.start
    assert start is not None
    start.show_create()
    form = start.create_form
    assert form is not None
    form.form.show_values({"name": "UBND phường Thử Nghiệm"}, anew=True)
    assert form.path().name == "UBND-phuong-Thu-Nghiem.danvan"


def test_a_book_in_use_says_so(empty_desk: Desk, template: Template, book_path: Path) -> None:
    assert empty_desk.app.start is not None
    with template.open(book_path):
        ask(empty_desk, book_path)
        assert empty_desk.app.office is None
        assert empty_desk.app.start.unlock.said() != ""
