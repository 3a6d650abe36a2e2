"""Text on its way into a page: NFC, whole words, and no character without a picture."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.layout.errors import GlyphMissingError
from forms.layout.pdf import lay_out
from forms.layout.pdf_fonts import FAMILY, register, require_glyphs, text_width
from forms.layout.pdf_text import clean, clean_lines, wrap, wrap_balanced
from forms.profile import load
from forms.tree import Paragraph, Run, Tree

WORDS = "Phong trào thi đua “Dân vận khéo” của phường Ngọc Hà năm 2024"
_VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặ ỳỷỹýỵ\n", min_size=1)


@pytest.fixture(autouse=True)
def _fonts() -> None:
    register()


@given(st.text())
def test_cleaned_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert (once, unicodedata.is_normalized("NFC", once)) == (clean(once), True)


def test_blanks_of_all_kinds_become_one_and_invisible_signs_go() -> None:
    assert clean(" a\u00a0\u200b\tb\x0b\ufeff ") == "a b"


def test_lines_of_a_text_are_kept() -> None:
    assert clean_lines("một  hai\nba") == ["một hai", "ba"]


@given(_VIETNAMESE, st.floats(30, 300))
def test_no_line_is_wider_than_its_room(text: str, room: float) -> None:
    lines = [line for part in clean_lines(text) for line in wrap(part, room, FAMILY, 12)]
    assert all(text_width(line, FAMILY, 12) <= room for line in lines)


@given(_VIETNAMESE, st.floats(30, 300))
def test_wrapping_loses_nothing(text: str, room: float) -> None:
    assert "".join(wrap(clean(text), room, FAMILY, 12)).replace(" ", "") == clean(text).replace(" ", "")


def test_a_word_too_long_for_its_room_is_cut_and_not_overprinted() -> None:
    lines = wrap("ngắn " + "x" * 100, 60, FAMILY, 12)
    assert max(text_width(line, FAMILY, 12) for line in lines) <= 60


def test_balanced_lines_are_as_few_and_about_as_long() -> None:
    greedy, balanced = wrap(WORDS, 250, FAMILY, 12), wrap_balanced(WORDS, 250, FAMILY, 12)
    spread = [
        max(widths) - min(widths)
        for widths in ([text_width(x, FAMILY, 12) for x in y] for y in (greedy, balanced))
    ]
    assert (len(balanced), spread[1] <= spread[0]) == (len(greedy), True)


def test_every_vietnamese_letter_has_a_picture_in_all_faces() -> None:
    letters = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    text = unicodedata.normalize("NFC", "".join(letter + tone for letter in letters for tone in tones))
    require_glyphs(text + "đĐ₫№‰²°–—…“”‘’≤≥×")


@pytest.mark.parametrize(("character", "code"), [("☐", "U+2610"), ("漢", "U+6F22"), ("🎉", "U+1F389")])
def test_a_character_without_a_picture_is_named_before_anything_is_written(character: str, code: str) -> None:
    tree = Tree("t", (Paragraph((Run("Đã làm: "), Run(f"xong {character}", bold=True))),))
    with pytest.raises(GlyphMissingError) as refused:
        lay_out(tree, load("nd30_2020"))
    assert (character in refused.value.sentence(), code in refused.value.sentence()) == (True, True)
