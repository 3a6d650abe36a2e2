"""The totals that units reported without records, as they stated them, and whether they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from db.numbers import show_date
from db.vietnamese import fold
from forms import wording
from forms.paper_data import PaperData
from forms.tables.lists import ListColumn, Listing
from forms.tables.spec import TableSpec
from forms.tree import Table

Stated = Mapping[str, Any]
"""A row of ``reported`` (interfaces §3)."""

_PARTS = {
    "field": "field",
    "subject": "subject_type",
    "level": "level",
    "line": "line",
    "form": "recognition_form",
}


def stated_totals(data: PaperData, spec: TableSpec) -> Table:
    """Every reported total that has a value, counted or not: by unit and period, then as in the lists."""
    units = {each["unit"]: at for at, each in enumerate(data.by_unit)}
    rows = sorted(
        (row for row in data.figures["reported"] if row["value"] is not None),
        key=lambda row: (units.get(row["unit"], -1), row["unit"], row["from"], row["to"], *_place(row)),
    )
    listing = Listing(spec, _columns(data, rows, spec), rows)
    listing.add(rows)
    return listing.table()


def _columns(data: PaperData, rows: list[Stated], spec: TableSpec) -> dict[str, ListColumn[Stated]]:
    counted = (spec.word("left_out", "Không"), spec.word("counted", "Có"))
    return {
        "unit": ListColumn(_unit(data, rows)),
        "indicator": ListColumn(lambda row: wording.indicator(row["indicator"])),
        "parts": ListColumn(_parts),
        "period": ListColumn(lambda row: f"{show_date(row['from'])} – {show_date(row['to'])}", "center"),
        "as_of": ListColumn(lambda row: show_date(row["as_of"] or row["to"]), "center"),
        "value": ListColumn(wording.stated, "center"),
        "source": ListColumn(lambda row: row.get("source") or ""),
        "counted": ListColumn(lambda row: counted[bool(row["counted"])], "center"),
    }


def _unit(data: PaperData, rows: list[Stated]) -> Callable[[Stated], str]:
    """Names of units, where there are several."""
    names = {each["unit"]: each["name"] for each in data.by_unit} | {data.figures["unit"]: data.unit_name}
    several = len({row["unit"] for row in rows}) > 1
    return lambda row: str(names.get(row["unit"], row["unit"])) if several else ""


def _place(row: Stated) -> tuple[Any, ...]:
    """Where a clerk looks for it: indicators as in their list, the whole before its parts, older first.

    An office's own indicators follow by name.
    """
    code = wording.indicator_code(row["indicator"])
    parts = (_part_place(row, key, choices) for key, choices in _PARTS.items())
    return (
        *wording.place("indicator", code),
        fold(row["indicator"]),
        *parts,
        row["status"] or "",
        row["as_of"] or "",
    )


def _part_place(row: Stated, key: str, choices: str) -> int:
    return 1 + wording.place(choices, row[key])[1] if row[key] else 0


def _parts(row: Stated) -> str:
    words = [wording.name(choices, row[key]) for key, choices in _PARTS.items()]
    proposed = wording.name("recognition_status", row["status"]) if row["status"] == "proposed" else ""
    return ", ".join(word for word in (*words, proposed) if word)
