"""Trees of units that change, periods and names: what the random books of the figures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from db.figures.facts import ParentFact, SuccessionFact, UnitFact

Period = tuple[date, date]

MODELS = "Mô hình đăng ký"
REFORM = date(2024, 7, 1)
NEW_YEAR = date(2024, 1, 1)


@dataclass(frozen=True)
class Tree:
    """Units, how they hang together, whom to ask (as of today: those that last), which make up which."""

    units: tuple[UnitFact, ...]
    parents: tuple[ParentFact, ...] = ()
    successions: tuple[SuccessionFact, ...] = ()
    lasting: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)


def unit(code: str, kind: str = "ward", start: date | None = None, end: date | None = None) -> UnitFact:
    """A unit whose id, code and name are one."""
    return UnitFact(code, code, code, kind, start, end)


def under(
    parent: str, *units: str, start: date | None = None, end: date | None = None
) -> tuple[ParentFact, ...]:
    """Units that hang under a parent."""
    return tuple(ParentFact(u, parent, start, end) for u in units)


LAST_OF_YEAR, LAST_BEFORE = date(2023, 12, 31), date(2024, 6, 30)
CITY = unit("c", "city")

ONE = Tree((unit("w"),), lasting=("w",))
GROUPS = Tree(
    (unit("w"), unit("g1", "residential_group"), unit("g2", "residential_group")),
    under("w", "g1", "g2"),
    lasting=("w", "g1", "g2"),
    parts={"w": ("g1", "g2")},
)
WARDS = Tree(
    (CITY, unit("w1"), unit("w2"), unit("w3")),
    under("c", "w1", "w2", "w3"),
    lasting=("c", "w1"),
    parts={"c": ("w1", "w2", "w3")},
)
DEEP = Tree(
    (CITY, unit("d", "district"), unit("w1"), unit("w2"), unit("w3")),
    under("c", "d", "w3") + under("d", "w1", "w2"),
    lasting=("c", "d", "w1"),
    parts={"c": ("d", "w3"), "d": ("w1", "w2")},
)
MERGED = Tree(
    (CITY, unit("w1", end=LAST_OF_YEAR), unit("w2", end=LAST_OF_YEAR), unit("w3"), unit("n", start=NEW_YEAR)),
    under("c", "w1", "w2", "w3", "n"),
    (SuccessionFact("w1", "n", NEW_YEAR), SuccessionFact("w2", "n", NEW_YEAR)),
    lasting=("c", "n", "w3"),
    parts={"c": ("w1", "w2", "w3"), "n": ("w1", "w2")},
)
SPLIT = Tree(
    (CITY, unit("x", end=LAST_OF_YEAR), unit("y", start=NEW_YEAR), unit("z", start=NEW_YEAR), unit("w3")),
    under("c", "x", "y", "z", "w3"),
    (SuccessionFact("x", "y", NEW_YEAR), SuccessionFact("x", "z", NEW_YEAR)),
    lasting=("c", "y", "w3"),
    parts={"c": ("x", "w3")},
)
TWO_TIERS = Tree(
    (CITY, unit("d", "district", end=LAST_BEFORE), unit("w1"), unit("w2"), unit("w3")),
    under("c", "d", "w3") + under("d", "w1", "w2", end=LAST_BEFORE) + under("c", "w1", "w2", start=REFORM),
    lasting=("c", "w1", "w3"),
    parts={"c": ("d", "w3"), "d": ("w1", "w2")},
)
DIVIDED_DISTRICT = replace(
    TWO_TIERS, successions=(SuccessionFact("d", "w1", REFORM), SuccessionFact("d", "w2", REFORM))
)
MOVED = Tree(
    (CITY, unit("d1", "district"), unit("d2", "district"), unit("w1"), unit("w2")),
    under("c", "d1", "d2")
    + under("d2", "w2")
    + under("d1", "w1", end=LAST_OF_YEAR)
    + under("d2", "w1", start=NEW_YEAR),
    # A unit that another one left is not asked: whether it is complete without that one is open
    asked=("c", "d2", "w1"),
    parts={"c": ("d1", "d2"), "d1": ("w1",)},
)
TREES = (ONE, GROUPS, WARDS, WARDS, DEEP, DEEP, MERGED, SPLIT, TWO_TIERS, DIVIDED_DISTRICT, MOVED)

PERIODS: tuple[Period, ...] = (
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2023, 1, 1), date(2023, 12, 31)),
    (date(2023, 1, 1), date(2024, 12, 31)),
    (date(2024, 1, 1), date(2024, 3, 31)),
    (date(2024, 4, 1), date(2024, 6, 30)),
    (date(2024, 1, 1), date(2024, 6, 30)),
    (date(2024, 7, 1), date(2024, 12, 31)),
    (date(2024, 1, 1), date(2024, 5, 21)),
    (date(2023, 7, 1), date(2024, 6, 30)),
    (date(2022, 1, 1), date(2023, 12, 31)),
    (date(2022, 1, 1), date(2024, 12, 31)),
    (date(2022, 1, 1), date(2024, 10, 14)),
    (date(2024, 4, 1), date(2024, 12, 31)),
)
CROSSING: tuple[tuple[Period, ...], ...] = (
    (PERIODS[8], PERIODS[0]),
    (PERIODS[9], PERIODS[8], PERIODS[0]),
    (PERIODS[9], PERIODS[2]),
    (PERIODS[11], PERIODS[0]),
    (PERIODS[8], PERIODS[7], PERIODS[2]),
    (PERIODS[5], PERIODS[12]),
    (PERIODS[7], PERIODS[12]),
    (PERIODS[3], PERIODS[5], PERIODS[12]),
)
CONSECUTIVE: tuple[tuple[Period, ...], ...] = (
    (PERIODS[3], PERIODS[4]),
    (PERIODS[3], PERIODS[4], PERIODS[6]),
    (PERIODS[1], PERIODS[0]),
    (PERIODS[9], PERIODS[7]),
    (PERIODS[3], PERIODS[6]),
)
DAYS = (
    date(2022, 5, 5),
    date(2023, 3, 3),
    date(2024, 1, 1),
    date(2024, 3, 31),
    date(2024, 5, 21),
    date(2024, 9, 9),
)
NAMES = ("Nguyễn Văn An", "nguyễn văn an", "Tổ dân phố 1", "Hội Phụ nữ", "Chi bộ 2")
OTHER_INDICATORS: tuple[tuple[str, str | None, str | None], ...] = (
    ("Tập thể đăng ký", None, None),
    ("Cá nhân đăng ký", None, None),
    ("Kinh phí xã hội hóa", None, "đồng"),
    ("Ngày công", None, "ngày công"),
    ("Mô hình tiêu biểu", None, None),
    ("Tập thể được công nhận", None, None),
    ("Tập thể được khen", "certificate_of_merit_local", None),
    ("Số tổ dân vận", None, "tổ"),
)
