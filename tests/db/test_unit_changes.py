"""Units renamed, merged, divided and dissolved: one write each, and figures then and today follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db import Book
from db.figures import Asked, compute, load
from db.periods import parse_period
from db.unit_changes import (
    Successor,
    UnitChangeError,
    dissolve,
    divide,
    merge,
    rename,
    superior_of,
    units_below,
)
from db.writing import Writing
from tests.support.books import add_model, add_registration

DAY = "2025-07-01"
BEFORE = "2025-06-30"


@pytest.fixture
def units(book: Book) -> dict[str, str]:
    """A district with three wards, each with a group, in the book of the office above them."""
    with book.writing("an") as write:
        found: dict[str, str] = {}

        def unit(code: str, kind: str, parent: str | None = None) -> None:
            stated = {"code": code, "name": f"Đơn vị {code}", "kind": kind}
            found[code] = write.add("org_unit", stated)
            write.add("unit_parent", {"unit": found[code], "parent": parent or book.own_unit()})

        unit("Q1", "district")
        for number in (1, 2, 3):
            unit(f"P{number}", "ward", found["Q1"])
            unit(f"T{number}", "residential_group", found[f"P{number}"])
    return found


def _do(book: Book, change: Callable[[Writing], object]) -> None:
    with book.writing("an", title="Sắp xếp đơn vị") as write:
        change(write)


def _by_code(book: Book, code: str) -> str:
    return book.find("org_unit", {"code": code})[0].id


def _register(book: Book, unit: str, *days: str) -> None:
    with book.writing("an") as write:
        for day in days:
            model = add_model(write, f"MH{book.count('model')}-{day}")
            add_registration(write, model, year=int(day[:4]), unit=unit, registered_on=day)


def _registered(book: Book, unit: str, period: str, units: str = "then") -> int | None:
    span = parse_period(period)
    asked = Asked(span.start, span.end, span.label, unit, units)
    found: int | None = compute(load(book), asked)["models"]["registered"]
    return found


def _codes(book: Book, unit: str, on: str) -> list[str]:
    return [str(one["code"]) for one in units_below(book, unit, on)]


# --- renamed ---


def test_a_renamed_unit_is_another_one_from_the_day_on(book: Book, units: dict[str, str]) -> None:
    _register(book, units["P1"], "2025-03-01")
    _do(book, lambda w: rename(w, units["P1"], Successor("P1M", "Phường Mới"), DAY, "NQ 1656"))
    old, new = book.get("org_unit", units["P1"]), book.get("org_unit", _by_code(book, "P1M"))
    assert (old["name"], old["valid_to"]) == ("Đơn vị P1", BEFORE)
    assert (new["name"], new["kind"], new["valid_from"]) == ("Phường Mới", "ward", DAY)
    succession = book.find("unit_succession")[0]
    told = [succession[name] for name in ("old_unit", "new_unit", "on_date", "kind", "decision")]
    assert told == [old.id, new.id, DAY, "replaced", "NQ 1656"]


def test_a_renamed_unit_keeps_its_place_and_those_below_it(book: Book, units: dict[str, str]) -> None:
    _do(book, lambda w: rename(w, units["P1"], Successor("P1M", "Phường Mới"), DAY))
    new = _by_code(book, "P1M")
    assert (_codes(book, new, DAY), _codes(book, units["P1"], BEFORE)) == (["T1"], ["T1"])
    assert _codes(book, units["P1"], DAY) == []
    assert superior_of(book, new, DAY) == units["Q1"]
    assert (superior_of(book, units["T1"], BEFORE), superior_of(book, units["T1"], DAY)) == (
        units["P1"], new,
    )  # fmt: skip


def test_figures_of_a_renamed_unit_then_and_today(book: Book, units: dict[str, str]) -> None:
    _register(book, units["P1"], "2024-03-01")
    _register(book, units["T1"], "2025-03-01", "2025-08-01")
    _do(book, lambda w: rename(w, units["P1"], Successor("P1M", "Phường Mới"), DAY))
    new = _by_code(book, "P1M")
    then = [_registered(book, unit, period) for unit in (units["P1"], new) for period in ("2024", "2025")]
    today = [_registered(book, new, period, "today") for period in ("2024", "2025")]
    assert (then, today) == ([1, 1, None, 1], [1, 2])


# --- merged ---


def test_merged_units_become_one(book: Book, units: dict[str, str]) -> None:
    for number in (1, 2, 3):
        _register(book, units[f"T{number}"], "2024-03-01", "2025-03-01", "2025-09-01", "2026-03-01")
    olds = [units[f"P{number}"] for number in (1, 2, 3)]
    _do(book, lambda w: merge(w, olds, Successor("P9", "Phường Chín"), DAY))
    new = _by_code(book, "P9")
    assert _codes(book, new, DAY) == ["T1", "T2", "T3"]
    assert [_registered(book, new, year) for year in ("2024", "2025", "2026")] == [None, 3, 3]
    assert [_registered(book, new, year, "today") for year in ("2024", "2025", "2026")] == [3, 6, 3]
    assert [_registered(book, olds[0], year) for year in ("2024", "2025", "2026")] == [1, 1, None]
    assert [_registered(book, units["Q1"], year) for year in ("2024", "2025", "2026")] == [3, 6, 3]


def test_a_unit_may_take_in_another(book: Book, units: dict[str, str]) -> None:
    _register(book, units["T2"], "2025-03-01", "2025-09-01")
    _do(book, lambda w: merge(w, [units["P2"]], units["P1"], DAY))
    assert book.get("org_unit", units["P1"])["valid_to"] is None
    assert (_registered(book, units["P1"], "2025"), _registered(book, units["P1"], "2025", "today")) == (1, 2)


def test_a_merge_is_one_entry_that_undo_takes_back(book: Book, units: dict[str, str]) -> None:
    before = book.digest()
    _do(book, lambda w: merge(w, [units["P1"], units["P2"]], Successor("P9", "Phường Chín"), DAY))
    assert book.undo("an").kept == []
    assert book.digest() == before


def test_wards_of_two_districts_need_a_superior(book: Book, units: dict[str, str]) -> None:
    with book.writing("an") as write:
        other = write.add("org_unit", {"code": "P4", "name": "Phường Bốn", "kind": "ward"})
        write.add("unit_parent", {"unit": other, "parent": book.own_unit()})
    olds = [units["P1"], other]
    with pytest.raises(UnitChangeError, match="superior"):
        _do(book, lambda w: merge(w, olds, Successor("P9", "Phường Chín"), DAY))
    _do(book, lambda w: merge(w, olds, Successor("P9", "Phường Chín", parent=book.own_unit()), DAY))
    assert superior_of(book, _by_code(book, "P9"), DAY) == book.own_unit()


def test_a_unit_that_ends_in_the_same_merge_stays_where_it_was(book: Book, units: dict[str, str]) -> None:
    into = Successor("P9", "Phường Chín", "ward", book.own_unit())
    _do(book, lambda w: merge(w, [units["Q1"], units["P1"]], into, DAY))
    assert _codes(book, _by_code(book, "P9"), DAY) == ["P2", "P3", "T1"]
    assert book.count("unit_parent", {"unit": units["P1"]}) == 1


# --- divided ---


def _halves() -> list[Successor]:
    return [Successor("P8", "Phường Tám"), Successor("P9", "Phường Chín")]


def test_a_divided_unit_gives_each_part_its_groups(book: Book, units: dict[str, str]) -> None:
    with book.writing("an") as write:
        second = write.add("org_unit", {"code": "T4", "name": "Tổ 4", "kind": "residential_group"})
        write.add("unit_parent", {"unit": second, "parent": units["P1"]})
    for group in (units["T1"], second):
        _register(book, group, "2025-03-01", "2025-09-01")
    below = {units["T1"]: "P8", second: "P9"}
    _do(book, lambda w: divide(w, units["P1"], _halves(), DAY, below=below))
    parts = [_by_code(book, code) for code in ("P8", "P9")]
    assert [_codes(book, part, DAY) for part in parts] == [["T1"], ["T4"]]
    assert [_registered(book, part, "2025") for part in parts] == [1, 1]
    assert [_registered(book, part, "2025", "today") for part in parts] == [2, 2]
    assert {one["kind"] for one in book.find("unit_succession")} == {"divided"}


def test_whoever_stood_below_must_be_placed(book: Book, units: dict[str, str]) -> None:
    before = book.digest()
    with pytest.raises(UnitChangeError, match="unplaced: Đơn vị T1"):
        _do(book, lambda w: divide(w, units["P1"], _halves(), DAY))
    assert book.digest() == before


# --- dissolved ---


def test_a_level_falls_away(book: Book, units: dict[str, str]) -> None:
    _register(book, units["P1"], "2025-03-01", "2025-09-01", "2026-03-01")
    _do(book, lambda w: dissolve(w, units["Q1"], DAY))
    assert _codes(book, book.own_unit(), DAY) == ["P1", "P2", "P3"]
    assert book.get("org_unit", units["Q1"])["valid_to"] == BEFORE
    assert [_registered(book, units["Q1"], year) for year in ("2025", "2026")] == [1, None]
    assert _registered(book, book.own_unit(), "2025") == 2


def test_wards_of_a_dissolved_district_may_come_under_another_unit(book: Book, units: dict[str, str]) -> None:
    with book.writing("an") as write:
        other = write.add("org_unit", {"code": "Q2", "name": "Quận Hai", "kind": "district"})
    _do(book, lambda w: dissolve(w, units["Q1"], DAY, other))
    assert _codes(book, other, DAY) == ["P1", "P2", "P3"]


# --- refused ---


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("code", lambda w, u: rename(w, u["P1"], Successor("P2", "x"), DAY)),
        ("one", lambda w, u: merge(w, [u["P1"], u["P1"]], Successor("P9", "x"), DAY)),
        ("parts", lambda w, u: divide(w, u["P1"], _halves()[:1], DAY)),
        ("under_itself", lambda w, u: merge(w, [u["Q1"]], u["T1"], DAY)),
        ("under_itself", lambda w, u: rename(w, u["Q1"], Successor("Q9", "x", parent=u["P1"]), DAY)),
        ("under_itself", lambda w, u: rename(w, u["Q1"], Successor("Q9", "x", parent=u["Q1"]), DAY)),
        ("under_itself", lambda w, u: dissolve(w, u["Q1"], DAY, u["T1"])),
        ("under_itself", lambda w, u: dissolve(w, u["Q1"], DAY, u["Q1"])),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    book: Book, units: dict[str, str], why: str, change: Callable[[Writing, dict[str, str]], object]
) -> None:
    before = book.digest()
    with pytest.raises(UnitChangeError, match=why) as refused:
        _do(book, lambda w: change(w, units))
    assert (book.digest(), "{" in refused.value.sentence()) == (before, False)


def test_a_unit_that_ended_cannot_end_again_nor_take_in_another(book: Book, units: dict[str, str]) -> None:
    _do(book, lambda w: rename(w, units["P1"], Successor("P1M", "Phường Mới"), DAY))
    for change in (
        lambda w: rename(w, units["P1"], Successor("P7", "x"), "2026-01-01"),
        lambda w: merge(w, [units["P2"]], units["P1"], "2026-01-01"),
        lambda w: rename(w, units["P2"], Successor("P7", "x", parent=units["P1"]), "2026-01-01"),
    ):
        with pytest.raises(UnitChangeError, match="ended"):
            _do(book, change)


def test_a_unit_cannot_end_before_it_began(book: Book, units: dict[str, str]) -> None:
    _do(book, lambda w: rename(w, units["P1"], Successor("P1M", "Phường Mới"), DAY))
    with pytest.raises(UnitChangeError, match="not_yet"):
        _do(book, lambda w: rename(w, _by_code(book, "P1M"), Successor("P7", "x"), DAY))


# --- edges ---


def test_a_renamed_unit_can_be_renamed_again(book: Book, units: dict[str, str]) -> None:
    _register(book, units["T1"], "2024-03-01")
    _do(book, lambda w: rename(w, units["P1"], Successor("P1M", "Phường Mới"), DAY))
    _do(book, lambda w: rename(w, _by_code(book, "P1M"), Successor("P1N", "Phường Nữa"), "2026-01-01"))
    last = _by_code(book, "P1N")
    assert (_registered(book, last, "2024", "today"), _codes(book, last, "2026-01-01")) == (1, ["T1"])


def test_a_group_that_is_yet_to_come_under_the_old_unit_comes_under_the_new_one(
    book: Book, units: dict[str, str]
) -> None:
    with book.writing("an") as write:
        late = write.add("org_unit", {"code": "T9", "name": "Tổ 9", "kind": "residential_group"})
        write.add("unit_parent", {"unit": late, "parent": units["P1"], "valid_from": "2025-08-01"})
    _do(book, lambda w: rename(w, units["P1"], Successor("P1M", "Phường Mới"), DAY))
    assert superior_of(book, late, "2025-08-01") == _by_code(book, "P1M")
    assert book.count("unit_parent", {"unit": late}) == 1


def test_units_that_ended_are_not_below_any_more(book: Book, units: dict[str, str]) -> None:
    with book.writing("an") as write:
        write.change("org_unit", units["P2"], {"valid_to": BEFORE})
    assert _codes(book, units["Q1"], DAY) == ["P1", "P3"]


def test_a_unit_without_a_stated_superior_is_renamed_in_its_place(book: Book) -> None:
    with book.writing("an") as write:
        loose = write.add("org_unit", {"code": "L1", "name": "Trường học", "kind": "school"})
    _do(book, lambda w: rename(w, loose, Successor("L2", "Trường mới"), DAY))
    assert superior_of(book, _by_code(book, "L2"), DAY) is None
