"""Every kind of cell: what is taken, and the reason why not."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from forms.spreadsheets.cells import CellRefusedError, ColumnCells, Reading, read_cell, shown
from forms.spreadsheets.layout import As, Column
from forms.spreadsheets.read import Cell

TODAY = date(2026, 11, 22)


def _read(cell: Cell, read_as: As, choices: str = "") -> object:
    return read_cell(cell, Column("Cột", "cot", read_as, choices=choices), Reading(TODAY))


def _reason(cell: Cell, read_as: As, choices: str = "") -> str:
    with pytest.raises(CellRefusedError) as told:
        _read(cell, read_as, choices)
    return str(told.value)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("  Tổ\u00a0dân   phố ", "Tổ dân phố"),
        ("0012", "0012"),
        (2024.0, "2024"),
        (12, "12"),
        (0.5, "0,5"),
        (date(2024, 5, 1), "01/05/2024"),
        ("a_x000D_\nb", "a b"),
        ("e\u0302\u0301", "ế"),
        ("\u200b", None),
    ],
)
def test_text_is_kept_as_it_is_meant(cell: Cell, read: str | None) -> None:
    assert _read(cell, As.TEXT) == read


def test_long_text_keeps_its_lines() -> None:
    assert _read(" một \r\n\r\n hai  ba \n", As.LONG_TEXT) == "một\n\nhai ba"


@pytest.mark.parametrize("cell", [True, time(8, 30), "x" * 40_000])
def test_what_is_no_text_is_refused(cell: Cell) -> None:
    assert _reason(cell, As.TEXT)


def test_a_code_that_excel_made_a_date_of_is_refused() -> None:
    assert "01/12/2024" in _reason(date(2024, 12, 1), As.CODE)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("01/05/2024", "2024-05-01"),
        ("1/5/2024", "2024-05-01"),
        ("1-5-2024", "2024-05-01"),
        ("2024-05-01", "2024-05-01"),
        (date(2024, 5, 1), "2024-05-01"),
        (datetime(2024, 5, 1, 23, 59), "2024-05-01"),  # noqa: DTZ001  Excel knows no zones
        ("ngày 01 tháng 5 năm 2024", "2024-05-01"),
    ],
)
def test_days_are_read(cell: Cell, day: str) -> None:
    assert _read(cell, As.DATE) == day


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2024",
        "05/21/2024",
        "hôm qua",
        "2024",
        45413.0,
        "22/11",
        "1/5/24",
        True,
        time(8),
        "32/01/2024",
        date(1899, 1, 1),
    ],
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    assert _reason(cell, As.DATE)


def test_a_year_in_a_date_format_is_refused_with_the_number() -> None:
    assert "2024" in _reason(date(1905, 7, 16), As.DATE)


def test_a_year_in_words_may_stand_for_a_day_where_the_book_keeps_it() -> None:
    assert _read("năm 2024", As.DAY_OR_YEAR) == 2024


@pytest.mark.parametrize(("cell", "year"), [(2024.0, 2024), ("2024", 2024), ("Năm 2024", 2024), (2024, 2024)])
def test_years_are_read(cell: Cell, year: int) -> None:
    assert _read(cell, As.YEAR) == year


@pytest.mark.parametrize(
    "cell", ["24", 2024.5, "2024-2025", date(2024, 1, 1), True, 1800, math.nan, "hai nghìn"]
)
def test_what_is_no_year_is_refused(cell: Cell) -> None:
    assert _reason(cell, As.YEAR)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234.567,5", "1234567.5"),
        (1.5, "1.5"),
        ("1.500", "1500"),
        ("2,5", "2.5"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
    ],
)
def test_numbers_are_read(cell: Cell, number: str) -> None:
    assert _read(cell, As.NUMBER) == Decimal(number)


def test_a_dot_that_groups_no_three_digits_is_asked_about() -> None:
    resources.use_language("en")
    assert "1,5 or 1.500?" in _reason("1.5", As.NUMBER)


@pytest.mark.parametrize(
    "cell", ["", "abc", math.nan, math.inf, True, date(2024, 1, 1), time(1), "1,2,3", "10^3"]
)
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    assert _reason(cell, As.NUMBER)


def test_lost_decimals_are_told() -> None:
    reading = Reading(TODAY)
    assert read_cell(100 / 3, Column("Cột", "cot", As.NUMBER), reading) == Decimal("33.3333")
    assert len(reading.remarks) == 1


@pytest.mark.parametrize("cell", [1.5, -1.0, "2,5", "-3"])
def test_a_count_is_a_whole_number(cell: Cell) -> None:
    assert _reason(cell, As.COUNT)


@pytest.mark.parametrize(
    ("cell", "amount"), [("1.500.000", 1_500_000), (2e6, 2_000_000), ("1,5tr", 1_500_000)]
)
def test_sums_are_read(cell: Cell, amount: int) -> None:
    assert _read(cell, As.MONEY) == amount


@pytest.mark.parametrize("cell", [0.5, -1.0, "nhiều", date(2024, 1, 1)])
def test_what_is_no_sum_is_refused(cell: Cell) -> None:
    assert _reason(cell, As.MONEY)


@pytest.mark.parametrize(
    ("cell", "flag"), [("x", 1), ("X", 1), (1.0, 1), (True, 1), ("có", 1), ("không", 0), (0.0, 0)]
)
def test_flags_are_read(cell: Cell, flag: int) -> None:
    assert _read(cell, As.FLAG) == flag


def test_an_unclear_flag_is_refused() -> None:
    assert _reason("maybe", As.FLAG)


def test_a_value_outside_its_list_is_refused_with_the_nearest() -> None:
    assert "Kinh tế" in _reason("Kinh têê", As.CHOICE, "field")


@pytest.mark.parametrize("cell", ["An ninh - quốc phòng", "QP-AN", "quoc phong, an ninh"])
def test_spellings_of_a_choice_are_understood(cell: str) -> None:
    assert _read(cell, As.CHOICE, "field") == "defence_security"


@pytest.mark.parametrize(
    ("cell", "year"), [("1985", 1985), (1985.0, 1985), (date(1985, 3, 2), 1985), ("02/03/1985", 1985)]
)
def test_of_a_birth_date_only_the_year_is_kept(cell: Cell, year: int) -> None:
    assert _read(cell, As.BIRTH_YEAR) == year


def test_a_phone_that_lost_its_zero_is_told() -> None:
    reading = Reading(TODAY)
    assert read_cell(912345678.0, Column("Điện thoại", "phone", As.PHONE), reading) == "912345678"
    assert reading.remarks


@pytest.mark.parametrize("cell", ["22–91 tuổi", "22–91", "22 - 91", "29,0%", "thứ 2"])
def test_data_of_an_area_may_be_words(cell: str) -> None:
    assert _read(cell, As.NUMBER_OR_WORDS) == cell


@given(
    st.one_of(
        st.text(max_size=60),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    ),
    st.sampled_from([kind for kind in As if kind is not As.CHOICE]),
)
def test_any_cell_is_read_or_refused_with_a_reason(cell: Cell, kind: As) -> None:
    try:
        _read(cell, kind)
    except CellRefusedError as error:
        assert str(error)
    assert isinstance(shown(cell), str)


_TWINS: list[Cell] = [
    True, 1.0, 1, False, 0.0, -0.0, "1", "1,0", "x", " x ", "01/05/2024", date(2024, 5, 1),
    1 / 3, 912345678.0, "912345678", "31/02/2024", "năm 2024", 2024.0, time(1), "Nội\u0323", "-",
]  # fmt: skip


def _answer(read: Callable[[], object], reading: Reading) -> tuple[str, list[str]]:
    try:
        told = repr(read())
    except CellRefusedError as error:
        told = str(error)
    remarks, reading.remarks = reading.remarks, []
    return told, remarks


@given(
    st.lists(st.sampled_from(_TWINS), max_size=30),
    st.sampled_from([kind for kind in As if kind is not As.CHOICE]),
)
def test_a_cell_is_read_alike_whatever_stood_above_it(cells: list[Cell], kind: As) -> None:
    column, reading = Column("Cột", "cot", kind), Reading(TODAY)
    whole = ColumnCells(column, reading)
    for cell in cells:
        alone = _answer(partial(read_cell, cell, column, reading), reading)
        assert _answer(partial(whole.value, cell), reading) == alone
