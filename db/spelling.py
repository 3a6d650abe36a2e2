"""Numbers and sums spelt out in Vietnamese words, for totals "bằng chữ"."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS: Final = {1: "mốt", 5: "lăm"}
_BILLION: Final = 10**9
_GROUPS: Final = ((10**6, "triệu"), (10**3, "nghìn"), (1, ""))


def _tens_and_ones(number: int, zero_tens: str) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return [zero_tens, _DIGITS[ones]] if ones else []
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 0:
        return words
    # mười một, but hai mươi mốt; lăm after both
    return [*words, _DIGITS[ones] if tens == 1 and ones == 1 else _AFTER_TENS.get(ones, _DIGITS[ones])]


def _below_thousand(number: int, leads: bool, zero_tens: str) -> list[str]:
    """A group of three digits; one that does not lead says its zeros: ``không trăm linh năm``."""
    if leads and number < 10:
        return [_DIGITS[number]]
    hundreds, rest = divmod(number, 100)
    said = [] if leads and not hundreds else [_DIGITS[hundreds], "trăm"]
    return said + _tens_and_ones(rest, zero_tens)


def _below_billion(number: int, leads: bool, zero_tens: str) -> list[str]:
    words: list[str] = []
    for size, name in _GROUPS:
        group, number = divmod(number, size)
        if group:
            words += _below_thousand(group, leads and not words, zero_tens)
            words += [name] if name else []
    return words


def _whole(number: int, zero_tens: str) -> list[str]:
    billions, rest = divmod(number, _BILLION)
    if not billions:
        return _below_billion(rest, True, zero_tens) or [_DIGITS[0]]
    return [*_whole(billions, zero_tens), "tỷ", *_below_billion(rest, False, zero_tens)]


def number_in_words(number: int | Decimal, zero_tens: str = "linh") -> str:
    """``hai trăm mười lăm``; decimals digit by digit, ``hai phẩy năm``; ``zero_tens`` is linh (North) or lẻ.

    Zero groups are skipped, an inner group says its zeros (1005: ``một nghìn không trăm linh năm``), 10^15 is
    ``một triệu tỷ``. Source: domain dossier 8.5.
    """
    whole, _point, decimals = f"{abs(number):f}".partition(".")
    words = ["âm"] if number < 0 else []
    words += _whole(int(whole), zero_tens)
    if kept := decimals.rstrip("0"):
        words += ["phẩy", *(_DIGITS[int(digit)] for digit in kept)]
    return " ".join(words)


def in_words(vnd: int, zero_tens: str = "linh", even: bool = False) -> str:
    """``Hai trăm mười lăm triệu ba trăm bốn mươi hai nghìn đồng``; with ``even`` "chẵn" stands at the end."""
    words = f"{number_in_words(vnd, zero_tens)} đồng"
    return words[0].upper() + words[1:] + (" chẵn" if even else "")
