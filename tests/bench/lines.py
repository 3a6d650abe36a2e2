"""What a measurement says, and how two things are timed by turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isinf


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: a ratio to a floor (``floor`` given), or a value with its unit.

    ``wanted`` is ``inf`` where nothing is wanted and the figure only tells more of another line.
    """

    what: str
    ours: float
    unit: str
    wanted: float
    floor: float | None = None

    @property
    def reached(self) -> float:
        """What is compared with ``wanted``."""
        return self.ours / self.floor if self.floor else self.ours

    def row(self) -> str:
        """A row of the table in README."""
        if self.floor is None:
            return f"| {self.what} | {_short(self.ours)} {self.unit} | – | {self._wanted(f' {self.unit}')} |"
        times = f"{_short(self.ours)} / {_short(self.floor)} {self.unit}"
        return f"| {self.what} | {times} | {self.reached:.2f} | {self._wanted('')} |"

    def _wanted(self, unit: str) -> str:
        mark = "" if self.reached <= self.wanted else " (not reached)"
        return "–" if isinf(self.wanted) else f"≤ {self.wanted:g}{unit}{mark}"


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def by_turns(ours: Callable[[], float], floor: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Medians of both, measured in turn, so that what slows the PC slows both; the first is thrown away."""
    pairs = [(ours(), floor()) for _round in range(rounds + 1)][1:]
    return statistics.median(a for a, _b in pairs), statistics.median(b for _a, b in pairs)


def timed(work: Callable[[], object]) -> float:
    """Seconds by the clock that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile_95(times: Sequence[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[max(0, ceil(0.95 * len(times)) - 1)]
