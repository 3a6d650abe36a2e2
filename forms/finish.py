"""The last step before signing: PDF/A-2u and PDF/UA-1, with fields to sign in; equal input, equal bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pikepdf
from PIL import ImageCms

from forms.anchors import Anchor
from forms.signing.fields import lay_fields
from forms.structure import Structure
from forms.tagging import with_structure

_ICC_DATE = slice(24, 36)
"""Where a colour profile keeps the time it was made; it would make equal papers differ."""
# PDF/A knows no other standard's entry but by a description that travels in the file
_UA_ENTRY = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END_OF_XMP = b"</rdf:RDF>"
_INTENT = "sRGB IEC61966-2.1"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself. ``created`` carries its time zone; ``None`` leaves the times out."""

    title: str
    author: str = ""
    subject: str = ""
    language: str = "vi-VN"
    created: datetime | None = None
    producer: str = "Sổ Dân vận"


def finish(
    pdf: bytes, metadata: Metadata, structure: Structure | None = None, anchors: Sequence[Anchor] = ()
) -> bytes:
    """Make laid-out pages a PDF/A-2u file, and a PDF/UA-1 file if it is known what their marks are.

    At each of ``anchors`` an empty signature field is laid, so that signing only fills one. A later rewrite
    by any tool would break the signatures.
    """
    tagged = with_structure(pdf, structure) if structure else None
    with pikepdf.open(BytesIO(tagged.pdf if tagged else pdf)) as document:
        _declare_colours(document)
        document.Root.Lang = pikepdf.String(metadata.language)
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        _describe(document, metadata)
        rooms: Mapping[str, int] = {}
        if tagged:
            _declare_structure(document, tagged.root)
            rooms = tagged.rooms
        lay_fields(document, anchors, rooms)
        finished = BytesIO()
        document.save(
            finished,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return finished.getvalue()


def _declare_colours(document: pikepdf.Pdf) -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_ICC_DATE] = bytes(12)
    stream = document.make_stream(bytes(profile), N=3)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=_INTENT,
        Info=_INTENT,
        DestOutputProfile=stream,
    )
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(intent)])


def _declare_structure(document: pikepdf.Pdf, root: int) -> None:
    document.Root.StructTreeRoot = document.get_object(root, 0)
    document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    for number, page in enumerate(document.pages):
        page.obj.StructParents = number
        page.obj.Tabs = pikepdf.Name.S
    described = document.Root.Metadata
    described.write(described.read_bytes().replace(_END_OF_XMP, _UA_ENTRY + _END_OF_XMP, 1))


def _describe(document: pikepdf.Pdf, metadata: Metadata) -> None:
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    document.docinfo["/Title"] = metadata.title
    document.docinfo["/Producer"] = metadata.producer
    if metadata.author:
        document.docinfo["/Author"] = metadata.author
    if metadata.subject:
        document.docinfo["/Subject"] = metadata.subject
    if metadata.created:
        for key in ("/CreationDate", "/ModDate"):
            document.docinfo[key] = _pdf_date(metadata.created)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.load_from_docinfo(document.docinfo)
        xmp["dc:language"] = {metadata.language}
        xmp["dc:format"] = "application/pdf"
        xmp["pdfaid:part"] = "2"
        xmp["pdfaid:conformance"] = "U"


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"
