"""What figures are computed from: plain facts, taken from a book or written by hand in a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit and the days on which it exists (``None`` = open)."""

    id: str
    code: str
    name: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ParentFact:
    """``unit`` stands under ``parent`` from one day to another (``None`` = open)."""

    unit: str
    parent: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class SuccessionFact:
    """``old`` was succeeded by ``new`` on a day. One old with several new = divided."""

    old: str
    new: str
    on: date | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationFact:
    """One registration: a model, a year and a reporting line. Codes as in interfaces §3."""

    id: str
    model: str
    year: int
    unit: str
    field: str
    subject: str
    registrant: str | None = None
    kind: str | None = None
    level: str | None = None
    line: str = "territorial"
    registered_on: date | None = None
    status: str | None = None
    is_project_work: bool = False


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """One stated total, a row of the sheet "Số liệu báo cáo". ``order`` = the row's place, later counts.

    ``form`` and ``status`` matter for recognitions only. ``value`` None = not stated.
    """

    id: str
    order: int
    unit: str
    indicator: str
    period_from: date
    period_to: date
    as_of: date | None = None
    field: str | None = None
    subject: str | None = None
    level: str | None = None
    line: str | None = None
    form: str | None = None
    status: str | None = None
    qualifier: str = "exact"
    value: Fraction | None = None
    measure: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class DatedFact:
    """What every record with a date of its own carries.

    ``day`` is its own date; a row kept as "năm 2024" has ``day`` None and ``year`` 2024, and counts
    as dated 31/12 of that year. ``unit`` is its own unit or the one its model is registered in.
    A fact may be the sum of several (``summing.py``): from ``day`` to ``until``, ``count`` of them.
    """

    id: str
    unit: str
    model: str | None = None
    day: date | None = None
    year: int | None = None
    until: date | None = field(default=None, kw_only=True)
    count: int = field(default=1, kw_only=True)


@dataclass(frozen=True, slots=True)
class ContributionFact(DatedFact):
    """``kind``: cash, transfer, labour_days, land, in_kind. Money in đồng, labour in days, land in m².

    A sum has the folded names of all ``contributors``.
    """

    kind: str = "cash"
    contributor: str = ""
    contributor_kind: str | None = None
    item: str | None = None
    quantity: Fraction | None = None
    measure: str | None = None
    amount_vnd: int | None = None
    converted_vnd: int | None = None
    contributors: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class OutputFact(DatedFact):
    """A physical result; added only to the same name and measure."""

    name: str = ""
    quantity: Fraction = Fraction(0)
    measure: str = ""


@dataclass(frozen=True, slots=True)
class RecognitionFact(DatedFact):
    """One recognition of one recipient. ``status``: proposed or granted."""

    form: str = "recognised"
    level: str | None = None
    recipient_type: str = "collective"
    status: str = "granted"


@dataclass(frozen=True, slots=True)
class ActivityFact(DatedFact):
    """A meeting, dialogue, outreach ... with how many attended."""

    kind: str = "meeting"
    attendees: int | None = None


@dataclass(frozen=True, slots=True)
class SupervisionFact(DatedFact):
    """One inspection; closed when ``closed_on`` is given (and not after the cut-off)."""

    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckFact(DatedFact):
    """A look at a model years after it began: does it still work? ``None`` = it does not say."""

    still_working: bool | None = None


Stand = tuple[str | None, str | None, str | None, str | None]
"""Field, subject, level and line of a registration."""


@dataclass(frozen=True, slots=True)
class GroupFact(DatedFact):
    """``count`` models of a year whose registrations stand at the same places, one for each line."""

    stands: tuple[Stand, ...] = ()


@dataclass(frozen=True, slots=True)
class TallyFact(DatedFact):
    """``count`` of something that a kept sum says by its name (``question.py``), nothing of it twice."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class ModelFact:
    """What figures need of a model besides its registrations."""

    id: str
    code: str = ""
    replicated_from: str | None = None
    is_project_work: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything in the book that figures may use; the book was made for ``founding_unit``.

    ``today`` = the day of asking; ``None`` = after everything that the book knows.

    Facts of some years only say what they leave out, by model: ``first_years`` = the first year in which it
    was registered, ``first_supervised`` = the day of its first supervision. ``None`` = the records say it.
    ``summed``: some facts are sums, so nobody can tell the records behind a figure. ``groups``, ``tallies``
    stand for registrations and names that are not among the facts themselves, ``dialogues`` (unit, ordinal of
    a day) for those of the activities, which then are of all units.
    """

    founding_unit: str
    units: tuple[UnitFact, ...]
    parents: tuple[ParentFact, ...] = ()
    successions: tuple[SuccessionFact, ...] = ()
    models: tuple[ModelFact, ...] = ()
    registrations: tuple[RegistrationFact, ...] = ()
    reported: tuple[ReportedFact, ...] = ()
    contributions: tuple[ContributionFact, ...] = ()
    outputs: tuple[OutputFact, ...] = ()
    recognitions: tuple[RecognitionFact, ...] = ()
    activities: tuple[ActivityFact, ...] = ()
    supervisions: tuple[SupervisionFact, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    first_years: Mapping[str, int] | None = None
    first_supervised: Mapping[str, date] | None = None
    summed: bool = False
    groups: tuple[GroupFact, ...] = ()
    tallies: tuple[TallyFact, ...] = ()
    dialogues: tuple[tuple[str, int], ...] | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: a period of days (both included), a unit id, how units are taken, a cut-off day."""

    start: date
    end: date
    label: str
    unit: str
    units: str = "then"
    cutoff: date | None = None
