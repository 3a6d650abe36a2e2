"""Is the book whole? Every flipped byte, changed entry and wrong row is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db import Book
from db import keys as key_module
from db.check import check, check_keys
from db.errors import BookDamagedError
from tests.support.books import Template, add_contribution, add_model, give
from tests.support.undoing import bring_in, edit, remove


def _codes(book: Book) -> list[str]:
    return [problem.code for problem in check(book)]


@pytest.fixture
def lived(book: Book) -> Book:
    """A book with imports, edits, removals, undo, redo and an erasure."""
    batch, models, _parts = bring_in(book, 4)
    edit(book, models[0], goal="sửa", notes="x")
    remove(book, models[1])
    book.restore("an", models[1])
    remove(book, models[2])
    edit(book, models[3], goal="sai")
    book.undo("an")
    book.redo("an")
    book.erase("an", "model", models[3], ["title"])
    book.undo("an", batch)
    return book


def test_a_book_that_lived_is_whole(lived: Book) -> None:
    assert check(lived) == []


def test_an_empty_book_is_whole(book: Book) -> None:
    assert check(book) == []


# -- the chain


_ENTRY = "UPDATE operation SET {} WHERE arrival = 5"


_FLIPS = {
    "value": _ENTRY.format("body = replace(body, 'Đường sạch', 'Đường sach')"),
    "salt": _ENTRY.format('body = replace(body, \'"s":"\', \'"s":"AAAA\')'),
    "field": _ENTRY.format("body = replace(body, '\"title\"', '\"notes\"')"),
    "taken away": _ENTRY.format('body = \'{"s":"","f":{}}\''),
    "no body": _ENTRY.format("body = 'x'"),
    "hash": _ENTRY.format("hash = zeroblob(32)"),
    "type": _ENTRY.format("type = 'person'"),
    "record": _ENTRY.format("record = 'abc.9'"),
    "seen": _ENTRY.format("seen = '[[\"abc\", 5]]'"),
    "number": _ENTRY.format("seq = 99"),
    "batch": "UPDATE operation SET batch = (SELECT min(no) FROM batch) WHERE arrival = 5",
    "gone": "DELETE FROM operation WHERE arrival = 5",
    "last gone": "DELETE FROM operation WHERE arrival = (SELECT max(arrival) FROM operation)",
    "actor": "UPDATE batch SET actor = 'bình' WHERE act = 'import'",
    "time": "UPDATE batch SET at = '1999' WHERE act = 'import'",
    "act": "UPDATE batch SET act = 'edit' WHERE act = 'import'",
    "title": "UPDATE batch SET title = 'x' WHERE act = 'import'",
    "undoes": "UPDATE batch SET undoes = 'x' WHERE act = 'import'",
    "batch id": "UPDATE batch SET id = 'x' WHERE act = 'import'",
    "batch site": "UPDATE batch SET site = (SELECT min(no) FROM site) WHERE act = 'import'",
    "end": "UPDATE site SET last_seq = last_seq + 1",
    "end hash": "UPDATE site SET last_hash = zeroblob(32)",
}


@pytest.mark.parametrize("flip", _FLIPS)
def test_a_changed_entry_is_named(lived: Book, flip: str) -> None:
    lived.connection.execute(_FLIPS[flip])
    assert "chain_broken" in _codes(lived)


def test_the_site_and_number_are_told(lived: Book) -> None:
    lived.connection.execute(_FLIPS["value"])
    site = lived.batches(1)[0][0].site
    told = next(problem.message for problem in check(lived) if problem.code == "chain_broken")
    assert site in told


def test_a_changed_entry_is_grave(lived: Book) -> None:
    lived.connection.execute(_FLIPS["value"])
    assert all(problem.grave for problem in check(lived))


def test_a_commitment_of_a_forgotten_value_cannot_be_changed(lived: Book) -> None:
    changed = lived.connection.execute(
        'UPDATE operation SET body = replace(body, \'{"c":"\', \'{"c":"AAAA\')'
    )
    assert changed.rowcount
    assert "chain_broken" in _codes(lived)


# -- rows, heads and disputes against the journal

_WRONG_ROWS = {
    "value": "UPDATE model SET goal = 'khác' WHERE row = 1",
    "value of a plain row": "UPDATE contribution SET amount_vnd = 1 WHERE row = 2",
    "mark": "UPDATE model SET removed = 'bin' WHERE row = 1",
    "row gone": "DELETE FROM contribution WHERE row = 2",
    "row of nothing": "INSERT INTO model (id, code) VALUES ('nobody.1', 'x')",
    "row of another type": "INSERT INTO person (id, full_name) SELECT id, 'x' FROM model WHERE row = 1",
    "head gone": "DELETE FROM head WHERE field = 'goal'",
    "head too many": "INSERT INTO head SELECT id, 'title', 1, 1 FROM model WHERE row = 1",
    "dispute too many": "INSERT INTO conflict SELECT id, 'title', 'model', 'field' FROM model WHERE row = 1",
}


@pytest.mark.parametrize("wrong", _WRONG_ROWS)
def test_a_row_that_does_not_say_what_the_journal_says_is_named(lived: Book, wrong: str) -> None:
    lived.connection.execute(_WRONG_ROWS[wrong])
    assert "row_differs" in _codes(lived)


# -- the file


def test_a_flipped_byte_anywhere_is_noticed(template: Template, lived: Book, tmp_path: Path) -> None:
    lived.close()
    whole = lived.path.read_bytes()
    copy = tmp_path / "copy.danvan"
    for place in range(7, len(whole), len(whole) // 60):
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert _noticed(template, copy), place


def _noticed(template: Template, path: Path) -> bool:
    try:
        with template.open(path, writable=False) as book:
            return any(problem.grave for problem in check(book))
    except BookDamagedError:
        return True


@pytest.mark.parametrize("pages", [1, 3])
def test_a_shortened_file_is_noticed(template: Template, lived: Book, tmp_path: Path, pages: int) -> None:
    lived.close()
    copy = Path(shutil.copyfile(lived.path, tmp_path / "copy.danvan"))
    with copy.open("r+b") as handle:
        handle.truncate(copy.stat().st_size - pages * 4096)
    assert _noticed(template, copy)


def test_of_damaged_pages_nothing_else_is_asked(template: Template, lived: Book) -> None:
    lived.close()
    with lived.path.open("r+b") as handle:
        handle.seek(5 * 4096 + 100)
        handle.write(b"\x00\x01\x02")
    with template.open(lived.path, writable=False) as book:
        assert _codes(book) == ["page_damaged"]


def test_a_wrong_structure_is_noticed(lived: Book) -> None:
    """Pages that are whole but do not fit together: the index of one table under another."""
    lived.connection.execute("PRAGMA writable_schema = ON")
    lived.connection.execute(
        "UPDATE sqlite_schema SET rootpage ="
        " (SELECT rootpage FROM sqlite_schema WHERE name = 'person_source_key')"
        " WHERE name = 'model_code_sort'"
    )
    lived.connection.execute("PRAGMA writable_schema = RESET")
    assert _codes(lived) == ["structure_damaged"]


# -- what is only unfinished


def test_a_reference_into_the_air_is_named(book: Book) -> None:
    with book.writing("an") as write:
        add_contribution(write, "nobody.1", contributor="Hộ ông Bình")
    (problem,) = check(book)
    assert (problem.code, problem.grave) == ("dangling_reference", False)
    assert "Hộ ông Bình" in problem.message


def test_a_reference_to_what_was_removed_elsewhere_is_named(two: tuple[Book, Book]) -> None:
    here, there = two
    with here.writing("an") as write:
        old = add_model(write, "MH1")
    give(here, there)
    remove(here, old)
    with there.writing("bình") as write:
        add_model(write, "MH2", replicated_from=old)
    give(there, here)
    assert "dangling_reference" in _codes(here)


def test_what_is_removed_may_refer_to_nothing(book: Book) -> None:
    with book.writing("an") as write:
        part = add_contribution(write, "nobody.1")
    with book.writing("an") as write:
        write.remove("contribution", part)
    assert check(book) == []


def test_a_gap_is_named(two: tuple[Book, Book]) -> None:
    here, there = two
    for number in range(3):
        with there.writing("bình") as write:
            add_model(write, f"MH{number}")
    here.receive(list(there.operations_after(here.last_seqs()))[1:])
    (problem,) = check(here)
    assert (problem.code, problem.grave) == ("gap", False)


def test_disputes_are_counted(book: Book) -> None:
    with book.writing("an") as write:
        for _ in range(2):
            add_model(write, "MH1")
    (problem,) = check(book)
    assert (problem.code, problem.grave) == ("conflicts", False)
    assert "1" in problem.message


# -- keys and progress


@pytest.fixture
def keyed(template: Template, book: Book) -> Book:
    """A book with its key files beside it."""
    ring = key_module.read_ring(template.path)
    key_module.write_ring(book.path, ring)
    return book


def test_whole_keys_are_no_problem(keyed: Book) -> None:
    assert check_keys(keyed) == []


def test_a_missing_copy_of_the_keys_is_named(keyed: Book) -> None:
    key_module.key_files(keyed.path)[1].unlink()
    (problem,) = check_keys(keyed)
    assert (problem.code, "keys2" in problem.message) == ("key_file_missing", True)


def test_keys_that_cannot_be_read_are_named(keyed: Book) -> None:
    for file in key_module.key_files(keyed.path):
        file.write_bytes(b"broken")
    assert [problem.code for problem in check_keys(keyed)] == ["keys_unreadable"]


def test_progress_is_told_upwards(lived: Book) -> None:
    told: list[int] = []
    check(lived, told.append)
    assert (told[0], told[-1], told) == (0, 100, sorted(told))


def test_a_check_can_be_stopped(lived: Book) -> None:
    def stop(done: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        check(lived, stop)


def test_a_reader_can_check(template: Template, lived: Book) -> None:
    with template.open(lived.path, writable=False) as reader:
        assert check(reader) == []
