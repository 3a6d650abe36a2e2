"""Who opens the book: accounts, passwords and the recovery sheet, each asked in the card itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db import accounts
from db.book import Book
from desktop import screens
from desktop.screens import opening
from desktop.screens.unlock import PasswordField
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.labels import Card, button, label, line, pane, pill, row, space
from resources import N_, _

NAME, OLD, FIRST, SECOND = "name", "old", "first", "second"
_CAPTIONS = {
    NAME: N_("Name of the account"),
    OLD: N_("Password until now"),
    FIRST: N_("New password"),
    SECOND: N_("New password once more"),
}
Typed = dict[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """Something about accounts that is asked first: its words, what is typed, and what is then done."""

    title: str
    about: str
    fields: tuple[str, ...]
    button: str
    do: Callable[[Book, Typed], Any]
    done: Callable[[Any], None]


class AskPanel(QWidget):
    """What is typed for one change. Signals: ``opened``, ``asked(Typed)``, ``given_up``."""

    opened = Signal()
    asked = Signal(dict)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.ask: Ask | None = None
        self.fields: dict[str, QLineEdit] = {
            name: QLineEdit() if name == NAME else PasswordField(_(words))
            for name, words in _CAPTIONS.items()
        }
        self._boxes = {name: self._captioned(_(words), name) for name, words in _CAPTIONS.items()}
        self._title, self._about = label("", "section", wrap=True), label("", "quiet", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._do = button(_("Change"), self.go, icon_name="check", kind="primary")
        box = QVBoxLayout(self)
        space(box, (0, 8, 0, 0), 8)
        for part in (line(), self._title, self._about):
            box.addWidget(part)
        for pair in ((NAME, OLD), (FIRST, SECOND)):
            box.addLayout(row(*(self._boxes[name] for name in pair), between=16))
        box.addWidget(self._problem)
        box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1, self._do))

    def show_ask(self, ask: Ask) -> None:
        """Ask this, from the beginning."""
        self.ask = ask
        self._title.setText(ask.title)
        self._about.setText(ask.about)
        self._do.setText(f" {ask.button}")
        self._do.setAccessibleName(ask.button)
        for name, field in self.fields.items():
            field.clear()
            self._boxes[name].setVisible(name in ask.fields)
        self.refuse("")
        self.show()
        (self.fields[ask.fields[0]] if ask.fields else self._do).setFocus()
        self.opened.emit()

    def said(self) -> str:
        """Why it was not done."""
        return self._problem.text()

    def refuse(self, sentence: str) -> None:
        """Why it is not done; what was typed stays."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._do.setEnabled(True)

    def go(self) -> None:
        """Do it, unless the two new passwords differ."""
        if self.ask is None or not self._do.isEnabled():
            return
        typed = {name: self.fields[name].text() for name in self.ask.fields}
        if typed.get(FIRST) != typed.get(SECOND):
            self.refuse(_("The two passwords are not the same. Please type them again."))
            return
        self.refuse("")
        self._do.setEnabled(False)
        self.asked.emit(typed)

    def forget(self) -> None:
        """Nothing typed stays in the fields."""
        self.ask = None
        for field in self.fields.values():
            field.clear()
        self.hide()

    def _captioned(self, words: str, name: str) -> QWidget:
        made, caption, field = pane(), label(words, "small"), self.fields[name]
        field.setAccessibleName(words)
        field.returnPressed.connect(partial(self._on_enter, name))
        caption.setBuddy(field)
        box = QVBoxLayout(made)
        space(box, between=4)
        box.addWidget(caption)
        box.addWidget(field)
        return made

    def _on_enter(self, name: str) -> None:
        fields = self.ask.fields if self.ask else ()
        following = fields[fields.index(name) + 1 :]
        if following:
            self.fields[following[0]].setFocus()
        else:
            self.go()


