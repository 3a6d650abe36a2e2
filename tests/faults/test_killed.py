"""kill -9 at any moment: what was told to be done is there, nothing is half there, the book simply opens.

``DANVAN_EVERY_FAULT=1`` kills at every single change of a file.
"""

from __future__ import annotations

import os

import pytest

from tests.faults.conftest import Trials
from tests.faults.workflows import WORKFLOWS

POINTS = 100_000 if os.environ.get("DANVAN_EVERY_FAULT") else 100


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_killed_program_loses_nothing_that_it_told_to_be_done(trials: Trials, workflow: str) -> None:
    found = trials.ask("kill", workflow=workflow, points=POINTS)
    assert (found["wrong"], found["tried"] >= 100) == ([], True)


def test_a_row_that_is_told_before_it_is_written_would_be_found(trials: Trials) -> None:
    assert trials.ask("kill", workflow="told before it is written", points=20)["wrong"]


def test_a_row_that_is_written_in_two_halves_would_be_found(trials: Trials) -> None:
    assert trials.ask("kill", workflow="a row in two halves", points=10)["wrong"]


def test_an_old_copy_that_goes_before_a_new_one_is_proven_would_be_found(trials: Trials) -> None:
    assert trials.ask("kill", workflow="the oldest copy goes first", points=10)["wrong"]
