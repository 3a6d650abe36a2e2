"""Text on its way into the page: the NFC door, wrapping, and words too long for their room."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from forms.layout.pdf_fonts import text_width

_INVISIBLE = frozenset({"Cc", "Cf"})


def clean(text: str) -> str:
    """NFC, without control and format characters; runs of blanks become one. The door of text into layout."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join(c for c in composed if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(composed.split())


def clean_lines(text: str) -> list[str]:
    """The lines of a text, each as :func:`clean` makes it."""
    return [clean(line) for line in text.splitlines()] if "\n" in text else [clean(text)]


def wrap(text: str, room: float, name: str, size: float) -> list[str]:
    """Break ``text`` into lines no wider than ``room`` (pt); a word wider than that is cut."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_words(_fitting(paragraph.split(" "), room, name, size), room, name, size))
    return lines


def _wrap_words(words: Iterable[str], room: float, name: str, size: float) -> list[str]:
    blank = text_width(" ", name, size)
    lines: list[str] = [""]
    used = 0.0
    for word in words:
        wide = text_width(word, name, size)
        if lines[-1] and used + blank + wide > room:
            lines.append(word)
            used = wide
        else:
            used += wide + (blank if lines[-1] else 0)
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _fitting(words: Iterable[str], room: float, name: str, size: float) -> Iterable[str]:
    for word in words:
        if text_width(word, name, size) <= room:
            yield word
        else:
            yield from _cut(word, room, name, size)


def _cut(word: str, room: float, name: str, size: float) -> Iterable[str]:
    piece = ""
    for character in word:
        if piece and text_width(piece + character, name, size) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def wrap_balanced(text: str, room: float, name: str, size: float) -> list[str]:
    """Like :func:`wrap`, with as few lines as that, but lines of about equal length."""
    lines = wrap(text, room, name, size)
    low, high = room / (len(lines) + 1), room
    while high - low > 1:
        middle = (low + high) / 2
        tried = wrap(text, middle, name, size)
        if len(tried) <= len(lines) and _uncut(tried, text):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _uncut(lines: list[str], text: str) -> bool:
    return " ".join(lines) == " ".join(text.split())


def widest(lines: Iterable[str], name: str, size: float) -> float:
    """Width in pt of the longest of ``lines``."""
    return max((text_width(line, name, size) for line in lines), default=0.0)