class AccountsCard(Card):
    """The accounts of the open book."""

    def __init__(self, services: Services) -> None:
        super().__init__(_("Who opens this book"))
        self._services = services
        self._names: tuple[str, ...] = ()
        self._rows = QVBoxLayout()
        space(self._rows, between=4)
        self.panel = AskPanel()
        self.panel.asked.connect(self._on_asked)
        self.panel.given_up.connect(self.panel.forget)
        self.panel.hide()
        self.box.addWidget(
            label(_("Each person has a name and a password of their own: the history says who did what."),
                  "quiet", wrap=True)
        )  # fmt: skip
        self.box.addLayout(self._rows)
        add = button(_("Add an account"), self.ask_add, icon_name="plus")
        change = button(_("Change my password"), self.ask_change, icon_name="key-round")
        sheet = button(_("New recovery sheet"), self.ask_sheet, icon_name="printer")
        self.box.addLayout(row(add, *([change] if self._has_password else []), sheet, 1))
        self.box.addWidget(self.panel)

    @property
    def _has_password(self) -> bool:
        return not accounts.opened_by_sheet(self._services.book)

    def names(self) -> tuple[str, ...]:
        """The accounts that are listed."""
        return self._names

    def reload(self) -> None:
        """Read the accounts anew."""
        self._names = accounts.names(self._services.book)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for name in self._names:
            self._rows.addWidget(self._row(name))

    def _row(self, name: str) -> QWidget:
        made = pane()
        mine = name == self._services.book.account
        parts: list[QWidget | int] = [label(name)]
        if mine:
            parts.append(pill(_("You"), Tone.INFO))
        parts.append(1)
        if not self._has_password:
            parts.append(self._link(_("Set a new password"), name, self.ask_reset))
        if not mine and len(self._names) > 1:
            parts.append(self._link(_("Remove"), name, self.ask_remove))
        made.setLayout(row(*parts))
        return made

    @staticmethod
    def _link(words: str, name: str, ask: Callable[[str], None]) -> QWidget:
        made = button(words, partial(ask, name), kind="link")
        made.setAccessibleName(f"{words}: {name}")
        return made

    # -- what can be asked

    def ask_add(self) -> None:
        """A second account: its name, its password twice."""
        self.panel.show_ask(Ask(
            _("A new account"),
            _("At least 8 characters. The new person types the password themselves."),
            (NAME, FIRST, SECOND),
            _("Add"),
            lambda book, typed: accounts.add(book, typed[NAME], typed[FIRST]),
            lambda name: self._end(_("{name} can open this book now.").format(name=name)),
        ))  # fmt: skip

    def ask_change(self) -> None:
        """Another password for oneself, with the old one."""
        self.panel.show_ask(Ask(
            _("Another password for {name}").format(name=self._services.book.account),
            _("At least 8 characters. Copies made before still open with the password they had."),
            (OLD, FIRST, SECOND),
            _("Change"),
            lambda book, typed: accounts.change_password(book, typed[OLD], typed[FIRST]),
            lambda _none: self._end(_("Your password was changed.")),
        ))  # fmt: skip

    def ask_reset(self, name: str) -> None:
        """Another password for anybody: the recovery sheet opened the book."""
        self.panel.show_ask(Ask(
            _("Another password for {name}").format(name=name),
            _("The recovery sheet opened this book, so the old password is not needed."),
            (FIRST, SECOND),
            _("Change"),
            lambda book, typed: accounts.reset_password(book, name, typed[FIRST]),
            lambda _none: self._end(_("{name} can open this book with the new password.").format(name=name)),
        ))  # fmt: skip

    def ask_remove(self, name: str) -> None:
        """Take an account away."""
        self.panel.show_ask(Ask(
            _("Remove {name}?").format(name=name),
            _("This password opens the book no more. What this person entered stays, with their name. "
              "Copies made before still open with it."),
            (),
            _("Remove"),
            lambda book, _typed: accounts.remove(book, name),
            lambda _none: self._end(_("{name} can no longer open this book.").format(name=name)),
        ))  # fmt: skip

    def ask_sheet(self) -> None:
        """Another recovery sheet."""
        self.panel.show_ask(Ask(
            _("Make a new recovery sheet?"),
            _("The sheet in the safe opens this book no more: destroy it and put the new one in its place. "
              "When the book is opened next, the new code is asked once."),
            (),
            _("Make the sheet"),
            _make_sheet,
            self._on_sheet,
        ))  # fmt: skip

    # -- doing it

    def _on_asked(self, typed: Typed) -> None:
        ask = self.panel.ask
        if ask is None:
            return

        def work(step: Step) -> Any:
            return ask.do(step.book, typed)

        self._services.tasks.run(
            work, lane=Lane.WRITE, label=ask.title, done=ask.done, failed=self._on_refused
        )

    def _on_refused(self, error: Exception) -> None:
        self.panel.refuse(opening.sentence(error))

    def _end(self, text: str, file: Path | None = None) -> None:
        self.panel.forget()
        self.reload()
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(file))) if file else None
        action = _("Open the sheet to print it") if file else ""
        self._services.tell(Notice(text, Tone.INFO if file else Tone.GOOD, str(file or ""), action, show))

    def _on_sheet(self, file: Path) -> None:
        settings, path = self._services.settings, str(self._services.book.path)
        settings.change(unconfirmed=tuple(dict.fromkeys((*settings.now.unconfirmed, path))))
        self._end(_("The new recovery sheet is made: print it, then delete the file."), file)


def _make_sheet(book: Book, _typed: Typed) -> Path:
    made: Path = screens.sheet.write_sheet(accounts.new_sheet(book), book.path, book.now().date())
    return made
