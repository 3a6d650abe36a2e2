"""Small random books for the figures: registrations and stated totals that meet in every way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from db.figures.facts import (
    Asked,
    ContributionFact,
    Facts,
    OutputFact,
    RecognitionFact,
    RegistrationFact,
    ReportedFact,
)
from tests.support.figures_trees import (
    CONSECUTIVE,
    CROSSING,
    DAYS,
    LAST_OF_YEAR,
    MODELS,
    NAMES,
    OTHER_INDICATORS,
    PERIODS,
    TREES,
    Period,
    Tree,
)
from tests.support.figures_value import DIMENSIONS

Drawn = TypeVar("Drawn")
Row = TypeVar("Row", ContributionFact, OutputFact, RecognitionFact)

SHAPES = (
    "one", "one", "fields", "subjects", "levels", "lines", "units", "units", "units",
    "crossing", "crossing", "crossing", "consecutive", "consecutive", "again", "other",
)  # fmt: skip
PLACES: Mapping[str, tuple[str, ...]] = {
    "all": (), "everything": (), "whatever": (), "any": tuple(DIMENSIONS), "cell": ("field", "subject"),
    "subject": ("subject",), "field": ("field",), "level": ("level",), "line": ("line",),
}  # fmt: skip
"""Where a stated total stands: the dimensions that are set."""


@dataclass(frozen=True)
class Scene:
    """What is drawn first, so that most rows concern the question."""

    tree: Tree
    asked: Asked
    units: tuple[str, ...]
    """Units of the tree, those that are asked about more often."""

    @property
    def period(self) -> Period:
        """The asked period."""
        return (self.asked.start, self.asked.end)


def _often(pool: Sequence[Drawn], wanted: Callable[[Drawn], bool]) -> st.SearchStrategy[Drawn]:
    """Mostly one of the wanted, sometimes any."""
    inside = [one for one in pool if wanted(one)]
    return st.sampled_from([*inside * 4, *pool])


def _seldom(draw: st.DrawFn, times: int) -> bool:
    """True once in so many times."""
    return draw(st.integers(1, times)) == times


@st.composite
def _scene(draw: st.DrawFn) -> Scene:
    tree = draw(st.sampled_from(TREES))
    top = tree.units[0].id
    mode = draw(st.sampled_from(("then", "today"))) if tree.lasting else "then"
    others = tree.lasting if mode == "today" else (tree.asked or tuple(unit.id for unit in tree.units))
    where = draw(st.sampled_from((top, top, *others)))
    start, end = draw(st.sampled_from((*(PERIODS[0], PERIODS[2], PERIODS[10]) * 4, *PERIODS[1:9])))
    cutoff = draw(st.sampled_from((None, None, None, None, date(2024, 5, 21), LAST_OF_YEAR)))
    units = tuple(unit.id for unit in tree.units)
    return Scene(tree, Asked(start, end, "", where, mode, cutoff), units + (where,) * len(units))


def _inside(scene: Scene) -> Callable[[Period], bool]:
    return lambda period: scene.asked.start <= period[0] and period[1] <= scene.asked.end


def _unset() -> ReportedFact:
    return ReportedFact("", 0, "", MODELS, *PERIODS[0])


def with_place(row: ReportedFact, name: str, code: str | None) -> ReportedFact:
    """The row with one of field, subject, level, line set."""
    places = {n: getattr(row, n) for n in DIMENSIONS} | {name: code}
    return replace(
        row, field=places["field"], subject=places["subject"], level=places["level"], line=places["line"]
    )


@st.composite
def _region(draw: st.DrawFn, scene: Scene) -> ReportedFact:
    """A stated total without its value: any unit, period and place among the dimensions."""
    row = replace(_unset(), unit=draw(st.sampled_from(scene.units)))
    for name in PLACES[draw(st.sampled_from(tuple(PLACES)))]:
        row = with_place(row, name, draw(st.sampled_from(DIMENSIONS[name][:2])))
    period = draw(_often((scene.period, *PERIODS), _inside(scene)))
    as_of = draw(st.sampled_from((None, None, None, None, date(2024, 5, 21), date(2025, 1, 1))))
    return replace(row, period_from=period[0], period_to=period[1], as_of=as_of)


def _in_periods(row: ReportedFact, periods: Sequence[Period]) -> list[ReportedFact]:
    return [replace(row, period_from=start, period_to=end, as_of=None) for start, end in periods]


@st.composite
def _bundle(draw: st.DrawFn, scene: Scene) -> list[ReportedFact]:
    """Totals that belong together: a breakdown, a row and its correction, periods that cross or follow."""
    base = draw(_region(scene))
    shape = draw(st.sampled_from(SHAPES))
    if shape in ("subjects", "fields", "lines", "levels"):
        return [with_place(base, shape[:-1], code) for code in DIMENSIONS[shape[:-1]][:4]]
    if shape == "units" and scene.tree.parts:
        return draw(_of_parts(base, scene.tree))
    if shape in ("crossing", "consecutive"):
        runs = CROSSING if shape == "crossing" else CONSECUTIVE
        return _in_periods(base, draw(_often(runs, lambda run: all(map(_inside(scene), run)))))
    if shape == "again":
        return [base, replace(base, as_of=draw(st.sampled_from((base.as_of, base.period_to))))]
    return [draw(_other(base))] if shape == "other" else [base]


@st.composite
def _of_parts(draw: st.DrawFn, base: ReportedFact, tree: Tree) -> list[ReportedFact]:
    """The same total of each sub-unit, sometimes by subject."""
    whole = draw(st.sampled_from(sorted(tree.parts)))
    rows = [replace(base, unit=part) for part in tree.parts[whole]]
    if _seldom(draw, 2):
        return rows
    return [with_place(row, "subject", subject) for row in rows for subject in DIMENSIONS["subject"]]


@st.composite
def _other(draw: st.DrawFn, base: ReportedFact) -> ReportedFact:
    """The same total of another indicator, which knows no field, subject or line."""
    indicator, form, measure = draw(st.sampled_from(OTHER_INDICATORS))
    level = draw(st.sampled_from((None, "city"))) if form or "Mô hình" in indicator else None
    row = replace(base, indicator=indicator, form=form, measure=measure)
    return replace(row, field=None, subject=None, level=level, line=None)


@st.composite
def _totals(draw: st.DrawFn, scene: Scene) -> tuple[ReportedFact, ...]:
    rows: list[ReportedFact] = []
    for _ in range(draw(st.sampled_from((0, 1, 2, 2, 3, 3)))):
        rows += draw(_bundle(scene))
    named = (replace(row, id=f"t{n}", source=f"t{n}", order=n) for n, row in enumerate(rows[:8]))
    return tuple(replace(row, value=_value(draw)) for row in named)


def _value(draw: st.DrawFn) -> Fraction | None:
    return None if _seldom(draw, 15) else Fraction(draw(st.integers(0, 6)))


@st.composite
def _registration(draw: st.DrawFn, scene: Scene) -> RegistrationFact:
    return RegistrationFact(
        "",
        draw(st.sampled_from(("m1", "m2", "m3", "m4", "m5"))),
        draw(st.sampled_from((2024, 2024, 2023, 2022))),
        draw(st.sampled_from(scene.units)),
        draw(st.sampled_from(DIMENSIONS["field"][:3])),
        draw(st.sampled_from(DIMENSIONS["subject"])),
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from((None, "new", "maintained", "replicated"))),
        draw(st.sampled_from((None, "grassroots", "district"))),
        draw(st.sampled_from(DIMENSIONS["line"][:2])),
        draw(st.sampled_from((None, *DAYS))),
        "draft" if _seldom(draw, 8) else "registered",
    )


@st.composite
def _registrations(draw: st.DrawFn, scene: Scene) -> tuple[RegistrationFact, ...]:
    """Registrations, one per model, year and line; in a second line a model may stand elsewhere."""
    rows: dict[tuple[str, int, str], RegistrationFact] = {}
    for _ in range(draw(st.sampled_from((0, 0, 2, 5, 8, 12)))):
        row = draw(_registration(scene))
        first = next((r for r in rows.values() if (r.model, r.year) == (row.model, row.year)), None)
        if first is not None:
            where = row.unit if _seldom(draw, 4) else first.unit
            level = row.level if row.level and first.level else first.level
            row = replace(first, line=row.line, level=level, unit=where)
        rows.setdefault((row.model, row.year, row.line), row)
    return tuple(replace(row, id=f"r{n}") for n, row in enumerate(rows.values()))


@st.composite
def _contribution(draw: st.DrawFn, scene: Scene) -> ContributionFact:
    day = draw(st.sampled_from((None, *DAYS)))
    kind = draw(st.sampled_from(("cash", "transfer", "labour_days", "in_kind", "land")))
    number = draw(st.integers(1, 6))
    money, goods = kind in ("cash", "transfer"), kind == "in_kind"
    return ContributionFact(
        "",
        draw(st.sampled_from(scene.units)),
        None,
        day,
        None if day else 2024,
        kind,
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from((None, "household", "budget"))),
        "xi măng" if goods else None,
        None if money else Fraction(number, 2),
        "bao" if goods else None,
        number if money else None,
        number * 100 if goods else None,
    )


@st.composite
def _recognition(draw: st.DrawFn, scene: Scene) -> RecognitionFact:
    forms = (("outstanding", "model"), ("recognised", "collective"), ("recognised", "individual"))
    form, recipient = draw(st.sampled_from(forms))
    level, status = draw(st.sampled_from((None, "city"))), draw(st.sampled_from(("granted", "proposed")))
    where, day = draw(st.sampled_from(scene.units)), draw(st.sampled_from(DAYS))
    return RecognitionFact("", where, None, day, None, form, level, recipient, status)


@st.composite
def _output(draw: st.DrawFn, scene: Scene) -> OutputFact:
    name, measure = draw(st.sampled_from((("Đường bê tông", "m2"), ("Đường bê tông", "km"), ("Cống", "km"))))
    where, day = draw(st.sampled_from(scene.units)), draw(st.sampled_from(DAYS))
    return OutputFact("", where, None, day, None, name, Fraction(draw(st.integers(1, 9)), 2), measure)


def _without_open_questions(facts: Facts, asked: Asked) -> Facts:
    """As of today the text leaves three things open; books that turn on them are not drawn.

    What a unit states for days before it began or after it ended, what a divided unit states by field or
    subject, and registrations without a level beside totals of a level.
    """
    if asked.units == "then":
        return facts
    lives = {unit.id: (unit.valid_from or date.min, unit.valid_to or date.max) for unit in facts.units}
    divided = {row.old for row in facts.successions if sum(r.old == row.old for r in facts.successions) > 1}

    def is_clear(row: ReportedFact) -> bool:
        start, end = lives[row.unit]
        is_whole = row.field is None and row.subject is None
        return start <= row.period_from and row.period_to <= end and (is_whole or row.unit not in divided)

    return replace(
        facts,
        reported=tuple(row for row in facts.reported if is_clear(row)),
        registrations=tuple(replace(row, level=row.level or "central") for row in facts.registrations),
    )


@st.composite
def books(draw: st.DrawFn) -> tuple[Facts, Asked]:
    """A small book and a question to it."""
    scene = draw(_scene())
    tree = scene.tree
    registrations, totals = draw(_registrations(scene)), draw(_totals(scene))
    facts = Facts(tree.units[0].id, tree.units, tree.parents, tree.successions, (), registrations, totals)
    facts = _without_open_questions(facts, scene.asked)
    if _seldom(draw, 2):
        return facts, scene.asked
    facts = replace(
        facts,
        contributions=_numbered("k", draw(st.lists(_contribution(scene), max_size=3))),
        outputs=_numbered("o", draw(st.lists(_output(scene), max_size=2))),
        recognitions=_numbered("g", draw(st.lists(_recognition(scene), max_size=2))),
    )
    return facts, scene.asked


def _numbered(prefix: str, rows: list[Row]) -> tuple[Row, ...]:
    return tuple(replace(row, id=f"{prefix}{n}") for n, row in enumerate(rows))
