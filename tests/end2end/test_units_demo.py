"""Three wards become one on 1 July 2025, below a district and without one: figures before, across, after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from db import Book, NewUnit, demo
from db.demo_units import SHAPES, THREE_TIERS, place_of_change
from db.figures import Asked, compute, compute_by_unit, load
from db.figures.facts import Facts
from db.periods import parse_period
from tests.end2end.conftest import PASSWORD, Shell
from tests.support.books import own_state
from tests.support.workbooks import Rows, save

WARDS = ("P11", "P12", "P13")
BEFORE, ACROSS, AFTER = "2024", "2025", "2026"
CSV = """Mã đơn vị,Tên đơn vị,Loại đơn vị,Mã đơn vị cấp trên,Từ ngày,Đến ngày,Thay cho
P20,Phường Bến Hoa,Phường,TP01,01/07/2025,,"P11, P12, P13"
"""
UNITS = ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên", "Từ ngày", "Đến ngày", "Thay cho")


class City:
    """The facts of a demo book, and questions to them by the codes of units."""

    def __init__(self, book: Book) -> None:
        self.facts: Facts = load(book)
        self.codes: Mapping[str, str] = {str(unit["code"]): unit.id for unit in book.find("org_unit")}

    def asked(self, unit: str, period: str, units: str) -> Asked:
        """A question about a unit."""
        span = parse_period(period)
        return Asked(span.start, span.end, span.label, self.codes[unit], units)

    def registered(self, unit: str, period: str, units: str) -> int | None:
        """How many models were registered."""
        found: int | None = compute(self.facts, self.asked(unit, period, units))["models"]["registered"]
        return found

    def cash(self, unit: str, period: str, units: str) -> int | None:
        """How much cash was given."""
        found: int | None = compute(self.facts, self.asked(unit, period, units))["contributions"]["cash_vnd"]
        return found

    def rows(self, period: str, units: str) -> list[str]:
        """The units that have a row of their own below the city."""
        return [row["unit"] for row in compute_by_unit(self.facts, self.asked("TP01", period, units))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both demo books."""
    made = tmp_path_factory.mktemp("cities")
    with own_state(made / "state"):
        for shape in SHAPES:
            place = place_of_change(shape)
            unit = NewUnit(place.office["code"], place.office["name"], place.office["kind"])
            book, _sheet = Book.create(made / f"{shape}.danvan", PASSWORD, unit)
            with book:
                demo.fill(book, models=20, place=place)
        yield made


@pytest.fixture(scope="module")
def cities(folder: Path) -> Mapping[str, City]:
    """What is in them."""
    found = {}
    for shape in SHAPES:
        with Book.open(folder / f"{shape}.danvan", PASSWORD, writable=False) as book:
            found[shape] = City(book)
    return found


@pytest.fixture(params=SHAPES)
def city(cities: Mapping[str, City], request: pytest.FixtureRequest) -> City:
    """Each of them."""
    return cities[request.param]


def _sum(values: Sequence[int | None]) -> int:
    return sum(value or 0 for value in values)


def test_before_each_ward_had_its_own_and_today_all_of_it_is_the_new_wards(city: City) -> None:
    then = [city.registered(ward, BEFORE, "then") for ward in WARDS]
    whole = city.registered("TP01", BEFORE, "then")
    assert (_sum(then), None in then) == (whole, False)
    assert city.registered("P20", BEFORE, "then") is None
    assert city.registered("P20", BEFORE, "today") == whole
    assert [city.registered(ward, BEFORE, "today") for ward in WARDS] == [None, None, None]


def test_across_the_day_what_was_given_stands_where_it_was_given(city: City) -> None:
    then = [city.cash(unit, ACROSS, "then") for unit in (*WARDS, "P20")]
    whole = city.cash("TP01", ACROSS, "then")
    assert (_sum(then), None in then) == (whole, False)
    assert city.cash("P20", ACROSS, "today") == whole
    assert [city.cash(ward, "2025H2", "then") for ward in WARDS] == [None, None, None]
    assert city.cash("P20", "2025H1", "then") is None


