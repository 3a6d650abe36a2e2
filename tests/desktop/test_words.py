"""What is said beside a found record, so that a clerk knows which one it is."""

from __future__ import annotations

from db import Book
from desktop.values import BookTitles, record_words
from desktop.words import where_found
from tests.support.books import add_model, add_registration


def test_namesakes_are_told_apart_by_their_year_of_birth_and_their_model(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write, title="Ngõ sạch")
        for year in (1960, 1985):
            person = write.add("person", {"full_name": "Nguyễn Văn An", "birth_year": year})
            if year == 1985:
                write.add("model_member", {"model": model, "person": person})
    found = {where_found(book, hit.record) for hit in book.search("Nguyễn Văn An")}
    assert found == {"1960", "1985, Ngõ sạch"}


def test_a_registration_stands_with_its_model(book: Book) -> None:
    with book.writing("an") as write:
        made = add_registration(write, add_model(write, title="Ngõ sạch"), year=2024)
    assert where_found(book, book.get("registration", made)) == "Ngõ sạch"


def test_a_model_stands_with_its_code(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write, "MH7")
    assert where_found(book, book.get("model", model)) == "MH7"


def test_a_photo_without_caption_is_called_by_model_stage_and_day(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write, title="Ngõ sạch")
        activity = write.add("activity", {"model": model, "content": "Dọn ngõ"})
        said = {"model": model, "activity": activity, "unit": book.own_unit(), "hash": "0" * 64}
        photo = write.add("photo", {**said, "stage": "after", "taken_on": "2024-05-06"})
    assert record_words(book.get("photo", photo), BookTitles(book)) == "Ngõ sạch – Sau – 06/05/2024"
