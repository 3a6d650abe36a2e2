"""pyHanko's reader of PDF files, made fast enough for papers with thousands of tagged cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef

from forms.signing.damage import DAMAGE
from forms.signing.usages import Outgoing, Past, outgoing_of, outgoing_of_text


@dataclass(frozen=True, slots=True)
class _Packed:
    """An object stream, unpacked: where each object begins, by its number and its place in the stream."""

    data: bytes
    starts: Mapping[tuple[int, int], int]
    ends: Mapping[int, int]
    """By its beginning, where the next object begins."""

    def text(self, number: int, at: int) -> bytes:
        """The text of an object; nothing where it is not there."""
        start = self.starts.get((number, at))
        return b"" if start is None else self.data[start : self.ends[start]]


class Reader(PdfFileReader):
    """Reads the table of an object stream once.

    pyHanko unpacks the stream and reads its table again for each object in it, which is a hundred times the
    work. Whatever is not plain and well-formed is left to pyHanko, so that both read every file alike.
    """

    def __init__(self, *rest: Any, **more: Any) -> None:
        self._packed: dict[int, _Packed | None] = {}
        self._outgoing: dict[tuple[int, int, object], Outgoing | None] = {}
        super().__init__(*rest, **more)

    def get_historical_resolver(self, revision: int) -> Past:
        """The file as it was in a revision."""
        past = self._historical_resolver_cache.setdefault(revision, Past(self, revision))
        if not isinstance(past, Past):
            raise TypeError(past)
        return past

    def outgoing(self, ref: generic.Reference, revision: int) -> Outgoing | None:
        """What the object of this revision refers to; none where it cannot be read."""
        place = self.xrefs.get_historical_ref(ref, revision)
        key = (ref.idnum, ref.generation, place)
        if key not in self._outgoing:
            self._outgoing[key] = self._read_outgoing(ref, revision, place)
        return self._outgoing[key]

    def _read_outgoing(self, ref: generic.Reference, revision: int, place: object) -> Outgoing | None:
        if place is None:
            return Outgoing(())
        if isinstance(place, ObjStreamRef):
            packed = self._stream(place.obj_stream_id)
            text = packed.text(ref.idnum, place.ix_in_stream) if packed else b""
            plain = outgoing_of_text(text)
            if plain is not None:
                return plain
        try:
            thing = self.get_object(ref, revision, transparent_decrypt=False)  # type: ignore[no-untyped-call]  # pyHanko's
            return outgoing_of(thing)
        except DAMAGE:
            return None

    def _stream(self, number: int) -> _Packed | None:
        if number not in self._packed:
            self._packed[number] = self._unpacked(number)
        return self._packed[number]

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        packed = self._stream(stmnum)
        start = packed.starts.get((idnum, idx)) if packed else None
        if packed is not None and start is not None:
            content = BytesIO(packed.data)
            content.seek(start)
            found = self._object(content, idnum)
            if found is not None and not isinstance(found, generic.StreamObject | generic.IndirectObject):
                return found
        return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]  # pyHanko's

    def _object(self, content: BytesIO, number: int) -> Any:
        try:
            return generic.read_object(content, generic.Reference(number, 0, self))
        except PdfError:
            return None

    def _unpacked(self, number: int) -> _Packed | None:
        """The stream of this number; none where its table holds anything but one number after another."""
        stream = generic.Reference(number, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream.get("/Type") != "/ObjStm":
            return None
        try:
            data = stream.read_data(DecodePurpose.OBJECT_STREAM)
            first, count = int(stream["/First"]), int(stream["/N"])
            table = [int(each) for each in data[:first].split()]
        except (PdfError, LookupError, TypeError, ValueError):
            return None
        numbers = table[0::2]
        if len(table) != 2 * count or len(set(numbers)) != count or min(table, default=0) < 0:
            return None
        pairs = zip(numbers, table[1::2], strict=True)
        starts = {(each, at): first + start for at, (each, start) in enumerate(pairs)}
        places = [*sorted(set(starts.values())), len(data)]
        return _Packed(data, starts, dict(pairwise(places)))
