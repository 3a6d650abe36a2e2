"""What was tried on each workflow and what was found, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

PLANTED: Final = "planted"
"""The trial of a fault that was put in on purpose; wrong is what was not found."""
_COLUMNS: Final = {"kill": "kill points", "cut": "power states", "refuse": "refusals"}
_WIDTH: Final = 14
_FIRST: Final = 20


class Tally(NamedTuple):
    """What came of one trial: how much was tried on what, in how many seconds, how much was wrong."""

    subject: str
    trial: str
    tried: int
    seconds: float
    wrong: int


def table(tallies: Sequence[Tally]) -> Iterator[str]:
    """Lines: a workflow each, the other trials, the sum, how many planted faults were found."""
    columned = [one for one in tallies if one.trial in _COLUMNS]
    if columned:
        yield _line("workflow", *_COLUMNS.values(), "seconds", "findings")
        for subject in dict.fromkeys(one.subject for one in columned):
            yield _row(subject, [one for one in columned if one.subject == subject])
        yield _row("all", columned)
    rest = [one for one in tallies if one.trial not in _COLUMNS and one.trial != PLANTED]
    for trial in dict.fromkeys(one.trial for one in rest):
        yield _sum(trial, [one for one in rest if one.trial == trial])
    planted = [one for one in tallies if one.trial == PLANTED]
    if planted:
        yield f"{len(planted) - sum(one.wrong for one in planted)} of {len(planted)} planted faults found"


def _row(subject: str, tallies: Sequence[Tally]) -> str:
    tried = [sum(one.tried for one in tallies if one.trial == trial) for trial in _COLUMNS]
    seconds = round(sum(one.seconds for one in tallies))
    return _line(subject, *map(str, tried), str(seconds), str(sum(one.wrong for one in tallies)))


def _line(first: str, *others: str) -> str:
    return first.ljust(_FIRST) + "".join(each.rjust(_WIDTH) for each in others)


def _sum(trial: str, tallies: Sequence[Tally]) -> str:
    tried, wrong = sum(one.tried for one in tallies), sum(one.wrong for one in tallies)
    return f"{trial}: {tried}, {wrong} findings, {round(sum(one.seconds for one in tallies))} s"
