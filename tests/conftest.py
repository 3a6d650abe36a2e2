"""What every test has: a screen that is not there, the language the program starts in, an empty book."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import resources
from db import Book
from tests.support.books import Template, make_template, own_state
from tests.support.verapdf import VeraPdf

# Before Qt is loaded by any plugin: tests draw on no screen, unless one is asked for by name
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Two busy cores make single examples slow now and then; that is no finding. No hidden state between runs.
settings.register_profile(
    "danvan", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("danvan")


@pytest.fixture(autouse=True)
def _spoken_language() -> Iterator[None]:
    """A test that changes the language leaves no trace of it."""
    before = resources.language()
    yield
    resources.use_language(before)


@pytest.fixture(scope="session")
def verapdf() -> Iterator[VeraPdf]:
    """``verapdf(file, "2u")`` -> ``Verdict(compliant, failures)``, judged by the veraPDF core."""
    with VeraPdf() as checker:
        yield checker


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An empty book that tests copy, made once."""
    folder = tmp_path_factory.mktemp("template")
    with own_state(folder / "state"):
        return make_template(folder)


@pytest.fixture
def book(template: Template, tmp_path: Path) -> Iterator[Book]:
    """An empty book of this test; its own unit is the ward P01."""
    with own_state(tmp_path / "state"), template.copy_to(tmp_path / "a.danvan") as opened:
        yield opened
