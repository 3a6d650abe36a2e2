"""The kept sums in the book: made by unit, many units at a time; read by span and key."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, Final

from db import engine, store
from db import operations as log
from db.engine import Connection
from db.reading import Within
from db.records.definition import REMOVED
from db.sums.making import Amounts, DayKind, Key
from db.sums.read import DATED, REGISTRATION
from db.sums.spans import Spans
from db.sums.stale import KEPT

FORM: Final = 1
"""Of the rows; a book with another one makes them anew."""
_TABLES: Final = ("kept_unit", "kept_key", "kept_sum", "kept_days", "kept_odd", "kept_stale")
_SUMS: Final = "sum(n), sum(a), sum(b), sum(c)"
ALL: Final = 0
"""The number under which the sums of all units together stand."""


class Source(Within):
    """What the sums are made from, over a connection that somebody else owns."""

    def __init__(self, connection: Connection, day: date | None = None) -> None:
        super().__init__(connection)
        self._day = day

    def today(self) -> date:
        """The day of asking, where it was told."""
        return self._day or super().today()

    def unregistered(self, type_name: str) -> list[str]:
        """Models that live records without a unit name and no live registration has."""
        bare = " AND t.unit IS NULL" if type_name in _WITH_UNIT else ""
        its = f"SELECT 1 FROM {REGISTRATION} r WHERE r.model = t.model AND r.{REMOVED} IS NULL"
        sql = (
            f"SELECT DISTINCT model FROM {type_name} t WHERE t.{REMOVED} IS NULL{bare}"
            f" AND t.model IS NOT NULL AND NOT EXISTS ({its})"
        )
        return [model for (model,) in self.connection.execute(sql)]


_WITH_UNIT: Final = frozenset(each.type for each in DATED if each.has_unit)


def transaction(connection: Connection, *, writing: bool = True) -> AbstractContextManager[None]:
    """All of it or nothing, and one state of the book; within an open transaction nothing more."""
    return nullcontext() if connection.in_transaction else engine.transaction(connection, writing=writing)


# --- what is kept, and whether it still holds ---


def kept_spans(connection: Connection) -> Spans | None:
    """The spans of the kept sums; ``None`` where none are kept, or those of another version."""
    told = log.info(connection, KEPT)
    form, cuts = json.loads(told) if told else (None, [])
    return Spans(cuts) if form == FORM else None


def stale_units(connection: Connection) -> list[str]:
    """Units whose sums do not hold any more."""
    return [unit for (unit,) in connection.execute("SELECT unit FROM kept_stale ORDER BY unit")]


def kept_units(connection: Connection) -> dict[str, tuple[int, int]]:
    """By unit its number, and how many records are in its sums."""
    rows = connection.execute("SELECT unit, no, records FROM kept_unit")
    return {unit: (number, records) for unit, number, records in rows}


def all_numbers(connection: Connection) -> set[int]:
    """The numbers of all units that have kept sums."""
    return {number for (number,) in connection.execute("SELECT no FROM kept_unit")}


def forget_all(connection: Connection) -> None:
    """Keep nothing any more."""
    with transaction(connection):
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table}")
        log.tell(connection, KEPT, "")


# --- reading them ---


def keys_of(connection: Connection, numbers: Iterable[int]) -> dict[int, Key]:
    """What the sums of these numbers are of."""
    found: dict[int, Key] = {}
    for part in store.in_parts(numbers):
        marks = ", ".join("?" * len(part))
        rows = connection.execute(f"SELECT no, key FROM kept_key WHERE no IN ({marks})", part)
        found.update((number, _key(json.loads(text))) for number, text in rows)
    return found


def _key(parts: Sequence[Any]) -> Key:
    return tuple(tuple(part) if isinstance(part, list) else part for part in parts)


def added_up(
    connection: Connection, units: Collection[int] | None, spans: tuple[int, int], since: int
) -> dict[tuple[int, int], Amounts]:
    """By span and key number the sums of ``units``, or of all: spans of these first days, new ``since``."""
    wanted = sorted([ALL] if units is None else units)
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        f"SELECT span, key, {_SUMS} FROM kept_sum WHERE unit IN ({marks})"
        " AND span BETWEEN ? AND ? AND before < ? GROUP BY span, key",
        (*wanted, *spans, since),
    )
    return {(row[0], row[1]): list(row[2:]) for row in rows}


def one_by_one(
    connection: Connection, units: Collection[int], spans: tuple[int, int], since: int
) -> Iterator[tuple[Any, ...]]:
    """The same by unit: unit, span, key number, how many, and three amounts."""
    marks = ", ".join("?" * len(units))
    yield from connection.execute(
        f"SELECT unit, span, key, {_SUMS} FROM kept_sum WHERE unit IN ({marks})"
        " AND span BETWEEN ? AND ? AND before < ? GROUP BY unit, span, key",
        (*sorted(units), *spans, since),
    )


def days_kept(
    connection: Connection, kind: int, spans: tuple[int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """Unit, span, first and last day of what happened in spans of these first days."""
    sql = "SELECT unit, span, first, last FROM kept_days WHERE kind = ? AND span BETWEEN ? AND ?"
    yield from connection.execute(sql, (kind, *spans))


def days_together(
    connection: Connection, kind: int, units: Collection[int], spans: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    """The same of several units together: span, first and last day."""
    marks = ", ".join("?" * len(units))
    yield from connection.execute(
        "SELECT span, min(first), max(last) FROM kept_days WHERE kind = ? AND span BETWEEN ? AND ?"
        f" AND unit IN ({marks}) GROUP BY span",
        (kind, *spans, *sorted(units)),
    )


def days_of_units(
    connection: Connection, kind: int, spans: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    """The same of all these spans together: unit, first and last day."""
    yield from connection.execute(
        "SELECT unit, min(first), max(last) FROM kept_days WHERE kind = ? AND span BETWEEN ? AND ?"
        " GROUP BY unit",
        (kind, *spans),
    )


def years_kept(connection: Connection) -> int:
    """From the first to the last year in which anything with a day of its own happened; 1 where nothing."""
    sql = "SELECT min(span), max(span) FROM kept_days WHERE kind = ?"
    first, last = connection.execute(sql, (DayKind.OTHERS,)).fetchone()
    return date.fromordinal(last).year - date.fromordinal(first).year + 1 if first else 1


def odd_models(connection: Connection, units: Collection[int]) -> set[str]:
    """Models of these units that no sum holds."""
    marks = ", ".join("?" * len(units))
    rows = connection.execute(f"SELECT model FROM kept_odd WHERE unit IN ({marks})", sorted(units))
    return {model for (model,) in rows}
