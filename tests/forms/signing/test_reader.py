"""The fast reader reads what pyHanko's own reads, and refuses what it refuses."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from forms.paper import make
from forms.signing.damage import DAMAGE
from forms.signing.reader import Reader
from tests.support import paper_cases


def _all_objects(reader: PdfFileReader) -> list[str]:
    numbers = range(1, int(reader.trailer["/Size"]))
    return [_shown(reader, number) for number in numbers]


def _shown(reader: PdfFileReader, number: int) -> str:
    try:
        return re.sub(" at 0x[0-9a-f]+", "", repr(reader.get_object(Reference(number, 0, reader))))
    except DAMAGE as error:
        return type(error).__name__


def _damaged(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """The file with other bytes of the same length in its first object stream, which is stored unpacked."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=False)
    head, mark, rest = out.getvalue().partition(b"/Type /ObjStm")
    assert old in rest
    return head + mark + rest.replace(old, new, 1)


def test_every_object_of_a_signed_paper_is_read_alike(twice: bytes) -> None:
    assert _all_objects(Reader(BytesIO(twice))) == _all_objects(PdfFileReader(BytesIO(twice)))


def test_every_object_of_a_tagged_paper_is_read_alike() -> None:
    pdf = make(paper_cases.ward()).pdf
    assert _all_objects(Reader(BytesIO(pdf))) == _all_objects(PdfFileReader(BytesIO(pdf)))


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"stream\n", b"stream}"),
        (b" 0 ", b" x "),
        (b" 0 ", b" 1 "),
        (b"/Fields", b"/Fiel}s"),
        (b"/N 14", b"/N 13"),
        (b"/First ", b"/Fist  "),
    ],
)
def test_damage_in_an_object_stream_is_met_alike(
    prepared: bytes, old: bytes, new: bytes, strict: bool
) -> None:
    broken = _damaged(prepared, old, new)
    ours, theirs = (kind(BytesIO(broken), strict=strict) for kind in (Reader, PdfFileReader))
    assert _all_objects(ours) == _all_objects(theirs)
