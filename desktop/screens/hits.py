"""What a search finds, kind by kind, in words, and where each hit leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from db import RECORD_TYPES, Book, Record
from db.search import Group
from desktop.screens.child_tables import TAB_OF
from desktop.tasks import Step
from desktop.values import BookTitles, record_words
from desktop.widgets.paged_table import Row
from desktop.words import where_found
from resources import _, ngettext

COUNTED = 100
"""How far hits of one kind are counted."""
ALL_SHOWN = 500
"""Of one kind, when it alone is asked for."""
MORE = "more"
"""The place of a row that asks for the rest of one kind."""

Target = tuple[str, object]
NOWHERE: Target = ("", None)
_SETUP = frozenset({"signatory", "office_profile"})


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of the list (kind, title, where, exact); of each, where Enter leads: a place, what to open."""

    text: str
    rows: tuple[Row, ...]
    targets: tuple[Target, ...]
    count: int = 0
    more: bool = False


def find(text: str, only: str, shown: int, step: Step) -> Hits:
    """Look in the whole book, or among the records of one type. Runs in the reader's worker."""
    rows: list[Row] = []
    targets: list[Target] = []
    most, counted = (ALL_SHOWN, ALL_SHOWN) if only else (shown, COUNTED)
    groups = [g for g in step.book.search_groups(text, most, counted) if not only or g.type == only]
    for group in groups:
        step.check()
        rows += _rows(step.book, group)
        targets += [target(step.book, hit.record) for hit in group.hits]
        if not only and group.count > len(group.hits):
            rows.append(("", _rest(group), "", None))
            targets.append((MORE, group.type))
    more = any(group.more for group in groups)
    return Hits(text, tuple(rows), tuple(targets), sum(group.count for group in groups), more)


def _rows(book: Book, group: Group) -> Iterator[Row]:
    """The kind and how many there are beside the first only, so that the groups are seen."""
    number = f"{group.count}+" if group.more else str(group.count)
    kind = f"{_(RECORD_TYPES[group.type].label)} ({number})"
    titles = BookTitles(book)
    for hit in group.hits:
        exact = "exact" if hit.exact else None
        yield kind, record_words(hit.record, titles), where_found(book, hit.record), exact
        kind = ""


def _rest(group: Group) -> str:
    if group.more:
        return _("Show more …")
    left = group.count - len(group.hits)
    return ngettext("Show {n} more …", "Show {n} more …", left).format(n=left)


def target(book: Book, record: Record) -> Target:
    """The screen on which a record stands, and the record there; of a person the model they belong to."""
    if record.type in _SETUP:
        return "setup", None
    if record.type in ("paper", "report_text", "paper_template"):
        return "papers", {"paper": record.id} if record.type == "paper" else None
    if record.type == "org_unit":
        return "units", record.id
    if RECORD_TYPES[record.type].fields[0].refers_to == "org_unit":
        return "units", str(record[RECORD_TYPES[record.type].fields[0].name] or "")
    if record.type == "photo":
        return "photos", {"photo": record.id}
    return _on_model(book, record)


def _on_model(book: Book, record: Record) -> Target:
    if record.type == "model":
        return "model", record.id
    if record.type == "person":
        member = book.find("model_member", {"person": record.id}, limit=1)
        return _on_model(book, member[0]) if member else NOWHERE
    owner = record.values.get("model")
    return ("model", (str(owner), TAB_OF.get(record.type, "headings"), record.id)) if owner else NOWHERE
