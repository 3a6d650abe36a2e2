"""Facts for the tests of figures, written as a clerk would say them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from db.figures import Asked, Facts, compute
from db.figures.facts import (
    ActivityFact,
    CheckFact,
    ContributionFact,
    ModelFact,
    OutputFact,
    ParentFact,
    RecognitionFact,
    RegistrationFact,
    ReportedFact,
    SuccessionFact,
    SupervisionFact,
    UnitFact,
)

FIELDS = {"e": "economy", "c": "culture_society", "d": "defence_security", "p": "political_system"}
SUBJECTS = {"col": "collective", "ind": "individual"}
MODELS = "Mô hình đăng ký"
CITY = "TP"


def day(text: str | None) -> date | None:
    """``2024-05-21`` as a date."""
    return date.fromisoformat(text) if text else None


def days(period: str) -> tuple[date, date]:
    """``2024``, ``2018..2023`` or ``2024-01-01..2024-05-21``."""
    begin, _dots, end = period.partition("..")
    end = end or begin
    first = begin if "-" in begin else f"{begin}-01-01"
    last = end if "-" in end else f"{end}-12-31"
    return date.fromisoformat(first), date.fromisoformat(last)


@dataclass
class Office:
    """A book in the making. Units are named by their codes."""

    own: str = CITY
    facts: Facts = field(init=False)
    _numbers: Any = field(default_factory=lambda: itertools.count(1), init=False)

    def __post_init__(self) -> None:
        self.facts = Facts(self.own, ())
        self.unit(self.own, kind="city")

    def add(self, name: str, fact: Any) -> Office:
        """Any fact, by the list it belongs to."""
        changed: dict[str, Any] = {name: (*getattr(self.facts, name), fact)}
        self.facts = replace(self.facts, **changed)
        return self

    def _id(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}"

    def unit(
        self,
        code: str,
        under: str | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: str = "ward",
        replaces: str = "",
        on: str | None = None,
    ) -> Office:
        """A unit; ``replaces``: codes of predecessors."""
        self.add("units", UnitFact(code, code, f"Đơn vị {code}", kind, day(since), day(until)))
        if under:
            self.moved(code, under)
        for old in replaces.split():
            self.add("successions", SuccessionFact(old, code, day(on or since)))
        return self

    def moved(self, code: str, under: str, since: str | None = None, until: str | None = None) -> Office:
        """A unit stands under another one on these days."""
        return self.add("parents", ParentFact(code, under, day(since), day(until)))

    def says(
        self,
        value: float | None,
        period: str,
        unit: str = "",
        what: str = MODELS,
        at: str = "",
        as_of: str | None = None,
        **more: Any,
    ) -> Office:
        """A stated total. ``at``: field and subject, ``e``, ``col``, ``e col``."""
        number = next(self._numbers)
        begin, end = days(period)
        field = next((FIELDS[part] for part in at.split() if part in FIELDS), None)
        subject = next((SUBJECTS[part] for part in at.split() if part in SUBJECTS), None)
        return self.add(
            "reported",
            ReportedFact(
                f"total{number}",
                number,
                unit or self.own,
                what,
                begin,
                end,
                day(as_of),
                value=None if value is None else Fraction(str(value)),
                field=field,
                subject=subject,
                **more,
            ),
        )

    def registers(
        self,
        count: int = 1,
        year: int = 2024,
        unit: str = "",
        at: str = "e col",
        on: str | None = None,
        model: str = "",
        **more: Any,
    ) -> Office:
        """Registrations, each of a model of its own unless ``model`` is given."""
        part, subject = at.split()
        for _each in range(count):
            fact = RegistrationFact(
                self._id("registration"),
                model or self._id("model"),
                year,
                unit or self.own,
                FIELDS[part],
                SUBJECTS[subject],
                registered_on=day(on),
                **more,
            )
            self.add("registrations", fact)
        return self

    def model(self, name: str, **more: Any) -> Office:
        """What is known of a model besides its registrations."""
        return self.add("models", ModelFact(name, name, **more))

    def gets(
        self, kind: str = "cash", amount: int | None = None, on: str | None = None, **more: Any
    ) -> Office:
        """A contribution."""
        unit = more.pop("unit", self.own)
        fact = ContributionFact(
            self._id("gift"),
            unit,
            None,
            day(on),
            kind=kind,
            amount_vnd=amount,
            **{"contributor": "Nguyễn Văn An", **more},
        )
        return self.add("contributions", fact)

    def makes(self, name: str, quantity: str, measure: str, on: str, unit: str = "") -> Office:
        """A result."""
        return self.add(
            "outputs",
            OutputFact(
                self._id("output"),
                unit or self.own,
                None,
                day(on),
                name=name,
                quantity=Fraction(quantity),
                measure=measure,
            ),
        )

    def recognises(self, on: str | None = None, unit: str = "", **more: Any) -> Office:
        """A recognition."""
        return self.add(
            "recognitions",
            RecognitionFact(
                self._id("recognition"),
                unit or self.own,
                None,
                day(on),
                **more,
            ),
        )

    def holds(self, kind: str, on: str, unit: str = "", **more: Any) -> Office:
        """An activity."""
        return self.add(
            "activities",
            ActivityFact(
                self._id("activity"),
                unit or self.own,
                None,
                day(on),
                kind=kind,
                **more,
            ),
        )

    def looks(self, on: str, works: bool | None = True, model: str = "M1", unit: str = "") -> Office:
        """A look whether a model still works."""
        fact = CheckFact(self._id("check"), unit or self.own, model, day(on), still_working=works)
        return self.add("checks", fact)

    def inspects(
        self, on: str, closed: str | None = None, unit: str = "", model: str | None = None
    ) -> Office:
        """A supervision."""
        return self.add(
            "supervisions",
            SupervisionFact(
                self._id("supervision"),
                unit or self.own,
                model,
                day(on),
                closed_on=day(closed),
            ),
        )

    def question(self, period: str, unit: str = "", units: str = "then", cutoff: str | None = None) -> Asked:
        """A period of this office or one of its units."""
        begin, end = days(period)
        return Asked(begin, end, f"năm {period}", unit or self.own, units, day(cutoff))

    def asked(self, period: str, **more: Any) -> dict[str, Any]:
        """The figures of a period."""
        return compute(self.facts, self.question(period, **more))


def codes(figures: dict[str, Any]) -> set[str]:
    """The codes of the problems."""
    return {problem["code"] for problem in figures["problems"]}


def counted(figures: dict[str, Any]) -> dict[float, bool]:
    """By value of each stated total: does it count?"""
    return {row["value"]: row["counted"] for row in figures["reported"]}
