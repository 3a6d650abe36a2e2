"""How an office whose name is printed in capitals is called inside a sentence."""

from __future__ import annotations

import re
from typing import Final

from db.choices import choices
from db.vietnamese import fold

# Longest first. The first word of a phrase keeps its capital where the phrase begins the name
_PHRASES: Final = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Ban Tuyên giáo và Dân vận",
    "Ban công tác Mặt trận",
    "Liên đoàn Lao động",
    "Hội đồng nhân dân",
    "Ban Xây dựng Đảng",
    "Ủy ban nhân dân",
    "Ban Dân vận",
    "ban thường vụ",
    "Công đoàn",
    "tổ dân phố",
    "thành phố",
    "thị trấn",
    "khu phố",
    "Đảng ủy",
    "Đảng bộ",
    "đặc khu",
    "Quận ủy",
    "Huyện ủy",
    "Thành ủy",
    "Tỉnh ủy",
    "Thị ủy",
    "Chi bộ",
    "phường",
    "quận",
    "huyện",
    "thị xã",
    "tỉnh",
    "thôn",
    "xóm",
    "xã",
    "số",
    "và",
    "các",
)
_SHORT: Final = frozenset({"UBND", "HĐND", "MTTQ", "UBMTTQ", "LĐLĐ", "TDP", "CLB", "THCS", "THPT", "TP"})
_KNOWN: Final = re.compile(
    r"\b(" + "|".join(re.escape(phrase) for phrase in _PHRASES) + r")\b", re.IGNORECASE
)
_WRITTEN: Final = {phrase.lower(): phrase for phrase in _PHRASES}

_PLACES: Final = frozenset({"residential_group", "ward", "district", "city", "province"})


def names_a_place(line: str) -> bool:
    """Whether a line names a place ("Phường Ngọc Hà") and not an office in it ("UBND phường Ngọc Hà")."""
    kinds = (choice for choice in choices("unit_kind") if choice.code in _PLACES)
    words = tuple(f"{fold(word)} " for choice in kinds for word in (choice.vi, *choice.forms))
    return fold(line).startswith(words)


def in_sentence(name_line: str) -> str:
    """``Ủy ban nhân dân phường Ngọc Hà`` for the same in capitals; mixed case stays as it is."""
    if not name_line or name_line != name_line.upper():
        return name_line
    words = (word if word in _SHORT else word.capitalize() for word in name_line.split())
    said = _KNOWN.sub(lambda found: _WRITTEN[found[0].lower()], " ".join(words))
    return said[0].upper() + said[1:]
