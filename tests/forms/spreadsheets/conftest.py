"""An empty book for every test of this room, and one way to import into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from db import Book
from forms.spreadsheets import ImportResult, land, plan, read_workbook
from tests.support.books import NOON
from tests.support.workbooks import Rows, save

Import = Callable[..., ImportResult]


@pytest.fixture
def bring_in(book: Book, tmp_path: Path) -> Import:
    """``bring_in({sheet: rows})`` imports a workbook of these sheets; a path imports that file."""

    def run(
        sheets: Mapping[str, Rows] | Path, *, accept_good: bool = False, overwrite: bool = False
    ) -> ImportResult:
        file = sheets if isinstance(sheets, Path) else save(tmp_path / "book.xlsx", sheets)
        planned = plan(read_workbook(file), book, NOON.date())
        return land(planned, book, "an", accept_good=accept_good, overwrite=overwrite)

    return run
