"""Runs the pending steps on an open connection through sqlite-utils."""

from __future__ import annotations

import sqlite_utils
from sqlcipher3 import dbapi2

from db.migrations.schema import SCHEMA


def apply(connection: dbapi2.Connection, *, stop_before: str | None = None) -> None:
    """Bring the schema up to date, each step and its record in one transaction."""
    database = sqlite_utils.Database(connection, recursive_triggers=False)
    SCHEMA.apply(database, stop_before=stop_before)
