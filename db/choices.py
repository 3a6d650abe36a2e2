"""The closed lists of the book: codes, their words in two languages, and what else is understood."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

from db.unreadable import UnknownChoiceError
from db.vietnamese import fold, nfc
from resources import language, path

__all__ = [
    "Choice",
    "UnknownChoiceError",
    "choices",
    "code_of",
    "is_open",
    "label",
    "list_names",
    "list_title",
    "local_word",
    "unit_kind_under",
]

_OWN_KEYS: Final = frozenset({"code", "vi", "en", "words", "forms"})
_COMPARED: Final = 80  # characters; no entry is longer
_SIGNS: Final = re.compile(r"[^\w<>=~]+|_")


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list.

    ``forms`` are local words for it, each a label of its own (Thôn, Ấp); ``words`` other spellings; ``more``
    what else the list says of it (an indicator's form, what a contribution is counted in).
    """

    code: str
    vi: str
    en: str
    forms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class _List:
    """A list with its way from the words that are understood to entries."""

    vi: str
    en: str
    is_open: bool
    entries: tuple[Choice, ...]
    by_code: Mapping[str, Choice]
    by_word: Mapping[str, Choice]


def _key(text: str) -> str:
    """Words are compared folded and without blanks and signs: ``VH-XH``, ``VH XH`` and ``vhxh`` are one."""
    return _SIGNS.sub("", fold(text))


def _spellings(choice: Choice) -> Iterator[str]:
    yield from (choice.vi, choice.code, choice.en, *choice.forms, *choice.words)


def _choice(entry: Mapping[str, Any]) -> Choice:
    more = {key: value for key, value in entry.items() if key not in _OWN_KEYS}
    forms, words = tuple(entry.get("forms", ())), tuple(entry.get("words", ()))
    return Choice(entry["code"], entry["vi"], entry["en"], forms, words, MappingProxyType(more))


def _by_word(entries: tuple[Choice, ...]) -> Mapping[str, Choice]:
    return {_key(spelling): entry for entry in entries for spelling in _spellings(entry)}


def _list(declared: Mapping[str, Any]) -> _List:
    entries = tuple(_choice(entry) for entry in declared["choice"])
    by_code = {entry.code: entry for entry in entries}
    is_open = bool(declared.get("open", False))
    return _List(declared["vi"], declared["en"], is_open, entries, by_code, _by_word(entries))


@cache
def _lists() -> Mapping[str, _List]:
    text = path("choices.toml").read_text(encoding="utf-8")
    return {name: _list(declared) for name, declared in tomllib.loads(text).items()}


def list_names() -> tuple[str, ...]:
    """All lists there are."""
    return tuple(_lists())


def list_title(name: str, lang: str | None = None) -> str:
    """What a list is called: ``Lĩnh vực``."""
    named = _lists()[name]
    return named.en if (lang or language()) == "en" else named.vi


def is_open(name: str) -> bool:
    """Whether values outside the list are kept as they are written (indicators)."""
    return _lists()[name].is_open


def choices(name: str) -> tuple[Choice, ...]:
    """The entries of a list, in the order in which they are offered. ``KeyError`` for no such list."""
    return _lists()[name].entries


def _nearness(spelling: str, wanted: str) -> float:
    return SequenceMatcher(None, _key(spelling), wanted).ratio()


@lru_cache(maxsize=1024)  # a column of one wrong word is looked up once
def _nearest(name: str, text: str) -> str:
    """The label nearest to ``text``, a local word where that is nearer."""
    entries, wanted = choices(name), _key(text[:_COMPARED])
    best = max(entries, key=lambda entry: max(_nearness(spelling, wanted) for spelling in _spellings(entry)))
    return max((best.vi, *best.forms), key=lambda shown: _nearness(shown, wanted))


def code_of(name: str, text: str) -> str:
    """The code a text stands for: a label, a local word, an abbreviation, or the code itself.

    Case, accents, blanks and signs do not matter. In an open list an unknown text is its own code (in NFC).
    Raises :class:`UnknownChoiceError` with the nearest label; ``KeyError`` for no such list.
    """
    named = _lists()[name]
    if found := named.by_word.get(_key(text)):
        return found.code
    if named.is_open:
        return nfc(text)
    raise UnknownChoiceError(text, list_title(name), _nearest(name, text))


def label(name: str, code: str, lang: str | None = None) -> str:
    """What is shown for a code, in ``lang`` or the language in force; an unknown code as it is."""
    found = _lists()[name].by_code.get(code)
    if found is None:
        return code
    return found.en if (lang or language()) == "en" else found.vi


def local_word(name: str, text: str) -> str | None:
    """The local word that a text is (``thôn`` -> ``Thôn``); ``None`` where the label itself will do."""
    wanted = _key(text)
    found = _lists()[name].by_word.get(wanted)
    return next((form for form in found.forms if _key(form) == wanted), None) if found else None


def unit_kind_under(kind: str, superior_kind: str | None) -> str:
    """The kind of a unit below another: a Thành phố under a Tỉnh or a Thành phố is a district."""
    found = _lists()["unit_kind"].by_code.get(kind)
    under: Mapping[str, str] = found.more.get("under", {}) if found else {}
    return under.get(superior_kind or "", kind)
