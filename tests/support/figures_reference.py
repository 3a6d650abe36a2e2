"""A slow, exact reference of the figures, written from interfaces §3 alone, to compare the real ones with."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from db.figures.facts import Asked, ContributionFact, DatedFact, Facts, RegistrationFact, ReportedFact
from tests.support.figures_asked import AskedFigure, Stated
from tests.support.figures_space import Space
from tests.support.figures_value import DIMENSIONS, Region, Thing

NOT_REGISTERED = ("draft", "returned", "withdrawn")
MONEY = ("cash", "transfer")
STATE_BUDGET = "budget"
OF_MODELS = ("models", "registrants")
"""The kinds whose asked period starts on 1 January."""

Kind = tuple[str | None, ...]
"""What may be compared and added: its name, and for recognitions form, level, recipient type and status."""

REGISTRANTS = {"Tập thể đăng ký": "collective", "Cá nhân đăng ký": "individual"}
RECOGNITIONS: dict[str, tuple[str, str | None]] = {
    "Mô hình tiêu biểu": ("model", "outstanding"),
    "Tập thể được công nhận": ("collective", "recognised"),
    "Cá nhân được công nhận": ("individual", "recognised"),
    "Tập thể được khen": ("collective", None),
    "Cá nhân được khen": ("individual", None),
    "Công trình gắn biển": ("model", "plaque"),
}
PLAIN = {"Mô hình đăng ký": "models", "Kinh phí xã hội hóa": "socialised", "Ngày công": "labour"}


def reference(facts: Facts, asked: Asked) -> dict[str, Any]:
    """The figures of interfaces §3 as far as they are compared.

    ``problems`` is ``{"must": set, "may": set}``; ``reported`` maps a row's id to whether it counts (None =
    the text leaves it open); ``matrix`` maps (field, subject) to its value. Values are ints, or Fractions.
    """
    return _Reference(facts, asked).answer()


def fold(name: str) -> str:
    """Two spellings of one name: without marks, in small letters."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


