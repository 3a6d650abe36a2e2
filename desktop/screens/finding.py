"""Search over the whole book: what was found kind by kind, where it belongs, exact marks first."""

from __future__ import annotations

from functools import partial

from desktop.screens.hits import MORE, Hits, find
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Task
from desktop.theme import Tone
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.paged_table import Column, PagedModel, Value
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table_view import TableView
from resources import N_, _, ngettext

SHOWN = 12
"""Of each kind at first."""


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
        self._only = self._next_only = ""
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
        """Find these words, or (words, type) to find them among the records of one type."""
        text, only = what if isinstance(what, tuple) else (what, "")
        self.search.setText(str(text))
        self._next_only = str(only)
        self.search.ask()
        self.search.setFocus()

    def reload(self) -> None:
        """Look again."""
        if self._looking is not None:
            self._looking.cancel()
        work = partial(find, self.search.words(), self._only, SHOWN)
        self._looking = self.services.tasks.run(work, done=self._show)

    def take_focus(self) -> None:
        """Ready for words."""
        self.search.setFocus()

    def find_anything(self) -> None:
        """Ctrl+F goes back to the words."""
        self.search.setFocus()
        self.search.selectAll()

    def _on_asked(self, _text: str) -> None:
        self._only, self._next_only = self._next_only, ""
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
        if place == MORE:
            self._only = str(what)
            self.reload()
        elif place:
            self.services.go(place, what)

    def _go_back(self) -> None:
        self.services.go("home", None)
