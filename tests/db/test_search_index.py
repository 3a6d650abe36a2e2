"""The index follows the records whatever is done to them, and is made anew where it is another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import RECORD_TYPES, Book, Record, migrations, search_index
from db import operations as log
from db.engine import connect
from db.migrations import schema
from db.search_index import search_row, words
from db.vietnamese import fold, nfc
from tests.support.books import Template, add_contribution, add_model

_WORDS = ("Đường", "hoa", "Hòa", "hoà", "Bình", "ngõ", "12", "PT0007", "lý", "Mỹ", "thủy", "ổn", "A")
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_Act = tuple[str, int, str, str]
_ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "remove", "restore", "undo"]), st.integers(0, 5), _TEXTS, _TEXTS
    ),
    min_size=1,
    max_size=12,
)


def _do(book: Book, made: list[str], act: str, which: int, title: str, told: str) -> None:
    if act == "add" or not made:
        with book.writing("an") as write:
            made.append(add_model(write, f"K{len(made)}", title=title, notes=told))
        return
    one = book.get("model", made[which % len(made)])
    if act == "undo":
        book.undo("an", book.batches(1)[0][0].id)
    elif act == "restore" and one.removed == "bin":
        book.restore("an", one.id)
    elif act in ("change", "remove") and one.removed is None:
        with book.writing("an") as write:
            if act == "change":
                write.change("model", one.id, {"title": title, "notes": told})
            else:
                write.remove("model", one.id)


def _found_by(book: Book, record: Record, word: str) -> bool:
    return record.id in {hit.record.id for hit in book.search(word, 1_000)}


@settings(max_examples=30)
@given(acts=_ACTS)
def test_what_stands_is_found_by_each_word_and_nothing_else(shared: Book, acts: list[_Act]) -> None:
    made: list[str] = []
    for act in acts:
        _do(shared, made, *act)
    records = [shared.get("model", one) for one in made]
    found = {(one.id, word) for one in records for word in _WORDS if _found_by(shared, one, word)}
    wanted = {(one.id, word) for one in records for word in _WORDS if _holds(one, word)}
    with shared.writing("an") as write:
        for record in records:
            if record.removed is None:
                write.remove("model", record.id)
    assert found == wanted


def _holds(record: Record, word: str) -> bool:
    """Whether a word of the record, if it stands, begins so."""
    held = fold(f"{record['title']} {record['notes']}").split()
    return record.removed is None and any(one.startswith(fold(word)) for one in held)


@given(text=st.text(max_size=40))
def test_the_words_of_the_index_are_those_that_are_asked(text: str) -> None:
    held = search_row(RECORD_TYPES["model"], 1, {"title": nfc(text)})
    kept = set(held.name.split(" ")) if held and held.name else set()
    assert {word for word in words(fold(nfc(text))) if fold(word) == word} <= kept


# -- made anew


def _all_found(book: Book) -> dict[str, list[str]]:
    asked = ("đường hoa", "duong", "tvb", "rau sạch", "pt0")
    return {text: [hit.record.id for hit in book.search(text)] for text in asked}


@pytest.fixture
def filled(template: Template, tmp_path: Path) -> Path:
    """A closed book of some records, one of them removed."""
    path = tmp_path / "so.danvan"
    with template.copy_to(path) as book, book.writing("an") as write:
        model = add_model(write, "MH1", title="Đường hoa", method="trồng rau sạch")
        gone = add_model(write, "MH2", title="Đường hoa cũ")
        add_contribution(write, model, receipt_no="PT0001")
        write.remove("model", gone)
    return path


def _empty(book: Book) -> None:
    book.connection.execute("INSERT INTO search_name (search_name) VALUES ('delete-all')")
    book.connection.execute("INSERT INTO search_text (search_text) VALUES ('delete-all')")


def test_an_index_of_another_version_is_made_anew_when_the_book_is_opened(
    template: Template, filled: Path
) -> None:
    with template.open(filled) as book:
        before = _all_found(book)
        _empty(book)
        log.tell(book.connection, "search_index", "0.old")
    with template.open(filled) as book:
        assert _all_found(book) == before
        assert all(before.values())
        assert search_index.is_sound(book.connection)


def test_the_present_index_is_left_alone(template: Template, filled: Path) -> None:
    with template.open(filled) as book:
        _empty(book)
    with template.open(filled) as book:
        assert _all_found(book)["duong"] == []


def test_a_broken_index_is_made_anew(template: Template, filled: Path) -> None:
    with template.open(filled) as book:
        before = _all_found(book)
        book.connection.execute("DELETE FROM search_name_data")
    with template.open(filled) as book:
        assert _all_found(book) == before


def test_another_field_to_be_searched_makes_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    before = search_index.present_form()
    monkeypatch.delitem(RECORD_TYPES, "photo")
    assert search_index.present_form() != before


def test_a_stopped_rebuild_leaves_the_book_and_is_done_the_next_time(
    template: Template, filled: Path
) -> None:
    with template.open(filled) as book:
        before = _all_found(book)
        log.tell(book.connection, "search_index", "0.old")

    def stop(_percent: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Book.open_with_key(filled, template.key, template.identity, "an", step=stop)
    with template.open(filled) as book:
        assert _all_found(book) == before


def test_progress_goes_up_to_the_end(template: Template, filled: Path) -> None:
    told: list[int] = []
    with template.open(filled) as book:
        search_index.rebuild(book.connection, told.append)
    assert told == sorted(told)
    assert told[-1] <= 100 < told[-1] + 60


def test_a_book_from_before_is_searched_right_after_the_upgrade(template: Template, tmp_path: Path) -> None:
    """Its index was another one, in other tables."""
    path = tmp_path / "old.danvan"
    connection = connect(path, template.key, create=True)
    migrations.apply(connection, stop_before="0005_search")
    connection.execute(
        "INSERT INTO person (row, id, full_name, birth_year) VALUES (1, 'a.1', 'Lê Thị Ổn', 1985)"
    )
    connection.execute("INSERT INTO search_name (rowid, f, x) VALUES (148, 'le thi on', 'lê thị ổn')")
    connection.close()
    with template.open(path) as book:
        assert [hit.record.title for hit in book.search("ổn")] == ["Lê Thị Ổn"]
        assert [hit.record.title for hit in book.search("lto 1985")] == ["Lê Thị Ổn"]
    assert "0005_search" in schema.STATEMENTS
