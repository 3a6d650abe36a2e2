"""Qt's own words (text menus, standard buttons, file dialogs) from our catalogue: Qt ships no Vietnamese."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator

from resources import N_, _

_WORDS = frozenset(
    {
        N_("&Undo"),
        N_("&Redo"),
        N_("Cu&t"),
        N_("&Copy"),
        N_("&Paste"),
        N_("Delete"),
        N_("Select All"),
        N_("Copy &Link Location"),
        N_("OK"),
        N_("&OK"),
        N_("Cancel"),
        N_("&Cancel"),
        N_("Close"),
        N_("&Close"),
        N_("Open"),
        N_("&Open"),
        N_("Save"),
        N_("&Save"),
        N_("Yes"),
        N_("&Yes"),
        N_("No"),
        N_("&No"),
        N_("Back"),
        N_("Forward"),
        N_("Parent Directory"),
        N_("Create New Folder"),
        N_("List View"),
        N_("Detail View"),
        N_("Look in:"),
        N_("Look in"),
        N_("Sidebar"),
        N_("Files"),
        N_("File &name:"),
        N_("File name:"),
        N_("Files of type:"),
        N_("&Choose"),
        N_("Directory:"),
        N_("Directories"),
        N_("Computer"),
        N_("Name"),
        N_("Size"),
        N_("Type"),
        N_("Date Modified"),
        N_("Kind"),
        N_("&Rename"),
        N_("&Delete"),
        N_("Show &hidden files"),
        N_("&New Folder"),
        N_("All Files (*)"),
        N_("Today"),
    }
)


class QtWords(QTranslator):
    """Answers for the words above, in the language in force; everything else is not ours (None)."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        app.installTranslator(self)

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        # None means "not mine"; an empty text would blank Qt's own
        return _(source) if source in _WORDS else None
