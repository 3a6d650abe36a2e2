"""Vietnamese text: the stored form, the two search forms, sort keys, initials and file-name parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final
from unicodedata import category, combining, is_normalized, normalize

__all__ = [
    "bare_name",
    "exact",
    "fold",
    "initials",
    "mask_name",
    "name_initials",
    "name_sort_key",
    "nfc",
    "slug",
    "sort_key",
    "without_marks",
]

# --- the stored form -------------------------------------------------------------------------------------

_LINE_END: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# NBSP and its relatives; U+3000 is the full-width blank
_BLANK: Final = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, zero-width and direction marks, soft hyphen, lone surrogates: never seen, always in the way
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)
_JOINER: Final = "\u034f"  # the only one of them all that passes for printable


def nfc(text: str) -> str:
    """The stored form: NFC, no blanks at the ends, NBSP as a blank, nothing invisible. Spelling is kept."""
    if not text.isprintable() or _JOINER in text:
        text = _INVISIBLE.sub("", _BLANK.sub(" ", _LINE_END.sub("\n", text)))
    if not text.isascii() and not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return text.strip()


# --- tables that fill themselves: what a character becomes is worked out once ----------------------------


class _Table(dict[int, str]):
    """A table for ``str.translate``; a missing character is asked of ``rule`` and remembered."""

    __slots__ = ("_rule",)

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = made = self._rule(chr(code))
        return made


_D: Final = str.maketrans("đĐðÐ", "dDdD")  # eth stands for đ in texts from old converters
_DASHES: Final = frozenset("‐‑‒–—―−⁃﹘﹣")
_SINGLE_QUOTES: Final = frozenset("‘’‚‛′ʹʻʼʽˈ`´‹›")
_DOUBLE_QUOTES: Final = frozenset("“”„‟″«»〝〞〟")


def _plain_sign(char: str) -> str:
    """Dashes, quotes and blanks of every make as the one on the keyboard; invisible characters as nothing."""
    if char.isspace():
        return " "
    if char in _DASHES:
        return "-"
    if char in _SINGLE_QUOTES:
        return "'"
    if char in _DOUBLE_QUOTES:
        return '"'
    return "" if category(char) in {"Cc", "Cf", "Cs"} else char


def _is_mark(char: str) -> bool:
    return combining(char) != 0 or category(char) == "Mn"


def _letters_only(text: str) -> str:
    return "".join(c for c in normalize("NFKD", text) if not _is_mark(c))


def _folded(char: str) -> str:
    letters = _letters_only(_plain_sign(char)).translate(_D).casefold()
    return "".join(_plain_sign(c) for c in _letters_only(letters))


def _bare(char: str) -> str:
    return _letters_only(_plain_sign(char)).translate(_D)


def _lowered(char: str) -> str:
    char = _plain_sign(char)
    if not char or _is_mark(char):
        return char
    lower = normalize("NFKC", normalize("NFKC", char).casefold()).replace("ð", "đ")
    return "".join(_plain_sign(c) for c in lower)


_FOLDED: Final = _Table(_folded)
_BARE: Final = _Table(_bare)
_LOWERED: Final = _Table(_lowered)


def _one_blank(text: str) -> str:
    return " ".join(text.split())


# --- the two search forms --------------------------------------------------------------------------------

# Only where both spellings are one word: mỹ/mĩ, lý/lí, quý/quí. Not thy/thi, tay/tai, thuy/thui. The start
# of a longer word follows the same rule, so that a word half typed still begins like the whole one.
_I_AS_Y: Final = re.compile(r"(?<![^\W\d_])([hklmstv]|qu)y")


def fold(text: str) -> str:
    """The search form: no marks, đ as d, lower case, i for y where both are written, plain signs."""
    folded = text.translate(_FOLDED)
    if "y" in folded:
        folded = _I_AS_Y.sub(r"\1i", folded)
    return _one_blank(folded)


_TONE_LATER: Final = {
    early + second: first + late
    for early, first in zip("òóỏõọ", "ooooo", strict=True)
    for second, tones in (("a", "àáảãạ"), ("e", "èéẻẽẹ"))
    for late in tones["òóỏõọ".index(early)]
} | {early + "y": "u" + late for early, late in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)}
_TONE_EARLY: Final = re.compile("|".join(_TONE_LATER))


def _one_tone_place(lower: str) -> str:
    """``hòa`` as ``hoà``, ``thủy`` as ``thuỷ``: where the tone stands in oa, oe, uy is a matter of school."""
    return _TONE_EARLY.sub(lambda found: _TONE_LATER[found[0]], lower)


def exact(text: str) -> str:
    """The form for hits with these very marks: lower case, one place for the tone (``hòa`` = ``hoà``)."""
    lower = normalize("NFC", text).translate(_LOWERED)
    return _one_tone_place(normalize("NFC", _one_blank(lower)))


# --- sort keys -------------------------------------------------------------------------------------------

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_WEIGHT: Final = {letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)}
# CLDR order of the signs of a keyboard; all stand before the digits, digits before the letters
_SIGNS: Final = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_SIGN_WEIGHT: Final = {sign: chr(0x02 + place) for place, sign in enumerate(_SIGNS)}
_OTHER_SIGN: Final = "\x2f"
_SHAPES: Final = "\u0302\u0306\u031b"  # circumflex, breve, horn: parts of â ă ơ, not tones
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NO_TONE: Final = "0"
_STEP: Final = "\x01"  # between the parts of a key; below every weight


def _letter_and_marks(char: str) -> tuple[str, str]:
    """A small letter as its Vietnamese letter (``""`` for a lone mark) and its tones and other marks."""
    base, marks = "", ""
    for part in normalize("NFKD", char):
        shaped = normalize("NFC", base[-1:] + part) if part in _SHAPES else ""
        if shaped in _LETTER_WEIGHT:
            base = base[:-1] + shaped
        elif _is_mark(part):
            marks += part
        else:
            base += part
    return base, marks


def _weight(char: str) -> str:
    """Where a character stands in a key's first part; digits stay, they are weighed as numbers later."""
    if char in _LETTER_WEIGHT:
        return _LETTER_WEIGHT[char]
    if char in _SIGN_WEIGHT or char.isspace():
        return _SIGN_WEIGHT.get(char, _SIGN_WEIGHT[" "])
    if char.isascii():
        return char if char.isdigit() else ""
    return _OTHER_SIGN + char if category(char)[0] in "PSC" else char


