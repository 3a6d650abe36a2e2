"""A disk that is full, or refuses in another way: a sentence, nothing changed, and later all goes on."""

from __future__ import annotations

import errno
import os

import pytest

from tests.faults.conftest import Trials
from tests.faults.disk import EVERY, NEEDS_ROOM
from tests.faults.workflows import COMMANDS, PATIENT, USUAL, WORKFLOWS

FULL_SIZE = bool(os.environ.get("DANVAN_EVERY_FAULT"))
MOST = 100_000 if FULL_SIZE else 14
REFUSED = WORKFLOWS if FULL_SIZE else USUAL
FULL = (
    "The disk is full. What was being written was taken back; the book is as it was."
    " Make room on the disk, then do it again."
)


@pytest.mark.parametrize("workflow", ["edit", "import"])
def test_a_disk_that_is_full_at_any_write_changes_nothing_and_is_told(trials: Trials, workflow: str) -> None:
    found = trials.ask("refuse", workflow=workflow, kinds=NEEDS_ROOM, error=errno.ENOSPC)
    assert (found["wrong"], found["sentences"]) == ([], [FULL])


@pytest.mark.parametrize("workflow", [name for name in REFUSED if name not in ("edit", "import")])
def test_a_full_disk_is_told_whatever_is_done(trials: Trials, workflow: str) -> None:
    found = trials.ask("refuse", workflow=workflow, kinds=NEEDS_ROOM, error=errno.ENOSPC, most=MOST)
    assert (found["wrong"], found["sentences"]) == ([], [FULL])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_on_a_full_disk_says_so_and_ends_with_3(trials: Trials, command: str) -> None:
    found = trials.ask("refuse", workflow=command, kinds=NEEDS_ROOM, error=errno.ENOSPC, most=MOST)
    assert (found["wrong"], found["sentences"]) == ([], [FULL])


@pytest.mark.parametrize("workflow", REFUSED)
def test_a_disk_that_fails_once_changes_nothing_and_is_told(trials: Trials, workflow: str) -> None:
    found = trials.ask("refuse", workflow=workflow, kinds=EVERY, error=errno.EIO, sticky=False, most=MOST)
    assert found["wrong"] == []


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("workflow", PATIENT)
def test_what_was_refused_once_works_when_it_is_tried_again(
    trials: Trials, workflow: str, error: int
) -> None:
    """In the program that stayed open: room was made on the disk, or the cable sits again."""
    found = trials.ask("refuse", workflow=workflow, kinds=EVERY, error=error, sticky=False, most=MOST)
    assert (found["wrong"], found["sentences"]) == ([], [])
