"""Keeps sums up to date beside the clerk: some units at a time, once nothing has been written for a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from db.sums.keeping import make_some
from desktop.changes import ChangeNotice
from desktop.tasks import Lane, Step, Tasks

QUIET_MS = 5_000
"""So long nothing has been written before it begins."""
_PAUSE_MS = 250
"""Between two parts: others want the processor too."""


class KeptSums(QObject):
    """Begins by itself when the book was opened or changed. Failing is no harm: figures only take longer."""

    def __init__(self, tasks: Tasks, changes: ChangeNotice, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._changes = tasks, changes
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.make_some)
        changes.published.connect(self._on_published)
        self._later.start(QUIET_MS)

    def stop(self) -> None:
        """Ask nothing of the book any more."""
        self._changes.published.disconnect(self._on_published)
        self._later.stop()
        self._later.blockSignals(True)  # a part that is on its way ends, and no other one begins

    @property
    def waits(self) -> bool:
        """Whether it will begin by itself."""
        return self._later.isActive()

    def make_some(self) -> None:
        """Make a part in the writer's worker, then the next one."""
        self._tasks.run(_make_some, lane=Lane.WRITE, done=self._on_made, failed=self._on_failed)

    def _on_published(self, *_what: object) -> None:
        self._later.start(QUIET_MS)

    def _on_made(self, more: bool) -> None:
        if more and not self.waits:
            self._later.start(_PAUSE_MS)

    def _on_failed(self, _error: Exception) -> None:
        """The next change tries again."""


def _make_some(step: Step) -> bool:
    return make_some(step.book)
