"""The whole book out to Excel: asks where, writes in the background, can be stopped, says what stayed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db import RECORD_TYPES
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from forms import spreadsheets
from resources import _

_ENDING = ".xlsx"


def exporting(file: Path, step: Step) -> spreadsheets.Exported:
    """Write the book. A stop takes effect at the next report and leaves no file. Runs in a worker."""
    return spreadsheets.export_book(step.book, file, step.progress)


class BookExport:
    """Export of the whole book for a screen."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        self._services = services
        self._parent = parent

    def choose(self) -> None:
        """Ask for a file and write it."""
        folder = Path(self._services.settings.now.last_folder or Path.home())
        usual = str(folder / f"{self._services.book.path.stem}{_ENDING}")
        title, kinds = _("Export the whole book"), _("Excel workbook") + f" (*{_ENDING})"
        file, _kind = QFileDialog.getSaveFileName(self._parent, title, usual, kinds)
        if file:
            self.write(Path(file).with_suffix(_ENDING))

    def write(self, file: Path) -> None:
        """Write this file in the background."""
        self._services.tasks.run(
            partial(exporting, file),
            lane=Lane.LONG,
            label=_("Exporting the book to {name} …").format(name=file.name),
            done=self._tell,
            cancelled=self._tell_stopped,
        )

    def _tell(self, made: spreadsheets.Exported) -> None:
        stays = ", ".join(f"{_(RECORD_TYPES[name].label)} {count}" for name, count in made.left_out.items())
        parts = [_("The book is in {name}; unlike the book, that file has no password.").format(
            name=made.file.name)]  # fmt: skip
        if stays:
            parts.append(_("Not in it, because a workbook cannot hold them: {stays}.").format(stays=stays))
        parts.extend(made.problems)
        self._services.tell(Notice(" ".join(parts), Tone.WARN if made.problems else Tone.GOOD))

    def _tell_stopped(self) -> None:
        self._services.tell(Notice(_("The export was stopped. No file was written."), Tone.INFO))
