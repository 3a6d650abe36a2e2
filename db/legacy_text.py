"""Text in the encodings before Unicode: TCVN3 (ABC) and VNI for Windows, read and written.

The characters are those that a program for Windows-1252 sees: a file of that time is bytes, and these are the
signs of the same number. TCVN3 after TCVN 5712:1993 (table 3), VNI after the layout of its fonts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, unique
from typing import Final
from unicodedata import normalize

from db.syllables import is_syllable

__all__ = ["Encoding", "decode", "encode", "from_windows", "is_mapped"]


@unique
class Encoding(Enum):
    """How the letters of a text are written."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


# --- TCVN3: one sign a letter; capitals with a tone have no sign of their own ----------------------------

_TCVN3_LETTERS: Final = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"), (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"), (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)  # fmt: skip
_TCVN3: Final[Mapping[str, str]] = {
    chr(first + place): letter for first, letters in _TCVN3_LETTERS for place, letter in enumerate(letters)
}
_TO_TCVN3: Final = {letter: sign for sign, letter in _TCVN3.items()}
# Some converters wrote a capital and the small a with the tone after it: "A¸" is Á
_TONE_AFTER: Final = dict(zip("µ¶·¸¹", "\u0300\u0309\u0303\u0301\u0323", strict=True))
_CAPITAL_PAIR: Final = re.compile(f"([AEIOUY¡¢£¤¥¦])([{''.join(_TONE_AFTER)}])")

# --- VNI: the letter, then a sign for its mark ----------------------------------------------------------

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_TONES: Final = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_HATS: Final = {
    "â": _HAT, "á": _HAT + _ACUTE, "à": _HAT + _GRAVE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE,
    "ä": _HAT + _DOT,
}  # fmt: skip
_VNI_BREVES: Final = {
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_ALONE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_small() -> dict[str, str]:
    made = dict(_VNI_ALONE)
    for letter, marks in (
        ("a", {**_VNI_TONES, **_VNI_HATS, **_VNI_BREVES}),
        ("e", {**_VNI_TONES, **_VNI_HATS}),
        ("o", {**_VNI_TONES, **_VNI_HATS}),
        ("u", _VNI_TONES),
        ("y", _VNI_TONES),
        ("ô", _VNI_TONES),
        ("ö", _VNI_TONES),
    ):
        for sign, mark in marks.items():
            if letter + sign != "yï":  # ỵ has a sign of its own
                made[letter + sign] = normalize("NFC", _VNI_ALONE.get(letter, letter) + mark)
    return made


_VNI_SMALL: Final = _vni_small()
_VNI: Final[Mapping[str, str]] = {
    **{pair[0].upper() + pair[1:]: letter.upper() for pair, letter in _VNI_SMALL.items()},
    **{pair.upper(): letter.upper() for pair, letter in _VNI_SMALL.items()},
    **_VNI_SMALL,
}
_VNI_SIGNS: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TO_VNI: Final = {
    **{letter.upper(): pair.upper() for pair, letter in _VNI_SMALL.items()},
    **{letter: pair for pair, letter in _VNI_SMALL.items()},
}

_WORD: Final = re.compile(r"[^\s!-@\[-`{-~\u2010-\u2026]+")
_HIGH: Final = re.compile("[\u00a1-\u00ff]")


# --- both ways ------------------------------------------------------------------------------------------


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """The text in Unicode (NFC). ``capitals``: its font has no small letters (``.VnTimeH``)."""
    if encoding is Encoding.TCVN3:
        text = _all_capitals(_WORD.sub(lambda found: _tcvn3_word(found[0]), text))
    elif encoding is Encoding.VNI:
        text = _VNI_SIGNS.sub(lambda found: _VNI[found[0]], text)
    text = normalize("NFC", text)
    return text.upper() if capitals else text


def _tcvn3_word(word: str) -> str:
    plain = "".join(_TCVN3.get(sign, sign) for sign in word)
    if is_syllable(plain) or not _CAPITAL_PAIR.search(word):
        return plain
    paired = "".join(_TONE_AFTER.get(sign) or _TCVN3.get(sign, sign) for sign in word)
    return normalize("NFC", paired) if is_syllable(paired) else plain


def _untoned(word: str) -> list[str]:
    """The letters of a word that TCVN3 has as capitals too."""
    return [c for c in word if c.isalpha() and (c.isascii() or c.lower() in "ăâêôơưđ")]


def _all_capitals(text: str) -> str:
    """``TRƯờNG`` as ``TRƯỜNG``: the small letter is only there because there is no sign for the capital."""

    def fits(word: str) -> bool:
        return all(map(str.isupper, _untoned(word)))

    def shouted(word: str) -> bool:
        return len(_untoned(word)) > 1 and fits(word) and not word.isupper()

    words = _WORD.findall(text)
    if all(map(fits, words)) and any(map(shouted, words)):
        return text.upper()
    return _WORD.sub(lambda found: found[0].upper() if shouted(found[0]) else found[0], text)


def with_lost_capitals(name: str) -> str:
    """``Nguyễn Văn ánh`` as ``Nguyễn Văn Ánh``: TCVN3 has no sign for it, and all other words have a capital.

    For names of people only: ``Ngõ ấm`` is right as it stands.
    """
    words = _WORD.findall(name)
    lost = [word for word in words if word[0].islower() and not _untoned(word[0])]
    others = [word for word in words if word not in lost and word[0].isalpha()]
    if not lost or not others or not all(word[0].isupper() for word in others):
        return name
    return _WORD.sub(lambda found: found[0][0].upper() + found[0][1:] if found[0] in lost else found[0], name)


def encode(text: str, encoding: Encoding) -> str:
    """The text as an old program wrote it. TCVN3 has no capitals with tones: small letters stand for them."""
    composed = normalize("NFC", text)
    if encoding is Encoding.TCVN3:
        return "".join(_TO_TCVN3.get(c) or _TO_TCVN3.get(c.lower(), c) for c in composed)
    if encoding is Encoding.VNI:
        return "".join(_TO_VNI.get(c, c) for c in composed)
    return composed


def is_mapped(text: str, encoding: Encoding) -> bool:
    """Whether every sign of ``text`` beyond ASCII has a meaning in this encoding."""
    if encoding is Encoding.TCVN3:
        return all(sign in _TCVN3 for sign in text if sign > "\x7f")
    if encoding is Encoding.VNI:
        return not any(sign > "\x7f" for sign in _VNI_SIGNS.sub("", text))
    return not _HIGH.search(text)


# Where Windows-1252 has no sign, the number itself: nothing is lost on the way back
_WINDOWS: Final = {
    number: bytes([number]).decode("cp1252", "ignore") or chr(number) for number in range(0x80, 0xA0)
}


def from_windows(data: bytes) -> str:
    """Bytes as a program for Windows-1252 saw them; never refused."""
    return data.decode("latin-1").translate(_WINDOWS)