def _primary(char: str) -> str:
    base = "".join(_plain_sign(c) for c in _letter_and_marks(_plain_sign(char))[0].casefold())
    return "".join(_weight(c) for c in base.replace("ð", "đ"))


def _tone(char: str) -> str:
    base, marks = _letter_and_marks(char)
    if marks:
        return "".join(_TONES.get(mark, mark) for mark in marks)
    return _NO_TONE if base[-1:].isalpha() else ""


def _other_case(char: str) -> str:
    # Small letters sort before capitals, but code points are the other way round. The letters before which
    # capitals stand one code point apart are Vietnamese ones; all others only have to stay different.
    small, large = char.lower(), char.upper()
    paired = len(small) == len(large) == 1 and small.upper() == large and large.lower() == small
    return {small: large, large: small}.get(char, char) if paired else char


_PRIMARY: Final = _Table(_primary)
_TONE: Final = _Table(_tone)
_OTHER_CASE: Final = _Table(_other_case)
_NUMBER: Final = re.compile("[0-9]+")
_LONG: Final = 15


def _number_weight(found: re.Match[str]) -> str:
    """A run of digits so that longer numbers come later: length, then digits; ``007`` stands with ``7``."""
    digits = found[0].lstrip("0")
    size = len(digits)
    return chr(0x30 + size) + digits if size < _LONG else f"{chr(0x30 + _LONG)}{size:08d}{digits}"


def _letters_then_tones(stored: str) -> str:
    """The part of a key that ignores case; ``stored`` is in NFC."""
    lower = _one_tone_place(stored.lower())
    letters = _NUMBER.sub(_number_weight, _one_space(lower).translate(_PRIMARY))
    return f"{letters}{_STEP}{lower.translate(_TONE).rstrip(_NO_TONE)}"


def _one_space(text: str) -> str:
    return _one_blank(text) if "  " in text else text


