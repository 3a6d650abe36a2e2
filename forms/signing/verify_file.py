"""What of the file does each signature cover, and what else is there: bytes, revisions, signature fields."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType, read_object_header
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from forms.signing.damage import DAMAGE
from forms.signing.errors import EncryptedPdfError, UnreadablePdfError
from forms.signing.reader import Reader

# What pyHanko logs about bad files are tracebacks; the reasons of a verdict say it in words
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_HEADER_WITHIN: Final = 1024
_END: Final = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
# How every revision that is appended begins: an object, a comment of a tool, or a table
_BROKEN_OFF: Final = re.compile(rb"\s*(?:\d|%|xref)")
_RANGE_TRACE: Final = re.compile(rb"/ByteRange\s*\[")
_WHITE: Final = b"\0\t\n\f\r "
# iText, on which many offices' tools stand, writes its name before each cross-reference table
_TOOL_COMMENT: Final = re.compile(rb"%iText[-\w. ()]{0,60}[\r\n]+")
_TAIL: Final = re.compile(rb"\s*startxref\s+\d+\s+%%EOF(?:\r\n|\r|\n)?")
_CLOSING: Final = re.compile(rb"\s*endobj")
_STRING: Final = re.compile(rb"\((?:\\.|[^()\\])*\)", re.DOTALL)
_HEX: Final = re.compile(rb"(?:[0-9A-Fa-f]{2})+")

SIGNATURE: Final = "/Sig"
STAMP: Final = "/DocTimeStamp"
_KNOWN: Final = {
    SIGNATURE: {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"},
    STAMP: {"/ETSI.RFC3161"},
}


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A PDF with its signatures and document time-stamps, oldest first.

    ``strange``: bytes stand before its beginning or after its end. ``damaged``: it could only be read
    with leniency. ``lost``: signature fields that cannot be read, or signatures of earlier revisions
    that are there no more.
    """

    body: bytes
    reader: PdfFileReader
    signatures: tuple[EmbeddedPdfSignature, ...]
    stamps: tuple[EmbeddedPdfSignature, ...]
    lost: tuple[str, ...]
    strange: bool
    damaged: bool


def open_signed(pdf: bytes) -> SignedFile:
    """Raises ``UnreadablePdfError`` or ``EncryptedPdfError``."""
    start = pdf.find(b"%PDF-", 0, _HEADER_WITHIN)
    ends = [found.end() for found in _END.finditer(pdf)]
    if start < 0 or not ends:
        raise UnreadablePdfError
    body, rest = pdf[start:], pdf[ends[-1] :]
    try:
        reader, damaged, cut = *_reader(body), False
    except DAMAGE:
        # Readers of paper would open it all the same: so do we, to say what is wrong with it
        body, cut = pdf[start : ends[-1]], bool(rest)
        reader, damaged = _reader_or_error(body)
    if reader.encrypted:
        raise EncryptedPdfError
    found = _with_signatures(body, reader, rest, strange=start > 0 or cut, damaged=damaged)
    if _BROKEN_OFF.match(rest) and not (found.signatures or found.stamps or found.lost):
        # A further revision broken off before it said what it was: nobody can tell "not signed" any more
        raise UnreadablePdfError
    return found


def _reader_or_error(body: bytes) -> tuple[PdfFileReader, bool]:
    try:
        return _reader(body)
    except DAMAGE as error:
        raise UnreadablePdfError from error


def _reader(body: bytes) -> tuple[PdfFileReader, bool]:
    """A reader, and whether it had to be lenient."""
    try:
        reader = Reader(BytesIO(body))
        reader.root  # noqa: B018  (a file without a catalogue fails here and not later)
    except DAMAGE:
        reader = Reader(BytesIO(body), strict=False)
        reader.root  # noqa: B018 - reading it is the check
        return reader, True
    # Word writes two cross-reference tables in one; pyHanko reads them when it may be lenient
    hybrid = reader.xrefs.hybrid_xrefs_present
    return (Reader(BytesIO(body), strict=False) if hybrid else reader), False


def _with_signatures(
    body: bytes, reader: PdfFileReader, rest: bytes, *, strange: bool, damaged: bool
) -> SignedFile:
    """``rest`` is what follows the last readable revision: a signature broken off leaves its traces there."""
    found: dict[str, list[EmbeddedPdfSignature]] = {SIGNATURE: [], STAMP: []}
    lost = list(_removed(reader))
    for name, value, field in _filled(reader):
        try:
            content = value.get_object()
            kind = str(entry(content, "/Type", SIGNATURE))
            if str(content["/SubFilter"]) not in _KNOWN[kind]:
                raise NotImplementedError
            found[kind].append(EmbeddedPdfSignature(reader, field, name))
        except DAMAGE:
            lost.append(name)
    if _RANGE_TRACE.search(rest) or (not (found[SIGNATURE] or lost) and _RANGE_TRACE.search(body)):
        lost.append("")
    return SignedFile(
        body=body,
        reader=reader,
        signatures=tuple(sorted(found[SIGNATURE], key=_age)),
        stamps=tuple(sorted(found[STAMP], key=_age)),
        lost=tuple(lost),
        strange=strange,
        damaged=damaged,
    )


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """What stands under a key, looked up where it is a reference (`get` would give the reference)."""
    try:
        return dictionary[key]
    except KeyError:
        return default


