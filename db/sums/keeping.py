"""Makes the kept sums: all of them, or those that do not hold any more; and says whether they are right."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from db import operations as log
from db import store
from db.engine import Connection
from db.figures.frame import load_frame
from db.figures.units import UnitTree
from db.reading import Reading
from db.records.definition import REMOVED
from db.sums.making import Key, UnitSums, sums_of
from db.sums.read import DATED, REGISTRATION
from db.sums.spans import Spans, wanted_cuts
from db.sums.stale import KEPT
from db.sums.tables import (
    ALL,
    FORM,
    Source,
    forget_all,
    kept_spans,
    kept_units,
    keys_of,
    odd_models,
    stale_units,
    transaction,
)

_AT_A_TIME: Final = 20_000
"""So many records, roughly, are added up in one transaction."""
_FEW: Final = 2_000
"""The same beside a clerk who types."""
_USUAL: Final = 2_000
"""Records of a unit whose sums were never made."""
_COLUMNS: Final = "span, key, before, n, a, b, c"
_PUT_IN: Final = f"""INSERT INTO kept_sum SELECT {ALL}, {_COLUMNS} FROM kept_sum WHERE unit = ?
    ON CONFLICT (unit, span, key, before) DO UPDATE
    SET n = n + excluded.n, a = a + excluded.a, b = b + excluded.b, c = c + excluded.c"""
_TAKE_OUT: Final = _PUT_IN.replace("n, a, b, c FROM", "-n, -a, -b, -c FROM")
"""The sums of a unit are a part of those of all units together, or not any more."""


def _cuts_of(connection: Connection) -> set[int]:
    frame = load_frame(Source(connection))
    return wanted_cuts(UnitTree(frame), frame.reported)


# --- making them ---


def make(book: Reading, step: Callable[[int], None] = lambda _: None, *, anew: bool = False) -> int:
    """Make the sums of all stale units, or of all where they were never made or are cut otherwise; how many.

    ``anew``: of all in any case. ``step`` is told 0–100 and may raise to stop; what was made by then is
    kept. Each part is a transaction of its own, so that nobody waits long who wants to write.
    """
    connection = book.connection
    with transaction(connection):
        if anew:
            forget_all(connection)
        spans = _begin(connection)
    waiting = stale_units(connection)
    sizes = {unit: records for unit, (_number, records) in kept_units(connection).items()}
    done = 0
    for part in _parts(waiting, sizes, _AT_A_TIME):
        step(100 * done // len(waiting))
        with transaction(connection):
            _make_anew(connection, part, spans)
        done += len(part)
    step(100)
    return done


def make_some(book: Reading) -> bool:
    """The same for a few units, in one short transaction; whether more of them wait."""
    connection = book.connection
    with transaction(connection):
        spans = _begin(connection)
        waiting = stale_units(connection)
        sizes = {unit: records for unit, (_number, records) in kept_units(connection).items()}
        part = next(_parts(waiting, sizes, _FEW), [])
        _make_anew(connection, part, spans)
    return len(part) < len(waiting)


def _begin(connection: Connection) -> Spans:
    """The spans to make sums for. All units are stale where none of them are kept."""
    spans, cuts = kept_spans(connection), _cuts_of(connection)
    if spans is not None and cuts <= set(spans.cuts):
        return spans
    forget_all(connection)
    log.tell(connection, KEPT, json.dumps([FORM, sorted(cuts)]))
    own = log.info(connection, "own_unit")
    connection.execute("INSERT INTO kept_stale (unit) VALUES (?)", (own,))
    for table in (REGISTRATION, *(each.type for each in DATED if each.has_unit)):
        connection.execute(
            f"INSERT OR IGNORE INTO kept_stale SELECT DISTINCT unit FROM {table}"
            f" WHERE unit IS NOT NULL AND {REMOVED} IS NULL"
        )
    return Spans(cuts)


def _parts(units: Iterable[str], sizes: Mapping[str, int], most: int) -> Iterator[list[str]]:
    part: list[str] = []
    records = 0
    for unit in units:
        size = sizes.get(unit, _USUAL)
        if part and records + size > most:
            yield part
            part, records = [], 0
        part.append(unit)
        records += size
    if part:
        yield part


def _make_anew(connection: Connection, units: Collection[str], spans: Spans) -> None:
    still = set(stale_units(connection)).intersection(units)
    for unit, sums in sums_of(Source(connection), still, spans).items():
        _keep(connection, _number_of(connection, unit, sums.records), sums)
        connection.execute("DELETE FROM kept_stale WHERE unit = ?", (unit,))
    connection.execute("DELETE FROM kept_sum WHERE unit = ? AND n = 0", (ALL,))


def _number_of(connection: Connection, unit: str, records: int) -> int:
    connection.execute(
        "INSERT INTO kept_unit (unit, records) VALUES (?, ?)"
        " ON CONFLICT (unit) DO UPDATE SET records = excluded.records",
        (unit, records),
    )
    return int(connection.execute("SELECT no FROM kept_unit WHERE unit = ?", (unit,)).fetchone()[0])


def _keep(connection: Connection, number: int, sums: UnitSums) -> None:
    """Put the sums of a unit in the place of the former ones, and into those of all units together."""
    connection.execute(_TAKE_OUT, (number,))
    for table in ("kept_sum", "kept_days", "kept_odd"):
        connection.execute(f"DELETE FROM {table} WHERE unit = ?", (number,))
    numbers = _key_numbers(connection, {key for _span, key, _before in sums.rows})
    connection.executemany(
        "INSERT INTO kept_sum VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        sorted((number, span, numbers[key], before, *row) for (span, key, before), row in sums.rows.items()),
    )
    connection.executemany(
        "INSERT INTO kept_days VALUES (?, ?, ?, ?, ?)",
        [(int(kind), span, number, *days) for (kind, span), days in sums.days.items()],
    )
    connection.executemany("INSERT INTO kept_odd VALUES (?, ?)", [(number, model) for model in sums.odd])
    connection.execute(_PUT_IN, (number,))


def _key_numbers(connection: Connection, keys: Iterable[Key]) -> dict[Key, int]:
    texts = {key: json.dumps(key, ensure_ascii=False) for key in keys}
    new = [(text,) for text in texts.values()]
    connection.executemany("INSERT OR IGNORE INTO kept_key (key) VALUES (?)", new)
    known: dict[str, int] = {}
    for part in store.in_parts(texts.values()):
        marks = ", ".join("?" * len(part))
        known.update(connection.execute(f"SELECT key, no FROM kept_key WHERE key IN ({marks})", part))
    return {key: known[text] for key, text in texts.items()}


# --- whether they are right ---


def wrong_units(connection: Connection, step: Callable[[int], None] = lambda _: None) -> list[str]:
    """Units that are not stale and whose kept sums are not those of their records; "" for all together."""
    spans = kept_spans(connection)
    if spans is None:
        return []
    stale, kept = set(stale_units(connection)), kept_units(connection)
    sizes = {unit: records for unit, (_number, records) in kept.items()}
    wrong, done = [], 0
    for part in _parts(sorted(kept.keys() - stale), sizes, _AT_A_TIME):
        step(100 * done // len(kept))
        right = sums_of(Source(connection), part, spans)
        wrong += [unit for unit in part if not _are_kept(connection, kept[unit][0], right[unit])]
        done += len(part)
    return wrong if _all_agree(connection) else [*wrong, ""]


def _are_kept(connection: Connection, number: int, right: UnitSums) -> bool:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM kept_sum WHERE unit = ?", (number,)).fetchall()
    keys = keys_of(connection, {row[1] for row in rows})
    days = connection.execute("SELECT kind, span, first, last FROM kept_days WHERE unit = ?", (number,))
    return (
        {(row[0], keys.get(row[1]), row[2]): list(row[3:]) for row in rows} == right.rows
        and {(kind, span): (first, last) for kind, span, first, last in days} == right.days
        and odd_models(connection, [number]) == right.odd
    )


def _all_agree(connection: Connection) -> bool:
    sums = (
        "SELECT span, key, before, sum(n), sum(a), sum(b), sum(c) FROM kept_sum"
        " WHERE unit {} 0 GROUP BY span, key, before"
    )
    both = (
        f"{sums.format('=')} EXCEPT {sums.format('<>')}",
        f"{sums.format('<>')} EXCEPT {sums.format('=')}",
    )
    return not any(connection.execute(sql).fetchone() for sql in both)
