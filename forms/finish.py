"""The last step before signing: PDF/A-2u with metadata, colours and language; equal input, equal bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pikepdf
from PIL import ImageCms

_ICC_DATE = slice(24, 36)
"""Where a colour profile keeps the time it was made; it would make equal papers differ."""
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


def finish(pdf: bytes, metadata: Metadata) -> bytes:
    """Make laid-out pages a PDF/A-2u file. A later rewrite by any tool would break its signatures."""
    with pikepdf.open(BytesIO(pdf)) as document:
        _declare_colours(document)
        document.Root.Lang = pikepdf.String(metadata.language)
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        _describe(document, metadata)
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
