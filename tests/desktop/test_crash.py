"""When something breaks that nobody expected: what is typed is saved first, then it is said once."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.crash import CrashHook, log_to


@pytest.fixture
def hook(qtbot: QtBot) -> Iterator[CrashHook]:
    with qtbot.capture_exceptions():
        made = CrashHook()
        before, threads = sys.excepthook, threading.excepthook
        made.install()
        yield made
        made.uninstall()
        sys.excepthook, threading.excepthook = before, threads


def broken() -> ValueError:
    try:
        raise ValueError("hỏng")
    except ValueError as error:
        return error


def test_everything_typed_is_saved_before_it_is_said(hook: CrashHook, qtbot: QtBot) -> None:
    order: list[str] = []
    hook.rescue.append(lambda: order.append("saved"))
    hook.happened.connect(lambda _error: order.append("said"))
    error = broken()
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: order == ["saved", "said"])


def test_one_rescue_that_fails_does_not_keep_the_others(hook: CrashHook, qtbot: QtBot) -> None:
    saved: list[int] = []
    hook.rescue += [lambda: 1 // 0, lambda: saved.append(1)]
    error = broken()
    with qtbot.waitSignal(hook.happened):
        sys.excepthook(type(error), error, error.__traceback__)
    assert saved == [1]


def test_a_fault_in_a_thread_arrives_on_the_ui_thread(hook: CrashHook, qtbot: QtBot) -> None:
    seen: list[int] = []
    hook.happened.connect(lambda _error: seen.append(threading.get_ident()))
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: seen == [threading.get_ident()])


def test_a_fault_while_saving_does_not_begin_again(hook: CrashHook, qtbot: QtBot) -> None:
    said: list[object] = []

    def fails_loudly() -> None:
        error = broken()
        sys.excepthook(type(error), error, error.__traceback__)

    hook.rescue.append(fails_loudly)
    hook.happened.connect(said.append)
    error = broken()
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert len(said) == 1


def test_the_log_keeps_the_details(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    file = log_to(tmp_path / "logs")
    try:
        logging.getLogger("desktop").error("Không đọc được %s", "sổ")
        assert "Không đọc được sổ" in file.read_text(encoding="utf-8")
    finally:
        for handler in [one for one in root.handlers if one not in before]:
            root.removeHandler(handler)
            handler.close()
