"""What each mark on a page is (heading, cell, place of a signature), for readers who do not see the page."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import Final

_HIGHEST_HEADING: Final = 6


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure: ``tag`` is a standard structure type of PDF.

    ``entries`` are further entries of its dictionary, as PDF writes them. ``kids`` in reading order:
    elements, or marks as (page from 0, number on that page). ``room`` names the field of a ``Form``.
    """

    tag: str
    entries: str = ""
    room: str = ""
    kids: list[Node | tuple[int, int]] = field(default_factory=list)

    def add(self, tag: str, entries: str = "", room: str = "") -> Node:
        """A new element at the end of this one."""
        made = Node(tag, entries, room)
        self.kids.append(made)
        return made


@dataclass(slots=True, eq=False)
class Structure:
    """The structure of a paper, and of which element each mark of each page is."""

    root: Node = field(default_factory=lambda: Node("Document"))
    pages: list[list[Node]] = field(default_factory=list)
    level: int = 0

    def mark(self, page: int, node: Node) -> int:
        """The number of a new mark of ``node`` on ``page`` (from 0)."""
        while len(self.pages) <= page:
            self.pages.append([])
        marks = self.pages[page]
        marks.append(node)
        node.kids.append((page, len(marks) - 1))
        return len(marks) - 1

    def heading(self, wanted: int) -> str:
        """The tag of a heading; a level that the paper skips is not skipped here, as PDF/UA forbids it."""
        self.level = min(wanted, self.level + 1, _HIGHEST_HEADING)
        return f"H{self.level}"


def said(key: str, text: str) -> str:
    """An entry with words: ``/Alt`` of a picture, ``/ActualText`` of dots."""
    return f"/{key} <{codecs.BOM_UTF16_BE.hex()}{text.encode('utf-16-be').hex()}>"


def placed(x: float, y: float, width: float, height: float) -> str:
    """The entry that says where on its page a picture stands, in pt."""
    return f"/A<</O/Layout/Placement/Block/BBox[{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}]>>"


def of_table(scope: str = "", columns: int = 1, rows: int = 1) -> str:
    """The entry that says for which cells a header stands, and how many cells it covers."""
    parts = [f"/Scope/{scope}" if scope else ""]
    parts += [f"/{name} {count}" for name, count in (("ColSpan", columns), ("RowSpan", rows)) if count > 1]
    found = "".join(parts)
    return f"/A<</O/Table{found}>>" if found else ""
