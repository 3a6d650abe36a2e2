"""One door for long work: it runs in a worker with its own book, reports progress and can be cancelled.

Three workers: the *writer* owns the one book that may be written, so writes queue and never meet; the
*reader* owns a read-only book for lists and figures; what takes seconds (papers, workbooks, backups) has a
reader of its own, so that nobody waits for it. Results come back on the UI thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum
from queue import SimpleQueue
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

if TYPE_CHECKING:
    from db import Book

log = logging.getLogger(__name__)
_PAUSE_S = 0.05  # between two reports: more would only keep the UI thread busy


class CancelledError(Exception):
    """The clerk stopped the work; nothing of it may stay."""


class Lane(Enum):
    """Which worker does it."""

    WRITE = "write"
    READ = "read"
    LONG = "long"


class Step:
    """What work is handed: its book, a way to report progress and to learn that it was cancelled."""

    def __init__(self, worker: Worker, report: Callable[[int, int], None]) -> None:
        self._worker = worker
        self._report = report
        self._stop = Event()
        self._told = 0.0

    @property
    def book(self) -> Book:
        """The book of this worker. Only inside the work, never kept."""
        if self._worker.book is None:
            raise RuntimeError("no book is open in this worker")
        return self._worker.book

    def give_book(self, book: Book) -> None:
        """The worker keeps this book for the work that follows."""
        self._worker.book = book

    def close_book(self) -> None:
        """Close this worker's book, if it has one."""
        if self._worker.book is not None:
            self._worker.book.close()
            self._worker.book = None

    def progress(self, done: int, total: int) -> None:
        """So many of so many (``total`` 0 = unknown). Also the place where a cancel takes effect."""
        self.check()
        now = monotonic()
        if done == total or now - self._told >= _PAUSE_S:
            self._told = now
            self._report(done, total)

    def check(self) -> None:
        """Raise ``CancelledError`` when the clerk has stopped this work."""
        if self._stop.is_set():
            raise CancelledError

    def stopped(self) -> bool:
        """Whether the clerk has stopped this work, for those who ask instead of being told."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next ``check``."""
        self._stop.set()


class Task(QObject):
    """One piece of work on its way. Signals arrive on the UI thread, exactly one of the last three.

    ``is_entry``: something typed on its way into the book; closing the program waits for it.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    _ended = Signal(object, object)

    def __init__(self, work: Callable[[Step], Any], label: str, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self.is_entry = not label and worker.objectName() == Lane.WRITE.value
        self.work = work
        self.step = Step(worker, self.progressed.emit)
        self._ended.connect(self._on_ended)

    def cancel(self) -> None:
        """Stop at the next check. What was written so far is taken back."""
        self.step.cancel()

    def run(self) -> None:
        """Do the work. Called by the worker, in its thread."""
        try:
            self.step.check()
            outcome: tuple[str, object] = ("done", self.work(self.step))
        except CancelledError:
            outcome = ("cancelled", None)
        except Exception as error:
            log.info("work %r failed", self.label, exc_info=error)
            outcome = ("failed", error)
        self._ended.emit(*outcome)

    @Slot(object, object)
    def _on_ended(self, signal: str, what: object) -> None:
        if signal == "cancelled":
            self.cancelled.emit()
        else:
            (self.done if signal == "done" else self.failed).emit(what)


class Worker(QThread):
    """A thread that does its tasks one after the other and owns one book."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.book: Book | None = None
        self._queue: SimpleQueue[Task | None] = SimpleQueue()

    def put(self, task: Task) -> None:
        """Do this after what is waiting."""
        self._queue.put(task)

    def stop(self) -> None:
        """End after what is waiting; returns when the thread has ended."""
        self._queue.put(None)
        self.wait()

    def run(self) -> None:
        """The thread: tasks until told to stop; then its book is closed."""
        while (task := self._queue.get()) is not None:
            task.run()
        if self.book is not None:
            self.book.close()


class Tasks(QObject):
    """Starts work and knows what is running.

    Signals: ``busy_changed`` when the list ``running`` changed; ``failed(error)`` for failures nobody
    else takes.
    """

    busy_changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = {lane: Worker(lane.value) for lane in Lane}
        self.running: list[Task] = []
        for worker in self._workers.values():
            worker.start()

    def run(
        self,
        work: Callable[[Step], Any],
        *,
        lane: Lane = Lane.READ,
        label: str = "",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Run ``work(step)`` in a worker. ``done``, ``failed``, ``cancelled`` are called on the UI thread.

        A ``label`` (in the clerk's words) makes it show in the busy bar.
        """
        task = Task(work, label, self._workers[lane], self)
        task.failed.connect(failed or self.failed.emit)
        for signal, told in ((task.done, done), (task.cancelled, cancelled)):
            if told is not None:
                signal.connect(told)
        for ending in (task.done, task.failed, task.cancelled):
            ending.connect(self._on_ended)
        self.running.append(task)
        self._workers[lane].put(task)
        self.busy_changed.emit()
        return task

    def _on_ended(self, *_what: object) -> None:
        task = self.sender()
        self.running = [one for one in self.running if one is not task]
        if task is not None:
            task.deleteLater()
        self.busy_changed.emit()

    def cancel(self) -> None:
        """Stop everything but what was typed and is on its way into the book."""
        for task in self.running:
            if not task.is_entry:
                task.cancel()

    def close(self) -> None:
        """Finish what was typed, cancel everything else, wait for the workers, leave nothing behind."""
        self.cancel()
        for worker in self._workers.values():
            worker.stop()
        for task in self.running:
            task.blockSignals(True)  # who wanted to be told is about to go too
        self.running = []
