"""TCVN3 and VNI there and back, capitals without signs of their own, and what a syllable is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.legacy_text import Encoding, decode, encode, from_windows, is_mapped
from db.syllables import is_syllable

_SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
_TEXTS = st.text(st.sampled_from(_SMALL + " 0123456789.,-/()"), max_size=60)
_SENTENCE = (
    "Sổ dân vận khéo mô hình tổ dân phố số mười hai phường Hoàng Văn Thụ quận Bắc Từ Liêm thành phố Hà Nội "
    "đã vận động nhân dân hiến đất mở rộng ngõ nghiêng quyết tâm gìn giữ giếng nước quý quyển khuyến khuỷu "
    "ngoằn ngoèo Oánh Uỷ Uyên Yến Ỷ Nguyễn Huỳnh Thuỳ Khuê Quách Giang Gia Giêng"
)


@given(_TEXTS)
def test_small_letters_come_back_from_tcvn3(text: str) -> None:
    assert decode(encode(text, Encoding.TCVN3), Encoding.TCVN3) == text


@given(_TEXTS)
def test_capitals_come_back_from_a_tcvn3_font_of_capitals(text: str) -> None:
    assert decode(encode(text.upper(), Encoding.TCVN3), Encoding.TCVN3, capitals=True) == text.upper()


_WORDS = _SENTENCE.split()


@given(st.lists(st.sampled_from([*_WORDS, *map(str.upper, _WORDS), *map(str.lower, _WORDS)]), max_size=8))
def test_any_words_come_back_from_vni(words: list[str]) -> None:
    text = " ".join(words)
    assert decode(encode(text, Encoding.VNI), Encoding.VNI) == text


def test_every_letter_has_one_sign_in_tcvn3() -> None:
    marked = [letter for letter in _SMALL if not letter.isascii()]
    assert len({encode(letter, Encoding.TCVN3) for letter in marked}) == len(marked) == 67


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("Tæ d©n phè sè 12", "Tổ dân phố số 12"),
        ("§¶ng ñy ph­êng Hoµng V¨n Thô", "Đảng ủy phường Hoàng Văn Thụ"),
        ("TR¦êNG TIÓU HäC", "TRƯỜNG TIỂU HỌC"),
        ("Hµ NéI", "HÀ NỘI"),
        ("Vò Hµ Mü", "Vũ Hà Mỹ"),
        ("NguyÔn V¨n O¸nh", "Nguyễn Văn Oánh"),
        ("A¸nh", "Ánh"),
        ("Marketing online 2024", "Marketing online 2024"),
    ],
)
def test_tcvn3_is_read(old: str, text: str) -> None:
    assert decode(old, Encoding.TCVN3) == text


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("PHÖÔØNG ÑOÁNG ÑA", "PHƯỜNG ĐỐNG ĐA"),
        ("Nguyeãn Thò Myõ, aáp Thôùi Hoøa", "Nguyễn Thị Mỹ, ấp Thới Hòa"),
        ("Marketing online 2024", "Marketing online 2024"),
    ],
)
def test_vni_is_read(old: str, text: str) -> None:
    assert decode(old, Encoding.VNI) == text


def test_bytes_of_windows_are_never_refused_and_all_different() -> None:
    assert len(set(from_windows(bytes(range(256))))) == 256


@pytest.mark.parametrize("word", ["đ", "hôtel", "naïve", "René", "Müller", "càc", "gha", "cê", "tểnn"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_the_words_of_a_sentence_are_syllables() -> None:
    assert [word for word in _SENTENCE.split() if not is_syllable(word)] == []


def test_a_sign_without_meaning_is_told() -> None:
    assert not is_mapped("5m²", Encoding.TCVN3)
