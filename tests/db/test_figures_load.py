"""Facts taken from a real book."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from db import SCALE, Book
from db.figures import Asked, compute, load, load_sums

Values = dict[str, int | str | None]


def _add(book: Book, *records: tuple[str, Values]) -> list[str]:
    with book.writing("an") as write:
        return [write.add(kind, values) for kind, values in records]


def _registration(model: str, year: int, **more: int | str | None) -> tuple[str, Values]:
    values: Values = {"model": model, "year": year, "line": "territorial", "field": "economy"}
    return "registration", {**values, "subject_type": "collective", **more}


def _model(code: str = "MH1") -> tuple[str, Values]:
    return "model", {"code": code, "title": "Ngõ sạch"}


def _unit(code: str) -> tuple[str, Values]:
    return "org_unit", {"code": code, "name": code, "kind": "ward"}


def _meeting(model: str, **more: int | str | None) -> tuple[str, Values]:
    return "activity", {"model": model, "kind": "meeting", **more}


def test_registrations_of_a_book_are_counted(book: Book) -> None:
    (model,) = _add(book, _model())
    _add(book, _registration(model, 2024, registered_on="2024-03-01", level="city", kind="new"))
    asked = Asked(date(2024, 1, 1), date(2024, 12, 31), "năm 2024", book.own_unit())
    models = compute(load(book), asked)["models"]
    assert (models["registered"], models["by_level"]["city"], models["by_kind"]["new"]) == (1, 1, 1)


def test_what_is_in_the_bin_does_not_count(book: Book) -> None:
    (model,) = _add(book, _model())
    (registration,) = _add(book, _registration(model, 2024))
    with book.writing("an") as write:
        write.remove("registration", registration)
    assert load(book).registrations == ()


def test_a_record_of_a_model_belongs_to_the_unit_of_its_registration(book: Book) -> None:
    model, stray, *units = _add(
        book,
        _model(),
        _model("MH2"),
        *(_unit(code) for code in "ABC"),
    )
    _add(
        book,
        *(
            _registration(model, year, unit=unit, line=line)
            for year, unit, line in (
                (2020, units[0], "territorial"),
                (2022, units[1], "territorial"),
                (2022, units[2], "front"),
            )
        ),
    )
    years = (2019, 2020, 2021, 2022, 2025)
    _add(book, *(_meeting(model, held_on=f"{year}-05-01") for year in years))
    _add(book, _meeting(model, held_year=2020), _meeting(model, unit=units[2], held_on="2020-01-01"))
    _add(book, _meeting(stray), _meeting(model))
    expected = [units[place] for place in (0, 0, 0, 1, 1, 0, 2)]
    assert [fact.unit for fact in load(book).activities] == [*expected, book.own_unit(), units[1]]


def test_a_registration_without_a_unit_is_the_offices_own(book: Book) -> None:
    (model,) = _add(book, _model())
    _add(book, _registration(model, 2024))
    assert [fact.unit for fact in load(book).registrations] == [book.own_unit()]


def test_units_keep_their_history(book: Book) -> None:
    old, new = _add(book, _unit("A"), ("org_unit", {"code": "B", "name": "B"}))
    _add(
        book,
        ("unit_parent", {"unit": old, "parent": new, "valid_from": "2020-01-01", "valid_to": "2024-12-31"}),
        ("unit_succession", {"old_unit": old, "new_unit": new, "on_date": "2025-07-01"}),
    )
    facts = load(book)
    assert [(each.valid_from, each.valid_to) for each in facts.parents] == [
        (date(2020, 1, 1), date(2024, 12, 31))
    ]
    assert [(each.old, each.new, each.on) for each in facts.successions] == [(old, new, date(2025, 7, 1))]
    assert [unit.kind for unit in facts.units] == ["ward", "ward", ""]


def test_reported_totals_keep_their_place_and_their_unstated_values(book: Book) -> None:
    stated: Values = {
        "unit": book.own_unit(),
        "indicator": "Ngày công",
        "period_from": "2024-01-01",
        "period_to": "2024-12-31",
    }
    _add(
        book,
        ("reported_figure", {**stated, "value": 3000 * SCALE, "qualifier": "more_than", "row_order": 7}),
        ("reported_figure", {**stated, "measure": "ngày công", "as_of": "2024-10-14"}),
    )
    first, second = load(book).reported
    assert (first.order, first.value, first.qualifier) == (7, Fraction(3000), "more_than")
    assert (second.order, second.value, second.qualifier) == (1, None, "exact")
    assert (first.as_of, second.as_of) == (None, date(2024, 10, 14))


def test_all_kinds_of_records_come_with_their_values(book: Book) -> None:
    own = book.own_unit()
    (model,) = _add(book, ("model", {"code": "MH1", "title": "Ngõ sạch", "is_project_work": 1}))
    common: Values = {"unit": own, "model": model}
    _add(
        book,
        (
            "contribution",
            {
                **common,
                "kind": "labour_days",
                "contributor": "Bà Bình",
                "quantity": 15_000,
                "measure": "ngày công",
                "given_on": "2024-03-01",
                "contributor_kind": "household",
            },
        ),
        (
            "contribution",
            {**common, "kind": "cash", "contributor": "Bà Bình", "amount_vnd": 500_000, "given_year": 2024},
        ),
        (
            "output_measure",
            {**common, "name": "Đường", "quantity": 25_000, "measure": "km", "measured_on": "2024-03-01"},
        ),
        (
            "recognition",
            {
                **common,
                "recipient": "Chi bộ",
                "recipient_type": "collective",
                "form": "recognised",
                "status": "granted",
                "level": "city",
                "decided_on": "2024-10-10",
            },
        ),
        ("activity", {**common, "kind": "dialogue", "held_on": "2024-05-05", "attendees": 40}),
        ("supervision", {**common, "checked_on": "2024-06-06", "closed_on": "2024-07-07"}),
    )
    figures = compute(load(book), Asked(date(2024, 1, 1), date(2024, 12, 31), "năm 2024", own))
    assert (figures["contributions"]["labour_days"], figures["contributions"]["cash_vnd"]) == (1.5, 500_000)
    assert figures["outputs"] == [{"name": "Đường", "unit": "km", "quantity": 2.5}]
    assert figures["recognition"][0]["value"] == 1
    assert (figures["activities"]["attendees"], figures["activities"]["units_with_dialogue"]) == (40, 1)
    assert figures["supervision"]["closed"] == 1


# --- of some years only ---


def _long_life(book: Book) -> None:
    """Models, money, checks and totals of 2020 to 2024, some of a year only, some that do not count."""
    units = _add(book, _unit("A"), _unit("B"))
    first, second, third, fourth = _add(
        book,
        _model(),
        ("model", {"code": "MH2", "title": "Ngõ xanh", "is_project_work": 1}),
        _model("MH3"),
        _model("MH4"),
    )
    with book.writing("an") as write:
        write.change("model", third, {"replicated_from": first})
    lives = ((first, 2020), (first, 2022), (second, 2021), (second, 2024), (third, 2023), (third, 2024))
    for number, (model, year) in enumerate(lives):
        status = "draft" if (model, year) == (second, 2021) else None
        _add(
            book, _registration(model, year, unit=units[number % 2], status=status, registrant=f"Tổ {number}")
        )
    _add(book, _registration(fourth, 2024, line="union", unit=units[1]))
    for year in range(2020, 2025):
        for model in (first, second, third):
            _add(book, *_of_a_year(model, year))
    _add(book, ("contribution", _gift(first, given_year=2023)), ("activity", {"unit": units[0], **_HELD}))
    _add(book, ("supervision", {"model": fourth, "checked_on": "2021-05-01"}))
    _add(book, ("reported_figure", {"unit": units[1], **_STATED}))


_HELD: Values = {"kind": "dialogue", "held_year": 2022}
_STATED: Values = {
    "indicator": "Mô hình đăng ký",
    "period_from": "2022-01-01",
    "period_to": "2023-12-31",
    "value": 7 * SCALE,
}
_MADE: Values = {"name": "Đường", "quantity": SCALE, "measure": "m"}
_PRAISED: Values = {
    "recipient": "Tổ 1",
    "recipient_type": "collective",
    "form": "recognised",
    "status": "granted",
}


def _gift(model: str, **when: int | str) -> Values:
    return {"model": model, "kind": "cash", "contributor": "Trần Thị Bình", "amount_vnd": 10, **when}


def _of_a_year(model: str, year: int) -> list[tuple[str, Values]]:
    """A record of each kind; the first years have fewer kinds."""
    day = f"{year}-12-31"
    kinds: list[tuple[str, Values]] = [
        ("contribution", _gift(model, given_on=f"{year}-01-01")),
        _meeting(model, held_on=day),
        ("output_measure", {"model": model, **_MADE, "measured_on": day}),
        ("recognition", {"model": model, **_PRAISED, "decided_on": day}),
        ("supervision", {"model": model, "checked_on": day}),
    ]
    return kinds[: year - 2018]


def test_facts_of_the_years_asked_about_give_the_figures_of_all_facts(book: Book) -> None:
    _long_life(book)
    everything = load(book)
    spans = [(date(y, 1, 1), date(y + n, 12, 31)) for y in range(2019, 2026) for n in (0, 2)]
    spans += [(date(2023, 12, 15), date(2024, 12, 14)), (date(2022, 7, 1), date(2022, 9, 30))]
    for start, end in spans:
        for units in ("then", "today"):
            asked = Asked(start, end, "", book.own_unit(), units)
            assert compute(load(book, asked), asked) == compute(everything, asked)
            assert compute(load_sums(book, asked), asked) == compute(everything, asked)


def test_facts_of_two_questions_answer_both(book: Book) -> None:
    _long_life(book)
    both = [Asked(date(y, 1, 1), date(y, 12, 31), "", book.own_unit()) for y in (2024, 2021)]
    everything = load(book)
    for some in (load(book, *both), load_sums(book, *both)):
        assert [compute(some, asked) for asked in both] == [compute(everything, asked) for asked in both]


def test_facts_of_a_year_leave_the_other_years_in_the_book(book: Book) -> None:
    _long_life(book)
    asked = Asked(date(2024, 1, 1), date(2024, 12, 31), "", book.own_unit())
    assert {fact.day and fact.day.year for fact in load(book, asked).contributions} == {2024}
