"""How wide the columns of a table become: no word may stand over its neighbour, spare room goes where it saves lines.

Knows nothing of any page format: widths go in, widths come out, all in pt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WIDEST_WISH = 170.0
"""No column asks for more than about 60 mm: a long text is read best at that width."""
_LINES_WISHED = 3
"""A column is comfortable when its texts need about so many lines."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one column needs: ``least`` = its longest word, ``natural`` = its longest text on one line."""

    least: float
    natural: float

    @property
    def wished(self) -> float:
        """The natural width, within reason."""
        return max(self.least, min(self.natural, _WIDEST_WISH))

    @property
    def comfortable(self) -> float:
        """The width at which its texts need only a few lines."""
        return max(self.least, self.wished / _LINES_WISHED)


def least(wishes: Iterable[Wish]) -> float:
    """Width that all columns need together so that no word is cut."""
    return sum(wish.least for wish in wishes)


def comfortable(wishes: Iterable[Wish]) -> float:
    """Width that all columns need together so that rows stay a few lines high."""
    return sum(wish.comfortable for wish in wishes)


def share(wishes: Sequence[Wish], room: float) -> list[float]:
    """Widths that sum up to ``room``. Where even the longest words do not fit, the widest columns give way."""
    if least(wishes) > room:
        return _capped([wish.least for wish in wishes], room)
    if sum(wish.wished for wish in wishes) > room:
        return _between([wish.least for wish in wishes], [wish.wished for wish in wishes], room)
    return _stretched(wishes, room)


def _between(low: Sequence[float], high: Sequence[float], room: float) -> list[float]:
    part = (room - sum(low)) / (sum(high) - sum(low))
    return [a + (b - a) * part for a, b in zip(low, high, strict=True)]


def _stretched(wishes: Sequence[Wish], room: float) -> list[float]:
    # Texts still longer than their column are served first, then all columns grow alike
    wished = [wish.wished for wish in wishes]
    natural = [max(wish.natural, wish.wished) for wish in wishes]
    if sum(natural) > room:
        return _between(wished, natural, room)
    return [width * room / sum(natural) for width in natural]


def _capped(widths: Sequence[float], room: float) -> list[float]:
    """Cut the widest down to one common width so that the sum is ``room``; narrow ones keep theirs."""
    kept: dict[int, float] = {}
    for place in sorted(range(len(widths)), key=lambda at: widths[at]):
        fair = (room - sum(kept.values())) / (len(widths) - len(kept))
        kept[place] = min(widths[place], fair)
    return [kept[place] for place in range(len(widths))]
