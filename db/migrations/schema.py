"""The ordered set of steps; a leaf, so that steps and runner do not import each other in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlite_utils import Database, Migrations

from db.migrations import step_0001, step_0002, step_0003, step_0004

STATEMENTS = {
    "0001_book": step_0001.STATEMENTS,
    "0002_model_life": step_0002.STATEMENTS,
    "0003_figures": step_0003.STATEMENTS,
    "0004_audience": step_0004.STATEMENTS,
}
"""What each step does, in order."""


def step(statements: Iterable[str]) -> Callable[[Database], None]:
    """What sqlite-utils runs for a step."""

    def run(database: Database) -> None:
        for statement in statements:
            database.execute(statement)

    return run


SCHEMA = Migrations("danvan")
for _name, _statements in STATEMENTS.items():
    SCHEMA(name=_name)(step(_statements))
