"""Sums are kept beside the clerk: when the book is quiet, never after it was left."""

from __future__ import annotations

from db.check import check_sums
from db.sums.tables import kept_spans, stale_units
from desktop.changes import Changes
from desktop.kept_sums import KeptSums
from desktop.tasks import Step
from tests.desktop.conftest import Desk
from tests.support.books import add_contribution


def _keeper(desk: Desk) -> KeptSums:
    assert desk.app.office is not None
    (found,) = desk.app.office.findChildren(KeptSums)
    return found


def test_the_sums_of_all_units_are_made_part_by_part(desk: Desk) -> None:
    assert kept_spans(desk.book.connection) is None
    _keeper(desk).make_some()
    desk.until(lambda: kept_spans(desk.book.connection) is not None and not stale_units(desk.book.connection))
    assert check_sums(desk.book) == []


def test_what_a_write_made_stale_is_made_anew_once_it_is_quiet(desk: Desk) -> None:
    keeper = _keeper(desk)
    keeper.make_some()
    desk.until(lambda: not stale_units(desk.book.connection))

    def give(step: Step) -> None:
        with step.book.writing("an") as write:
            add_contribution(write, desk.model())

    desk.do(give)
    assert len(stale_units(desk.book.connection)) == 1
    desk.app.changes.publish(Changes(frozenset({"contribution"})))
    assert keeper.waits
    keeper.make_some()
    desk.until(lambda: not stale_units(desk.book.connection))
    assert check_sums(desk.book) == []


def test_a_book_that_was_left_is_not_asked_for_sums(desk: Desk) -> None:
    keeper = _keeper(desk)
    assert keeper.waits
    desk.app.close_book()
    assert not keeper.waits
    desk.app.changes.publish(Changes(frozenset()))
    assert not keeper.waits
    desk.until(lambda: desk.app.office is None)


def test_sums_that_cannot_be_made_are_no_trouble(desk: Desk) -> None:
    keeper = _keeper(desk)
    desk.do(lambda step: step.close_book())
    keeper.make_some()
    desk.until()
    assert desk.said() == ""
