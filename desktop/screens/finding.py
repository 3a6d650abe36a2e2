"""Search over the whole book: what was found kind by kind, where it belongs, exact marks first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from db import RECORD_TYPES, Book, Record
from db.search import Group
from desktop.actions import Command, Handlers
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Step, Task
from desktop.theme import Tone
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.paged_table import Column, PagedModel, Row, Value
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table_view import TableView
from desktop.words import where_found
from resources import N_, _, ngettext

SHOWN, COUNTED = 12, 100
"""Of each kind at first, and how far they are counted."""
ALL_SHOWN = 500
"""Of one kind, when it alone is asked for."""

_PLACES = {"paper": "papers", "signatory": "setup", "office_profile": "setup", "report_text": "papers"}
_Target = tuple[str, object]
NOWHERE: _Target = ("", None)


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of the list and, for each, where Enter leads: a place and what to open there."""

    text: str
    rows: tuple[Row, ...]
    targets: tuple[_Target, ...]
    count: int = 0
    more: bool = False


def find(text: str, only: str, step: Step) -> Hits:
    """Look in the whole book, or among the records of one type. Runs in the reader's worker."""
    rows: list[Row] = []
    targets: list[_Target] = []
    shown, counted = (ALL_SHOWN, ALL_SHOWN) if only else (SHOWN, COUNTED)
    groups = [g for g in step.book.search_groups(text, shown, counted) if not only or g.type == only]
    for group in groups:
        step.check()
        rows += _rows(step.book, group)
        targets += [_target(step.book, hit.record) for hit in group.hits]
        if not only and group.count > len(group.hits):
            rows.append(("", _rest(group), "", None))
            targets.append((_MORE, group.type))
    more = any(group.more for group in groups)
    return Hits(text, tuple(rows), tuple(targets), sum(group.count for group in groups), more)


_MORE = "more"


def _rows(book: Book, group: Group) -> Iterator[Row]:
    """The kind and how many there are beside the first only, so that the groups are seen."""
    number = f"{group.count}+" if group.more else str(group.count)
    kind = f"{_(RECORD_TYPES[group.type].label)} ({number})"
    for hit in group.hits:
        record = hit.record
        exact = "exact" if hit.exact else None
        yield kind, record.title or _(RECORD_TYPES[record.type].label), where_found(book, record), exact
        kind = ""


def _rest(group: Group) -> str:
    if group.more:
        return _("Show more …")
    left = group.count - len(group.hits)
    return ngettext("Show {n} more …", "Show {n} more …", left).format(n=left)


def _target(book: Book, record: Record) -> _Target:
    """The screen on which a record stands; of a person the model it is a member of."""
    if record.type in _PLACES:
        return _PLACES[record.type], None
    if record.type == "org_unit" or RECORD_TYPES[record.type].fields[0].refers_to == "org_unit":
        return "units", None
    if record.type == "model":
        return "model", record.id
    if record.type == "photo":
        return "photos", {"photo": record.id}
    owner = record.values.get("model")
    if record.type == "person":
        member = book.find("model_member", {"person": record.id}, limit=1)
        owner = member[0]["model"] if member else None
    return ("model", str(owner)) if owner else NOWHERE


def _count_words(found: Hits) -> str:
    if not found.text:
        return ""
    if found.more:
        return _("More than {n} found").format(n=found.count)
    return ngettext("{n} found", "{n} found", found.count).format(n=found.count)


def _exact(value: Value) -> str:
    return _("these very marks") if value else ""


def _tone(value: Value) -> Tone | None:
    return Tone.GOOD if value else None


class FindingScreen(Screen):
    """Opened on the words to find."""

    help_text = N_(
        "Words can be typed without accents; those with these very accents come first."
        " A person is also found by initials and birth year: nva 1985."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found = Hits("", (), ())
        self._only = ""
        self._looking: Task | None = None
        self.search = SearchBox(_("Find anything (Ctrl+F)"))
        back = button("", self._go_back, icon_name="arrow-left", kind="quiet", tip=_("Back to the overview"))
        self.header = Header(_("Search"), search=self.search, before=back)
        self.model = PagedModel(
            [
                Column("kind", _("Kind"), 14, sortable=False),
                Column("title", _("Found"), 0, sortable=False),
                Column("where", _("Belongs to"), 22, sortable=False),
                Column("exact", _("Match"), 12, _exact, _tone, sortable=False),
            ]
        )
        self.view = TableView(_("Found"))
        self.view.show_model(self.model)
        self.box.addWidget(self.header)
        self.box.addWidget(self.view, 1)
        self.search.asked.connect(self._on_asked)
        self.search.left_down.connect(self.view.setFocus)
        self.view.opened.connect(self._open_row)

    def open(self, what: object) -> None:
        """Find these words."""
        self.search.setText(str(what))
        self.search.ask()
        self.search.setFocus()

    def reload(self) -> None:
        """Look again."""
        if self._looking is not None:
            self._looking.cancel()
        work = partial(find, self.search.words(), self._only)
        self._looking = self.services.tasks.run(work, done=self._show)

    def take_focus(self) -> None:
        """Ready for words."""
        self.search.setFocus()

    def commands(self) -> Handlers:
        """Ctrl+F goes back to the words."""
        return {Command.FIND: self.search.setFocus}

    def _on_asked(self, _text: str) -> None:
        self._only = ""
        self.reload()

    def _show(self, found: Hits) -> None:
        if found.text != self.search.words():
            return
        self._found, self._looking = found, None
        self.model.show(range(len(found.rows)), lambda wanted: [found.rows[at] for at in wanted])
        self.header.count(_count_words(found))
        if found.rows:
            self.view.selectRow(0)

    def _open_row(self, row: int) -> None:
        place, what = self._found.targets[row]
        if place == _MORE:
            self._only = str(what)
            self.reload()
        elif place:
            self.services.go(place, what)

    def _go_back(self) -> None:
        self.services.go("home", None)
