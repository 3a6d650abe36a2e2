"""``python -m tests.bench``: a table of what was measured. ``--city BOOK`` measures on a city's book instead.

The city's book is built when BOOK is not there; that takes minutes, and how long is printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import (
    city,
    counting,
    finding,
    importing,
    memory,
    painting,
    papers,
    photo_grid,
    photos,
    signing,
)
from tests.bench.lines import Line

WARD_MODELS, CITY_MODELS = 1_500, 150_000


def usual(folder: Path) -> Iterator[Line]:
    """What runs in a few minutes, on books of a ward's size."""
    yield from painting.measure(folder)
    yield from importing.measure(folder)
    yield from photos.measure(folder)
    yield from photo_grid.measure(folder)
    yield from papers.measure(folder)
    yield from signing.measure(folder)
    ward = folder / "ward.danvan"
    city.build(ward, WARD_MODELS)
    yield from finding.in_book(ward, "ward", 10)
    yield from counting.figure_lines(ward, "ward")


def of_a_city(book: Path, folder: Path) -> Iterator[Line]:
    """The same on 150,000 models."""
    if not book.exists():
        start = time.perf_counter()
        records = city.build(book, CITY_MODELS)
        print(f"\nThe book: {records:,} records, built in {time.perf_counter() - start:.0f} s.\n")
    yield from finding.in_book(book, "city", 30)
    yield from counting.figure_lines(book, "city")
    yield from memory.resident_line(book, city.PASSWORD, "city", folder)


def main(arguments: list[str]) -> int:
    """Print the table, each line as soon as it is known."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["DANVAN_STATE"] = str(folder / "state")
        print("| what | ours (/ floor) | ratio | wanted |\n|---|---|---|---|", flush=True)
        asked_for_city = arguments[:1] == ["--city"]
        lines = of_a_city(Path(arguments[1]), folder) if asked_for_city else usual(folder)
        for line in lines:
            print(line.row(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
