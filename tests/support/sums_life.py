"""What a random office writes and asks: values that meet in a few units, models, years and names."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from db import SCALE, Book
from db.figures import Asked
from db.records.definition import Value
from db.writing import Writing

Values = dict[str, Value]

DAYS = (
    "2022-03-03",
    "2022-12-31",
    "2023-01-01",
    "2023-06-30",
    "2023-07-01",
    "2024-01-01",
    "2024-06-30",
    "2024-12-31",
    "2025-05-05",
)
YEARS = (2022, 2023, 2024, 2025)
NAMES = ("Nguyễn Văn An", "nguyễn  văn an", "Tổ 1", "Hội Phụ nữ")
MODELS = 4
GROUPS = ("G1", "G2", "W2", "W3", "G3", "D")
DATED = ("contribution", "output_measure", "recognition", "activity", "supervision", "sustainability_check")

_days = st.sampled_from((*DAYS, None))
_SPECIAL: dict[str, st.SearchStrategy[Value]] = {
    "year": st.sampled_from(YEARS),
    "field": st.sampled_from(("economy", "culture_society")),
    "subject_type": st.sampled_from(("collective", "individual")),
    "line": st.sampled_from(("territorial", "territorial", "union")),
    "level": st.sampled_from((None, "grassroots", "city")),
    "registrant": st.sampled_from((None, *NAMES)),
    "status": st.sampled_from((None, "registered", "registered", "draft", "granted", "proposed")),
    "contributor": st.sampled_from(NAMES),
    "contributor_kind": st.sampled_from((None, "budget")),
    "item": st.sampled_from((None, "xi măng", "cát")),
    "measure": st.sampled_from((None, "bao")),
    "name": st.sampled_from(("Đường", "Cống")),
    "form": st.sampled_from(("recognised", "outstanding")),
    "recipient_type": st.sampled_from(("collective", "model")),
    "quantity": st.sampled_from((None, SCALE, 3 * SCALE // 2)),
    "amount_vnd": st.sampled_from((None, 5_000, 70_000)),
    "converted_vnd": st.sampled_from((None, 100)),
    "attendees": st.sampled_from((None, 0, 12)),
    "still_working": st.sampled_from((None, 0, 1)),
    "is_project_work": st.sampled_from((None, 1)),
    "closed_on": _days,
    "registered_on": _days,
    **dict.fromkeys(
        ("given_year", "measured_year", "decided_year", "held_year"), st.sampled_from((None, 2024))
    ),
    **dict.fromkeys(("given_on", "measured_on", "decided_on", "held_on"), _days),
    "checked_on": st.sampled_from(DAYS),
}
KINDS = {
    "contribution": ("cash", "labour_days", "in_kind", "land"),
    "activity": ("meeting", "dialogue"),
    "registration": (None, "new", "maintained"),
}
FIELDS = {
    "model": ("is_project_work",),
    "registration": (
        "year", "field", "subject_type", "line", "level", "registrant", "status", "registered_on", "kind",
        "unit",
    ),
    "contribution": (
        "kind", "contributor", "contributor_kind", "item", "measure", "quantity", "amount_vnd",
        "converted_vnd", "given_on", "given_year", "unit", "model",
    ),
    "output_measure": ("name", "measure", "quantity", "measured_on", "measured_year", "unit", "model"),
    "recognition": (
        "form", "level", "recipient_type", "status", "decided_on", "decided_year", "unit", "model",
    ),
    "activity": ("kind", "attendees", "held_on", "held_year", "unit", "model"),
    "supervision": ("checked_on", "closed_on", "unit", "model"),
    "sustainability_check": ("checked_on", "still_working"),
}  # fmt: skip
_REQUIRED: dict[str, Values] = {
    "output_measure": {"quantity": SCALE, "measure": "m"},
    "recognition": {"recipient": "Tập thể", "status": "granted"},
    "contribution": {"kind": "cash"},
}


def value_of(type_name: str, name: str) -> st.SearchStrategy[Value]:
    """Any value of a field of a type; units by their codes, models by their numbers."""
    if name == "kind":
        return st.sampled_from(KINDS[type_name])
    if name == "unit":
        return st.sampled_from((None, "own", *GROUPS))
    if name == "model":
        return st.sampled_from((None, *range(MODELS)))
    if type_name == "registration" and name == "status":
        return st.sampled_from((None, "registered", "registered", "draft"))
    if type_name == "recognition" and name == "status":
        return st.sampled_from(("granted", "proposed"))
    return _SPECIAL[name]


def values_of(type_name: str) -> st.SearchStrategy[Values]:
    """All fields of a record that the figures look at."""
    fields = {name: value_of(type_name, name) for name in FIELDS[type_name]}
    return st.fixed_dictionaries(fields).map(lambda found: _whole(type_name, found))


def _whole(type_name: str, found: Values) -> Values:
    usual = _REQUIRED.get(type_name, {})
    return found | {name: value for name, value in usual.items() if found.get(name) is None}


@st.composite
def records(draw: st.DrawFn) -> tuple[str, Values]:
    """A type and all fields of a new record; what must have a model has one, most others too."""
    name = draw(st.sampled_from(("registration", "registration", "registration", *DATED)))
    values = draw(values_of(name))
    if name in ("registration", "sustainability_check") or draw(st.integers(0, 2)):
        values["model"] = draw(st.integers(0, MODELS - 1))
    if draw(st.booleans()) and "unit" in values:
        values["unit"] = "G1"
    return name, values


def found_office(write: Writing, own: str) -> dict[str, str]:
    """Wards and groups below the book's unit, by code: G1 and G2 in it, G3 in W2."""
    kinds = {"G": "residential_group", "W": "ward", "D": "district"}
    units = {
        code: write.add("org_unit", {"code": code, "name": f"Đơn vị {code}", "kind": kinds[code[0]]})
        for code in GROUPS
    }
    for code, above in (("G1", None), ("G2", None), ("W2", None), ("W3", "D"), ("G3", "W2"), ("D", None)):
        write.add("unit_parent", {"unit": units[code], "parent": units[above] if above else own})
    return {"own": own, **units}


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """Mostly whole years; some with a cut-off, or ends inside a year. The unit is a code."""
    first, last = sorted(draw(st.tuples(*[st.sampled_from(YEARS)] * 2)))
    end = draw(st.sampled_from([date(last, 12, 31)] * 4 + [date(last, 6, 30)]))
    start = date(first, 1, 1) if draw(st.integers(0, 9)) or first == last else date(first, 7, 1)
    cutoff = draw(st.sampled_from([None] * 4 + [date(2024, 6, 30), date(2025, 6, 1)]))
    how = draw(st.sampled_from(("then", "then", "today")))
    return Asked(start, end, "", draw(st.sampled_from(("own", "own", *GROUPS))), how, cutoff)


def nth_record(book: Book, type_name: str, number: int) -> str | None:
    """A live record of a type; ``None`` where there is none."""
    found = [record for (record,) in book.rows(type_name, ("id",))]
    return found[number % len(found)] if found else None
