"""Figures in words: null is never 0, what was stated roughly stays rough."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from forms import wording
from tests.support.paper_cases import total

YEAR = ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "chưa có số liệu"), (0, "0"), (8333, "8.333"), (1.5, "1,5"), (Fraction(5, 2), "2,5")],
)
def test_a_number_is_written_in_the_vietnamese_way(value: Any, said: str) -> None:
    assert wording.number(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (7_000_000_000, "7 tỷ đồng"),
        (7_250_000_000, "7,25 tỷ đồng"),
        (7_200_000_001, "7.200.000.001 đồng"),
        (350_000_000, "350 triệu đồng"),
        (350_001, "350.001 đồng"),
    ],
)
def test_a_sum_is_said_short_only_where_nothing_is_lost(value: int, said: str) -> None:
    assert wording.money_as_spoken(value) == said


@pytest.mark.parametrize(("value", "said"), [(None, "chưa có số liệu"), (10**13, "10.000.000.000.000 đồng")])
def test_a_sum_shows_every_digit(value: int | None, said: str) -> None:
    assert wording.money(value) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (625, 882, "-257"),
        (882, 625, "+257"),
        (5, 5, "0"),
        (None, 5, "chưa có số liệu"),
        (5, None, "chưa có số liệu"),
    ],
)
def test_a_difference_has_its_sign_and_needs_both(now: int | None, before: int | None, said: str) -> None:
    assert wording.difference(now, before) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(256, 882, "29,0%"), (1, 3, "33,3%"), (3, 3, "100%"), (0, 3, "0%"), (1, 0, "chưa có số liệu")],
)
def test_a_share_is_said_to_one_decimal(part: int, whole: int, said: str) -> None:
    assert wording.percent(part, whole) == said


def _qualifier(value: int | None, *rows: dict[str, Any], **where: Any) -> str:
    return wording.qualifier(rows, "models_registered", value, **where)


@pytest.mark.parametrize(
    ("code", "said"), [("more_than", "hơn"), ("about", "khoảng"), ("nearly", "gần"), ("exact", "")]
)
def test_a_total_lends_its_word_to_its_value(code: str, said: str) -> None:
    assert _qualifier(600, total("Mô hình đăng ký", 600, *YEAR, qualifier=code)) == said


def test_records_that_come_to_more_than_a_rough_total_are_exact() -> None:
    rough = total("Mô hình đăng ký", 600, *YEAR, qualifier="more_than")
    assert wording.qualifier([rough], "models_registered", 700, exceeded=True) == ""


@pytest.mark.parametrize(("code", "said"), [("more_than", "hơn"), ("nearly", "gần"), ("exact", "")])
def test_records_beside_a_rough_total_make_a_rough_sum(code: str, said: str) -> None:
    half = total("Mô hình đăng ký", 600, "2024-01-01", "2024-06-30", qualifier=code)
    assert _qualifier(700, half) == said


def test_a_rough_total_inside_an_exact_one_makes_no_sum_rough() -> None:
    year = total("Mô hình đăng ký", 600, *YEAR)
    quarter = total("Mô hình đăng ký", 100, "2024-01-01", "2024-03-31", qualifier="about")
    assert _qualifier(650, year, quarter) == ""


def test_sums_are_exceeded_where_the_figures_say_so() -> None:
    problems = [{"code": "exceeds_reported", "message": "…"}]
    assert wording.is_exceeded({"problems": problems})
    assert not wording.is_exceeded({"problems": []})


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("more_than", "exact", "hơn"),
        ("more_than", "nearly", "khoảng"),
        ("nearly", "nearly", "gần"),
        ("exact", "exact", ""),
    ],
)
def test_a_sum_of_totals_is_as_rough_as_they_are(one: str, other: str, said: str) -> None:
    rows = [total("Mô hình đăng ký", 300, *YEAR, qualifier=each) for each in (one, other)]
    assert _qualifier(600, *rows) == said


def test_totals_that_do_not_count_lend_no_word() -> None:
    assert _qualifier(600, total("Mô hình đăng ký", 600, *YEAR, qualifier="about", counted=False)) == ""


def test_a_total_of_another_part_lends_no_word() -> None:
    row = total("Mô hình đăng ký", 600, *YEAR, qualifier="about", subject="collective")
    assert (_qualifier(600, row, subject="individual"), _qualifier(600, row, subject="collective")) == (
        "",
        "khoảng",
    )


def test_nothing_known_has_no_word() -> None:
    assert _qualifier(None, total("Mô hình đăng ký", None, *YEAR, qualifier="about")) == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"qualifier": "more_than", "measure": "đồng"}, "hơn 7 tỷ đồng"),
        ({"measure": "ngày công"}, "7.000.000.000 ngày công"),
        ({"words": "hơn 7 tỷ đồng", "qualifier": "more_than"}, "hơn 7 tỷ đồng"),
        ({"words": "7 tỷ", "qualifier": "about"}, "khoảng 7 tỷ"),
    ],
)
def test_a_stated_total_is_repeated_as_it_was_stated(more: dict[str, str], said: str) -> None:
    assert wording.stated(total("Kinh phí xã hội hóa", 7_000_000_000, *YEAR, **more)) == said


def test_codes_are_said_in_vietnamese_whatever_the_window_speaks() -> None:
    assert (wording.name("field", "economy"), wording.name("level", None, "chưa nêu")) == (
        "Kinh tế",
        "chưa nêu",
    )


def test_an_office_s_own_indicator_keeps_its_name() -> None:
    assert wording.indicator("Thu ngân sách") == "Thu ngân sách"
