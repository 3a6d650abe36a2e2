"""Names as lists of residents write them: with titles, several in one cell, and how they are masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from db.vietnamese import exact, mask_name, nfc

NAMELESS: Final = "(không nêu tên)"
"""What stands for a name of which not even the initials can be given."""

_MALE: Final = frozenset({"ông", "anh", "chú"})
_FEMALE: Final = frozenset({"bà", "chị", "cô"})
_OTHERS: Final = frozenset({"hộ", "gia", "đình", "bác", "cụ", "em", "cháu", "đồng", "chí", "đ/c", "thầy"})
_TITLES: Final = _MALE | _FEMALE | _OTHERS
# In a running text "đồng", "gia", "chí" mean other things too ("Hồ Chí Minh")
_TITLE_PAIRS: Final = (("gia", "đình"), ("đồng", "chí"), ("đ", "c"))
_TITLE_ALONE: Final = _TITLES - {word for pair in _TITLE_PAIRS for word in pair}
_KEPT: Final = {"hộ": "Hộ", "ông": "Ông", "bà": "Bà"}
_MOST_WORDS: Final = 6
_ADDED: Final = re.compile(r"[(\[,]|\s[–-]\s")
_SEVERAL: Final = re.compile(r"[,;&/+]|\s(?:và|cùng|với)\s|\s[–-]\s", re.IGNORECASE)
# Beginnings of what is no person's name; "Đoàn" and "Công" alone may begin one
_GROUP: Final = re.compile(
    r"(?:ban|tổ|hội|chi|nhóm|trường|phòng|trạm|đội|clb|câu lạc bộ|đảng ủy|đảng uỷ|ubnd|ủy ban|uỷ ban|mttq"
    r"|mặt trận|công ty|công an|công đoàn|đoàn thanh niên|liên đoàn|doanh nghiệp|hợp tác xã|htx|cửa hàng"
    r"|nhân dân|toàn thể|cán bộ|các hộ|bà con)\b"
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def _without_titles(text: str) -> tuple[list[str], list[str]]:
    """The words of titles, as small letters, and those of the name; a name keeps one word at least."""
    words = nfc(text).split()
    titles: list[str] = []
    while len(words) > 1 and words[0].lower().rstrip(".:") in _TITLES:
        titles.append(words.pop(0).lower().rstrip(".:"))
    return titles, words


def key_of(name: str) -> str:
    """One key for one way of writing a name: marks kept; titles, capitals and spaces do not matter."""
    return exact(" ".join(_without_titles(name)[1]))


def base_of(name: str) -> str:
    """The same without what is added to tell two of one name apart: ``(tổ 3)``, ``, xóm trên``."""
    return exact(" ".join(_without_titles(_ADDED.split(name, maxsplit=1)[0] or name)[1]))


def says_person(name: str) -> bool:
    """Whether a name speaks of a person by a title: ``Hộ bà Đào Thị Hộ``, not ``Hộ kinh doanh Phúc An``."""
    titles, words = _without_titles(name)
    return bool(titles) and len(words) > 1 and words[0][:1].isupper() and words[1][:1].isupper()


def gender_of(name: str) -> str | None:
    """Man or woman, where a title says so."""
    titles = frozenset(_without_titles(name)[0])
    is_man, is_woman = bool(titles & _MALE), bool(titles & _FEMALE)
    if is_man == is_woman:
        return None
    return "male" if is_man else "female"


def spoken(text: str) -> tuple[str, ...]:
    """The words of a text or name, without signs, in one form: what is looked for, and in what."""
    return tuple(_WORD.findall(exact(text)))


def names_in(cell: str) -> frozenset[tuple[str, ...]]:
    """The whole names of persons (two words and more) that a cell holds, as :func:`spoken` words."""
    return frozenset(words for words in _names(cell) if 2 <= len(words) <= _MOST_WORDS)


def _names(cell: str) -> Iterator[tuple[str, ...]]:
    parts = (part.strip() for part in _SEVERAL.split(_plain(cell)))
    named = (part for part in parts if part and not _GROUP.match(part.lower()))
    yield from (spoken(" ".join(_without_titles(part)[1])) for part in named)


def endings(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """How somebody is called after a title: the last word of the name, the last two ..., the whole."""
    yield from (name[at:] for at in range(len(name)))


def called_in(cell: str) -> frozenset[tuple[str, ...]]:
    """The :func:`endings` of all names in a cell, as :func:`spoken` words; also of a name of one word."""
    names = (words for words in _names(cell) if 1 <= len(words) <= _MOST_WORDS)
    return frozenset(ending for name in names for ending in endings(name))


def titled_in(text: str) -> Iterator[tuple[str, ...]]:
    """What follows each title in a text (``bà Hùng``): up to six words, as :func:`spoken` words."""
    words = spoken(text)
    for at in range(1, len(words)):
        if words[at - 1] in _TITLE_ALONE or words[at - 2 : at] in _TITLE_PAIRS:
            yield words[at : at + _MOST_WORDS]


def _plain(cell: str) -> str:
    """Without what stands in brackets."""
    return re.sub(r"[(\[][^)\]]*[)\]]?", " ", nfc(cell))


def masked(name: str) -> str:
    """A name for public papers: ``Hộ N.V.A.``, ``Bà L.``; no word of it is left."""
    titles, words = _without_titles(_ADDED.split(nfc(name), maxsplit=1)[0])
    letters = [_WORD.fullmatch(word) for word in words]
    if not words or len(words) > _MOST_WORDS or not all(found and len(found[0]) > 1 for found in letters):
        return NAMELESS
    kept = next((_KEPT[title] for title in titles if title in _KEPT), "")
    return f"{kept} {mask_name(' '.join(words))}.".strip()
