"""From proposed to granted: both stay facts, nothing is granted twice."""

from __future__ import annotations

import pytest

from db import Book, Value
from db.figures import Asked, compute, load
from db.life.granting import Decision, grant, granted_for
from db.periods import parse_period
from tests.support.books import add_model

DECISION = Decision("12-QĐ/ĐU", "2026-10-15")


def _proposed(book: Book, **values: Value) -> str:
    usual: dict[str, Value] = {
        "recipient": "Chi bộ 3",
        "recipient_type": "collective",
        "form": "commendation",
        "level": "grassroots",
        "status": "proposed",
        "decided_on": "2026-09-01",
        "body": "Đảng ủy phường",
        "occasion": "15/10",
    }
    with book.writing("an") as write:
        model = add_model(write, f"MH{book.count('model') + 1:02}")
        return write.add("recognition", {**usual, "model": model, **values})


def _grant(book: Book, *records: str, decision: Decision = DECISION) -> list[str]:
    with book.writing("an", title="Được tặng") as write:
        return grant(write, records, decision)


def _statuses(book: Book) -> list[str]:
    period = parse_period("2026")
    asked = Asked(period.start, period.end, period.label, book.own_unit())
    return [f"{one['status']} {one['value']}" for one in compute(load(book), asked)["recognition"]]


def test_a_grant_says_what_was_proposed_and_by_which_decision(book: Book) -> None:
    proposal = _proposed(book)
    made, before = book.get("recognition", _grant(book, proposal)[0]), book.get("recognition", proposal)
    new = {"status": "granted", "decision_no": "12-QĐ/ĐU", "decided_on": "2026-10-15", "decided_year": None}
    assert dict(made.values) == {**before.values, **new}
    assert before["status"] == "proposed"


def test_the_figures_count_the_proposal_and_the_grant(book: Book) -> None:
    _grant(book, _proposed(book))
    _proposed(book, recipient="Chi bộ 4")
    assert _statuses(book) == ["proposed 2", "granted 1"]


def test_one_decision_grants_many_and_is_taken_back_at_once(book: Book) -> None:
    proposals = [_proposed(book, recipient=name) for name in ("A", "B")]
    assert len(_grant(book, *proposals)) == 2
    assert book.undo("an").undone == 2


def test_nothing_is_granted_twice(book: Book) -> None:
    proposal = _proposed(book)
    assert [len(_grant(book, proposal)), len(_grant(book, proposal, proposal))] == [1, 0]


def test_what_was_granted_earlier_is_no_answer_to_a_new_proposal(book: Book) -> None:
    first = _proposed(book, decided_on="2025-09-01")
    _grant(book, first, decision=Decision("1", "2025-10-15"))
    again = _proposed(book, model=book.get("recognition", first)["model"])
    assert len(_grant(book, again)) == 1


@pytest.mark.parametrize("status", ["granted"])
def test_only_proposals_are_granted(book: Book, status: str) -> None:
    assert _grant(book, _proposed(book, status=status)) == []


def test_another_body_may_have_granted_it(book: Book) -> None:
    made = _grant(book, _proposed(book), decision=Decision("7", "2026-10-15", "Thành ủy"))
    assert book.get("recognition", made[0])["body"] == "Thành ủy"


def test_a_grant_without_its_decision_yet_still_counts_as_granted(book: Book) -> None:
    proposal = _proposed(book)
    _grant(book, proposal, decision=Decision())
    assert len(granted_for(book, book.get("recognition", proposal))) == 1
