"""What every screen may use. Made once, when a book has been opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.changes import ChangeNotice
from desktop.saving import Saving
from desktop.settings import SettingsFile
from desktop.tasks import Tasks
from desktop.widgets.bars import Notice

if TYPE_CHECKING:
    from db import Book


@dataclass(frozen=True, slots=True)
class Services:
    """``book`` is the UI thread's own connection, for reading what is seen; all else goes through ``tasks``.

    ``tell`` shows a notice, ``go(place, what)`` opens another screen on something.
    """

    book: Book
    tasks: Tasks
    changes: ChangeNotice
    saving: Saving
    settings: SettingsFile
    tell: Callable[[Notice], None]
    go: Callable[[str, object], None]
