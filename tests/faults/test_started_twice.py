"""Two programs started at the same moment on one book: one writes, and when it is killed the book is free."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db import Book, new_place
from db.errors import BookExistsError
from db.lock import BookLock
from tests.faults.conftest import Trials
from tests.support.books import PASSWORD, WARD, at_noon, own_state

ROUNDS = 200


def test_of_two_programs_started_at_once_exactly_one_writes(trials: Trials) -> None:
    """Both are killed each time, so that each start finds a log to recover and a lock that nobody holds."""
    found = trials.ask("two programs started at once", rounds=ROUNDS)
    assert (found["wrong"], found["written"]) == ([], ROUNDS)


def test_a_slower_twin_leaves_the_new_book_of_the_quicker_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "so.danvan"

    def slow(place: Path) -> BookLock:
        """The twin makes the same book and closes it, while this one still works on its password."""
        monkeypatch.setattr(new_place, "BookLock", BookLock)
        Book.create(path, PASSWORD, WARD, clock=at_noon)[0].close()
        return BookLock(place)

    with own_state(tmp_path / "state"):
        monkeypatch.setattr(new_place, "BookLock", slow)
        with pytest.raises(BookExistsError):
            Book.create(path, PASSWORD, WARD, clock=at_noon)
        with Book.open(path, PASSWORD) as book:
            assert book.count("org_unit") == 1
    assert os.environ.get("DANVAN_STATE") != str(tmp_path / "state")
