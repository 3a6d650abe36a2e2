"""What a clerk is warned of when a paper is drafted: a head that is only guessed, data from days to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from db import Book
from db.numbers import show_date
from forms.office_name import names_a_place
from forms.paper_data import Office, PaperData
from resources import _

Told = tuple[str, str]
"""Code and sentence."""

_HIGHEST: Final = frozenset({"city", "province"})
_GROUP: Final = "residential_group"
"""`domain.md` §4.1: its papers stand under its own name and have no number and symbol."""


def letterhead_warnings(book: Book, office: Office) -> Iterator[Told]:
    """Lines of the head that nobody filled in, or that are only the name under which the book was made."""
    own = book.get("org_unit", book.own_unit())
    where = _("Fill it in under “{screen}”, “{card}”.").format(
        screen=_("Office and settings"), card=_("The office on papers")
    )
    for code, words in _lacking(str(own["kind"]), office):
        yield code, f"{words} {where}"


def _lacking(kind: str, office: Office) -> Iterator[Told]:
    if kind != _GROUP and names_a_place(office.name_line):
        words = _("The head of the paper names the place “{line}”, not the office that issues the paper.")
        yield "letterhead_guessed", words.format(line=office.name_line)
    if kind not in _HIGHEST and not office.parent_line:
        yield "no_superior", _("The head of the paper has no superior office above its own.")
    if kind != _GROUP and not office.symbol:
        yield "no_symbol", _("The head of the paper has no symbol, so there is no room for its number.")


def dated_after(data: PaperData) -> Iterator[Told]:
    """Data dated after the day of the draft: a plan, or a slip of the year.

    The last day of a year is passed over: rows of which only the year is known stand there.
    """
    last, closed_on = data.figures["period"]["data_to"] or "", data.closed_on(data.figures)
    if last > closed_on and not last.endswith("-12-31"):
        words = _(
            "Some data are dated up to {last}, later than today. Please check whether these dates are right."
        )
        yield "dated_after_today", words.format(last=show_date(last))