class _Reference:
    def __init__(self, facts: Facts, asked: Asked) -> None:
        self.facts, self.asked = facts, asked
        self.space = Space(facts, asked)
        self.registrations = [row for row in facts.registrations if self._registered(row)]
        self.things: dict[Kind, list[Thing]] = {}
        self.rows: dict[Kind, list[Stated]] = {}
        self._gather()
        kinds = {("models",), ("registrants",), ("socialised",), ("labour",), *self.things, *self.rows}
        self.figures = {kind: self._figure(kind) for kind in kinds}

    # The asked region

    def _start(self, kind: Kind) -> date:
        """An asked period that begins inside a year starts, for models, on 1 January of that year."""
        return self.asked.start.replace(month=1, day=1) if kind[0] in OF_MODELS else self.asked.start

    def _asked_region(self, kind: Kind) -> Region:
        area = self.space.area(self.asked.unit)
        return Region(self.space.within(area, self._start(kind), self.asked.end))

    def _figure(self, kind: Kind) -> AskedFigure:
        rows, things = self.rows.get(kind, []), self.things.get(kind, [])
        return AskedFigure(self.space, self._asked_region(kind), self.asked.cutoff, rows, things)

    # Records

    def _in_time(self, day: date) -> bool:
        return self.asked.cutoff is None or day <= self.asked.cutoff

    def _registered(self, row: RegistrationFact) -> bool:
        return row.status not in NOT_REGISTERED and self._in_time(standing_day(row))

    def _cell(
        self,
        unit: str,
        day: date,
        field: str | None = None,
        subject: str | None = None,
        level: str | None = None,
        line: str | None = None,
    ) -> Region:
        return Region(frozenset({(unit, self.space.slot(day))}), field, subject, level, line)

    def _in_asked(self, rows: Iterable[DatedFact]) -> Iterator[DatedFact]:
        asked = self._asked_region(("own date",))
        for row in rows:
            if self._in_time(own_day(row)) and asked.holds(self._cell(row.unit, own_day(row))):
                yield row

    def _gather(self) -> None:
        for kind, thing in self._all_things():
            self.things.setdefault(kind, []).append(thing)
        for row in self.facts.reported:
            kind = kind_of(row)
            self.rows.setdefault(kind, []).append(
                Stated(row, self._stated_region(row, kind), self._stated_region(row, kind, about=True))
            )

    def _all_things(self) -> Iterator[tuple[Kind, Thing]]:
        for row in self.registrations:
            day = standing_day(row)
            region = self._cell(row.unit, day, row.field, row.subject, row.level, row.line)
            yield ("models",), Thing((row.model, row.year), region, day, Fraction(1))
            if row.registrant:
                key = (self._unit(row.unit), fold(row.registrant))
                yield ("registrants",), Thing(key, region, day, Fraction(1))
        for given in self.facts.contributions:
            if self._in_time(own_day(given)):
                for kind, amount in _amounts(given).items():
                    yield kind, self._own_thing(given, amount)
        for won in self.facts.recognitions:
            if self._in_time(own_day(won)):
                kind = ("recognition", won.form, won.level, won.recipient_type, won.status)
                yield kind, self._own_thing(won, Fraction(1))

    def _own_thing(self, row: DatedFact, amount: Fraction | None) -> Thing:
        """A record that goes by its own date."""
        return Thing(row.id, self._cell(row.unit, own_day(row)), own_day(row), amount)

    def _unit(self, unit: str) -> str:
        """The unit a record counts for: as of today its successor."""
        return self.space.home(unit) if self.space.today and not self.space.divided(unit) else unit

    def _stated_region(self, row: ReportedFact, kind: Kind, about: bool = False) -> Region:
        everywhere = self.space.concerned(row.unit) if about else self.space.covered(row.unit)
        cells = self.space.within(everywhere, row.period_from, row.period_to)
        subject = REGISTRANTS.get(row.indicator, row.subject)
        level = None if kind[0] == "recognition" else row.level
        return Region(cells, row.field, subject, level, row.line)

    # The answer

    def answer(self) -> dict[str, Any]:
        models = self._models()
        first, last = self._data_days()
        return {
            "models": models,
            "recognition": self._recognition(),
            "contributions": self._contributions(),
            "outputs": self._outputs(),
            "reported": {row: flag for f in self.figures.values() for row, flag in f.counted.items()},
            "problems": self._problems(models),
            "data_from": first,
            "data_to": last,
        }

    def _models(self) -> dict[str, Any]:
        figure = self.figures["models",]
        asked = figure.asked
        matrix = {
            (field, subject): figure.shown(Region(asked.cells, field, subject))
            for field in DIMENSIONS["field"]
            for subject in DIMENSIONS["subject"]
        }
        answer = {
            "registered": figure.shown(asked),
            "by_field": {f: figure.shown_if_complete(Region(asked.cells, f)) for f in DIMENSIONS["field"]},
            "by_subject": {
                s: figure.shown_if_complete(Region(asked.cells, subject=s)) for s in DIMENSIONS["subject"]
            },
            "by_level": {x: figure.shown(Region(asked.cells, level=x)) for x in DIMENSIONS["level"]},
            "by_line": {x: figure.shown(Region(asked.cells, line=x)) for x in DIMENSIONS["line"]},
            "matrix": matrix,
            "registrants": self.figures["registrants",].shown(asked),
            **self._model_counts(figure),
        }
        whole: dict[str, Any] = _plain({**answer, "unallocated": _unallocated(answer)})
        return whole

    def _model_counts(self, figure: AskedFigure) -> dict[str, Any]:
        rows = [r for r in self.registrations if figure.asked.holds(self._cell(r.unit, standing_day(r)))]
        works = {model.id for model in self.facts.models if model.is_project_work}

        def count(keys: Iterable[Hashable]) -> int | None:
            """0 is said only where no total could hold more."""
            found = len(set(keys))
            return found if found or (rows and not figure.stated_about(figure.asked)) else None

        return {
            "distinct_models": count(row.model for row in rows),
            "by_kind": {
                kind: count((row.model, row.year) for row in rows if row.kind == kind)
                for kind in ("new", "maintained", "replicated")
            },
            "project_works": count(row.model for row in rows if row.is_project_work or row.model in works),
        }

    def _recognition(self) -> dict[Kind, Any]:
        values = {
            kind[1:]: figure.shown(figure.asked)
            for kind, figure in self.figures.items()
            if kind[0] == "recognition"
        }
        return {key: _plain(value) for key, value in values.items() if value is not None}

    def _contributions(self) -> dict[str, Any]:
        rows = [r for r in self._in_asked(self.facts.contributions) if isinstance(r, ContributionFact)]
        money = self.figures["socialised",]
        labour = self.figures["labour",]
        in_kind: dict[tuple[str | None, str | None], tuple[Fraction, int]] = {}
        for row in rows:
            if row.kind == "in_kind":
                quantity, converted = in_kind.get((row.item, row.measure), (Fraction(0), 0))
                in_kind[row.item, row.measure] = (
                    quantity + (row.quantity or 0),
                    converted + (row.converted_vnd or 0),
                )
        return {
            "cash_vnd": _given(rows, "cash"),
            "transfer_vnd": _given(rows, "transfer"),
            "land_m2": _given(rows, "land"),
            "socialised_vnd": _plain(money.shown(money.asked)),
            "labour_days": _plain(labour.shown(labour.asked)),
            "in_kind": _plain(in_kind),
            "contributors": len({(self._unit(row.unit), fold(row.contributor)) for row in rows}) or None,
        }

    def _outputs(self) -> dict[tuple[str, str], Any]:
        sums: dict[tuple[str, str], Fraction] = {}
        inside = {row.id for row in self._in_asked(self.facts.outputs)}
        for row in self.facts.outputs:
            if row.id in inside:
                sums[row.name, row.measure] = sums.get((row.name, row.measure), Fraction(0)) + row.quantity
        return {key: _plain(value) for key, value in sums.items()}

    # Days and problems

    def _days_of_records(self) -> Iterator[date]:
        models = self._asked_region(("models",))
        for row in self.registrations:
            if models.holds(self._cell(row.unit, standing_day(row))):
                yield standing_day(row)
        facts = self.facts
        for rows in (
            facts.contributions, facts.outputs, facts.recognitions, facts.activities, facts.supervisions
        ):  # fmt: skip
            yield from (own_day(row) for row in self._in_asked(rows))

    def _data_days(self) -> tuple[date | None, date | None]:
        """First and last day of the totals that count and of the records in the period."""
        rows = [t.row for f in self.figures.values() for t in f.totals if f.counted[t.row.id]]
        records = list(self._days_of_records())
        first = min([*(row.period_from for row in rows), *records], default=None)
        return first, max([*(row.period_to for row in rows), *records], default=None)

    def _problems(self, models: dict[str, Any]) -> dict[str, set[str]]:
        must: set[str] = set().union(*(figure.must for figure in self.figures.values()))
        may: set[str] = set().union(*(figure.may for figure in self.figures.values()))
        if models["unallocated"].get("total"):
            must.add("unallocated")
        counted = any(flag is not False for f in self.figures.values() for flag in f.counted.values())
        if not counted and not any(self._days_of_records()):
            must.add("no_data")
        if models["registered"] is None:
            may.add("no_data")
        return {"must": must, "may": may | must}


