"""Rows of a sheet that are no records: column numbers, totals, and what is signed below a table."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from db.vietnamese import fold
from forms.spreadsheets.cells import is_empty, shown
from forms.spreadsheets.read import Cell

_FEWEST_LABELS: Final = 3
_LABEL: Final = re.compile(r"[(\[]?\s*(?P<label>\d{1,3}|[a-z])\s*[)\]]?\s*(?:=.*)?")
# "(1)" typed into a cell without text format becomes the number -1
_IN_BRACKETS: Final = re.compile(r"[(\[]\s*\d{1,3}\s*[)\]]|-\d{1,3}")

# On folded text. After "Tổng cộng" nothing but a number and its measure: "Tổng vệ sinh" is a model
_TOTAL: Final = re.compile(
    r"(?:tong cong|tong so|tong|cong)\W*(?:\(.*\)?|[\d.,]+(?:\s[^\W\d]+){0,3}\W*)?", re.DOTALL
)
_SERIAL_NUMBER: Final = re.compile(r"(?:[ivxlc]+|[a-z]|\W+)\W*")
_FIGURE: Final = re.compile(r"[-+]?\s*[\d.,\s]*(?:%|(?:[^\W\d]+[²³]?\s*){0,3})")

# On folded text. What opens the block below a table, and the titles of those who sign in it
_OPENING: Final = re.compile(
    r"nguoi (?:lap|tong hop|thong ke|bao cao|kiem tra|ghi so)(?: (?:bieu|bang|danh sach|so))?"
    r"|(?:[^\d,]{1,40}, )?ngay [\d.…\s]*thang [\d.…\s]*nam [\d.…\s]*|(?:tm\.|kt\.|tl\.|tuq\.|t/m) ?\D+"
    r"|\(?ki,? (?:ghi|ten|va) .*|\(ki\)|noi nhan:?|thu truong (?:don vi|co quan)|xac nhan cua \D+"
)
_TITLE: Final = re.compile(r"(?:pho )?(?:chu tich|bi thu|truong ban|truong khoi)|ke toan(?: truong)?")


def numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether a row under the headings only numbers them: (1) (2) (3); 1 2 3; A B 1 2; A B C; 1 2 3=1+2."""
    filled = [(place, fold(shown(cell))) for place, cell in enumerate(row, start=1) if not is_empty(cell)]
    texts = [text for _place, text in filled]
    if len(texts) < _FEWEST_LABELS:
        return False
    if all(map(_IN_BRACKETS.fullmatch, texts)) or all(text == str(place) for place, text in filled):
        return True
    found = [match["label"] for match in map(_LABEL.fullmatch, texts) if match]
    letters = [label for label in found if label.isalpha()]
    numbers = [str(place) for place in range(1, len(texts) - len(letters) + 1)]
    return found == [*ascii_lowercase[: len(letters)], *numbers]


def is_total(row: Sequence[Cell], known: Set[int], required: Set[int]) -> bool:
    """Whether a row that cannot be a record says "Tổng cộng" in its first words and adds others up.

    ``known``, ``required``: places of the columns that the sheet knows, and of those a record must fill.
    Words in another required column make it a record with a fault, whatever its first words are.
    """
    first = next(
        (place for place, cell in enumerate(row) if not _is_before_words(cell, known=place in known)), None
    )
    return (
        first is not None
        and _says_total(row[first])
        and all(_adds_up(row[place]) for place in required if place < len(row))
    )


def holds_no_code(row: Sequence[Cell], codes: Set[int]) -> bool:
    """Whether what stands in one of the columns ``codes`` is the words of a total or a title: no code."""
    for place in codes:
        if place < len(row) and _says_total(row[place]):
            return True
    return is_all_titles(row)


def _is_before_words(cell: Cell, *, known: bool) -> bool:
    """Whether a cell may stand before the words of a total: empty, a number, "II" in an unknown column."""
    if not isinstance(cell, str) or is_empty(cell):
        return True
    text = fold(cell)
    return text.replace(".", "").isdecimal() or (not known and bool(_SERIAL_NUMBER.fullmatch(text)))


def _says_total(cell: Cell) -> bool:
    return isinstance(cell, str) and _is_total_text(cell)


@lru_cache(maxsize=4096)
def _is_total_text(cell: str) -> bool:
    return bool(_TOTAL.fullmatch(fold(cell)))


def _adds_up(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, int | float)
    text = fold(cell)
    is_figure = text[:1].isdecimal() and bool(_FIGURE.fullmatch(text))
    return is_empty(cell) or _says_total(cell) or is_figure


def opens_signatures(row: Sequence[Cell]) -> bool:
    """Whether a row is of the kind that follows a table: "NGƯỜI LẬP BIỂU", "Ngày … tháng … năm …"."""
    texts = _texts(row)
    return bool(texts) and any(map(_OPENING.fullmatch, texts)) and _holds_words_only(row)


def may_be_signed(row: Sequence[Cell]) -> bool:
    """Whether a row may stand among signatures: names, titles and the place and day, but no numbers."""
    return _holds_words_only(row)


def is_all_titles(row: Sequence[Cell]) -> bool:
    """Whether every filled cell is a title of a signature or the day, so that no record can be meant."""
    is_filled = False
    for cell in row:  # every row is asked, and nearly all answer with their first text
        if isinstance(cell, str) and not is_empty(cell):
            if not _is_title(cell):
                return False
            is_filled = True
    return is_filled


@lru_cache(maxsize=4096)
def _is_title(cell: str) -> bool:
    text = fold(cell)
    return bool(_OPENING.fullmatch(text) or _TITLE.fullmatch(text))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [fold(cell) for cell in row if isinstance(cell, str) and not is_empty(cell)]


def _holds_words_only(row: Sequence[Cell]) -> bool:
    return all(isinstance(cell, str) for cell in row) and not any(
        any(sign.isdecimal() for sign in text) and not _OPENING.fullmatch(text) for text in _texts(row)
    )
