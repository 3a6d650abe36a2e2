"""The verdict as `interfaces.md` §4 has it, and what may stand in a file after a signature."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.fields import SigSeedSubFilter

import resources
from forms.anchors import AGENCY, DATE, NUMBER, PERSON
from forms.signing.errors import EncryptedPdfError, UnreadableCertificateError, UnreadablePdfError
from forms.signing.fields import prepare
from forms.signing.keys import read_key
from forms.signing.practice import make_practice
from forms.signing.sign import sign
from forms.signing.verify import verify
from tests.forms.signing.conftest import Office
from tests.support.signing_attacks import Scene, appended, empty_store
from tests.support.signing_papers import (
    ANCHORS,
    hybrid_copy,
    paper,
    plain_pdf,
    signed_elsewhere,
    stamped,
    with_security_store,
)
from tests.support.signing_pki import NOON, Authority, self_signed, time_stamper, usage

LATER = NOON + timedelta(hours=1)


def judged(pdf: bytes, office: Office) -> str:
    return str(verify(pdf, office.roots, office.crls, now=LATER)["verdict"])


# --- the shape of the answer -------------------------------------------------------------------------------


def test_a_signed_paper_is_told_whole(once: bytes, office: Office) -> None:
    assert verify(once, office.roots, office.crls, now=LATER) == {
        "kind": "pdf",
        "verdict": "valid",
        "signatures": [
            {
                "signer": "Trần Thị Bình",
                "organisation": "UBND phường Hoa Mai",
                "signed_at": "2026-11-22T12:00:00+00:00",
                "unchanged": True,
                "covers_whole_file": True,
                "trusted": True,
                "in_force": True,
                "revocation": "good",
                "reasons": [resources._("no time-stamp")],
            }
        ],
        "sha256": hashlib.sha256(once).hexdigest(),
    }


def test_the_answer_is_json(twice: bytes, office: Office) -> None:
    answer = verify(twice, office.roots, office.crls, now=LATER)
    assert json.loads(json.dumps(answer)) == answer


def test_a_paper_that_nobody_signed_is_not_signed(prepared: bytes, office: Office) -> None:
    answer = verify(prepared, office.roots, now=LATER)
    assert (answer["verdict"], answer["signatures"]) == ("not_signed", [])


def test_a_plain_file_is_not_signed(office: Office) -> None:
    assert judged(plain_pdf(), office) == "not_signed"


def test_a_signature_that_was_taken_away_is_told(scene: Scene, office: Office) -> None:
    truncated = scene.once.replace(b"/AcroForm", b"/AcroFarm")
    answer = verify(truncated, office.roots, now=LATER)
    (told,) = answer["signatures"]
    assert (answer["verdict"], told["unchanged"], told["signed_at"]) == ("invalid", False, None)


def test_the_reasons_are_told_in_vietnamese(once: bytes) -> None:
    resources.use_language("vi")
    (told,) = verify(once, now=LATER)["signatures"]
    assert "không có dấu thời gian" in told["reasons"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%%EOF" * 9])
def test_what_cannot_be_read_is_an_error(content: bytes) -> None:
    with pytest.raises(UnreadablePdfError):
        verify(content, now=LATER)


def test_a_locked_file_is_an_error() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(paper())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EncryptedPdfError):
        verify(out.getvalue(), now=LATER)


@pytest.mark.parametrize("given", [{"roots": [b"x"]}, {"crls": [b"x"]}])
def test_roots_and_lists_that_cannot_be_read_are_an_error(given: dict[str, list[bytes]], once: bytes) -> None:
    with pytest.raises(UnreadableCertificateError):
        verify(once, now=LATER, **given)


# --- who? --------------------------------------------------------------------------------------------------


def test_practice_is_valid_with_its_own_root_and_list_and_says_that_it_is_practice(prepared: bytes) -> None:
    practice = make_practice("Phạm Thị Dung", "UBND phường Hoa Mai", "thử", NOON)
    signed = sign(prepared, read_key(practice.p12, "thử", "k"), PERSON, NOON)
    answer = verify(signed, [practice.root], [practice.crl], now=LATER)
    assert answer["verdict"] == "valid"
    legal = resources._("practice certificate: the signature has no legal value")
    assert legal in answer["signatures"][0]["reasons"]


def test_practice_without_its_root_has_remarks(prepared: bytes) -> None:
    practice = make_practice("Phạm Thị Dung", "UBND phường Hoa Mai", "thử", NOON)
    signed = sign(prepared, read_key(practice.p12, "thử", "k"), PERSON, NOON)
    assert verify(signed, now=LATER)["verdict"] == "valid_with_remarks"


def test_without_roots_nobody_is_trusted_and_nothing_was_checked(once: bytes) -> None:
    answer = verify(once, now=LATER)
    (told,) = answer["signatures"]
    assert answer["verdict"] == "valid_with_remarks"
    assert (told["trusted"], told["in_force"], told["revocation"]) == (False, True, "not_checked")


def test_the_root_of_another_country_vouches_for_nobody(once: bytes, office: Office) -> None:
    answer = verify(once, [Authority.root("Gốc khác").pem], office.crls, now=LATER)
    assert (answer["verdict"], answer["signatures"][0]["trusted"]) == ("valid_with_remarks", False)


def test_a_root_of_the_same_name_vouches_for_nobody(once: bytes) -> None:
    (told,) = verify(once, [Authority.root("Gốc chứng thư thử").pem], now=LATER)["signatures"]
    assert not told["trusted"]


def test_one_of_several_roots_is_enough(once: bytes, office: Office) -> None:
    both = Authority.root("Gốc khác").certificate.public_bytes(Encoding.PEM) + office.root.pem
    assert verify(once, [both], office.crls, now=LATER)["verdict"] == "valid"


def test_without_the_lists_revocation_was_not_checked(once: bytes, office: Office) -> None:
    answer = verify(once, office.roots, now=LATER)
    (told,) = answer["signatures"]
    assert (answer["verdict"], told["trusted"], told["revocation"]) == (
        "valid_with_remarks",
        True,
        "not_checked",
    )


def test_a_certificate_for_other_uses_is_not_trusted(prepared: bytes, office: Office) -> None:
    key = office.authority.issue(use=usage(signs=False, enciphers=True))
    signed = signed_elsewhere(prepared, key, PERSON)
    (told,) = verify(signed, office.roots, office.crls, now=LATER)["signatures"]
    assert (told["unchanged"], told["trusted"]) == (True, False)


def test_a_stranger_who_signs_second_spoils_the_verdict_but_not_the_first(
    once: bytes, office: Office
) -> None:
    signed = sign(once, self_signed("Trần Thị Bình"), DATE, NOON)
    answer = verify(signed, office.roots, office.crls, now=LATER)
    assert answer["verdict"] == "valid_with_remarks"
    assert [each["trusted"] for each in answer["signatures"]] == [True, False]


def test_a_signer_given_as_root_is_trusted_but_nobody_could_revoke_it(prepared: bytes) -> None:
    key = self_signed("Trần Thị Bình")
    root = key.certificate.public_bytes(Encoding.PEM)
    (told,) = verify(sign(prepared, key, PERSON, NOON), [root], now=LATER)["signatures"]
    assert (told["trusted"], told["revocation"]) == (True, "not_checked")


def test_nobody_is_vouched_for_by_a_signer(prepared: bytes, office: Office) -> None:
    leader = office.leader
    forger = Authority(leader.certificate, leader.private_key, (leader.certificate, *leader.chain))
    (told,) = verify(sign(prepared, forger.issue(), PERSON, NOON), office.roots, now=LATER)["signatures"]
    assert (told["unchanged"], told["trusted"]) == (True, False)


def test_an_issuer_for_signers_vouches_for_no_further_issuer(prepared: bytes, office: Office) -> None:
    key = office.authority.below("Nơi cấp thứ hai").issue()
    (told,) = verify(sign(prepared, key, PERSON, NOON), office.roots, now=LATER)["signatures"]
    assert (told["unchanged"], told["trusted"]) == (True, False)


# --- what may stand after a signature ----------------------------------------------------------------------


def test_a_signature_by_another_program_in_a_prepared_field_may_follow(once: bytes, office: Office) -> None:
    assert judged(signed_elsewhere(once, office.clerk, NUMBER), office) == "valid"


def test_what_another_program_signed_first_may_be_signed_by_ours(prepared: bytes, office: Office) -> None:
    first = signed_elsewhere(prepared, office.leader, PERSON)
    assert judged(sign(first, office.clerk, AGENCY, NOON), office) == "valid"


def test_signatures_of_the_older_kind_are_read(prepared: bytes, office: Office) -> None:
    older = signed_elsewhere(prepared, office.leader, PERSON, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    assert judged(older, office) == "valid"


def test_validation_data_may_follow(once: bytes, office: Office) -> None:
    assert judged(with_security_store(once, office.leader, office.crls), office) == "valid"


def test_validation_data_in_a_classic_file_may_follow(scene: Scene, office: Office) -> None:
    assert judged(appended(scene.with_text, empty_store), office) == "valid"


def test_the_note_of_a_common_tool_before_the_table_may_stand(scene: Scene, office: Office) -> None:
    stored = appended(scene.with_text, empty_store)
    table = int(stored.rsplit(b"startxref\n", 1)[1].split()[0])
    note = b"%iText-5.5.13\n"
    noted = stored[:table] + note + stored[table:]
    moved = noted.replace(b"startxref\n%d\n" % table, b"startxref\n%d\n" % (table + len(note)))
    assert judged(moved, office) == "valid"


def test_revocation_lists_inside_the_file_count(once: bytes, office: Office) -> None:
    stored = with_security_store(once, office.leader, office.crls)
    assert verify(stored, office.roots, now=LATER)["verdict"] == "valid"


def test_broken_lists_inside_the_file_help_nobody(once: bytes, office: Office) -> None:
    stored = with_security_store(once, office.leader, [office.root.crl()])
    (told,) = verify(stored, office.roots, now=LATER)["signatures"]
    assert told["revocation"] == "not_checked"


def test_a_document_time_stamp_may_follow(twice: bytes, office: Office) -> None:
    assert judged(stamped(twice, time_stamper(office.stamps, LATER)), office) == "valid"


def test_a_time_stamp_after_validation_data_may_follow(once: bytes, office: Office) -> None:
    stored = with_security_store(once, office.leader, office.crls)
    assert judged(stamped(stored, time_stamper(office.stamps, LATER)), office) == "valid"


def test_a_file_of_word_with_its_two_kinds_of_tables_is_read(office: Office) -> None:
    hybrid = hybrid_copy(prepare(paper(), ANCHORS))
    signed = signed_elsewhere(hybrid, office.leader, PERSON, strict=False)
    assert judged(signed, office) == "valid"


def test_a_further_signature_in_such_a_file_is_read(office: Office) -> None:
    hybrid = hybrid_copy(prepare(paper(), ANCHORS))
    first = signed_elsewhere(hybrid, office.leader, PERSON, strict=False)
    assert judged(signed_elsewhere(first, office.clerk, NUMBER, strict=False), office) == "valid"


def careless() -> bytes:
    """A prepared paper that counts its objects one too few, which strict readers mind."""
    out = BytesIO()
    with pikepdf.open(BytesIO(prepare(plain_pdf(), ANCHORS))) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    size = int(out.getvalue().rsplit(b"/Size ", 1)[1].split()[0])
    return out.getvalue().replace(b"/Size %d" % size, b"/Size %d" % (size - 1))


def test_a_careless_file_is_read_while_its_signature_covers_all_of_it(office: Office) -> None:
    assert judged(signed_elsewhere(careless(), office.leader, PERSON, strict=False), office) == "valid"


def test_what_was_added_to_a_careless_file_cannot_be_judged(office: Office) -> None:
    first = signed_elsewhere(careless(), office.leader, PERSON, strict=False)
    assert judged(signed_elsewhere(first, office.clerk, NUMBER, strict=False), office) == "invalid"


def test_a_file_without_information_about_itself_is_read(office: Office) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(plain_pdf())) as opened:
        del opened.trailer.Info
        opened.save(out)
    signed = sign(prepare(out.getvalue(), ANCHORS), office.leader, PERSON, NOON)
    assert judged(sign(signed, office.clerk, NUMBER, NOON), office) == "valid"


KINDS_OF_FILES: dict[str, dict[str, Any]] = {
    "for the web": {"linearize": True},
    "with object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "of version 2.0": {"min_version": "2.0"},
    "of version 1.4": {"force_version": "1.4", "object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "spread out for editing": {"qdf": True},
}


@pytest.mark.parametrize("kind", KINDS_OF_FILES)
def test_leader_clerk_and_validation_data_follow_each_other_in_a_file(kind: str, office: Office) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(prepare(plain_pdf(), ANCHORS))) as opened:
        opened.save(out, **KINDS_OF_FILES[kind])
    first = sign(out.getvalue(), office.leader, PERSON, NOON)
    second = signed_elsewhere(first, office.clerk, NUMBER)
    assert judged(with_security_store(second, office.leader, office.crls), office) == "valid"
