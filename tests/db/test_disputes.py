"""What two people did unaware of each other: a dispute, the same everywhere, closed by a decision."""

from __future__ import annotations

import pytest

from db import Book
from tests.support.books import add_contribution, add_model, add_registration, give, meet, same
from tests.support.undoing import edit, remove

Two = tuple[Book, Book]


def _shared(here: Book, there: Book) -> str:
    """A model that both know."""
    with here.writing("an") as write:
        model = add_model(write)
    give(here, there)
    return model


def _kinds(book: Book) -> list[tuple[str, str]]:
    return [(conflict.kind, conflict.field) for conflict in book.conflicts()]


# -- two values


def _dispute(here: Book, there: Book) -> str:
    model = _shared(here, there)
    edit(here, model, goal="của An")
    edit(there, model, actor="bình", goal="của Bình")
    meet(here, there)
    return model


def test_two_values_written_apart_are_a_dispute(two: Two) -> None:
    _dispute(*two)
    assert [_kinds(book) for book in two] == [[("field", "goal")]] * 2


def test_both_books_show_the_same_meanwhile(two: Two) -> None:
    _dispute(*two)
    assert same(*two)


def test_a_dispute_is_counted_when_it_arrives(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    edit(here, model, goal="của An")
    edit(there, model, goal="của Bình")
    assert give(there, here).conflicts == 1


@pytest.mark.parametrize("goal", ["của An", "của Bình", "một lời khác", None])
def test_any_decision_closes_the_dispute(two: Two, goal: str | None) -> None:
    here, there = two
    model = _dispute(here, there)
    edit(there, model, actor="cường", goal=goal)
    assert there.conflicts() == []
    give(there, here)
    assert (here.conflicts(), here.get("model", model)["goal"], same(*two)) == ([], goal, True)


def test_two_decisions_apart_are_a_dispute_again(two: Two) -> None:
    here, there = two
    model = _dispute(here, there)
    edit(here, model, goal="một")
    edit(there, model, goal="hai")
    meet(here, there)
    assert [_kinds(book) for book in two] == [[("field", "goal")]] * 2


def test_the_same_value_written_apart_is_no_dispute(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    edit(here, model, goal="chung")
    edit(there, model, goal="chung")
    meet(here, there)
    assert (_kinds(here), same(here, there)) == ([], True)


def test_different_fields_are_no_dispute(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    edit(here, model, goal="của An")
    edit(there, model, notes="của Bình")
    meet(here, there)
    record = here.get("model", model)
    assert (record["goal"], record["notes"], _kinds(here)) == ("của An", "của Bình", [])


def test_no_clock_is_asked(two: Two) -> None:
    """The second PC stands in 1999; what it wrote knowing of the other's is newer."""
    here, there = two
    model = _shared(here, there)
    edit(here, model, goal="trước")
    give(here, there)
    edit(there, model, goal="sau")
    give(there, here)
    assert (here.get("model", model)["goal"], _kinds(here)) == ("sau", [])


# -- removed and edited


def test_a_removal_against_an_edit_is_a_dispute_and_the_record_stays(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    remove(here, model)
    edit(there, model, goal="mới")
    meet(here, there)
    assert [_kinds(book) for book in two] == [[("removal", "removed")]] * 2
    assert here.get("model", model).removed is None


def test_an_edit_that_knew_of_the_removal_is_no_dispute(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    remove(here, model)
    give(here, there)
    edit(there, model, goal="mới")
    give(there, here)
    assert (_kinds(here), here.get("model", model).removed) == ([], "bin")


def test_a_removal_that_knew_of_the_edit_is_no_dispute(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    edit(there, model, goal="mới")
    give(there, here)
    remove(here, model)
    give(here, there)
    assert (_kinds(there), there.get("model", model).removed) == ([], "bin")


def test_two_removals_are_one(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    remove(here, model)
    remove(there, model)
    meet(here, there)
    assert (_kinds(here), here.get("model", model).removed, same(*two)) == ([], "bin", True)


def test_a_removal_against_a_restoring_is_a_dispute(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    remove(here, model)
    here.restore("an", model)
    remove(there, model)
    meet(here, there)
    assert [_kinds(book) for book in two] == [[("removal", "removed")]] * 2


@pytest.mark.parametrize("how", ["bin", None])
def test_either_decision_closes_a_disputed_removal(two: Two, how: str | None) -> None:
    here, there = two
    model = _shared(here, there)
    remove(here, model)
    edit(there, model, goal="mới")
    meet(here, there)
    with there.writing("bình") as write:
        write.set_removed("model", model, how)
    assert there.conflicts() == []
    give(there, here)
    assert (_kinds(here), here.get("model", model).removed, same(*two)) == ([], how, True)


def _part_disputed(here: Book, there: Book) -> tuple[str, str]:
    """A model removed here with its part, the part edited there."""
    with here.writing("an") as write:
        model = add_model(write)
        part = add_contribution(write, model)
    give(here, there)
    remove(here, model)
    with there.writing("bình") as write:
        write.change("contribution", part, {"amount_vnd": 1})
    meet(here, there)
    return model, part


def test_a_removal_against_the_edit_of_a_part_disputes_both(two: Two) -> None:
    model, part = _part_disputed(*two)
    for book in two:
        assert {conflict.record.id for conflict in book.conflicts()} == {model, part}
    assert same(*two)


def test_a_new_part_of_a_removed_record_disputes_the_removal(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    remove(here, model)
    with there.writing("bình") as write:
        add_registration(write, model)
    meet(here, there)
    assert [conflict.record.id for conflict in here.conflicts()] == [model]
    assert same(here, there)


@pytest.mark.parametrize("decider", [0, 1])
@pytest.mark.parametrize("how", ["bin", None])
def test_a_decision_about_the_part_stands_everywhere(two: Two, decider: int, how: str | None) -> None:
    model, part = _part_disputed(*two)
    with two[decider].writing("cường") as write:
        write.set_removed("contribution", part, how)
    meet(*two)
    assert same(*two)
    disputed = [conflict.record.id for conflict in two[0].conflicts()]
    assert disputed == ([model] if how is None else [])


def test_removing_the_record_again_decides_its_parts_too(two: Two) -> None:
    here, there = two
    model, part = _part_disputed(here, there)
    remove(there, model)
    meet(here, there)
    assert (_kinds(here), here.get("contribution", part).removed, same(*two)) == ([], "bin", True)


def test_a_disputed_part_that_moves_takes_the_dispute_with_it(two: Two) -> None:
    here, there = two
    model, part = _part_disputed(here, there)
    with there.writing("bình") as write:
        write.change("contribution", part, {"model": add_model(write, "MH02")})
    meet(here, there)
    assert same(here, there)
    assert model not in [conflict.record.id for conflict in here.conflicts()]


def test_an_undone_import_against_an_edit_is_a_dispute(two: Two) -> None:
    here, there = two
    with here.writing("an", act="import") as write:
        model = add_model(write)
    give(here, there)
    here.undo("an", write.batch.id)
    edit(there, model, goal="mới")
    meet(here, there)
    assert (_kinds(here), here.get("model", model).removed) == ([("removal", "removed")], None)


def test_a_disputed_record_in_the_bin_of_one_can_be_taken_out(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    remove(here, model)
    edit(there, model, goal="mới")
    meet(here, there)
    here.restore("an", model)
    meet(here, there)
    assert ([_kinds(book) for book in two], same(*two)) == ([[], []], True)
