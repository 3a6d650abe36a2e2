"""What every screen can do for the window around it."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import Handlers
from desktop.changes import Changes
from desktop.screens.find_box import FindBox
from desktop.services import Services
from desktop.widgets.labels import space


class Screen(QWidget):
    """One screen.

    ``types`` are the record types it shows, none = all: when they change it reloads, at once if it is seen.
    """

    types: tuple[str, ...] = ()
    help_text: str = ""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.setObjectName("ground")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.box = QVBoxLayout(self)
        space(self.box, (20, 16, 20, 12), 12)
        self._stale = True
        self.panel: QWidget | None = None
        self._behind: list[QWidget] = []
        services.changes.published.connect(self._on_published)

    def commands(self) -> Handlers:
        """What this screen does for which command."""
        return {}

    def open(self, what: object) -> None:
        """Show this in particular (a year, a record id ...)."""

    @cached_property
    def finder(self) -> FindBox:
        """The box in the head that looks in the whole book."""
        return FindBox(self.services, self)

    def find_anything(self) -> None:
        """Ready for words to find anywhere in the book."""
        self.finder.setFocus()
        self.finder.selectAll()

    def reload(self) -> None:
        """Read everything shown anew."""

    def take_focus(self) -> None:
        """Ready for the keyboard when the clerk comes here: keys work, and nothing is typed by mistake."""
        self.setFocus()

    def show_alone(self, panel: QWidget | None) -> None:
        """A panel below the head in place of everything else; None brings that back."""
        if self.panel is not None:
            self.panel.hide()
            self.box.removeWidget(self.panel)
            self.panel.deleteLater()
        self.panel = panel
        for part in self._behind:
            part.show()
        self._behind.clear()
        if panel is not None:
            found = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            self._behind = [each for each in found if self.box.indexOf(each) > 0 and not each.isHidden()]
            for part in self._behind:
                part.hide()
            self.box.insertWidget(1, panel, 1, Qt.AlignmentFlag.AlignTop)

    def flush(self) -> None:
        """Save what is being typed."""

    def leave(self) -> None:
        """The screen is let go: whatever it was waiting for, it does nothing any more."""
        self.services.changes.published.disconnect(self._on_published)
        for timer in self.findChildren(QTimer):
            timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    @Slot(object, object)
    def _on_published(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is self or (self.types and not changes.concerns(*self.types)):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True
