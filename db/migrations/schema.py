"""The ordered set of steps; a leaf, so that steps and runner do not import each other in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from sqlite_utils import Database, Migrations

from db.migrations import STEPS

STATEMENTS = {name: import_module(f"db.migrations.step_{name[:4]}").STATEMENTS for name in STEPS}
"""What each step does, in order: its file is named by the number in its name."""


def step(statements: Iterable[str]) -> Callable[[Database], None]:
    """What sqlite-utils runs for a step."""

    def run(database: Database) -> None:
        for statement in statements:
            database.execute(statement)

    return run


SCHEMA = Migrations("danvan")
for _name, _statements in STATEMENTS.items():
    SCHEMA(name=_name)(step(_statements))
