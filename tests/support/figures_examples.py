"""The table "Checked examples" of interfaces §3: what is in the book, what is asked, what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from db.figures.facts import Asked, Facts, RegistrationFact, ReportedFact
from tests.support.figures_trees import MODELS, WARDS
from tests.support.figures_value import DIMENSIONS

Row = RegistrationFact | ReportedFact
UNALLOCATED = "models", "unallocated", "total"
SUBJECTS = "models", "by_subject"


@dataclass(frozen=True)
class Example:
    """One row of the table; ``also`` maps paths into the reference's answer to what must stand there."""

    name: str
    rows: tuple[Row, ...]
    asked: str
    registered: int | None
    problems: frozenset[str] = frozenset()
    also: Mapping[tuple[str, ...], Any] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        """The book: a city with three wards and the rows in their order."""
        totals = (row for row in self.rows if isinstance(row, ReportedFact))
        return Facts(
            "c",
            WARDS.units,
            WARDS.parents,
            registrations=tuple(row for row in self.rows if isinstance(row, RegistrationFact)),
            reported=tuple(replace(t, id=f"t{n}", source=f"t{n}", order=n) for n, t in enumerate(totals)),
        )

    @property
    def question(self) -> Asked:
        """The asked period of the whole city."""
        return Asked(*days(self.asked), self.asked, "c")


def days(period: str) -> tuple[date, date]:
    """First and last day of "2024", "2018..2023" or "2024-01-01..2024-05-21"."""
    first, _, last = period.partition("..")
    start, end = first, last or first
    return (
        date.fromisoformat(f"{start}-01-01" if len(start) == 4 else start),
        date.fromisoformat(f"{end}-12-31" if len(end) == 4 else end),
    )


def total(
    period: str, value: int, unit: str = "c", field: int | None = None, subject: int | None = None
) -> Row:
    """A stated number of registered models; field and subject by their place in the list."""
    start, end = days(period)
    return ReportedFact(
        "", 0, unit, MODELS, start, end,
        field=None if field is None else DIMENSIONS["field"][field],
        subject=None if subject is None else DIMENSIONS["subject"][subject],
        value=Fraction(value),
    )  # fmt: skip


def records(many: int, year: int, on: date | None = None) -> tuple[Row, ...]:
    """Registrations, each of a model of its own."""
    return tuple(
        RegistrationFact(
            f"r{year}-{n}", f"m{year}-{n}", year, "c", "economy", "collective", f"Tổ {n}", registered_on=on
        )
        for n in range(many)
    )


def by_field(*values: int) -> tuple[Row, ...]:
    """The four fields of 2024."""
    return tuple(total("2024", value, field=n) for n, value in enumerate(values))


def by_subject(collective: int, individual: int, unit: str = "c", period: str = "2024") -> tuple[Row, ...]:
    """Both subjects."""
    return (total(period, collective, unit, subject=0), total(period, individual, unit, subject=1))


TWO_LINES = tuple(replace(records(1, 2024)[0], id=line, line=line) for line in ("territorial", "union"))
BAC_TU_LIEM = (total("2014-01-01..2024-10-14", 6977), total("2024", 549))
CROSSED = (total("2018..2020", 700), total("2020..2023", 900))
UNDIVIDED = frozenset({"unallocated"})
OVERLAP = frozenset({"overlap", "unallocated"})
EXCEEDED = frozenset({"exceeds_reported"})

EXAMPLES = (
    Example("the long total covers the year", BAC_TU_LIEM, "2009..2024", 6977, OVERLAP,
            {("data_from",): date(2014, 1, 1), UNALLOCATED: 6977}),
    Example("the year alone", BAC_TU_LIEM, "2024", 549, frozenset({"wider_than_asked", "unallocated"})),
    Example("a total and fewer records", (total("2018..2023", 1431), *records(14, 2020)), "2018..2023", 1431,
            UNDIVIDED, {UNALLOCATED: 1417}),
    Example("two totals that cross", CROSSED, "2018..2023", 900, OVERLAP),
    Example("two totals that cross and records beside them", (*CROSSED, *records(3, 2018), *records(5, 2020)),
            "2018..2023", 903, OVERLAP),
    Example("two breakdowns that agree", (*by_field(200, 250, 75, 100), *by_subject(452, 173)), "2024", 625,
            UNDIVIDED, {UNALLOCATED: 625}),
    Example("two breakdowns that differ", (*by_field(195, 250, 75, 100), *by_subject(452, 173)), "2024", 625,
            frozenset({"parts_differ", "unallocated"})),
    Example("a field of the city, all fields of its ward",
            (total("2024", 100, field=0), total("2024", 60, "w1")), "2024", 100, UNDIVIDED),
    Example("wards that state more than their city",
            (total("2024", 100), total("2024", 60, "w1"), total("2024", 55, "w2")), "2024", 115,
            EXCEEDED | UNDIVIDED),
    Example("a total stated again", (total("2024", 625), total("2024", 630)), "2024", 630,
            frozenset({"restated", "unallocated"})),
    Example("both subjects of a part of the year", by_subject(452, 173, period="2024-01-01..2024-05-21"),
            "2024", 625, UNDIVIDED, {SUBJECTS: {"collective": 452, "individual": 173}}),
    Example("both subjects of two wards", by_subject(300, 100, "w1") + by_subject(162, 80, "w2"), "2024", 642,
            UNDIVIDED, {SUBJECTS: {"collective": 462, "individual": 180}}),
    Example("registrations without a date stand on 1 January",
            (total("2024-01-01..2024-03-31", 4), *records(10, 2024)), "2024", 10, EXCEEDED),
    Example("registrations inside a longer total",
            (total("2014-01-01..2024-10-14", 6977), *records(549, 2024, date(2024, 3, 1))), "2009..2024",
            6977, UNDIVIDED),
    Example("a model in two lines", TWO_LINES, "2024", 1, frozenset(),
            {("models", "by_line", "territorial"): 1, ("models", "by_line", "union"): 1}),
    Example("nothing", (), "2024", None, frozenset({"no_data"})),
)  # fmt: skip
