"""The office's own templates of papers: out to a folder, changed there, tried, used; or the shipped again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

import forms
from db.book import Book
from desktop.changes import Changes
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.labels import Card, button, label, pane, pill, row, space
from forms.paper_kinds import PaperKind, kinds
from resources import _

TYPE = "paper_template"


class TemplatesCard(Card):
    """One line for each kind of paper."""

    def __init__(self, services: Services) -> None:
        super().__init__(_("Templates of papers"))
        self._services = services
        self._own: frozenset[str] = frozenset()
        self._rows = QVBoxLayout()
        space(self._rows, between=4)
        about = _("Save the two text files to a folder, change them with Notepad, then use that folder.")
        self.box.addWidget(label(about, "quiet", wrap=True))
        self.box.addLayout(self._rows)

    def own(self) -> frozenset[str]:
        """The kinds of paper that the office has changed."""
        return self._own

    def reload(self) -> None:
        """Which templates are in force."""
        found = self._services.book.find(TYPE)
        self._own = frozenset(str(record["paper_kind"]) for record in found)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for kind in kinds():
            self._rows.addWidget(self._row(kind))

    def _row(self, kind: PaperKind) -> QWidget:
        own = kind.id in self._own
        state = pill(_("Own template"), Tone.INFO) if own else pill(_("Shipped template"), Tone.PLAIN)
        parts: list[QWidget | int] = [label(kind.title, wrap=True), 1, state]
        parts.append(self._link(_("Save to a folder …"), kind, self.choose_target))
        parts.append(self._link(_("Use changed files …"), kind, self.choose_source))
        if own:
            parts.append(self._link(_("Use the shipped one again"), kind, self.use_shipped))
        made = pane()
        made.setLayout(row(*parts))
        return made

    @staticmethod
    def _link(words: str, kind: PaperKind, do: Callable[[PaperKind], None]) -> QWidget:
        made = button(words, partial(do, kind), kind="link")
        made.setAccessibleName(f"{words}: {kind.title}")
        return made

    # -- what can be done

    def choose_target(self, kind: PaperKind) -> None:
        """Ask where the two files go."""
        folder = self._folder(_("Where to save the template"))
        if folder:
            self.save(kind, folder)

    def choose_source(self, kind: PaperKind) -> None:
        """Ask where the changed files are."""
        folder = self._folder(_("The folder with the changed files"))
        if folder:
            self.use(kind, folder)

    def save(self, kind: PaperKind, folder: Path) -> None:
        """Write the two files that are in force."""
        self._services.tasks.run(
            lambda step: forms.save_files(step.book, kind.id, folder), lane=Lane.LONG, done=self._on_saved
        )

    def use(self, kind: PaperKind, folder: Path) -> None:
        """Try the files of this folder, then use them from now on."""
        self._write(lambda book: forms.use_files(book, kind.id, folder))

    def use_shipped(self, kind: PaperKind) -> None:
        """Back to the template of the program."""
        self._write(lambda book: forms.use_shipped(book, kind.id))

    def _folder(self, words: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, words, self._services.settings.now.last_folder)
        return Path(chosen) if chosen else None

    def _write(self, do: Callable[[Book], str | None]) -> None:
        def work(step: Step) -> str | None:
            return do(step.book)

        self._services.tasks.run(work, lane=Lane.WRITE, label=_("Trying the template …"), done=self._on_used)

    def _on_saved(self, files: list[Path]) -> None:
        words = _("The template was saved to {folder}.").format(folder=files[0].parent)
        self._services.tell(Notice(words, Tone.GOOD))

    def _on_used(self, batch: str | None) -> None:
        if batch is None:
            self._services.tell(Notice(_("This template is in force already."), Tone.INFO))
            return
        self._services.saving.announce(Changes(frozenset({TYPE}), frozenset(), batch))
        words = _("Papers are made with this template from now on. Ctrl+Z takes it back.")
        self._services.tell(Notice(words, Tone.GOOD))
        self.reload()
