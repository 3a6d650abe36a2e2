"""The search box of every screen: what is found opens below it as one types, kind by kind."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.screens.hits import MORE, Hits, find
from desktop.services import Services
from desktop.tasks import Task
from desktop.theme import look
from desktop.widgets.labels import label, space
from desktop.widgets.paged_table import Column, PagedModel
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table_view import TableView
from resources import _, ngettext

SHOWN = 4
"""Of each kind."""
_WIDE, _ROW, _MARGIN, _FOOT = 640, 34, 12, 44
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FoundPanel(QFrame):
    """The hits below the box; the keyboard stays in the box."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("kind", "popup")
        self.found = Hits("", (), ())
        self.model = PagedModel(
            [
                Column("kind", _("Kind"), 14, sortable=False),
                Column("title", _("Found"), 0, sortable=False),
                Column("where", _("Belongs to"), 14, sortable=False),
            ]
        )
        self.view = TableView(_("Found"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.horizontalHeader().hide()
        self.view.show_model(self.model)
        self.foot = label("", "small")
        self.foot.setContentsMargins(12, 4, 12, 6)
        box = QVBoxLayout(self)
        space(box, (1, 1, 1, 1), 0)
        box.addWidget(self.view, 1)
        box.addWidget(self.foot)
        self.hide()

    def show_hits(self, found: Hits) -> None:
        """Show these; the best is chosen."""
        self.found = found
        self.model.show(range(len(found.rows)), lambda wanted: [found.rows[at] for at in wanted])
        self.view.setVisible(bool(found.rows))
        if found.rows:
            self.view.selectRow(0)
        self.foot.setText(_foot(found))

    def move_by(self, step: int) -> None:
        """The next hit, or the one before."""
        last = len(self.found.rows) - 1
        self.view.selectRow(min(max(self.view.currentIndex().row() + step, 0), last))

    def stand_below(self, box: QWidget) -> None:
        """Below this box, inside the screen."""
        host, px = self.parentWidget(), look().px
        if host is None:
            return
        place = box.mapTo(host, QPoint(0, box.height() + px(4)))
        width = min(px(_WIDE), host.width() - 2 * px(_MARGIN))
        wanted = len(self.found.rows) * px(_ROW) + px(_FOOT)
        height = min(wanted, host.height() - place.y() - px(_MARGIN))
        left = max(px(_MARGIN), place.x() + box.width() - width)
        self.setGeometry(left, place.y(), width, height)
        self.show()
        self.raise_()


def _foot(found: Hits) -> str:
    if not found.rows:
        return _("Nothing was found. Try fewer words; accents may be left out.")
    if found.more:
        count = _("More than {n} found").format(n=found.count)
    else:
        count = ngettext("{n} found", "{n} found", found.count).format(n=found.count)
    return " · ".join((count, _("↓ ↑ choose, Enter opens, Esc closes")))


class FindBox(SearchBox):
    """Looks in the whole book. ``host``: the screen over which the hits open."""

    def __init__(self, services: Services, host: QWidget) -> None:
        super().__init__(_("Find anything (Ctrl+F)"))
        self._services = services
        self._looking: Task | None = None
        self.panel = FoundPanel(host)
        self.asked.connect(self._look)
        self.panel.view.clicked.connect(lambda _index: self.open_chosen())

    def is_open(self) -> bool:
        """Whether hits are shown."""
        return self.panel.isVisible()

    def open_chosen(self) -> None:
        """Where the chosen hit leads; all hits where none is shown."""
        found, at = self.panel.found, self.panel.view.currentIndex().row()
        is_shown = self.is_open() and found.text == self.words()
        place, what = found.targets[at] if is_shown and 0 <= at < len(found.targets) else (MORE, "")
        text = self.words()
        self.close_panel()
        if place == MORE and text:
            self._services.go("search", (text, str(what or "")))
        elif place and place != MORE:
            self._services.go(place, what)

    def close_panel(self) -> None:
        """The hits go, and with them the words."""
        self.panel.hide()
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if event.key() in _ENTER:
            self.open_chosen()
        elif step and self.is_open():
            self.panel.move_by(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.panel.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.words() and self.panel.found.text == self.words():
            self.panel.stand_below(self)

    def _look(self, text: str) -> None:
        if self._looking is not None:
            self._looking.cancel()
        if not text:
            self.panel.hide()
            return
        self._looking = self._services.tasks.run(partial(find, text, "", SHOWN), done=self._show)

    def _show(self, found: Hits) -> None:
        self._looking = None
        if found.text == self.words() and self.hasFocus():
            self.panel.show_hits(found)
            self.panel.stand_below(self)
