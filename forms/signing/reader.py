"""pyHanko's reader of PDF files, made fast enough for papers with thousands of tagged cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader


@dataclass(frozen=True, slots=True)
class _Packed:
    """An object stream, unpacked: where each object begins, by its number and its place in the stream."""

    data: bytes
    starts: Mapping[tuple[int, int], int]


class Reader(PdfFileReader):
    """Reads the table of an object stream once.

    pyHanko unpacks the stream and reads its table again for each object in it, which is a hundred times the
    work. Whatever is not plain and well-formed is left to pyHanko, so that both read every file alike.
    """

    def __init__(self, *rest: Any, **more: Any) -> None:
        self._packed: dict[int, _Packed | None] = {}
        super().__init__(*rest, **more)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        if stmnum not in self._packed:
            self._packed[stmnum] = self._unpacked(stmnum)
        packed = self._packed[stmnum]
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
        return _Packed(data, {(each, at): first + start for at, (each, start) in enumerate(pairs)})
