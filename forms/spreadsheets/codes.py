"""Where a code of the workbook leads: to a record of the book, to one that this import makes, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.spreadsheets.actions import New, Planned
from forms.spreadsheets.known import Row, code_key
from resources import N_, _

_UNKNOWN = {
    "org_unit": N_("No unit has the code {code}. Add it to the sheet Đơn vị, or correct the code."),
    "model": N_("No model has the code {code}. Add it to the sheet Mô hình, or correct the code."),
}
_REFUSED = {
    "org_unit": N_("The row of the unit {code} was refused; this row needs it."),
    "model": N_("The row of the model {code} was refused; this row needs it."),
}
_BINNED = {
    "org_unit": N_("The unit {code} is in the bin. Restore it there first, or correct the code."),
    "model": N_("The model {code} is in the bin. Restore it there first, or correct the code."),
}


class UnknownCodeError(Exception):
    """A code that leads nowhere; the message is the reason. ``binned``: id of its record in the bin."""

    def __init__(self, reason: str, binned: str | None = None) -> None:
        super().__init__(reason)
        self.binned = binned


@dataclass(slots=True)
class Codes:
    """All codes of one type of record, by :func:`code_key`."""

    type: str
    known: Mapping[str, Row]
    binned: Mapping[str, Row]
    new: dict[str, New] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether the book or this import has a record of this key."""
        return key in self.known or key in self.new

    def resolve(self, code: str) -> Planned:
        """The record a code means. :class:`UnknownCodeError` where there is none that may be used."""
        key = code_key(code)
        if key in self.known:
            return str(self.known[key]["id"])
        if key in self.new:
            return self.new[key]
        raise self.unknown(code)

    def unknown(self, code: str) -> UnknownCodeError:
        """Why a code cannot be used."""
        key = code_key(code)
        if key in self.refused:
            return UnknownCodeError(_(_REFUSED[self.type]).format(code=code))
        if key in self.binned:
            return UnknownCodeError(_(_BINNED[self.type]).format(code=code), str(self.binned[key]["id"]))
        return UnknownCodeError(_(_UNKNOWN[self.type]).format(code=code))
