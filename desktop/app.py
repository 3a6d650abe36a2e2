"""Builds everything once, opens and closes books, and starts the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path, user_documents_path, user_log_path
from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop import screens, theme
from desktop.changes import ChangeNotice
from desktop.crash import CrashHook, log_to, watch_for_hard_crashes
from desktop.main_window import MainWindow
from desktop.qt_words import QtWords
from desktop.screens.start import Closing, StartScreen
from desktop.settings import SettingsFile
from desktop.tasks import Lane, Tasks
from desktop.theme.look import SCALES
from desktop.widgets.bars import Notice
from resources import _, use_language

if TYPE_CHECKING:
    from db import Book, RecoverySheet
    from desktop.screens.create import NewBook
    from desktop.screens.office import Office

NAME = "danvan"


def _local_now() -> datetime:
    return datetime.now().astimezone()


class App(QObject):
    """The window and the book in it. ``open_book`` and ``close_book`` are the only ways in and out."""

    def __init__(
        self, app: QApplication, settings: SettingsFile, now: Callable[[], datetime] = _local_now
    ) -> None:
        super().__init__()
        self._app = app
        self._now = now
        self.settings = settings
        self.tasks = Tasks(self)
        self.changes = ChangeNotice(self)
        self.crash = CrashHook(self)
        self.office: Office | None = None
        self.start: StartScreen | None = None
        use_language(settings.now.language)
        theme.apply(app, settings.now.scale)
        self._qt_words = QtWords(app)
        self.window = MainWindow(self.tasks)
        self.window.setWindowIcon(QIcon(theme.pixmap("book-open", theme.COLOURS.accent, 32)))
        self._connect()
        self.show_start()

    def _connect(self) -> None:
        self.crash.rescue.append(self.window.flush)
        self.crash.happened.connect(self._on_error)
        self.tasks.failed.connect(self._on_error)
        self.window.closing.connect(self.close)
        self.window.scale_asked.connect(self._on_scale_asked)

    # -- without a book

    def show_start(self) -> None:
        """The screen to choose, make or unlock a book."""
        folder = self.settings.now.last_folder
        self.start = StartScreen(self.settings.now.recent, Path(folder) if folder else user_documents_path())
        self.start.unlock_asked.connect(self.unlock)
        self.start.new_asked.connect(self.make)
        self.start.language_asked.connect(self.speak)
        self.window.show_only(self.start)

    def unlock(self, path: Path, password: str) -> None:
        """Open a book in the writer's thread, then show it."""
        work = screens.opening.opening(path, password)
        self.tasks.run(work, lane=Lane.WRITE, done=self._on_opened, failed=self._on_not_opened)

    def make(self, new: NewBook) -> None:
        """Make a book, then have its recovery sheet printed."""
        work = screens.opening.making(new.path, new.password, new.unit)
        self.tasks.run(work, lane=Lane.WRITE, done=self._on_made, failed=self._on_not_made)

    def _on_not_opened(self, error: Exception) -> None:
        if self.start is not None:
            self.start.unlock.refuse(screens.opening.sentence(error))

    def _on_not_made(self, error: Exception) -> None:
        if self.start is not None and self.start.create_form is not None:
            self.start.create_form.refuse(screens.opening.sentence(error))

    def _on_made(self, made: tuple[Book, RecoverySheet, Path]) -> None:
        book, sheet, file = made
        waiting = (*self.settings.now.unconfirmed, str(book.path))
        self.settings.change(unconfirmed=waiting)
        self._ask_for_sheet(book, file, sheet.code)

    def _on_opened(self, book: Book) -> None:
        if str(book.path) in self.settings.now.unconfirmed:
            self._ask_for_sheet(book, screens.opening.sheet_of(book), "")
        else:
            self.show_book(book)

    def _ask_for_sheet(self, book: Book, file: Path, code: str) -> None:
        if self.start is None:
            return
        step = self.start.show_recovery(file, whole=not code)
        check = screens.opening.SheetCheck(self.tasks, book, code, step)
        check.right.connect(self._on_sheet_right)
        check.later.connect(self.close_book)

    def _on_sheet_right(self, book: Book) -> None:
        left = tuple(one for one in self.settings.now.unconfirmed if one != str(book.path))
        self.settings.change(unconfirmed=left)
        self.show_book(book)

    # -- with a book

    def show_book(self, book: Book) -> None:
        """The screens of an open book."""
        self.settings.put(self.settings.now.with_recent(book.path))
        self.settings.change(last_folder=str(book.path.parent))
        self.start = None
        self.office = screens.office.Office(self, book)
        self.office.show("home")

    def close_book(self) -> None:
        """Close the book, when everything typed is written, and go back to the start screen."""
        if self.office is not None:
            self.office.leave()
            self.window.show_only(Closing())
        self.tasks.cancel()
        self._close_in(tuple(Lane))

    def _close_in(self, lanes: tuple[Lane, ...]) -> None:
        """One worker after the other: the book is free for the next one when the last has closed it."""
        if lanes:
            go_on = partial(self._close_in, lanes[1:])
            self.tasks.run(screens.opening.closing, lane=lanes[0], done=lambda _nothing: go_on())
            return
        if self.office is not None:
            self.office.close()
            self.office = None
        self.show_start()

    # -- everything else

    def now(self) -> datetime:
        """This PC's clock."""
        return self._now()

    def speak(self, language: str) -> None:
        """Use another language from now on."""
        self.settings.change(language=language)
        use_language(language)
        self._rebuild()

    def set_scale(self, scale: int) -> None:
        """Another size of the text, in per cent."""
        if scale != self.settings.now.scale:
            self.settings.change(scale=scale)
            theme.apply(self._app, scale)
            self._rebuild()

    def _on_scale_asked(self, step: int) -> None:
        at = min(range(len(SCALES)), key=lambda place: abs(SCALES[place] - self.settings.now.scale))
        self.set_scale(SCALES[min(max(at + step, 0), len(SCALES) - 1)])

    def _rebuild(self) -> None:
        self.window.retranslate()
        if self.office is not None:
            self.office.show(self.window.place or "home")
        else:
            self.show_start()

    def _on_error(self, error: BaseException) -> None:
        self.window.tell(screens.opening.notice_of(error))

    def close(self) -> None:
        """Close the book and end the workers (each closes its own connection)."""
        if self.office is not None:
            self.office.leave()
            self.office.close()
            self.office = None
        self.tasks.close()
        self.crash.uninstall()
        self._app.removeTranslator(self._qt_words)


def open_window(book: Path | None = None, *, language: str | None = None) -> int:
    """Start the window, asking for the password of ``book`` if one is given. Returns the exit code."""
    logs = user_log_path(NAME, appauthor=False)
    log_to(logs)
    died = watch_for_hard_crashes(logs)
    app = QApplication(sys.argv[:1])
    app.setApplicationName(NAME)
    settings = SettingsFile(user_config_path(NAME, appauthor=False) / "settings.json")
    if language:
        settings.change(language=language)
    desk = App(app, settings)
    desk.crash.install()
    desk.window.show()
    if died:
        text = _("The program ended suddenly the last time. What was saved is safe.")
        desk.window.tell(Notice(text, theme.Tone.INFO))
    if book is not None and desk.start is not None:
        desk.start.choose(book.resolve())
    return app.exec()
