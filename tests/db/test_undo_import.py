"""Undo of a whole import: all of it, except what somebody corrected since; it can be stopped."""

from __future__ import annotations

import pytest

from db import Book
from db.undo import CHANGED, REFERRED
from tests.support.books import add_model
from tests.support.undoing import answers, bring_in, edit, ids, reasons


@pytest.fixture
def model(book: Book) -> str:
    """A model that was there before."""
    with book.writing("bình") as write:
        return add_model(write, title="Đường hoa", goal="sạch")


def test_undo_of_an_import_leaves_the_book_as_before(book: Book, model: str) -> None:
    assert model
    before = (book.digest(), answers(book))
    batch, _models, _parts = bring_in(book)
    result = book.undo("an", batch)
    assert ((book.digest(), answers(book)), result.undone, result.kept) == (before, 18, [])


def test_redo_of_an_import_brings_all_of_it_back(book: Book) -> None:
    batch, _models, _parts = bring_in(book)
    after = (book.digest(), answers(book))
    book.undo("an", batch)
    book.redo("an")
    assert (book.digest(), answers(book)) == after


def test_a_large_import_goes_and_comes(book: Book) -> None:
    before = book.digest()
    batch, _models, _parts = bring_in(book, 700)
    after = book.digest()
    assert book.undo("an", batch).undone == 2_100
    assert book.digest() == before
    assert book.redo("an").undone == 2_100
    assert book.digest() == after


def test_an_import_undone_and_redone_can_be_undone_again(book: Book) -> None:
    before = book.digest()
    batch, _models, _parts = bring_in(book)
    book.undo("an", batch)
    book.redo("an")
    assert book.undo("an", batch).kept == []
    assert book.digest() == before


def test_three_rows_corrected_by_hand_are_kept_and_named(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    for record in models[:3]:
        edit(book, record, goal="sửa tay")
    result = book.undo("an", batch)
    reasons = [(kept.title, kept.reason) for kept in result.kept]
    assert reasons == [(f"Đường sạch {n}", CHANGED) for n in range(3)]
    assert [record.id for record in book.find("model")] == models[:3]


def test_parts_of_what_is_kept_go_all_the_same(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    edit(book, models[0], goal="sửa tay")
    assert book.undo("an", batch).undone == 17


def test_a_corrected_part_keeps_what_it_belongs_to(book: Book) -> None:
    batch, models, parts = bring_in(book)
    with book.writing("an") as write:
        write.change("contribution", parts[-1], {"amount_vnd": 1})
    assert set(reasons(book.undo("an", batch))) == {
        (parts[-1], CHANGED, None), (models[-1], REFERRED, None),
    }  # fmt: skip


def test_a_correction_that_was_taken_back_is_none(book: Book) -> None:
    before = book.digest()
    batch, models, _parts = bring_in(book)
    edit(book, models[0], goal="sửa tay")
    book.undo("an")
    assert book.undo("an", batch).kept == []
    assert book.digest() == before


def test_a_correction_that_was_brought_again_is_one(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    edit(book, models[0], goal="sửa tay")
    book.undo("an")
    book.redo("an")
    assert ids(book.undo("an", batch)) == [models[0]]


def test_all_overrides_with_the_same_list(book: Book) -> None:
    before = book.digest()
    batch, models, _parts = bring_in(book)
    for record in models[:3]:
        edit(book, record, goal="sửa tay")
    result = book.undo("an", batch, everything=True)
    assert reasons(result) == [(record, CHANGED, None) for record in models[:3]]
    assert book.digest() == before


def test_what_all_overrode_can_be_brought_back(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    edit(book, models[0], goal="sửa tay")
    after = book.digest()
    book.undo("an", batch, everything=True)
    book.redo("an")
    assert book.digest() == after


def test_all_overrides_changed_fields_too(book: Book, model: str) -> None:
    batch = edit(book, model, goal="hai")
    edit(book, model, actor="bình", goal="ba")
    result = book.undo("an", batch, everything=True)
    assert reasons(result) == [(model, CHANGED, "goal")]
    assert book.get("model", model)["goal"] == "sạch"


def test_fields_changed_since_are_kept_and_the_others_go(book: Book, model: str) -> None:
    batch = edit(book, model, goal="hai", notes="của An")
    edit(book, model, actor="bình", goal="ba")
    result = book.undo("an", batch)
    assert reasons(result) == [(model, CHANGED, "goal")]
    record = book.get("model", model)
    assert (record["goal"], record["notes"], result.undone) == ("ba", None, 1)


def test_the_same_value_typed_by_another_is_his_word(book: Book, model: str) -> None:
    batch = edit(book, model, goal="hai")
    edit(book, model, actor="bình", goal="ba")
    edit(book, model, actor="bình", goal="hai")
    assert reasons(book.undo("an", batch)) == [(model, CHANGED, "goal")]


def test_what_is_again_as_before_is_not_named(book: Book, model: str) -> None:
    batch = edit(book, model, goal="hai")
    edit(book, model, actor="bình", goal="sạch")
    assert book.undo("an", batch).kept == []


def test_what_lies_in_the_bin_is_left_there(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    with book.writing("an") as write:
        write.remove("model", models[0])
    assert book.undo("an", batch).kept == []
    assert book.get("model", models[0]).removed == "bin"


# -- progress


class _StoppedError(Exception):
    """The clerk had enough."""


def test_progress_is_told_upwards(book: Book) -> None:
    batch, _models, _parts = bring_in(book, 400)
    told: list[int] = []
    book.undo("an", batch, step=told.append)
    assert (told[0], told[-1], told) == (0, 100, sorted(told))


@pytest.mark.parametrize("at", [0, 50, 100])
def test_an_undo_that_is_stopped_has_changed_nothing(book: Book, at: int) -> None:
    batch, _models, _parts = bring_in(book, 400)
    before = (book.digest(), answers(book), book.batches())

    def stop(done: int) -> None:
        if done >= at:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        book.undo("an", batch, step=stop)
    assert (book.digest(), answers(book), book.batches()) == before


def test_a_redo_can_be_stopped_too(book: Book) -> None:
    batch, _models, _parts = bring_in(book)
    book.undo("an", batch)
    before = book.digest()

    def stop(_done: int) -> None:
        raise _StoppedError

    with pytest.raises(_StoppedError):
        book.redo("an", step=stop)
    assert book.digest() == before
