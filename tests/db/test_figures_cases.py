"""The two real cases of the domain dossier (1.2 and 1.3), as facts."""

from __future__ import annotations

from typing import Any

from tests.support.figure_facts import Office, codes

BA_DINH = "BD"
BAC_TU_LIEM = "BTL"
TO_MAY = "2024-01-01..2024-05-21"
SINCE_2014 = "2014-01-01..2024-10-14"


def _ba_dinh() -> Office:
    office = Office(BA_DINH).says(882, "2023").says(256, "2023", what="Mô hình tiêu biểu")
    return office.says(452, TO_MAY, at="col").says(173, TO_MAY, at="ind")


def _bac_tu_liem() -> Office:
    return (
        Office(BAC_TU_LIEM)
        .says(6977, SINCE_2014)
        .says(885, SINCE_2014, what="Tập thể được công nhận")
        .says(748, SINCE_2014, what="Cá nhân được công nhận")
        .says(
            9,
            SINCE_2014,
            what="Tập thể được khen",
            form="certificate_of_merit_high",
            level="city",
            status="proposed",
        )
        .says(549, "2024", as_of="2024-10-14")
        .says(7_000_000_000, "2024", what="Kinh phí xã hội hóa", qualifier="more_than", as_of="2024-10-14")
        .says(3000, "2024", what="Ngày công", qualifier="more_than", as_of="2024-10-14")
        .says(36, "2024", what="Tập thể được khen", level="district", as_of="2024-10-14")
        .says(15, "2024", what="Cá nhân được khen", level="district", as_of="2024-10-14")
        .says(
            2,
            "2024",
            what="Cá nhân được khen",
            form="commemorative_medal",
            level="central",
            as_of="2024-10-14",
        )
    )


def _recognised(figures: dict[str, Any]) -> set[tuple[Any, ...]]:
    return {tuple(row.values()) for row in figures["recognition"]}


def test_ba_dinh_2023_has_882_models_of_which_256_are_outstanding() -> None:
    figures = _ba_dinh().asked("2023")
    assert figures["models"]["registered"] == 882
    assert figures["models"]["by_subject"] == {"collective": None, "individual": None}
    assert _recognised(figures) == {("outstanding", None, "model", "granted", 256)}


def test_ba_dinh_2024_until_may_has_452_collective_and_173_individual_models() -> None:
    figures = _ba_dinh().asked("2024", cutoff="2024-05-21")
    models = figures["models"]
    assert models["registered"] == 625
    assert models["by_subject"] == {"collective": 452, "individual": 173}
    assert [models["by_level"][level] for level in ("grassroots", "district", "city")] == [None] * 3
    assert set(models["by_field"].values()) == {None}
    assert codes(figures) == {"unallocated"}
    assert (figures["period"]["cutoff"], figures["period"]["data_to"]) == ("2024-05-21", "2024-05-21")


def test_ba_dinh_2024_is_not_known_a_day_earlier() -> None:
    assert _ba_dinh().asked("2024", cutoff="2024-05-20")["models"]["registered"] is None


def test_ba_dinh_over_both_years_hides_the_subjects() -> None:
    models = _ba_dinh().asked("2023..2024")["models"]
    assert (models["registered"], models["by_subject"]) == (1507, {"collective": None, "individual": None})


def test_bac_tu_liem_in_fifteen_years_has_6977_models_since_2014_with_549_inside() -> None:
    figures = _bac_tu_liem().asked("2009..2024")
    assert figures["models"]["registered"] == 6977
    # the models of 2024 do not count beside 6.977; what else is stated for 2024 does, to its last day
    assert (figures["period"]["data_from"], figures["period"]["data_to"]) == ("2014-01-01", "2024-12-31")
    assert {row["value"] for row in figures["reported"] if not row["counted"]} == {549}


def test_bac_tu_liem_recognised_885_collectives_and_748_individuals_and_only_proposed_9() -> None:
    assert _recognised(_bac_tu_liem().asked("2009..2024")) >= {
        ("recognised", None, "collective", "granted", 885),
        ("recognised", None, "individual", "granted", 748),
        ("certificate_of_merit_high", "city", "collective", "proposed", 9),
    }


def test_bac_tu_liem_in_2024_has_549_models_7_billion_and_3000_days_of_labour() -> None:
    figures = _bac_tu_liem().asked("2024")
    given = figures["contributions"]
    assert figures["models"]["registered"] == 549
    assert (given["socialised_vnd"], given["labour_days"], given["cash_vnd"]) == (7_000_000_000, 3000, None)
    qualifiers = {row["indicator"]: row["qualifier"] for row in figures["reported"] if row["counted"]}
    assert qualifiers["Kinh phí xã hội hóa"] == qualifiers["Ngày công"] == "more_than"


def test_bac_tu_liem_in_2024_rewarded_36_and_15_and_gave_2_medals() -> None:
    assert _recognised(_bac_tu_liem().asked("2024")) == {
        (None, "district", "collective", "granted", 36),
        (None, "district", "individual", "granted", 15),
        ("commemorative_medal", "central", "individual", "granted", 2),
    }


def test_bac_tu_liem_in_2024_until_the_event_is_the_same() -> None:
    figures = _bac_tu_liem().asked("2024", cutoff="2024-10-14")
    assert figures["models"]["registered"] == 549
