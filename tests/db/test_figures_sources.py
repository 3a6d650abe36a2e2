"""A figure is never typed: each can be opened, and a change of one is noticed."""

from __future__ import annotations

from fractions import Fraction

import pytest

import resources
from db.figures import Ledger, answer, data_digest, sources
from tests.support.figure_facts import CITY, Office


def _behind(office: Office, figure: str, period: str = "2024", **more: str) -> list[str]:
    return sources(office.facts, office.question(period, **more), figure)


def _office() -> Office:
    return (
        Office()
        .registers(1, at="e col", kind="new", level="city", registrant="Chi bộ 1", is_project_work=True)
        .registers(1, at="p ind", kind="maintained", line="union", model="M1")
        .registers(1, 2023, model="M1")
        .says(10, "2024", at="e col")
        .says(30, "2024")
        .says(20, "2023..2024")
    )


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("models.registered", ["registration1", "registration3", "total6", "total5"]),
        ("models.distinct_models", ["registration1", "registration3"]),
        ("models.by_field.political_system", ["registration3"]),
        ("models.by_subject.collective", ["registration1", "total5"]),
        ("models.by_level.city", ["registration1"]),
        ("models.by_line.union", ["registration3"]),
        ("models.by_kind.maintained", ["registration3"]),
        ("models.registrants", ["registration1"]),
        ("models.matrix.economy.collective", ["registration1", "total5"]),
        ("models.unallocated.total", ["total6"]),
        ("models.project_works", ["registration1"]),
        ("supervision.models_never", ["registration1", "registration3"]),
        ("sustained.after_1_year", ["registration3"]),
        ("replications", []),
    ],
)
def test_a_figure_of_models_names_what_is_behind_it(figure: str, expected: list[str]) -> None:
    assert _behind(_office(), figure) == expected


def _events() -> Office:
    office = Office().unit("P1", CITY).gets("cash", 5, "2024-03-01").gets("transfer", 6, "2024-03-01")
    office.gets("labour_days", on="2024-03-01", quantity=Fraction(1)).gets(
        "land", on="2024-03-01", quantity=Fraction(1)
    )
    office.gets("in_kind", on="2024-03-01", item="Cát", measure="m³").gets(
        "in_kind", on="2024-03-01", item="Đá"
    )
    office.makes("Đường", "1", "km", "2024-03-01").makes("Cống", "1", "km", "2024-03-01")
    office.recognises("2024-10-10", level="city").recognises(
        "2024-10-10", form="plaque", recipient_type="model"
    )
    office.holds("dialogue", "2024-03-01", attendees=3).holds("meeting", "2024-03-01")
    return office.inspects("2024-03-01").inspects("2024-03-01", "2024-03-02")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("contributions.cash_vnd", ["gift1"]),
        ("contributions.transfer_vnd", ["gift2"]),
        ("contributions.socialised_vnd", ["gift1", "gift2"]),
        ("contributions.labour_days", ["gift3"]),
        ("contributions.land_m2", ["gift4"]),
        ("contributions.in_kind.0", ["gift5"]),
        ("contributions.in_kind.1", ["gift6"]),
        ("contributions.contributors", ["gift1", "gift2", "gift3", "gift4", "gift5", "gift6"]),
        ("outputs.0", ["output8"]),
        ("recognition.recognised.city.collective.granted", ["recognition9"]),
        ("recognition.plaque.-.model.granted", ["recognition10"]),
        ("activities.by_kind.meeting", ["activity12"]),
        ("activities.attendees", ["activity11"]),
        ("activities.units_with_dialogue", ["activity11"]),
        ("activities.units", ["P1"]),
        ("supervision.open", ["supervision13"]),
        ("supervision.closed", ["supervision14"]),
    ],
)
def test_a_figure_of_what_was_done_names_what_is_behind_it(figure: str, expected: list[str]) -> None:
    assert _behind(_events(), figure) == expected


@pytest.mark.parametrize(
    "figure",
    [
        "",
        "models",
        "models.by_field",
        "models.by_field.sport",
        "models.matrix.economy",
        "sustained.for_ever",
        "recognition.plaque.city.model.granted",
        "contributions.in_kind.7",
    ],
)
def test_a_figure_that_is_none_is_refused(figure: str) -> None:
    with pytest.raises(KeyError):
        _behind(_events(), figure)


def _digest(office: Office) -> str:
    return data_digest(office.asked("2024"))


def test_the_digest_changes_with_a_figure() -> None:
    assert _digest(_office()) != _digest(_office().registers(1))


def test_the_digest_does_not_change_with_the_language_or_the_label() -> None:
    vietnamese = _office().asked("2024")
    resources.use_language("en")
    english = _office().asked("2024")
    english["period"]["label"] = "the year"
    assert data_digest(vietnamese) == data_digest(english)


def test_the_digest_does_not_change_with_what_other_years_hold() -> None:
    assert _digest(_office()) == _digest(_office().registers(3, 2019))


def test_one_ledger_answers_any_number_of_questions() -> None:
    office = _office()
    ledger = Ledger(office.facts)
    for period in ("2024", "2023", "2024"):
        assert answer(ledger, office.question(period)) == office.asked(period)
