"""Forgetting: the text leaves rows, journal, index and files, here and elsewhere; the chain still holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Book, Value
from db import operations as log
from db.check import check
from db.errors import UnknownRecordError
from db.journal import from_wire
from db.privacy import erased_fields
from tests.support.books import Template, add_contribution, add_model, give, meet, same
from tests.support.raw_pages import decrypted
from tests.support.undoing import edit, remove

Two = tuple[Book, Book]

CANARY = "Xqzwvkĩ Bùi Jfwqz"
# As it is written, as it is folded for the search; the index keeps a word without the letters it
# shares with the one before it
TRACES = (CANARY.encode(), "Xqzwvkĩ".encode(), b"zwvki", b"fwqz")


def _traces(book: Book) -> list[bytes]:
    raw = decrypted(book.path, book.key)
    return [trace for trace in TRACES if trace in raw]


def _named(book: Book, rows: int = 0) -> str:
    """A contribution by the canary, among others."""
    with book.writing("an") as write:
        model = add_model(write)
        made = add_contribution(write, model, contributor=CANARY, notes=f"của {CANARY}")
        for number in range(rows):
            add_contribution(write, model, contributor=f"Hộ ông Trần Văn {number}")
    return made


def _change(book: Book, record: str, **values: Value) -> None:
    with book.writing("bình") as write:
        write.change("contribution", record, values)


def _grave(book: Book) -> list[str]:
    return [problem.code for problem in check(book) if problem.grave]


# -- the text is gone


@pytest.mark.parametrize("rows", [0, 400])
def test_before_it_is_erased_the_text_is_in_the_files(book: Book, rows: int) -> None:
    _named(book, rows)
    assert _traces(book) == list(TRACES)


@pytest.mark.parametrize("rows", [0, 400, 3_000])
def test_nothing_of_an_erased_text_is_left_in_the_files(book: Book, rows: int) -> None:
    record = _named(book, rows)
    book.erase("an", "contribution", record, ["contributor", "notes"])
    assert _traces(book) == []


def test_earlier_and_later_values_are_gone_too(book: Book) -> None:
    record = _named(book)
    _change(book, record, contributor="Hộ bà Lan", notes=None)
    _change(book, record, contributor=f"Ông {CANARY}")
    _change(book, record, contributor="Hộ bà Mai")
    book.erase("an", "contribution", record, ["contributor", "notes"])
    assert _traces(book) == []


def test_nothing_is_left_of_what_lay_in_the_bin(book: Book) -> None:
    record = _named(book)
    with book.writing("an") as write:
        write.remove("contribution", record)
    book.erase("an", "contribution", record, ["contributor", "notes"])
    assert _traces(book) == []


def test_nothing_is_left_where_the_text_arrived(two: Two) -> None:
    here, there = two
    record = _named(here)
    give(here, there)
    here.erase("an", "contribution", record, ["contributor", "notes"])
    give(here, there)
    assert _traces(there) == []


def test_nothing_of_an_operation_that_arrives_later_stays(two: Two) -> None:
    """Edited elsewhere before the erasure was heard of."""
    here, there = two
    with here.writing("an") as write:
        record = add_contribution(write, add_model(write))
    give(here, there)
    _change(there, record, contributor=CANARY)
    here.erase("an", "contribution", record, ["contributor", "notes"])
    give(there, here)
    assert _traces(here) == []


def test_nothing_stays_in_what_waits_behind_a_gap(two: Two) -> None:
    here, there = two
    with here.writing("an") as write:
        record = add_contribution(write, add_model(write))
    give(here, there)
    edit(there, here.find("model")[0].id, goal="x")
    _change(there, record, contributor=CANARY)
    here.receive(list(log.operations_of_site(there.connection, there.batches(1)[0][0].site))[1:])
    here.erase("an", "contribution", record, ["contributor", "notes"])
    assert _traces(here) == []
    give(there, here)
    assert here.get("contribution", record)["contributor"] == "đã xóa"


def test_an_erased_text_is_not_found(book: Book) -> None:
    record = _named(book)
    book.erase("an", "contribution", record, ["contributor", "notes"])
    assert book.search("xqzwvki") == []


def test_an_erased_text_does_not_travel(book: Book) -> None:
    record = _named(book)
    book.erase("an", "contribution", record, ["contributor", "notes"])
    assert not [line for line in book.operations_after({}) if "Xqzwvk" in line]


# -- what stays


def test_a_required_field_says_that_it_was_erased(book: Book) -> None:
    record = _named(book)
    book.erase("an", "contribution", record, ["contributor", "notes"])
    found = book.get("contribution", record)
    assert (found["contributor"], found["notes"]) == ("đã xóa", None)


def test_other_fields_and_records_stay(book: Book) -> None:
    record = _named(book, 3)
    book.erase("an", "contribution", record, ["contributor"])
    assert book.get("contribution", record)["amount_vnd"] == 500_000
    assert book.count("contribution") == 4


def test_the_chain_still_verifies(book: Book) -> None:
    record = _named(book)
    _change(book, record, contributor="Hộ bà Lan")
    book.erase("an", "contribution", record, ["contributor", "notes"])
    assert check(book) == []


def test_the_history_says_that_something_was_erased(book: Book) -> None:
    record = _named(book)
    book.erase("an", "contribution", record, ["contributor"])
    erased = {change.field: change.erased for change in book.history(record)[0].changes}
    assert (erased["contributor"], erased["amount_vnd"]) == (True, False)


def test_the_book_tells_what_was_erased(book: Book) -> None:
    record = _named(book)
    book.erase("an", "contribution", record, ["contributor"])
    assert erased_fields(book.connection, record) == {"contributor"}


def test_a_field_may_be_written_anew(two: Two) -> None:
    here, there = two
    record = _named(here)
    give(here, there)
    here.erase("an", "contribution", record, ["contributor"])
    give(here, there)
    _change(there, record, contributor="Hộ bà Lan")
    meet(here, there)
    assert here.get("contribution", record)["contributor"] == "Hộ bà Lan"
    assert same(here, there)


def test_erasing_again_what_was_written_anew(book: Book) -> None:
    record = _named(book)
    book.erase("an", "contribution", record, ["contributor", "notes"])
    _change(book, record, contributor=CANARY)
    book.erase("an", "contribution", record, ["contributor"])
    assert (_traces(book), _grave(book)) == ([], [])


def test_an_edit_that_did_not_know_is_forgotten_and_no_dispute(two: Two) -> None:
    here, there = two
    record = _named(here)
    give(here, there)
    _change(there, record, contributor="Hộ bà Lan")
    here.erase("an", "contribution", record, ["contributor"])
    meet(here, there)
    assert [book.get("contribution", record)["contributor"] for book in two] == ["đã xóa"] * 2
    assert (here.conflicts(), same(here, there), _grave(here), _grave(there)) == ([], True, [], [])


def test_two_erasures_apart_are_one(two: Two) -> None:
    here, there = two
    record = _named(here)
    give(here, there)
    for book in two:
        book.erase("an", "contribution", record, ["contributor"])
    meet(here, there)
    assert (here.get("contribution", record)["contributor"], here.conflicts()) == ("đã xóa", [])
    assert same(here, there)


def test_an_erasure_decides_what_was_disputed(two: Two) -> None:
    here, there = two
    with here.writing("an") as write:
        model = add_model(write)
    give(here, there)
    edit(here, model, goal="một")
    edit(there, model, goal="hai")
    meet(here, there)
    here.erase("an", "model", model, ["goal"])
    meet(here, there)
    assert ([book.conflicts() for book in two], same(here, there)) == ([[], []], True)


def test_an_erasure_in_the_bin_revives_nothing(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
    remove(book, model)
    book.erase("an", "model", model, ["title"])
    assert book.get("model", model).removed == "bin"


def test_the_order_in_which_erasures_arrive_does_not_matter(
    two: Two, template: Template, tmp_path: Path
) -> None:
    here, there = two
    record = _named(here)
    give(here, there)
    _change(there, record, contributor="Hộ bà Lan")
    here.erase("an", "contribution", record, ["contributor", "notes"])
    ours, theirs = list(here.operations_after({})), list(there.operations_after({}))
    for name, packages in (("c", [ours, theirs]), ("d", [theirs, ours])):
        with template.copy_to(tmp_path / name) as book:
            for package in packages:
                book.receive(package)
            assert (book.get("contribution", record)["contributor"], _traces(book)) == ("đã xóa", [])


def test_who_is_not_there_cannot_be_erased(book: Book) -> None:
    with pytest.raises(UnknownRecordError):
        book.erase("an", "model", "nobody.1", ["title"])


def test_a_field_nobody_declared_cannot_be_erased(book: Book) -> None:
    record = _named(book)
    with pytest.raises(KeyError):
        book.erase("an", "contribution", record, ["citizen_id"])


# -- when the files could not be cleaned at once


def test_what_could_not_be_cleaned_is_told(book: Book) -> None:
    record = _named(book)
    with book.another() as reader:
        reader.connection.execute("BEGIN")
        reader.count("model")
        book.connection.execute("PRAGMA busy_timeout = 1")
        book.erase("an", "contribution", record, ["contributor", "notes"])
        assert [problem.code for problem in check(book)] == ["scrub_due"]
        reader.connection.execute("ROLLBACK")


def test_what_could_not_be_cleaned_is_cleaned_when_the_book_is_opened(template: Template, book: Book) -> None:
    record = _named(book)
    with book.another() as reader:
        reader.connection.execute("BEGIN")
        reader.count("model")
        book.connection.execute("PRAGMA busy_timeout = 1")
        book.erase("an", "contribution", record, ["contributor", "notes"])
        reader.connection.execute("ROLLBACK")
    book.close()
    with template.open(book.path) as again:
        assert (_traces(again), check(again)) == ([], [])


def test_a_line_with_a_forgotten_value_can_be_read(book: Book) -> None:
    record = _named(book)
    book.erase("an", "contribution", record, ["contributor"])
    lines = [from_wire(line) for line in book.operations_after({})]
    assert record in [operation.record for operation in lines]
