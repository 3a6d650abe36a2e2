"""Key files are opened, summed up and checked; what is wrong with one is said in its own words."""

from __future__ import annotations

import subprocess
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)

from forms.signing.errors import (
    KeyExpiredError,
    KeyFileMissingError,
    KeyNotForSigningError,
    KeyNotYetValidError,
    KeyRevokedError,
    NoKeyInFileError,
    NotAKeyFileError,
    SigningError,
    UnreadableCertificateError,
    UnsuitableKeyError,
    WrongKeyPasswordError,
)
from forms.signing.keys import (
    SigningKey,
    check_key,
    issued_by,
    load_key,
    may_sign,
    parse_certificates,
    parse_crl,
    read_key,
    summarise,
)
from tests.forms.signing.conftest import Office
from tests.support.signing_pki import NOON, YEAR, Authority, named, self_signed, usage

PASSWORD = "mật khẩu Đúng 1"


def boxed(key: SigningKey, password: str = PASSWORD) -> bytes:
    how = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"k", key.private_key, key.certificate, key.chain, how)


def weak(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    builder = x509.CertificateBuilder().subject_name(named("Khóa yếu")).issuer_name(named("Khóa yếu"))
    builder = builder.public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(NOON - YEAR).not_valid_after(NOON + YEAR)
    certificate = builder.sign(key, SHA256() if isinstance(key, rsa.RSAPrivateKey) else None)
    return pkcs12.serialize_key_and_certificates(
        b"k", key, certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )


def test_a_key_file_opens_with_its_vietnamese_password(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "khoa.p12"
    file.write_bytes(boxed(office.leader))
    key = load_key(file, PASSWORD)
    assert (key.certificate, key.chain) == (office.leader.certificate, office.leader.chain)


def test_a_key_file_without_a_password_opens_with_none(office: Office) -> None:
    assert read_key(boxed(office.leader, ""), "", "k.p12").certificate == office.leader.certificate


def test_the_summary_tells_signer_organisation_and_dates(office: Office) -> None:
    facts = office.leader.summary
    assert (facts.signer, facts.organisation, facts.practice) == (
        "Trần Thị Bình",
        "UBND phường Hoa Mai",
        False,
    )
    assert (facts.valid_from, facts.valid_to) == (NOON - YEAR, NOON + YEAR)
    assert facts.valid_from.tzinfo is UTC


def test_a_certificate_without_an_organisation_has_an_empty_one(office: Office) -> None:
    assert summarise(office.root.certificate).organisation == ""


def test_a_key_never_shows_its_secret(office: Office) -> None:
    assert "private_key" not in repr(office.leader)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissingError, match=r"khoa\.p12"):
        load_key(tmp_path / "khoa.p12", PASSWORD)


@pytest.mark.parametrize("password", ["sai", "", PASSWORD.upper()])
def test_a_wrong_password_is_no_damaged_file(office: Office, password: str) -> None:
    with pytest.raises(WrongKeyPasswordError):
        read_key(boxed(office.leader), password, "k.p12")


@pytest.mark.parametrize("length", [0, 1, 40, 700])
def test_a_truncated_key_file_is_no_wrong_password(office: Office, length: int) -> None:
    with pytest.raises(NotAKeyFileError):
        read_key(boxed(office.leader)[:length], PASSWORD, "k.p12")


def test_another_kind_of_file_is_no_key_file() -> None:
    with pytest.raises(NotAKeyFileError):
        read_key(b"%PDF-1.7 not a key", PASSWORD, "k.pdf")


def test_a_key_of_an_unknown_curve_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    steps = (
        "ecparam -name brainpoolP160r1 -genkey -noout -out key.pem",
        "req -x509 -new -key key.pem -out certificate.pem -subj /CN=x -days 30",
        "pkcs12 -export -inkey key.pem -in certificate.pem -passout pass:abc -out k.p12",
    )
    for step in steps:
        subprocess.run(["openssl", *step.split()], cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(UnsuitableKeyError, match=r"k\.p12"):
        load_key(tmp_path / "k.p12", "abc")


def test_a_file_with_certificates_only_has_no_key(office: Office) -> None:
    content = pkcs12.serialize_key_and_certificates(
        b"k", None, office.leader.certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )
    with pytest.raises(NoKeyInFileError):
        read_key(content, PASSWORD, "k.p12")


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 1024),  # noqa: S505  (the short key that must be refused)
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["short", "other"],
)
def test_a_weak_or_unknown_kind_of_key_is_refused(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> None:
    with pytest.raises(UnsuitableKeyError, match="Khóa yếu"):
        read_key(weak(key), PASSWORD, "k.p12")


def test_a_good_key_passes_the_check(office: Office) -> None:
    check_key(office.leader, NOON, office.crls)


def test_the_last_second_of_a_certificate_still_counts(office: Office) -> None:
    check_key(office.leader, NOON + YEAR)


@pytest.mark.parametrize(
    ("at", "error"),
    [
        (NOON - YEAR - timedelta(seconds=1), KeyNotYetValidError),
        (NOON + YEAR + timedelta(seconds=1), KeyExpiredError),
    ],
)
def test_a_key_out_of_its_time_is_refused(office: Office, at: object, error: type[SigningError]) -> None:
    with pytest.raises(error, match="Trần Thị Bình"):
        check_key(office.leader, at, office.crls)  # type: ignore[arg-type]  # one table for both


def test_a_key_for_other_uses_is_refused(office: Office) -> None:
    key = office.authority.issue(use=usage(signs=False, enciphers=True))
    with pytest.raises(KeyNotForSigningError):
        check_key(key, NOON)


def test_a_certificate_that_states_no_use_may_sign() -> None:
    content = weak(rsa.generate_private_key(65537, 2048))
    assert may_sign(read_key(content, PASSWORD, "k.p12").certificate)


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_a_revoked_key_is_refused(encoding: Encoding) -> None:
    authority = Authority.root("Gốc")
    key = authority.issue("Người bị thu hồi")
    authority.revoke(key.certificate, NOON - timedelta(days=3))
    with pytest.raises(KeyRevokedError, match="19/11/2026"):
        check_key(key, NOON, [authority.crl(encoding=encoding)])


def test_the_list_of_another_issuer_says_nothing_about_a_key(office: Office) -> None:
    other = Authority.root("Gốc khác")
    other.revoke(office.leader.certificate, NOON - YEAR)
    check_key(office.leader, NOON, [other.crl()])


def test_what_is_no_revocation_list_is_refused() -> None:
    with pytest.raises(UnreadableCertificateError):
        parse_crl(b"nothing")


@pytest.mark.parametrize("content", [b"nothing", b"-----BEGIN CERTIFICATE-----\nnothing\n"])
def test_what_is_no_certificate_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableCertificateError):
        parse_certificates(content)


def test_a_certificate_of_an_unknown_version_is_refused(office: Office) -> None:
    content = office.root.certificate.public_bytes(Encoding.DER)
    with pytest.raises(UnreadableCertificateError):
        parse_certificates(content.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020109"), 1))


def test_a_file_may_hold_several_certificates(office: Office) -> None:
    both = [office.root.certificate, office.authority.certificate]
    assert parse_certificates(b"".join(each.public_bytes(Encoding.PEM) for each in both)) == both


def test_a_certificate_in_binary_form_is_read(office: Office) -> None:
    content = office.root.certificate.public_bytes(Encoding.DER)
    assert parse_certificates(content) == [office.root.certificate]


def test_only_the_issuer_issued_a_certificate(office: Office) -> None:
    certificate = office.leader.certificate
    assert issued_by(certificate, office.authority.certificate)
    assert not issued_by(certificate, office.root.certificate)
    assert not issued_by(certificate, self_signed("Nơi cấp chứng thư thử").certificate)
