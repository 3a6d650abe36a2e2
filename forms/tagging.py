"""Writes the structure of a paper into its PDF: elements, which mark is of which, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pikepdf

from forms.structure import Node, Structure

_XREF: Final = "xref\n{first} {count}\n{rows}trailer\n<</Size {size}/Root {root} 0 R{info}/Prev {previous}>>"
_END: Final = "\nstartxref\n{at}\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Tagged:
    """The file with its structure behind it; object numbers of its root and of the elements of rooms."""

    pdf: bytes
    root: int
    rooms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _File:
    """What has to be known of a file to append to it: object numbers, and where its last table begins."""

    pages: tuple[int, ...]
    root: int
    info: int | None
    size: int
    previous: int


def with_structure(pdf: bytes, structure: Structure) -> Tagged:
    """``pdf`` as reportlab writes it, with the elements of ``structure`` appended as one more revision.

    Written as text: made one by one through a library, the cells of a long list take longer than its pages.
    """
    file = _read(pdf)
    nodes = list(_all_nodes(structure.root))
    # The root comes first, then the elements in reading order, then of which element each page's marks are
    numbers = {id(node): number for number, node in enumerate(nodes, file.size + 1)}
    lists = range(file.size + 1 + len(nodes), file.size + 1 + len(nodes) + len(structure.pages))
    objects = [
        _root(numbers[id(structure.root)], lists),
        *_elements(structure.root, file.size, numbers, file.pages),
        *(_array(f"{numbers[id(node)]} 0 R" for node in marks) for marks in structure.pages),
    ]
    rooms = {node.room: numbers[id(node)] for node in nodes if node.room}
    return Tagged(pdf + _revision(objects, file, len(pdf)), file.size, rooms)


def _read(pdf: bytes) -> _File:
    with pikepdf.open(BytesIO(pdf)) as document:
        info = document.trailer.get(pikepdf.Name.Info)
        return _File(
            pages=tuple(page.obj.objgen[0] for page in document.pages),
            root=document.Root.objgen[0],
            info=info.objgen[0] if info is not None else None,
            size=int(document.trailer.Size),
            previous=int(pdf[pdf.rindex(b"startxref") :].split()[1]),
        )


def _all_nodes(node: Node) -> Iterator[Node]:
    """The node and all below it, in reading order."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _all_nodes(kid)


def _array(references: Iterable[str]) -> str:
    return f"[{' '.join(references)}]"


def _root(document: int, lists: range) -> str:
    numbered = " ".join(f"{page} {number} 0 R" for page, number in enumerate(lists))
    return (
        f"<</Type/StructTreeRoot/K {document} 0 R"
        f"/ParentTree<</Nums[{numbered}]>>/ParentTreeNextKey {len(lists)}>>"
    )


def _elements(node: Node, parent: int, numbers: Mapping[int, int], pages: tuple[int, ...]) -> Iterator[str]:
    page = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
    on = f"/Pg {pages[page]} 0 R" if page is not None else ""
    kids = " ".join(_kid(kid, page, numbers, pages) for kid in node.kids)
    yield f"<</S/{node.tag}/P {parent} 0 R{on}{node.entries}{f'/K[{kids}]' if kids else ''}>>"
    number = numbers[id(node)]
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _elements(kid, number, numbers, pages)


def _kid(
    kid: Node | tuple[int, int], page: int | None, numbers: Mapping[int, int], pages: tuple[int, ...]
) -> str:
    if isinstance(kid, Node):
        return f"{numbers[id(kid)]} 0 R"
    where, mark = kid
    return str(mark) if where == page else f"<</Type/MCR/Pg {pages[where]} 0 R/MCID {mark}>>"


def _revision(objects: list[str], file: _File, start: int) -> bytes:
    """The objects with their table, to stand at ``start``."""
    written = [f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, file.size)]
    at, rows = start, []
    for each in written:
        rows.append(f"{at:010} 00000 n \n")
        at += len(each)
    table = _XREF.format(
        first=file.size,
        count=len(objects),
        rows="".join(rows),
        size=file.size + len(objects),
        root=file.root,
        info=f"/Info {file.info} 0 R" if file.info else "",
        previous=file.previous,
    )
    return "".join([*written, table, _END.format(at=at)]).encode("ascii")
