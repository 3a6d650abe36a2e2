"""Figures in the words of a Vietnamese paper: the unknown is said, what was stated roughly stays rough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from db.choices import choices, code_of, label
from db.numbers import show_number, show_vnd, show_vnd_short, to_stored

Number = int | float | Decimal | Fraction

NO_DATA: Final = "chưa có số liệu"
"""A figure that is null. It is never 0."""
_QUALIFIERS: Final = {"more_than": "hơn", "about": "khoảng", "nearly": "gần"}
_SHORT_STEP: Final = ((10**9, 10**7), (10**6, 10**4))
"""A sum is said in tỷ or triệu only where two decimals hold all of it."""


def decimal(value: Number) -> Decimal:
    """An exact decimal of a JSON number (at most four decimals count)."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def number(value: Number | None) -> str:
    """``8.333``, ``1,5``; null in words."""
    return NO_DATA if value is None else show_number(to_stored(decimal(value)))


def money(value: int | None) -> str:
    """``1.250.000 đồng``; null in words."""
    return NO_DATA if value is None else show_vnd(int(value))


def money_as_spoken(value: int) -> str:
    """``7 tỷ đồng`` where nothing is lost by it, else all digits."""
    for size, step in _SHORT_STEP:
        if abs(value) >= size:
            return show_vnd(value) if value % step else show_vnd_short(value)
    return show_vnd(value)


def counted(value: Number | None, noun: str) -> str:
    """``549 mô hình``; null in words, without the noun."""
    return NO_DATA if value is None else f"{number(value)} {noun}".strip()


def difference(now: Number | None, before: Number | None) -> str:
    """``+12``, ``-3``, ``0``; words where one of the two is not known."""
    if now is None or before is None:
        return NO_DATA
    change = decimal(now) - decimal(before)
    return f"+{number(change)}" if change > 0 else number(change)


def percent(part: Number | None, whole: Number | None) -> str:
    """``29,0%``, one decimal but for all and none; words where it cannot be said."""
    if part is None or not whole:
        return NO_DATA
    share = Fraction(decimal(part)) * 100 / Fraction(decimal(whole))
    if share in (0, 100):
        return f"{share}%"
    tenths = round(share * 10)
    return f"{show_number(tenths // 10, 1)},{tenths % 10}%"


def average(total: int, parts: int) -> tuple[str, bool]:
    """``3,5``: a mean to one decimal, rounded half up; and whether nothing was lost by that."""
    tenths = (Fraction(total * 10, parts) + Fraction(1, 2)) // 1
    return number(Fraction(tenths, 10)), tenths * parts == total * 10


def name(list_name: str, code: str | None, unknown: str = "") -> str:
    """The Vietnamese word for a code of ``list_name``, whatever language the window speaks."""
    return unknown if code is None else label(list_name, code, "vi")


def indicator(text: str) -> str:
    """The Vietnamese name of an indicator, known or the office's own."""
    return label("indicator", indicator_code(text), "vi")


def indicator_code(text: str) -> str:
    """The code of an indicator that is known by name, else the text itself."""
    return code_of("indicator", text)


def place(list_name: str, code: str | None) -> tuple[bool, int]:
    """Where a code stands in its list, for sorting; unstated last."""
    codes = [choice.code for choice in choices(list_name)]
    return code is None, codes.index(code) if code in codes else len(codes)


def stated(row: Mapping[str, Any]) -> str:
    """A reported total as its unit stated it: its own words, else the number with its measure."""
    word = _QUALIFIERS.get(row["qualifier"], "")
    if row.get("words"):
        said = str(row["words"])
        return said if said.lower().startswith(word) else roughly(word, said)
    if row["measure"] == "đồng":
        return roughly(word, money_as_spoken(int(row["value"])))
    return roughly(word, counted(row["value"], row["measure"] or ""))


def qualifier(
    rows: Iterable[Mapping[str, Any]],
    indicator: str,
    value: Number | None,
    exceeded: bool = False,
    **where: Any,
) -> str:
    """``hơn``, ``khoảng``, ``gần`` or nothing: how the totals behind ``value`` were stated.

    A total of just this value lends its own word. All else is a sum: "hơn" when no total in it is less than
    stated, "gần" when none is more, else "khoảng". ``exceeded``: parts or records came to more than a
    total, so nobody can tell from the rows which of them are in the sum, and none lends a word.
    """
    if value is None:
        return ""
    stated = [row for row in rows if _speaks_of(row, indicator, where)]
    exactly = [row for row in stated if decimal(row["value"]) == decimal(value)]
    if exactly:
        return _QUALIFIERS.get(exactly[-1]["qualifier"], "")
    if sum(decimal(row["value"]) for row in stated) != decimal(value):
        stated = [] if exceeded else [row for row in stated if not _is_held(row, stated)]
    return _together({row["qualifier"] for row in stated} - {"exact"})


def is_exceeded(figures: Mapping[str, Any]) -> bool:
    """Did parts or records come to more than a stated total anywhere?"""
    return any(problem["code"] == "exceeds_reported" for problem in figures["problems"])


def _is_held(row: Mapping[str, Any], stated: Iterable[Mapping[str, Any]]) -> bool:
    """Does an exact total of the same unit hold this one?"""
    return any(
        other["qualifier"] == "exact"
        and other["unit"] == row["unit"]
        and other["from"] <= row["from"]
        and row["to"] <= other["to"]
        and all(other[part] in (None, row[part]) for part in ("field", "subject", "level", "line"))
        for other in stated
        if other is not row
    )


def _speaks_of(row: Mapping[str, Any], indicator: str, where: Mapping[str, Any]) -> bool:
    if not row["counted"] or row["value"] is None or indicator_code(row["indicator"]) != indicator:
        return False
    return all(row.get(key) == wanted for key, wanted in where.items())


def _together(kinds: set[str]) -> str:
    if not kinds:
        return ""
    return _QUALIFIERS[next(iter(kinds))] if len(kinds) == 1 else _QUALIFIERS["about"]


def roughly(word: str, said: str) -> str:
    """``hơn 7 tỷ đồng``."""
    return f"{word} {said}".strip()
