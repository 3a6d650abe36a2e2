"""What is done with papers in the workers: draft, pictures of pages, issue, print, look for outdated ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

import forms
from db.consents import outdated_by_consent
from db.files import make_folder
from db.store import Record
from desktop.tasks import Step
from desktop.widgets.pages import PageSize
from forms import signing

PRINT_DPI = 300
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft and the sizes of its pages."""

    draft: forms.Draft
    pages: list[PageSize]


@dataclass(frozen=True, slots=True)
class SignAsked:
    """The key file to sign with and what opens it."""

    file: Path
    password: str


def drafting(request: forms.PaperRequest) -> Callable[[Step], Drafted]:
    """Work that drafts a paper."""

    def work(step: Step) -> Drafted:
        made = forms.draft_paper(step.book, request)
        step.check()
        return Drafted(made, [PageSize(*size) for size in forms.page_sizes(made.pdf)])

    return work


def picture(pdf: bytes, page: int, width: int) -> QImage:
    """One page as an image of its own."""
    found = forms.render_page(pdf, page, width)
    image = QImage(found.data, found.width, found.height, found.stride, QImage.Format.Format_RGB888)
    return image.copy()


def issuing(draft: forms.Draft, folder: Path, sign: SignAsked | None) -> Callable[[Step], forms.Issued]:
    """Work that signs a paper (or leaves it to be signed by hand), writes its file and registers it."""

    def work(step: Step) -> forms.Issued:
        key = signing.load_key(sign.file, sign.password) if sign else None
        unit = step.book.get("org_unit", draft.request.unit)
        make_folder(folder)
        target = free_name(folder / forms.usual_name(draft.request, unit, signed=key is not None))
        return forms.issue_paper(step.book, draft, target, key=key)

    return work


def folder_of(book: Path) -> Path:
    """Where the issued papers of a book are kept."""
    return book.with_name(f"{book.name}.papers")


def free_name(file: Path) -> Path:
    """This name, or the next one with a number: a paper that was issued is never written over."""
    number, free = 1, file
    while free.exists():
        number += 1
        free = file.with_name(f"{file.stem}_{number}{file.suffix}")
    return free


@dataclass(frozen=True, slots=True)
class Registered:
    """A paper of the register. ``outdated``: its figures would be others today, or (``is_withdrawn``)
    somebody whom it shows no longer agrees. ``is_replaced``: a draft after which a newer one was made."""

    record: Record
    outdated: bool
    is_withdrawn: bool = False
    is_replaced: bool = False

    @property
    def state(self) -> str:
        """fresh, outdated, replaced or withdrawn."""
        known = {"withdrawn": self.is_withdrawn, "outdated": self.outdated, "replaced": self.is_replaced}
        return next((state for state, holds in known.items() if holds), "fresh")


def register(step: Step) -> list[Registered]:
    """The papers that were issued, the latest first."""
    papers = step.book.find("paper", order="-issued_on")
    outdated = {paper.id for paper in forms.outdated_papers(step.book)} if papers else set()
    today = step.book.now().date().isoformat()
    withdrawn = outdated_by_consent(step.book, today) if papers else {}
    replaced = forms.replaced_drafts(step.book)
    return [
        Registered(paper, paper.id in outdated, paper.id in withdrawn, paper.id in replaced)
        for paper in papers
    ]


def printing(pdf: bytes, printer: QPrinter) -> Callable[[Step], int]:
    """Work that prints every page whole, as a picture of 300 dots an inch; how many were printed."""

    def work(step: Step) -> int:
        sizes = forms.page_sizes(pdf)
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        _set_page(printer, *sizes[0])
        painter = QPainter(printer)
        try:
            for page, size in enumerate(sizes):
                step.progress(page, len(sizes))
                if page:
                    _set_page(printer, *size)
                    printer.newPage()
                image = picture(pdf, page, round(size[0] / 72 * PRINT_DPI))
                painter.drawImage(QRect(0, 0, image.width(), image.height()), image)
        finally:
            painter.end()
        return len(sizes)

    return work


def _set_page(printer: QPrinter, width: float, height: float) -> None:
    lies = width > height
    narrow, long = sorted((width * _MM_PER_POINT, height * _MM_PER_POINT))
    printer.setPageSize(QPageSize(QSizeF(narrow, long), QPageSize.Unit.Millimeter))
    side = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(side)
