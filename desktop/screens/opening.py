"""Opening and making books: the work itself, done in the writer's thread, and the words for its failures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db import Book, NewUnit, RecoverySheet, keys
from db.errors import UnknownBatchError
from desktop import screens
from desktop.errors import describe
from desktop.screens.recovery import RecoveryStep
from desktop.tasks import Lane, Step, Tasks
from desktop.theme import Tone
from desktop.widgets.bars import Notice


def opening(path: Path, password: str) -> Callable[[Step], Book]:
    """Work that opens a book for writing and leaves it with the writer."""

    def work(step: Step) -> Book:
        book = Book.open(path, password, step=lambda percent: step.progress(percent, 100))
        step.give_book(book)
        return book

    return work


def making(path: Path, password: str, unit: NewUnit) -> Callable[[Step], tuple[Book, RecoverySheet, Path]]:
    """Work that makes a new book for one office, writes its recovery sheet and leaves it with the writer."""

    def work(step: Step) -> tuple[Book, RecoverySheet, Path]:
        book, sheet = Book.create(path, password, unit)
        step.give_book(book)
        return book, sheet, screens.sheet.write_sheet(sheet, path, book.now().date())

    return work


def reading(book: Book) -> Callable[[Step], None]:
    """Work that gives the reader's worker its own connection."""

    def work(step: Step) -> None:
        step.give_book(book.another())

    return work


def closing(step: Step) -> None:
    """Work that closes the book of a worker."""
    step.close_book()


def sheet_of(book: Book) -> Path:
    """Where the recovery sheet of a book was written."""
    path: Path = screens.sheet.sheet_file(book.path)
    return path


def sentence(error: BaseException) -> str:
    """What happened and what to do, in one."""
    words = describe(error)
    return f"{words.title} {words.advice}".strip()


def notice_of(error: BaseException) -> Notice:
    """The same as a notice."""
    words = describe(error)
    tone = Tone.INFO if isinstance(error, UnknownBatchError) else Tone.BAD
    return Notice(words.title, tone, words.advice)


class SheetCheck(QObject):
    """Whether what was typed back stands on the recovery sheet.

    Right after the book was made its last group is enough; later the code is known to nobody and the whole of
    it must open the book. Signals: ``right(book)``, ``later``.
    """

    right = Signal(object)
    later = Signal()

    def __init__(self, tasks: Tasks, book: Book, code: str, step: RecoveryStep) -> None:
        super().__init__(step)
        self._tasks, self._book, self._code, self._step = tasks, book, code, step
        step.typed.connect(self._on_typed)
        step.later.connect(self.later)

    def _on_typed(self, typed: str) -> None:
        book, code = self._book, self._code

        def work(_step: Step) -> bool:
            if code:
                return keys.recovery_typed(code.rpartition("-")[0] + typed) == code
            _key, slot = keys.unlock(keys.read_ring(book.path), typed)
            return slot.kind == keys.RECOVERY

        self._tasks.run(work, lane=Lane.READ, done=self._on_checked, failed=self._on_wrong)

    def _on_checked(self, right: bool) -> None:
        if not right:
            self._step.refuse()
            return
        if self._step.printed.isChecked():
            self._step.sheet.unlink(missing_ok=True)
        self.right.emit(self._book)

    def _on_wrong(self, _error: Exception) -> None:
        self._step.refuse()
