"""Undo takes back what still stands alone, keeps and names the rest, and can itself be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Book, Value
from db.errors import UnknownBatchError
from db.undo import DISPUTED, FORGOTTEN, REFERRED
from tests.support.books import Template, add_contribution, add_model, give
from tests.support.undoing import bring_in, edit, ids, latest, reasons


@pytest.fixture
def model(book: Book) -> str:
    """A model written by an import, so that Ctrl+Z leaves it."""
    with book.writing("an", act="import") as write:
        return add_model(write, title="Đường hoa", goal="sạch")


# -- Ctrl+Z and its inverse


def test_the_last_thing_typed_is_taken_back(book: Book, model: str) -> None:
    before = book.digest()
    edit(book, model, goal="đẹp")
    book.undo("an")
    assert book.digest() == before


def test_several_edits_of_one_field_are_taken_back_one_by_one(book: Book, model: str) -> None:
    goals: list[Value] = []
    for goal in ("một", "hai", None, "ba"):
        edit(book, model, goal=goal)
    for _ in range(4):
        book.undo("an")
        goals.append(book.get("model", model)["goal"])
    assert goals == [None, "hai", "một", "sạch"]


def test_what_was_taken_back_comes_again_one_by_one(book: Book, model: str) -> None:
    for goal in ("một", "hai", "ba"):
        edit(book, model, goal=goal)
    for _ in range(3):
        book.undo("an")
    goals: list[Value] = []
    for _ in range(3):
        book.redo("an")
        goals.append(book.get("model", model)["goal"])
    assert goals == ["một", "hai", "ba"]


def test_undo_and_redo_may_go_on_for_ever(book: Book, model: str) -> None:
    edit(book, model, goal="một")
    for _ in range(5):
        assert book.undo("an").kept == []
        assert book.redo("an").kept == []
    assert book.get("model", model)["goal"] == "một"


def test_after_something_new_nothing_comes_again(book: Book, model: str) -> None:
    edit(book, model, goal="một")
    book.undo("an")
    edit(book, model, notes="mới")
    with pytest.raises(UnknownBatchError):
        book.redo("an")


def test_two_changes_of_one_field_in_one_write_are_taken_back_together(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.change("model", model, {"goal": "hai"})
        write.change("model", model, {"goal": "ba"})
    assert book.undo("an").kept == []
    assert book.get("model", model)["goal"] == "sạch"


def test_a_record_changed_in_the_write_that_made_it_goes(book: Book) -> None:
    with book.writing("an") as write:
        made = add_model(write)
        write.change("model", made, {"goal": "hai"})
    assert book.undo("an").kept == []
    assert book.get("model", made).removed == "undone"


def test_what_was_removed_comes_back_with_its_parts(book: Book) -> None:
    _batch, models, _parts = bring_in(book)
    before = book.digest()
    with book.writing("an") as write:
        write.remove("model", models[0])
    book.undo("an")
    assert book.digest() == before


def test_what_undo_brought_back_redo_removes_again(book: Book) -> None:
    _batch, models, _parts = bring_in(book)
    with book.writing("an") as write:
        write.remove("model", models[0])
    removed = book.digest()
    book.undo("an")
    book.redo("an")
    assert book.digest() == removed


def test_nobody_takes_back_what_another_typed(book: Book, model: str) -> None:
    edit(book, model, actor="bình", goal="của Bình")
    with pytest.raises(UnknownBatchError):
        book.undo("an")


def test_nobody_takes_back_what_one_of_the_same_name_typed_on_another_pc(two: tuple[Book, Book]) -> None:
    here, there = two
    with there.writing("an") as write:
        add_model(write)
    give(there, here)
    with pytest.raises(UnknownBatchError):
        here.undo("an")


def test_an_import_is_not_taken_back_by_hand(book: Book, model: str) -> None:
    assert model
    with pytest.raises(UnknownBatchError):
        book.undo("an")


def test_without_anything_typed_there_is_nothing_to_undo(book: Book) -> None:
    with pytest.raises(UnknownBatchError):
        book.undo("an")


def test_an_unknown_batch_is_told(book: Book) -> None:
    with pytest.raises(UnknownBatchError):
        book.undo("an", "edit-nobody.1")


def test_the_making_of_the_book_cannot_be_taken_back(book: Book) -> None:
    (first, _undone) = book.batches()[-1]
    with pytest.raises(UnknownBatchError):
        book.undo("an", first.id)


def test_an_undo_says_what_it_did(book: Book, model: str) -> None:
    batch = edit(book, model, goal="đẹp")
    result = book.undo("an")
    assert (result.undoes, result.undone, result.kept) == (batch, 1, [])
    assert book.batches(1)[0][0].undoes == batch


def test_an_undone_batch_is_told_as_undone(book: Book, model: str) -> None:
    batch = edit(book, model, goal="đẹp")
    book.undo("an")
    assert {found.id: undone for found, undone in book.batches()}[batch]


def test_a_batch_that_stands_again_is_not_told_as_undone(book: Book, model: str) -> None:
    batch = edit(book, model, goal="đẹp")
    book.undo("an")
    book.redo("an")
    assert not {found.id: undone for found, undone in book.batches()}[batch]


def test_undoing_twice_by_name_changes_nothing_more(book: Book, model: str) -> None:
    batch = edit(book, model, goal="đẹp")
    book.undo("an", batch)
    before = book.digest()
    assert book.undo("an", batch).kept == []
    assert book.digest() == before


# -- what others refer to


def test_what_others_refer_to_now_stays(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    with book.writing("bình") as write:
        add_contribution(write, models[2])
    assert reasons(book.undo("an", batch)) == [(models[2], REFERRED, None)]


def test_all_does_not_leave_references_in_the_air(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    with book.writing("bình") as write:
        add_contribution(write, models[2])
    assert ids(book.undo("an", batch, everything=True)) == [models[2]]


def test_what_a_kept_record_refers_to_stays_too(book: Book) -> None:
    with book.writing("an", act="import") as write:
        first = add_model(write, "MH1")
        second = add_model(write, "MH2", replicated_from=first)
        add_model(write, "MH3", replicated_from=second)
    with book.writing("bình") as write:
        add_contribution(write, second)
    assert set(ids(book.undo("an", latest(book, "import")))) == {first, second}


def test_a_removal_is_not_brought_again_over_new_references(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.remove("model", model)
    book.undo("an")
    with book.writing("bình") as write:
        add_contribution(write, model)
    assert reasons(book.redo("an")) == [(model, REFERRED, None)]
    assert book.get("model", model).removed is None


def test_a_moved_part_goes_back_before_its_new_owner_goes(book: Book, model: str) -> None:
    with book.writing("bình") as write:
        part = add_contribution(write, model)
    with book.writing("an") as write:
        other = add_model(write, "MH2")
        write.change("contribution", part, {"model": other})
    assert book.undo("an").kept == []
    assert book.get("contribution", part)["model"] == model


# -- what was forgotten or is disputed


def test_undo_of_an_erased_value_says_so(book: Book, model: str) -> None:
    batch = edit(book, model, goal="hai")
    book.erase("an", "model", model, ["goal"])
    assert reasons(book.undo("an", batch, everything=True)) == [(model, FORGOTTEN, "goal")]


def test_the_other_fields_of_an_erased_one_come_back(book: Book, model: str) -> None:
    batch = edit(book, model, goal="hai", notes="x")
    book.erase("an", "model", model, ["goal"])
    book.undo("an", batch)
    record = book.get("model", model)
    assert (record["goal"], record["notes"]) == (None, None)


def test_an_erasure_cannot_be_taken_back(book: Book, model: str) -> None:
    book.erase("an", "model", model, ["title"])
    result = book.undo("an", latest(book, "erase"), everything=True)
    assert (reasons(result), result.undone) == ([(model, FORGOTTEN, "title")], 0)
    assert book.get("model", model)["title"] == "đã xóa"


def test_an_imported_record_with_an_erased_value_is_kept_and_named(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    book.erase("an", "model", models[1], ["title"])
    assert reasons(book.undo("an", batch)) == [(models[1], FORGOTTEN, None)]


def _dispute(here: Book, there: Book) -> tuple[str, str]:
    """Both edit one model unaware of each other: the model and the batch typed here."""
    with here.writing("an", act="import") as write:
        model = add_model(write)
    give(here, there)
    batch = edit(here, model, goal="của An", notes="x")
    edit(there, model, actor="bình", goal="của Bình")
    give(there, here)
    return model, batch


@pytest.mark.parametrize("everything", [False, True])
def test_undo_never_decides_a_dispute(two: tuple[Book, Book], everything: bool) -> None:
    here, there = two
    model, batch = _dispute(here, there)
    result = here.undo("an", batch, everything=everything)
    assert reasons(result) == [(model, DISPUTED, "goal")]
    assert [conflict.field for conflict in here.conflicts()] == ["goal"]


@pytest.mark.parametrize("everything", [False, True])
def test_undo_of_an_import_keeps_what_is_disputed(two: tuple[Book, Book], everything: bool) -> None:
    here, there = two
    model, _batch = _dispute(here, there)
    result = here.undo("an", latest(here, "import"), everything=everything)
    assert reasons(result) == [(model, DISPUTED, None)]


def _removed_and_edited(here: Book, there: Book) -> tuple[str, str]:
    """Removed here, edited there: the model and the batch of the removal."""
    with here.writing("an", act="import") as write:
        model = add_model(write)
    give(here, there)
    with here.writing("an") as write:
        write.remove("model", model)
    edit(there, model, actor="bình", goal="của Bình")
    give(there, here)
    return model, write.batch.id


def test_undo_of_a_disputed_removal_decides_nothing(two: tuple[Book, Book]) -> None:
    here, there = two
    model, batch = _removed_and_edited(here, there)
    assert reasons(here.undo("an", batch)) == [(model, DISPUTED, "removed")]
    assert [conflict.kind for conflict in here.conflicts()] == ["removal"]


def test_undo_of_an_import_leaves_a_disputed_removal(two: tuple[Book, Book]) -> None:
    here, there = two
    model, _batch = _removed_and_edited(here, there)
    assert reasons(here.undo("an", latest(here, "import"), everything=True)) == [(model, DISPUTED, None)]
    assert [conflict.kind for conflict in here.conflicts()] == ["removal"]


def test_an_undo_that_arrives_before_what_it_undoes_is_told_as_such(
    two: tuple[Book, Book], template: Template, tmp_path: Path
) -> None:
    here, there = two
    with here.writing("an") as write:
        model = add_model(write)
    give(here, there)
    there.undo("bình", write.batch.id)
    with template.copy_to(tmp_path / "three.danvan") as third:
        third.receive(line for line in there.operations_after({}) if '"undo"' in line)
        give(here, third)
        assert {batch.id: undone for batch, undone in third.batches()}[write.batch.id]
        assert third.get("model", model).removed == "undone"


def test_where_nothing_can_be_taken_back_the_next_undo_looks_before_it(book: Book, model: str) -> None:
    edit(book, model, notes="của An")
    edit(book, model, goal="của An")
    edit(book, model, actor="bình", goal="của Bình")
    assert book.undo("an").undone == 0
    book.undo("an")
    assert book.get("model", model)["notes"] is None
