"""The structure of a tagged PDF as an outside reader (poppler) finds it, and of what each mark is."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

_ELEMENT = re.compile(r"^( *)((?!Object)[A-Z]\w*)(?: \((?:block|inline)\))?(?: .*|:)?$")
_TEXT = re.compile(r'^ *"(.*)"$')


@dataclass(slots=True)
class Element:
    """An element: how deep it lies, its type, and the words of its own marks."""

    depth: int
    tag: str
    text: str = ""


def elements(pdf: bytes, folder: Path) -> list[Element]:
    """All elements in reading order."""
    file = folder / "tagged.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdfinfo", "-struct-text", file], capture_output=True, check=True, encoding="utf-8"
    )
    found: list[Element] = []
    for line in done.stdout.splitlines():
        if text := _TEXT.match(line):
            found[-1].text += text[1]
        elif element := _ELEMENT.match(line):
            found.append(Element(len(element[1]) // 2, element[2]))
    for each in found:
        each.text = " ".join(each.text.split())
    return found


def told(pdf: bytes, folder: Path, *tags: str) -> list[str]:
    """The words of all elements of these types."""
    return [each.text for each in elements(pdf, folder) if each.tag in tags]


def loose_marks(pdf: bytes) -> dict[str, int]:
    """Marks that no element has, elements' marks that are on no page, and numbers that lead astray."""
    with pikepdf.open(BytesIO(pdf)) as document:
        on_pages = {
            (page.obj.objgen[0], int(mark))
            for page in document.pages
            for mark in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
        }
        counted = Counter(_marks(document.Root.StructTreeRoot.K))
        tree = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
        astray = [
            number
            for page in document.pages
            for number, parent in enumerate(tree[int(page.StructParents)])
            if (page.obj.objgen[0], number) not in set(_own_marks(parent))
        ]
    return {
        "in no element": len(on_pages - set(counted)),
        "on no page": len(set(counted) - on_pages),
        "in two elements": sum(count > 1 for count in counted.values()),
        "astray": len(astray),
    }


def _kids(element: Any) -> list[Any]:
    if "/K" not in element:
        return []
    kids = element.K
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _own_marks(element: Any) -> Iterator[tuple[int, int]]:
    for kid in _kids(element):
        if isinstance(kid, int):
            yield element.Pg.objgen[0], int(kid)
        elif kid.get("/Type") == "/MCR":
            yield kid.Pg.objgen[0], int(kid.MCID)


def _marks(element: Any) -> Iterator[tuple[int, int]]:
    yield from _own_marks(element)
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _marks(kid)
