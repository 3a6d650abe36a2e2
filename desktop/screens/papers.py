"""stand-in"""

from __future__ import annotations

from desktop.screens.screen import Screen


class PapersScreen(Screen):
    """Later."""
