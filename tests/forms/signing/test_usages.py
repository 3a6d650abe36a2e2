"""The shorter way to the usages of an object finds what pyHanko's long one finds."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils.generic import Reference, read_object
from pyhanko.pdf_utils.reader import HistoricalResolver

from forms.signing.damage import DAMAGE
from forms.signing.reader import Reader
from forms.signing.usages import outgoing_of, outgoing_of_text
from tests.support import signing_attacks_bytes, signing_attacks_form, signing_attacks_pages
from tests.support.signing_attacks import ATTACKS, Scene

# Importing them is what fills the list
FAMILIES = (signing_attacks_bytes, signing_attacks_form, signing_attacks_pages)
Usages = dict[int, set[str]]


def _references(reader: Reader) -> list[Reference]:
    """Every object of a file, and one that is in no revision."""
    return [Reference(number, 0, reader) for number in range(1, int(reader.trailer["/Size"]) + 1)]


def _by_pyhanko(reader: Reader, revision: int) -> Usages | None:
    """None where pyHanko gives up."""
    past = HistoricalResolver(reader, revision)
    try:
        past._load_reverse_xref_cache()  # noqa: SLF001 - what is compared with
    except DAMAGE:
        return None
    return {ref.idnum: {str(path) for path in past._get_usages_of_ref(ref)} for ref in _references(reader)}  # noqa: SLF001 - the same


def _by_us(reader: Reader, revision: int) -> Usages:
    """Each object asked about by itself, so that as much as possible is left out."""
    found: Usages = {}
    for ref in _references(reader):
        past = reader.get_historical_resolver(revision)
        past.look_for([ref])
        found[ref.idnum] = {str(path) for path in past._get_usages_of_ref(ref)}  # noqa: SLF001 - pyHanko's name
    return found


def _compared(pdf: bytes) -> Iterator[tuple[Usages, Usages]]:
    reader = Reader(BytesIO(pdf))
    for revision in range(reader.xrefs.total_revisions):
        wanted = _by_pyhanko(reader, revision)
        if wanted is not None:
            yield _by_us(reader, revision), wanted


@pytest.mark.parametrize("stage", ["once", "twice", "stored", "with_text"])
def test_in_every_revision_of_a_signed_paper_each_object_is_found_where_pyhanko_finds_it(
    stage: str, scene: Scene
) -> None:
    pairs = list(_compared(getattr(scene, stage)))
    assert pairs
    assert all(ours == theirs for ours, theirs in pairs)


@pytest.mark.parametrize("sentence", sorted(ATTACKS))
def test_an_attack_hides_no_usage(sentence: str, scene: Scene) -> None:
    try:
        pairs = list(_compared(ATTACKS[sentence](scene)))
    except DAMAGE:
        return  # not read by anybody
    assert all(ours == theirs for ours, theirs in pairs)


# --- any structure ---

_KEYS = ("/P", "/Parent", "/K", "/Kids", "/Pg", "/Obj", "/Root", "/Pages", "/X")
_OBJECTS = 5


def _value(draw: Any, made: list[pikepdf.Object]) -> Any:
    refs = st.sampled_from(made)
    shape = draw(st.sampled_from(["reference", "array", "dictionary", "number"]))
    if shape == "reference":
        return draw(refs)
    if shape == "array":
        return Array(draw(st.lists(refs, max_size=2)))
    if shape == "dictionary":
        return Dictionary({draw(st.sampled_from(_KEYS)): draw(refs)})
    return 7


@st.composite
def _files(draw: Any) -> bytes:
    """A PDF of two pages with a structure, in which a few more objects refer to anything."""
    with pikepdf.new() as opened:
        for _page in range(2):
            opened.add_blank_page()
        things = [opened.make_indirect(Dictionary(S=Name.P)) for _at in range(_OBJECTS)]
        tree = opened.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        opened.Root.StructTreeRoot = tree
        everything = [*things, tree, *(page.obj for page in opened.pages), opened.Root.Pages, opened.Root]
        for thing in [*things, tree, opened.pages[0].obj, opened.Root]:
            for key in draw(st.lists(st.sampled_from(_KEYS), unique=True, max_size=2)):
                if not (thing.objgen == opened.Root.objgen and key == "/Pages"):
                    thing[key] = _value(draw, everything)
        if draw(st.booleans()):
            things[0].Type = draw(st.sampled_from([Name.StructElem, Name.Other]))
        out = BytesIO()
        mode = draw(st.sampled_from(["generate", "disable"]))
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode[mode], deterministic_id=True)
        return out.getvalue()


@given(_files())
def test_whatever_refers_to_whatever_the_usages_are_the_same(pdf: bytes) -> None:
    for ours, theirs in _compared(pdf):
        assert ours == theirs


# --- reading references from text ---


@pytest.mark.parametrize(
    "text",
    [
        b"<< /K [ 79 ] /P 2987 0 R /Pg 21 0 R /S /TD >>",
        b"<</K[1 2 3 0 R 4 0 R]/S/TR/Type/StructElem>>",
        b"<</K 12 0 R/Type/Other>>\n",
        b"<</Parent 5 0 R/Kids[7 0 R]>>",
        b"<<>>",
    ],
)
def test_a_plain_dictionary_is_read_from_its_text_as_from_the_object(text: bytes) -> None:
    assert outgoing_of_text(text) == outgoing_of(_parsed(text))


def _parsed(text: bytes) -> Any:
    reader = Reader(BytesIO(_smallest()))
    return read_object(BytesIO(text + b" "), Reference(1, 0, reader))


def _smallest() -> bytes:
    out = BytesIO()
    with pikepdf.new() as opened:
        opened.add_blank_page()
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        b"<</K (12 0 R)>>",
        b"<</K %\n12 0 R>>",
        b"<</K <</P 1 0 R>>>>",
        b"<</#4b 12 0 R>>",
        b"<</K 12 0 R/K 13 0 R>>",
        b"<</K [1 0 R]",
        b"[1 0 R]",
        b"<</K 1.5>>",
    ],
)
def test_what_is_not_plain_is_left_to_pyhanko(text: bytes) -> None:
    assert outgoing_of_text(text) is None
