"""The ordered set of steps; a leaf, so that steps and runner do not import each other in a circle."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.migrations import step_0001

SCHEMA = Migrations("danvan")


@SCHEMA(name="0001_book")
def _book(database: Database) -> None:
    for statement in step_0001.STATEMENTS:
        database.execute(statement)
