"""Last year's registrations maintained in a year: who is offered, nothing doubled, one undo."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from db import Book, Value
from db.figures.ledger import NOT_COUNTED
from db.life.maintaining import LeftOut, candidates, maintain, offered
from db.life.overdue import not_registered_again
from db.life.standing import NOT_REGISTERED
from tests.support.books import add_model, add_registration


def _registered(book: Book, code: str = "MH01", **values: Value) -> str:
    """A model with one registration; id of the model."""
    with book.writing("an") as write:
        model = add_model(write, code)
        add_registration(write, model, **{"year": 2025, "status": "completed", **values})
    return model


def _checked(book: Book, model: str, on: str, works: int | None) -> None:
    with book.writing("an") as write:
        write.add("sustainability_check", {"model": model, "checked_on": on, "still_working": works})


def _codes(book: Book, year: int = 2026) -> list[str]:
    """The models offered; the overview names the same ones."""
    found = offered(book, year)
    assert set(not_registered_again(book, year)) == {one.model.id for one in found}
    return [str(one.model["code"]) for one in found]


def _maintain(book: Book, chosen: list[str] | None = None, on: str | None = None) -> list[str]:
    with book.writing("an", title="Duy trì") as write:
        return maintain(write, 2026, chosen, on)


def test_a_maintained_registration_says_what_last_years_said(book: Book) -> None:
    same: Mapping[str, Value] = {
        "unit": book.own_unit(),
        "field": "defence_security",
        "subject_type": "individual",
        "registrant": "Ông Bình",
        "level": "city",
        "line": "women",
    }
    model = _registered(book, "MH01", registered_on="2025-02-01", **same)
    made = book.get("registration", _maintain(book, on="2026-03-05")[0])
    new = {"model": model, "year": 2026, "kind": "maintained", "status": "registered"}
    expected = {**same, **new, "registered_on": "2026-03-05", "source_key": None}
    assert dict(made.values) == expected


def test_all_chosen_ones_are_one_entry_that_undo_takes_back(book: Book) -> None:
    for code in ("MH01", "MH02"):
        _registered(book, code)
    _maintain(book)
    assert book.count("registration", {"year": 2026}) == 2
    assert book.undo("an").undone == 2
    assert (book.count("registration", {"year": 2026}), _codes(book)) == (0, ["MH01", "MH02"])


def test_run_twice_nothing_is_doubled(book: Book) -> None:
    _registered(book)
    assert [len(_maintain(book)), len(_maintain(book))] == [1, 0]


def test_only_the_chosen_ones_are_registered(book: Book) -> None:
    for code in ("MH01", "MH02", "MH03"):
        _registered(book, code)
    chosen = [one.id for one in offered(book, 2026) if one.model["code"] != "MH02"]
    _maintain(book, chosen)
    assert _codes(book) == ["MH02"]


def test_each_line_of_a_model_is_maintained_by_itself(book: Book) -> None:
    model = _registered(book, line="women")
    with book.writing("an") as write:
        add_registration(write, model, year=2025, line="youth")
        add_registration(write, model, year=2026, line="youth")
    assert [one.registration["line"] for one in offered(book, 2026)] == ["women"]
    assert _codes(book) == ["MH01"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("stopped", LeftOut.STOPPED),
        ("withdrawn", LeftOut.STOPPED),
        ("draft", LeftOut.NEVER_REGISTERED),
        ("returned", LeftOut.NEVER_REGISTERED),
        ("recognised", None),
        (None, None),
    ],
)
def test_what_was_stopped_or_never_registered_is_left_out(
    book: Book, status: str | None, reason: LeftOut | None
) -> None:
    _registered(book, status=status)
    assert [one.left_out for one in candidates(book, 2026)] == [reason]
    assert _codes(book) == ([] if reason else ["MH01"])


def test_what_is_registered_in_the_year_already_is_left_out_even_if_it_was_withdrawn(book: Book) -> None:
    model = _registered(book)
    with book.writing("an") as write:
        add_registration(write, model, year=2026, status="withdrawn")
    assert [one.left_out for one in candidates(book, 2026)] == [LeftOut.THERE_ALREADY]
    assert _codes(book) == []


@pytest.mark.parametrize(("ended", "codes"), [("2025-12-31", []), ("2026-01-01", ["MH01"])])
def test_a_model_that_ended_before_the_year_is_left_out(book: Book, ended: str, codes: list[str]) -> None:
    model = _registered(book)
    with book.writing("an") as write:
        write.change("model", model, {"ended_on": ended})
    assert _codes(book) == codes


@pytest.mark.parametrize(
    ("checks", "codes"),
    [
        ([("2025-10-01", 0)], []),
        ([("2026-02-01", 0)], []),
        ([("2025-10-01", 0), ("2025-12-01", 1)], ["MH01"]),
        ([("2025-12-01", 1), ("2025-10-01", 0)], ["MH01"]),
        ([("2025-01-31", 0)], ["MH01"]),
        ([("2025-10-01", None)], ["MH01"]),
    ],
    ids=["failed", "failed since", "works again", "entered otherwise", "registered later", "unstated"],
)
def test_a_later_check_that_found_it_gone_leaves_it_out(
    book: Book, checks: list[tuple[str, int | None]], codes: list[str]
) -> None:
    model = _registered(book, registered_on="2025-02-01")
    for on, works in checks:
        _checked(book, model, on, works)
    assert _codes(book) == codes


def test_the_unit_that_took_over_gets_the_registration(book: Book) -> None:
    with book.writing("an") as write:
        old, new = (write.add("org_unit", {"code": code, "name": code}) for code in ("T1", "T2"))
        write.add("unit_succession", {"old_unit": old, "new_unit": new, "on_date": "2025-07-01"})
    _registered(book, unit=old)
    assert book.get("registration", _maintain(book)[0])["unit"] == new


def test_a_divided_unit_keeps_it_until_a_clerk_says_which_part(book: Book) -> None:
    with book.writing("an") as write:
        old, *new = (write.add("org_unit", {"code": code, "name": code}) for code in ("T1", "T2", "T3"))
        for one in new:
            write.add("unit_succession", {"old_unit": old, "new_unit": one, "on_date": "2025-07-01"})
    _registered(book, unit=old)
    assert offered(book, 2026)[0].unit == old


def test_a_model_in_the_bin_is_not_offered(book: Book) -> None:
    model = _registered(book)
    with book.writing("an") as write:
        write.remove("model", model)
    assert (candidates(book, 2026), _codes(book)) == ([], [])


def test_nothing_is_offered_for_a_year_after_none(book: Book) -> None:
    _registered(book)
    assert _codes(book, 2027) == []


def test_figures_and_this_agree_on_what_is_no_registration() -> None:
    assert NOT_REGISTERED == NOT_COUNTED
