"""Books for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Book
from tests.support.books import Template, make_template, own_state


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An empty book, made once."""
    folder = tmp_path_factory.mktemp("template")
    with own_state(folder / "state"):
        return make_template(folder)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path) -> Iterator[None]:
    with own_state(tmp_path / "state"):
        yield


@pytest.fixture
def book(template: Template, tmp_path: Path) -> Iterator[Book]:
    """An empty book of this test."""
    with template.copy_to(tmp_path / "a.danvan") as opened:
        yield opened
