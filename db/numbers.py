"""Numbers as clerks and Excel write them: read, stored in ten-thousandths, shown in the Vietnamese way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from db.dates import date_in_text, date_in_words, parse_birth_year, parse_date, show_date
from db.measures import MEASURES, in_stored_measure, stored_measure
from db.records.definition import SCALE
from db.spelling import in_words, number_in_words
from db.unreadable import (
    AmbiguousNumberError,
    MeasureInNumberError,
    NotADateError,
    NotANumberError,
    NotWholeError,
    NumberTooLargeError,
    UnreadableError,
)
from db.vietnamese import fold, nfc

__all__ = [
    "MEASURES",
    "SCALE",
    "AmbiguousNumberError",
    "MeasureInNumberError",
    "NotADateError",
    "NotANumberError",
    "NotWholeError",
    "NumberTooLargeError",
    "ReadNumber",
    "UnreadableError",
    "date_in_text",
    "date_in_words",
    "from_stored",
    "in_stored_measure",
    "in_words",
    "number_in_words",
    "parse_amount",
    "parse_birth_year",
    "parse_date",
    "parse_number",
    "read_measured",
    "read_number",
    "show_date",
    "show_number",
    "show_vnd",
    "show_vnd_short",
    "stored_measure",
    "to_stored",
]

LARGEST: Final = Decimal(10) ** 15
_SMALLEST: Final = Decimal(1) / SCALE
_STORED_LIMIT: Final = 2**63
_GROUP: Final = 3
_LONGEST: Final = 40  # characters; no number that anybody means is longer


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number that was read; ``rounded`` = it had more than four decimals and lost some: warn."""

    value: Decimal
    rounded: bool = False


def _tidy(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _rounded(value: Decimal, text: str) -> ReadNumber:
    if abs(value) > LARGEST:
        raise NumberTooLargeError(text)
    kept = value.quantize(_SMALLEST, ROUND_HALF_EVEN)
    return ReadNumber(_tidy(kept), kept != value)


# --- written numbers -------------------------------------------------------------------------------------

_KEYBOARD: Final = str.maketrans("０１２３４５６７８９，．－＋−–", "0123456789,.-+--")
_GROUPED: Final = re.compile(
    r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)(?:,([0-9]+))?"
)
_FIGURES: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)+")
_SEPARATOR: Final = re.compile(r"[.,]")
_MEASURED: Final = re.compile(r"([0-9][0-9.,]*)\s*([^\W\d_][^\d]*)")
# "500,000" in a file written the English way is half a million, not 500; nobody writes decimals that end in 0
_ENGLISH_GROUPS: Final = re.compile(r"[1-9][0-9]{0,2},[0-9]{2}0")


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")


def _with_decimals(whole: str, decimals: str) -> str:
    kept = decimals.rstrip("0")
    return f"{_grouped(whole)},{kept}" if kept else _grouped(whole)


def _readings(figures: str) -> tuple[str, ...]:
    """The ways ``1.5`` can be meant: the last sign before decimals, or all signs between thousands."""
    signs = _SEPARATOR.findall(figures)
    *heads, last = _SEPARATOR.split(figures)
    whole, alone = "".join(heads), len(heads) == 1
    found = []
    if alone or len(last) != _GROUP or signs[-1] not in signs[:-1]:
        found.append(_with_decimals(whole, last))
    if not found or (len(set(signs)) == 1 and heads[0].strip("0")):
        found.append(_grouped(whole + (last.ljust(_GROUP, "0") if alone else last)))
    return tuple(found)


def _refuse(text: str, figures: str) -> UnreadableError:
    if _FIGURES.fullmatch(figures):
        return AmbiguousNumberError(text, _readings(figures))
    found = _MEASURED.fullmatch(figures)
    if found is None or not _GROUPED.fullmatch(found[1]):
        return NotANumberError(text)
    unit = _UNITS.get(fold(_CURRENCY.sub("", found[2]).strip()))
    if unit is None:
        return MeasureInNumberError(text, found[1], found[2])
    amount = _exact_text(found[1]) * unit
    whole = show_number(int(amount), 1) if amount == amount.to_integral_value() else ""
    return MeasureInNumberError(text, found[1], _MONEY_WORDS[unit], whole)


def _exact_text(text: str) -> Decimal:
    plain = nfc(text).translate(_KEYBOARD)
    figures = plain.lstrip("+-").lstrip()
    sign = plain[: len(plain) - len(figures)].strip()
    found = _GROUPED.fullmatch(figures)
    if len(plain) > _LONGEST or len(sign) > 1:
        raise NotANumberError(text)
    if not found or _ENGLISH_GROUPS.fullmatch(figures):
        raise _refuse(text, figures)
    whole = found[1].replace(".", "").replace(" ", "")
    return Decimal(f"{sign}{whole}.{found[2] or 0}")


def _exact(value: object) -> Decimal:
    """A number with all its decimals."""
    if isinstance(value, str):
        return _exact_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise NotANumberError("" if value is None else str(value))
    # 15 digits are what Excel keeps: 0.1 + 0.2 is 0.3 there and here
    number = Decimal(format(value, ".15g") if isinstance(value, float) else value)
    if not number.is_finite():
        raise NotANumberError(str(value))
    return number


