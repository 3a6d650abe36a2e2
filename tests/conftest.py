"""What every test has: a screen that is not there, and the language the program starts in."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

import resources
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
