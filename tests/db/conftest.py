"""Books for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Book
from tests.support.books import Template, a_wrong_clock, own_state


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path) -> Iterator[None]:
    with own_state(tmp_path / "state"):
        yield


@pytest.fixture
def two(template: Template, tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    """Two copies of one book on two PCs; the clock of the second is years wrong."""
    with (
        template.copy_to(tmp_path / "one.danvan") as first,
        template.copy_to(tmp_path / "two.danvan", clock=a_wrong_clock(1999)) as second,
    ):
        yield first, second


@pytest.fixture(scope="module")
def shared(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """One book for the many examples of a property."""
    folder = tmp_path_factory.mktemp("shared")
    with own_state(folder / "state"), template.copy_to(folder / "a.danvan") as opened:
        yield opened
