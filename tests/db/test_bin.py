"""What was removed lies in the bin and can be taken out with its parts."""

from __future__ import annotations

import pytest

from db import Book
from db.errors import UnknownBatchError
from tests.support.books import add_model
from tests.support.undoing import answers, bring_in, remove


@pytest.fixture
def model(book: Book) -> str:
    """A model that was there before."""
    with book.writing("bình") as write:
        return add_model(write, title="Đường hoa", goal="sạch")


def test_what_is_taken_out_of_the_bin_is_as_it_was(book: Book) -> None:
    _batch, models, _parts = bring_in(book)
    before = (book.digest(), answers(book))
    remove(book, models[0])
    assert book.restore("an", models[0]) == 3
    assert (book.digest(), book.bin()) == (before[0], [])


def test_parts_removed_before_stay_in_the_bin(book: Book) -> None:
    _batch, models, parts = bring_in(book)
    with book.writing("an") as write:
        write.remove("registration", parts[0])
    remove(book, models[0])
    book.restore("an", models[0])
    assert [record.id for record in book.bin()] == [parts[0]]


def test_parts_of_others_removed_at_once_stay_in_the_bin(book: Book) -> None:
    _batch, models, _parts = bring_in(book)
    remove(book, *models[:2])
    assert book.restore("an", models[1]) == 3
    assert models[0] in [record.id for record in book.bin()]


def test_what_is_not_in_the_bin_cannot_be_taken_out(book: Book, model: str) -> None:
    with pytest.raises(UnknownBatchError):
        book.restore("an", model)


def test_what_an_undo_took_away_is_not_in_the_bin(book: Book) -> None:
    batch, models, _parts = bring_in(book)
    book.undo("an", batch)
    with pytest.raises(UnknownBatchError):
        book.restore("an", models[0])


def test_taking_out_of_the_bin_can_be_taken_back(book: Book) -> None:
    _batch, models, _parts = bring_in(book)
    remove(book, models[0])
    removed = book.digest()
    book.restore("an", models[0])
    book.undo("an")
    assert book.digest() == removed
