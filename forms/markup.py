"""The small markup of paper templates: headings, paragraphs, dashes, rows of tables, lines with @.

    # I. Heading        ## 1. Heading        ### a) Heading
    A paragraph; **bold** and *italic*. Lines without a blank line between them are one paragraph.
    - an item
    @columns left right center          rows follow: |! head | head,  | cell | cell,  |= total | cell
    @name argument                      anything else: see forms.write
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, cast, get_args

from forms.template import BadTemplateError, is_value, restore
from forms.tree import (
    Align,
    Block,
    BulletList,
    Column,
    HeaderCell,
    Heading,
    Paragraph,
    ParagraphStyle,
    Row,
    RowKind,
    Run,
    Table,
    Text,
)
from resources import _

_HEADING: Final = re.compile(r"(#{1,3})\s+(.*)")
_DIRECTIVE: Final = re.compile(r"@(\w+)\s*(.*)")
_FACES: Final = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
_BULLETS: Final = ("- ", "+ ", "* ", "• ")
_STYLED: Final = frozenset({"note", "center", "basis", "plain"})
_ROW_KINDS: Final[dict[str, RowKind]] = {"|=": "total", "|~": "subtotal", "|>": "group"}


@dataclass(frozen=True, slots=True)
class Directive:
    """A line such as ``@section leadership``: what it means is for the writer of the paper."""

    name: str
    argument: str
    line: int


@dataclass(slots=True)
class _Open:
    """What has begun and may go on with the next line."""

    words: list[str] = field(default_factory=list)
    items: list[Text] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    caption: str = ""
    head: list[tuple[HeaderCell, ...]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def close(self) -> Iterator[Block]:
        """The blocks that end here."""
        if self.words:
            yield Paragraph(runs(" ".join(self.words)))
        if self.items:
            yield BulletList(tuple(self.items))
        if self.rows:
            yield Table(self.columns, tuple(self.head), tuple(self.rows), caption=self.caption)
            self.columns, self.caption = (), ""
        self.words, self.items, self.rows, self.head = [], [], [], []


def runs(text: str) -> Text:
    """A text with its bold and italic stretches."""
    found: list[Run] = []
    place = 0
    for match in _FACES.finditer(text):
        found.append(Run(restore(text[place : match.start()])))
        found.append(Run(restore(match[1] or match[2]), bold=bool(match[1]), italic=bool(match[2])))
        place = match.end()
    found.append(Run(restore(text[place:])))
    return tuple(run for run in found if run.text)


def parse(paper: str, lines: Iterable[tuple[int, str]]) -> Iterator[Block | Directive]:
    """Blocks and directives of a filled template. Raises :class:`BadTemplateError`."""
    reader = _Reader(paper)
    for number, line in lines:
        yield from reader.read(number, line)
    yield from reader.open.close()


class _Reader:
    """Reads one line after the other."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        self.open = _Open()

    def read(self, number: int, line: str) -> Iterator[Block | Directive]:
        """What is finished when ``line`` has been read."""
        text = line.strip()
        if not text or is_value(text):
            yield from self._plain(text if restore(text).strip() else "")
        elif found := _HEADING.fullmatch(text):
            yield from self.open.close()
            yield Heading(len(found[1]), restore(found[2]))
        elif found := _DIRECTIVE.fullmatch(text):
            yield from self._directive(Directive(found[1], found[2].strip(), number))
        elif text.startswith("|"):
            self._row(number, text)
        elif text.startswith("- "):
            if not self.open.items:
                yield from self.open.close()
            self.open.items.append(runs(text[2:].strip()))
        else:
            yield from self._plain(text)

    def _plain(self, text: str) -> Iterator[Block]:
        if not text or self.open.items or self.open.rows:
            yield from self.open.close()
        if text:
            self.open.words.append(text)

    def _directive(self, found: Directive) -> Iterator[Block | Directive]:
        yield from self.open.close()
        if found.name in _STYLED:
            yield Paragraph(runs(found.argument), style=cast(ParagraphStyle, found.name))
        elif found.name == "columns":
            self.open.columns = self._columns(found)
        elif found.name == "caption":
            self.open.caption = restore(found.argument)
        else:
            yield found

    def _columns(self, found: Directive) -> tuple[Column, ...]:
        names = found.argument.split()
        if not names or set(names) - set(get_args(Align)):
            reason = _("After @columns stand the words left, center or right, one for each column.")
            raise BadTemplateError(self.paper, found.line, reason)
        return tuple(Column(cast(Align, each)) for each in names)

    def _row(self, number: int, text: str) -> None:
        if not self.open.columns:
            reason = _("Before the first row of a table stands a line @columns.")
            raise BadTemplateError(self.paper, number, reason)
        kind = text[:2]
        cells = [restore(cell.strip()) for cell in _after_sign(text).split("|")]
        wanted = 1 if kind == "|>" else len(self.open.columns)
        if len(cells) != wanted:
            reason = _("The row has {cells} cells, but the table has {columns} columns.")
            raise BadTemplateError(self.paper, number, reason.format(cells=len(cells), columns=wanted))
        if kind == "|!":
            self.open.head.append(tuple(HeaderCell(cell) for cell in cells))
        else:
            self.open.rows.append(Row(tuple(cells), _ROW_KINDS.get(kind, "body")))


def _after_sign(text: str) -> str:
    start = 2 if text[:2] in {"|!", *_ROW_KINDS} else 1
    return text[start:].removesuffix("|")


def parse_words(text: str) -> list[Block]:
    """What a clerk wrote as report text: every line a paragraph, lines with a dash items. No markup."""
    blocks: list[Block] = []
    items: list[Text] = []
    for line in [*filter(None, map(str.strip, text.splitlines())), ""]:
        if line.startswith(_BULLETS):
            items.append((Run(line[2:].strip()),))
            continue
        if items:
            blocks.append(BulletList(tuple(items)))
            items = []
        if line:
            blocks.append(Paragraph((Run(line),)))
    return blocks
