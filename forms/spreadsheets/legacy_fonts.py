"""Which cells stand in a font of TCVN3 or VNI: the fonts of an .xlsx, read from its checked parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from db.legacy_text import Encoding
from forms.spreadsheets.parts import plain_name, sheet_parts
from forms.spreadsheets.scan import checking_parser, parse_whole, place_of

_STYLES: Final = "xl/styles.xml"
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONSHIPS: Final = "xl/_rels/workbook.xml.rels"
_TCVN3_NAME: Final = re.compile(r"\.vn\w", re.IGNORECASE)
_VNI_NAME: Final = re.compile(r"vni[- ]", re.IGNORECASE)
_MARK_OF_OLD: Final = re.compile(rb"[\"'](?:\.vn|vni[- ])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OldFont:
    """What a font says of the text in it. ``capitals``: it shows small letters as capitals (``.VnTimeH``)."""

    encoding: Encoding
    capitals: bool = False


def old_font(name: str) -> OldFont | None:
    """What a font of this name says; None for fonts of Unicode."""
    if _TCVN3_NAME.match(name):
        return OldFont(Encoding.TCVN3, name.rstrip().endswith("H"))
    return OldFont(Encoding.VNI) if _VNI_NAME.match(name) else None


def cell_fonts(package: bytes) -> dict[str, dict[tuple[int, int], OldFont]]:
    """By sheet and (row, column) from 1 the cells in an old font. ``package``: what ``safe_package`` made.

    A workbook without old fonts costs one look at its styles. Source: ECMA-376 part 1, 18.8.10 and 18.8.22.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        names = {plain_name(name): name for name in parts.namelist()}
        if _STYLES not in names:
            return {}
        styles = _old_styles(parts.read(names[_STYLES]))
        if not styles:
            return {}
        sheets = sheet_parts(parts.read(names[_WORKBOOK]), parts.read(names[_RELATIONSHIPS]))
        return {
            title: _cells_in(styles, parts.read(names[part]))
            for part, title in sheets.items()
            if part in names
        }


def _old_styles(xml: bytes) -> dict[str, OldFont]:
    """The cell styles, by their number as text, whose font is an old one."""
    if not _MARK_OF_OLD.search(xml):
        return {}
    found = _Styles()
    _walk(xml, found.start, found.end)
    fonts = [old_font(name) for name in found.fonts]
    numbered = ((number, int(font)) for number, font in enumerate(found.styles) if font.isdecimal())
    return {
        str(number): font
        for number, place in numbered
        if place < len(fonts) and (font := fonts[place]) is not None
    }


class _Styles:
    """Collects the names of the fonts, and which of them each cell style uses."""

    def __init__(self) -> None:
        self.fonts: list[str] = []
        self.styles: list[str] = []
        self._within: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        around = self._within[-1] if self._within else ""
        self._within.append(local)
        if (around, local) == ("fonts", "font"):
            self.fonts.append("")
        elif (around, local) == ("font", "name") and self._within[-3:-2] == ["fonts"]:
            self.fonts[-1] = attributes.get("val", "")
        elif (around, local) == ("cellXfs", "xf"):
            self.styles.append(attributes.get("fontId", "0"))

    def end(self, _name: str) -> None:
        self._within.pop()


def _cells_in(styles: Mapping[str, OldFont], xml: bytes) -> dict[tuple[int, int], OldFont]:
    found = _Cells(styles)
    _walk(xml, found.start)
    return found.fonts


class _Cells:
    """Walks through a sheet; a cell without a reference stands right of the one before it."""

    def __init__(self, styles: Mapping[str, OldFont]) -> None:
        self.fonts: dict[tuple[int, int], OldFont] = {}
        self._styles = styles
        self._row = self._column = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) <= 7 else self._row + 1
            self._column = 0
        elif local == "c":
            reference = attributes.get("r")
            self._row, self._column = place_of(reference) if reference else (self._row, self._column + 1)
            font = self._styles.get(attributes.get("s", "0"))
            if font is not None:
                self.fonts[self._row, self._column] = font


def _walk(
    xml: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
) -> None:
    parser = checking_parser(strict=True)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse_whole(parser, xml)
