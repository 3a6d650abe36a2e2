"""Consents: whom they open what for, and where two of one name could be meant."""

from __future__ import annotations

from typing import Any

import pytest

from db import Book
from db.records.definition import Value
from db.writing import Writing
from tests.support.audiences import (
    AMOUNTS,
    COMPANY,
    GIVERS,
    MEMBER,
    agree,
    fill,
    person_of,
    shown_givers,
    unit_of,
    veil_for,
)
from tests.support.books import add_contribution


@pytest.fixture
def book(book: Book) -> Book:
    """A book with givers, one registrant, one recipient and one in charge; nobody has agreed to anything."""
    with book.writing("an") as write:
        fill(write, book.own_unit())
    return book


def test_a_consent_to_amount_shows_the_amount_beside_initials(book: Book) -> None:
    agree(book, "Trần Văn Bình", "amount")
    assert ("Hộ T.V.B.", AMOUNTS[0]) in shown_givers(book)


def test_consents_to_name_and_amount_show_both(book: Book) -> None:
    agree(book, "Trần Văn Bình", "name", "amount")
    assert (GIVERS[0], AMOUNTS[0]) in shown_givers(book)


def test_a_consent_to_the_name_alone_names_among_others_and_hides_the_amount(book: Book) -> None:
    agree(book, "Trần Văn Bình", "name")
    assert (GIVERS[0], None) in shown_givers(book)


def test_who_hides_the_amount_alone_in_a_total_is_not_named(book: Book) -> None:
    agree(book, "Trần Văn Bình", "name")
    for name in ("Lê Thị Cúc", "Phạm Quốc Dũng"):
        agree(book, name, "name", "amount")
    assert ("Hộ gia đình", None) in shown_givers(book) and GIVERS[0] not in dict(shown_givers(book))


def test_who_agreed_to_nothing_is_told_by_kind_alone(book: Book) -> None:
    names = {name for name, _amount in shown_givers(book)}
    assert names == {"Hộ gia đình", "Cá nhân", "(không nêu tên)", COMPANY}


@pytest.mark.parametrize(
    "values",
    [
        {"scope": "contact"},
        {"scope": "picture"},
        {"full_name": "Trần Văn Bính"},
        {"full_name": "Tran Van Binh"},
        {"given_on": "2027-01-01"},
        {"withdrawn_on": "2026-11-22"},
        {"representative": "Trần Văn A"},
        {"child_assent": 0},
    ],
)
def test_a_consent_that_does_not_fit_opens_nothing(book: Book, values: dict[str, Value]) -> None:
    agree(book, "Trần Văn Bình", *(("name", "amount") if "scope" not in values else ("name",)), **values)
    assert GIVERS[0] not in dict(shown_givers(book))


def test_a_consent_in_another_unit_opens_nothing(book: Book) -> None:
    with book.writing("an") as write:
        other = write.add("org_unit", {"code": "T2", "name": "Tổ 2", "kind": "residential_group"})
        write.add("unit_parent", {"unit": other, "parent": book.own_unit()})
    agree(book, "Trần Văn Bình", "name", "amount", unit=other)
    assert GIVERS[0] not in dict(shown_givers(book))


def test_a_consent_in_the_unit_above_holds_below(book: Book) -> None:
    agree(book, "Trần Văn Bình", "name", "amount", unit=book.own_unit())
    assert (GIVERS[0], AMOUNTS[0]) in shown_givers(book)


@pytest.mark.parametrize(
    "spelled",
    [
        "trần  văn bình",
        "TRẦN VĂN BÌNH",
        "Ông Trần Văn Bình",
        "Tra\u0302\u0300n Va\u0306n Bi\u0300nh",
    ],
)
def test_how_a_name_is_spelled_does_not_matter(book: Book, spelled: str) -> None:
    agree(book, spelled, "name", "amount")
    assert (GIVERS[0], AMOUNTS[0]) in shown_givers(book)


def test_a_consent_withdrawn_and_given_anew_holds(book: Book) -> None:
    agree(book, "Trần Văn Bình", "name", "amount", withdrawn_on="2026-02-01")
    agree(book, "Trần Văn Bình", "name", "amount", given_on="2026-03-01")
    assert (GIVERS[0], AMOUNTS[0]) in shown_givers(book)


def test_a_consent_withdrawn_later_than_another_was_given_closes_both(book: Book) -> None:
    agree(book, "Trần Văn Bình", "name", "amount", withdrawn_on="2026-04-01")
    agree(book, "Trần Văn Bình", "name", "amount", given_on="2026-03-01")
    assert GIVERS[0] not in dict(shown_givers(book))


# --- two of one name ---


def _namesake_elsewhere(write: Writing, book: Book) -> None:
    unit = write.add("org_unit", {"code": "T2", "name": "Tổ 2", "kind": "residential_group"})
    write.add("unit_parent", {"unit": unit, "parent": book.own_unit()})
    add_contribution(write, book.find("model")[0].id, unit=unit, contributor="Trần Văn Bình", amount_vnd=7)


def _twin_gift(write: Writing, book: Book) -> None:
    model = book.find("model")[0].id
    add_contribution(write, model, unit=unit_of(book), contributor=GIVERS[0], amount_vnd=AMOUNTS[0])


def _a_woman(write: Writing, book: Book) -> None:
    add_contribution(write, book.find("model")[0].id, unit=unit_of(book), contributor="Bà Trần Văn Bình")


def _told_apart(write: Writing, book: Book) -> None:
    model = book.find("model")[0].id
    add_contribution(write, model, unit=unit_of(book), contributor="Trần Văn Bình (xóm trên)")


def _two_persons(write: Writing, _book: Book) -> None:
    for year in (1950, 1980):
        write.add("person", {"full_name": "Trần Văn Bình", "birth_year": year})


@pytest.mark.parametrize("seen", [_namesake_elsewhere, _twin_gift, _a_woman, _told_apart, _two_persons])
def test_a_name_that_two_may_bear_is_never_unmasked(book: Book, seen: Any) -> None:
    agree(book, "Trần Văn Bình", "name", "amount", unit=book.own_unit())
    with book.writing("an") as write:
        seen(write, book)
    assert GIVERS[0] not in dict(shown_givers(book))


# --- persons of the book, children ---


def test_a_member_who_agreed_is_named_and_reached(book: Book) -> None:
    agree(book, None, "name", "contact", person=person_of(book)["id"], unit=None)
    shown = veil_for(book).shown("person", person_of(book)).values
    assert (shown["full_name"], shown["phone"], shown["birth_year"]) == (MEMBER, "0987654321", None)


@pytest.mark.parametrize(
    ("born", "given", "is_shown"),
    [
        (2021, {"representative": "Mẹ"}, True),
        (2021, {}, False),
        (2015, {"representative": "Mẹ"}, False),
        (2015, {"representative": "Mẹ", "child_assent": 1}, True),
        (2015, {"child_assent": 1}, False),
        (2000, {}, True),
    ],
)
def test_for_a_child_its_parent_agrees_and_from_seven_on_the_child(
    book: Book, born: int, given: dict[str, Value], is_shown: bool
) -> None:
    with book.writing("an") as write:
        write.change("person", str(person_of(book)["id"]), {"birth_year": born})
    agree(book, None, "name", person=person_of(book)["id"], **given)
    assert (veil_for(book).shown("person", person_of(book)).values["full_name"] == MEMBER) is is_shown
