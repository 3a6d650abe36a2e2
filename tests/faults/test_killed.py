"""kill -9 at any moment: what was told to be done is there, nothing is half there, the book simply opens.

``DANVAN_EVERY_FAULT=1`` kills at 1,000 places: before every change of a file and in the midst of writes.
"""

from __future__ import annotations

import os

import pytest

from tests.faults.conftest import Trials
from tests.faults.workflows import RARER, USUAL, WORKFLOWS

EVERY = bool(os.environ.get("DANVAN_EVERY_FAULT"))
MOST = 1_000
LEAST = {**dict.fromkeys(USUAL, 100), **dict.fromkeys(RARER, 100 if EVERY else 20)}


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_killed_program_loses_nothing_that_it_told_to_be_done(trials: Trials, workflow: str) -> None:
    found = trials.ask("kill", workflow=workflow, points=MOST if EVERY else LEAST[workflow])
    assert (found["wrong"], found["places"] >= LEAST[workflow]) == ([], True)


def test_a_row_that_is_told_before_it_is_written_would_be_found(trials: Trials) -> None:
    assert trials.finds("kill", workflow="told before it is written", points=20)


def test_a_row_that_is_written_in_two_halves_would_be_found(trials: Trials) -> None:
    assert trials.finds("kill", workflow="a row in two halves", points=10)


def test_an_old_copy_that_goes_before_a_new_one_is_proven_would_be_found(trials: Trials) -> None:
    assert trials.finds("kill", workflow="the oldest copy goes first", points=10)
