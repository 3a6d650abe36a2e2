"""A list that is on the screen out to Excel: asks for whom where it tells of persons, then where to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

import forms
from db.personal import INTERNAL
from desktop.screens.audience import AudiencePanel
from desktop.screens.lists import Made, PlainList, RecordList
from desktop.services import Services
from desktop.tasks import Lane
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from resources import _, ngettext

_ENDINGS = (".xlsx", ".csv")


class Host(Protocol):
    """Where what is asked is shown."""

    def show_alone(self, panel: QWidget | None) -> None:
        """A panel in place of what is there, until there is none."""


class Asking:
    """Asks for whom and where to; ``write(file, audience)`` does the rest."""

    def __init__(
        self, services: Services, host: Host, title: str, write: Callable[[Path, str], object]
    ) -> None:
        self._services = services
        self._host = host
        self._title = title
        self._write = write
        self.panel: AudiencePanel | None = None

    def start(self, name: str, kinds: str, endings: tuple[str, ...]) -> None:
        """Ask for whom, then where to."""
        self.panel = AudiencePanel(self._title)
        self.panel.chosen.connect(lambda audience: self._choose(audience, name, kinds, endings))
        self.panel.given_up.connect(self._end)
        self._host.show_alone(self.panel)
        self.panel.take_focus()

    def _choose(self, audience: str, name: str, kinds: str, endings: tuple[str, ...]) -> None:
        file = self.file(f"{name}{forms.COPY_FOR[audience]}", kinds, endings)
        if file is not None:
            self._end()
            self._write(file, audience)

    def file(self, name: str, kinds: str, endings: tuple[str, ...]) -> Path | None:
        """The file the clerk names, None where they give up."""
        folder = Path(self._services.settings.now.last_folder or Path.home())
        usual = str(folder / f"{name}{endings[0]}")
        chosen, _kind = QFileDialog.getSaveFileName(QApplication.activeWindow(), self._title, usual, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() in endings else path.with_name(path.name + endings[0])

    def _end(self) -> None:
        self.panel = None
        self._host.show_alone(None)


class ListExport:
    """Export of one list for a screen."""

    def __init__(self, services: Services, host: Host, wanted: Callable[[], RecordList | PlainList]) -> None:
        self._services = services
        self._wanted = wanted
        self.asking = Asking(services, host, _("List to Excel"), self.write)

    def choose(self) -> None:
        """Ask for whom, where that matters, and for a file; then write it."""
        wanted = self._wanted()
        kinds = _("Lists") + " (*.xlsx *.csv)"
        if wanted.is_personal:
            self.asking.start(wanted.name, kinds, _ENDINGS)
        elif file := self.asking.file(wanted.name, kinds, _ENDINGS):
            self.write(file, INTERNAL)

    def write(self, file: Path, audience: str) -> None:
        """Write this file in the background."""
        self._services.tasks.run(
            partial(self._wanted().write, file, audience),
            lane=Lane.LONG,
            label=_("Writing the list to {name} …").format(name=file.name),
            done=self._tell,
            cancelled=partial(tell_stopped, self._services),
        )

    def _tell(self, made: Made) -> None:
        text = ngettext("{count} row is in {name}.", "{count} rows are in {name}.", made.count)
        said = text.format(count=made.count, name=made.file.name)
        tone = Tone.INFO if made.remarks else Tone.GOOD
        self._services.tell(Notice(said, tone, " ".join(made.remarks)))


def tell_stopped(services: Services) -> None:
    """An export was stopped."""
    services.tell(Notice(_("The export was stopped. No file was written."), Tone.INFO))
