"""Every write of the window: in the writer's thread, one batch each, then the notice to all screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.changes import ChangeNotice, Changes
from desktop.errands import Errands
from desktop.tasks import Lane, Step, Task

if TYPE_CHECKING:
    from db.undo import UndoResult
    from db.writing import Writing

Write = Callable[["Writing"], Any]


class Saving(QObject):
    """Signals: ``saved(datetime)`` after each write, ``waiting(n)`` how many are on their way,
    ``undone(UndoResult, title)`` after Ctrl+Z or its inverse."""

    saved = Signal(object)
    waiting = Signal(int)
    undone = Signal(object, str)

    def __init__(
        self,
        errands: Errands,
        changes: ChangeNotice,
        actor: str,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.actor = actor
        self.last: datetime | None = None
        self._errands = errands
        self._changes = changes
        self._now = now
        self._waiting = 0

    def write(
        self,
        write: Write,
        *,
        types: tuple[str, ...],
        title: str = "",
        act: str = "edit",
        initiator: object = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Do ``write(w)`` in one batch. ``title`` says in the clerk's words what is done; undo repeats it."""

        heard = self._errands.heard(done) if done else None

        def work(step: Step) -> tuple[str, list[str], Any]:
            with step.book.writing(self.actor, act=act, title=title) as w:
                result = write(w)
            return w.batch.id, [record for _type, record in w.changed], result

        def written(outcome: tuple[str, list[str], Any]) -> None:
            batch, records, result = outcome
            self._end(Changes(frozenset(types), frozenset(records), batch), initiator)
            if heard is not None:
                heard(result)

        return self._run(work, written, failed)

    def undo(self, batch: str | None = None) -> Task:
        """Take back ``batch``, or the last thing this clerk typed."""
        return self._take_back(lambda step: step.book.undo(self.actor, batch))

    def redo(self) -> Task:
        """Take back the last undo."""
        return self._take_back(lambda step: step.book.redo(self.actor))

    def announce(self, changes: Changes, initiator: object = None) -> None:
        """Records were written by other work in the writer's lane (an import)."""
        self.last = self._now()
        self.saved.emit(self.last)
        self._changes.publish(changes, initiator)

    def _take_back(self, take: Callable[[Step], UndoResult]) -> Task:
        def work(step: Step) -> tuple[UndoResult, str]:
            result = take(step)
            titles = {batch.id: batch.title for batch, _undone in step.book.batches()}
            return result, titles.get(result.undoes, "")

        def written(outcome: tuple[UndoResult, str]) -> None:
            result, title = outcome
            self._end(Changes(frozenset(), frozenset(), result.batch), None)
            self.undone.emit(result, title)

        return self._run(work, written, None)

    def _run(
        self,
        work: Callable[[Step], Any],
        written: Callable[[Any], None],
        failed: Callable[[Exception], None] | None,
    ) -> Task:
        self._waiting += 1
        self.waiting.emit(self._waiting)
        fail = self._errands.fail
        told = self._errands.heard(failed, fail) if failed else fail
        task = self._errands.tasks.run(work, lane=Lane.WRITE, done=written, failed=told)
        task.failed.connect(self._on_not_written)
        return task

    def _on_not_written(self, _error: Exception) -> None:
        self._waiting -= 1
        self.waiting.emit(self._waiting)

    def _end(self, changes: Changes, initiator: object) -> None:
        self._waiting -= 1
        self.waiting.emit(self._waiting)
        self.announce(changes, initiator)
