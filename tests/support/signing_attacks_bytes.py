"""Attacks on the bytes around the file, on the signature itself and among what may be appended."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject
from pyhanko.pdf_utils.generic import pdf_name as name

from forms.anchors import DATE, PERSON
from tests.support.signing_attacks import (
    Scene,
    Writer,
    appended,
    attack,
    empty_store,
    field_of,
    forged_range,
    range_of,
    replaced,
    words,
)
from tests.support.signing_papers import signed_elsewhere

# --- bytes around the file -------------------------------------------------------------------------------


@attack("words follow the end of the file")
def _(scene: Scene) -> bytes:
    return scene.once + b"% 9999\n"


@attack("one line break follows the end of the file")
def _(scene: Scene) -> bytes:
    return scene.once + b"\n"


@attack("a whole second file follows")
def _(scene: Scene) -> bytes:
    return scene.once + scene.prepared


@attack("more than readers search through follows the end")
def _(scene: Scene) -> bytes:
    return scene.once + b"\0" * 5000


@attack("words stand before the header")
def _(scene: Scene) -> bytes:
    return b"#!/bin/sh\n" + scene.once


@attack("the last line is cut off")
def _(scene: Scene) -> bytes:
    return scene.once[:-8]


@attack("the file ends in the middle of the signature")
def _(scene: Scene) -> bytes:
    return scene.once[: range_of(scene.once)[1] + 500]


@attack("the second signature is cut in two")
def _(scene: Scene) -> bytes:
    return scene.twice[: range_of(scene.twice)[1] + 500]


@attack("objects are appended without a table")
def _(scene: Scene) -> bytes:
    return scene.once + b"9001 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n0\n%%EOF\n"


@attack("the signature is taken away with its revision")
def _(scene: Scene) -> bytes:
    return scene.prepared


@attack("another program saves it anew")
def _(scene: Scene) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(scene.once)) as pdf:
        pdf.save(out)
    return out.getvalue()


# --- the signature itself --------------------------------------------------------------------------------


@attack("the byte range leaves out the end of the file")
def _(scene: Scene) -> bytes:
    _first, before, after, rest = range_of(scene.once)
    return forged_range(scene.once, f"0 {before} {after} {rest - 60}")


@attack("the byte range begins later")
def _(scene: Scene) -> bytes:
    _first, before, after, rest = range_of(scene.once)
    return forged_range(scene.once, f"9 {before - 9} {after} {rest}")


@attack("the byte range has a wider gap")
def _(scene: Scene) -> bytes:
    _first, before, after, rest = range_of(scene.once)
    return forged_range(scene.once, f"0 {before - 40} {after + 40} {rest - 40}")


@attack("the byte range is empty")
def _(scene: Scene) -> bytes:
    return forged_range(scene.once, "0 0 0 0")


@attack("the byte range has negative numbers")
def _(scene: Scene) -> bytes:
    _first, before, after, rest = range_of(scene.once)
    return forged_range(scene.once, f"0 {before} -{after} {rest}")


@attack("the byte range is null")
def _(scene: Scene) -> bytes:
    return replaced(scene.once, b"/ByteRange", b"/ByteRangX")


@attack("the second half that is signed is moved away, with room in between")
def _(scene: Scene) -> bytes:
    _first, before, after, rest = range_of(scene.once)
    tail = scene.once[after:]
    inserted = b"9001 0 obj\n<< /Type /Catalog >>\nendobj\n"
    new_after = after + len(inserted)
    moved = scene.once[:after] + inserted + tail
    return forged_range(moved, f"0 {before} {new_after} {rest}")


def _digits(pdf: bytes, change: Callable[[bytes], bytes]) -> bytes:
    _first, before, after, _rest = range_of(pdf)
    forged = change(pdf[before + 1 : after - 1])
    assert len(forged) == after - before - 2
    return pdf[: before + 1] + forged + pdf[after - 1 :]


@attack("the contents are zeros")
def _(scene: Scene) -> bytes:
    return _digits(scene.once, lambda digits: b"0" * len(digits))


@attack("the contents are empty")
def _(scene: Scene) -> bytes:
    return _digits(scene.once, lambda digits: b" " * len(digits))


@attack("something hides in the padding of the contents")
def _(scene: Scene) -> bytes:
    return _digits(scene.once, lambda digits: digits[:-8] + b"deadbeef")


@attack("one digit of the contents is written in the other case")
def _(scene: Scene) -> bytes:
    return _digits(scene.once, lambda digits: digits.replace(b"A", b"a", 1))


@attack("one byte of the signed content is another")
def _(scene: Scene) -> bytes:
    # In the middle of the font, which nobody parses on the way
    at = len(scene.prepared) // 2
    return scene.once[:at] + bytes([scene.once[at] ^ 1]) + scene.once[at + 1 :]


@attack("a length in the contents takes in the padding")
def _(scene: Scene) -> bytes:
    def longer(digits: bytes) -> bytes:
        # The two bytes of the outermost length
        return digits[:4] + b"%04X" % (int(digits[4:8], 16) + 16) + digits[8:]

    return _digits(scene.once, longer)


@attack("the signer's issuer is named in other letters")
def _(scene: Scene) -> bytes:
    def change(digits: bytes) -> bytes:
        content = bytes.fromhex(digits.decode())
        signed = cms.ContentInfo.load(content)["content"]["signer_infos"][0].dump()
        # Its first name is that of the issuer, beside the serial number
        other = signed.replace("thư thử".encode(), "thư THử".encode(), 1)
        return content.replace(signed, other).hex().upper().encode()

    return _digits(scene.once, change)


@attack("the certificate of the issuer is altered")
def _(scene: Scene) -> bytes:
    def change(digits: bytes) -> bytes:
        at = digits.index("Gốc chứng thư thử".encode().hex().upper().encode())
        return digits[: at + 1] + b"%X" % (int(digits[at + 1 : at + 2], 16) ^ 1) + digits[at + 2 :]

    return _digits(scene.once, change)


@attack("the contents are no digits")
def _(scene: Scene) -> bytes:
    return _digits(scene.once, lambda digits: b"xy" + digits[2:])


def _with_signature(pdf: bytes, change: Callable[[DictionaryObject], None]) -> bytes:
    """The signature object written anew in a further revision."""

    def rewrite(writer: Writer) -> None:
        ref = field_of(writer, PERSON)[1].raw_get("/V").reference
        change(ref.get_object())
        writer.mark_update(ref)

    return appended(pdf, rewrite)


@attack("a later revision empties the contents")
def _(scene: Scene) -> bytes:
    def change(signature: DictionaryObject) -> None:
        signature[name("/Contents")] = generic.ByteStringObject(b"")

    return _with_signature(scene.once, change)


@attack("a later revision holds the contents of another signature")
def _(scene: Scene) -> bytes:
    other = signed_elsewhere(scene.prepared, scene.stranger, PERSON)
    _first, before, after, _rest = range_of(other)

    def change(signature: DictionaryObject) -> None:
        signature[name("/Contents")] = generic.ByteStringObject(
            bytes.fromhex(other[before + 1 : after - 1].decode())
        )

    return _with_signature(scene.once, change)


@attack("a later revision takes away the contents")
def _(scene: Scene) -> bytes:
    def change(signature: DictionaryObject) -> None:
        del signature["/Contents"]

    return _with_signature(scene.once, change)


@attack("a later revision takes away the byte range")
def _(scene: Scene) -> bytes:
    def change(signature: DictionaryObject) -> None:
        del signature["/ByteRange"]

    return _with_signature(scene.once, change)


@attack("a later revision names an unknown kind of signature")
def _(scene: Scene) -> bytes:
    def change(signature: DictionaryObject) -> None:
        signature[name("/SubFilter")] = NameObject("/none.such")

    return _with_signature(scene.once, change)


@attack("a later revision names another time of signing")
def _(scene: Scene) -> bytes:
    def change(signature: DictionaryObject) -> None:
        signature[name("/M")] = generic.pdf_string("D:20200101000000Z")

    return _with_signature(scene.once, change)


@attack("the signature of another paper is put in")
def _(scene: Scene) -> bytes:
    other = signed_elsewhere(scene.prepared, scene.stranger, PERSON)
    _first, before, after, _rest = range_of(other)
    foreign = other[before + 1 : after - 1].rstrip(b"0")
    return _digits(scene.once, lambda digits: (foreign + b"0" * (len(foreign) % 2)).ljust(len(digits), b"0"))


# --- among what may be appended --------------------------------------------------------------------------


@attack("an object that nothing refers to is added")
def _(scene: Scene) -> bytes:
    return appended(scene.once, lambda writer: writer.add_object(words()))


@attack("an object that nothing refers to comes with a further signature")
def _(scene: Scene) -> bytes:
    slipped = words()
    return signed_elsewhere(
        scene.once, scene.stranger, DATE, change=lambda writer: writer.add_object(slipped)
    )


@attack("a comment hides between validation data and their table")
def _(scene: Scene) -> bytes:
    stored = appended(scene.with_text, empty_store)
    table = int(re.findall(rb"startxref\s+(\d+)", stored)[-1])
    moved = stored[:table] + b"% 999\n" + stored[table:]
    return moved.replace(b"startxref\n%d\n" % table, b"startxref\n%d\n" % (table + 6))


class _Commented(DictionaryObject):
    """A dictionary that is written with a comment in it."""

    def write_to_stream(self, stream: Any, *_rest: Any, **_more: Any) -> None:
        stream.write(b"<< /Type /DSS % 999\n >>")


@attack("a comment hides inside validation data")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.root[name("/DSS")] = writer.add_object(_Commented({}))  # type: ignore[no-untyped-call]  # pyHanko's
        writer.update_root()

    return appended(scene.with_text, change)


@attack("validation data are a list")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.root[name("/DSS")] = writer.add_object(ArrayObject())
        writer.update_root()

    return appended(scene.once, change)


@attack("validation data are no streams")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        odd = ArrayObject([writer.add_object(generic.pdf_string("999"))])
        writer.root[name("/DSS")] = writer.add_object(DictionaryObject({name("/CRLs"): odd}))
        writer.update_root()

    return appended(scene.once, change)


@attack("something else comes with validation data")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        store = DictionaryObject({name("/Certs"): ArrayObject(), name("/Note"): writer.add_object(words())})
        writer.root[name("/DSS")] = writer.add_object(store)
        writer.update_root()

    return appended(scene.once, change)
