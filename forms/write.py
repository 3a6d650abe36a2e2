"""A paper in words: the template of its kind, filled with data, becomes a tree of blocks.

What a line ``@name argument`` of a template does is in ``_Writer``: letterhead, title, section, table, annex,
signatures. The rest of the markup is in forms.markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from db.numbers import date_in_words
from forms import photo_pages
from forms.anchors import DATE, NUMBER
from forms.context import FILTERS, context
from forms.markup import Directive, parse, parse_words
from forms.paper_data import PaperData
from forms.paper_kinds import PaperKind
from forms.profile import Profile
from forms.tables import TABLES, TableSpec, UnknownColumnError
from forms.template import BadTemplateError, fill, restore
from forms.tree import (
    AnnexTitle,
    Block,
    HeadLine,
    Letterhead,
    NumberStampRoom,
    Orientation,
    Pictures,
    Piece,
    Placeholder,
    SectionBreak,
    Signatures,
    Title,
    Tree,
)
from resources import _

_DAY_ROOM: Final = 9.0
_YEAR_ROOM: Final = 12.0
_BLANK: Final = "…"
_BLANK_DAY: Final = "ngày … tháng … năm …"
_ROOM: Final = "\0"
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the clerk should look at before the paper is final. The paper is made all the same."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Written:
    """A paper in words, and what is still missing in it."""

    tree: Tree
    problems: tuple[Problem, ...]


def write(kind: PaperKind, data: PaperData, profile: Profile) -> Written:
    """Fill the template of ``kind``. Raises :class:`BadTemplateError` with the line that cannot be used."""
    lines = fill(kind.id, kind.template, context(data), FILTERS)
    writer = _Writer(kind, data, profile)
    blocks = [block for item in parse(kind.id, lines) for block in writer.blocks(item)]
    title = next((block for block in blocks if isinstance(block, Title)), Title(kind.type_name, ""))
    words = f"{title.kind.capitalize()} {title.subject[:1].lower()}{title.subject[1:]}".strip()
    tree = Tree(words, tuple(_numbered_annexes(blocks)), author=data.office.in_text or data.unit_name)
    if data.photos and not any(isinstance(block, Pictures) for block in blocks):
        words_of = _("The template has no line @photos for its photos.")
        writer.problems.append(Problem("photos_not_placed", words_of))
    return Written(tree, tuple(writer.problems))


def _numbered_annexes(blocks: list[Block]) -> Iterator[Block]:
    annexes = sum(isinstance(block, AnnexTitle) for block in blocks)
    number = 0
    for block in blocks:
        if isinstance(block, AnnexTitle) and annexes > 1:
            said = _ROMAN[number] if number < len(_ROMAN) else str(number + 1)
            yield replace(block, label=f"{block.label} {said}")
            number += 1
        else:
            yield block


class _Writer:
    """Knows what each directive stands for."""

    def __init__(self, kind: PaperKind, data: PaperData, profile: Profile) -> None:
        self.kind = kind
        self.data = data
        self.profile = profile
        self.problems: list[Problem] = []
        self.known: dict[str, Callable[[Directive], Iterable[Block]]] = {
            "letterhead": self._letterhead,
            "title": self._title,
            "section": self._section,
            "table": self._table,
            "annex": self._annex,
            "signatures": self._signatures,
            "photos": self._photos,
        }

    def blocks(self, item: Block | Directive) -> Iterable[Block]:
        """A block as it is; what a directive stands for."""
        if not isinstance(item, Directive):
            return [item]
        if item.name not in self.known:
            raise self._bad(item, _("There is no command @{name}.").format(name=item.name))
        return self.known[item.name](item)

    def _bad(self, item: Directive, reason: str) -> BadTemplateError:
        return BadTemplateError(self.kind.id, item.line, reason)

    def _missing(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, message))

    def _letterhead(self, _item: Directive) -> Iterator[Block]:
        office = self.data.office
        if not office.name_line:
            reason = _("The head of the paper names no office. Please fill in the office profile.")
            self._missing("no_office", reason)
        left = (("parent", office.parent_line), ("issuer", office.name_line))
        yield Letterhead(
            left=tuple(HeadLine(role, (text.upper(),)) for role, text in left if text),
            right=tuple(HeadLine(role, (text,)) for role, text in self.profile.letterhead.motif),
            number=HeadLine("number", tuple(self._number())),
            place_date=HeadLine("place_date", tuple(self._place_date())),
        )

    def _symbol(self) -> str:
        return self.data.office.symbol.strip("/- ").removeprefix(f"{self.kind.type_code}-")

    def _number(self) -> Iterator[Piece]:
        if self.data.number:
            yield self.profile.say_number(self.data.number, self.kind.type_code, self._symbol())
        elif self._symbol():
            said = self.profile.say_number(_ROOM, self.kind.type_code, self._symbol())
            before, after = said.split(_ROOM)
            yield from (before, NumberStampRoom(NUMBER, self.profile.letterhead.stamp_room), after)

    def _place_date(self) -> Iterator[Piece]:
        place = f"{self.data.office.place}, " if self.data.office.place else ""
        if not place:
            self._missing("no_place", _("The head of the paper has no place before its date."))
        if self.data.issued_on:
            yield place + date_in_words(self.data.issued_on)
            return
        for words, room in ((f"{place}ngày ", _DAY_ROOM), (" tháng ", _DAY_ROOM), (" năm ", _YEAR_ROOM)):
            yield from (words, NumberStampRoom(DATE, room))

    def _title(self, item: Directive) -> Iterator[Block]:
        kind, _bar, subject = item.argument.partition("|")
        yield Title(restore(kind).strip(), restore(subject).strip())

    def _section(self, item: Directive) -> Iterable[Block]:
        name, _space, how = item.argument.partition(" ")
        section = self.kind.section(name)
        if section is None:
            raise self._bad(item, _("There is no section “{name}” in paper.toml.").format(name=name))
        text = self.data.texts.get(name, "")
        if text.strip():
            return parse_words(text)
        if how == "optional":
            return []
        self._missing("empty_section", _("The section “{title}” is empty.").format(title=section.title))
        return [Placeholder(name, 2)]

    def _table(self, item: Directive) -> Iterator[Block]:
        name = item.argument
        if name not in TABLES:
            raise self._bad(item, _("There is no table “{name}”.").format(name=name))
        try:
            table = TABLES[name](self.data, self.kind.tables.get(name, TableSpec(name)))
        except (UnknownColumnError, KeyError) as error:
            reason = _("The table “{name}” has no column or line “{column}”: please look into paper.toml.")
            raise self._bad(item, reason.format(name=name, column=error.args[0])) from error
        if table is not None:
            yield table

    def _annex(self, item: Directive) -> Iterator[Block]:
        orientation, _space, title = item.argument.partition(" ")
        turned: dict[str, Orientation] = {"portrait": "portrait", "landscape": "landscape"}
        if orientation not in turned or not title.strip():
            reason = _("After @annex stands portrait or landscape, then the title of the annex.")
            raise self._bad(item, reason)
        yield SectionBreak(turned[orientation])
        yield AnnexTitle("Phụ lục", restore(title).strip().upper(), f"(Kèm theo {self._cited()})")

    def _cited(self) -> str:
        data, symbol = self.data, self._symbol()
        number = self.profile.say_number(data.number or _BLANK, self.kind.type_code, symbol, cited=True)
        day = date_in_words(data.issued_on) if data.issued_on else _BLANK_DAY
        said = f"{number} {day}" if data.number or symbol else day
        issuer = f" của {data.office.in_text}" if data.office.in_text else ""
        return f"{self.kind.type_name.capitalize()} {said}{issuer}"

    def _photos(self, _item: Directive) -> Iterator[Block]:
        for code, words in photo_pages.warnings(self.data, self.profile):
            self._missing(code, words)
        yield from photo_pages.blocks(self.data, self.profile)

    def _signatures(self, _item: Directive) -> Iterator[Block]:
        office, signer = self.data.office, self.data.signer
        if not signer.name:
            self._missing("no_signatory", _("Nobody is named who signs the paper."))
        elif not signer.title:
            words = _("The paper names no position of {name}, who signs it. Please fill it in.")
            self._missing("no_position", words.format(name=signer.name))
        if not office.recipients:
            self._missing("no_recipients", _("The paper names no recipients (Nơi nhận)."))
        yield Signatures(
            recipients_title="Nơi nhận:",
            recipients=tuple(_recipients(office.recipients)),
            authority=tuple(self._authority()),
            position=signer.title.upper(),
            name=signer.name,
            width=office.signature_width_mm,
            height=office.signature_height_mm,
            seal=office.seal_mm,
        )

    def _authority(self) -> Iterator[str]:
        signer = self.data.signer
        line = self.profile.say_authority(signer.authority)
        # "TM." alone: for the office that issues the paper
        if line == self.profile.authority.get("TM"):
            line = f"{line} {self.data.office.name_line}"
        yield from (text.upper() for text in (line,) if text)


def _recipients(lines: Iterable[str]) -> Iterator[str]:
    """``- Như trên;`` … ``- Lưu: VT.``, whatever dashes and signs the office has typed."""
    cleaned = [line.strip().lstrip("-–+• ").rstrip(" ;,.") for line in lines]
    named = [line for line in cleaned if line]
    for place, line in enumerate(named, 1):
        yield f"- {line}{'.' if place == len(named) else ';'}"
