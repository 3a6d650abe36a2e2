"""Which registrations count as alive, on which day they stand, and who keeps a dissolved unit's models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from db.reading import Reading, Within
from db.writing import Writing

NOT_REGISTERED: Final = frozenset({"draft", "returned", "withdrawn"})
"""Registrations of these states are none (interfaces 3)."""

ENDED: Final = frozenset({"withdrawn", "stopped"})
"""Somebody said that the model goes on no more."""


def seen_by(write: Writing) -> Reading:
    """The book as it stands in the middle of a write."""
    write.flush()
    return Within(write.connection)


class Heirs:
    """Who took over from whom, from which day on."""

    def __init__(self, book: Reading) -> None:
        self._after: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for old, new, on in book.rows("unit_succession", ("old_unit", "new_unit", "on_date")):
            self._after[old].append((new, on or ""))

    def of(self, unit: str | None, day: str) -> str | None:
        """The unit that stands for ``unit`` on a day; a divided one stays itself: nobody knows which part."""
        seen = {unit}
        while unit is not None:
            heirs = self._after.get(unit, ())
            if len(heirs) != 1 or heirs[0][1] > day or heirs[0][0] in seen:
                return unit
            unit = heirs[0][0]
            seen.add(unit)
        return None


def last_checks(book: Reading) -> Mapping[str, tuple[str, int | None]]:
    """By model: day of its latest sustainability check and what it found (1, 0, None = not stated)."""
    found: dict[str, tuple[str, int | None]] = {}
    for model, on, works in book.rows("sustainability_check", ("model", "checked_on", "still_working")):
        if on and on >= found.get(model, ("", None))[0]:
            found[model] = (on, works)
    return found
