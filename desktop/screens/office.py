"""An open book in the window: what its screens share, where one can go, and what the status bar says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from db import Book
from db import backup as backups
from db.undo import UndoResult
from desktop.actions import Command
from desktop.changes import Changes
from desktop.errands import Errands
from desktop.kept_sums import KeptSums
from desktop.pictures import Pictures
from desktop.saving import Saving
from desktop.screens import opening
from desktop.screens.bin import BinScreen
from desktop.screens.conflicts import ConflictsScreen
from desktop.screens.consents import ConsentsScreen
from desktop.screens.finding import FindingScreen
from desktop.screens.home import HomeScreen
from desktop.screens.importing import ImportScreen
from desktop.screens.model import ModelScreen
from desktop.screens.models import ModelsScreen
from desktop.screens.names import Names
from desktop.screens.papers import PapersScreen
from desktop.screens.photos import PhotosScreen
from desktop.screens.records import RecordsScreen
from desktop.screens.screen import Screen
from desktop.screens.setup import SetupScreen
from desktop.screens.units import UnitsScreen
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.side_bar import Place
from desktop.words import kept_reason
from resources import N_, _, ngettext

if TYPE_CHECKING:
    from desktop.app import App

_PLACES: tuple[tuple[str, str, str, type[Screen]], ...] = (
    ("home", N_("Overview"), "house", HomeScreen),
    ("models", N_("Models"), "file-text", ModelsScreen),
    ("photos", N_("Photos"), "image", PhotosScreen),
    ("papers", N_("Reports"), "chart-column", PapersScreen),
    ("import", N_("Excel import"), "file-spreadsheet", ImportScreen),
    ("conflicts", N_("Conflicts"), "git-compare", ConflictsScreen),
    ("bin", N_("Bin"), "trash-2", BinScreen),
    ("setup", N_("Office and settings"), "settings", SetupScreen),
)
BACKUP_DELAY_MS = 15_000  # the clerk sees the figures first
_INNER: dict[str, tuple[str, type[Screen]]] = {
    "records": ("home", RecordsScreen),
    "model": ("models", ModelScreen),
    "search": ("home", FindingScreen),
    "units": ("setup", UnitsScreen),
    "consents": ("setup", ConsentsScreen),
}


class Office(QObject):
    """Made when a book was opened, closed before the book is."""

    def __init__(self, app: App, book: Book) -> None:
        super().__init__(app)
        self._app = app
        self._window = app.window
        self._reader = book.another()
        self._errands = Errands(app.tasks, app.changes)
        self._saving = Saving(self._errands, app.changes, book.account, app.now, self)
        self._pictures = Pictures(self._reader, self)
        self.services = Services(
            book=self._reader,
            tasks=self._errands,
            changes=app.changes,
            saving=self._saving,
            names=Names(self._reader, app.changes, self),
            pictures=self._pictures,
            settings=app.settings,
            tell=app.window.tell,
            go=app.window.go,
            frame=app,
        )
        for lane in (Lane.READ, Lane.LONG):
            app.tasks.run(opening.reading(book), lane=lane)
        self._saving.saved.connect(self._on_saved)
        self._saving.undone.connect(self._on_undone)
        app.changes.published.connect(self._on_published)
        self._window.actions_table.own(self._window.own_commands() | self._commands())
        self._later = QTimer(self, singleShot=True, interval=BACKUP_DELAY_MS)
        self._later.timeout.connect(self.back_up_if_old)
        self._later.start()
        self._sums = KeptSums(app.tasks, app.changes, self)

    def show(self, place: str) -> None:
        """(Re)make the screens, in the language and size in force, and go to one of them."""
        places = [
            Place(name, _(words), icon, f"Ctrl+{at}") for at, (name, words, icon, _k) in enumerate(_PLACES, 1)
        ]
        kinds = {name: kind for name, _words, _icon, kind in _PLACES}
        kinds |= {name: kind for name, (_under, kind) in _INNER.items()}
        makers = {name: self._maker(kind) for name, kind in kinds.items()}
        under = {name: place_of for name, (place_of, _kind) in _INNER.items()}
        self._let_go()
        self._window.side.set_office(_("Sổ Dân vận"), self._unit_name())
        self._window.show_places(places, makers, under)
        self._window.go(place)
        self._say_status()

    def leave(self) -> None:
        """What is typed is saved; after this nothing here asks anything of the book any more."""
        self._later.stop()
        self._sums.stop()
        self._let_go()
        self._pictures.close()
        self._app.changes.published.disconnect(self._on_published)
        self._window.actions_table.own(self._window.own_commands())
        self._window.notices.withdraw()

    def close(self) -> None:
        """The UI thread's connection is closed, after ``leave``; the workers close their own."""
        self._reader.close()
        self.deleteLater()

    def _let_go(self) -> None:
        self._window.drop_screens()
        self._errands.dismiss()

    def _maker(self, kind: type[Screen]) -> Callable[[], Screen]:
        return lambda: kind(self.services)

    def _unit_name(self) -> str:
        return self._reader.get("org_unit", self._reader.own_unit()).title

    def _commands(self) -> dict[Command, Callable[[], object]]:
        return {
            Command.UNDO: self._saving.undo,
            Command.REDO: self._saving.redo,
            Command.SAVE: self._on_save_asked,
            Command.REFRESH: self._on_refresh_asked,
            Command.FIND: self._on_find_asked,
            Command.FILTER: self._on_find_asked,
        }

    def _on_find_asked(self) -> None:
        screen = self._window.in_front()
        if screen is not None:
            screen.find_anything()

    def _on_save_asked(self) -> None:
        """Everything is saved as it is typed; Ctrl+S says so."""
        self._window.flush()
        if self._saving.last is None:
            self._window.tell(Notice(_("Everything is saved as you type."), Tone.GOOD))
        else:
            self._window.tell(Notice(self._saved_words(self._saving.last), Tone.GOOD))

    def _on_refresh_asked(self) -> None:
        screen = self._window.in_front()
        if screen is not None:
            screen.flush()
            screen.reload()

    # -- what is said

    @staticmethod
    def _saved_words(at: datetime) -> str:
        return _("Saved at {time}").format(time=at.strftime("%H:%M"))

    def _on_saved(self, at: datetime) -> None:
        self._window.status(saved=self._saved_words(at))

    def _on_undone(self, result: UndoResult, title: str) -> None:
        if result.undone:
            text = _("Taken back: {what}").format(what=title or _("the last entry"))
        else:
            text = _("Nothing was taken back: {what}").format(what=title)
        kept = "; ".join(f"{one.title}: {kept_reason(one)}" for one in result.kept[:3])
        if len(result.kept) > 3:
            more = len(result.kept) - 3
            kept += " " + ngettext("and {n} more", "and {n} more", more).format(n=more)
        tone = Tone.WARN if result.kept else Tone.GOOD
        self._window.tell(Notice(text, tone, kept, _("Redo (Ctrl+Y)"), self._saving.redo))

    def _say_status(self) -> None:
        last = self._saving.last
        self._window.status(
            saved=self._saved_words(last) if last else "",
            backup=self._backup_words(),
            user=_("User: {name}").format(name=self._reader.account),
        )
        self._count_conflicts()

    def _on_published(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns("photo"):
            self._pictures.look_again()
        if changes.concerns("paper_template") and self._window.place != "papers":
            self._window.drop("papers")  # it shows the sections of the template
        self._count_conflicts()
        self._window.side.set_office(_("Sổ Dân vận"), self._unit_name())

    def _count_conflicts(self) -> None:
        self._errands.run(_count_conflicts, lane=Lane.LONG, done=self._show_conflicts)

    def _show_conflicts(self, count: int) -> None:
        self._window.side.set_badge("conflicts", str(count) if count else "")

    # -- backups

    def _backup_words(self) -> str:
        last = self._last_backup()
        if last is None:
            return _("No backup yet")
        return _("Last backup: {when}").format(when=last.strftime("%d/%m/%Y %H:%M"))

    def _last_backup(self) -> datetime | None:
        path = self._reader.path
        made = backups.backups_in(backups.folder_of(path), path)
        return datetime.fromtimestamp(made[-1].stat().st_mtime).astimezone() if made else None

    def back_up_if_old(self) -> None:
        """A copy in the worker, if the last one is older than the settings allow."""
        hours, last = self._app.settings.now.backup_hours, self._last_backup()
        old = last is None or (self._app.now() - last).total_seconds() > hours * 3600
        if hours and old:
            self._errands.run(_back_up, lane=Lane.LONG, done=self._on_backed_up)

    def _on_backed_up(self, _made: object) -> None:
        self._window.status(backup=self._backup_words())


def _count_conflicts(step: Step) -> int:
    return len(step.book.conflicts())


def _back_up(step: Step) -> object:
    return backups.back_up(step.book, step=lambda _percent: step.check())
