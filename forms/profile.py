"""A document format as data: page geometry, sizes, header motif, syntax of numbers and authority."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resources import _

USUAL = "nd30_2020"
"""The format of every office that no other format claims."""
PROFILES = Path(__file__).parent / "profiles"
"""Where the shipped profiles are, one TOML file each."""

_PARTY_FORMS = {"T/M": "TM", "K/T": "KT", "T/L": "TL", "T/U": "TUQ", "T/UQ": "TUQ"}


class UnknownProfileError(Exception):
    """There is no format of this name, or its file is broken."""

    def __init__(self, name: str, reason: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.reason = reason

    def sentence(self) -> str:
        """What to tell the clerk."""
        if not self.reason:
            return _("There is no paper format “{name}”. Please choose another one.").format(name=self.name)
        words = _("The file of the paper format “{name}” cannot be used: {reason}. Please put it right.")
        return words.format(name=self.name, reason=self.reason)


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page and its margins in mm."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self) -> float:
        """Width between the margins in mm."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height between the margins in mm."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Style:
    """How the text of one role looks. Sizes in pt, ``indent`` in mm, ``leading`` in line sizes."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "left"
    indent: float = 0
    before_pt: float = 0
    after_pt: float = 0
    leading: float = 1.15

    @property
    def line_pt(self) -> float:
        """Distance of two baselines in pt."""
        return self.size * self.leading


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Geometry of the head in mm; rules as parts of the text above them, 0 for none.

    ``issuer_mark`` is a sign in a line of its own below the issuing office.
    """

    left_x: float
    left_width: float
    right_x: float
    right_width: float
    motif: tuple[tuple[str, str], ...]
    rule_under_motif: float
    rule_under_issuer: float
    rule_gap: float
    rule_weight_pt: float
    number_gap: float
    title_gap: float
    title_rule: float
    stamp_room: float
    issuer_mark: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """Geometry of the block of recipients and signature in mm."""

    recipients_x: float
    recipients_width: float
    signer_x: float
    signer_width: float
    gap_above: float
    signature_below_title: float
    name_below_signature: float
    seal_overlap: float
    keep_lines: int


@dataclass(frozen=True, slots=True)
class TableShape:
    """Sizes to try in turn (pt) and the room inside a cell (mm)."""

    sizes: tuple[float, ...]
    padding_x: float
    padding_y: float
    line_weight_pt: float
    readable: float
    soft_break: float


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where a page number stands (top of the digits, mm) and how annexes are numbered."""

    top: float
    on_first_page: bool
    annex: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One document format. Read with :func:`load`."""

    id: str
    title: str
    source: str
    portrait: PageShape
    landscape: PageShape
    page_number: PageNumber
    letterhead: Letterhead
    signing: Signing
    table: TableShape
    number: Mapping[str, str]
    authority: Mapping[str, str]
    styles: Mapping[str, Style]
    unit_kinds: tuple[str, ...] = ()

    def say_number(self, number: str, type_code: str, symbol: str, *, cited: bool = False) -> str:
        """ "Số: 15/BC-UBND"; a number below ten gets a zero, a number with its symbol stays as it is."""
        key = ("cited" if cited else "full") + ("" if symbol else "_without_symbol")
        pattern = self.number[key]
        if "/" in number or "-" in number:
            return pattern.split("{number}")[0] + number
        padded = number.zfill(2) if number.isdigit() else number
        return pattern.format(number=padded, type=type_code, symbol=symbol)

    def say_authority(self, line: str) -> str:
        """The line of authority with this format's abbreviation: "TM." or "T/M"."""
        first, _space, rest = line.strip().partition(" ")
        key = _PARTY_FORMS.get(first.upper().rstrip("."), first.upper().rstrip("."))
        return f"{self.authority[key]} {rest}".strip() if key in self.authority else line.strip()


def load(name: str, folder: Path = PROFILES) -> Profile:
    """Read the profile ``name``. :class:`UnknownProfileError` if there is none or it is broken."""
    path = folder / f"{name}.toml"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        raise UnknownProfileError(name)
    try:
        return _profile(tomllib.loads(path.read_text(encoding="utf-8")))
    except KeyError as error:
        raise UnknownProfileError(name, f"{error.args[0]}?") from error
    except (TypeError, ValueError) as error:
        raise UnknownProfileError(name, str(error)) from error


def names(folder: Path = PROFILES) -> tuple[str, ...]:
    """Ids of the profiles there are."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def usual(unit_kind: str, folder: Path = PROFILES) -> str:
    """The id of the format that units of this kind use unless their office says otherwise."""
    claims = (name for name in names(folder) if unit_kind in load(name, folder).unit_kinds)
    return next(claims, USUAL)


def _profile(data: Mapping[str, Any]) -> Profile:
    head = dict(data["letterhead"])
    head["motif"] = tuple((line["role"], line["text"]) for line in head["motif"])
    table = dict(data["table"])
    table["sizes"] = tuple(table["sizes"])
    styles = {role: Style(**style) for role, style in data["styles"].items()}
    return Profile(
        id=data["id"],
        title=data["title"],
        source=data["source"],
        portrait=PageShape(**data["portrait"]),
        landscape=PageShape(**data["landscape"]),
        page_number=PageNumber(**data["page_number"]),
        letterhead=Letterhead(**head),
        signing=Signing(**data["signing"]),
        table=TableShape(**table),
        number=data["number"],
        authority=data["authority"],
        styles={"position": styles["authority"], "picture_caption": styles["caption"], **styles},
        unit_kinds=tuple(data.get("unit_kinds", ())),
    )
