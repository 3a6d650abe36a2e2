"""Signing gives a file that stands our own check and outside ones, or says why not and changes nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm

from forms.anchors import AGENCY, DATE, NUMBER, PERSON, Anchor
from forms.signing import sign as sign_door
from forms.signing.errors import (
    EncryptedPdfError,
    FieldTakenError,
    KeyExpiredError,
    KeyRevokedError,
    LockedPdfError,
    NoPlaceError,
    PictureError,
    SelfCheckError,
    UnreadablePdfError,
)
from forms.signing.fields import prepare
from forms.signing.offline import run_offline
from forms.signing.sign import sign
from forms.signing.verify import verify
from tests.forms.signing.conftest import Office
from tests.forms.signing.test_appearance import picture
from tests.support.signing_attacks import Writer, appended
from tests.support.signing_papers import ANCHORS, hybrid_copy, paper, plain_pdf, signed_elsewhere
from tests.support.signing_pki import NOON, YEAR, Authority


def test_signing_appends_and_leaves_the_bytes_before_it(prepared: bytes, once: bytes) -> None:
    assert once.startswith(prepared)


def test_leader_clerk_and_seal_sign_one_after_another(twice: bytes, office: Office) -> None:
    sealed = sign(
        twice, office.clerk, AGENCY, NOON + timedelta(minutes=9), image=picture((425, 425), "#c81414")
    )
    found = verify(sealed, office.roots, office.crls, now=NOON)
    assert found["verdict"] == "valid"
    assert [each["signer"] for each in found["signatures"]] == [
        "Trần Thị Bình",
        "Lê Văn Cường",
        "Lê Văn Cường",
    ]
    assert [each["covers_whole_file"] for each in found["signatures"]] == [False, False, True]


def test_the_time_of_signing_is_the_one_handed_in(once: bytes) -> None:
    signature = PdfFileReader(BytesIO(once)).embedded_regular_signatures[0]
    assert signature.self_reported_timestamp == NOON


def test_the_first_signature_certifies_and_lets_fields_be_filled(twice: bytes) -> None:
    first, second = PdfFileReader(BytesIO(twice)).embedded_regular_signatures
    assert (first.docmdp_level, second.docmdp_level) == (MDPPerm.FILL_FORMS, None)


def test_the_signature_is_a_pades_one_over_sha256(once: bytes) -> None:
    signature = PdfFileReader(BytesIO(once)).embedded_regular_signatures[0]
    assert (signature.sig_object["/SubFilter"], signature.md_algorithm) == ("/ETSI.CAdES.detached", "sha256")


def test_metadata_and_version_stay_as_they_were(prepared: bytes, twice: bytes) -> None:
    def said(pdf: bytes) -> tuple[bytes, str, str]:
        with pikepdf.open(BytesIO(pdf)) as opened:
            version = str(opened.Root.get("/Version", "none"))
            return opened.Root.Metadata.read_bytes(), str(opened.docinfo), version

    assert said(twice) == said(prepared)


def test_a_paper_from_elsewhere_gets_a_field_at_the_top_right(office: Office) -> None:
    signed = sign(plain_pdf(), office.leader, "sig_office", NOON)
    assert verify(signed, office.roots, office.crls, now=NOON)["verdict"] == "valid"
    with pikepdf.open(BytesIO(signed)) as opened:
        left, bottom, right, top = (float(each) for each in opened.pages[0].Annots[0].Rect)
    assert (left > 300, bottom > 700, right < 595, top < 842) == (True,) * 4


def test_a_paper_from_elsewhere_can_be_signed_where_one_wants(office: Office) -> None:
    signed = sign(plain_pdf(), office.leader, "here", NOON, anchor=Anchor("here", 1, 50, 60, 100, 40))
    with pikepdf.open(BytesIO(signed)) as opened:
        assert [int(each) for each in opened.pages[1].Annots[0].Rect] == [50, 60, 150, 100]


def test_a_file_with_two_kinds_of_tables_in_one_is_written_anew_and_signed(office: Office) -> None:
    hybrid = hybrid_copy(prepare(paper(), ANCHORS))
    assert PdfFileReader(BytesIO(hybrid)).xrefs.hybrid_xrefs_present
    signed = sign(hybrid, office.leader, PERSON, NOON)
    assert verify(signed, office.roots, office.crls, now=NOON)["verdict"] == "valid"


def test_a_careless_file_is_mended_and_signed(office: Office) -> None:
    careless = plain_pdf().replace(b"startxref\n", b"startxref\n9")
    signed = sign(careless, office.leader, "sig_office", NOON)
    assert verify(signed, office.roots, office.crls, now=NOON)["verdict"] == "valid"


def test_a_field_without_area_is_signed_invisibly(office: Office) -> None:
    ready = prepare(paper(), [Anchor("hidden", 0, 0, 0, 0, 0)])
    signed = sign(ready, office.leader, "hidden", NOON)
    assert verify(signed, office.roots, office.crls, now=NOON)["verdict"] == "valid"


def test_a_field_too_small_for_words_is_signed_all_the_same(office: Office) -> None:
    ready = prepare(paper(), [Anchor("tiny", 0, 10, 10, 6, 4)])
    assert sign(ready, office.leader, "tiny", NOON).startswith(ready)


def test_a_field_is_signed_once_only(once: bytes, office: Office) -> None:
    with pytest.raises(FieldTakenError, match=PERSON):
        sign(once, office.leader, PERSON, NOON)


def test_a_signed_file_gets_no_new_fields(once: bytes, office: Office) -> None:
    with pytest.raises(NoPlaceError, match=f"{AGENCY}, {DATE}, {NUMBER}"):
        sign(once, office.leader, "sig_new", NOON)


def test_a_file_that_allows_no_changes_is_left_alone(prepared: bytes, office: Office) -> None:
    locked = signed_elsewhere(
        prepared, office.clerk, PERSON, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
    )
    with pytest.raises(LockedPdfError):
        sign(locked, office.leader, DATE, NOON)


def test_a_broken_signature_gets_none_on_top(once: bytes, office: Office) -> None:
    def change(writer: Writer) -> None:
        writer.root["/Lang"] = writer.root["/Lang"]
        writer.add_stream_to_page(0, writer.add_object(writer.root["/Metadata"]))

    with pytest.raises(SelfCheckError):
        sign(appended(once, change), office.clerk, DATE, NOON)


@pytest.mark.parametrize("password", ["", "mở"])
def test_an_encrypted_file_is_refused(office: Office, password: str) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(paper())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="chủ", user=password))
    with pytest.raises(EncryptedPdfError):
        sign(out.getvalue(), office.leader, PERSON, NOON)


def test_what_is_no_pdf_is_refused(office: Office) -> None:
    with pytest.raises(UnreadablePdfError):
        sign(b"PK\x03\x04", office.leader, PERSON, NOON)


def test_an_ended_key_is_refused_before_anything_is_done(office: Office) -> None:
    with pytest.raises(KeyExpiredError):
        sign(b"not even read", office.leader, PERSON, NOON + 2 * YEAR)


def test_a_revoked_key_is_refused_before_anything_is_done() -> None:
    authority = Authority.root("Gốc")
    key = authority.issue()
    authority.revoke(key.certificate, NOON - YEAR)
    with pytest.raises(KeyRevokedError):
        sign(b"not even read", key, PERSON, NOON, crls=[authority.crl()])


def test_a_bad_picture_leaves_the_file_unsigned(prepared: bytes, office: Office) -> None:
    with pytest.raises(PictureError):
        sign(prepared, office.leader, PERSON, NOON, image=b"no picture")


def test_the_door_gives_functions_and_not_the_modules_of_their_names() -> None:
    assert sign_door is sign


def test_entering_the_room_loads_no_heavy_library() -> None:
    code = "import sys, forms.signing, forms.signing.errors; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = ("pyhanko", "pikepdf", "reportlab", "cryptography", "asn1crypto", "PIL")
    assert [name for name in heavy if f"'{name}'" in loaded] == []


WATCHED = """
import sys
asked = []
sys.addaudithook(lambda event, _rest: asked.append(event) if event.startswith("socket.") else None)
from datetime import UTC, datetime
from io import BytesIO
from reportlab.pdfgen.canvas import Canvas
from forms.signing import load_key, make_practice, sign, verify, write_practice
from pathlib import Path
now, out = datetime.now(UTC), BytesIO()
canvas = Canvas(out)
canvas.drawString(99, 99, "Dân vận khéo")
canvas.save()
practice = make_practice("Phạm Thị Dung", "UBND", "thử", now)
files = write_practice(practice, Path(sys.argv[1]))
signed = sign(out.getvalue(), load_key(files.p12, "thử"), "sig_person", now)
print(verify(signed, [practice.root], [practice.crl], now=now)["verdict"], asked)
"""


def test_signing_and_verifying_open_no_socket(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WATCHED, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("valid []\n", "")


def test_a_coroutine_that_wants_to_wait_is_an_error() -> None:
    class Waits:
        def __await__(self) -> object:
            yield

    async def fetch() -> None:
        await Waits()  # type: ignore[misc]  # any awaitable that gives up control will do

    with pytest.raises(RuntimeError, match="network"):
        run_offline(fetch())
