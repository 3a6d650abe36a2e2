"""Reports: choose kind and period, write the prose beside the paper itself, sign, save, print."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QSplitter, QTabWidget, QVBoxLayout

import forms
from db.files import write_whole
from db.store import Record
from db.unreadable import PeriodError
from desktop.actions import Command, Handlers, words
from desktop.changes import Changes
from desktop.screens import opening, paper_work
from desktop.screens.paper_options import PaperOptions
from desktop.screens.paper_preview import PaperPreview
from desktop.screens.paper_register import PaperRegister
from desktop.screens.paper_sign import SignPanel
from desktop.screens.paper_texts import PaperTexts
from desktop.screens.paper_work import Drafted, SignAsked
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Lane, Step, Task
from desktop.theme import Tone, look
from desktop.widgets.bars import Notice
from desktop.widgets.header import Header
from desktop.widgets.labels import Card, button, pane, space
from desktop.widgets.scroll import ScrollColumn
from resources import N_, _, ngettext

DRAFT_PAUSE_MS = 700
_BESIDE_FROM = 900
_VERDICTS = {
    "valid": N_("The signature is valid."),
    "valid_with_remarks": N_("The signature is valid, with remarks: {reasons}"),
    "invalid": N_("The signature is not valid: {reasons}"),
}


class PapersScreen(Screen):
    """Opened on {"period": code}, {"paper": id of an issued one}, or on nothing."""

    types = ()
    help_text = N_("Write the sections on the left; the paper on the right is the PDF itself.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.drafted: Drafted | None = None
        self._drafting: Task | None = None
        self.options = PaperOptions(services)
        self.texts = PaperTexts(services, self.options.kind)
        self.preview = PaperPreview(services)
        self.sign_panel = SignPanel(services.settings.now.key_file)
        self.register = PaperRegister(services)
        self._pause = QTimer(self, singleShot=True, interval=DRAFT_PAUSE_MS)
        self._buttons()
        self._lay_out()
        self._connect()

    def open(self, what: object) -> None:
        """Write the paper of this period, or show one of the register."""
        if isinstance(what, dict) and what.get("paper"):
            self.tabs.setCurrentIndex(1)
            self.register.choose(str(what["paper"]))
        elif isinstance(what, dict) and what.get("period"):
            self.options.set_period(str(what["period"]))
            self.tabs.setCurrentIndex(0)

    def reload(self) -> None:
        """Draft anew and look at the register."""
        self._ask_draft()
        self.texts.reload()
        self.register.reload()

    def flush(self) -> None:
        """Save the prose that is being typed."""
        self.texts.flush()

    def commands(self) -> Handlers:
        """Keys of the paper."""
        return {
            Command.PRINT: self.print_paper,
            Command.SAVE_AS: self.save_draft,
            Command.NEW: self.start_signing,
        }

    # -- parts

    def _buttons(self) -> None:
        self._see = button(_("Preview"), self.swap, icon_name="eye")
        save = button(words(Command.SAVE_AS), self.save_draft, icon_name="download")
        print_ = button(words(Command.PRINT), self.print_paper, icon_name="printer")
        by_hand = button(_("Issue to sign by hand"), self.issue_by_hand, icon_name="pen-line")
        sign = button(_("Sign"), self.start_signing, icon_name="signature", kind="primary")
        self.header = Header(_("Reports"), self._see, save, print_, by_hand, sign, search=self.finder)
        self._needs_draft = (save, print_, by_hand, sign)

    def _lay_out(self) -> None:
        self._left = ScrollColumn()
        asked = Card()
        asked.box.addWidget(self.options)
        self.sign_panel.hide()
        for part in (self.sign_panel, asked, self.texts):
            self._left.column.addWidget(part)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._left)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 3)
        page = pane()
        box = QVBoxLayout(page)
        space(box, (0, 12, 0, 0), 0)
        box.addWidget(self._split)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Writing and register"))
        self.tabs.addTab(page, _("Write the report"))
        self.tabs.addTab(self.register, _("Issued papers"))
        self.box.addWidget(self.header)
        self.box.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._draft)
        self.options.changed.connect(self._on_asked_other)
        self.sign_panel.asked.connect(self._on_sign_asked)
        self.sign_panel.given_up.connect(self.sign_panel.hide)
        self.register.counted.connect(self._on_counted)
        self.register.again.connect(self._on_again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look().px(_BESIDE_FROM)
        self._see.setVisible(not beside)
        if beside:
            self._left.show()
            self.preview.show()
        elif not (self._left.isHidden() or self.preview.isHidden()):
            self.preview.hide()
            self._say_what_swaps()

    def swap(self) -> None:
        """Where there is no room for both: the paper in place of the writing, and back."""
        shown = self.preview.isHidden()
        self.preview.setVisible(shown)
        self._left.setVisible(not shown)
        self._say_what_swaps()

    def _say_what_swaps(self) -> None:
        self.header.rename(self._see, _("Preview") if self.preview.isHidden() else _("Back to writing"))

    # -- the draft

    def _on_asked_other(self) -> None:
        self._ask_draft()
        self._fit_texts()
        try:
            self.texts.show_request(self.options.request())
        except PeriodError:
            return

    def _fit_texts(self) -> None:
        """The sections of the kind of paper that is chosen; a paper without any shows none."""
        kind = self.options.kind
        if kind.id != self.texts.kind.id:
            self.texts.flush()
            old, self.texts = self.texts, PaperTexts(self.services, kind)
            self._left.column.replaceWidget(old, self.texts)
            old.hide()
            old.deleteLater()
        self.texts.setVisible(bool(kind.sections))

    def _ask_draft(self) -> None:
        self._pause.start()

    def _draft(self) -> None:
        try:
            request = self.options.request()
        except PeriodError as error:
            self.preview.refuse(error.sentence())
            return
        self.texts.show_request(request)
        if self._drafting is not None:
            self._drafting.cancel()
        self.preview.wait()
        self._set_ready(None)
        self._drafting = self.services.tasks.run(
            paper_work.drafting(request), lane=Lane.LONG, done=self._on_drafted, failed=self._on_not_drafted
        )

    def _on_drafted(self, found: Drafted) -> None:
        self._drafting = None
        self._set_ready(found)
        self.header.count(found.draft.title)
        self.preview.show_draft(found)

    def _on_not_drafted(self, error: Exception) -> None:
        self._drafting = None
        self.preview.refuse(opening.sentence(error))

    def _set_ready(self, drafted: Drafted | None) -> None:
        self.drafted = drafted
        for one in self._needs_draft:
            one.setEnabled(drafted is not None)

    def _on_published(self, _changes: Changes, _initiator: object) -> None:
        if self.isVisible():
            self._ask_draft()
            self.texts.reload()
        else:
            self._stale = True

    # -- what the clerk does

    def start_signing(self) -> None:
        """The panel for the key file; the password is asked last."""
        if self.drafted is not None:
            self.flush()
            if self.preview.isVisible() and self._left.isHidden():
                self.swap()
            self.tabs.setCurrentIndex(0)
            self.sign_panel.show()
            self._left.verticalScrollBar().setValue(0)
            self.sign_panel.start()

    def issue_by_hand(self) -> None:
        """Register the paper unsigned: it is printed and signed with a pen."""
        self._issue(None)

    def save_draft(self) -> None:
        """A copy of the draft wherever the clerk wants it; nothing is registered."""
        drafted = self.drafted
        if drafted is None:
            return
        unit = self.services.book.get("org_unit", drafted.draft.request.unit)
        name = forms.usual_name(drafted.draft.request, unit, signed=False)
        usual = str(Path(self.services.settings.now.last_folder) / name)
        file, _kind = QFileDialog.getSaveFileName(self, _("Save the draft"), usual, "PDF (*.pdf)")
        if file:
            self.save_to(Path(file))

    def print_paper(self) -> None:
        """Print the PDF itself, whole pages."""
        drafted = self.drafted
        if drafted is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on this printer, in the worker."""
        if self.drafted is not None:
            work = paper_work.printing(self.drafted.draft.pdf, printer)
            self.services.tasks.run(work, lane=Lane.LONG, label=_("Printing …"), done=self._on_printed)

    def save_to(self, file: Path) -> None:
        """Write the draft there, in the worker."""
        if self.drafted is None:
            return
        pdf = self.drafted.draft.pdf

        def work(_step: Step) -> Path:
            write_whole(file, pdf)
            return file

        self.services.tasks.run(work, lane=Lane.LONG, done=self._on_saved)

    def _on_saved(self, file: Path) -> None:
        text = _("The draft was saved as {name}.").format(name=file.name)
        self.services.tell(Notice(text, Tone.GOOD, "", _("Open the file"), partial(_open_file, file)))

    def _on_printed(self, pages: int) -> None:
        text = ngettext("{n} page was sent to the printer.", "{n} pages were sent to the printer.", pages)
        self.services.tell(Notice(text.format(n=pages), Tone.GOOD))

    def _on_sign_asked(self, sign: SignAsked) -> None:
        self.services.settings.change(key_file=str(sign.file))
        self._issue(sign)

    def _issue(self, sign: SignAsked | None) -> None:
        if self.drafted is None:
            return
        folder = paper_work.folder_of(self.services.book.path)
        self.services.tasks.run(
            paper_work.issuing(self.drafted.draft, folder, sign),
            lane=Lane.WRITE,
            label=_("Issuing the paper …"),
            done=self._on_issued,
            failed=self._on_not_issued,
        )

    def _on_issued(self, issued: forms.Issued) -> None:
        self.sign_panel.hide()
        self._left.verticalScrollBar().setValue(0)
        self.services.saving.announce(Changes(frozenset({"paper"})), self)
        self.register.reload()
        self.services.tell(
            Notice(
                _("The paper is issued: {name}").format(name=issued.file.name),
                Tone.GOOD if issued.verdict is None or issued.verdict["verdict"] != "invalid" else Tone.BAD,
                _verdict_words(issued),
                _("Open the file"),
                partial(_open_file, issued.file),
            )
        )

    def _on_not_issued(self, error: Exception) -> None:
        if self.sign_panel.isVisible():
            self.sign_panel.refuse(opening.sentence(error))
        else:
            self.services.tasks.fail(error)

    def _on_counted(self, papers: int, outdated: int) -> None:
        words = _("Issued papers")
        text = f"{words} ({papers})" if papers else words
        if outdated:
            text += " · " + _("{n} with changed figures").format(n=outdated)
        self.tabs.setTabText(1, text)

    def _on_again(self, paper: Record) -> None:
        """The same paper with today's figures; its number and day are to be given anew."""
        self.options.set_request(forms.request_of(paper))
        self.tabs.setCurrentIndex(0)


def _verdict_words(issued: forms.Issued) -> str:
    if issued.verdict is None:
        return ""
    reasons = "; ".join(reason for one in issued.verdict["signatures"] for reason in one["reasons"])
    return _(_VERDICTS.get(issued.verdict["verdict"], "")).format(reasons=reasons)


def _open_file(file: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
