"""What a paper says: the tree of blocks between a text template and its layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right"]
Orientation = Literal["portrait", "landscape"]
ParagraphStyle = Literal["body", "plain", "center", "basis", "note"]
RowKind = Literal["body", "group", "subtotal", "total"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


Text = tuple[Run, ...]


def plain(text: Text) -> str:
    """The words of a text without its faces."""
    return "".join(run.text for run in text)


@dataclass(frozen=True, slots=True)
class NumberStampRoom:
    """A blank in a line, kept for the records clerk's stamp: ``name`` is its anchor, ``width`` is in mm."""

    name: str
    width: float


Piece = str | NumberStampRoom


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the letterhead. ``role`` picks its size and face from the profile."""

    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the paper (left), the motif (right), and the line of number and date below both."""

    left: tuple[HeadLine, ...]
    right: tuple[HeadLine, ...]
    number: HeadLine
    place_date: HeadLine


@dataclass(frozen=True, slots=True)
class Title:
    """Kind of paper (BÁO CÁO) and its subject line (trích yếu)."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; level 1 is a part of the paper."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with bold and italic runs."""

    text: Text
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list with dashes."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Dotted lines where the clerk has still to write; ``section`` names the missing text."""

    section: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the table head, over ``span`` columns and ``rows`` rows of the head."""

    text: str
    span: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """How one column stands."""

    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. A ``group`` row has a single cell that runs over all columns."""

    cells: tuple[str, ...]
    kind: RowKind = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page."""

    columns: tuple[Column, ...]
    head: tuple[tuple[HeaderCell, ...], ...]
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as JPEG; ``alt`` says what it shows to who does not see it, else its caption does."""

    jpeg: bytes = field(repr=False)
    caption: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """A row of pictures side by side (before and after), none higher than ``height`` mm.

    A ``fixed`` row is as high as that whatever its pictures are, so that equally many stand on each page.
    """

    pictures: tuple[Picture, ...]
    height: float
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class SectionBreak:
    """From here on new pages of this orientation; an annex may number its pages from 1 again."""

    orientation: Orientation


@dataclass(frozen=True, slots=True)
class AnnexTitle:
    """Head of an annex: "Phụ lục I", its title, and what it is attached to."""

    label: str
    title: str
    attached_to: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Recipients on the left, who signs on the right with room for the signature and the seal.

    ``position`` stands below the lines of ``authority``. ``width``, ``height`` of the signature and ``seal``
    (diameter, 0 for an office without one) are in mm.
    """

    recipients_title: str
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    name: str
    width: float = 50
    height: float = 22
    seal: float = 36
    position: str = ""


Block = (
    Letterhead
    | Title
    | Heading
    | Paragraph
    | BulletList
    | Placeholder
    | Table
    | Pictures
    | SectionBreak
    | AnnexTitle
    | Signatures
)


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole paper. ``title`` names the file's contents; ``language`` is a BCP 47 tag."""

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    language: str = "vi-VN"
    keywords: tuple[str, ...] = field(default=())


def as_text(tree: Tree) -> str:
    """Everything the paper says, one line for each line, item or row. Cells are parted by " | "."""
    return "\n".join(line for block in tree.blocks for line in block_lines(block))


def block_lines(block: Block) -> Iterator[str]:
    """The lines of one block, without empty ones."""
    yield from (line for line in _lines(block) if line)


def _lines(block: Block) -> Iterable[str]:
    match block:
        case Letterhead():
            return [head_text(line) for line in (*block.left, *block.right, block.number, block.place_date)]
        case Title():
            return [block.kind, block.subject]
        case Heading():
            return [block.text]
        case Paragraph():
            return [plain(block.text)]
        case BulletList():
            return [f"- {plain(item)}" for item in block.items]
        case Placeholder():
            return ["…" * 3] * block.lines
        case Table():
            return _table_lines(block)
        case Pictures():
            return [picture.caption for picture in block.pictures]
        case AnnexTitle():
            return [block.label, block.title, block.attached_to]
        case Signatures():
            return [block.recipients_title, *block.recipients, *block.authority, block.position, block.name]
        case SectionBreak():
            return []


def _table_lines(table: Table) -> Iterator[str]:
    yield table.caption
    yield from (" | ".join(cell.text for cell in row) for row in table.head)
    yield from (" | ".join(row.cells) for row in table.rows)
    yield table.note


def head_text(line: HeadLine) -> str:
    """A line of the letterhead in words; a room for a stamp is a blank."""
    pieces = (piece if isinstance(piece, str) else " " for piece in line.pieces)
    return " ".join("".join(pieces).split())
