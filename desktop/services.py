"""What every screen may use. Made once, when a book has been opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop.changes import ChangeNotice
from desktop.errands import Errands
from desktop.pictures import Pictures
from desktop.saving import Saving
from desktop.settings import SettingsFile
from desktop.widgets.bars import Notice

if TYPE_CHECKING:
    from db import Book
    from desktop.screens.names import Names


class Frame(Protocol):
    """What a screen may ask of the program around it."""

    def speak(self, language: str) -> None:
        """Use another language from now on."""

    def set_scale(self, scale: int) -> None:
        """Another size of the text, in per cent."""

    def close_book(self) -> None:
        """Back to the start screen."""


@dataclass(frozen=True, slots=True)
class Services:
    """``book`` is the UI thread's own connection, for reading what is seen; all else goes through ``tasks``.

    ``names`` knows what ids stand for, ``pictures`` fetches photos, ``tell``
    shows a notice, ``go(place, what)`` opens another screen.
    """

    book: Book
    tasks: Errands
    changes: ChangeNotice
    saving: Saving
    names: Names
    pictures: Pictures
    settings: SettingsFile
    tell: Callable[[Notice], None]
    go: Callable[[str, object], None]
    frame: Frame