def sort_key(text: str) -> str:
    """A key whose plain (code point, SQLite BINARY) order is Vietnamese dictionary order.

    Letters a ă â b ... first, numbers by value (``Tổ 2`` before ``Tổ 10``), then tones không-huyền-hỏi-ngã-
    sắc-nặng, then small before capital letters. Where a tone stands (``hòa``, ``hoà``) and which dash is used
    only matter last. Two texts have one key only if they are one in the stored form. Source: CLDR vi.
    """
    stored = nfc(text)
    return f"{_letters_then_tones(stored)}{_STEP}{stored.translate(_OTHER_CASE)}"


_ADDED: Final = re.compile(r"[(\[,]|\s[–-]\s")


def _name_words(full_name: str) -> list[str]:
    """The words of a name without what is added after it: ``(tổ trưởng)``, ``, Tổ 12``, `` - Tổ 12``."""
    added = _ADDED.search(full_name)
    return (full_name[: added.start()].split() if added else []) or full_name.split()


def _family_last(words: list[str]) -> Iterable[str]:
    return (words[-1], " ".join(words[1:-1]), words[0]) if len(words) > 1 else (*words, "", "")


def name_sort_key(full_name: str, sort_name: str | None = None) -> str:
    """A key that orders people by given name (the last word), then middle names, then family name.

    ``sort_name`` replaces that order where the rule is wrong (``H'Hen Niê``): it is taken as written. Equal
    names keep the order of :func:`sort_key`.
    """
    stored = nfc(full_name)
    parts = [nfc(sort_name)] if sort_name else _family_last(_name_words(stored))
    keys = _STEP.join(_letters_then_tones(part) for part in parts)
    return f"{keys}{_STEP}{stored.translate(_OTHER_CASE)}"


# --- short forms -----------------------------------------------------------------------------------------

_BEGINNING: Final = re.compile(r"[0-9]+|[^\W_]")


def initials(name: str) -> str:
    """What a clerk types to find a name: ``nva`` for Nguyễn Văn An; numbers whole, ``tdp12``."""
    found = (_BEGINNING.search(word) for word in fold(name).split())
    return "".join(beginning[0] for beginning in found if beginning)


# Said before a name and no part of it. With their marks: "hộ" is a household, "Hồ" a family.
_BEFORE_NAMES: Final = frozenset(
    ("hộ", "ông", "bà", "anh", "chị", "cô", "chú", "bác", "cụ", "em", "cháu", "gia", "đình", "gđ", "đồng",
     "chí", "đ/c", "thầy", "bs", "ts", "ths")
)  # fmt: skip


def bare_name(full_name: str) -> list[str]:
    """The words of a name alone: Trần, Văn, Bình for "Hộ ông Trần Văn Bình (tổ 7)"."""
    found = _name_words(full_name)
    while len(found) > 2 and found[0].lower() in _BEFORE_NAMES:
        del found[0]
    return found


def name_initials(bare: Sequence[str]) -> str:
    """The initials by which a person is found, folded: ``tvb`` for the words Trần, Văn, Bình.

    What begins with a number is left out; ``""`` below two letters.
    """
    letters = "".join([_letter_of(word[0]) for word in bare])
    if len(letters) < 2:
        return ""
    return fold(letters) if "y" in letters else letters


@lru_cache(maxsize=1 << 12)
def _letter_of(first: str) -> str:
    """What the first letter of a word adds to initials: itself, folded; ``""`` for a number or a sign."""
    return fold(first) if first.isalpha() else ""


def without_marks(text: str) -> str:
    """The text with its case and signs but no marks: ``Đóng góp`` as ``Dong gop``."""
    return text.translate(_BARE)


_NOT_IN_FILE_NAMES: Final = re.compile("[^A-Za-z0-9]+")
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")  # no file may be called so on Windows
_NAMELESS: Final = "khong-ten"


def slug(text: str, longest: int = 60) -> str:
    """A part of a file name: ASCII letters, digits and hyphens; ``To-12-Hoa-Binh``. Never empty."""
    words = _NOT_IN_FILE_NAMES.sub("-", without_marks(text)).strip("-")[:longest].rstrip("-")
    return f"{words}-x" if _DEVICES.fullmatch(words) else words or _NAMELESS


def mask_name(name: str) -> str:
    """A name for public papers: the first letter of each word, without its tone; ``N.V.A``, ``Đ.T.Â``."""
    beginnings = (_BEGINNING.search(word) for word in nfc(name).split())
    letters = (_letter_and_marks(found[0].lower())[0][:1] for found in beginnings if found)
    return ".".join(letter.upper() for letter in letters)
