"""One search over everything: marks forgiven, exact ones first, nothing a clerk types is a command."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import RECORD_TYPES, Book, search, search_index
from tests.support.books import add_contribution, add_model


@pytest.fixture
def models(book: Book) -> dict[str, str]:
    """Models by title, oldest first."""
    titles = ("Đường hoa thôn Hòa Bình", "Duong hoa", "Tổ dân phố số 12", "Thúy", "Thủy", "Ánh sáng an ninh")
    with book.writing("an") as write:
        return {title: add_model(write, f"MH{n}", title=title) for n, title in enumerate(titles, 1)}


def _found(book: Book, text: str, limit: int = 50) -> list[str]:
    return [str(hit.record["title"]) for hit in book.search(text, limit)]


# -- marks


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("đường hoa", "Đường hoa thôn Hòa Bình"),
        ("ĐƯỜNG HOA", "Đường hoa thôn Hòa Bình"),
        ("duong hoa", "Đường hoa thôn Hòa Bình"),
        ("to dan pho so 12", "Tổ dân phố số 12"),
        ("hoà bình", "Đường hoa thôn Hòa Bình"),
        ("hòa bình", "Đường hoa thôn Hòa Bình"),
        ("anh sang", "Ánh sáng an ninh"),
        ("bình hòa", "Đường hoa thôn Hòa Bình"),
        ("dân ph", "Tổ dân phố số 12"),
        ("MH3", "Tổ dân phố số 12"),
    ],
)
def test_what_a_clerk_types_is_found(book: Book, models: dict[str, str], typed: str, title: str) -> None:
    assert models
    assert title in _found(book, typed)


@pytest.mark.parametrize("typed", ["đường hoa", "hòa bình", "Ánh sáng"])
def test_text_typed_in_pieces_finds_the_same(book: Book, models: dict[str, str], typed: str) -> None:
    assert models
    assert _found(book, unicodedata.normalize("NFD", typed)) == _found(book, typed)


def test_the_very_marks_come_first(book: Book, models: dict[str, str]) -> None:
    assert models
    assert _found(book, "thúy") == ["Thúy", "Thủy"]


def test_without_marks_the_plain_spelling_comes_first(book: Book, models: dict[str, str]) -> None:
    assert models
    assert _found(book, "duong") == ["Duong hoa", "Đường hoa thôn Hòa Bình"]


def test_d_and_đ_are_told_apart_by_rank_only(book: Book, models: dict[str, str]) -> None:
    assert models
    assert [hit.exact for hit in book.search("đường", 50)] == [True, False]


def test_equal_hits_come_newest_first(book: Book) -> None:
    with book.writing("an") as write:
        for number in range(3):
            add_model(write, f"MH{number}", title=f"Vườn rau {number}")
    assert _found(book, "vườn rau") == ["Vườn rau 2", "Vườn rau 1", "Vườn rau 0"]


def test_a_limit_keeps_the_exact_ones(book: Book, models: dict[str, str]) -> None:
    assert models
    assert _found(book, "thúy", limit=1) == ["Thúy"]


# -- words


def test_all_words_must_be_there(book: Book, models: dict[str, str]) -> None:
    assert models
    assert _found(book, "đường ninh") == []


def test_only_the_last_word_may_be_begun(book: Book, models: dict[str, str]) -> None:
    assert models
    assert _found(book, "dâ phố") == []


def test_long_texts_are_found_after_names(book: Book) -> None:
    with book.writing("an") as write:
        add_model(write, "MH1", title="Vườn rau sạch")
        add_model(write, "MH2", title="Bếp ăn", method="trồng rau sạch tại nhà")
    assert _found(book, "rau sạch") == ["Vườn rau sạch", "Bếp ăn"]


def test_every_type_is_found(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write, title="Đường hoa")
        add_contribution(write, model, contributor="Bà Hoàng Thị Lan")
    assert [hit.record.type for hit in book.search("hoàng thị lan")] == ["contribution"]


def test_changed_words_are_found_and_the_old_ones_not(book: Book, models: dict[str, str]) -> None:
    with book.writing("an") as write:
        write.change("model", models["Thủy"], {"title": "Sông xanh"})
    assert (_found(book, "sông xanh"), _found(book, "thủy")) == (["Sông xanh"], ["Thúy"])


def test_what_is_removed_is_not_found(book: Book, models: dict[str, str]) -> None:
    with book.writing("an") as write:
        write.remove("model", models["Thủy"])
    assert _found(book, "thủy") == ["Thúy"]


def test_what_came_back_is_found_again(book: Book, models: dict[str, str]) -> None:
    with book.writing("an") as write:
        write.remove("model", models["Thủy"])
    book.restore("an", models["Thủy"])
    assert _found(book, "thủy") == ["Thủy", "Thúy"]


def test_names_of_one_type_are_narrowed_among_all_others(book: Book) -> None:
    """However many records of other types hold the words."""
    with book.writing("an") as write:
        model = add_model(write, title="Bình minh")
        for _ in range(5):
            add_contribution(write, model, contributor="Ông Bình")
    assert search.rows_named(book.connection, RECORD_TYPES["model"], "bình", limit=3) == [1]


# -- nothing that is typed is a command


@pytest.mark.parametrize(
    "typed",
    [
        '"', '""', '"đường', 'đường"', "'", "đường OR hoa", "NEAR(đường hoa)", "f:đường", "x : đường",
        "đường*", "-đường", "^đường", "(đường", "đường) OR (x", "* * *", "{f x}: hoa", "%", "_", "\\", "\x00",
        "AND", "NOT", "'; DROP TABLE model; --", "!!!", "", " ", "\u0301", "½", "🌸", "ﬁ", "Ⅳ", "\ud800",
    ],
)  # fmt: skip
def test_signs_and_operators_are_only_text(book: Book, models: dict[str, str], typed: str) -> None:
    assert models
    book.search(typed)
    assert book.count("model") == 6


@pytest.mark.parametrize("typed", ["đường OR thủy", "đường NOT hoa", "NEAR đường"])
def test_words_of_commands_are_looked_for_as_words(book: Book, models: dict[str, str], typed: str) -> None:
    assert models
    assert _found(book, typed) == []


@pytest.mark.parametrize("typed", ['"đường" (hoa)', "đường, hoa!", "đường-hoa", "«đường hoa»"])
def test_signs_between_words_do_not_matter(book: Book, models: dict[str, str], typed: str) -> None:
    assert models
    assert _found(book, typed) == _found(book, "đường hoa")


@given(text=st.text(max_size=30))
def test_nothing_typed_breaks_the_search(text: str, shared: Book) -> None:
    shared.search(text)


@given(text=st.text(alphabet=st.characters(categories=("L", "Nd", "Zs")), min_size=1, max_size=20))
def test_a_title_is_found_by_itself(text: str, shared: Book) -> None:
    if not text.strip():
        return
    with shared.writing("an") as write:
        made = add_model(write, "X", title=text)
    held = search_index.search_row(RECORD_TYPES["model"], 1, {"title": text})
    hits = [hit.record.id for hit in shared.search(text, 1_000)]
    assert held is not None
    assert made in hits or not held.name
