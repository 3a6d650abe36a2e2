"""A first look at the XML of a workbook, with limits, before any other parser sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from xml.parsers import expat

from forms.spreadsheets.errors import Fault, UnreadableWorkbookError

MOST_ELEMENTS: Final = 4_000_000
MOST_CELLS: Final = 1_500_000
LAST_ROW: Final = 200_000
LAST_COLUMN: Final = 1_000
MOST_AREA: Final = 5_000_000
"""Rows × columns of one sheet: the parser keeps the whole rectangle in memory."""

NO_VALUE: Final = ""
"""Mark of a formula that was saved without its result."""

_DIGITS: Final = "0123456789"
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_BYTE_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_BEGINNING: Final = (b"<?xml ", b"\xef\xbb\xbf<?xml ")
# What nearly every cell looks like: its place, a style, a number (of a text), no formula and no error
_PLAIN_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="[0-9]+")?(?: t="[bns]")?><v>[-+.0-9Ee]+</v></c>'
)


@dataclass(slots=True)
class SheetNotes:
    """What the first look found: the last filled row and column (from 1) and the cells without a value.

    ``faults``: {(row, column): error value such as ``#REF!``, or :data:`NO_VALUE`}.
    """

    last_row: int = 0
    last_column: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


@cache
def column_number(letters: str) -> int:
    """``A`` is 1, ``XFD`` 16384. Letters that name no column are 0."""
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters over a column; 1 is ``A``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a cell reference; (0, 0) where it names no cell."""
    letters = reference.rstrip(_DIGITS)
    digits = reference[len(letters) :]
    column = column_number(letters)
    if not column or not 0 < len(digits) <= 7:
        return 0, 0
    return int(digits), column


def _refuse_doctype(*_declared: object) -> None:
    raise UnreadableWorkbookError(Fault.FOREIGN_XML)


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise UnreadableWorkbookError(Fault.DAMAGED)


def checking_parser(*, strict: bool) -> expat.XMLParserType:
    """A parser that refuses every DTD; ``strict`` refuses other encodings than UTF-8 too."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    if strict:
        parser.XmlDeclHandler = _refuse_encoding
    return parser


def parse_whole(parser: expat.XMLParserType, xml: bytes) -> None:
    """Run ``parser`` over the whole text; :class:`UnreadableWorkbookError` where it is not well-formed."""
    try:
        # At once: fed in pieces, one huge token would be looked at again for every piece
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as fault:
        raise UnreadableWorkbookError(Fault.DAMAGED) from fault


def _refuse_wide_characters(xml: bytes) -> None:
    # Two parsers might read UTF-16 differently; Excel never writes it
    if xml.startswith(_BYTE_ORDER_MARKS):
        raise UnreadableWorkbookError(Fault.DAMAGED)


class _Count:
    """Counts elements and refuses more than a workbook can need."""

    __slots__ = ("elements",)

    def __init__(self) -> None:
        self.elements = 0

    def start(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise UnreadableWorkbookError(Fault.TOO_MANY_CELLS)


def check_xml(xml: bytes) -> None:
    """Refuse XML that is not well-formed UTF-8, has a DTD, or more elements than any workbook."""
    _refuse_wide_characters(xml)
    parser = checking_parser(strict=True)
    if xml.count(b"<") > MOST_ELEMENTS:  # without so many there are no more elements either
        parser.StartElementHandler = _Count().start
    parse_whole(parser, xml)


def check_bystander(xml: bytes) -> None:
    """Refuse a DTD in a part that is not read. What else is wrong with it does no harm."""
    parser = checking_parser(strict=False)
    try:
        parse_whole(parser, xml)
    except UnreadableWorkbookError as error:
        if error.fault is Fault.FOREIGN_XML:
            raise


class _SheetScan:
    """Walks through one sheet. A cell without a reference stands right of the one before it."""

    __slots__ = (
        "_cells", "_elements", "_has_formula", "_parser", "_text", "_type", "column", "is_loose", "notes",
        "row",
    )  # fmt: skip

    def __init__(self) -> None:
        self.notes = SheetNotes()
        self.row = self.column = self._cells = self._elements = 0
        self._type: str | None = None
        self._has_formula = self.is_loose = False
        self._text = ""
        self._parser = checking_parser(strict=True)

    def take_plain(self, columns: Collection[bytes], rows: Collection[bytes]) -> bool:
        """Note plain cells; False where a limit is passed, so that the walk tells which."""
        self._cells = len(rows)
        self._elements = 2 * self._cells
        self.notes.last_row = max(map(int, set(rows)), default=0)
        self.notes.last_column = max((column_number(name.decode()) for name in set(columns)), default=0)
        within = self.notes.last_row <= LAST_ROW and self.notes.last_column <= LAST_COLUMN
        return within and self._cells <= MOST_CELLS

    def run(self, xml: bytes) -> SheetNotes:
        self._parser.StartElementHandler = self._start
        parse_whole(self._parser, xml)
        if self.notes.last_row * self.notes.last_column > MOST_AREA:
            raise UnreadableWorkbookError(
                Fault.FAR_CELL, cell=f"{column_letters(self.notes.last_column)}{self.notes.last_row}"
            )
        return self.notes

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise UnreadableWorkbookError(Fault.TOO_MANY_CELLS)
        step = _STEPS.get(name) or _STEPS.get(name.rpartition(":")[2])
        if step is not None:
            step(self, attributes)

    def _on_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) if number.isdecimal() and len(number) <= 7 else self.row + 1
        self.column = 0

    def _on_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            self.is_loose = True
        else:
            self.row, self.column = place_of(reference)
            if not self.column:
                raise UnreadableWorkbookError(Fault.DAMAGED)
        self._type = attributes.get("t")
        self._has_formula = False
        if self._type == "e":
            self._watch()

    def _on_formula(self, _attributes: Mapping[str, str]) -> None:
        self._has_formula = True
        self._watch()

    def _on_value(self, _attributes: Mapping[str, str]) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise UnreadableWorkbookError(Fault.TOO_MANY_CELLS)
        if self.row > LAST_ROW or self.column > LAST_COLUMN:
            cell = f"{column_letters(self.column)}{self.row}"
            raise UnreadableWorkbookError(Fault.FAR_CELL, cell=cell)
        self.notes.last_row = max(self.notes.last_row, self.row)
        self.notes.last_column = max(self.notes.last_column, self.column)
        if self._has_formula or self._type == "e":
            self._text = ""
            self._parser.CharacterDataHandler = self._on_text

    # Only error values and formulas are watched to their end; everything else costs nothing more

    def _watch(self) -> None:
        self._parser.EndElementHandler = self._end

    def _on_text(self, text: str) -> None:
        self._text = (self._text + text)[:40]

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "v":
            self._parser.CharacterDataHandler = None
        elif local == "c":
            self._parser.EndElementHandler = None
            self._note_fault()
            self._text = ""

    def _note_fault(self) -> None:
        place = (self.row, self.column)
        if self._type == "e":
            self.notes.faults[place] = self._text.strip() or "#ERROR!"
        elif not self._text.strip() and self._type != "str":
            self.notes.faults[place] = NO_VALUE


_STEPS: Final[dict[str, Callable[[_SheetScan, Mapping[str, str]], None]]] = {
    "row": _SheetScan._on_row,  # noqa: SLF001  the table of this class's own steps
    "c": _SheetScan._on_cell,  # noqa: SLF001 - as above
    "f": _SheetScan._on_formula,  # noqa: SLF001 - as above
    "v": _SheetScan._on_value,  # noqa: SLF001 - as above
    "is": _SheetScan._on_value,  # noqa: SLF001 - as above
}


def scan_sheet(xml: bytes) -> SheetNotes:
    """Look through a sheet's XML: well-formed, no DTD, within limits; where its cells end, which are faulty.

    Raises :class:`UnreadableWorkbookError`. Source of the cell grammar: ECMA-376 part 1, 18.3.1.
    """
    _refuse_wide_characters(xml)
    parse_whole(checking_parser(strict=True), xml)
    return _without_plain_cells(xml) or _SheetScan().run(xml)


def _without_plain_cells(xml: bytes) -> SheetNotes | None:
    """The notes of a well-formed sheet: its plain cells are cut out at once, the rest is walked through.

    ``None`` where that cannot be done: what looks like a cell may be none, or a cell's place follows from the
    one before it, or a limit is passed.
    """
    if not _holds_elements_only(xml):
        return None
    pieces = _PLAIN_CELL.split(xml)
    scan = _SheetScan()
    if not scan.take_plain(pieces[1::3], pieces[2::3]):
        return None
    notes = scan.run(b"".join(pieces[::3]))
    return None if scan.is_loose else notes


def _holds_elements_only(xml: bytes) -> bool:
    """Whether there are no comments, CDATA sections or instructions: anything may stand in those.

    The one instruction that every file has is the declaration at its beginning.
    """
    return b"<!" not in xml and xml.count(b"<?") == xml.startswith(_BEGINNING)