def _age(signature: EmbeddedPdfSignature) -> int:
    return int(signature.signed_revision)


def _filled(handler: Any) -> list[tuple[str, Any, Any]]:
    """Name, value and field of every filled signature field."""
    try:
        return list(enumerate_sig_fields(handler, filled_status=True))
    except DAMAGE:
        return []


def filled_in(reader: PdfFileReader, revision: int) -> dict[str, Any]:
    """Name of every filled signature field of one revision, with the reference to its signature."""
    past = reader.get_historical_resolver(revision)
    return {name: field.get_object().raw_get("/V") for name, _value, field in _filled(past)}


def _removed(reader: PdfFileReader) -> Iterator[str]:
    """Names of fields that an earlier revision held signed and the file now does not, or not so."""
    last = reader.xrefs.total_revisions - 1
    now = filled_in(reader, last)
    for revision in range(last):
        for name, value in filled_in(reader, revision).items():
            if now.get(name) != value:
                yield name


def covers_itself(file: SignedFile, signature: EmbeddedPdfSignature) -> bool:
    """Whether the signature leaves out nothing of its revision but its own hexadecimal digits."""
    values = [int(each) for each in signature.byte_range]
    if len(values) != 4 or values[0] != 0 or min(values) < 0:
        return False
    _start, before, after, rest = values
    gap, end = file.body[before:after], after + rest
    # A signer writes one case of digits; both at once were put there by somebody else
    one_case = gap in (gap.lower(), gap.upper())
    exact = len(gap) > 2 and gap == b"<%s>" % gap[1:-1] and _HEX.fullmatch(gap[1:-1]) is not None
    if not (exact and one_case and end <= len(file.body)):
        return False
    if bytes.fromhex(gap[1:-1].decode()) != signature.pkcs7_content:
        return False
    level = signature.evaluate_signature_coverage()
    return bool(level in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION))


def end_of(signature: EmbeddedPdfSignature) -> int:
    """The first byte that the signature does not cover any more."""
    _start, _before, after, rest = signature.byte_range
    return int(after) + int(rest)


def covers_whole_file(file: SignedFile, signature: EmbeddedPdfSignature) -> bool:
    return not file.strange and end_of(signature) == len(file.body)


def is_hybrid(reader: PdfFileReader, revision: int) -> bool:
    kind = reader.xrefs.get_xref_container_info(revision).xref_section_type
    return bool(kind == XRefSectionType.HYBRID_MAIN)


def bytes_accounted_for(file: SignedFile, start: int, first: int) -> bool:
    """Whether the bytes from ``start`` are exactly the objects and tables of revisions ``first`` onwards.

    No signature covers them, so nothing may hide between the objects.
    """
    position = start
    for revision in range(first, file.reader.xrefs.total_revisions):
        end = _end_of_revision(file, position, revision)
        if end is None:
            return False
        position = end
    return position == len(file.body)


def _end_of_revision(file: SignedFile, start: int, revision: int) -> int | None:
    xrefs = file.reader.xrefs
    table = xrefs.get_xref_container_info(revision)
    begin, position = int(table.declared_startxref), start
    places = {xrefs.get_historical_ref(ref, revision) for ref in xrefs.explicit_refs_in_revision(revision)}
    objects = sorted({each for each in places if isinstance(each, int)} - {begin})
    for place in (*objects, begin):
        if place < position or not _blank(file.body[position:place]):
            return None
        position = _end_of_object(file, place) if place != begin else _end_of_table(file, table)
    keyword = file.body[begin : table.start_location].strip(_WHITE)
    tail = _TAIL.match(file.body, position)
    plain = keyword in (b"", b"xref") and _plain(file.body[begin:position])
    return tail.end() if plain and tail else None


def _blank(between: bytes) -> bool:
    return not _TOOL_COMMENT.sub(b"", between).strip(_WHITE)


def _plain(written: bytes) -> bool:
    """Whether an object is written without comments: its strings and the data of a stream may have ``%``."""
    return b"%" not in _STRING.sub(b"", written).partition(b"stream")[0]


def _end_of_object(file: SignedFile, place: int) -> int:
    stream = file.reader.stream
    stream.seek(place)
    number, generation = read_object_header(stream, strict=True)
    generic.read_object(stream, generic.Reference(number, generation, pdf=file.reader))
    end = stream.tell()
    closing = _CLOSING.match(file.body, end)
    if closing is None or not _plain(file.body[place:end]):
        raise PdfError("an object is not closed, or holds a comment")
    return closing.end()


def _end_of_table(file: SignedFile, table: Any) -> int:
    if table.stream_ref is not None:
        return _end_of_object(file, table.start_location)
    # The end that pyHanko notes is that of the table; its trailer follows
    stream = file.reader.stream
    stream.seek(table.end_location)
    generic.DictionaryObject.read_from_stream(stream, generic.TrailerReference(file.reader))
    return int(stream.tell())
