"""The first screen: open a recent book, another one, or make a new one. Loads nothing of the book itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop import screens
from desktop.screens.unlock import UnlockForm
from desktop.theme import look
from desktop.widgets.empty import EmptyState
from desktop.widgets.labels import Card, button, label, pane, row, space
from desktop.widgets.tiles import Tile
from resources import _, language

if TYPE_CHECKING:
    from desktop.screens.create import CreateForm
    from desktop.screens.recovery import RecoveryStep

BOOK_ENDING = ".danvan"


class StartScreen(QWidget):
    """Signals: ``unlock_asked(path, password)``, ``new_asked(NewBook)``, ``language_asked(code)``."""

    unlock_asked = Signal(Path, str)
    new_asked = Signal(object)
    language_asked = Signal(str)

    def __init__(self, recent: tuple[str, ...], folder: Path) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._folder = folder
        self._steps = QStackedWidget()
        self.unlock = UnlockForm()
        self.create_form: CreateForm | None = None
        self._welcome = self._welcome_page([Path(one) for one in recent])
        for page in (self._welcome, self.unlock):
            self._steps.addWidget(page)
        self.unlock.asked.connect(self.unlock_asked)
        self.unlock.back.connect(self.show_welcome)
        self._lay_out()

    def choose(self, book: Path) -> None:
        """Ask for the password of this book."""
        self.unlock.show_book(book)
        self._steps.setCurrentWidget(self.unlock)
        self.unlock.focus()

    def step(self) -> QWidget | None:
        """What is in front."""
        return self._steps.currentWidget()

    def show_welcome(self) -> None:
        """Back to the choice."""
        self._steps.setCurrentWidget(self._welcome)

    def show_create(self) -> None:
        """The form for a new book."""
        if self.create_form is None:
            self.create_form = screens.create.CreateForm(self._folder)
            self.create_form.asked.connect(self.new_asked)
            self.create_form.back.connect(self.show_welcome)
            self._steps.addWidget(self.create_form)
        self._steps.setCurrentWidget(self.create_form)
        self.create_form.form.focus()

    def show_recovery(self, sheet: Path, *, whole: bool = False) -> RecoveryStep:
        """The sheet is to be printed and typed back; the step says what was typed."""
        step: RecoveryStep = screens.recovery.RecoveryStep(sheet, whole=whole)
        self._steps.addWidget(step)
        self._steps.setCurrentWidget(step)
        return step

    def _lay_out(self) -> None:
        card = Card()
        space(card.box, (32, 28, 32, 28), 8)
        head = QVBoxLayout()
        space(head, between=2)
        head.addWidget(label(_("Sổ Dân vận"), "title"))
        about = _("The book of the movement “Dân vận khéo”, on this PC alone.")
        head.addWidget(label(about, "quiet", wrap=True))
        top = QHBoxLayout()
        top.addLayout(head, 1)
        top.addWidget(self._language_button(), 0, Qt.AlignmentFlag.AlignTop)
        card.box.addLayout(top)
        card.box.addSpacing(look().px(8))
        card.box.addWidget(self._steps)
        card.setFixedWidth(look().px(600))
        inner = pane()
        centre = QVBoxLayout(inner)
        centre.addStretch(1)
        # Between stretches, not aligned: an aligned card would get the height of wider, less wrapped text.
        centre.addLayout(row(1, card, 1))
        centre.addStretch(2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        box = QVBoxLayout(self)
        space(box)
        box.addWidget(scroll)

    def _language_button(self) -> QWidget:
        # Each language is named in itself: it must be found by those who do not read the other one.
        other, words = ("en", "English") if language() == "vi" else ("vi", "Tiếng Việt")
        return button(words, lambda: self.language_asked.emit(other), kind="quiet")

    def _welcome_page(self, recent: list[Path]) -> QWidget:
        page = pane()
        box = QVBoxLayout(page)
        space(box, between=8)
        if recent:
            box.addWidget(label(_("Open a recent book"), "section"))
        for book in recent[:4]:
            box.addWidget(self._recent_tile(book))
        box.addSpacing(look().px(8))
        buttons = QHBoxLayout()
        space(buttons, between=12)
        new = button(_("Make a new book"), self.show_create, icon_name="plus", kind="primary")
        other = button(_("Open another book…"), self._choose_file, icon_name="folder-open")
        for one in (new, other):
            buttons.addWidget(one, 1)
        box.addLayout(buttons)
        return page

    def _recent_tile(self, book: Path) -> Tile:
        tile = Tile(book.stem, "book-open")
        there = book.exists()
        tile.say("", str(book.parent) if there else _("No longer there: {path}").format(path=book))
        tile.setEnabled(there)
        tile.clicked.connect(lambda: self.choose(book))
        return tile

    def _choose_file(self) -> None:
        books, everything = _("Books"), _("All files")
        kinds = f"{books} (*{BOOK_ENDING});;{everything} (*)"
        file, _kind = QFileDialog.getOpenFileName(self, _("Open a book"), str(self._folder), kinds)
        if file:
            self.choose(Path(file))


class Closing(EmptyState):
    """Stands for the moment in which what was typed is written and the book is closed."""

    def __init__(self) -> None:
        super().__init__("book-open", _("Closing the book …"))
