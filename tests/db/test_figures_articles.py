"""What press articles tell of three offices, put into small books and read back figure by figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.figure_facts import CITY, Office, codes

# --- a federation: field × subject with two cells that nobody stated (domain 1.4) ---

STATED = {
    "e col": 300, "e ind": 2000, "c col": 500, "c ind": 1500,
    "d col": None, "d ind": 700, "p col": 250, "p ind": None,
}  # fmt: skip


def _federation(without: Sequence[str] = ()) -> dict[str, Any]:
    """Totals of both subjects and of most cells; ``without`` = cells that have no row at all."""
    office = Office().says(1400, "2024", at="col").says(5200, "2024", at="ind")
    for cell, value in STATED.items():
        if cell not in without:
            office.says(value, "2024", at=cell)
    return office.says(900, "2024", what="Tập thể đăng ký").asked("2024")


@pytest.mark.parametrize("without", [(), ("d col", "p ind")], ids=["empty cells", "no rows"])
def test_cells_that_nobody_stated_are_not_nought(without: Sequence[str]) -> None:
    cells = _federation(without)["models"]["matrix"]
    assert [cell["value"] for cell in cells] == [300, 2000, 500, 1500, None, 700, 250, None]


def test_stated_totals_stand_and_the_rest_is_unallocated() -> None:
    models = _federation()["models"]
    assert (models["registered"], models["by_subject"]) == (6600, {"collective": 1400, "individual": 5200})
    assert models["unallocated"] == {
        "total": 1350,
        "by_subject": {"collective": 350, "individual": 1000},
        "by_field": {},
    }


def test_a_field_is_shown_where_both_its_cells_are_known() -> None:
    assert list(_federation()["models"]["by_field"].values()) == [2300, 2000, None, None]


def test_registrants_are_no_models() -> None:
    models = _federation()["models"]
    assert (models["registrants"], models["by_subject"]["collective"]) == (900, 1400)


def test_a_rest_is_the_only_problem_of_the_federation() -> None:
    assert codes(_federation()) == {"unallocated"}


def test_rows_without_a_value_are_listed_and_do_not_count() -> None:
    reported = _federation()["reported"]
    assert [row["counted"] for row in reported if row["value"] is None] == [False, False]


# --- a city: a span, wards that ended, results, what lasts (domain 1.5) ---


def _city() -> Office:
    """A district with two communes until June 2025, one commune of both after it, and a commune beside."""
    office = Office().unit("H1", CITY, until="2025-06-30", kind="district")
    office.unit("X1", "H1", until="2025-06-30").unit("X2", "H1", until="2025-06-30")
    return office.unit("X3", CITY, since="2025-07-01", replaces="X1 X2").unit("X4", CITY)


def _dialogues(period: str, **more: str) -> tuple[int | None, int]:
    office = _city().holds("dialogue", "2025-03-05", "X1", attendees=40).holds("meeting", "2025-03-06", "X4")
    found = office.asked(period, **more)["activities"]
    return found["units_with_dialogue"], found["units"]


@pytest.mark.parametrize(
    ("period", "share"),
    [
        ("2025", (1, 2)),
        ("2025-01-01..2025-06-30", (1, 3)),
        ("2025-07-01..2025-12-31", (None, 2)),
        ("2024", (None, 3)),
    ],
)
def test_wards_in_dialogue_are_of_the_wards_that_exist_at_the_end(
    period: str, share: tuple[int | None, int]
) -> None:
    assert _dialogues(period) == share


def test_wards_are_those_of_the_cut_off() -> None:
    assert _dialogues("2025", cutoff="2025-05-31") == (1, 3)


def test_a_span_is_one_rough_total_and_no_year_of_it_is_known() -> None:
    office = _city().says(150_000, "2010..2024", qualifier="more_than")
    whole, year = office.asked("2010..2024"), office.asked("2024")
    assert (whole["models"]["registered"], whole["reported"][0]["qualifier"]) == (150_000, "more_than")
    assert (year["models"]["registered"], codes(year)) == (None, {"wider_than_asked", "no_data"})


def test_results_are_added_only_within_one_name_and_measure() -> None:
    office = _city().makes("Đường bê tông", "2.5", "km", "2025-03-01", "X1")
    office.makes("Đường bê tông", "1.5", "km", "2025-03-01", "X2")
    office.makes("Cống rãnh", "3", "km", "2025-03-01").makes("Đường bê tông", "1200", "m²", "2025-03-01")
    assert {(row["name"], row["unit"]): row["quantity"] for row in office.asked("2025")["outputs"]} == {
        ("Đường bê tông", "km"): 4,
        ("Đường bê tông", "m²"): 1200,
        ("Cống rãnh", "km"): 3,
    }


def _lasting() -> Office:
    office = _city().model("A").model("B", replicated_from="A")
    for year, kind in ((2022, "new"), (2023, "maintained"), (2025, "maintained")):
        office.registers(
            model="A", year=year, unit="X1" if year < 2025 else "X3", on=f"{year}-08-01", kind=kind
        )
    office.registers(model="B", year=2025, unit="X4", kind="replicated")
    return office.inspects("2025-08-05", model="A").inspects("2025-08-06", closed="2025-09-01", model="A")


@pytest.mark.parametrize(
    ("period", "lasted"), [("2023", (1, 0, 0)), ("2025", (0, 0, 1)), ("2022..2025", (1, 0, 1))]
)
def test_a_model_lasts_in_the_year_in_which_it_is_registered_again(
    period: str, lasted: tuple[int, ...]
) -> None:
    assert tuple(_lasting().asked(period)["sustained"].values()) == lasted


def test_copies_are_counted_where_they_begin() -> None:
    assert [_lasting().asked(period)["replications"] for period in ("2022", "2025")] == [0, 1]


def test_open_closed_and_never() -> None:
    assert _lasting().asked("2025")["supervision"] == {"open": 1, "closed": 1, "models_never": 1}


def test_what_was_closed_after_the_cut_off_is_open() -> None:
    found = _lasting().asked("2025", cutoff="2025-08-31")["supervision"]
    assert (found["open"], found["closed"]) == (2, 0)


# --- a district: more than 600 on four fields, works with a plaque (domain 1.1) ---


def test_more_than_600_with_no_field_known() -> None:
    figures = Office().says(600, "2024", qualifier="more_than").asked("2024")
    models = figures["models"]
    assert (models["registered"], models["unallocated"]["total"]) == (600, 600)
    assert set(models["by_field"].values()) == {None}
    assert (figures["reported"][0]["qualifier"], codes(figures)) == ("more_than", {"unallocated"})


def test_works_with_a_plaque_are_recognitions_of_models() -> None:
    figures = Office().says(10, "2024", what="Công trình gắn biển", level="city").asked("2024")
    assert figures["recognition"] == [
        {"form": "plaque", "level": "city", "recipient_type": "model", "status": "granted", "value": 10}
    ]
    assert figures["models"]["registered"] is None


def test_an_indicator_of_the_office_s_own_is_kept_as_it_is() -> None:
    office = Office().says(9_200_000_000_000, "2024-01-01..2024-09-30", what="Thu ngân sách", measure="đồng")
    figures = office.asked("2024-01-01..2024-09-30")
    assert [(row["indicator"], row["counted"]) for row in figures["reported"]] == [("Thu ngân sách", True)]
    assert (figures["models"]["registered"], figures["contributions"]["socialised_vnd"]) == (None, None)
