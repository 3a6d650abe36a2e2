"""Where computed figures (the JSON of interfaces §3) and the slow reference differ, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.support.figures_value import DIMENSIONS


def differences(computed: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """One line for each compared key whose value differs; empty = the two agree.

    Where two ways of covering are equally large, what depends on the way taken is not compared.
    """
    open_ways = None in expected["reported"].values()
    pairs = [
        *_models(computed["models"], expected["models"]),
        *([] if open_ways else _complete(computed["models"], expected["models"])),
        *_contributions(computed["contributions"], expected["contributions"]),
        ("recognition", _recognition(computed["recognition"]), expected["recognition"]),
        ("outputs", _outputs(computed["outputs"]), expected["outputs"]),
        *([] if open_ways else _data_days(computed["period"], expected)),
    ]
    lines = [f"{key}: {_show(got)}, reference {_show(want)}" for key, got, want in pairs if got != want]
    return [*lines, *_problems(computed, expected), *_counted(computed["reported"], expected["reported"])]


def number(value: Any) -> Any:
    """A JSON number as a whole int or an exact Fraction; None stays None."""
    if value is None:
        return None
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    return int(exact) if exact.denominator == 1 else exact


def _models(got: Mapping[str, Any], want: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in ("registered", "distinct_models", "registrants", "project_works"):
        yield f"models.{key}", number(got[key]), want[key]
    for key in ("by_level", "by_kind"):
        yield from _by(f"models.{key}", got[key], want[key])
    # Lines without anything may be left out or shown as 0 or null
    for line in DIMENSIONS["line"]:
        shown = number(got["by_line"].get(line)) or None
        yield f"models.by_line.{line}", shown, want["by_line"][line] or None
    cells = {(cell["field"], cell["subject"]): number(cell["value"]) for cell in got["matrix"]}
    for place, value in want["matrix"].items():
        yield f"models.matrix.{place}", cells.get(place), value
    left = got.get("unallocated") or {}
    yield "models.unallocated.total", number(left.get("total")) or None, want["unallocated"].get("total")


def _complete(got: Mapping[str, Any], want: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What is shown only when it is complete."""
    left, expected = got.get("unallocated") or {}, want["unallocated"]
    for key in ("by_subject", "by_field"):
        yield from _by(f"models.{key}", got[key], want[key])
        inner = {name: number(value) for name, value in (left.get(key) or {}).items()}
        yield f"models.unallocated.{key}", inner, expected[key]


def _by(key: str, got: Mapping[str, Any], want: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, value in want.items():
        yield f"{key}.{name}", number(got.get(name)), value


def _contributions(got: Mapping[str, Any], want: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in ("cash_vnd", "transfer_vnd", "socialised_vnd", "labour_days", "land_m2", "contributors"):
        yield f"contributions.{key}", number(got[key]), want[key]
    goods = {
        (row["name"], row["unit"]): (number(row["quantity"]), number(row["converted_vnd"]))
        for row in got["in_kind"]
    }
    yield "contributions.in_kind", goods, want["in_kind"]


def _recognition(rows: Iterable[Mapping[str, Any]]) -> dict[Any, Any]:
    return {
        (row["form"], row["level"], row["recipient_type"], row["status"]): number(row["value"])
        for row in rows
        if row["value"] is not None
    }


def _outputs(rows: Iterable[Mapping[str, Any]]) -> dict[Any, Any]:
    return {(row["name"], row["unit"]): number(row["quantity"]) for row in rows}


def _data_days(period: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in ("data_from", "data_to"):
        yield key, _iso(period[key]), _iso(expected[key])


def _iso(day: Any) -> Any:
    return day.isoformat() if isinstance(day, date) else day


def _problems(computed: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[str]:
    codes = {problem["code"] for problem in computed["problems"]}
    for code in sorted(expected["problems"]["must"] - codes):
        yield f"problem missing: {code}"
    for code in sorted(codes - expected["problems"]["may"]):
        yield f"problem not expected: {code}"


def _counted(rows: Iterable[Mapping[str, Any]], want: Mapping[str, bool | None]) -> Iterator[str]:
    """Rows are known by their source; a row that is not listed does not count."""
    got = {row["source"]: row["counted"] for row in rows}
    for row, counted in want.items():
        if counted is not None and got.get(row, False) != counted:
            yield f"reported.{row}.counted: {got.get(row, 'not listed')}, reference {counted}"


def _show(value: Any) -> str:
    return str(value) if isinstance(value, Fraction) else repr(value)
