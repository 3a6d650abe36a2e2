"""The frame: side bar, the screen in front, notices, busy bar and status bar. Screens come and go in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import ActionTable, Command, key_words
from desktop.tasks import Tasks
from desktop.theme import Tone, look
from desktop.widgets.bars import BusyBar, Notice, NoticeBar
from desktop.widgets.labels import ElidedLabel, space
from desktop.widgets.side_bar import Place, SideBar
from resources import _

if TYPE_CHECKING:
    from desktop.screens.screen import Screen

NARROW_BELOW = 1100
_LEAST_HEIGHT = 300


class Pages(QStackedWidget):
    """The screens. Only the one in front holds the window open, and a long notice takes from its height:
    a window that grows leaves a small screen."""

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        least = front.minimumSizeHint() if front is not None else QSize()
        return QSize(least.width(), min(least.height(), look().px(_LEAST_HEIGHT)))


class MainWindow(QMainWindow):
    """The one window. ``closing`` before it closes, ``scale_asked(step)`` for larger or smaller text."""

    closing = Signal()
    scale_asked = Signal(int)
    went = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.side = SideBar()
        self.notices = NoticeBar()
        self.busy = BusyBar()
        self.pages = Pages()
        self.pages.setObjectName("ground")
        self.actions_table = ActionTable(self)
        self._makers: dict[str, Callable[[], Screen]] = {}
        self._made: dict[str, Screen] = {}
        self._under: dict[str, str] = {}
        self._saved, self._backup, self._user = QLabel(), QLabel(), QLabel()
        self._hint = ElidedLabel("small")
        self._hint.setContentsMargins(12, 0, 12, 0)
        self._lay_out()
        self.actions_table.own(self.own_commands())
        self.busy.cancel_asked.connect(self._on_cancel_asked)
        tasks.busy_changed.connect(self._on_busy_changed)
        self.place = ""
        self.retranslate()

    def retranslate(self) -> None:
        """The words of the frame in the language in force; the screens are made anew by their owner."""
        self.setWindowTitle(_("Sổ Dân vận"))
        self.actions_table.retranslate()
        self.notices.close_bar()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        space(right, between=0)
        bars = QVBoxLayout()
        space(bars, (20, 8, 20, 0), 4)
        bars.addWidget(self.notices)
        bars.addWidget(self.busy)
        right.addLayout(bars)
        right.addWidget(self.pages, 1)
        ground = QWidget()
        ground.setObjectName("ground")
        row = QHBoxLayout(ground)
        space(row, between=0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self.setCentralWidget(ground)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self._hint, 1)
        for part in (self._saved, self._backup, self._user):
            self.statusBar().addPermanentWidget(part)
        self.side.chosen.connect(self.go)

    # -- screens

    def show_only(self, screen: QWidget) -> None:
        """No book: one screen without side bar and status bar (the start screen)."""
        self.drop_screens()
        self.side.hide()
        self.statusBar().hide()
        self.pages.addWidget(screen)
        self.pages.setCurrentWidget(screen)
        self.actions_table.use({})

    def show_places(
        self, places: list[Place], makers: dict[str, Callable[[], Screen]], under: dict[str, str]
    ) -> None:
        """A book is open: these places, each screen made when it is first wanted.

        ``under``: the place of the side bar that screens without one of their own belong to.
        """
        self.drop_screens()
        self._makers, self._under = makers, under
        self.side.set_places(places)
        self.side.show()
        self.statusBar().show()
        self._fit()

    def go(self, name: str, what: object = None) -> None:
        """Bring a screen to the front, perhaps on something in particular."""
        screen = self._made.get(name)
        if screen is None:
            screen = self._made[name] = self._makers[name]()
            self.pages.addWidget(screen)
        self.flush()
        if self.notices.is_good_news:
            self.notices.close_bar()
        self.pages.setCurrentWidget(screen)
        self.side.show_chosen(self._under.get(name, name))
        if what is not None:
            screen.open(what)
            if self.pages.currentWidget() is not screen:
                return  # what was to be opened is gone, and the screen went elsewhere
        self.actions_table.use(screen.commands())
        self._hint.say(_(screen.help_text) if screen.help_text else "")
        screen.take_focus()
        self.place = name
        self.went.emit(name)

    def in_front(self) -> Screen | None:
        """The screen in front, if a book is open."""
        current = self.pages.currentWidget()
        return next((screen for screen in self._made.values() if screen is current), None)

    def flush(self) -> None:
        """Save what is being typed in any screen."""
        for screen in self._made.values():
            screen.flush()

    def drop(self, name: str) -> None:
        """Let one screen go that is not in front; it is made anew when it is next wanted."""
        screen = self._made.pop(name, None)
        if screen is not None:
            screen.flush()
            screen.leave()
            self.pages.removeWidget(screen)
            screen.deleteLater()

    def drop_screens(self) -> None:
        """Save what is being typed, then let every screen go: none of them does anything after this."""
        self.flush()
        for screen in self._made.values():
            screen.leave()
        self._made.clear()
        self.place = ""
        while (old := self.pages.widget(0)) is not None:
            self.pages.removeWidget(old)
            old.deleteLater()

    # -- what is said

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        self.notices.tell(notice)

    def status(self, saved: str | None = None, backup: str | None = None, user: str | None = None) -> None:
        """The words of the status bar; None leaves one as it is."""
        for part, text in ((self._saved, saved), (self._backup, backup), (self._user, user)):
            if text is not None:
                part.setText(text)

    def status_words(self) -> str:
        """Everything the status bar says."""
        return " ".join(part.text() for part in (self._saved, self._backup, self._user))

    def _on_busy_changed(self) -> None:
        named = [task for task in self._tasks.running if task.label]
        if not named:
            self.busy.end()
            return
        self.busy.begin(named[0].label)
        named[0].progressed.connect(self.busy.progress)

    def _on_cancel_asked(self) -> None:
        for task in self._tasks.running:
            if task.label:
                task.cancel()

    # -- keys and sizes

    def own_commands(self) -> dict[Command, Callable[[], object]]:
        return {
            Command.HELP: self.show_help,
            Command.LARGER: lambda: self.scale_asked.emit(1),
            Command.SMALLER: lambda: self.scale_asked.emit(-1),
        }

    def show_help(self) -> None:
        """What this screen is for, and every key that does something here."""
        screen = self.in_front()
        text = _(screen.help_text) if screen is not None and screen.help_text else _("Keys on this screen")
        keys = (key_words(command) for command in self.actions_table.commands())
        self.tell(Notice(text, Tone.INFO, " · ".join(keys)))

    def _fit(self) -> None:
        self.side.set_narrow(self.width() < look().px(NARROW_BELOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(1366, 740)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        self.closing.emit()
        super().closeEvent(event)
