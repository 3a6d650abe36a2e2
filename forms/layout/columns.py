"""How wide columns become: no word may stand over its neighbour, and rows stay as low as they can.

Knows nothing of any page format: widths go in, widths come out, all in pt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

_SHORT = 42.0
"""A text of up to 15 mm is kept on one line where there is room for it."""
_MOST = 0.9
"""The part of a column's cells that counts: a few long ones may take more lines."""
_LONG = 300.0
"""A longer text takes more lines than its neighbours; else names would stand one word to a line."""
_EVEN = 1e-6


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column needs: ``least`` for its longest word, ``naturals`` for each of its texts on one line.

    ``heading`` is its heading on one line, which is nice to have.
    """

    least: float
    naturals: tuple[float, ...]
    heading: float = 0.0

    def scaled(self, size: float, padding: float) -> Wish:
        """The same at another size of letters, with room around the text."""
        # An empty cell has no wish: the few that are filled shall decide
        naturals = tuple(each * size + padding if each else 0.0 for each in self.naturals)
        return Wish(self.least * size + padding, naturals, self.heading * size + padding)

    @property
    def natural(self) -> float:
        """The width at which most of its texts need one line, within reason."""
        ordered = sorted(each for each in self.naturals if each)
        if not ordered:
            return self.least
        most = ordered[min(len(ordered) - 1, int(len(ordered) * _MOST))]
        return max(self.least, min(most, _LONG))

    @property
    def widest(self) -> float:
        """The width at which all of its texts need one line."""
        return max((self.least, *self.naturals))


def fits(wishes: Sequence[Wish], room: float) -> bool:
    """Whether no word has to be cut."""
    return sum(wish.least for wish in wishes) <= room


def share(wishes: Sequence[Wish], room: float) -> list[float]:
    """Widths that sum up to ``room``: all on one line, else about as many lines in each column, else cut."""
    widest = [wish.widest for wish in wishes]
    headed = [max(wish.widest, wish.heading) for wish in wishes]
    for widths in (headed, widest):
        if sum(widths) <= room:
            return _stretched(widths, room)
    least = [wish.least for wish in wishes]
    if sum(least) > room:
        return _capped(least, room)
    short = [max(wish.least, min(wish.natural, _SHORT)) for wish in wishes]
    return _even_lines(wishes, short if sum(short) <= room else least, room)


def _stretched(widths: Sequence[float], room: float) -> list[float]:
    return [width * room / sum(widths) for width in widths]


def _even_lines(wishes: Sequence[Wish], floor: Sequence[float], room: float) -> list[float]:
    """The fewest lines ``n`` (not a whole number) at which every column fits with its n-th part."""
    few, many = 1.0, max(wish.natural / wish.least for wish in wishes) + 1

    def widths(lines: float) -> list[float]:
        return [max(low, wish.natural / lines) for low, wish in zip(floor, wishes, strict=True)]

    while many - few > _EVEN:
        middle = (few + many) / 2
        few, many = (few, middle) if sum(widths(middle)) <= room else (middle, many)
    found = widths(many)
    spare = room - sum(found)
    growing = sum(width for width, low in zip(found, floor, strict=True) if width > low) or sum(found)
    return [
        width + (spare * width / growing if width > low or growing == sum(found) else 0)
        for width, low in zip(found, floor, strict=True)
    ]


def _capped(widths: Sequence[float], room: float) -> list[float]:
    """Cut the widest down to one common width so that the sum is ``room``; narrow ones keep theirs."""
    kept: dict[int, float] = {}
    for place in sorted(range(len(widths)), key=lambda at: widths[at]):
        fair = (room - sum(kept.values())) / (len(widths) - len(kept))
        kept[place] = min(widths[place], fair)
    return [kept[place] for place in range(len(widths))]


def mean_lines(wishes: Sequence[Wish], widths: Sequence[float]) -> float:
    """About how many lines a row has. Columns tell their texts in the order of the rows."""
    rows = zip(*(wish.naturals for wish in wishes), strict=True)
    lines = [max(ceil(text / width - _EVEN) for text, width in zip(row, widths, strict=True)) for row in rows]
    return max(1.0, sum(lines) / len(lines)) if lines else 1.0
