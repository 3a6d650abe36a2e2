"""Numbers in Vietnamese words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.spelling import in_words, number_in_words

SUMS = st.integers(0, 10**15)


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
