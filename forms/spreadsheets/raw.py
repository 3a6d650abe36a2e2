"""What a file holds before anything is made of it: sheets of raw cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from forms.spreadsheets.legacy_fonts import OldFont

Cell = str | float | int | bool | date | datetime | time | timedelta
"""A raw cell; the empty text stands for an empty one."""

OLD_OR_NEW: Final = "\x00old"
"""Mark of a cell of which nobody can tell in which encoding it is written."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Rows of cells; the first row is row 1 and the first cell column A. ``faults``: see ``SheetNotes``.

    ``fonts``: the cells (row, column, both from 1) in a font of TCVN3 or VNI.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    fonts: Mapping[tuple[int, int], OldFont] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnText:
    """How the text of a column was written: ``unicode``, ``nfd``, ``tcvn3``, ``vni`` or ``mixed``.

    ``by``: what told it, ``text``, ``font`` or ``clerk``. ``samples``: cells before and after; of a mixed
    column as they would be in the encoding ``likely``.
    """

    sheet: str
    column: str
    letters: str
    encoding: str
    by: str
    samples: tuple[tuple[str, str], ...]
    likely: str = ""

    def as_json(self) -> dict[str, object]:
        """For ``danvan import --json``."""
        return {
            "sheet": self.sheet,
            "column": self.column,
            "encoding": self.encoding,
            "by": self.by,
            "samples": [{"before": before, "after": after} for before, after in self.samples],
        }


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read: the sheets whose names we know, and the names of the others.

    ``columns``: those whose text is not plain ASCII, with how it was written.
    """

    name: str
    sheets: tuple[RawSheet, ...]
    unknown: tuple[str, ...] = ()
    columns: tuple[ColumnText, ...] = ()

    @property
    def old_columns(self) -> tuple[ColumnText, ...]:
        """The columns that were not plain Unicode, or that the clerk decided."""
        return tuple(one for one in self.columns if one.encoding != "unicode" or one.by == "clerk")
