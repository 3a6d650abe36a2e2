"""What somebody asks for when they ask for a paper: the options of `danvan paper`, and of the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.figures import Asked
from db.periods import Period, parse_period, with_label


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """One paper of one unit and period.

    ``unit`` is a record id. ``texts`` are the clerk's words by section; sections not named come from the
    book's ``ReportText`` of the same period. ``number`` is the number alone ("15"); the profile writes it.
    ``profile`` is left empty for the format of the office. ``audience``: internal, upper or public.
    ``photos``: how many a page its photo annex has (2, 4, 6), 0 for none; ``model``: the one (id) whose
    photos are meant; ``max_size``: bytes the file may have, 0 for any.
    """

    kind: str
    period: str
    unit: str
    compare: str | None = None
    units: str = "then"
    cutoff: date | None = None
    label: str = ""
    profile: str = ""
    number: str = ""
    issued_on: date | None = None
    signatory: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    audience: str = "internal"
    photos: int = 0
    model: str = ""
    max_size: int = 0

    def span(self) -> Period:
        """The period, under its label. Raises PeriodError."""
        return with_label(parse_period(self.period), self.label or None)

    def asked(self) -> Asked:
        """The question for the figures of the period."""
        return _asked(self.span(), self)

    def asked_before(self) -> Asked | None:
        """The question for the period it is compared with; the cut-off holds for both."""
        return _asked(parse_period(self.compare), self) if self.compare else None


def _asked(span: Period, request: PaperRequest) -> Asked:
    return Asked(span.start, span.end, span.label, request.unit, request.units, request.cutoff)
