"""What nobody should forget about the life of models: evidence, checks, findings, tasks, registrations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.book import Book
from db.life.checking import models_due
from db.life.overdue import not_registered_again, open_findings, overdue_tasks, without_evidence
from desktop.theme import Tone
from resources import _, ngettext


@dataclass(frozen=True, slots=True)
class Missing:
    """A sentence, how much it matters, and where to go: a place and what to show there."""

    text: str
    tone: Tone
    place: str = ""
    what: object = None


def follow_up(book: Book, year: int) -> Iterator[Missing]:
    """What is due and what is overdue today, and which models of the year have nothing to show."""
    yield from _findings(book)
    yield from _tasks(book)
    yield from _checks(book)
    yield from _evidence(book, year)
    yield from _not_again(book, year)


def _records(text: str, tone: Tone, title: str, records: Sequence[str]) -> Missing:
    return Missing(text.format(n=len(records)), tone, "records", (title, "", list(records)))


def _today(book: Book) -> str:
    return book.now().date().isoformat()


def _findings(book: Book) -> Iterator[Missing]:
    late, waiting = open_findings(book, _today(book))
    if late:
        text = ngettext(
            "{n} finding of a supervision should have been put right by now.",
            "{n} findings of supervisions should have been put right by now.",
            len(late),
        )
        yield _records(text, Tone.BAD, _("Findings overdue"), late)
    if waiting:
        text = ngettext(
            "{n} finding of a supervision is still open.",
            "{n} findings of supervisions are still open.",
            len(waiting),
        )
        yield _records(text, Tone.INFO, _("Findings still open"), waiting)


def _tasks(book: Book) -> Iterator[Missing]:
    late = overdue_tasks(book, _today(book))
    if late:
        text = ngettext(
            "{n} task should have been done by now.", "{n} tasks should have been done by now.", len(late)
        )
        yield _records(text, Tone.WARN, _("Tasks overdue"), late)


def _checks(book: Book) -> Iterator[Missing]:
    due = models_due(book, book.now().date())
    if due:
        text = ngettext(
            "{n} model is due for a look whether it still works.",
            "{n} models are due for a look whether they still work.",
            len(due),
        )
        yield _records(text, Tone.WARN, _("Checks due"), due)


def _evidence(book: Book, year: int) -> Iterator[Missing]:
    bare = without_evidence(book, year)
    if bare:
        text = ngettext(
            "{n} model has no photo, activity, contribution or result yet.",
            "{n} models have no photo, activity, contribution or result yet.",
            len(bare),
        )
        yield _records(text, Tone.WARN, _("Models without evidence"), bare)


def _not_again(book: Book, year: int) -> Iterator[Missing]:
    left = not_registered_again(book, year)
    if left:
        text = ngettext(
            "{n} model of {before} is not registered again in {year}.",
            "{n} models of {before} are not registered again in {year}.",
            len(left),
        ).format(n=len(left), before=year - 1, year=year)
        title = _("Not registered in {year}").format(year=year)
        yield Missing(text, Tone.INFO, "records", (title, "", left))
