"""What a book lacks for its papers, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db.book import Book
from db.life.overdue import incomplete
from desktop.screens.reminders import Missing, follow_up
from desktop.theme import Tone
from resources import _, ngettext

_OFFICE = ("place", "symbol", "parent_line")
__all__ = ["Missing", "missing"]


def missing(book: Book, year: int, figures: Mapping[str, Any]) -> Iterator[Missing]:
    """Everything that is missing, what blocks a paper first."""
    yield from _office(book)
    yield from _conflicts(book)
    yield from _figures(figures)
    yield from _registrations(book, year)
    yield from _headings(book, year)
    yield from follow_up(book, year)


def _office(book: Book) -> Iterator[Missing]:
    profiles = book.find("office_profile", {"unit": book.own_unit()})
    lacking = not profiles or any(not profiles[-1][name] for name in _OFFICE)
    if lacking:
        text = _("The head of papers is not complete: place, symbol, superior office.")
        yield Missing(text, Tone.BAD, "setup")
    if not book.count("signatory", {"unit": book.own_unit()}):
        yield Missing(_("Nobody is entered who signs papers."), Tone.BAD, "setup")


def _conflicts(book: Book) -> Iterator[Missing]:
    count = len(book.conflicts())
    if count:
        text = ngettext(
            "{n} conflict waits for a decision.", "{n} conflicts wait for a decision.", count
        ).format(n=count)
        yield Missing(text, Tone.BAD, "conflicts")


def _figures(figures: Mapping[str, Any]) -> Iterator[Missing]:
    for problem in figures["problems"]:
        yield Missing(str(problem["message"]), Tone.WARN)


def _registrations(book: Book, year: int) -> Iterator[Missing]:
    drafts = book.count("registration", {"year": year, "status": "draft"})
    if drafts:
        text = ngettext(
            "{n} registration is still a draft and is not counted.",
            "{n} registrations are still drafts and are not counted.",
            drafts,
        ).format(n=drafts)
        yield Missing(text, Tone.WARN, "models", {"year": year, "status": "draft"})


def _headings(book: Book, year: int) -> Iterator[Missing]:
    lacking = incomplete(book, year)
    if lacking:
        text = ngettext(
            "{n} model lacks some of its ten headings.",
            "{n} models lack some of their ten headings.",
            len(lacking),
        ).format(n=len(lacking))
        yield Missing(text, Tone.WARN, "records", (_("Ten headings not complete"), "", lacking))
