"""Attacks on what the file says about itself, and on its fields."""

from __future__ import annotations

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.metadata.model import NS, ExpandedName, XmpStructure, XmpValue
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from forms.anchors import DATE, PERSON
from tests.support.signing_attacks import (
    Scene,
    Writer,
    appended,
    attack,
    empty_store,
    field_of,
    words,
)
from tests.support.signing_papers import signed_elsewhere

# --- what the file says about itself ---------------------------------------------------------------------


@attack("the title is changed")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        info = writer.trailer["/Info"]
        info[name("/Title")] = generic.pdf_string("Báo cáo khác")
        writer.update_container(info)

    return appended(scene.once, change)


@attack("only the date of change is changed")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        info = writer.trailer["/Info"]
        info[name("/ModDate")] = generic.pdf_string("D:20300101000000Z")
        writer.update_container(info)

    return appended(scene.once, change)


def _metadata(pdf: bytes, old: bytes, new: bytes) -> bytes:
    def change(writer: Writer) -> None:
        stream = writer.root["/Metadata"]
        assert old in stream.data
        ref = writer.root.raw_get("/Metadata").reference
        entries = {key: stream.raw_get(key) for key in ("/Type", "/Subtype")}
        fresh = StreamObject(entries, stream_data=stream.data.replace(old, new))
        writer.objects[(ref.generation, ref.idnum)] = fresh

    return appended(pdf, change)


@attack("the title in the metadata is changed")
def _(scene: Scene) -> bytes:
    return _metadata(scene.once, "Báo cáo kết quả".encode(), "Báo cáo khác".encode())


@attack("the title is changed together with a further signature")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.document_meta.title = "Báo cáo khác"

    return signed_elsewhere(scene.once, scene.stranger, DATE, change=change)


@attack("the title in its old place is changed together with a further signature")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        info = writer.trailer["/Info"]
        info[name("/Title")] = generic.pdf_string("Báo cáo khác")
        writer.update_container(info)

    return signed_elsewhere(scene.once, scene.stranger, DATE, change=change)


@attack("the metadata say something more together with a further signature")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        said = (ExpandedName(NS["dc"], "description"), XmpValue("999 mô hình"))
        writer.document_meta.xmp_extra = [XmpStructure.of(said)]

    return signed_elsewhere(scene.once, scene.stranger, DATE, change=change)


@attack("the information about the document is no dictionary any more")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref = writer.trailer.raw_get("/Info").reference
        writer.objects[(ref.generation, ref.idnum)] = ArrayObject()
        empty_store(writer)

    return appended(scene.once, change)


@attack("metadata come with a further signature where there were none")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.root[name("/Metadata")] = writer.add_object(StreamObject(stream_data=b"<x/>"))
        writer.update_root()
        empty_store(writer)

    return appended(scene.with_text, change)


@attack("the language is changed")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.root[name("/Lang")] = generic.pdf_string("en")
        writer.update_root()

    return appended(scene.once, change)


# --- fields and forms ------------------------------------------------------------------------------------


@attack("a new visible field is added and signed by another key")
def _(scene: Scene) -> bytes:
    spec = SigFieldSpec("evil", on_page=0, box=(100, 400, 300, 500))
    unlocked = signed_elsewhere(scene.prepared, scene.stranger, PERSON)
    return signed_elsewhere(unlocked, scene.stranger, "evil", spec=spec)


@attack("a new invisible field is added and signed by another key")
def _(scene: Scene) -> bytes:
    return signed_elsewhere(scene.once, scene.stranger, "evil", spec=SigFieldSpec("evil"))


@attack("a new invisible field that acts is added and signed by another key")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        append_signature_field(writer, SigFieldSpec("evil"))
        action = DictionaryObject({name("/S"): name("/Named"), name("/N"): name("/Print")})
        field_of(writer, "evil")[1][name("/AA")] = DictionaryObject({name("/E"): action})

    return signed_elsewhere(scene.once, scene.stranger, "evil", change=change)


@attack("an empty field is added")
def _(scene: Scene) -> bytes:
    return appended(scene.once, lambda writer: append_signature_field(writer, SigFieldSpec("later")))


@attack("a text field is filled in")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, field = field_of(writer, "note1")
        field[name("/V")] = generic.pdf_string("999")
        writer.mark_update(ref)

    return appended(scene.with_text, change)


@attack("the resources of forms are replaced")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        form = writer.root["/AcroForm"]
        form[name("/DR")] = DictionaryObject({name("/Font"): DictionaryObject()})
        writer.update_container(form)

    return appended(scene.with_text, change)


@attack("readers are told to draw the forms anew")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        form = writer.root["/AcroForm"]
        form[name("/NeedAppearances")] = generic.BooleanObject(True)
        writer.update_container(form)

    return appended(scene.once, change)


@attack("the form is taken out of the catalogue")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return appended(scene.once, change)


@attack("the signed field is taken out of the form")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        form = writer.root["/AcroForm"]
        left = [ref for ref in form["/Fields"] if ref.get_object()["/T"] != PERSON]
        form[name("/Fields")] = ArrayObject(left)
        writer.update_container(form)

    return appended(scene.once, change)


@attack("the signature is taken out of its field")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, field = field_of(writer, PERSON)
        del field["/V"]
        writer.mark_update(ref)

    return appended(scene.once, change)


@attack("the signature in its field is null")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, field = field_of(writer, PERSON)
        field[name("/V")] = generic.NullObject()
        writer.mark_update(ref)

    return appended(scene.once, change)


@attack("the look of a signature is blanked")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, field = field_of(writer, PERSON)
        blank = StreamObject(
            {name("/Subtype"): name("/Form"), name("/BBox"): field["/Rect"]}, stream_data=b""
        )
        field[name("/AP")] = DictionaryObject({name("/N"): writer.add_object(blank)})
        writer.mark_update(ref)

    return appended(scene.once, change)


@attack("the look of a signature is replaced in its place")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        look = field_of(writer, PERSON)[1]["/AP"].raw_get("/N").reference
        writer.objects[(look.generation, look.idnum)] = words()

    return appended(scene.once, change)


@attack("a free field shows something unsigned")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, field = field_of(writer, DATE)
        shown = StreamObject(
            {name("/Subtype"): name("/Form"), name("/BBox"): field["/Rect"]}, stream_data=words().data
        )
        field[name("/AP")] = DictionaryObject({name("/N"): writer.add_object(shown)})
        writer.mark_update(ref)

    return appended(scene.once, change)


@attack("a signature is moved on its page")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, field = field_of(writer, PERSON)
        field[name("/Rect")] = ArrayObject(NumberObject(each) for each in (0, 0, 600, 800))
        writer.mark_update(ref)

    return appended(scene.once, change)
