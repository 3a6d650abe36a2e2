"""Why a file cannot be read as a workbook at all, in the clerk's words."""

from __future__ import annotations

from enum import Enum, unique

from resources import N_, _


@unique
class Fault(Enum):
    """What is wrong with a file; the value is the sentence for the clerk."""

    MISSING = N_("There is no such file. Please choose it again.")
    UNREADABLE = N_("The file cannot be read. Close it in Excel, check that you may open it, and try again.")
    EMPTY = N_("The file is empty. Nothing was imported; please choose another file.")
    TOO_LARGE = N_(
        "The file is larger than {most} MB. Nothing was imported; please divide it into several files."
    )
    OLD_EXCEL = N_(
        "This is a workbook of old Excel (.xls). Nothing was imported; open it in Excel, save it as .xlsx "
        "and import that file."
    )
    ENCRYPTED = N_(
        "This workbook has a password. Nothing was imported; open it in Excel, take the password off, save "
        "it and import it again."
    )
    OTHER_FORMAT = N_(
        "This is no .xlsx workbook. Nothing was imported; open it in your spreadsheet program, save it as "
        ".xlsx and import that file."
    )
    MACROS = N_(
        "This workbook contains macros. Nothing was imported; save it as .xlsx (without macros) and import "
        "that file."
    )
    DAMAGED = N_(
        "The workbook is damaged or was not copied whole. Nothing was imported; please copy it again or save "
        "it anew in Excel."
    )
    BOMB = N_(
        "Unpacked, this workbook would be far larger than any list. Nothing was imported; please get the "
        "file again from whoever made it."
    )
    FOREIGN_XML = N_(
        "This workbook contains instructions (DTD) that no list needs. Nothing was imported; please save it "
        "anew in Excel."
    )
    TOO_MANY_CELLS = N_(
        "The workbook has more cells than can be read at once. Nothing was imported; please divide it into "
        "several files."
    )
    FAR_CELL = N_(
        "Cell {cell} is filled but stands far outside any table. Nothing was imported; please delete "
        "everything outside the tables and save the file."
    )
    NOT_TEXT = N_(
        'The text of this file is not in Unicode. Nothing was imported; in Excel choose "Save as", '
        '"CSV UTF-8" or .xlsx, and import that file.'
    )
    NO_SUCH_COLUMN = N_(
        "The file has no column {column} with text in it. Nothing was imported; write its heading, or "
        "Sheet!heading."
    )
    BROKEN_CSV = N_(
        "Line {line} of the file is not closed properly (quotation marks). Nothing was imported; please save "
        "the list as .xlsx and import that file."
    )


class UnreadableWorkbookError(Exception):
    """A file that is no workbook, or none that is safe to read. Nothing was read from it."""

    def __init__(self, fault: Fault, **details: object) -> None:
        super().__init__(fault.name.lower())
        self.fault = fault
        self.details = details

    def sentence(self) -> str:
        """What happened and what to do next."""
        return _(self.fault.value).format(**self.details)


class ImportCancelledError(Exception):
    """The clerk stopped the import; nothing of it is in the book."""

    def sentence(self) -> str:
        """What happened."""
        return _("The import was stopped. Nothing was imported.")


class ExportCancelledError(Exception):
    """The clerk stopped the export; there is no file."""

    def sentence(self) -> str:
        """What happened."""
        return _("The export was stopped. No file was written.")
