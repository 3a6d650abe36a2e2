"""Recognises columns in TCVN3, VNI or decomposed Unicode, decodes them, and tells what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from unicodedata import is_normalized

from db import RECORD_TYPES
from db.legacy_text import Encoding, decode, with_lost_capitals
from db.records.definition import Search
from db.vietnamese import nfc
from forms.spreadsheets.errors import Fault, UnreadableWorkbookError
from forms.spreadsheets.headings import HeadingRow, find_heading_row
from forms.spreadsheets.layout import As, Column, SheetLayout, heading_key, sheet_called
from forms.spreadsheets.legacy_votes import OLD, Says, Votes, is_rather_unicode, is_surely_unicode, may_be_old
from forms.spreadsheets.raw import OLD_OR_NEW, Cell, ColumnText, RawSheet, Workbook
from forms.spreadsheets.scan import column_letters

MIXED: Final = "mixed"
DECOMPOSED: Final = "nfd"
BY_TEXT, BY_FONT, BY_CLERK = "text", "font", "clerk"
_SAMPLES: Final = 3
# Codes and phone numbers are never touched, unless the clerk says so
_NEVER: Final = frozenset({As.CODE, As.UNIT, As.UNITS, As.MODEL, As.PHONE, As.LINE})
_NOISE: Final = 0.2


def recognised(workbook: Workbook, chosen: Mapping[str, str] | None = None) -> Workbook:
    """The workbook with its old columns in Unicode. ``chosen``: {column, or Sheet!Column: encoding}.

    Columns of which the text gives no answer (``mixed``) are left as they are; the rows in doubt are refused
    when they are read. Raises :class:`UnreadableWorkbookError` for a chosen column that is not in the file.
    """
    wishes = {heading_key(name): Encoding(encoding) for name, encoding in (chosen or {}).items()}
    books = [_Sheet(sheet, layout) for sheet in workbook.sheets if (layout := sheet_called(sheet.name))]
    used: set[str] = set()
    columns = [column for book in books for column in book.columns]
    for column in columns:
        for key in column.keys:
            if key in wishes:
                used.add(key)
                column.choose(wishes[key])
    if unknown := [name for name in (chosen or {}) if heading_key(name) not in used]:
        raise UnreadableWorkbookError(Fault.NO_SUCH_COLUMN, column=unknown[0])
    _decide(columns)
    decoded = {id(book.raw): book.decoded() for book in books}
    sheets = tuple(decoded.get(id(sheet), sheet) for sheet in workbook.sheets)
    return replace(workbook, sheets=sheets, columns=tuple(c.told() for c in columns if c.is_worth_telling))


def _decide(columns: Sequence[_Column]) -> None:
    """First those columns that leave no doubt; then the others in their light."""
    waiting = [column for column in columns if not column.decide(None)]
    sure = Counter(column.encoding for column in columns if column.encoding in OLD)
    prior = sure.most_common(1)[0][0] if sure else None
    for column in waiting:
        column.decide(prior)


@dataclass(slots=True)
class _Column:
    """One column of a sheet. ``place`` counts from 0."""

    raw: RawSheet
    first: int
    place: int
    column: Column
    is_person: bool
    texts: dict[str, int] = field(init=False)
    votes: Votes = field(init=False)
    encoding: Encoding = Encoding.UNICODE
    by: str = BY_TEXT
    mixed: bool = False
    samples: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        cells = (row[self.place] for row in self.raw.rows[self.first :] if self.place < len(row))
        self.texts = Counter(cell for cell in cells if isinstance(cell, str) and not cell.isascii())
        self.votes = Votes.of(self.texts) if self.column.read_as not in _NEVER else Votes()

    @property
    def keys(self) -> tuple[str, ...]:
        """The names by which a clerk may mean this column."""
        heading = self.column.heading
        return tuple(heading_key(name) for name in (heading, f"{self.raw.name}!{heading}", *self.column.also))

    def choose(self, encoding: Encoding) -> None:
        self.encoding, self.by = encoding, BY_CLERK

    def decide(self, prior: Encoding | None) -> bool:
        """Find the encoding, if it can be told now. ``prior``: that of most other columns of the file."""
        if self.by == BY_CLERK or self.column.read_as in _NEVER or not self.texts:
            return True
        font = self._font()
        old = font or prior or self._better()
        for_old = self.votes.for_old(old)
        if not for_old and not (self.votes.shortened and (font or prior)):
            # Even in an old font right Unicode stays, and what is neither
            return font is not None and self._take(font, BY_FONT, sure=self._only_foreign())
        sure = self.votes.is_strong(old) or old in (font, prior)
        if not sure or self._speaks_against(old):
            return False
        self.mixed = self._is_mixed(old)
        return self._take(old, BY_FONT if font else BY_TEXT, sure=not self.mixed)

    def _take(self, old: Encoding, by: str, *, sure: bool) -> bool:
        if sure:
            self.encoding, self.by = old, by
        return True

    def _better(self) -> Encoding:
        return max(OLD, key=lambda old: (self.votes.for_old(old), len(self.votes.words[old])))

    def _only_foreign(self) -> bool:
        return not self.votes.count(Says.SURELY_UNICODE, Says.UNICODE)

    def _speaks_against(self, old: Encoding) -> bool:
        """Whether the column rather holds Unicode, or another language."""
        for_old = self.votes.for_old(old)
        as_it_is = self.votes.count(Says.UNICODE)
        foreign = self.votes.count(Says.FOREIGN)
        return not self.raw.fonts and (foreign > for_old or as_it_is > for_old)

    def _is_mixed(self, old: Encoding) -> bool:
        other = next(each for each in OLD if each is not old)
        strangers = self.votes.for_old(other) - self.votes.count(Says.EITHER)
        if self.votes.is_strong(other) and strangers > _NOISE * self.votes.for_old(old):
            return True
        return bool(self.votes.count(Says.SURELY_UNICODE)) and not self._font_tells_all(old)

    def _font(self) -> Encoding | None:
        """The encoding of the old font in which most of the cells stand that may be old."""
        if not self.raw.fonts:
            return None
        found = Counter(
            font.encoding if (font := self.raw.fonts.get((number, self.place + 1))) else None
            for number, cell in self._cells()
            if may_be_old(cell)
        )
        return found.most_common(1)[0][0] if found else None

    def _font_tells_all(self, old: Encoding) -> bool:
        """Whether every cell that is written in ``old`` stands in a font of it."""
        fonts = self.raw.fonts
        return bool(fonts) and all(
            (font := fonts.get((number, self.place + 1))) is not None and font.encoding is old
            for number, cell in self._cells()
            if may_be_old(cell)
        )

    def _cells(self) -> Iterator[tuple[int, str]]:
        for number, row in enumerate(self.raw.rows[self.first :], start=self.first + 1):
            cell = row[self.place] if self.place < len(row) else ""
            if isinstance(cell, str) and cell:
                yield number, cell

    def changed(self) -> Iterator[tuple[int, str]]:
        """The rows, from 1, and texts of the cells that become others."""
        if self.encoding is Encoding.UNICODE:
            return
        for number, cell in self._cells():
            font = self.raw.fonts.get((number, self.place + 1)) if self.raw.fonts else None
            capitals = font is not None and font.capitals and self.encoding is Encoding.TCVN3
            if capitals or may_be_old(cell):
                stays = is_surely_unicode(cell) or (font is None and is_rather_unicode(cell, self.encoding))
                text = cell if stays else self._decoded(cell, capitals)
                self._sample(cell, text)
                yield number, text

    def _decoded(self, cell: str, capitals: bool) -> str:
        text = decode(cell, self.encoding, capitals=capitals)
        return with_lost_capitals(text) if self.is_person and self.encoding is Encoding.TCVN3 else text

    def doubts(self) -> Iterator[int]:
        """The rows, from 1, of cells of which nobody can tell how they are written."""
        if self.mixed:
            yield from (number for number, cell in self._cells() if may_be_old(cell))

    def _sample(self, before: str, after: str) -> None:
        pair = (before, after)
        if len(self.samples) < _SAMPLES and before != after and pair not in self.samples:
            self.samples.append(pair)

    @property
    def is_worth_telling(self) -> bool:
        return bool(self.texts) or self.by == BY_CLERK

    def told(self) -> ColumnText:
        name = MIXED if self.mixed else self.encoding.value
        decomposed = [text for text in self.texts if not is_normalized("NFC", text)]
        if name == Encoding.UNICODE.value and decomposed and self.by != BY_CLERK:
            name = DECOMPOSED
        samples = self.samples or [(text, nfc(text)) for text in decomposed[:_SAMPLES]]
        if self.mixed:
            samples = [(text, decode(text, self._better())) for text in self.texts if may_be_old(text)]
        return ColumnText(
            self.raw.name,
            self.column.heading,
            column_letters(self.place + 1),
            name,
            self.by,
            tuple(samples[:_SAMPLES]) or tuple((text, nfc(text)) for text in list(self.texts)[:_SAMPLES]),
            likely=self._better().value if self.mixed else "",
        )


class _Sheet:
    """A sheet with its columns."""

    def __init__(self, raw: RawSheet, layout: SheetLayout) -> None:
        self.raw = raw
        headings = find_heading_row(raw.rows, layout)
        self.columns = list(_columns(raw, layout, headings))

    def decoded(self) -> RawSheet:
        """The sheet with the cells of its old columns in Unicode."""
        rows: list[Sequence[Cell]] = list(self.raw.rows)
        faults = dict(self.raw.faults)
        for column in self.columns:
            for number, text in column.changed():
                rows[number - 1] = _with(rows[number - 1], column.place, text)
            faults.update({(number, column.place + 1): OLD_OR_NEW for number in column.doubts()})
        return replace(self.raw, rows=rows, faults=faults)


def _with(row: Sequence[Cell], place: int, text: str) -> Sequence[Cell]:
    changed = list(row)
    changed[place] = text
    return changed


def _columns(raw: RawSheet, layout: SheetLayout, headings: HeadingRow) -> Iterable[_Column]:
    for column in layout.columns:
        place = headings.places.get(column.name)
        if place is not None:
            declared = RECORD_TYPES[layout.type].by_name.get(column.name)
            is_person = declared is not None and declared.search is Search.PERSON
            yield _Column(raw, headings.number, place, column, is_person)
