"""Whether a word can be a Vietnamese syllable: by its onset, its rhyme and the tone its ending allows."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from unicodedata import normalize

__all__ = ["is_syllable"]

_ONSETS: Final = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RHYMES_IN_ORDER: Final = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on
    ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên
    uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
"""
_RHYMES: Final = frozenset(_RHYMES_IN_ORDER.split())
# Where y stands alone as the rhyme; elsewhere it is written i
_Y_AFTER: Final = frozenset(("", "h", "k", "l", "m", "s", "t", "v", "qu"))
_AFTER_QU: Final = tuple("aăâeêiyơo")
_FRONT: Final = tuple("eêiy")
# k, gh, ngh stand before front vowels only; c, g, ng before the others
_BEFORE_FRONT: Final = frozenset(("k", "gh", "ngh"))
_BEFORE_BACK: Final = frozenset(("c", "ng"))
_STOPS: Final = ("c", "ch", "p", "t")
_TONES: Final = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_STOPPED: Final = frozenset(("s", "j"))


def _without_tone(word: str) -> tuple[str, str]:
    """The word without its tone marks, and the marks as letters."""
    tones = ""
    kept = ""
    for part in normalize("NFD", word):
        if part in _TONES:
            tones += _TONES[part]
        else:
            kept += part
    return normalize("NFC", kept), tones


def _agree(onset: str, rhyme: str) -> bool:
    front = rhyme.startswith(_FRONT)
    if rhyme == "y" and onset not in _Y_AFTER:
        return False
    if onset == "qu":
        return rhyme.startswith(_AFTER_QU)
    return not (onset in _BEFORE_FRONT and not front) and not (onset in _BEFORE_BACK and front)


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether a word (any case, NFC or NFD) is built like a Vietnamese syllable: ``nghiêng``, not ``hôtel``.

    Foreign and ethnic names are none; every syllable of standard writing is one.
    """
    plain, tones = _without_tone(word.lower())
    if len(tones) > 1:
        return False
    for onset in _ONSETS:
        rhyme = plain[len(onset) :]
        if plain.startswith(onset) and rhyme in _RHYMES and _agree(onset, rhyme):
            return tones in _STOPPED or not rhyme.endswith(_STOPS)
    return False
