"""Numbers, sums and measures: read as clerks write them, shown as papers print them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from db.measures import in_stored_measure, stored_measure
from db.numbers import (
    SCALE,
    ReadNumber,
    from_stored,
    parse_amount,
    parse_number,
    read_measured,
    read_number,
    show_number,
    show_vnd,
    show_vnd_short,
    to_stored,
)
from db.unreadable import (
    AmbiguousNumberError,
    LocalMeasureError,
    MeasureInNumberError,
    NotANumberError,
    NotWholeError,
    NumberTooLargeError,
    UnknownMeasureError,
    UnreadableError,
)

SUMS = st.integers(0, 10**15)
STORED = st.integers(-(10**15), 10**15)


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234.567,5", "1234567.5"),
        ("1.500.000", "1500000"),
        ("1.500", "1500"),
        ("2,5", "2.5"),
        ("0,5", "0.5"),
        ("0,500", "0.5"),
        ("2,125", "2.125"),
        ("0", "0"),
        ("007", "7"),
        (" 1\xa0500\xa0000,5 ", "1500000.5"),
        ("１．５００，５", "1500.5"),
        ("-3", "-3"),
        ("\u2212 3,5", "-3.5"),
        (normalize("NFD", "12"), "12"),
        (5, "5"),
        (1500.0, "1500"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (5_700_000.0, "5700000"),
        (Decimal("7.25"), "7.25"),
    ],
)
def test_a_number_is_read_as_it_is_written(written: object, value: str) -> None:
    assert read_number(written).value == Decimal(value)
    assert not read_number(written).rounded


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("1.5", ("1,5", "1.500")),
        ("1.50", ("1,5", "1.500")),
        ("12.34", ("12,34", "12.340")),
        ("1.2345", ("1,2345", "12.345")),
        ("0.5", ("0,5",)),
        ("0.500", ("0,5",)),
        ("1,500", ("1,5", "1.500")),
        ("500,000", ("500", "500.000")),
        ("1,500,000", ("1.500.000",)),
        ("1,234.5", ("1.234,5",)),
        ("1.234.56", ("1.234,56", "123.456")),
        ("1.5,5", ("15,5",)),
        ("1234.567", ("1.234,567", "1.234.567")),
    ],
)
def test_a_number_that_could_be_two_is_asked_about(written: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousNumberError) as refused:
        parse_number(written)
    assert refused.value.readings == readings


@given(st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,4}){0,2}", fullmatch=True))
def test_every_offered_reading_can_itself_be_read(written: str) -> None:
    try:
        parse_number(written)
    except AmbiguousNumberError as refused:
        assert all(parse_number(reading) >= 0 for reading in refused.readings)


def test_the_question_stands_in_the_sentence() -> None:
    resources.use_language("en")
    with pytest.raises(AmbiguousNumberError) as refused:
        parse_number("1.5")
    assert refused.value.question() == "1,5 or 1.500?"
    assert refused.value.question() in str(refused.value)


@pytest.mark.parametrize(
    "written",
    ["", "  ", "abc", "1e5", "5²", "--5", "1,2,", ",5", "1..5", "12 34", "5 ngày", "½", "1" * 41],
)
def test_a_text_that_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(NotANumberError):
        parse_number(written)


@pytest.mark.parametrize(
    ("written", "number", "measure", "whole"),
    [
        ("1,5 triệu", "1,5", "triệu đồng", "1.500.000"),
        ("1,5tr", "1,5", "triệu đồng", "1.500.000"),
        ("500k", "500", "nghìn đồng", "500.000"),
        ("2 tỷ đồng", "2", "tỷ đồng", "2.000.000.000"),
        ("0,0001k", "0,0001", "nghìn đồng", ""),
        ("12 cây", "12", "cây", ""),
        ("1.200 ngày công", "1.200", "ngày công", ""),
    ],
)
def test_a_number_with_its_measure_is_told_apart(
    written: str, number: str, measure: str, whole: str
) -> None:
    with pytest.raises(MeasureInNumberError) as refused:
        parse_number(written)
    error = refused.value
    assert (error.number, error.measure, error.whole) == (number, measure, whole)
    assert all(part in error.sentence() for part in (number, measure, whole))


@pytest.mark.parametrize(
    "written", [None, True, object(), float("nan"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), date.min]
)
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(NotANumberError):
        parse_number(written)


@pytest.mark.parametrize("written", [10**15 + 1, "1.000.000.000.000.001", 1e20, -1e20, "9" * 40])
def test_a_number_beyond_any_sum_is_refused(written: object) -> None:
    with pytest.raises(NumberTooLargeError):
        parse_number(written)


@pytest.mark.parametrize(
    ("written", "value"), [(1 / 3, "0.3333"), ("2,00005", "2"), ("2,00015", "2.0002"), (2.71828, "2.7183")]
)
def test_lost_decimals_are_flagged(written: object, value: str) -> None:
    assert read_number(written).value == Decimal(value)
    assert read_number(written).rounded


@given(st.floats(-1e9, 1e9))
def test_floats_of_excel_keep_four_decimals(value: float) -> None:
    assert abs(parse_number(value) - Decimal(value)) <= Decimal("0.00006")


@given(STORED)
def test_a_shown_number_reads_back_as_itself(stored: int) -> None:
    assert to_stored(parse_number(show_number(stored))) == stored


@given(STORED)
def test_stored_numbers_come_back_as_they_were(stored: int) -> None:
    assert to_stored(from_stored(stored)) == stored


@given(SUMS)
def test_a_shown_sum_reads_back_as_itself(amount: int) -> None:
    assert parse_amount(show_number(amount, 1)) == amount
    assert parse_amount(show_vnd(amount)) == amount


@pytest.mark.parametrize(
    ("stored", "shown"),
    [(83_330_000, "8.333"), (15_000, "1,5"), (-15_000, "-1,5"), (0, "0"), (1, "0,0001"), (12_500, "1,25")],
)
def test_numbers_are_shown_in_the_vietnamese_way(stored: int, shown: str) -> None:
    assert show_number(stored) == shown


def test_a_scale_is_ten_thousand() -> None:
    assert (SCALE, to_stored(Decimal("1.5"))) == (10_000, 15_000)


def test_a_quantity_too_large_to_store_is_refused() -> None:
    with pytest.raises(NumberTooLargeError):
        to_stored(Decimal(10) ** 15)


# --- sums of money -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.500.000", 1_500_000),
        ("1500000", 1_500_000),
        ("1.500.000đ", 1_500_000),
        ("1.500.000 VNĐ", 1_500_000),
        ("1,5tr", 1_500_000),
        ("1tr5", 1_500_000),
        ("1tr05", 1_050_000),
        ("500k", 500_000),
        ("200 ngàn", 200_000),
        ("200 nghìn đồng", 200_000),
        ("2 tỷ", 2_000_000_000),
        ("2 tỉ", 2_000_000_000),
        ("2TY", 2_000_000_000),
        (normalize("NFD", "2 tỷ 3"), 2_300_000_000),
        ("7 triệu", 7_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("1.200 triệu đồng", 1_200_000_000),
        (1_500_000.0, 1_500_000),
        ("1,23456789 tỷ", 1_234_567_890),
        (0, 0),
    ],
)
def test_a_sum_is_read_as_clerks_type_it(typed: object, amount: int) -> None:
    assert parse_amount(typed) == amount


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("2,5", NotWholeError),
        (2.5, NotWholeError),
        ("1,00005k", NotWholeError),
        ("1.5tr", AmbiguousNumberError),
        ("5 2tr", NotANumberError),
        ("1 triệu 2 tỷ", NotANumberError),
        ("1tr 2tr", NotANumberError),
        ("5 trx", NotANumberError),
        ("1tr5000", NotANumberError),
        ("tr", NotANumberError),
        ("đồng", NotANumberError),
        ("2.000.000 tỷ", NumberTooLargeError),
        (None, NotANumberError),
    ],
)
def test_an_unclear_sum_is_refused(typed: object, error: type[UnreadableError]) -> None:
    with pytest.raises(error):
        parse_amount(typed)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (7_200_000_000, "7,2 tỷ đồng"),
        (7_234_567_890, "7,23 tỷ đồng"),
        (350_000_000, "350 triệu đồng"),
        (950_000, "950.000 đồng"),
        (-2_500_000, "-2,5 triệu đồng"),
    ],
)
def test_a_sum_is_shown_short_for_a_glance(amount: int, shown: str) -> None:
    assert show_vnd_short(amount) == shown


# --- measures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "measure", "of", "stored"),
    [
        ("7", "tỷ đồng", "money", "7000000000"),
        ("7", "Tỉ", "money", "7000000000"),
        ("350", "triệu đồng", "money", "350000000"),
        ("350", "tr.đ", "money", "350000000"),
        ("5", "ngàn đồng", "money", "5000"),
        ("5", "1.000 đồng", "money", "5000"),
        ("5", None, "money", "5"),
        ("5", " VNĐ ", "money", "5"),
        ("2.5", "ngày công", "labour", "2.5"),
        ("2.5", "Công", "labour", "2.5"),
        ("120", "m2", "land", "120"),
        ("120", "m²", "land", "120"),
        ("0.5", "ha", "land", "5000"),
    ],
)
def test_measures_come_to_the_stored_one(value: str, measure: str | None, of: str, stored: str) -> None:
    assert in_stored_measure(Decimal(value), measure, of) == Decimal(stored)


@pytest.mark.parametrize(
    ("measure", "of"),
    [("USD", "money"), ("giờ", "labour"), ("km", "land"), ("m2", "money"), ("đồng", "land")],
)
def test_another_measure_is_refused(measure: str, of: str) -> None:
    with pytest.raises(UnknownMeasureError):
        in_stored_measure(Decimal(1), measure, of)


def test_a_sao_is_asked_about() -> None:
    with pytest.raises(LocalMeasureError) as refused:
        in_stored_measure(Decimal(1), "Sào", "land")
    assert [reading[:6] for reading in refused.value.readings] == ["360 m²", "500 m²"]


@pytest.mark.parametrize(("of", "measure"), [("money", "đồng"), ("labour", "ngày công"), ("land", "m²")])
def test_each_thing_has_one_stored_measure(of: str, measure: str) -> None:
    assert stored_measure(of) == measure
    assert in_stored_measure(Decimal(1), measure, of) == 1


@pytest.mark.parametrize(
    ("written", "measure", "of", "stored", "rounded"),
    [
        ("7,23456789", "tỷ đồng", "money", "7234567890", False),
        (7.2, "tỷ đồng", "money", "7200000000", False),
        (1 / 3, "triệu đồng", "money", "333333", True),
        ("1.500.000", None, "money", "1500000", False),
        ("0,12345", "ha", "land", "1234.5", False),
        (1 / 3, "ngày công", "labour", "0.3333", True),
    ],
)
def test_decimals_are_kept_until_the_stored_measure(
    written: object, measure: str | None, of: str, stored: str, rounded: bool
) -> None:
    assert read_measured(written, measure, of) == ReadNumber(Decimal(stored), rounded)


@pytest.mark.parametrize(
    ("written", "measure", "error"),
    [
        ("2,5", "đồng", NotWholeError),
        ("2.000.000", "tỷ đồng", NumberTooLargeError),
        ("1.5", "k", AmbiguousNumberError),
    ],
)
def test_a_sum_that_cannot_be_is_refused(written: str, measure: str, error: type[UnreadableError]) -> None:
    with pytest.raises(error):
        read_measured(written, measure, "money")
