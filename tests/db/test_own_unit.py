"""The office that itself becomes another on a day: its book goes on, and nothing of before changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import SCALE, Book
from db.figures import Asked, compute, compute_by_unit, load
from db.own_unit import CONTINUED, DIVIDED, Step, own_line
from db.periods import parse_period
from db.records.definition import Value
from db.sums.asking import facts_for
from db.sums.keeping import make
from db.unit_changes import Successor, UnitChangeError, dissolve, divide, merge, rename, units_below
from db.writing import Writing
from tests.support.books import Template, add_model, add_registration, meet, own_state

DAY = "2025-07-01"
NEW = Successor("P02", "Phường Mới")
PERIODS = ("2024", "2025H1", "2025", "2025H2", "2026", "2024..2026")


def _do(book: Book, change: Callable[[Writing], object]) -> str:
    with book.writing("an", title="Sắp xếp đơn vị") as write:
        change(write)
    return write.batch.id


def _unit(book: Book, code: str, parent: str | None = None) -> str:
    with book.writing("an") as write:
        unit = write.add("org_unit", {"code": code, "name": f"Đơn vị {code}", "kind": "residential_group"})
        if parent:
            write.add("unit_parent", {"unit": unit, "parent": parent})
    return unit


def _register(book: Book, unit: str | None, *days: str) -> None:
    with book.writing("an") as write:
        for day in days:
            model = add_model(write, f"MH{book.count('model')}-{day}")
            add_registration(write, model, year=int(day[:4]), unit=unit, registered_on=day)


def _asked(unit: str, period: str, units: str) -> Asked:
    span = parse_period(period)
    return Asked(span.start, span.end, span.label, unit, units)


def _figures(book: Book, period: str, units: str = "then", unit: str | None = None) -> dict[str, Any]:
    asked = _asked(unit or book.own_unit(), period, units)
    return compute(load(book, asked), asked)


def _registered(book: Book, period: str, units: str = "then", unit: str | None = None) -> int | None:
    found: int | None = _figures(book, period, units, unit)["models"]["registered"]
    return found


def _rows(book: Book, period: str, units: str = "then") -> dict[str, int | None]:
    asked = _asked(book.own_unit(), period, units)
    rows = compute_by_unit(load(book, asked), asked)
    return {row["unit"]: row["figures"]["models"]["registered"] for row in rows}


def _code(book: Book, unit: str) -> str:
    return str(book.get("org_unit", unit)["code"])


@pytest.fixture
def ward(book: Book) -> Book:
    """A ward with a group that says where it stands, one that does not, and models around the day."""
    told, untold = _unit(book, "T1", book.own_unit()), _unit(book, "T2")
    for unit in (told, untold, book.own_unit(), None):
        _register(book, unit, "2024-03-01", "2025-03-01", "2025-09-01", "2026-03-01")
    return book


# --- who the book belongs to ---


def test_the_book_of_a_renamed_office_is_its_successors_from_the_day_on(ward: Book) -> None:
    _do(ward, lambda w: rename(w, ward.own_unit(), NEW, DAY))
    assert [_code(ward, ward.own_unit(day)) for day in ("2025-06-30", DAY)] == ["P01", "P02"]
    assert _code(ward, ward.own_unit()) == "P02"


def test_a_change_to_come_changes_nothing_today(ward: Book) -> None:
    before = {units: _registered(ward, "2026", units) for units in ("then", "today")}
    _do(ward, lambda w: rename(w, ward.own_unit(), NEW, "2030-01-01"))
    assert _code(ward, ward.own_unit()) == "P01"
    assert {units: _registered(ward, "2026", units) for units in ("then", "today")} == before
    assert _rows(ward, "2026", "today").keys() == {"T1", "T2", "P01"}


def test_a_unit_below_that_will_be_another_is_itself_today(ward: Book) -> None:
    group = ward.find("org_unit", {"code": "T1"})[0].id
    _do(ward, lambda w: rename(w, group, Successor("T9", "Tổ Chín"), "2030-01-01"))
    assert _registered(ward, "2026", "today", group) == 1
    assert _rows(ward, "2026", "today").keys() == {"T1", "T2", "P01"}


def test_a_change_taken_back_gives_the_book_back(ward: Book) -> None:
    before, own = ward.digest(), ward.own_unit()
    batch = _do(ward, lambda w: rename(w, own, NEW, DAY))
    ward.undo("an", batch)
    assert (ward.own_unit(), ward.digest()) == (own, before)


def test_a_copy_in_which_nothing_changed_learns_whose_book_it_is(two: tuple[Book, Book]) -> None:
    here, there = two
    _do(here, lambda w: rename(w, here.own_unit(), NEW, "1998-01-01"))
    _register(there, there.own_unit(), "2026-03-01")
    meet(here, there)
    assert here.own_unit() == there.own_unit()
    assert (_code(here, here.own_unit()), _registered(here, "2026")) == ("P02", 1)


def test_two_copies_that_changed_apart_agree_whose_book_it_is(two: tuple[Book, Book]) -> None:
    for book, code in zip(two, ("P02", "P03"), strict=True):
        with book.writing("an") as write:
            rename(write, book.own_unit(), Successor(code, code), "1998-01-01")
    meet(*two)
    assert two[0].own_unit() == two[1].own_unit()


# --- merged and divided ---


def test_an_office_is_merged_with_others_that_its_book_does_not_know(ward: Book) -> None:
    _do(ward, lambda w: merge(w, [ward.own_unit()], NEW, DAY))
    assert (_code(ward, ward.own_unit()), _registered(ward, "2025")) == ("P02", 8)


def test_an_office_goes_into_one_that_goes_on(ward: Book) -> None:
    other = _unit(ward, "P77")
    _do(ward, lambda w: merge(w, [ward.own_unit()], other, DAY))
    assert (ward.own_unit(), _registered(ward, "2024..2026")) == (other, 16)


def _divide(book: Book, keeper: str | None = "P02") -> str:
    into = [NEW, Successor("P03", "Phường Kia")]
    groups = {
        unit.id: code
        for unit, code in zip(units_below(book, book.own_unit(), DAY), ("P02", "P03"), strict=True)
    }
    return _do(book, lambda w: divide(w, book.own_unit(), into, DAY, below=groups, keeper=keeper))


def test_of_a_divided_office_the_book_goes_on_with_the_part_it_was_given_to(ward: Book) -> None:
    _divide(ward)
    assert _code(ward, ward.own_unit()) == "P02"
    assert [_registered(ward, period) for period in ("2024", "2025H1")] == [4, 4]
    assert [_registered(ward, period) for period in ("2025H2", "2026")] == [7, 3]
    assert _registered(ward, "2024", "today") == 3


def test_a_divided_office_has_to_say_whose_its_book_is(ward: Book) -> None:
    before = ward.digest()
    with pytest.raises(UnitChangeError, match="keeper"):
        _divide(ward, None)
    assert ward.digest() == before


def test_an_office_is_not_dissolved(ward: Book) -> None:
    with pytest.raises(UnitChangeError, match="own"):
        _do(ward, lambda w: dissolve(w, ward.own_unit(), DAY))


def test_who_was_followed_already_is_not_followed_by_another(ward: Book) -> None:
    own = ward.own_unit()
    _do(ward, lambda w: rename(w, own, NEW, DAY))
    with pytest.raises(UnitChangeError, match="followed"):
        _do(ward, lambda w: rename(w, own, Successor("P09", "x"), "2024-01-01"))


@pytest.mark.parametrize(
    ("kinds", "own"),
    [((DIVIDED, CONTINUED), "b"), ((DIVIDED, DIVIDED), "old"), ((DIVIDED,), "a"), ((None, "merged"), "a")],
)
def test_the_book_goes_on_with(kinds: tuple[str | None, ...], own: str) -> None:
    steps = [Step("2025-07-01", new, "old", kind) for new, kind in zip("ab", kinds, strict=False)]
    assert own_line("old", steps)[-1] == own


def test_successions_in_a_circle_come_to_an_end() -> None:
    steps = [Step("", "b", "a", None), Step("", "a", "b", None)]
    assert own_line("a", steps) == ("a", "b")


# --- figures ---


@pytest.mark.parametrize("units", ["then", "today"])
def test_what_the_office_has_is_what_it_had(ward: Book, units: str) -> None:
    before = [_registered(ward, period, units) for period in PERIODS]
    _do(ward, lambda w: rename(w, ward.own_unit(), NEW, DAY))
    assert [_registered(ward, period, units) for period in PERIODS] == before


@pytest.mark.parametrize("units", ["then", "today"])
@pytest.mark.parametrize("period", PERIODS)
def test_the_groups_keep_their_rows(ward: Book, period: str, units: str) -> None:
    before = _rows(ward, period, units)
    _do(ward, lambda w: rename(w, ward.own_unit(), NEW, DAY))
    after = _rows(ward, period, units)
    assert {**after, "P01": after.get("P02")} | {"P02": None} == {**before, "P02": None}


def test_the_former_office_keeps_what_was_its_own(ward: Book) -> None:
    former = ward.own_unit()
    before = _figures(ward, "2024")["models"]
    _do(ward, lambda w: rename(w, former, NEW, DAY))
    assert _figures(ward, "2024", unit=former)["models"] == before
    assert _registered(ward, "2025H1", unit=former) == 4


def test_a_total_of_the_former_office_counts_for_its_book(ward: Book) -> None:
    former = ward.own_unit()
    with ward.writing("an") as write:
        stated: dict[str, Value] = {
            "unit": former,
            "indicator": "Mô hình đăng ký",
            "value": 40 * SCALE,
            "row_order": 1,
        }
        write.add("reported_figure", {**stated, "period_from": "2024-01-01", "period_to": "2024-12-31"})
    before = _figures(ward, "2024")["models"]
    _do(ward, lambda w: rename(w, former, NEW, DAY))
    assert (_figures(ward, "2024")["models"], before["registered"]) == (before, 40)


def test_the_superior_keeps_what_stood_under_it(ward: Book) -> None:
    district = _unit(ward, "Q1")
    with ward.writing("an") as write:
        write.add("unit_parent", {"unit": ward.own_unit(), "parent": district, "valid_to": "2025-06-30"})
    before = _registered(ward, "2024..2026", unit=district)
    city = _unit(ward, "TP")
    _do(ward, lambda w: merge(w, [ward.own_unit()], Successor("P02", "x", parent=city), DAY))
    assert _registered(ward, "2024", unit=district) == 4
    assert _registered(ward, "2026", unit=city) == 4
    assert before is not None


@pytest.mark.parametrize("units", ["then", "today"])
@pytest.mark.parametrize("period", ["2024", "2026", "2024..2026"])
def test_kept_sums_say_the_same(ward: Book, period: str, units: str) -> None:
    make(ward)
    _do(ward, lambda w: rename(w, ward.own_unit(), NEW, DAY))
    make(ward)
    asked = _asked(ward.own_unit(), period, units)
    kept, read = facts_for(ward, asked, by_unit=True), load(ward, asked)
    assert compute(kept, asked)["models"]["registered"] == compute(read, asked)["models"]["registered"]
    assert compute_by_unit(kept, asked) == compute_by_unit(read, asked)


@pytest.fixture(scope="module")
def changed(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A ward that became another, for the many examples of a property."""
    folder = tmp_path_factory.mktemp("changed")
    with own_state(folder / "state"), template.copy_to(folder / "a.danvan") as book:
        _unit(book, "T1", book.own_unit())
        _unit(book, "T2")
        _do(book, lambda w: rename(w, book.own_unit(), NEW, DAY))
        yield book


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["T1", "T2", "P01", "P02"]), st.dates(date(2024, 1, 1), date(2026, 12, 31))
        ),
        max_size=6,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_figures_before_and_after_the_day_add_up(changed: Book, given_on: list[tuple[str, date]]) -> None:
    ids = {str(unit["code"]): unit.id for unit in changed.find("org_unit")}
    with changed.writing("an") as write:
        made = [
            write.add("contribution", {"unit": ids[code], "kind": "cash", "contributor": "Hộ ông Ba",
                                       "amount_vnd": 1000, "given_on": day.isoformat()})
            for code, day in given_on
        ]  # fmt: skip

    def cash(period: str, units: str) -> int:
        return _figures(changed, period, units)["contributions"]["cash_vnd"] or 0

    def of_rows(units: str) -> int:
        asked = _asked(changed.own_unit(), "2024..2026", units)
        rows = compute_by_unit(load(changed, asked), asked)
        return sum(row["figures"]["contributions"]["cash_vnd"] or 0 for row in rows)

    whole = 1000 * len(given_on)
    try:
        for units in ("then", "today"):
            parts = sum(cash(period, units) for period in ("2024", "2025H1", "2025H2", "2026"))
            assert (cash("2024..2026", units), parts, of_rows(units)) == (whole, whole, whole)
    finally:
        with changed.writing("an") as write:
            for each in made:
                write.remove("contribution", each)


