"""The program around the screens: starting, language and size, saving, refreshing, and words for errors."""

from __future__ import annotations

import errno
import logging
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.errors import BookTooOldError, ReadOnlyError, UnknownBatchError
from db.unreadable import PeriodError
from desktop import app as program
from desktop.actions import Command
from desktop.app import open_window
from desktop.crash import CrashHook, watch_for_hard_crashes
from desktop.errors import ENVIRONMENT, USAGE, describe
from desktop.main_window import MainWindow
from desktop.tasks import Lane
from forms.signing import SigningError
from tests.desktop.conftest import WAIT_MS, Desk
from tests.support.books import add_model


def test_the_start_screen_speaks_another_language_at_once(empty_desk: Desk) -> None:
    before = empty_desk.app.start
    empty_desk.app.speak("vi")
    assert empty_desk.app.start is not before
    assert empty_desk.app.settings.now.language == "vi"


def test_the_same_size_again_changes_nothing(desk: Desk) -> None:
    screen = desk.go("home")
    desk.app.set_scale(100)
    assert desk.app.window.in_front() is screen


@pytest.fixture
def started(
    qapp: QApplication, empty_desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> list[str]:
    """What the windows of programs say that are started here; each is closed at once."""
    windows: list[MainWindow] = []
    said: list[str] = []
    assert empty_desk.app is not None
    show = MainWindow.show

    def shown(window: MainWindow) -> None:
        windows.append(window)
        show(window)

    def closed_at_once(*_: object) -> int:
        notice = windows[-1].notices.notice
        said.append(notice.text if notice else "")
        windows[-1].close()  # while the program lives: it ends its workers
        return 0

    class Running:
        """The one QApplication there may be, ended at once."""

        def __new__(cls, _arguments: list[str]) -> Running:
            return qapp  # type: ignore[return-value]  # stands in for the class

    monkeypatch.setattr(program, "QApplication", Running)
    monkeypatch.setattr(QApplication, "exec", closed_at_once)
    monkeypatch.setattr(MainWindow, "show", shown)
    monkeypatch.setattr(program, "log_to", lambda folder: folder)
    monkeypatch.setattr(program, "user_log_path", lambda *_, **__: tmp_path / "logs")
    monkeypatch.setattr(program, "user_config_path", lambda *_, **__: tmp_path / "config")
    return said


@pytest.fixture
def hooks_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see exceptions themselves."""
    monkeypatch.setattr(CrashHook, "install", lambda _self: None)
    monkeypatch.setattr(CrashHook, "uninstall", lambda _self: None)


@pytest.mark.usefixtures("hooks_stay")
def test_the_program_starts_on_the_book_it_is_given(
    started: list[str], book_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "watch_for_hard_crashes", lambda _folder: True)
    assert open_window(book_path, language="en") == 0
    assert "ended suddenly" in started[0]
    assert '"language": "en"' in (tmp_path / "config" / "settings.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("hooks_stay")
def test_the_program_starts_without_a_book_too(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "watch_for_hard_crashes", lambda _folder: False)
    assert open_window() == 0
    assert started == [""]


def test_a_sudden_end_is_noticed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())
    assert not watch_for_hard_crashes(tmp_path)
    (tmp_path / "hard-crash.log").write_text("Fatal Python error")
    assert watch_for_hard_crashes(tmp_path)
    assert not watch_for_hard_crashes(tmp_path)
    assert (tmp_path / "hard-crash.last.log").read_text() == "Fatal Python error"


def test_ctrl_s_says_when_it_was_saved(desk: Desk) -> None:
    screen = desk.go("home")
    model = desk.model()
    screen.services.saving.write(lambda w: w.change("model", model, {"notes": "còn làm"}), types=("model",))
    desk.until()
    desk.app.window.actions_table.do(Command.SAVE)
    assert "Saved at" in desk.said()


def test_f9_shows_what_was_written_elsewhere(desk: Desk) -> None:
    screen = desk.go("models")

    def write_unseen(step: object) -> None:
        with step.book.writing("an") as write:  # type: ignore[attr-defined]  # a Step
            add_model(write, "MH99", title="Vườn rau chung")

    desk.app.tasks.run(write_unseen, lane=Lane.WRITE)
    desk.until()
    assert screen.model.rowCount() == 3  # type: ignore[attr-defined]  # the list of models is in front
    desk.app.window.actions_table.do(Command.REFRESH)
    desk.until(lambda: screen.model.rowCount() == 4)  # type: ignore[attr-defined]  # as above


def test_an_undo_names_what_it_left_as_it_was(desk: Desk) -> None:
    saving = desk.go("home").services.saving
    batches: list[str] = []

    def add_five(write: object) -> None:
        for at in range(5):
            add_model(write, f"MH5{at}")  # type: ignore[arg-type]  # a Writing
        batches.append(write.batch.id)  # type: ignore[attr-defined]  # a Writing

    saving.write(add_five, types=("model",), title="Năm mô hình")
    desk.until()
    made = [desk.book.find("model", {"code": f"MH5{at}"})[0].id for at in range(5)]
    saving.write(
        lambda w: [w.change("model", one, {"title": "Sửa sau"}) for one in made], types=("model",)
    )
    desk.until()
    saving.undo(batches[0])
    desk.until(lambda: "changed since" in desk.said())
    assert "and 2 more" in desk.said()
    assert desk.book.count("model") == 8


def test_a_book_without_an_old_copy_is_copied_only_when_that_is_wanted(desk: Desk) -> None:
    assert desk.app.settings.now.backup_hours == 0
    assert desk.app.office is not None
    desk.app.office.back_up_if_old()
    desk.until()
    assert "No backup yet" in desk.app.window.status_words()


class OwnWords(Exception):
    """An error of another room that carries its sentence."""

    def sentence(self) -> str:
        """For the clerk."""
        return "Kỳ báo cáo không có."


@pytest.mark.parametrize(
    ("error", "said", "code"),
    [
        (OSError(errno.ENOSPC, "x"), "The disk is full", ENVIRONMENT),
        (PermissionError(13, "x", "/so/a.pdf"), "/so/a.pdf may not be read", ENVIRONMENT),
        (FileNotFoundError(2, "x", "a.p12"), "a.p12 is not there", USAGE),
        (ReadOnlyError(), "for reading only", USAGE),
        (BookTooOldError(), "of an older version", USAGE),
        (UnknownBatchError(""), "nothing to undo", USAGE),
        (UnknownBatchError("a.1"), "no such entry", USAGE),
        (OwnWords(), "Kỳ báo cáo không có.", USAGE),
        (SigningError("Khóa đã hết hạn."), "Khóa đã hết hạn.", USAGE),
        (PeriodError("2026Q9"), "2026Q9", USAGE),
    ],
)
@pytest.mark.usefixtures("empty_desk")
def test_every_error_is_told_in_words(error: Exception, said: str, code: int) -> None:
    words = describe(error)
    assert said in words.sentence
    assert words.code == code
    assert not words.is_bug


@pytest.mark.usefixtures("empty_desk")
def test_what_nobody_foresaw_is_our_fault(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    words = describe(ZeroDivisionError())
    assert words.is_bug
    assert "What was saved is safe" in words.sentence


def test_a_fault_nobody_foresaw_is_told_in_the_window(desk: Desk) -> None:
    desk.app.tasks.run(lambda _step: 1 // 0)
    desk.bot.waitUntil(lambda: "should not happen" in desk.said(), timeout=WAIT_MS)
