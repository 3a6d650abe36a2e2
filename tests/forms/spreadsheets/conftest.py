"""An empty book for every test of this room, and one way to import into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from db import Book
from forms.spreadsheets import ImportResult, land, plan, read_workbook
from tests.support.books import NOON, Template, make_template, own_state
from tests.support.workbooks import Rows, save

Import = Callable[..., ImportResult]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An empty book, made once."""
    folder = tmp_path_factory.mktemp("template")
    with own_state(folder / "state"):
        return make_template(folder)


@pytest.fixture
def book(template: Template, tmp_path: Path) -> Iterator[Book]:
    """An empty book of this test; its own unit is the ward P01."""
    with own_state(tmp_path / "state"), template.copy_to(tmp_path / "a.danvan") as opened:
        yield opened


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
