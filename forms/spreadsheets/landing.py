"""Writes a planned import into the book: one batch, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice
from typing import Final, Protocol

from db import RECORD_TYPES, Value
from forms.spreadsheets.actions import Add, Change, ImportPlan, ImportResult, New, Planned
from forms.spreadsheets.errors import ImportCancelledError
from forms.spreadsheets.patience import seldom_collected
from forms.spreadsheets.rows import Progress, no_progress

_ACT: Final = "import"
_AT_A_TIME: Final = 500
_FIRST: Final = (
    "org_unit", "unit_parent", "unit_succession", "model", "registration", "person", "model_member",
    "activity", "contribution", "output_measure", "recognition", "supervision", "unit_profile",
    "reported_figure",
)  # fmt: skip
_ORDER: Final = (*_FIRST, *(name for name in RECORD_TYPES if name not in _FIRST))
"""What is referred to is made before what refers to it."""
_REFERRED_TO: Final = {each.refers_to for declared in RECORD_TYPES.values() for each in declared.fields}


class Writer(Protocol):
    """An open write of a book."""

    @property
    def batch(self) -> object:
        """The batch, or its id."""

    def add_many(self, type_name: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        """Make records; their ids in order."""

    def change(self, type_name: str, record: str, values: Mapping[str, Value]) -> bool:
        """Change fields of a record."""


class WritableBook(Protocol):
    """What of a book landing needs."""

    def writing(self, actor: str, *, act: str, title: str) -> AbstractContextManager[Writer]:
        """One transaction, one batch."""


def never() -> bool:
    """For work that nobody stops."""
    return False


@seldom_collected()
def land(
    plan: ImportPlan,
    book: WritableBook,
    actor: str,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
    *,
    accept_good: bool = False,
    overwrite: bool = False,
) -> ImportResult:
    """Write the plan as one batch. With refused rows nothing lands, unless ``accept_good``.

    ``overwrite`` also changes what a person wrote by hand. :class:`ImportCancelledError` when ``cancelled``
    says so; then, and after any other fault, nothing of it is in the book.
    """
    result = plan.preview(overwrite=overwrite)
    if plan.refused and not accept_good:
        return result
    if not _has_work(plan, overwrite=overwrite):
        # Only where no row was refused is everything in the book that the file says
        return replace(result, landed=not plan.refused)
    with book.writing(actor, act=_ACT, title=plan.title) as write:
        _Landing(write, plan, progress, cancelled).run(overwrite=overwrite)
    return replace(result, landed=True, batch=_batch_id(write.batch))


def _has_work(plan: ImportPlan, *, overwrite: bool) -> bool:
    return bool(plan.adds) or any(change.values or (overwrite and change.kept) for change in plan.changes)


def _batch_id(batch: object) -> str:
    return str(getattr(batch, "id", batch))


class _Landing:
    """Makes the records in order and remembers their ids."""

    def __init__(
        self, write: Writer, plan: ImportPlan, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self._write = write
        self._plan = plan
        self._progress = progress
        self._cancelled = cancelled
        self._ids: dict[New, str] = {}
        self._done = 0
        self._total = sum(map(len, plan.adds.values())) + len(plan.changes)

    def run(self, *, overwrite: bool) -> None:
        for type_name in _ORDER:
            for wave in self._waves(self._plan.adds.get(type_name, [])):
                self._add(type_name, wave)
        for change in self._plan.changes:
            self._change(change, overwrite=overwrite)
        self._step(0)

    def _waves(self, adds: list[Add]) -> Iterator[list[Add]]:
        """The records in waves: what others of the same type refer to comes in an earlier one."""
        refers_to_its_own = bool(adds) and any(
            each.refers_to == adds[0].type for each in RECORD_TYPES[adds[0].type].fields
        )
        if not refers_to_its_own:
            yield adds
            return
        waiting = adds
        while waiting:
            own = {New(add.type, add.key) for add in waiting}
            ready = [add for add in waiting if not any(value in own for value in _references(add))]
            if not ready:
                raise ValueError(f"{waiting[0].type}: references in a circle")
            waiting = [add for add in waiting if add not in ready] if len(ready) < len(waiting) else []
            yield ready

    def _add(self, type_name: str, adds: list[Add]) -> None:
        each = iter(adds)
        while part := list(islice(each, _AT_A_TIME)):
            self._step(len(part))
            ids = self._write.add_many(type_name, [self._resolved(add.values) for add in part])
            if type_name in _REFERRED_TO:
                self._ids.update(zip((New(type_name, add.key) for add in part), ids, strict=True))

    def _change(self, change: Change, *, overwrite: bool) -> None:
        self._step(1)
        values = {**change.values, **change.kept} if overwrite else change.values
        if values:
            self._write.change(change.type, change.record, self._resolved(values))

    def _resolved(self, values: Mapping[str, Planned]) -> dict[str, Value]:
        ids = self._ids
        return {name: ids[value] if isinstance(value, New) else value for name, value in values.items()}

    def _step(self, rows: int) -> None:
        if self._cancelled():
            raise ImportCancelledError
        self._progress(self._done, self._total)
        self._done += rows


def _references(add: Add) -> Iterator[New]:
    return (value for value in add.values.values() if isinstance(value, New) and value.type == add.type)
