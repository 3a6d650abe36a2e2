"""Where in a revision an object is used, found without reading every other object of the file.

pyHanko asks that of each object which a later revision replaces. To answer it follows every reference from
the trailer: seconds for each revision of a paper with a thousand tagged rows. Here the references are noted
first, those of plain dictionaries (the cells of a table) from their text; then pyHanko follows only the
objects that can lead to those asked about. It finds the same, because those left out lead elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath

Name = tuple[int, int]
"""Number and generation of an object."""

_WHITE: Final = rb"[\t\n\f\r ]"
_REFERENCE: Final = re.compile(rb"(\d+)%s+(\d+)%s+R" % (_WHITE, _WHITE))
_VALUE: Final = rb"(?:%s|/[A-Za-z]+|\d+|\[[\dR\t\n\f\r ]*\])" % _REFERENCE.pattern.replace(b"(", b"(?:")
_ENTRY: Final = re.compile(rb"/([A-Za-z]+)%s*(%s)%s*" % (_WHITE, _VALUE, _WHITE))
_PLAIN: Final = re.compile(rb"<<%s*(?:/[A-Za-z]+%s*%s%s*)*>>%s*" % (_WHITE, _WHITE, _VALUE, _WHITE, _WHITE))
"""A dictionary of names, whole numbers, references and flat arrays: no strings, comments or escapes."""

_TO_A_PAGE: Final = frozenset({"/Root", "/Pages", "/Kids"})
"""The keys by which pyHanko enters pages; by any other way it stops at them."""


class Edge(NamedTuple):
    """A reference. ``under_p``: below a key /P; ``to_a_page``: below no other keys than those to pages."""

    target: Name
    under_p: bool
    to_a_page: bool


class Outgoing(NamedTuple):
    """What an object refers to; ``kids``: the references in its array /K; ``only_kid``: that which is its /K.

    ``is_element``: it may be an element of the structure.
    """

    edges: tuple[Edge, ...]
    kids: tuple[Name, ...] = ()
    only_kid: Name | None = None
    is_element: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """The references of a revision, turned round. ``always``: objects that are followed whatever is asked."""

    incoming: Mapping[Name, Collection[tuple[Name, Edge]]]
    pages: frozenset[Name]
    elements: frozenset[Name]
    always: frozenset[Name] = field(default_factory=frozenset)

    def leading_to(self, targets: Iterable[Name]) -> frozenset[Name]:
        """All objects from which one of ``targets`` may be reached in the way that pyHanko follows."""
        asked = set(targets)
        found, left = set(asked), list(asked)
        while left:
            reached = left.pop()
            for source, edge in self.incoming.get(reached, ()):
                if source not in found and self._is_followed(source, edge, reached in asked):
                    found.add(source)
                    left.append(source)
        return self.always | found

    def _is_followed(self, source: Name, edge: Edge, is_asked: bool) -> bool:
        if edge.under_p and source in self.elements:
            return False
        return is_asked or edge.to_a_page or edge.target not in self.pages


class Past(HistoricalResolver):
    """One revision of a file, as pyHanko sees it, with a shorter way to the usages of its objects."""

    def __init__(self, reader: Any, revision: int) -> None:
        super().__init__(reader, revision)
        self._found_usages: dict[Name, set[RawPdfPath]] = {}
        self._ways: Ways | None = None
        self.outgoing: Callable[[generic.Reference, int], Outgoing | None] = reader.outgoing

    def _load_reverse_xref_cache(self) -> None:
        """Nothing: usages are found when they are asked for."""

    def _get_usages_of_ref(self, ref: generic.Reference) -> set[RawPdfPath]:
        if _name(ref) not in self._found_usages:
            # Most of what is asked comes in later revisions: looked for together
            self.look_for({ref, *(set() if self._found_usages else self._later())})
        return self._found_usages[_name(ref)]

    def _later(self) -> set[generic.Reference]:
        xrefs = self.reader.xrefs
        revisions = range(self.revision + 1, xrefs.total_revisions)
        return {ref for each in revisions for ref in xrefs.explicit_refs_in_revision(each)}

    def look_for(self, refs: Collection[generic.Reference]) -> None:
        """Find the usages of these objects."""
        if self._ways is None:
            self._ways = _ways_of(self)
        view = _View(self.reader, self.revision, self._ways.leading_to(map(_name, refs)))
        self._found_usages |= view.usages(refs)


class _View(HistoricalResolver):
    """A revision in which all objects but some are empty."""

    def __init__(self, reader: Any, revision: int, kept: Collection[Name]) -> None:
        super().__init__(reader, revision)
        self._kept = kept

    def get_object(self, ref: generic.Reference, as_metadata_stream: bool = False) -> Any:
        if _name(ref) in self._kept:
            return super().get_object(ref, as_metadata_stream)
        return generic.DictionaryObject()

    def usages(self, refs: Iterable[generic.Reference]) -> dict[Name, set[RawPdfPath]]:
        """Every path from the trailer to these, as pyHanko finds them."""
        self._load_reverse_xref_cache()  # type: ignore[no-untyped-call]  # pyHanko's
        return {_name(ref): self._get_usages_of_ref(ref) for ref in refs}


def _name(ref: generic.Reference) -> Name:
    return ref.idnum, ref.generation


def _ways_of(past: Past) -> Ways:
    """Raises what pyHanko raises for a page tree that is none."""
    xrefs = past.reader.xrefs
    refs = {ref for each in range(past.revision + 1) for ref in xrefs.explicit_refs_in_revision(each)}
    found, unreadable = {}, set()
    for ref in refs:
        outgoing = past.outgoing(ref, past.revision)
        if outgoing is None:
            unreadable.add(_name(ref))
        else:
            found[_name(ref)] = outgoing
    incoming: dict[Name, list[tuple[Name, Edge]]] = defaultdict(list)
    for source, outgoing in found.items():
        for edge in outgoing.edges:
            incoming[edge.target].append((source, edge))
    pages, branches = _page_tree(past)
    root = _name(past.root_ref)
    return Ways(incoming, pages, _elements(past, found), frozenset({root, *branches, *unreadable}))


def _page_tree(past: Past) -> tuple[frozenset[Name], frozenset[Name]]:
    """All nodes of the tree of pages, and those of them whose kids pyHanko looks at."""
    nodes: set[Name] = set()
    branches: set[Name] = set()
    top = past.root.raw_get("/Pages")
    left = [top]
    while left:
        node = left.pop()
        content = node.get_object()
        is_branch = node is top or content.get("/Type") == "/Pages"
        if isinstance(node, generic.IndirectObject):
            if _name(node.reference) in nodes:
                raise PdfError("the tree of pages leads back to itself")
            nodes.add(_name(node.reference))
            branches.update([_name(node.reference)] if is_branch else [])
        if is_branch:
            left += list(content["/Kids"])
    return frozenset(nodes), frozenset(branches)


def _elements(past: Past, found: Mapping[Name, Outgoing]) -> frozenset[Name]:
    """Elements of the structure that stand in an array of kids: pyHanko enters these only from above.

    It looks through an element that is its parent's only kid without an array. Fewer than there are would
    only take longer.
    """
    root = past.root
    start = root.raw_get("/StructTreeRoot") if "/StructTreeRoot" in root else None
    if not isinstance(start, generic.IndirectObject):
        return frozenset()
    elements: set[Name] = set()
    seen, left = set(), [_name(start.reference)]
    while left:
        parent = left.pop()
        outgoing = found.get(parent)
        if outgoing is None or parent in seen:
            continue
        seen.add(parent)
        kids = [kid for kid in outgoing.kids if kid in found and found[kid].is_element]
        elements.update(kids)
        left += [*kids, *filter(None, [outgoing.only_kid])]
    return frozenset(elements)


def outgoing_of_text(text: bytes) -> Outgoing | None:
    """What a plain dictionary refers to, read from its text; none where it is anything else."""
    if _PLAIN.fullmatch(text) is None:
        return None
    entries = [(f"/{found[1].decode()}", found[2]) for found in _ENTRY.finditer(text)]
    if len({key for key, _value in entries}) != len(entries):
        return None
    edges = [
        Edge((int(number), int(generation)), key == "/P", key in _TO_A_PAGE)
        for key, value in entries
        for number, generation in _REFERENCE.findall(value)
        if key != "/Parent"
    ]
    values = dict(entries)
    inside = values.get("/K", b"")
    kids = [(int(number), int(generation)) for number, generation in _REFERENCE.findall(inside)]
    in_array = inside.startswith(b"[")
    return Outgoing(
        edges=tuple(edges),
        kids=tuple(kids) if in_array else (),
        only_kid=kids[0] if kids and not in_array else None,
        is_element=values.get("/Type", b"/StructElem") == b"/StructElem",
    )


def outgoing_of(thing: Any) -> Outgoing:
    """What an object refers to."""
    if not isinstance(thing, generic.DictionaryObject):
        return Outgoing(tuple(_edges(thing)))
    kids = thing.raw_get("/K") if "/K" in thing else None
    inside = list(kids) if isinstance(kids, generic.ArrayObject) else []
    return Outgoing(
        edges=tuple(_edges(thing)),
        kids=tuple(_name(kid.reference) for kid in inside if isinstance(kid, generic.IndirectObject)),
        only_kid=_name(kids.reference) if isinstance(kids, generic.IndirectObject) else None,
        is_element="/Type" not in thing or thing.raw_get("/Type") == "/StructElem",
    )


def _edges(thing: Any, *, under_p: bool = False, to_a_page: bool = True) -> Iterator[Edge]:
    """Every reference in an object, but for those to its parent, which pyHanko never follows."""
    if isinstance(thing, generic.IndirectObject):
        yield Edge(_name(thing.reference), under_p, to_a_page)
    elif isinstance(thing, generic.DictionaryObject):
        for key, value in thing.items():
            if key != "/Parent":
                to_page = to_a_page and key in _TO_A_PAGE
                yield from _edges(value, under_p=under_p or key == "/P", to_a_page=to_page)
    elif isinstance(thing, generic.ArrayObject):
        for value in thing:
            yield from _edges(value, under_p=under_p, to_a_page=to_a_page)
