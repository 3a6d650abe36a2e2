"""What money, labour and land may be counted in, and what is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from db.unreadable import LocalMeasureError, UnknownMeasureError
from db.vietnamese import fold

__all__ = ["MEASURES", "Measured", "in_stored_measure", "stored_measure"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing that is counted in one stored measure.

    ``factors`` = how many of it one of another measure is; ``local`` = measures whose size depends on the
    region, with their sizes, which are asked about.
    """

    stored: str
    factors: Mapping[str, int]
    local: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_THOUSAND: Final = ("nghìn", "ngàn", "nghìn đồng", "ngàn đồng", "nghìn đ", "1000 đồng", "1000 đ", "k")
_MILLION: Final = ("triệu", "triệu đồng", "triệu đ", "tr", "tr đồng", "trđ")
_BILLION: Final = ("tỷ", "tỷ đồng", "tỷ đ")  # fold() reads tỉ the same
_IGNORED: Final = re.compile(r"[\s.()]")


@lru_cache(maxsize=4096)  # a column of measures holds few of them
def _key(measure: str) -> str:
    return _IGNORED.sub("", fold(measure))


def _sizes(*groups: tuple[int, tuple[str, ...]]) -> dict[str, int]:
    return {_key(word): size for size, words in groups for word in words}


MEASURES: Final[Mapping[str, Measured]] = {
    "money": Measured(
        "đồng",
        _sizes(
            (1, ("", "đồng", "đ", "vnđ", "vnd", "đồng Việt Nam")),
            (10**3, _THOUSAND),
            (10**6, _MILLION),
            (10**9, _BILLION),
        ),
    ),
    "labour": Measured(
        "ngày công",
        _sizes((1, ("", "ngày công", "công", "ngày", "công lao động", "ngày công lao động"))),
    ),
    "land": Measured(
        "m²",
        _sizes((1, ("", "m²", "mét vuông", "m vuông")), (10**4, ("ha", "hecta", "héc ta", "héc-ta"))),
        {
            _key("sào"): ("360 m² (Bắc Bộ)", "500 m² (Trung Bộ)"),
            _key("mẫu"): ("3.600 m² (Bắc Bộ)", "5.000 m² (Trung Bộ)"),
            _key("công"): ("1.000 m² (Nam Bộ)", "1.296 m² (công tầm lớn)"),
        },
    ),
}
"""By thing: ``money``, ``labour``, ``land``. Sources: interfaces 2 (values), domain dossier 8.5."""


def stored_measure(of: str) -> str:
    """The measure that ``money``, ``labour`` or ``land`` is stored in."""
    return MEASURES[of].stored


def in_stored_measure(value: Decimal, measure: str | None, of: str) -> Decimal:
    """``value`` of ``measure`` (empty = the stored one) in the stored measure: 7 tỷ đồng -> 7000000000.

    Raises :class:`UnknownMeasureError`, and :class:`LocalMeasureError` for sào, which is 360 or 500 m².
    """
    measured, key = MEASURES[of], _key(measure or "")
    if key in measured.local:
        raise LocalMeasureError(measure or "", of, measured.local[key])
    if key not in measured.factors:
        raise UnknownMeasureError(measure or "", of)
    return value * measured.factors[key]
