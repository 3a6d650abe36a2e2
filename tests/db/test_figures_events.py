"""Contributions, results, recognitions, activities, supervision, and how long models last."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from db.figures.facts import ContributionFact, OutputFact
from tests.support.figure_facts import CITY, Office, codes

MONEY = "Kinh phí xã hội hóa"


def _given(office: Office, period: str = "2024", **more: str) -> dict[str, Any]:
    block: dict[str, Any] = office.asked(period, **more)["contributions"]
    return block


# --- contributions ---


def test_money_is_added_up_by_form_and_only_that_from_outside_the_budget_is_socialised() -> None:
    office = (
        Office()
        .gets("cash", 500_000, "2024-03-01")
        .gets("cash", 300_000, "2024-03-01", contributor_kind="budget")
        .gets("transfer", 200_000, "2024-04-01", contributor_kind="household")
        .gets("in_kind", None, "2024-04-01", item="Xi măng", converted_vnd=900_000)
    )
    given = _given(office)
    assert (given["cash_vnd"], given["transfer_vnd"], given["socialised_vnd"]) == (800_000, 200_000, 700_000)


def test_without_contributions_nothing_is_known_of_them() -> None:
    assert set(map(str, _given(Office()).values())) == {"None", "[]"}


def test_with_contributions_of_another_form_there_is_no_money() -> None:
    given = _given(Office().gets("land", on="2024-03-01", quantity=Fraction(120), measure="m²"))
    assert (given["cash_vnd"], given["labour_days"], given["socialised_vnd"], given["land_m2"]) == (
        0,
        0,
        0,
        120,
    )


def test_money_without_an_amount_is_not_known() -> None:
    given = _given(Office().gets("cash", None, "2024-03-01").gets("labour_days", on="2024-03-01"))
    assert (given["cash_vnd"], given["socialised_vnd"], given["labour_days"]) == (None, 0, 0)


def test_reported_money_and_recorded_money_are_not_added() -> None:
    office = Office().says(7_000_000_000, "2024", what=MONEY, qualifier="more_than")
    figures = office.gets("cash", 5_000_000, "2024-03-01").asked("2024")
    assert figures["contributions"]["socialised_vnd"] == 7_000_000_000
    assert figures["contributions"]["cash_vnd"] == 5_000_000
    assert figures["reported"][0]["qualifier"] == "more_than"


def test_recorded_money_that_is_more_than_reported_counts_and_is_told() -> None:
    figures = Office().says(100, "2024", what=MONEY).gets("cash", 150, "2024-03-01").asked("2024")
    assert figures["contributions"]["socialised_vnd"] == 150
    assert codes(figures) == {"exceeds_reported"}


def test_recorded_money_of_a_time_without_a_report_is_added_to_the_reported() -> None:
    office = Office().says(100, "2024-01-01..2024-06-30", what=MONEY)
    assert _given(office.gets("cash", 30, "2024-09-01"))["socialised_vnd"] == 130


def test_reported_money_by_line_holds_the_recorded() -> None:
    office = Office().says(100, "2024", what=MONEY, line="union").gets("cash", 30, "2024-09-01")
    assert _given(office)["socialised_vnd"] == 100


def test_money_and_labour_beside_a_wider_total_are_not_known_to_be_none() -> None:
    office = Office().says(100, "2020..2024", what=MONEY).gets("land", on="2024-03-01", quantity=Fraction(1))
    assert (_given(office)["socialised_vnd"], _given(office)["labour_days"]) == (None, 0)


def test_half_days_of_labour_are_halves() -> None:
    office = Office().gets("labour_days", on="2024-03-01", quantity=Fraction(3, 2))
    assert _given(office)["labour_days"] == 1.5
    assert _given(office.gets("labour_days", on="2024-03-01", quantity=Fraction(1, 2)))["labour_days"] == 2


def test_labour_of_wards_reported_and_recorded_adds_up() -> None:
    office = Office().unit("P1", CITY).unit("P2", CITY).says(3000, "2024", "P1", what="Ngày công")
    office.gets("labour_days", on="2024-03-01", quantity=Fraction(5), unit="P2")
    assert _given(office)["labour_days"] == 3005


def test_goods_are_added_up_only_with_the_same_name_and_measure() -> None:
    office = Office()
    for quantity, measure, converted in ((2, "bao", 180_000), (3, "bao", None), (1, "tấn", None)):
        office.gets(
            "in_kind",
            on="2024-03-01",
            item="Xi măng",
            quantity=Fraction(quantity),
            measure=measure,
            converted_vnd=converted,
        )
    assert _given(office)["in_kind"] == [
        {"name": "Xi măng", "unit": "bao", "quantity": 5, "converted_vnd": 180_000},
        {"name": "Xi măng", "unit": "tấn", "quantity": 1, "converted_vnd": None},
    ]


def test_contributors_are_distinct_names_of_a_unit() -> None:
    office = Office().unit("P1", CITY)
    for name, unit in (("Nguyễn Văn An", CITY), ("NGUYỄN VĂN AN", CITY), ("Nguyễn Văn An", "P1")):
        office.gets("cash", 1, "2024-03-01", contributor=name, unit=unit)
    assert _given(office)["contributors"] == 2


def test_a_row_kept_as_a_year_counts_on_its_last_day() -> None:
    office = Office()
    office.add("contributions", ContributionFact("gift", CITY, year=2024, kind="cash", amount_vnd=10))
    assert _given(office)["cash_vnd"] == 10
    assert _given(office, "2024-01-01..2024-09-30")["cash_vnd"] is None
    assert _given(office, cutoff="2024-12-30")["cash_vnd"] is None


def test_a_row_without_any_date_counts_nowhere() -> None:
    office = Office()
    office.add("outputs", OutputFact("output", CITY, name="Đường", quantity=Fraction(1), measure="km"))
    assert office.asked("2000..2030")["outputs"] == []


def test_results_are_added_up_only_with_the_same_name_and_measure() -> None:
    office = (
        Office()
        .makes("Đường bê tông", "1.5", "km", "2024-03-01")
        .makes("Đường bê tông", "0.25", "km", "2024-04-01")
        .makes("Cống rãnh", "2", "km", "2024-04-01")
        .makes("Đường bê tông", "300", "m²", "2024-04-01")
    )
    assert office.asked("2024")["outputs"] == [
        {"name": "Cống rãnh", "unit": "km", "quantity": 2},
        {"name": "Đường bê tông", "unit": "km", "quantity": 1.75},
        {"name": "Đường bê tông", "unit": "m²", "quantity": 300},
    ]


# --- recognitions ---


def test_recognitions_are_counted_apart_by_form_level_recipient_and_status() -> None:
    office = (
        Office()
        .recognises("2024-10-10", level="district")
        .recognises("2024-10-10", level="district")
        .recognises("2024-10-10", level="district", status="proposed")
        .recognises("2024-10-10", form="plaque", recipient_type="model")
        .recognises("2023-10-10", level="district")
    )
    rows = [tuple(row.values()) for row in office.asked("2024")["recognition"]]
    assert rows == [
        ("recognised", "district", "collective", "proposed", 1),
        ("recognised", "district", "collective", "granted", 2),
        ("plaque", None, "model", "granted", 1),
    ]


def test_stated_recognitions_are_compared_with_recorded_ones_of_the_same_kind_only() -> None:
    office = Office().says(885, "2024", what="Tập thể được công nhận").recognises("2024-10-10")
    figures = office.recognises("2024-10-10", level="district").asked("2024")
    assert [(row["level"], row["value"]) for row in figures["recognition"]] == [("district", 1), (None, 885)]


def test_indicators_of_recognition_say_form_and_recipient() -> None:
    office = Office()
    for number, what in enumerate(
        (
            "Mô hình tiêu biểu",
            "Cá nhân được công nhận",
            "Tập thể được khen",
            "Công trình gắn biển",
        ),
        1,
    ):
        office.says(number, "2024", what=what)
    office.says(
        5, "2024", what="Cá nhân được khen", form="commemorative_medal", status="proposed", level="central"
    )
    rows = [tuple(row.values()) for row in office.asked("2024")["recognition"]]
    assert rows == [
        ("recognised", None, "individual", "granted", 2),
        ("outstanding", None, "model", "granted", 1),
        ("commemorative_medal", "central", "individual", "proposed", 5),
        ("plaque", None, "model", "granted", 4),
        (None, None, "collective", "granted", 3),
    ]


def test_models_with_a_plaque_may_be_called_so() -> None:
    office = Office().says(1, "2024-01-01..2024-06-30", what="Công trình gắn biển")
    figures = office.says(2, "2024-07-01..2024-12-31", what="Mô hình gắn biển").asked("2024")
    assert [row["value"] for row in figures["recognition"]] == [3]


def test_a_recognition_that_is_not_stated_is_only_listed() -> None:
    figures = Office().says(None, "2024", what="Mô hình tiêu biểu").asked("2024")
    assert (figures["recognition"], len(figures["reported"])) == ([], 1)


def test_recognitions_go_by_their_own_period() -> None:
    office = Office().recognises("2024-02-01").says(3, "2024-01-01..2024-03-31", what="Mô hình tiêu biểu")
    assert office.asked("2024-04-01..2024-12-31")["recognition"] == []


# --- registrants ---


def test_registrants_are_names_and_are_not_models() -> None:
    office = Office().registers(3, registrant="Chi hội Phụ nữ").registers(1, at="e ind", registrant="Bà Bình")
    models = office.says(50, "2024", what="Tập thể đăng ký").asked("2024")["models"]
    assert (models["registered"], models["registrants"]) == (4, 51)
    assert models["by_subject"] == {"collective": 3, "individual": 1}


def test_registrants_without_names_are_not_known() -> None:
    assert Office().registers(3).asked("2024")["models"]["registrants"] is None


def test_a_registrant_of_two_years_is_one() -> None:
    office = Office().registers(1, 2023, registrant="Bà Bình").registers(1, 2024, registrant="bà bình")
    assert office.asked("2023..2024")["models"]["registrants"] == 1


# --- activities ---


def test_activities_are_counted_by_kind() -> None:
    office = Office().holds("meeting", "2024-03-01", attendees=40).holds("dialogue", "2024-03-01")
    activities = office.asked("2024")["activities"]
    assert {kind: n for kind, n in activities["by_kind"].items() if n} == {"meeting": 1, "dialogue": 1}
    assert (activities["by_kind"]["launch"], activities["attendees"]) == (0, 40)


def test_attendees_that_nobody_counted_are_not_0() -> None:
    assert Office().holds("meeting", "2024-03-01").asked("2024")["activities"]["attendees"] is None


def _in_dialogue(office: Office, period: str, **more: str) -> tuple[int | None, int]:
    activities = office.asked(period, **more)["activities"]
    return activities["units_with_dialogue"], activities["units"]


def test_units_are_the_wards_that_exist_at_the_end() -> None:
    office = (
        Office().unit("P1", CITY, until="2024-06-30").unit("P2", CITY).unit("P3", CITY, since="2025-01-01")
    )
    assert [_in_dialogue(office, period)[1] for period in ("2023", "2024", "2025")] == [2, 1, 2]
    assert _in_dialogue(office, "2024", cutoff="2024-06-30")[1] == 2


def test_a_dialogue_counts_once_for_its_ward_and_not_for_those_that_are_gone() -> None:
    office = (
        Office()
        .unit("P1", CITY)
        .unit("P2", CITY, until="2024-06-30")
        .unit("T1", "P1", kind="residential_group")
    )
    office.holds("dialogue", "2024-03-01", "T1").holds("dialogue", "2024-04-01", "P1")
    office.holds("dialogue", "2024-05-01", "P2").holds("dialogue", "2024-05-01")
    assert _in_dialogue(office, "2024") == (1, 1)


def test_a_dialogue_of_a_predecessor_counts_for_the_successor() -> None:
    office = Office().unit("P1", CITY, until="2025-06-30").unit("P9", CITY, since="2025-07-01", replaces="P1")
    office.holds("dialogue", "2025-02-01", "P1")
    assert [_in_dialogue(office, "2025", unit=unit) for unit in ("P9", CITY)] == [(1, 1), (1, 1)]


def test_without_dialogues_there_are_none_only_if_something_was_held() -> None:
    office = Office().unit("P1", CITY)
    assert _in_dialogue(office, "2024") == (None, 1)
    assert _in_dialogue(office.holds("meeting", "2024-03-01"), "2024") == (0, 1)


# --- supervision, lasting, copies ---


def test_a_supervision_is_closed_when_it_was_by_the_cut_off() -> None:
    office = (
        Office()
        .inspects("2024-03-01", "2024-04-01")
        .inspects("2024-03-01", "2024-09-01")
        .inspects("2024-05-01")
    )
    assert office.asked("2024")["supervision"] == {"open": 1, "closed": 2, "models_never": None}
    assert office.asked("2024", cutoff="2024-06-30")["supervision"] == {
        "open": 2,
        "closed": 1,
        "models_never": None,
    }


def test_models_never_supervised_were_not_supervised_before_either() -> None:
    office = (
        Office()
        .registers(model="M1")
        .registers(model="M2")
        .registers(model="M3")
        .inspects("2023-05-01", model="M1")
        .inspects("2024-05-01", model="M2")
        .inspects("2025-05-01", model="M3")
    )
    assert office.asked("2024")["supervision"]["models_never"] == 1


def test_models_last_when_they_are_registered_again_years_after_their_first() -> None:
    office = Office()
    for year in (2021, 2022, 2023):
        office.registers(1, year, model="M1")
    office.registers(1, 2020, model="M2").registers(1, 2023, model="M2").registers(1, 2023, model="M3")
    assert office.asked("2023")["sustained"] == {"after_1_year": 0, "after_2_years": 1, "after_3_years": 1}
    assert office.asked("2022..2023")["sustained"] == {
        "after_1_year": 1,
        "after_2_years": 1,
        "after_3_years": 1,
    }


def test_a_copy_counts_where_and_when_it_began() -> None:
    office = (
        Office()
        .model("M2", replicated_from="M1")
        .registers(1, 2023, model="M2")
        .registers(1, 2024, model="M2")
    )
    office.registers(1, 2023, model="M1")
    assert [office.asked(period)["replications"] for period in ("2023", "2024", "2025")] == [1, 0, None]


def test_a_project_work_is_one_model_whoever_marked_it() -> None:
    office = Office().model("M1", is_project_work=True).model("M3").registers(1, 2023, model="M1")
    office.registers(1, 2024, model="M1").registers(1, 2024, model="M2", is_project_work=True)
    office.registers(1, 2024, model="M3")
    models = office.asked("2023..2024")["models"]
    assert (models["project_works"], models["distinct_models"], models["registered"]) == (2, 3, 4)


def test_days_come_out_as_text_and_the_label_as_given() -> None:
    figures = Office().registers(1, on="2024-02-03").asked("2024", cutoff="2024-05-21")
    assert figures["period"] == {
        "label": "năm 2024",
        "from": "2024-01-01",
        "to": "2024-12-31",
        "cutoff": "2024-05-21",
        "data_from": "2024-02-03",
        "data_to": "2024-02-03",
    }
