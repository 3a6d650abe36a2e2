"""Facts as a book that can be read: what figures take from a book, taken from facts instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from db import SCALE
from db.figures import Facts

_TYPES: Final = {
    "org_unit": "units",
    "unit_parent": "parents",
    "unit_succession": "successions",
    "model": "models",
    "registration": "registrations",
    "reported_figure": "reported",
    "contribution": "contributions",
    "output_measure": "outputs",
    "recognition": "recognitions",
    "activity": "activities",
    "supervision": "supervisions",
    "sustainability_check": "checks",
}
_NAMES: Final = {
    "old_unit": "old",
    "new_unit": "new",
    "on_date": "on",
    "subject_type": "subject",
    "row_order": "order",
    **dict.fromkeys(("given_on", "measured_on", "decided_on", "held_on", "checked_on"), "day"),
    **dict.fromkeys(("given_year", "measured_year", "decided_year", "held_year"), "year"),
}


def _stored(value: Any) -> Any:
    if isinstance(value, Fraction):
        return int(value * SCALE)
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class FactsBook:
    """Rows of facts, as a book gives them."""

    facts: Facts

    def founding_unit(self) -> str:
        """The unit the book was made for."""
        return self.facts.founding_unit

    def today(self) -> date:
        """The day of asking: after everything else."""
        return self.facts.today or date.max

    def rows(
        self,
        type_name: str,
        fields: Sequence[str],
        where: Mapping[str, Any] | None = None,
        between: tuple[str, Any, Any] | None = None,
        /,
    ) -> Iterator[tuple[Any, ...]]:
        """Those that meet ``where``, with a field between two values."""
        for fact in getattr(self.facts, _TYPES[type_name]):
            kept = asdict(fact)

            def value(name: str, kept: Mapping[str, Any] = kept) -> Any:
                return _stored(kept.get(_NAMES.get(name, name)))

            if between and (value(between[0]) is None or not between[1] <= value(between[0]) <= between[2]):
                continue
            if all(value(n) in (w if isinstance(w, list) else [w]) for n, w in (where or {}).items()):
                yield tuple(value(name) for name in fields)
