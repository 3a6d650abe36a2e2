"""What the text of a column says of its encoding: its words are tried as syllables in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, unique
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from db.legacy_text import Encoding, decode, from_windows, is_mapped
from db.syllables import is_syllable

# A letter of Vietnamese that only Unicode has, or a mark of decomposed Unicode
_BEYOND: Final = re.compile("[\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]")
_HIGH: Final = re.compile("[\u00a1-\u00ff]")
_WORDS: Final = re.compile(r"[^\s\u00a0!-@\[-`{-~\u2010-\u2026]+")
# HĐND in TCVN3: an abbreviation is no syllable and proves nothing
_SHORTENED: Final = re.compile("[A-Z¡-§]*§[A-Z¡-§]*")
# Only in old text does a sign or a capital stand behind a small letter, or these signs behind a vowel
_STRONG: Final = {
    Encoding.TCVN3: re.compile("[a-z][\u00a1-\u00de]|[\u00a1-\u00bf][a-z]"),
    Encoding.VNI: re.compile("[aeouy][åäøõãáàâêúü]|u[ùûï]|y[ùû]|[öô][ùøûõï]|ñ", re.IGNORECASE),
}
_MOST_WORDS: Final = 0.8
OLD: Final = (Encoding.TCVN3, Encoding.VNI)


@unique
class Says(Enum):
    """What a cell says."""

    NOTHING = "nothing"
    SURELY_UNICODE = "surely_unicode"
    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"
    EITHER = "either"
    FOREIGN = "foreign"


_OF: Final = {Encoding.TCVN3: Says.TCVN3, Encoding.VNI: Says.VNI}


def is_surely_unicode(text: str) -> bool:
    """Whether the text has letters that no old encoding has: it must never be decoded."""
    return _BEYOND.search(text) is not None


def is_rather_unicode(text: str, old: Encoding) -> bool:
    """Whether more words are right as they stand than in ``old``."""
    words = _telling(text)
    as_it_is = sum(_word_is(word, Encoding.UNICODE) for word in words)
    return as_it_is > sum(_word_is(word, old) for word in words)


def may_be_old(text: str) -> bool:
    """Whether there is anything in the text that an old encoding writes in another way."""
    return _HIGH.search(text) is not None and not is_surely_unicode(text)


@lru_cache(maxsize=65_536)
def _word_is(word: str, encoding: Encoding) -> bool:
    if encoding is Encoding.UNICODE:
        return is_syllable(word)
    return is_mapped(word, encoding) and is_syllable(decode(word, encoding))


def _telling(text: str) -> list[str]:
    return [word for word in _WORDS.findall(text) if _HIGH.search(word) and not _SHORTENED.fullmatch(word)]


@dataclass(slots=True)
class Votes:
    """What the different texts of a column say together."""

    cells: dict[Says, int] = field(default_factory=dict)
    words: dict[Encoding, set[str]] = field(default_factory=lambda: {old: set() for old in OLD})
    shortened: int = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> Votes:
        """Count ``texts``, each different one once."""
        votes = cls()
        for text in texts:
            said = votes.said_by(text)
            votes.cells[said] = votes.cells.get(said, 0) + 1
        return votes

    def said_by(self, text: str) -> Says:
        """What one text says."""
        if is_surely_unicode(text):
            return Says.SURELY_UNICODE
        words = _telling(text)
        if not words:
            self.shortened += _HIGH.search(text) is not None
            return Says.NOTHING
        right = {each: sum(_word_is(word, each) for word in words) for each in Encoding}
        for old in OLD:
            self.words[old].update(
                word for word in words if _word_is(word, old) and not _word_is(word, Encoding.UNICODE)
            )
        return _said(right, len(words))

    def count(self, *said: Says) -> int:
        """How many texts say one of these."""
        return sum(self.cells.get(each, 0) for each in said)

    def for_old(self, old: Encoding) -> int:
        """How many texts are right in ``old`` and not as they stand."""
        return self.count(_OF[old], Says.EITHER)

    def is_strong(self, old: Encoding) -> bool:
        """Whether the words leave no doubt: two of them, one written as no living language writes."""
        words = {word.lower() for word in self.words[old]}
        return len(words) > 1 and any(_STRONG[old].search(word) for word in self.words[old])


def _said(right: dict[Encoding, int], words: int) -> Says:
    as_it_is = right[Encoding.UNICODE]
    best = max(right[old] for old in OLD)
    if as_it_is and as_it_is >= best:
        return Says.UNICODE
    if best < words * _MOST_WORDS:
        return Says.FOREIGN
    found = [old for old in OLD if right[old] == best]
    return _OF[found[0]] if len(found) == 1 else Says.EITHER


# --- files of one byte a letter -------------------------------------------------------------------------

_LOOKED_AT: Final = 200_000
_FEWEST: Final = 0.5
# Saved without Unicode, a letter that the encoding lacks became a question mark: it is lost
_LOST: Final = re.compile(r"[^\W\d_]\?[^\W\d_]")


def one_byte_text(data: bytes) -> str:
    """A file without Unicode as text: Windows-1258, or TCVN3 and VNI as signs; empty where it is neither."""
    old = from_windows(data)
    if _LOST.search(old):
        return ""
    best = max(_likeness(old, encoding) for encoding in OLD)
    try:
        modern = normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        modern = ""
    if modern and _likeness(modern, Encoding.UNICODE) >= max(best, _FEWEST):
        return modern
    return old if best >= _FEWEST else ""


def _likeness(text: str, encoding: Encoding) -> float:
    """Which part of the words beyond ASCII are syllables."""
    words = [word for word in _WORDS.findall(text[:_LOOKED_AT]) if not word.isascii()]
    return sum(_word_is(word, encoding) for word in words) / len(words) if words else 0.0
