"""The power goes at any moment: whatever the disk kept of what was not synced, nothing that was told is lost.

Built from the log of what each workflow did to the disk; ``DANVAN_EVERY_FAULT=1`` tries 1,000 states of each.
"""

from __future__ import annotations

import os

import pytest

from tests.faults.conftest import Trials
from tests.faults.planted import WITHOUT_SYNC
from tests.faults.workflows import WORKFLOWS

EVERY = bool(os.environ.get("DANVAN_EVERY_FAULT"))
STATES = 1_000 if EVERY else 60
_ONE_OF_A_KIND = (
    "edit: records not synced",
    "paper issue: files not synced",
    "paper issue: folders not synced",
)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_power_cut_loses_nothing_that_was_told_to_be_done(trials: Trials, workflow: str) -> None:
    found = trials.ask("cut", workflow=workflow, wanted=STATES)
    assert (found["wrong"], found["tried"] >= STATES) == ([], True)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_no_change_of_a_file_escapes_the_log(trials: Trials, workflow: str) -> None:
    assert trials.ask("replayed", workflow=workflow)["differ"] == []


@pytest.mark.parametrize("workflow", WITHOUT_SYNC if EVERY else _ONE_OF_A_KIND)
def test_writing_without_sync_would_be_found(trials: Trials, workflow: str) -> None:
    assert trials.finds("cut", workflow=workflow, wanted=60)