def test_after_the_day_both_ways_of_counting_agree(city: City) -> None:
    both = [city.registered("P20", AFTER, units) for units in ("then", "today")]
    assert both == [city.registered("TP01", AFTER, "then")] * 2
    assert [city.registered(ward, AFTER, "then") for ward in WARDS] == [None, None, None]


def test_the_city_counts_the_same_in_both_shapes_and_both_ways(cities: Mapping[str, City]) -> None:
    for period in (BEFORE, ACROSS, AFTER, "2024..2026"):
        found = {
            city.registered("TP01", period, units) for city in cities.values() for units in ("then", "today")
        }
        assert (len(found), None in found) == (1, False)


def test_the_district_has_what_was_in_it_until_it_fell_away(cities: Mapping[str, City]) -> None:
    city = cities[THREE_TIERS]
    assert city.registered("Q01", BEFORE, "then") == city.registered("TP01", BEFORE, "then")
    assert city.registered("Q01", AFTER, "then") is None
    assert [city.registered("Q01", period, "today") for period in (BEFORE, AFTER)] == [None, None]


def test_rows_of_the_report_are_the_units_of_the_time_or_of_today(cities: Mapping[str, City]) -> None:
    three, two = (cities[shape] for shape in SHAPES)
    assert (three.rows(BEFORE, "then"), two.rows(BEFORE, "then")) == (["Q01"], list(WARDS))
    assert (three.rows(ACROSS, "then"), two.rows(ACROSS, "then")) == (["P20", "Q01"], [*WARDS, "P20"])
    assert (three.rows(AFTER, "then"), two.rows(AFTER, "then")) == (["P20"], ["P20"])
    assert (two.rows(BEFORE, "today"), two.rows(AFTER, "today")) == (["P20"], ["P20"])


def test_the_command_answers_then_and_today(shell: Shell, folder: Path) -> None:
    book = folder / f"{THREE_TIERS}.danvan"
    then, today = (
        shell.on(book, "figures", "--period", BEFORE, "--unit", "P20", "--units", units).data
        for units in ("then", "today")
    )
    assert (then["units"], then["models"]["registered"], then["problems"][0]["code"]) == (
        "then",
        None,
        "no_data",
    )
    assert (today["units"], today["unit"], today["problems"]) == ("today", "P20", [])


# --- the same change as a list of units ---


def _office(shell: Shell, folder: Path, name: str) -> Path:
    """A city with three wards and a registration of each, before the change."""
    book = folder / name
    unit = ["--unit-code", "TP01", "--unit-name", "Thành phố Sông Trăng", "--unit-kind", "city"]
    assert shell.run("new", book, *unit, "--password-env", "P", "--json").code == 0
    head = ("Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Mã đơn vị", "Ngày đăng ký")
    models = [
        (f"MH{ward}{year}", f"Mô hình {ward}", year, "Kinh tế", "Tập thể", ward, f"15/02/{year}")
        for ward in WARDS
        for year in (2024, 2025)
    ]
    wards = [(ward, f"Phường {ward}", "Phường", "TP01") for ward in WARDS]
    sheets: dict[str, Rows] = {"Đơn vị": [UNITS[:4], *wards], "Mô hình": [head, *models]}
    assert shell.on(book, "import", save(folder / f"{name}.xlsx", sheets)).data["landed"]
    return book


def test_a_list_of_units_says_the_same_as_the_command(shell: Shell, tmp_path: Path) -> None:
    by_list, by_command = (_office(shell, tmp_path, name) for name in ("list.danvan", "command.danvan"))
    file = tmp_path / "Đơn vị.csv"
    file.write_text(CSV, encoding="utf-8")
    assert shell.on(by_list, "import", file).data["landed"]
    new = ["--new-code", "P20", "--new-name", "Phường Bến Hoa", "--on", "2025-07-01"]
    assert shell.on(by_command, "merge-units", *WARDS, *new).code == 0
    told: dict[str, list[Any]] = {}
    for book in (by_list, by_command):
        with Book.open(book, PASSWORD, writable=False) as opened:
            city = City(opened)
            told[book.name] = [
                compute(city.facts, city.asked(unit, period, units))
                for unit in ("TP01", "P20", *WARDS)
                for period in (BEFORE, ACROSS, AFTER)
                for units in ("then", "today")
            ]
    assert told["list.danvan"] == told["command.danvan"]
