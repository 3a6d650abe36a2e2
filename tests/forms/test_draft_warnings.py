"""What a clerk hears when a paper is drafted: lines of its head that are only guessed, days to come."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import Book, NewUnit
from db.records.definition import Value
from forms.gather import gather
from forms.paper_request import PaperRequest
from resources import _
from tests.support.books import NOON, PASSWORD, add_contribution, add_model, add_registration

GUESSED = {"letterhead_guessed", "no_superior", "no_symbol"}


def _warned(book: Book, period: str = "2026") -> dict[str, str]:
    return dict(gather(book, PaperRequest("result_report", period, book.own_unit())).warnings)


def _fill_in(book: Book, **values: Value) -> None:
    with book.writing("an") as write:
        write.change("office_profile", book.find("office_profile")[0].id, values)


def test_a_new_office_is_told_which_lines_of_the_head_are_guessed_and_where_to_fill_them_in(
    book: Book,
) -> None:
    warned = _warned(book)
    assert warned.keys() & GUESSED == GUESSED
    assert all(_("Office and settings") in warned[code] for code in GUESSED)


def test_a_place_is_no_office_even_where_the_symbol_is_filled_in(book: Book) -> None:
    _fill_in(book, symbol="UBND", parent_line="Thành phố Hà Nội")
    warned = _warned(book)
    assert warned.keys() & GUESSED == {"letterhead_guessed"}
    assert "PHƯỜNG THỬ NGHIỆM" in warned["letterhead_guessed"]


def test_a_head_that_is_filled_in_is_not_warned_of(book: Book) -> None:
    _fill_in(book, name_line="UBND PHƯỜNG THỬ NGHIỆM", symbol="UBND", parent_line="THÀNH PHỐ HÀ NỘI")
    assert not _warned(book).keys() & GUESSED


@pytest.mark.parametrize(
    ("kind", "name", "wanted"),
    [
        ("residential_group", "Tổ dân phố số 1", {"no_superior"}),
        ("school", "Trường Tiểu học Thử", {"no_superior", "no_symbol"}),
        ("province", "Tỉnh Thử", {"letterhead_guessed", "no_symbol"}),
        ("ward", "UBND phường Thử", {"no_superior", "no_symbol"}),
    ],
)
def test_what_is_missing_in_a_head_follows_from_the_kind_of_unit(
    tmp_path: Path, kind: str, name: str, wanted: set[str]
) -> None:
    book, _sheet = Book.create(tmp_path / "a.danvan", PASSWORD, NewUnit("D1", name, kind))
    with book:
        assert _warned(book).keys() & GUESSED == wanted


def _given_on(book: Book, day: str) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        add_registration(write, model, year=2026)
        add_contribution(write, model, given_on=day)


def test_data_dated_after_today_are_told(book: Book) -> None:
    _given_on(book, "2026-11-26")
    assert "26/11/2026" in _warned(book)["dated_after_today"]


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-31"])
def test_data_of_today_and_of_a_year_as_a_whole_are_no_days_to_come(book: Book, day: str) -> None:
    _given_on(book, day)
    assert "dated_after_today" not in _warned(book)


def test_a_paper_knows_the_day_of_its_draft(book: Book) -> None:
    data = gather(book, PaperRequest("result_report", "2026", book.own_unit()))
    assert (NOON, data.closed_on(data.figures)) == (datetime(2026, 11, 22, 12, tzinfo=UTC), "2026-11-22")
