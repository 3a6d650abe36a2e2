"""What is counted: quantities, the indicators that state them, and the records that make them up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from db.figures.facts import ReportedFact
from db.vietnamese import fold

FIELDS: Final = ("economy", "culture_society", "defence_security", "political_system")
SUBJECTS: Final = ("collective", "individual")
LEVELS: Final = ("grassroots", "district", "city", "central")
LINES: Final = ("territorial", "union", "front", "women", "youth", "veterans", "farmers", "other")
DIMENSIONS: Final = (FIELDS, SUBJECTS, LEVELS, LINES)
FIELD, SUBJECT, LEVEL, LINE = range(4)

Number = int | Fraction
Dims = tuple[str | None, str | None, str | None, str | None]
"""Field, subject, level, line; ``None`` = all, or not stated."""

ALL: Final[Dims] = (None, None, None, None)


def dims_with(dims: Dims, dimension: int, value: str | None) -> Dims:
    """``dims`` with one of the four replaced."""
    changed = list(dims)
    changed[dimension] = value
    return changed[0], changed[1], changed[2], changed[3]


def inside(dims: Dims, wider: Dims) -> bool:
    """Is everything at ``dims`` also at ``wider``?"""
    # Written out: asked a million times in a large book
    field, subject, level, line = wider
    return (
        (field is None or field == dims[0])
        and (subject is None or subject == dims[1])
        and (level is None or level == dims[2])
        and (line is None or line == dims[3])
    )


def meeting(dims: Dims, others: Dims) -> bool:
    """Can one thing be at both?"""
    return all(
        ours is None or theirs is None or ours == theirs for ours, theirs in zip(dims, others, strict=True)
    )


def whole(value: Fraction) -> Number:
    """The same number, as an int where it is whole."""
    return value.numerator if value.denominator == 1 else value


class Quantity(NamedTuple):
    """Totals and records of one quantity are compared; those of different ones never."""

    name: str
    group: tuple[str | None, ...] = ()


MODELS: Final = Quantity("models")
REGISTRANTS: Final = Quantity("registrants")
SOCIALISED: Final = Quantity("socialised_vnd")
LABOUR: Final = Quantity("labour_days")
SINCE_NEW_YEAR: Final = (MODELS, REGISTRANTS)
"""Asked from inside a year, these start on its 1 January."""

_BY_NAME: Final = {
    fold(name): (quantity, subject)
    for name, quantity, subject in (
        ("Mô hình đăng ký", MODELS, None),
        ("Tập thể đăng ký", REGISTRANTS, "collective"),
        ("Cá nhân đăng ký", REGISTRANTS, "individual"),
        ("Kinh phí xã hội hóa", SOCIALISED, None),
        ("Ngày công", LABOUR, None),
    )
}
_RECOGNITIONS: Final = {
    fold(name): (form, recipient)
    for name, form, recipient in (
        ("Mô hình tiêu biểu", "outstanding", "model"),
        ("Tập thể được công nhận", "recognised", "collective"),
        ("Cá nhân được công nhận", "recognised", "individual"),
        ("Tập thể được khen", None, "collective"),
        ("Cá nhân được khen", None, "individual"),
        ("Công trình gắn biển", "plaque", "model"),
        ("Mô hình gắn biển", "plaque", "model"),
    )
}


def recognition(form: str | None, level: str | None, recipient: str, status: str) -> Quantity:
    """Recognitions are compared only with those equal in all four."""
    return Quantity("recognition", (form, level, recipient, status))


def _recognised(fact: ReportedFact, form: str | None, recipient: str) -> tuple[Quantity, Dims]:
    quantity = recognition(form or fact.form, fact.level, recipient, fact.status or "granted")
    # "Tập thể được khen" says the subject already; a model has one of its own
    return quantity, (fact.field, fact.subject if recipient == "model" else None, None, fact.line)


def stated_by(fact: ReportedFact) -> tuple[Quantity, Dims]:
    """What a row of "Số liệu báo cáo" is a total of, and for which part of it (interfaces 3, indicators)."""
    name = fold(fact.indicator)
    if name in _RECOGNITIONS:
        return _recognised(fact, *_RECOGNITIONS[name])
    if name in _BY_NAME:
        quantity, subject = _BY_NAME[name]
        return quantity, (fact.field, subject or fact.subject, fact.level, fact.line)
    other = Quantity("other", (name, fold(fact.measure or ""), fact.form, fact.status))
    return other, (fact.field, fact.subject, fact.level, fact.line)


class Place(NamedTuple):
    """Where a record stands, apart from its day."""

    unit: str
    stretch: int
    dims: Dims


class Mark(NamedTuple):
    """A record as a quantity sees it. Marks with one ``key`` count once. ``day`` is an ordinal.

    One that stands for several of a sum says how ``many`` and has their weight together.
    """

    id: str
    key: tuple[str | int, ...]
    place: Place
    day: int
    weight: Number
    many: int = 1


@dataclass(frozen=True, slots=True)
class Total:
    """A stated total. ``as_of`` is its "Tính đến ngày", or its last day; days are ordinals."""

    fact: ReportedFact
    quantity: Quantity
    dims: Dims
    start: int
    end: int
    as_of: int
    value: Number | None

    @property
    def unit(self) -> str:
        """The unit that it is stated for, with all below."""
        return self.fact.unit

    @property
    def age(self) -> tuple[int, int]:
        """The larger, the later it was stated."""
        return self.as_of, self.fact.order

    @property
    def region(self) -> tuple[Quantity, str, int, int, Dims]:
        """Two totals of one region replace each other."""
        return self.quantity, self.unit, self.start, self.end, self.dims


def total_of(fact: ReportedFact) -> Total:
    """The row as a total."""
    quantity, dims = stated_by(fact)
    as_of = (fact.as_of or fact.period_to).toordinal()
    start, end = fact.period_from.toordinal(), fact.period_to.toordinal()
    value = None if fact.value is None else whole(Fraction(fact.value))
    return Total(fact, quantity, dims, start, end, as_of, value)
