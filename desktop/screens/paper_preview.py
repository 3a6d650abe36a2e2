"""The paper itself beside the writing: pages of the PDF, what to look at, zoom."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.screens import paper_work
from desktop.screens.paper_work import Drafted
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice, NoticeBar
from desktop.widgets.labels import button, label, row, space
from desktop.widgets.pages import ZOOMS, PagesView
from resources import _, ngettext


class PaperPreview(QWidget):
    """Pictures are made in the reader's worker when a page comes into view."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._drafted: Drafted | None = None
        self.pages = PagesView(_("Pages of the paper"))
        self.pages.wanted.connect(self._on_wanted)
        self.pages.verticalScrollBar().valueChanged.connect(self._say_page)
        self._state = label("", "quiet")
        self._far = label("", "quiet")
        self.problems = NoticeBar()
        smaller = button("", partial(self._zoom, -1), icon_name="zoom-out", kind="quiet", tip=_("Smaller"))
        larger = button("", partial(self._zoom, 1), icon_name="zoom-in", kind="quiet", tip=_("Larger"))
        box = QVBoxLayout(self)
        space(box, (8, 0, 0, 0), 4)
        box.addWidget(self.problems)
        box.addWidget(self.pages, 1)
        box.addLayout(row(self._state, 1, self._far, smaller, larger))

    def wait(self) -> None:
        """A new draft is on its way; the old pages stay meanwhile."""
        self._state.setText(_("Counting and drawing …"))

    def refuse(self, sentence: str) -> None:
        """There is no paper; why."""
        self._state.clear()
        self.problems.tell(Notice(sentence, Tone.BAD))

    def said(self) -> str:
        """What the bar above the pages says."""
        notice = self.problems.notice
        return notice.text if notice else ""

    def show_draft(self, drafted: Drafted) -> None:
        """The pages of this draft and what the clerk should look at."""
        self._drafted = drafted
        count = len(drafted.pages)
        self._state.setText(ngettext("{n} page", "{n} pages", count).format(n=count))
        self._show_problems(drafted)
        self.pages.show_pages(drafted.pages)
        self._say_page()

    def _show_problems(self, drafted: Drafted) -> None:
        found = list(dict.fromkeys(problem.message for problem in drafted.draft.problems))
        if not found:
            self.problems.close_bar()
            return
        count = ngettext(
            "{n} thing to look at before it is issued",
            "{n} things to look at before it is issued",
            len(found),
        ).format(n=len(found))
        shown = "\n".join(f"– {message}" for message in found[:2])
        more = len(found) - 2
        if more > 0:
            shown += "\n– " + ngettext("and {n} more", "and {n} more", more).format(n=more)
        self.problems.tell(Notice(count, Tone.WARN, shown))
        self.problems.setToolTip("\n".join(found))

    def _on_wanted(self, page: int, width: int) -> None:
        drafted = self._drafted
        if drafted is None:
            return
        pdf = drafted.draft.pdf

        def work(_step: Step) -> QImage:
            return paper_work.picture(pdf, page, width)

        self._services.tasks.run(work, lane=Lane.READ, done=partial(self._put, drafted, page))

    def _put(self, drafted: Drafted, page: int, image: QImage) -> None:
        if drafted is self._drafted:
            self.pages.put(page, image)

    def _zoom(self, step: int) -> None:
        at = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - self.pages.zoom))
        self.pages.set_zoom(ZOOMS[min(max(at + step, 0), len(ZOOMS) - 1)])

    def _say_page(self) -> None:
        if self._drafted is not None:
            here, count = self.pages.page_in_view() + 1, len(self._drafted.pages)
            self._far.setText(_("Page {here} of {count}").format(here=here, count=count))
