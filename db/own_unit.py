"""Which unit a book belongs to: the one it was made for, or who came after it. Followed, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

DIVIDED: Final = "divided"
CONTINUED: Final = "continued"
"""Kinds of succession when a unit is divided: a part, and the part that goes on with the book."""


class Step(NamedTuple):
    """``new`` stands for ``old`` since ``on`` (ISO, "" = ever); ``kind`` = why, if anybody said."""

    on: str
    new: str
    old: str
    kind: str | None


def own_line(first: str, steps: Iterable[Step]) -> tuple[str, ...]:
    """The unit a book was made for and those that came after it, in turn: the last is the book's own.

    Of several that came after one unit the book goes on with the part it was given to, else with the
    earliest that is no part; a unit of which nothing but parts came keeps its book.
    """
    after: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        after[step.old].append(step)
    line, at = [first], _goes_on(after[first])
    while at and at.new not in line:
        line.append(at.new)
        at = _goes_on(after[at.new])
    return tuple(line)


def _goes_on(steps: list[Step]) -> Step | None:
    given = [step for step in steps if step.kind == CONTINUED]
    whole = [step for step in steps if step.kind != DIVIDED]
    return min(given or whole or (steps if len(steps) == 1 else []), default=None)
