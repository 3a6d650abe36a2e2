"""Lays empty signature fields into a finished PDF, all at once, before anybody signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from forms.anchors import AGENCY, DATE, NUMBER, PERSON, Anchor
from forms.signing.errors import AlreadySignedError, EncryptedPdfError, UnreadablePdfError

# Read aloud by screen readers and shown under the mouse: words of the paper, never translated
_TOLD: Final = {
    PERSON: "Chữ ký của người ký văn bản",
    AGENCY: "Dấu của cơ quan",
    NUMBER: "Số của văn bản (văn thư điền)",
    DATE: "Ngày của văn bản (văn thư điền)",
}
_TOLD_OTHER: Final = "Chữ ký số"
_NAMED: Final = "{told}: {person}"

_PRINTED_AND_LOCKED: Final = 4 + 128
# The document has signature fields, and may only be appended to once one of them is signed
_SIGNATURES_EXIST: Final = 1 + 2


def open_unsigned(pdf: bytes) -> pikepdf.Pdf:
    """The PDF for rewriting. Raises ``AlreadySignedError``, ``EncryptedPdfError``, ``UnreadablePdfError``."""
    try:
        opened = pikepdf.open(BytesIO(pdf))
    except pikepdf.PasswordError as error:
        raise EncryptedPdfError from error
    except pikepdf.PdfError as error:
        raise UnreadablePdfError from error
    if opened.is_encrypted:
        raise EncryptedPdfError
    if any(is_signed(field) for field in _fields(opened)):
        raise AlreadySignedError
    return opened


def prepare(pdf: bytes, anchors: Sequence[Anchor]) -> bytes:
    """The PDF with an empty signature field at every anchor; same input, same bytes.

    Rewrites the whole file, so that what is signed later starts from one revision in which every
    field stands: a signature in a field that came later would break the one before it.
    """
    with open_unsigned(pdf) as opened:
        taken = {str(field.get(Name.T)) for field in _fields(opened)}
        if double := taken.intersection(anchor.name for anchor in anchors):
            raise ValueError(f"fields that are there already: {sorted(double)}")
        lay_fields(opened, anchors, {})
        out = BytesIO()
        # Object streams as they are: PDF/A-1 of others has none, our own PDF/A-2 has some
        opened.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
        return out.getvalue()


def lay_fields(opened: pikepdf.Pdf, anchors: Sequence[Anchor], elements: Mapping[str, int]) -> None:
    """Lay an empty signature field at every anchor, with its place in the structure of a tagged paper.

    ``elements`` has the object numbers of the elements that wait for fields, by name; other fields are read
    last. A paper that nobody can sign needs no form.
    """
    if not anchors:
        return
    form, tagged = _form(opened), Name.StructTreeRoot in opened.Root
    for anchor in anchors:
        field = _field(opened, anchor)
        form.Fields.append(field)
        if tagged:
            number = elements.get(anchor.name)
            _tag(opened, field, opened.get_object(number, 0) if number else _last_element(opened))


def _last_element(opened: pikepdf.Pdf) -> pikepdf.Object:
    """A new element for a field, behind everything else that is read."""
    root = opened.Root.StructTreeRoot
    kids = _kids(root)
    parent = kids[0] if len(kids) == 1 and kids[0].get(Name.S) == Name.Document else root
    element = opened.make_indirect(Dictionary(S=Name.Form, P=parent))
    parent.K = Array([*_kids(parent), element])
    return element


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _tag(opened: pikepdf.Pdf, field: pikepdf.Object, element: pikepdf.Object) -> None:
    root = opened.Root.StructTreeRoot
    if Name.ParentTree not in root:
        root.ParentTree = pikepdf.NumberTree.new(opened).obj
    tree = pikepdf.NumberTree(root.ParentTree)
    key = max(int(root.get(Name.ParentTreeNextKey, 0)), *(1 + each for each in tree), 0)
    tree[key] = element
    root.ParentTreeNextKey = key + 1
    field.StructParent = key
    field.P.Tabs = Name.S
    element.Pg = field.P
    # Not an array of one: pyHanko would take a signature in this field for a change of the structure
    element.K = Dictionary(Type=Name.OBJR, Obj=field, Pg=field.P)


def is_signed(field: pikepdf.Object) -> bool:
    """Whether this field, or one below it, is a signature field that holds a signature."""
    below: Iterable[pikepdf.Object] = field.get(Name.Kids, [])
    return (field.get(Name.FT) == Name.Sig and Name.V in field) or any(is_signed(kid) for kid in below)


def _fields(opened: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    form = opened.Root.get(Name.AcroForm, Dictionary())
    yield from _dictionaries(form.get(Name.Fields, []))


def _dictionaries(things: Iterable[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    return (thing for thing in things if isinstance(thing, Dictionary))


def _form(opened: pikepdf.Pdf) -> pikepdf.Object:
    if Name.AcroForm not in opened.Root:
        opened.Root.AcroForm = opened.make_indirect(Dictionary(Fields=Array()))
    form = opened.Root.AcroForm
    if Name.Fields not in form:
        form.Fields = Array()
    form.SigFlags = _SIGNATURES_EXIST
    return form


def _field(opened: pikepdf.Pdf, anchor: Anchor) -> pikepdf.Object:
    """Field and widget in one."""
    page = opened.pages[anchor.page]
    field = opened.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(anchor.name),
            TU=String(_told(anchor)),
            Rect=Array([anchor.x, anchor.y, anchor.x + anchor.width, anchor.y + anchor.height]),
            F=_PRINTED_AND_LOCKED,
            P=page.obj,
            AP=Dictionary(N=_blank(opened, anchor)),
        )
    )
    if Name.Annots not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(field)
    return field


def _told(anchor: Anchor) -> str:
    told = _TOLD.get(anchor.name, _TOLD_OTHER)
    return _NAMED.format(told=told, person=anchor.person) if anchor.person else told


def person_named(pdf: bytes, name: str) -> str:
    """Who shall sign in the field ``name``, as :func:`prepare` noted it; empty where nobody is named."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        told = next((str(f.get(Name.TU, "")) for f in _fields(opened) if str(f.get(Name.T)) == name), "")
    start = _NAMED.format(told=_TOLD.get(name, _TOLD_OTHER), person="")
    return told.removeprefix(start) if told.startswith(start) else ""


def _blank(opened: pikepdf.Pdf, anchor: Anchor) -> pikepdf.Object:
    # PDF/A-2 wants an appearance of every annotation that has an area, even of an empty one
    return opened.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, anchor.width, anchor.height]),
        Resources=Dictionary(),
    )