def read_number(value: object) -> ReadNumber:
    """A number out of a cell or a field, with the flag that decimals were lost.

    Takes ``1.234.567,5``, ``1.500.000``, ``1 500``, ``2,5``, full-width digits, and real numbers. At most
    four decimals are kept (half to even). May be negative. Raises :class:`AmbiguousNumberError` where dots do
    not group three digits or commas look like the English ones (``500,000``), :class:`NumberTooLargeError`
    above 10^15, :class:`NotANumberError` for all else.
    """
    return _rounded(_exact(value), str(value))


def parse_number(value: object) -> Decimal:
    """:func:`read_number` without the flag."""
    return read_number(value).value


def read_measured(value: object, measure: str | None, of: str) -> ReadNumber:
    """A number in ``measure`` as money, labour or land (``of``) in its stored one: 7,2 tỷ đồng is 7200000000.

    Decimals are kept until they are đồng; money comes out whole. Raises as :func:`read_number` and
    :func:`in_stored_measure`, and :class:`NotWholeError` for a sum in đồng with decimals.
    """
    number = _exact(value)
    stored = in_stored_measure(number, measure, of)
    if of != "money":
        return _rounded(stored, str(value))
    if stored == number and number != number.to_integral_value():
        raise NotWholeError(str(value))
    return ReadNumber(
        _rounded(stored.quantize(Decimal(1), ROUND_HALF_EVEN), str(value)).value, stored % 1 != 0
    )


# --- sums of money as they are typed ---------------------------------------------------------------------

# Folded: "tỷ", "tỉ" and "ty" are all "ti"
_UNITS: Final = {"k": 10**3, "nghin": 10**3, "ngan": 10**3, "tr": 10**6, "trieu": 10**6, "ti": 10**9}
_MONEY_WORDS: Final = {10**3: "nghìn đồng", 10**6: "triệu đồng", 10**9: "tỷ đồng"}
_CURRENCY: Final = re.compile(r"(?:đồng|dong|vnđ|vnd|đ|d)\.?$", re.IGNORECASE)
_PIECE: Final = re.compile(r"([0-9][0-9.,]*) ?(nghin|ngan|k|trieu|tr|ti) ?")
_TAIL: Final = re.compile(r"[0-9]{0,3}")


def _pieces(words: str) -> tuple[list[tuple[str, int]], str]:
    """``1 ti 200 trieu 5`` as its figures with their units, and what is left."""
    pieces, place = [], 0
    while found := _PIECE.match(words, place):
        pieces.append((found[1], _UNITS[found[2]]))
        place = found.end()
    return pieces, words[place:]


def _spoken(text: str) -> Decimal:
    figures = _CURRENCY.sub("", nfc(text))
    pieces, tail = _pieces(fold(figures))
    if not pieces:
        return _exact(figures)
    units = [unit for _figures, unit in pieces]
    if units != sorted(set(units), reverse=True) or not _TAIL.fullmatch(tail):
        raise NotANumberError(text)
    # What follows the last unit without one is a part of it: "1tr5" is 1,5 triệu
    return sum((_exact(n) * unit for n, unit in pieces), Decimal(f"0.{tail or 0}") * units[-1])


def parse_amount(value: object) -> int:
    """A sum in đồng as clerks type it: ``1,5tr``, ``1tr5``, ``500k``, ``1 tỷ 200 triệu``, ``1.500.000đ``.

    Raises as :func:`read_number`, and :class:`NotWholeError` for parts of a đồng.
    """
    amount = _spoken(value) if isinstance(value, str) else _exact(value)
    if amount != amount.to_integral_value():
        raise NotWholeError(str(value))
    if abs(amount) > LARGEST:
        raise NumberTooLargeError(str(value))
    return int(amount)


# --- stored and shown ------------------------------------------------------------------------------------


def to_stored(value: Decimal) -> int:
    """The stored integer of a quantity, in ten-thousandths (1,5 -> 15000), half to even beyond that."""
    stored = int((value * SCALE).to_integral_value(ROUND_HALF_EVEN))
    if abs(stored) >= _STORED_LIMIT:
        raise NumberTooLargeError(str(value))
    return stored


def from_stored(stored: int) -> Decimal:
    """The quantity of a stored integer (15000 -> 1,5)."""
    return _tidy(Decimal(stored) / SCALE)


def show_number(stored: int, scale: int = SCALE) -> str:
    """``8.333`` or ``1,5``: a stored quantity, or with ``scale=1`` a count or a sum in đồng."""
    whole, part = divmod(abs(stored), scale)
    sign = "-" if stored < 0 else ""
    decimals = f"{part * SCALE // scale:04d}".rstrip("0")
    return sign + _grouped(str(whole)) + (f",{decimals}" if decimals else "")


def show_vnd(amount: int) -> str:
    """``1.250.000 đồng``."""
    return f"{show_number(amount, 1)} đồng"


_SHORT: Final = ((10**9, "tỷ đồng"), (10**6, "triệu đồng"))


def show_vnd_short(amount: int) -> str:
    """``7,2 tỷ đồng``, ``350 triệu đồng``: to two decimals, for a glance; papers print whole sums."""
    for size, words in _SHORT:
        if abs(amount) >= size:
            hundredths = int((Decimal(amount) / size * 100).to_integral_value(ROUND_HALF_EVEN))
            return f"{show_number(hundredths, 100)} {words}"
    return show_vnd(amount)
