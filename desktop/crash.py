"""When something breaks that nobody expected: save first, write it down, then say so once."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

import desktop

log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class _Log(logging.Handler):
    """Writes to files that are made when there is something to write; what writes is loaded no sooner."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    @cached_property
    def _files(self) -> logging.Handler:
        made = desktop.log_files(self._file)
        made.setFormatter(self.formatter)
        return made

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        self._files.emit(record)

    def close(self) -> None:
        """Close the files, if there are any."""
        if "_files" in self.__dict__:
            self._files.close()
        super().close()


def log_to(folder: Path) -> Path:
    """Write the log to ``folder``, five files of 1 MB. Returns the log file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "danvan.log"
    handler = _Log(file)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return file


def watch_for_hard_crashes(folder: Path) -> bool:
    """Have Python note where it died if it dies at once. Returns whether it did so the last time."""
    noted = folder / "hard-crash.log"
    died = noted.exists() and noted.stat().st_size > 0
    if died:
        noted.replace(noted.with_suffix(".last.log"))
    faulthandler.enable(noted.open("a", encoding="utf-8"))  # stays open as long as the program runs
    return died


class CrashHook(QObject):
    """Catches what nobody caught, in any thread.

    ``rescue`` holds functions that save what is being typed; each runs on its own, so one that fails does
    not keep the others from saving. ``happened(error)`` arrives on the UI thread, once at a time.
    """

    happened = Signal(object)
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rescue: list[Callable[[], object]] = []
        self._saving = False
        self._caught.connect(self._on_caught)

    def install(self) -> None:
        """Take over Python's and Qt's last words."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def uninstall(self) -> None:
        """Give them back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("not expected", exc_info=(kind, error, trace))
        self._caught.emit(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        log.critical("not expected, in a thread", exc_info=args.exc_value)
        self._caught.emit(args.exc_value)

    def _on_caught(self, error: BaseException) -> None:
        if self._saving:
            return
        self._saving = True
        try:
            for save in self.rescue:
                self._try(save)
            self.happened.emit(error)
        finally:
            self._saving = False

    @staticmethod
    def _try(save: Callable[[], object]) -> None:
        try:
            save()
        except Exception:
            log.exception("saving after a crash failed")


def _on_qt_message(kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.INFO), "%s", text)
