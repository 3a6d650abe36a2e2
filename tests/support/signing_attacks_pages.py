"""Attacks on what the pages show, and on notes, links and programs."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.reader import PdfFileReader

from forms.anchors import DATE, PERSON
from tests.support.signing_attacks import (
    Scene,
    SilentWriter,
    Writer,
    appended,
    attack,
    empty_store,
    field_of,
    page_of,
    words,
)
from tests.support.signing_papers import signed_elsewhere

# --- what the pages show ---------------------------------------------------------------------------------


@attack("words are added to a page")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.add_stream_to_page(0, writer.add_object(words()))

    return appended(scene.once, change)


@attack("words are added after validation data")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.add_stream_to_page(0, writer.add_object(words()))

    return appended(scene.stored, change)


@attack("the content of a page is replaced in its place")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        content = page_of(writer)[1].raw_get("/Contents").reference
        writer.objects[(content.generation, content.idnum)] = words()

    return appended(scene.once, change)


@attack("the content of a page points to another stream")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, page = page_of(writer)
        page[name("/Contents")] = writer.add_object(words())
        writer.mark_update(ref)

    return appended(scene.once, change)


@attack("the font is replaced")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        fonts = page_of(writer)[1]["/Resources"]["/Font"]
        font = next(iter(fonts.values())).reference
        other = DictionaryObject(
            {
                name("/Type"): name("/Font"),
                name("/Subtype"): name("/Type1"),
                name("/BaseFont"): name("/Symbol"),
            }
        )
        writer.objects[(font.generation, font.idnum)] = other

    return appended(scene.once, change)


@attack("the pages change places")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        pages = writer.root["/Pages"]
        pages[name("/Kids")] = ArrayObject(reversed(pages["/Kids"]))
        writer.update_container(pages)

    return appended(scene.once, change)


@attack("a page is taken out")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        pages = writer.root["/Pages"]
        pages[name("/Kids")] = ArrayObject(list(pages["/Kids"])[:1])
        pages[name("/Count")] = NumberObject(1)
        writer.update_container(pages)

    return appended(scene.once, change)


@attack("the catalogue shows other pages")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        empty = DictionaryObject(
            {name("/Type"): name("/Pages"), name("/Kids"): ArrayObject(), name("/Count"): NumberObject(0)}
        )
        writer.root[name("/Pages")] = writer.add_object(empty)
        writer.update_root()

    return appended(scene.once, change)


@attack("the trailer points to another catalogue")
def _(scene: Scene) -> bytes:
    writer: Writer = _OtherRoot(BytesIO(scene.once))
    copy = DictionaryObject({key: writer.root.raw_get(key) for key in writer.root})
    writer.set_custom_trailer_entry(name("/Root"), writer.add_object(copy))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


class _OtherRoot(SilentWriter):
    """Lets the trailer point to a catalogue of one's own."""

    def _populate_trailer(self, trailer: DictionaryObject) -> None:
        super()._populate_trailer(trailer)  # type: ignore[no-untyped-call]  # pyHanko's
        trailer[name("/Root")] = self.trailer.raw_get("/Root")


@attack("the trailer gets an unknown entry")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        writer.set_custom_trailer_entry(name("/Note"), NumberObject(1))
        empty_store(writer)

    return appended(scene.once, change)


def _with_table(pdf: bytes, entry: bytes) -> bytes:
    """The file with one more table and no new object."""
    reader = PdfFileReader(BytesIO(pdf))
    root, size, last = reader.root_ref.idnum, int(reader.trailer["/Size"]), int(reader.last_startxref or 0)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>" % (size, root, last)
    return pdf + b"xref\n%s\n%s\nstartxref\n%d\n%%%%EOF\n" % (entry, trailer, len(pdf))


@attack("the table goes back to what stood there before signing")
def _(scene: Scene) -> bytes:
    writer: Writer = SilentWriter(BytesIO(scene.form))
    content = page_of(writer)[1].raw_get("/Contents").reference

    def show(stream: StreamObject) -> Callable[[Writer], object]:
        return lambda other: other.objects.update({(content.generation, content.idnum): stream})

    hidden = appended(scene.form, show(words()))
    restored = appended(hidden, show(content.get_object()))
    signed = signed_elsewhere(restored, scene.stranger, PERSON)
    offset = hidden.index(b"%d 0 obj" % content.idnum, len(scene.form))
    return _with_table(signed, b"%d 1\n%010d 00000 n " % (content.idnum, offset))


@attack("an object is declared free")
def _(scene: Scene) -> bytes:
    writer: Writer = SilentWriter(BytesIO(scene.with_text))
    content = page_of(writer)[1].raw_get("/Contents").reference
    return _with_table(scene.with_text, b"%d 1\n0000000000 00001 f " % content.idnum)


@attack("a page is turned")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, page = page_of(writer)
        page[name("/Rotate")] = NumberObject(180)
        writer.mark_update(ref)

    return appended(scene.once, change)


# --- notes, links, programs ------------------------------------------------------------------------------


def _annotation(kind: str, **more: generic.PdfObject) -> DictionaryObject:
    content: dict[Any, Any] = {name("/Type"): name("/Annot"), name("/Subtype"): name(kind)}
    content[name("/Rect")] = ArrayObject(NumberObject(each) for each in (100, 400, 300, 450))
    return DictionaryObject(content | {name(f"/{key}"): value for key, value in more.items()})


def _with_annotation(pdf: bytes, made: Callable[[Writer], DictionaryObject]) -> bytes:
    def change(writer: Writer) -> None:
        ref, page = page_of(writer)
        page[name("/Annots")] = ArrayObject([*page["/Annots"], writer.add_object(made(writer))])
        writer.mark_update(ref)

    return appended(pdf, change)


@attack("a note is put on a page")
def _(scene: Scene) -> bytes:
    note = generic.pdf_string("999 mô hình")
    return _with_annotation(scene.once, lambda _writer: _annotation("/FreeText", Contents=note))


@attack("a link is put on a page")
def _(scene: Scene) -> bytes:
    def link(_writer: Writer) -> DictionaryObject:
        action = {name("/S"): name("/URI"), name("/URI"): generic.pdf_string("http://example.invalid")}
        return _annotation("/Link", A=DictionaryObject(action))

    return _with_annotation(scene.once, link)


@attack("a script runs at opening")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        script = {name("/S"): name("/JavaScript"), name("/JS"): generic.pdf_string("app.alert(1)")}
        writer.root[name("/OpenAction")] = DictionaryObject(script)
        writer.update_root()

    return appended(scene.once, change)


@attack("a file is attached")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        tree = {name("/Names"): ArrayObject([generic.pdf_string("a"), writer.add_object(DictionaryObject())])}
        writer.root[name("/Names")] = DictionaryObject({name("/EmbeddedFiles"): DictionaryObject(tree)})
        writer.update_root()

    return appended(scene.once, change)


@attack("a free field gets an action")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, field = field_of(writer, DATE)
        field[name("/AA")] = DictionaryObject({name("/E"): DictionaryObject({name("/S"): name("/Named")})})
        writer.mark_update(ref)

    return appended(scene.once, change)


@attack("the annotations of a page are emptied")
def _(scene: Scene) -> bytes:
    def change(writer: Writer) -> None:
        ref, page = page_of(writer, 1)
        page[name("/Annots")] = ArrayObject()
        writer.mark_update(ref)

    return appended(scene.once, change)