# --- the office on papers ---


def test_the_head_goes_on_under_the_new_name(ward: Book) -> None:
    former = ward.own_unit()
    with ward.writing("an") as write:
        profile = ward.find("office_profile", {"unit": former})[0]
        write.change(
            "office_profile", profile.id, {"name_line": "UBND PHƯỜNG THỬ NGHIỆM", "place": "Thử Nghiệm"}
        )
        write.add("signatory", {"unit": former, "full_name": "Trần Thị Mơ", "title": "CHỦ TỊCH"})
    _do(ward, lambda w: rename(w, former, NEW, DAY))
    [profile] = ward.find("office_profile", {"unit": ward.own_unit()})
    assert (profile["name_line"], profile["place"], profile["valid_from"]) == (
        "UBND PHƯỜNG MỚI",
        "Mới",
        DAY,
    )
    [signatory] = ward.find("signatory", {"unit": ward.own_unit()})
    assert (signatory["full_name"], signatory["valid_from"]) == ("Trần Thị Mơ", DAY)
    [before] = ward.find("signatory", {"unit": former})
    assert before["valid_to"] == "2025-06-30"


def test_who_signs_for_a_merged_office_is_told_anew(ward: Book) -> None:
    with ward.writing("an") as write:
        write.add("signatory", {"unit": ward.own_unit(), "full_name": "Trần Thị Mơ", "title": "CHỦ TỊCH"})
    _do(ward, lambda w: merge(w, [ward.own_unit()], NEW, DAY))
    assert ward.count("signatory", {"unit": ward.own_unit()}) == 0


def test_a_book_is_opened_as_its_successors(ward: Book) -> None:
    _do(ward, lambda w: rename(w, ward.own_unit(), NEW, DAY))
    with ward.another() as reader:
        assert _code(reader, reader.own_unit()) == "P02"


@pytest.mark.parametrize(
    ("place", "old", "new", "now"),
    [
        ("Hoa Ban", "UBND phường Hoa Ban", "Phường Bến Hoa", "Bến Hoa"),
        ("Hoa Ban", "Phường Hoa Ban", "Trạm Y tế", "Hoa Ban"),
        ("Sông Trăng", "Phường Hoa Ban", "Phường Bến Hoa", "Sông Trăng"),
        ("", "Phường Hoa Ban", "Phường Bến Hoa", None),
    ],
)
def test_the_place_of_the_date_line_goes_along_with_the_name(
    book: Book, place: str, old: str, new: str, now: str | None
) -> None:
    own = book.own_unit()
    with book.writing("an") as write:
        write.change("org_unit", own, {"name": old})
        write.change("office_profile", book.find("office_profile")[0].id, {"place": place or None})
    _do(book, lambda w: rename(w, own, Successor("P02", new), DAY))
    assert book.find("office_profile", {"unit": book.own_unit()})[0]["place"] == now
