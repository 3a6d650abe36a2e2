"""A list that is on the screen out to Excel: its rows in its order, read anew in the background."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

import forms
from db.reading import Reading
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.paged_table import Row, Value
from resources import _, ngettext

_AT_A_TIME = 500
_ENDINGS = (".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class List:
    """What is written. ``shows``: how each column shows a value, in any thread; ``page`` gives rows."""

    name: str
    headings: tuple[str, ...]
    shows: tuple[Callable[[Value], str], ...]
    numbers: array[int]
    page: Callable[[Reading, Sequence[int]], Sequence[Row | None]]


def by_name(names: Mapping[str, str]) -> Callable[[Value], str]:
    """Shows ids by these names: what the screen looks up for itself is not for other threads."""
    return lambda value: names.get(str(value), "")


def exporting(file: Path, wanted: List, step: Step) -> tuple[Path, int]:
    """Write the list; the file and how many rows. A stop leaves no file. Runs in a worker."""
    return file, forms.write_list(file, wanted.headings, _rows(wanted, step))


def _rows(wanted: List, step: Step) -> Iterator[list[str | int]]:
    for start in range(0, len(wanted.numbers), _AT_A_TIME):
        step.progress(start, len(wanted.numbers))
        for row in wanted.page(step.book, wanted.numbers[start : start + _AT_A_TIME]):
            if row is not None:
                yield [_cell(show, value) for show, value in zip(wanted.shows, row, strict=False)]


def _cell(show: Callable[[Value], str], value: Value) -> str | int:
    """A whole number stays one; everything else as it is shown."""
    text = show(value)
    return value if isinstance(value, int) and text == str(value) else text


class ListExport:
    """Export of one list for a screen."""

    def __init__(self, services: Services, parent: QWidget, wanted: Callable[[], List]) -> None:
        self._services = services
        self._parent = parent
        self._wanted = wanted

    def choose(self) -> None:
        """Ask for a file and write it."""
        wanted = self._wanted()
        folder = Path(self._services.settings.now.last_folder or Path.home())
        kinds = _("Lists") + " (*.xlsx *.csv)"
        usual = str(folder / f"{wanted.name}{_ENDINGS[0]}")
        file, _kind = QFileDialog.getSaveFileName(self._parent, _("List to Excel"), usual, kinds)
        if file:
            path = Path(file)
            right = path.suffix.lower() in _ENDINGS
            self.write(path if right else path.with_name(path.name + _ENDINGS[0]), wanted)

    def write(self, file: Path, wanted: List | None = None) -> None:
        """Write this file in the background."""
        self._services.tasks.run(
            partial(exporting, file, wanted or self._wanted()),
            lane=Lane.LONG,
            label=_("Writing the list to {name} …").format(name=file.name),
            done=self._tell,
            cancelled=self._tell_stopped,
        )

    def _tell(self, made: tuple[Path, int]) -> None:
        file, count = made
        text = ngettext("{count} row is in {name}.", "{count} rows are in {name}.", count)
        self._services.tell(Notice(text.format(count=count, name=file.name), Tone.GOOD))

    def _tell_stopped(self) -> None:
        self._services.tell(Notice(_("The export was stopped. No file was written."), Tone.INFO))
