"""Ways to change a signed paper that somebody might try. Each takes the scene and gives the forged file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from forms.signing.keys import SigningKey


@dataclass(frozen=True)
class Scene:
    """One paper at every stage, and the key of somebody who is not asked.

    ``prepared`` has its fields; ``once`` is signed by the leader; ``twice`` by the records clerk too;
    ``stored`` has validation data behind that; ``with_text`` is a signed form with text fields, and its
    tables are of the classic kind; ``form`` is the same before anybody signed.
    """

    prepared: bytes
    once: bytes
    twice: bytes
    stored: bytes
    with_text: bytes
    form: bytes
    stranger: SigningKey


Attack = Callable[[Scene], bytes]
# pyHanko's writers carry types only in part
Writer = Any
ATTACKS: dict[str, Attack] = {}


def attack(sentence: str) -> Callable[[Attack], Attack]:
    def remember(made: Attack) -> Attack:
        ATTACKS[sentence] = made
        return made

    return remember


# --- tools -----------------------------------------------------------------------------------------------


class SilentWriter(IncrementalPdfFileWriter):
    """Appends the change that is meant and no notes of its own."""

    def _update_meta(self) -> None:
        return


def appended(pdf: bytes, change: Callable[[Writer], object]) -> bytes:
    """The file with one more revision, in which ``change`` was made."""
    writer: Writer = SilentWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    assert out.tell() > len(pdf), "the attack changed nothing"
    return out.getvalue()


def page_of(writer: Writer, number: int = 0) -> tuple[Any, DictionaryObject]:
    ref = writer.find_page_for_modification(number)[0]
    return ref, ref.get_object()


def field_of(writer: Writer, wanted: str) -> tuple[Any, DictionaryObject]:
    for ref in writer.root["/AcroForm"]["/Fields"]:
        if ref.get_object()["/T"] == wanted:
            return ref.reference, ref.get_object()
    raise LookupError(wanted)


def words(text: str = "9999") -> StreamObject:
    return StreamObject(stream_data=b"BT /F1 40 Tf 100 400 Td (%s) Tj ET" % text.encode())


def range_of(pdf: bytes) -> tuple[int, int, int, int]:
    """The byte range of the last signature."""
    found = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf)[-1]
    first, before, after, rest = (int(each) for each in found)
    return first, before, after, rest


def forged_range(pdf: bytes, text: str) -> bytes:
    """Another text in the place of the last byte range, in its length."""
    found = list(re.finditer(rb"/ByteRange\s*\[[^\]]*\]", pdf))[-1]
    room = found.end() - found.start()
    forged = f"/ByteRange [{text}]".encode()
    return pdf[: found.start()] + forged.ljust(room) + pdf[found.end() :]


def replaced(pdf: bytes, old: bytes, new: bytes) -> bytes:
    assert pdf.count(old) >= 1 and len(old) == len(new)
    at = pdf.rfind(old)
    return pdf[:at] + new + pdf[at + len(old) :]


def empty_store(writer: Writer) -> None:
    content = DictionaryObject({name("/Type"): name("/DSS"), name("/Certs"): ArrayObject()})
    writer.root[name("/DSS")] = writer.add_object(content)
    writer.update_root()
