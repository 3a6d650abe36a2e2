"""Step 7: sums kept beside the records, by unit and span of days; made from them, never a part of them."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE kept_unit (
        no INTEGER PRIMARY KEY,
        unit TEXT NOT NULL UNIQUE,
        records INTEGER NOT NULL
    ) STRICT""",
    # What tells sums apart, as a JSON list.
    "CREATE TABLE kept_key (no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT",
    # Unit 0 is all of them together; a span is called by its first day. What counts once says in which span
    # it was counted before.
    """CREATE TABLE kept_sum (
        unit INTEGER NOT NULL,
        span INTEGER NOT NULL,
        key INTEGER NOT NULL,
        before INTEGER NOT NULL,
        n INTEGER NOT NULL,
        a INTEGER NOT NULL,
        b INTEGER NOT NULL,
        c INTEGER NOT NULL,
        PRIMARY KEY (unit, span, key, before)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE kept_days (
        kind INTEGER NOT NULL,
        span INTEGER NOT NULL,
        unit INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (kind, span, unit)
    ) STRICT, WITHOUT ROWID""",
    # Models that no sum can hold, by each unit in which they are registered.
    """CREATE TABLE kept_odd (
        unit INTEGER NOT NULL,
        model TEXT NOT NULL,
        PRIMARY KEY (unit, model)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE kept_stale (unit TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
)
