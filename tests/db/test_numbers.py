"""Numbers, sums, measures, dates and words: read as clerks write them, shown as papers print them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from db.numbers import (
    SCALE,
    AmbiguousNumberError,
    NotADateError,
    NotANumberError,
    NotWholeError,
    NumberTooLargeError,
    ReadNumber,
    date_in_text,
    date_in_words,
    from_stored,
    in_stored_measure,
    in_words,
    number_in_words,
    parse_amount,
    parse_birth_year,
    parse_date,
    parse_number,
    read_measured,
    read_number,
    show_date,
    show_number,
    show_vnd,
    show_vnd_short,
    stored_measure,
    to_stored,
)
from db.unreadable import (
    LocalMeasureError,
    NoSuchDayError,
    NotAYearError,
    NumberForDateError,
    UnknownMeasureError,
    UnreadableError,
)

TODAY = date(2026, 11, 22)
SUMS = st.integers(0, 10**15)
STORED = st.integers(-(10**15), 10**15)


# --- numbers ---------------------------------------------------------------------------------------------


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


# --- sums of money ---------------------------------------------------------------------------------------


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


# --- measures --------------------------------------------------------------------------------------------


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


# --- dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("22/11/2026", "2026-11-22"),
        ("5/3/2025", "2025-03-05"),
        ("05.03.2025", "2025-03-05"),
        ("22-11-26", "2026-11-22"),
        ("22 11 2026", "2026-11-22"),
        ("15/10/85", "1985-10-15"),
        ("15/10/1930", "1930-10-15"),
        ("22112026", "2026-11-22"),
        ("20121105", "2012-11-05"),
        ("221126", "2026-11-22"),
        ("2211", "2026-11-22"),
        ("2311", "2025-11-23"),
        ("22/11", "2026-11-22"),
        ("1/12", "2025-12-01"),
        ("2024-05-21", "2024-05-21"),
        ("2024-05-21 00:00:00", "2024-05-21"),
        ("2024-05-21T07:30", "2024-05-21"),
        ("ngày 05 tháng 9 năm 2024", "2024-09-05"),
        (normalize("NFD", "Ngày 5 tháng 9"), "2026-09-05"),
        ("２２／１１／２０２６", "2026-11-22"),
        (" 29/02/2024\xa0", "2024-02-29"),
        (date(2024, 5, 21), "2024-05-21"),
        (datetime(2024, 5, 21, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")), "2024-05-21"),
    ],
)
def test_a_date_is_read_as_clerks_type_it(typed: object, iso: str) -> None:
    assert parse_date(typed, TODAY) == iso


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("31/02/2026", NoSuchDayError),
        ("31022026", NoSuchDayError),
        ("29/02/2025", NoSuchDayError),
        ("2902", NoSuchDayError),
        ("3104", NoSuchDayError),
        (45_000.0, NumberForDateError),
        (2024, NumberForDateError),
        ("11/22/2026", NotADateError),
        ("1985", NotADateError),
        ("năm 2024", NotADateError),
        ("22/11/0206", NotADateError),
        ("1/1/1850", NotADateError),
        ("0/5/2024", NotADateError),
        ("hôm qua", NotADateError),
        ("", NotADateError),
        (None, NotADateError),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(typed: object, error: type[NotADateError]) -> None:
    with pytest.raises(NotADateError) as refused:
        parse_date(typed, TODAY)
    assert type(refused.value) is error


@given(st.dates(date(1925, 11, 23), TODAY))
def test_a_shown_date_reads_back_as_itself(day: date) -> None:
    iso = day.isoformat()
    for shown in (show_date(iso), date_in_text(iso), date_in_words(iso), f"{day:%d%m%Y}", iso):
        assert parse_date(shown, TODAY) == iso


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_without_its_year_is_never_to_come(day: date, today: date) -> None:
    try:
        found = date.fromisoformat(parse_date(f"{day:%d%m}", today))
    except NoSuchDayError:
        assert (day.day, day.month) == (29, 2)
    else:
        assert (found.day, found.month) == (day.day, day.month)
        assert 0 <= (today - found).days <= 366


@pytest.mark.parametrize(
    ("iso", "form", "text", "words"),
    [
        ("2026-02-05", "05/02/2026", "05/02/2026", "ngày 05 tháng 02 năm 2026"),
        ("2024-05-21", "21/05/2024", "21/5/2024", "ngày 21 tháng 5 năm 2024"),
        ("2024-10-09", "09/10/2024", "09/10/2024", "ngày 09 tháng 10 năm 2024"),
    ],
)
def test_noughts_stand_before_days_below_ten_and_the_first_two_months(
    iso: str, form: str, text: str, words: str
) -> None:
    assert (show_date(iso), date_in_text(iso), date_in_words(iso)) == (form, text, words)


@pytest.mark.parametrize(
    ("typed", "year"),
    [("1985", 1985), ("85", 1985), ("12/3/1985", 1985), (1985.0, 1985), (1950, 1950), ("năm 1950", 1950),
     (date(1961, 5, 1), 1961), ("12031985", 1985)],
)  # fmt: skip
def test_a_year_of_birth_is_read(typed: object, year: int) -> None:
    assert parse_birth_year(typed, TODAY) == year


@pytest.mark.parametrize(
    "typed", ["26", "05", "1890", "2030", 31_000.0, None, "", "già", "31/02/1950", "19855"]
)
def test_an_impossible_year_of_birth_is_refused(typed: object) -> None:
    with pytest.raises(NotAYearError):
        parse_birth_year(typed, TODAY)


# --- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (10_500, "mười nghìn năm trăm"),
        (215_342_000, "hai trăm mười lăm triệu ba trăm bốn mươi hai nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (10**9, "một tỷ"),
        (10**12, "một nghìn tỷ"),
        (1_005 * 10**9 + 5_000, "một nghìn không trăm linh năm tỷ không trăm linh năm nghìn"),
        (10**15, "một triệu tỷ"),
        (-3, "âm ba"),
        (Decimal("2.50"), "hai phẩy năm"),
        (Decimal("3000.05"), "ba nghìn phẩy không năm"),
    ],
)
def test_a_number_is_spelt_out(number: int | Decimal, words: str) -> None:
    assert number_in_words(number) == words


def test_a_sum_is_spelt_out_with_a_capital_and_dong() -> None:
    assert in_words(215_342_000) == "Hai trăm mười lăm triệu ba trăm bốn mươi hai nghìn đồng"


def test_an_office_may_write_le_and_chan() -> None:
    assert in_words(105_000, zero_tens="lẻ", even=True) == "Một trăm lẻ năm nghìn đồng chẵn"


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {"mốt": 1, "lăm": 5}
_UNIT_VALUES = {"nghìn": 10**3, "triệu": 10**6}


def _heard(words: str) -> int:
    """A listener of their own: what number was said."""
    billions, said_billions, rest = words.rpartition(" tỷ")
    total, group = 0, 0
    for word in rest.split():
        if word in _UNIT_VALUES:
            total, group = total + group * _UNIT_VALUES[word], 0
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group = (
                group // 10 * 10 + group % 10 * 10 if group < 100 else group - group % 10 + group % 10 * 10
            )
        elif word != "linh":
            group += _VALUES[word]
    return (_heard(billions) * 10**9 if said_billions else 0) + total + group


@given(SUMS)
def test_what_is_spelt_out_is_heard_as_the_same_number(number: int) -> None:
    words = number_in_words(number)
    assert _heard(words) == number
    assert "  " not in words
    assert words == words.strip()


# --- sentences -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "refusal",
    [
        UnreadableError("x"),
        NotANumberError("x"),
        NotANumberError(""),
        AmbiguousNumberError("1.5", ("1,5", "1.500")),
        NumberTooLargeError("1"),
        NotWholeError("2,5"),
        NotADateError("x"),
        NotADateError(" "),
        NoSuchDayError("31/02/2026", 31, 2, 2026),
        NumberForDateError("45000"),
        NotAYearError("26"),
        UnknownMeasureError("km", "land"),
        UnknownMeasureError("giờ", "labour"),
        UnknownMeasureError("USD", "money"),
        LocalMeasureError("sào", "land", ("360 m²", "500 m²")),
    ],
)
def test_every_refusal_is_a_sentence(refusal: UnreadableError) -> None:
    resources.use_language("en")
    assert "{" not in str(refusal)
    assert str(refusal).endswith(".")


def test_a_pasted_page_is_not_repeated_in_a_sentence() -> None:
    assert len(str(NotANumberError("x" * 5000))) < 200
