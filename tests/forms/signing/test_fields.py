"""Fields are laid all at once, before the first signature, and keep the paper what it was."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from forms.anchors import AGENCY, PERSON, Anchor
from forms.signing.errors import AlreadySignedError, EncryptedPdfError, UnreadablePdfError
from forms.signing.fields import prepare
from tests.support.signing_papers import ANCHORS, paper, plain_pdf
from tests.support.verapdf import VeraPdf


def fields(pdf: bytes) -> dict[str, tuple[str, bool]]:
    """What each field is told as, and whether it is printed."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {
            str(field.T): (str(field.get("/TU", "")), bool(int(field.F) & 4))
            for field in opened.Root.AcroForm.Fields
        }


def test_every_anchor_becomes_a_field_on_its_page(prepared: bytes) -> None:
    with pikepdf.open(BytesIO(prepared)) as opened:
        placed = {
            str(annotation.T): (number, [round(float(edge), 3) for edge in annotation.Rect])
            for number, page in enumerate(opened.pages)
            for annotation in page.obj.Annots
        }
    corners = [
        (
            each.name,
            (each.page, [round(v, 3) for v in (each.x, each.y, each.x + each.width, each.y + each.height)]),
        )
        for each in ANCHORS
    ]
    assert placed == dict(corners)


def test_a_field_prints_and_is_told_in_vietnamese(prepared: bytes) -> None:
    assert fields(prepared)[PERSON] == ("Chữ ký của người ký văn bản", True)


def test_an_unknown_field_is_told_too() -> None:
    anchor = Anchor("sig_other", 0, 10, 10, 50, 20)
    assert fields(prepare(paper(), [anchor])) == {"sig_other": ("Chữ ký số", True)}


def test_the_same_paper_gives_the_same_bytes(prepared: bytes) -> None:
    assert prepare(paper(), ANCHORS) == prepared


def test_the_file_has_one_revision(prepared: bytes) -> None:
    assert prepared.count(b"%%EOF") == 1


def test_fields_join_those_of_a_form() -> None:
    joined = prepare(plain_pdf(text_field=True), ANCHORS[:2])
    assert set(fields(joined)) == {"note1", "note2", PERSON, AGENCY}


def test_a_form_without_fields_gets_some() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(paper())) as opened:
        opened.Root.AcroForm = pikepdf.Dictionary()
        opened.save(out)
    assert set(fields(prepare(out.getvalue(), ANCHORS[:1]))) == {PERSON}


def test_a_name_that_is_taken_is_refused(prepared: bytes) -> None:
    with pytest.raises(ValueError, match=PERSON):
        prepare(prepared, ANCHORS[:1])


def test_a_signed_file_is_refused(once: bytes) -> None:
    with pytest.raises(AlreadySignedError):
        prepare(once, [Anchor("later", 0, 10, 10, 50, 20)])


def test_a_locked_file_is_refused() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(paper())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EncryptedPdfError):
        prepare(out.getvalue(), ANCHORS)


def test_a_file_that_opens_but_is_encrypted_is_refused() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(paper())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(EncryptedPdfError):
        prepare(out.getvalue(), ANCHORS)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(UnreadablePdfError):
        prepare(b"PK\x03\x04 not a PDF", ANCHORS)


def test_an_archival_paper_stays_one(prepared: bytes, verapdf: VeraPdf, tmp_path: Path) -> None:
    file = tmp_path / "prepared.pdf"
    file.write_bytes(prepared)
    assert verapdf(file, "2u").failures == []