def standing_day(row: RegistrationFact) -> date:
    """The one day a registration stands on: its own, drawn into its year; without one 1 January."""
    first, last = date(row.year, 1, 1), date(row.year, 12, 31)
    return min(max(row.registered_on or first, first), last)


def own_day(row: DatedFact) -> date:
    """The day of any other record: its own; a row kept as "năm 2024" is dated 31/12."""
    return row.day or date(row.year or 1, 12, 31)


def kind_of(row: ReportedFact) -> Kind:
    """What a stated total is about."""
    if row.indicator in REGISTRANTS:
        return ("registrants",)
    if row.indicator in RECOGNITIONS:
        recipient, form = RECOGNITIONS[row.indicator]
        return ("recognition", form or row.form, row.level, recipient, row.status or "granted")
    if row.indicator in PLAIN:
        return (PLAIN[row.indicator],)
    return ("other", row.indicator, row.measure)


def _amounts(given: ContributionFact) -> dict[Kind, Fraction | None]:
    """What a contribution adds to the figures that are also stated; money of the State adds nothing."""
    socialised = given.kind in MONEY and given.contributor_kind != STATE_BUDGET
    return {
        ("socialised",): Fraction(given.amount_vnd or 0) if socialised else None,
        ("labour",): Fraction(given.quantity or 0) if given.kind == "labour_days" else None,
    }


def _given(rows: list[ContributionFact], kind: str) -> Any:
    """The sum of one form; 0 when only others were given, None when nothing was recorded at all."""
    amounts = [row.amount_vnd if kind in MONEY else row.quantity for row in rows if row.kind == kind]
    return _plain(sum((Fraction(amount or 0) for amount in amounts), Fraction(0))) if rows else None


def _unallocated(models: dict[str, Any]) -> dict[str, Any]:
    """What is counted but stands in no field × subject cell; nothing where that is null or 0."""
    matrix = models["matrix"]

    def rest(shown: Fraction | None, cells: Iterable[Fraction | None]) -> Fraction:
        known = sum((cell or Fraction(0) for cell in cells), Fraction(0))
        return Fraction(0) if shown is None else shown - known

    subjects = {
        subject: rest(shown, (matrix[field, subject] for field in DIMENSIONS["field"]))
        for subject, shown in models["by_subject"].items()
    }
    fields = {
        field: rest(shown, (matrix[field, subject] for subject in DIMENSIONS["subject"]))
        for field, shown in models["by_field"].items()
    }
    answer: dict[str, Any] = {
        "by_subject": {key: value for key, value in subjects.items() if value},
        "by_field": {key: value for key, value in fields.items() if value},
    }
    total = rest(models["registered"], matrix.values())
    return {**answer, "total": total} if total else answer


def _plain(value: Any) -> Any:
    """Whole Fractions as ints, through dicts and tuples."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_plain(inner) for inner in value)
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value
