"""The whole book out to Excel: asks for whom and where, writes in the background, says what was masked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from db import RECORD_TYPES
from desktop.screens.list_export import Asking, Host, tell_stopped
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from forms import spreadsheets
from forms.audience import veil_of
from resources import _

_ENDING = ".xlsx"


def exporting(file: Path, audience: str, step: Step) -> spreadsheets.Exported:
    """Write the book for an audience. A stop takes effect at the next report and leaves no file."""
    return spreadsheets.export_book(step.book, file, step.progress, veil=veil_of(step.book, audience))


class BookExport:
    """Export of the whole book for a screen."""

    def __init__(self, services: Services, host: Host) -> None:
        self._services = services
        self.asking = Asking(services, host, _("Export the whole book"), self.write)

    def choose(self) -> None:
        """Ask for whom and where to, and write it."""
        kinds = _("Excel workbook") + f" (*{_ENDING})"
        self.asking.start(self._services.book.path.stem, kinds, (_ENDING,))

    def write(self, file: Path, audience: str) -> None:
        """Write this file in the background."""
        self._services.tasks.run(
            partial(exporting, file, audience),
            lane=Lane.LONG,
            label=_("Exporting the book to {name} …").format(name=file.name),
            done=self._tell,
            cancelled=partial(tell_stopped, self._services),
        )

    def _tell(self, made: spreadsheets.Exported) -> None:
        stays = ", ".join(f"{_(RECORD_TYPES[name].label)} {count}" for name, count in made.left_out.items())
        text = _("The book is in {name}; unlike the book, that file has no password.")
        parts = list(made.remarks)
        if stays:
            parts.append(_("Not in it: {stays}.").format(stays=stays))
        parts.extend(made.problems)
        tone = Tone.WARN if made.problems else Tone.INFO if made.remarks else Tone.GOOD
        self._services.tell(Notice(text.format(name=made.file.name), tone, " ".join(parts)))
