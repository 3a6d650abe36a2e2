"""Says where too few branches are covered: ``python -m tests.coverage_gate coverage.json``."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

# Where a wrong branch loses or falsifies what a clerk wrote: the files of each pattern together, in per cent
STRICT = {
    "db/journal.py": 95.0,
    "db/merge.py": 95.0,
    "db/store.py": 95.0,
    "db/figures/*.py": 95.0,
    "forms/signing/verify*.py": 95.0,
}
# Elsewhere the files of a folder together
EACH_FOLDER = 80.0


class Covered(NamedTuple):
    """How much of one file or folder the tests went through; wanted in per cent."""

    name: str
    taken: int
    branches: int
    wanted: float

    @property
    def percent(self) -> float:
        """0 to 100; where nothing branches, all is covered."""
        return 100.0 * self.taken / self.branches if self.branches else 100.0


def _place(file: str) -> tuple[str, float]:
    pattern = next((pattern for pattern in STRICT if fnmatch(file, pattern)), None)
    return (pattern, STRICT[pattern]) if pattern else (f"{Path(file).parent.as_posix()}/", EACH_FOLDER)


def measured(report: dict[str, Any]) -> Iterator[Covered]:
    """One measure for each strict pattern and each other folder of coverage's JSON report."""
    sums: dict[tuple[str, float], list[int]] = defaultdict(lambda: [0, 0])
    for file, facts in report["files"].items():
        total = sums[_place(Path(file).as_posix())]
        total[0] += facts["summary"]["covered_branches"]
        total[1] += facts["summary"]["num_branches"]
    for (name, wanted), (taken, branches) in sorted(sums.items()):
        yield Covered(name, taken, branches, wanted)


def main(arguments: list[str]) -> int:
    """Print every measure, those below what is wanted marked; 1 if there are any."""
    report = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    short = 0
    for found in measured(report):
        low = found.percent < found.wanted
        short += low
        mark = "TOO LOW" if low else ""
        print(f"{found.name:32} {found.percent:6.1f} % of {found.branches:5} branches, "
              f"{found.wanted:.0f} % wanted {mark}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
