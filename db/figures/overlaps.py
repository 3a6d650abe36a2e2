"""Totals of one unit whose periods cross, and which of them the larger way of covering leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from db.figures.algebra import Algebra, together
from db.figures.quantities import Number, Total

Pair = tuple[int, int]
"""Two totals that cross, by their places."""


def crossing(totals: Sequence[Total]) -> Iterator[Pair]:
    """Pairs of totals, equal but for their periods, of which each reaches out of the other."""
    rows: dict[object, list[int]] = defaultdict(list)
    for i, total in enumerate(totals):
        rows[total.unit, total.dims].append(i)
    for row in rows.values():
        row.sort(key=lambda i: totals[i].start)
        for place, earlier in enumerate(row):
            one = totals[earlier]
            for later in row[place + 1 :]:
                other = totals[later]
                if other.start > one.end:
                    break
                if one.start < other.start and one.end < other.end:
                    yield earlier, later


def left_out(algebra: Algebra) -> set[int]:
    """Totals that the larger way of covering leaves out; one that crosses nothing that is kept is not."""
    pairs = set(crossing(algebra.totals))
    stretches = [_Stretch(algebra, run) for run in _runs(pairs)]
    dropped: set[int] = set()
    left = pairs
    while left:
        dropped |= _smallest_loss(algebra, next(_runs(left)), dropped, stretches)
        left = {pair for pair in left if not dropped & set(pair)}
    for each in sorted(dropped, key=lambda i: algebra.totals[i].age, reverse=True):
        if all(dropped & set(pair) - {each} for pair in pairs if each in pair):
            dropped.remove(each)
    return dropped


def _runs(pairs: set[Pair]) -> Iterator[set[int]]:
    """Totals that hang together by crossing."""
    while pairs:
        run = set(min(pairs))
        while more := {i for pair in pairs if run & set(pair) for i in pair} - run:
            run |= more
        yield run
        pairs = {pair for pair in pairs if not run & set(pair)}


class _Stretch:
    """The region from the first day to the last of totals that cross: a way is worth all it has inside."""

    def __init__(self, algebra: Algebra, run: set[int]) -> None:
        self._algebra = algebra
        self._dims = algebra.totals[min(run)].dims
        self._inside = algebra.inside_hull(together(run))

    def worth(self, lost: set[int]) -> Number:
        """What the totals inside come to without some."""
        return self._algebra.excess(self._inside & ~together(lost), self._dims)


def _smallest_loss(
    algebra: Algebra, run: set[int], dropped: set[int], stretches: Sequence[_Stretch]
) -> set[int]:
    """What one cut through crossing periods drops: all in all, then in their stretches, then the older."""
    everything = together(range(len(algebra.totals)))
    own = _Stretch(algebra, run)
    losses = _losses(algebra.totals, run)
    for worth in (
        lambda gone: algebra.excess(everything & ~together(gone)),
        lambda gone: sum(stretch.worth(gone) for stretch in stretches),
        own.worth,
    ):
        if len(losses) > 1:
            losses = _best(losses, [worth(dropped | lost) for lost in losses])
    ages = [sorted((algebra.totals[i].age for i in run - lost), reverse=True) for lost in losses]
    return _best(losses, ages)[0]


def _losses(totals: Sequence[Total], run: set[int]) -> list[set[int]]:
    """What a cut on each day would drop; not where another cut drops less of the same."""
    start, end = min(totals[i].start for i in run), max(totals[i].end for i in run)
    cuts = sorted({day for i in run for day in (totals[i].start, totals[i].end + 1) if start < day <= end})
    found = [{i for i in run if totals[i].start < day <= totals[i].end} for day in cuts]
    return [lost for lost in found if not any(other < lost for other in found)]


def _best(losses: Sequence[set[int]], worths: Sequence[Any]) -> list[set[int]]:
    most = max(worths)
    return [lost for lost, worth in zip(losses, worths, strict=True) if worth == most]
