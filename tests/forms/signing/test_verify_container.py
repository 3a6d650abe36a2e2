"""Every part of a signature's container has one meaning; what nobody signed cannot be another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from asn1crypto import cms, core
from asn1crypto import crl as crl_structure
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic

import resources
from forms.anchors import PERSON
from forms.signing.keys import SigningKey
from forms.signing.verify import verify
from tests.forms.signing.conftest import Office
from tests.forms.signing.test_attacks import verdict
from tests.support.signing_attacks import appended, empty_store, range_of
from tests.support.signing_by_hand import container, named_by_key_id, signed_by_hand, token_for, with_token
from tests.support.signing_papers import signed_elsewhere, stamped
from tests.support.signing_pki import (
    NOON,
    YEAR,
    Authority,
    named,
    self_signed,
    structure,
    time_stamper,
    usage,
)

ALTERED = "the signature itself is damaged or was altered"


def reasons(pdf: bytes, office: Office) -> list[str]:
    return list(verify(pdf, office.roots, office.crls, now=NOON)["signatures"][0]["reasons"])


# --- what may be -------------------------------------------------------------------------------------------


def test_a_signature_by_hand_is_valid_as_it_is(prepared: bytes, office: Office) -> None:
    assert verdict(signed_by_hand(prepared, office.leader, PERSON), office) == "valid"


def test_a_signer_may_be_named_by_the_key(prepared: bytes, office: Office) -> None:
    signed = signed_by_hand(prepared, office.leader, PERSON, alter=named_by_key_id)
    assert verdict(signed, office) == "valid"


def test_a_root_may_travel_along(prepared: bytes, office: Office) -> None:
    def with_root(info: cms.ContentInfo) -> None:
        add_certificate(info, office.root.certificate)

    assert verdict(signed_by_hand(prepared, office.leader, PERSON, alter=with_root), office) == "valid"


def test_a_root_that_is_not_given_may_travel_along(prepared: bytes, office: Office) -> None:
    other = Authority.root("Gốc khác")
    signed = signed_elsewhere(prepared, SigningKey(*_parts(other.issue()), (other.certificate,)), PERSON)
    assert verdict(signed, office) == "valid_with_remarks"


def _parts(key: SigningKey) -> tuple[Any, x509.Certificate]:
    return key.private_key, key.certificate


def test_an_issuer_of_an_unknown_root_may_travel_along(prepared: bytes, office: Office) -> None:
    key = Authority.root("Gốc khác").below("Nơi cấp khác").issue()
    assert verdict(signed_elsewhere(prepared, key, PERSON), office) == "valid_with_remarks"


def test_issuers_without_key_numbers_are_found_by_their_names(prepared: bytes) -> None:
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))

    def certificate(subject: str, public: ec.EllipticCurvePublicKey, *, ca: bool) -> x509.Certificate:
        builder = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named("Gốc cũ"))
        builder = builder.public_key(public).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(NOON - YEAR).not_valid_after(NOON + YEAR)
        builder = builder.add_extension(x509.BasicConstraints(ca, None), critical=True)
        builder = builder.add_extension(usage(signs=not ca, certifies=ca), critical=True)
        return builder.sign(root_key, SHA256())

    root = certificate("Gốc cũ", root_key.public_key(), ca=True)
    signer = SigningKey(key, certificate("Người ký", key.public_key(), ca=False), (root,))
    signed = signed_elsewhere(prepared, signer, PERSON)
    answer = verify(signed, [root.public_bytes(Encoding.PEM)], now=NOON)
    assert (answer["verdict"], answer["signatures"][0]["trusted"]) == ("valid_with_remarks", True)


# --- what may not be ---------------------------------------------------------------------------------------


def add_certificate(info: cms.ContentInfo, certificate: x509.Certificate) -> None:
    choice = cms.CertificateChoices(name="certificate", value=structure(certificate))
    info["content"]["certificates"].append(choice)


def add_stranger(info: cms.ContentInfo) -> None:
    add_certificate(info, self_signed("Người lạ").certificate)


def add_content(info: cms.ContentInfo) -> None:
    info["content"]["encap_content_info"] = {"content_type": "data", "content": b"999"}


def other_version(info: cms.ContentInfo) -> None:
    info["content"]["version"] = "v3"


def other_signer_version(info: cms.ContentInfo) -> None:
    info["content"]["signer_infos"][0]["version"] = "v3"


def more_methods(info: cms.ContentInfo) -> None:
    info["content"]["digest_algorithms"].append({"algorithm": "sha512"})


def second_signer(info: cms.ContentInfo) -> None:
    info["content"]["signer_infos"].append(info["content"]["signer_infos"][0].copy())


def no_signer(info: cms.ContentInfo) -> None:
    info["content"]["signer_infos"] = []


def other_content_type(info: cms.ContentInfo) -> None:
    info["content"]["encap_content_info"] = {"content_type": "tst_info"}


def unknown_attribute(info: cms.ContentInfo) -> None:
    attribute = {"type": "1.2.3.4.5", "values": [core.Integer(9)]}
    info["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(attribute)])


def lists_inside(info: cms.ContentInfo) -> None:
    content = crl_structure.CertificateList.load(Authority.root("Gốc khác").crl())
    info["content"]["crls"] = [cms.RevocationInfoChoice(name="", value=content)]


ALTERATIONS: dict[str, Callable[[cms.ContentInfo], None]] = {
    "a certificate of a stranger travels along": add_stranger,
    "content is inside": add_content,
    "its version is another": other_version,
    "the version of its signer's part is another": other_signer_version,
    "it names more digests than it uses": more_methods,
    "it has a second signer": second_signer,
    "it has no signer": no_signer,
    "its content is of another kind": other_content_type,
    "it has an unsigned attribute of an unknown kind": unknown_attribute,
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_a_signature_is_altered_if(name: str, prepared: bytes, office: Office) -> None:
    signed = signed_by_hand(prepared, office.leader, PERSON, alter=ALTERATIONS[name])
    assert verdict(signed, office) == "invalid"


def test_a_digest_that_can_be_forged_proves_nothing(prepared: bytes, office: Office) -> None:
    signed = signed_by_hand(prepared, office.leader, PERSON, digest="sha1")
    forged = resources._("the signature uses a digest that can be forged ({method})").format(method="sha1")
    assert (verdict(signed, office), reasons(signed, office)) == ("invalid", [forged])


def test_a_container_of_another_kind_is_no_signature(prepared: bytes, office: Office) -> None:
    signed = signed_by_hand(prepared, office.leader, PERSON)
    _first, before, after, _rest = range_of(signed)
    data = cms.ContentInfo({"content_type": "data", "content": b"999"}).dump().hex().upper().encode()
    forged = signed[: before + 1] + data.ljust(after - before - 2, b"0") + signed[after - 1 :]
    assert verdict(forged, office) == "invalid"


# --- time-stamps -------------------------------------------------------------------------------------------


def test_a_time_stamp_of_something_else_is_an_alteration(prepared: bytes, office: Office) -> None:
    stamper = time_stamper(office.stamps, NOON)

    def alter(info: cms.ContentInfo) -> None:
        with_token(info, token_for(stamper, b"another signature"))

    signed = signed_by_hand(prepared, office.leader, PERSON, alter=alter)
    assert verdict(signed, office) == "invalid"


@pytest.mark.parametrize("kind", ["signature", "data"])
def test_what_is_no_time_stamp_is_an_alteration_in_its_place(
    kind: str, prepared: bytes, office: Office
) -> None:
    others = {
        "signature": container(office.clerk, bytes(32)),
        "data": cms.ContentInfo({"content_type": "data", "content": b"999"}),
    }

    def alter(info: cms.ContentInfo) -> None:
        with_token(info, others[kind])

    assert verdict(signed_by_hand(prepared, office.leader, PERSON, alter=alter), office) == "invalid"


def test_a_time_stamp_of_the_signature_may_be_put_beside_it(prepared: bytes, office: Office) -> None:
    stamper = time_stamper(office.stamps, NOON)

    def alter(info: cms.ContentInfo) -> None:
        signature = info["content"]["signer_infos"][0]["signature"].native
        with_token(info, token_for(stamper, signature))

    signed = signed_by_hand(prepared, office.leader, PERSON, alter=alter)
    assert (verdict(signed, office), reasons(signed, office)) == ("valid", [])


def test_a_time_stamp_on_a_time_stamp_is_an_alteration(prepared: bytes, office: Office) -> None:
    stamper = time_stamper(office.stamps, NOON)

    def alter(info: cms.ContentInfo) -> None:
        token = token_for(stamper, info["content"]["signer_infos"][0]["signature"].native)
        with_token(token, token_for(stamper, b"anything"))
        with_token(info, token)

    assert verdict(signed_by_hand(prepared, office.leader, PERSON, alter=alter), office) == "invalid"


def test_a_document_time_stamp_that_was_changed_spoils_the_file(once: bytes, office: Office) -> None:
    stamped_file = stamped(once, time_stamper(office.stamps, NOON))
    _first, before, after, _rest = range_of(stamped_file)
    at = before + 1 + stamped_file[before + 1 : after - 1].rstrip(b"0").__len__() - 9
    digit = b"%X" % (int(stamped_file[at : at + 1], 16) ^ 1)
    forged = stamped_file[:at] + digit + stamped_file[at + 1 :]
    assert verdict(forged, office) == "invalid"
    assert resources._("a time-stamp of this file does not fit it") in reasons(forged, office)


def test_a_document_time_stamp_with_letters_of_two_cases_spoils_the_file(once: bytes, office: Office) -> None:
    stamped_file = stamped(once, time_stamper(office.stamps, NOON))
    _first, before, _after, _rest = range_of(stamped_file)
    at = stamped_file.index(b"A", before)
    assert verdict(stamped_file[:at] + b"a" + stamped_file[at + 1 :], office) == "invalid"


# --- the time that is written ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("D:20261122120000+07'00'", "2026-11-22T12:00:00+07:00"),
        ("D:20261122120000", "2026-11-22T12:00:00+07:00"),
        ("D:20261122120000Z", "2026-11-22T12:00:00+00:00"),
        ("yesterday", None),
        (None, None),
    ],
)
def test_the_time_that_is_written_is_shown(
    written: str | None, shown: str | None, prepared: bytes, office: Office
) -> None:
    signed = signed_by_hand(prepared, office.leader, PERSON, said_at=written)
    answer = verify(signed, office.roots, office.crls, now=NOON + timedelta(days=1))
    assert (answer["verdict"], answer["signatures"][0]["signed_at"]) == ("valid", shown)


# --- the store of validation data --------------------------------------------------------------------------


def junk_store(writer: Any) -> None:
    """A store of the right shape with nothing but junk in it."""
    junk = [writer.add_object(generic.StreamObject(stream_data=b"junk")) for _ in range(3)]
    empty_store(writer)
    for key, each in zip(("/Certs", "/CRLs", "/OCSPs"), junk, strict=True):
        writer.root["/DSS"][generic.pdf_name(key)] = generic.ArrayObject([each])


def test_junk_in_the_store_helps_nobody_and_harms_nobody(once: bytes, office: Office) -> None:
    stored = appended(once, junk_store)
    assert verify(stored, office.roots, now=NOON)["verdict"] == "valid_with_remarks"
    assert verdict(stored, office) == "valid_with_remarks"
