"""What is kept of sums: which writes make it stale, what the book forgets, and how a fault in it is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from db import Book
from db.check import check_sums
from db.figures import Asked, Facts, compute, compute_by_unit, load
from db.journal import from_wire
from db.sums import keeping, tables
from db.sums.asking import facts_for, from_sums
from db.sums.keeping import make, make_some
from db.writing import Writing
from tests.support.books import (
    add_contribution,
    add_model,
    add_registration,
    give,
    meet,
)
from tests.support.sums_life import Values, found_office

Two = tuple[Book, Book]


@pytest.fixture
def office(book: Book) -> tuple[Book, dict[str, str]]:
    """A model registered in G1, with money; its sums are kept."""
    with book.writing("an") as write:
        ids = found_office(write, book.own_unit())
        ids["model"] = add_model(write)
        ids["registration"] = add_registration(write, ids["model"], unit=ids["G1"], registrant="Tổ 1")
        ids["gift"] = add_contribution(write, ids["model"])
    make(book)
    return book, ids


def _stale(book: Book, ids: dict[str, str]) -> set[str]:
    codes = {unit: code for code, unit in ids.items()}
    return {codes[unit] for unit in tables.stale_units(book.connection)}


def _asked(book: Book, start: int = 2024, end: int = 2024) -> Asked:
    return Asked(date(start, 1, 1), date(end, 12, 31), "", book.own_unit())


def _sums(book: Book, asked: Asked) -> Facts | None:
    return from_sums(tables.Source(book.connection), asked, at_any_price=True)


def _is_right(book: Book) -> bool:
    asked = _asked(book)
    return compute(facts_for(book, asked), asked) == compute(load(book), asked)


# --- what a write makes stale ---


def test_sums_just_made_hold(office: tuple[Book, dict[str, str]]) -> None:
    book, ids = office
    assert _stale(book, ids) == set()
    assert check_sums(book) == []


@pytest.mark.parametrize(
    ("work", "stale"),
    [
        (lambda w, i: w.change("registration", i["registration"], {"unit": i["G2"]}), {"G1", "G2"}),
        (lambda w, i: w.change("contribution", i["gift"], {"amount_vnd": 7}), {"G1"}),
        (lambda w, i: w.change("contribution", i["gift"], {"unit": i["W2"]}), {"G1", "W2"}),
        (lambda w, i: w.change("contribution", i["gift"], {"model": None}), {"G1", "own"}),
        (lambda w, i: w.change("model", i["model"], {"is_project_work": 1}), {"G1"}),
        (lambda w, i: w.change("model", i["model"], {"title": "Tên khác"}), set()),
        (lambda w, i: w.change("contribution", i["gift"], {"receipt_no": "PT1"}), set()),
        (lambda w, i: w.remove("contribution", i["gift"]), {"G1"}),
        (lambda w, i: w.remove("registration", i["registration"]), {"G1", "own"}),
        (lambda w, i: add_registration(w, i["model"], year=2025, unit=i["G2"]), {"G1", "G2"}),
        (lambda w, i: w.add("activity", {"kind": "meeting", "unit": i["W3"]}), {"W3"}),
        (lambda w, _: w.add("activity", {"kind": "meeting"}), {"own"}),
        (lambda w, _: add_contribution(w, add_model(w, "MH02")), {"own"}),
        (lambda w, i: add_registration(w, add_model(w, "MH02"), unit=i["G2"]), {"G2"}),
        (
            lambda w, i: w.add(
                "supervision", {"model": i["model"], "unit": i["W2"], "checked_on": "2024-02-02"}
            ),
            {"G1", "W2"},
        ),
    ],
)
def test_a_write_makes_stale_what_it_may_change_and_nothing_else(
    office: tuple[Book, dict[str, str]], work: Callable[[Writing, dict[str, str]], object], stale: set[str]
) -> None:
    book, ids = office
    with book.writing("an") as write:
        work(write, ids)
    assert _stale(book, ids) == stale
    assert _is_right(book)


def test_a_gift_that_waited_for_its_models_registration_leaves_the_own_unit(
    office: tuple[Book, dict[str, str]],
) -> None:
    book, ids = office
    with book.writing("an") as write:
        model = add_model(write, "MH02")
        add_contribution(write, model)
    make(book)
    with book.writing("an") as write:
        add_registration(write, model, unit=ids["G2"])
    assert _stale(book, ids) == {"own", "G2"}


def test_a_write_that_is_taken_back_leaves_the_sums_as_they_are(
    office: tuple[Book, dict[str, str]],
) -> None:
    book, ids = office
    with pytest.raises(ZeroDivisionError), book.writing("an") as write:
        add_contribution(write, ids["model"])
        raise ZeroDivisionError
    assert _stale(book, ids) == set()


def test_what_arrives_from_another_pc_is_stale_here(two: Two) -> None:
    here, there = two
    with here.writing("an") as write:
        ids = found_office(write, here.own_unit())
        model = add_model(write)
        registration = add_registration(write, model, unit=ids["G1"])
    meet(here, there)
    make(here)
    with there.writing("binh") as write:
        write.change("registration", registration, {"unit": ids["G2"]})
        add_contribution(write, model)
    give(there, here)
    assert {"G1", "G2"} <= _stale(here, ids)
    assert _is_right(here)


def test_a_model_that_arrives_after_its_registration_is_noted(two: Two) -> None:
    here, there = two
    with there.writing("binh") as write:
        model = add_model(write, is_project_work=1)
        add_registration(write, model)
    operations = [from_wire(line) for line in there.operations_after(here.last_seqs())]
    late = [one for one in operations if one.record == model]
    with here.writing("an") as write:  # as if the registration were another PC's, whose package came first
        add_registration(write, model)
    make(here)
    here.receive(late)
    assert _is_right(here)
    assert tables.stale_units(here.connection) == [here.own_unit()]


def test_a_book_that_keeps_no_sums_notes_nothing(book: Book) -> None:
    with book.writing("an") as write:
        add_contribution(write, add_model(write))
    assert tables.stale_units(book.connection) == []
    assert _sums(book, _asked(book)) is None


# --- making them ---


def test_making_some_at_a_time_comes_to_the_same(office: tuple[Book, dict[str, str]]) -> None:
    book, _ids = office
    tables.forget_all(book.connection)
    parts = sum(1 for _part in iter(lambda: make_some(book), False))
    assert parts == 0 or tables.stale_units(book.connection) == []
    assert check_sums(book) == []


def test_who_stops_the_making_keeps_what_was_made(
    office: tuple[Book, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, ids = office
    monkeypatch.setattr(keeping, "_AT_A_TIME", 1)  # a unit at a time
    with book.writing("an") as write:
        for code in ("G1", "W2", "W3"):
            write.add("activity", {"kind": "meeting", "held_on": "2024-02-02", "unit": ids[code]})
    steps = count()

    def stop_at_the_third(_percent: int) -> None:
        if next(steps) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        make(book, stop_at_the_third)
    assert len(_stale(book, ids)) == 1
    assert _is_right(book)


def test_totals_stated_for_other_days_cut_the_sums_anew(office: tuple[Book, dict[str, str]]) -> None:
    book, ids = office
    with book.writing("an") as write:
        write.add(
            "reported_figure",
            {
                "unit": ids["G1"],
                "indicator": "Mô hình đăng ký",
                "period_from": "2024-01-01",
                "period_to": "2024-06-30",
                "value": 5_000_000,
            },
        )
    assert _sums(book, _asked(book)) is None
    make(book)
    assert _sums(book, _asked(book)) is not None
    assert _is_right(book)
    assert check_sums(book) == []


def test_erased_words_leave_the_kept_sums(office: tuple[Book, dict[str, str]]) -> None:
    book, ids = office
    with book.writing("an") as write:
        gift = add_contribution(write, ids["model"], kind="in_kind", item="Xqzwv", quantity=1_000_000)
    make(book)
    book.erase("an", "contribution", gift, ["item"])
    assert book.connection.execute("SELECT count(*) FROM kept_key").fetchone() == (0,)
    assert _is_right(book)


# --- what they answer ---


def _meet_everywhere(book: Book, ids: dict[str, str], day: str = "2024-02-02") -> None:
    with book.writing("an") as write:
        for code in ("G1", "G2", "G3", "W2", "W3"):
            write.add("activity", {"kind": "dialogue", "held_on": day, "unit": ids[code], "attendees": 3})


def _answers_alike(book: Book, asked: Asked, *, by_unit: bool = False) -> bool:
    found = from_sums(tables.Source(book.connection), asked, by_unit=by_unit, at_any_price=True)
    assert found is not None
    right = load(book)
    rows = not by_unit or compute_by_unit(found, asked) == compute_by_unit(right, asked)
    return rows and compute(found, asked) == compute(right, asked)


def test_all_units_together_are_asked_less_those_that_do_not_hold(
    office: tuple[Book, dict[str, str]],
) -> None:
    book, ids = office
    _meet_everywhere(book, ids)
    make(book)
    with book.writing("an") as write:
        write.add("activity", {"kind": "meeting", "held_on": "2024-03-03", "unit": ids["G2"]})
    assert _answers_alike(book, _asked(book))


def test_rows_by_unit_have_what_stands_below_them(office: tuple[Book, dict[str, str]]) -> None:
    book, ids = office
    _meet_everywhere(book, ids)
    make(book)
    assert _answers_alike(book, _asked(book), by_unit=True)


def test_stated_totals_meet_the_sums_of_what_they_cover(office: tuple[Book, dict[str, str]]) -> None:
    book, ids = office
    with book.writing("an") as write:
        add_registration(write, add_model(write, "MH02"), unit=ids["G3"], subject_type="individual")
        write.add(
            "reported_figure",
            {
                "unit": ids["W2"],
                "indicator": "Mô hình đăng ký",
                "period_from": "2024-01-01",
                "period_to": "2024-12-31",
                "value": 5_000_000,
            },
        )
    make(book)
    assert _answers_alike(book, _asked(book))


def test_a_model_that_was_only_looked_at_later_lasts(office: tuple[Book, dict[str, str]]) -> None:
    book, ids = office
    with book.writing("an") as write:
        for year, works in ((2025, 1), (2026, 0)):
            values: Values = {"model": ids["model"], "checked_on": f"{year}-04-04", "still_working": works}
            write.add("sustainability_check", values)
    make(book)
    asked = _asked(book, 2024, 2026)
    assert compute(facts_for(book, asked), asked)["sustained"]["after_1_year"] == 1
    assert _answers_alike(book, asked)


# --- what they cannot answer ---


def test_a_unit_that_left_and_came_back_is_asked_of_its_records(
    office: tuple[Book, dict[str, str]],
) -> None:
    book, ids = office
    with book.writing("an") as write:
        for above, begin, end in (
            ("D", "2000-01-01", "2022-12-31"),
            ("W2", "2023-01-01", "2023-12-31"),
            ("D", "2024-01-01", None),
        ):
            days: Values = {"valid_from": begin, "valid_to": end}
            write.add("unit_parent", {"unit": ids["G2"], "parent": ids[above], **days})
    make(book)
    asked = Asked(date(2022, 1, 1), date(2024, 12, 31), "", ids["D"])
    assert from_sums(tables.Source(book.connection), asked, at_any_price=True) is None


@pytest.mark.parametrize(
    ("start", "end", "cutoff"),
    [
        (date(2024, 2, 1), date(2024, 12, 31), None),
        (date(2024, 1, 1), date(2024, 3, 31), None),
        (date(2024, 1, 1), date(2024, 12, 31), date(2024, 4, 30)),
    ],
)
def test_days_that_cut_a_year_with_records_are_asked_of_the_records(
    office: tuple[Book, dict[str, str]], start: date, end: date, cutoff: date | None
) -> None:
    book, _ids = office
    asked = Asked(start, end, "", book.own_unit(), cutoff=cutoff)
    assert _sums(book, asked) is None
    assert compute(facts_for(book, asked), asked) == compute(load(book), asked)


def test_a_cutoff_after_the_last_day_of_a_year_cuts_nothing(office: tuple[Book, dict[str, str]]) -> None:
    book, _ids = office
    asked = Asked(date(2024, 1, 1), date(2024, 12, 31), "", book.own_unit(), cutoff=date(2024, 5, 1))
    found = _sums(book, asked)
    assert found is not None
    assert compute(found, asked) == compute(load(book), asked)


# --- faults in them ---


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE kept_sum SET n = n + 1 WHERE unit <> 0",
        "UPDATE kept_sum SET a = a + 1 WHERE unit = 0",
        "DELETE FROM kept_days WHERE kind = 1",
        "INSERT INTO kept_odd VALUES (1, 'x')",
    ],
)
def test_a_check_finds_sums_that_differ_and_making_them_anew_is_the_cure(
    office: tuple[Book, dict[str, str]], fault: str
) -> None:
    book, _ids = office
    book.connection.execute(fault)
    assert [problem.code for problem in check_sums(book)] == ["sums_differ"]
    make(book, anew=True)
    assert check_sums(book) == []


@pytest.mark.parametrize("forgotten", ["note_changed", "note_marked", "note_new"])
def test_a_write_that_forgot_to_note_what_it_makes_stale_is_found(
    office: tuple[Book, dict[str, str]], forgotten: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test of the tests: they would see it if one of the ways to write no longer noted anything."""
    book, ids = office
    monkeypatch.setattr(f"db.sums.stale.{forgotten}", lambda *_what: None)
    ways: dict[str, Callable[[Writing], object]] = {
        "note_changed": lambda w: w.change("registration", ids["registration"], {"unit": ids["G2"]}),
        "note_marked": lambda w: w.mark_many("contribution", [w.found("contribution", ids["gift"])], "bin"),
        "note_new": lambda w: add_contribution(w, ids["model"]),
    }
    with book.writing("an") as write:
        ways[forgotten](write)
    assert [problem.code for problem in check_sums(book)] == ["sums_differ"]
