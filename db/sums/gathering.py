"""Kept sums of many units and those just worked out, brought together for one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from db.engine import Connection
from db.sums import tables
from db.sums.folding import Folding
from db.sums.making import Amounts, DayKind, Key, UnitSums

Place = tuple[str, int, Key]
"""Unit, span, key."""


class Membership(NamedTuple):
    """Days (first, last) in which nobody changes his superior, and by unit since when it belongs."""

    days: tuple[int, int]
    since: Mapping[str, int]


@dataclass(slots=True)
class Gathered:
    """What came together; ``days`` first and last by unit, span and kind, dialogues by unit and day."""

    sums: dict[Place, Amounts] = field(default_factory=dict)
    days: dict[tuple[str, int, DayKind], tuple[int, int]] = field(default_factory=dict)
    dialogues: set[tuple[str, int]] = field(default_factory=set)
    odd: set[str] = field(default_factory=set)

    def add(self, place: Place, amounts: Iterable[int]) -> None:
        """More of a kind."""
        found = self.sums.get(place)
        self.sums[place] = [a + b for a, b in zip(found, amounts, strict=True)] if found else list(amounts)

    def see(self, unit: str, span: int, kind: DayKind, days: tuple[int, int]) -> None:
        """More first and last days."""
        first, last = self.days.get((unit, span, kind), days)
        self.days[unit, span, kind] = min(first, days[0]), max(last, days[1])


class Gathering:
    """``numbers`` = those of the units whose kept sums hold, ``fresh`` = sums of the others.

    Without a ``folding`` one unit stands for all.
    """

    def __init__(
        self,
        connection: Connection,
        numbers: Mapping[str, int],
        fresh: Mapping[str, UnitSums],
        folding: Folding | None,
        asked: str,
    ) -> None:
        self._connection, self._numbers, self._fresh = connection, numbers, fresh
        self._folding, self._asked = folding, asked
        self._names = {number: unit for unit, number in numbers.items()}
        self._stands = {number: self._stands_in(unit) for unit, number in numbers.items()}

    def _stands_in(self, unit: str) -> str:
        return self._folding.of(unit) if self._folding else self._asked

    def of(self, memberships: Iterable[Membership]) -> Gathered:
        """All that belongs, and the dialogues of all units."""
        found = Gathered()
        for each in memberships:
            self._add_kept(found, each)
            self._add_fresh(found, each)
            self._add_dialogues(found, each.days)
        return found

    def _add_dialogues(self, found: Gathered, days: tuple[int, int]) -> None:
        """Of each unit one: on which of these days is all the same."""
        for unit, first, _last in tables.days_of_units(self._connection, DayKind.DIALOGUES, days):
            if unit in self._names:
                found.dialogues.add((self._names[unit], first))
        for name, sums in self._fresh.items():
            seen = (first for (kind, _), (first, _last) in sums.days.items() if kind == DayKind.DIALOGUES)
            found.dialogues.update((name, day) for day in seen if days[0] <= day <= days[1])

    # --- what holds ---

    def _add_kept(self, found: Gathered, membership: Membership) -> None:
        by_since: dict[int, set[int]] = defaultdict(set)
        for unit, since in membership.since.items():
            if unit in self._numbers:
                by_since[since].add(self._numbers[unit])
        for since, units in by_since.items():
            self._add_units(found, units, membership.days, since)
            self._see_days(found, units, membership.days)
            found.odd |= tables.odd_models(self._connection, units)

    def _add_units(self, found: Gathered, units: Set[int], days: tuple[int, int], since: int) -> None:
        if self._folding is None:
            rows = self._together(units, days, since)
        else:
            rows = self._apart(units, days, since)
        keys = tables.keys_of(self._connection, {key for _unit, _span, key in rows})
        for (unit, span, key), amounts in rows.items():
            if amounts[0]:
                found.add((unit, span, keys[key]), amounts)

    def _together(
        self, units: Set[int], days: tuple[int, int], since: int
    ) -> dict[tuple[str, int, int], Amounts]:
        """All units' sums less those of the others, if these are fewer."""
        others = tables.all_numbers(self._connection) - units
        if len(others) >= len(units):
            rows = tables.added_up(self._connection, units, days, since)
        else:
            rows = tables.added_up(self._connection, None, days, since)
            less = tables.added_up(self._connection, others, days, since) if others else {}
            for place, amounts in less.items():
                rows[place] = [a - b for a, b in zip(rows[place], amounts, strict=True)]
        return {(self._asked, *place): amounts for place, amounts in rows.items()}

    def _apart(
        self, units: Set[int], days: tuple[int, int], since: int
    ) -> dict[tuple[str, int, int], Amounts]:
        rows: dict[tuple[str, int, int], Amounts] = {}
        for unit, span, key, *amounts in tables.one_by_one(self._connection, units, days, since):
            place = (self._stands[unit], span, key)
            known = rows.get(place)
            rows[place] = [a + b for a, b in zip(known, amounts, strict=True)] if known else amounts
        return rows

    def _see_days(self, found: Gathered, units: Set[int], days: tuple[int, int]) -> None:
        for kind in (DayKind.REGISTERED, DayKind.OTHERS):
            if self._folding is None:
                for span, *seen in tables.days_together(self._connection, kind, units, days):
                    found.see(self._asked, span, kind, (seen[0], seen[1]))
                continue
            for unit, span, *seen in tables.days_kept(self._connection, kind, days):
                if unit in units:
                    found.see(self._stands[unit], span, kind, (seen[0], seen[1]))

    # --- what was just worked out ---

    def _add_fresh(self, found: Gathered, membership: Membership) -> None:
        for unit, sums in self._fresh.items():
            since = membership.since.get(unit)
            if since is not None:
                self._add_sums(found, self._stands_in(unit), sums, membership.days, since)
                found.odd |= sums.odd

    @staticmethod
    def _add_sums(found: Gathered, unit: str, sums: UnitSums, days: tuple[int, int], since: int) -> None:
        first, last = days
        for (span, key, before), amounts in sums.rows.items():
            if first <= span <= last and before < since:
                found.add((unit, span, key), amounts)
        for (kind, span), seen in sums.days.items():
            if first <= span <= last:
                found.see(unit, span, DayKind(kind), seen)
