"""Models copied from models: what travels, who comes from whom, no circles."""

from __future__ import annotations

import pytest

from db import Book
from db.life.lineage import (
    HOW_WE_DID_IT,
    CircularLineageError,
    CodeTakenError,
    Replica,
    copies,
    origins,
    refuse_circle,
    replicate,
    set_origin,
)
from tests.support.books import add_model, add_registration


def _copy(book: Book, source: str, code: str) -> str:
    with book.writing("an") as write:
        return replicate(write, source, Replica(code, f"Bản sao {code}", book.own_unit(), 2026))


@pytest.fixture
def source(book: Book) -> str:
    with book.writing("an") as write:
        model = add_model(
            write,
            method="Họp dân, góp công",
            goal="Ngõ sạch",
            situation="Ngõ bẩn",
            address="Ngõ 5",
            person_in_charge="Bà Lan",
            phone="0900",
            started_on="2024-03-01",
            households=40,
        )
        add_registration(write, model, field="economy", level="city", line="women")
    return model


def test_how_it_was_done_travels_and_what_is_of_the_place_stays(book: Book, source: str) -> None:
    made, original = book.get("model", _copy(book, source, "MH02")), book.get("model", source)
    assert {name: made[name] for name in HOW_WE_DID_IT} == {name: original[name] for name in HOW_WE_DID_IT}
    left = ("situation", "address", "person_in_charge", "phone", "started_on", "households")
    assert [made[name] for name in left] == [None] * len(left)
    assert (made["code"], made["title"], made["replicated_from"]) == ("MH02", "Bản sao MH02", source)


def test_a_copy_is_a_draft_of_the_other_unit_that_is_not_counted_yet(book: Book, source: str) -> None:
    made = book.find("registration", {"model": _copy(book, source, "MH02")})
    told = ("unit", "year", "kind", "status", "field", "level", "line")
    own = book.own_unit()
    assert [one.values[name] for one in made for name in told] == [
        own, 2026, "replicated", "draft", "economy", "city", "women",
    ]  # fmt: skip


def test_a_copy_is_taken_back_with_its_registration(book: Book, source: str) -> None:
    _copy(book, source, "MH02")
    assert (book.undo("an").undone, book.count("model"), book.count("registration")) == (2, 1, 1)


def test_a_model_that_was_never_registered_can_be_copied(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
    assert book.count("registration", {"model": _copy(book, model, "MH02")}) == 1


def test_a_code_in_use_is_refused_and_nothing_happens(book: Book, source: str) -> None:
    with pytest.raises(CodeTakenError) as refused:
        _copy(book, source, "MH01")
    assert ("MH01" in refused.value.sentence(), book.count("model")) == (True, 1)


def test_lineage_goes_over_generations_both_ways(book: Book, source: str) -> None:
    child = _copy(book, source, "MH02")
    grandchild = _copy(book, child, "MH03")
    other = _copy(book, source, "MH04")
    assert [one.id for one in origins(book, grandchild)] == [child, source]
    assert [(one.model.id, one.generation) for one in copies(book, source)] == [
        (child, 1), (grandchild, 2), (other, 1),
    ]  # fmt: skip
    assert (origins(book, source), copies(book, other)) == ([], [])


@pytest.mark.parametrize("ancestor", [0, 1, 2])
def test_a_model_cannot_come_from_itself_or_its_copies(book: Book, source: str, ancestor: int) -> None:
    child = _copy(book, source, "MH02")
    line = (source, child, _copy(book, child, "MH03"))
    with pytest.raises(CircularLineageError), book.writing("an") as write:
        set_origin(write, source, line[ancestor])
    assert book.get("model", source)["replicated_from"] is None


def test_the_origin_can_be_said_later_and_taken_away(book: Book, source: str) -> None:
    with book.writing("an") as write:
        other = add_model(write, "MH09")
        set_origin(write, other, source)
    assert [one.model.id for one in copies(book, source)] == [other]
    with book.writing("an") as write:
        set_origin(write, other, None)
    assert copies(book, source) == []


def test_a_circle_made_by_a_merge_is_walked_once(book: Book, source: str) -> None:
    child = _copy(book, source, "MH02")
    with book.writing("an") as write:
        write.change("model", source, {"replicated_from": child})
    assert [one.id for one in origins(book, source)] == [child]
    assert [one.model.id for one in copies(book, source)] == [child]


def test_an_origin_in_the_bin_is_not_shown(book: Book) -> None:
    with book.writing("an") as write:
        first = add_model(write)
        second = add_model(write, "MH02", replicated_from="x.1")
    assert origins(book, second) == []
    refuse_circle(book, first, second)


def test_the_refusal_names_the_model(book: Book, source: str) -> None:
    child = _copy(book, source, "MH02")
    with pytest.raises(CircularLineageError) as refused:
        refuse_circle(book, source, child)
    assert "Bản sao MH02" in refused.value.sentence()
