"""Where on a laid-out page a signature field will stand: found by the layout, filled by signing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Field names of `domain.md` §4.3 and §7.3: the leader signs, the records clerk adds number, date and seal
PERSON: Final = "sig_person"
AGENCY: Final = "sig_agency"
NUMBER: Final = "sig_number"
DATE: Final = "sig_date"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Room for one signature field.

    ``page`` counts from 0. ``x`` and ``y`` are the lower left corner in points from the lower left
    corner of the page (the coordinates of PDF and of reportlab); ``width`` and ``height`` in points.
    ``person`` is who shall sign there, if the paper names somebody.
    """

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float
    person: str = ""
