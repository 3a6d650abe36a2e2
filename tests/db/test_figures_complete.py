"""When a total by field or subject is complete: cases in which periods cross or units have moved."""

from __future__ import annotations

from tests.support.figure_facts import CITY, Office, codes


def test_a_subject_is_not_complete_beside_a_total_that_an_overlap_leaves_out() -> None:
    # "stated for consecutive sub-periods outside which nothing is stated": 549 is, for the end of 2024
    office = Office().says(6977, "2014-01-01..2024-10-14", at="col").says(549, "2024", at="col")
    models = office.asked("2009..2024")["models"]
    assert (models["registered"], models["by_subject"]["collective"]) == (6977, None)


def test_a_total_of_days_on_which_a_ward_was_elsewhere_hides_nothing_of_it() -> None:
    # null only if a stated total "shares a unit, a day and the field, subject ..." with the cell
    office = Office().unit("Q1", CITY, kind="district").unit("Q2", CITY, kind="district").unit("P1")
    office.moved("P1", "Q1", until="2023-12-31").moved("P1", "Q2", since="2024-01-01")
    office.registers(1, 2023, "P1", at="c ind").says(0, "2024-01-01..2024-03-31", "Q1", at="col")
    models = office.asked("2023..2024", unit="Q1")["models"]
    assert models["by_field"]["culture_society"] == 1
    assert models["by_subject"]["collective"] == 0


def test_a_total_of_days_on_which_a_ward_was_there_hides_what_is_not_known_of_it() -> None:
    office = Office().unit("Q1", CITY, kind="district").unit("Q2", CITY, kind="district").unit("P1")
    office.moved("P1", "Q1", until="2023-12-31").moved("P1", "Q2", since="2024-01-01")
    office.registers(1, 2023, "P1", at="c ind").says(0, "2023-01-01..2023-03-31", "Q1", at="col")
    models = office.asked("2023..2024", unit="Q1")["models"]
    assert models["by_field"]["culture_society"] is None


def test_as_of_today_a_district_under_which_nothing_stood_any_more_says_nothing_of_its_wards() -> None:
    office = Office().unit("Q1", CITY, until="2024-06-30", kind="district").unit("P1")
    office.moved("P1", "Q1", until="2024-06-30").moved("P1", CITY, since="2024-07-01")
    office.registers(unit="P1", on="2024-08-01").says(0, "2024-07-01..2024-12-31", "Q1")
    figures = office.asked("2024-07-01..2024-12-31", unit="P1", units="today")
    assert figures["models"]["by_subject"] == {"collective": 1, "individual": 0}
    assert codes(figures) == set()


def test_a_dissolved_district_completes_the_city_as_of_today_as_it_did_then() -> None:
    office = Office().unit("Q1", CITY, until="2024-06-30", kind="district").unit("P1")
    office.moved("P1", "Q1", until="2024-06-30").moved("P1", CITY, since="2024-07-01").registers(
        1, 2024, "P1"
    )
    office.says(2, "2024-01-01..2024-06-30", "Q1", at="col").says(5, "2024-01-01..2024-06-30", "Q1", at="ind")
    shown = [office.asked("2024", units=units)["models"]["by_subject"] for units in ("then", "today")]
    assert shown == [{"collective": 2, "individual": 5}] * 2


def test_as_of_today_a_successor_is_complete_when_its_predecessors_are() -> None:
    office = Office().unit("P1", CITY, until="2023-12-31").unit("P2", CITY, since="2024-01-01", replaces="P1")
    office.says(6, "2023", "P1", at="ind").says(5, "2024", "P2", level="grassroots")
    shown = [office.asked("2023..2024", units=units)["models"]["by_subject"] for units in ("then", "today")]
    assert [each["individual"] for each in shown] == [None, 6]
