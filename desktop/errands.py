"""What screens ask of the workers, and who still hears of it: screens go, their work may run on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.changes import ChangeNotice, Changes
from desktop.tasks import Lane, Step, Task, Tasks


class Errands:
    """The work of the screens that are there. When they go, its results reach nobody who went with them."""

    def __init__(self, tasks: Tasks, changes: ChangeNotice) -> None:
        self.tasks = tasks
        self._changes = changes
        self._askers = object()

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
        """As ``Tasks.run``; what others wrote for screens that went is told to those that are there now."""
        unheard = self._something_changed if lane is Lane.WRITE else _nobody
        return self.tasks.run(
            work,
            lane=lane,
            label=label,
            done=self.heard(done or _nobody, unheard),
            failed=self.heard(failed or self.fail),
            cancelled=self.heard(cancelled or _nobody),
        )

    def heard(
        self, told: Callable[..., object], otherwise: Callable[..., object] | None = None
    ) -> Callable[..., None]:
        """``told``, as long as those are there who asked; ``otherwise`` after they went."""
        askers = self._askers

        def tell(*what: object) -> None:
            (told if askers is self._askers else otherwise or _nobody)(*what)

        return tell

    def fail(self, error: Exception) -> None:
        """Have the failure told in the window, whoever asked."""
        self.tasks.failed.emit(error)

    def dismiss(self) -> None:
        """The screens went."""
        self._askers = object()

    def _something_changed(self, *_what: object) -> None:
        self._changes.publish(Changes(frozenset()))


def _nobody(*_what: object) -> None:
    """Nobody is there to be told."""
