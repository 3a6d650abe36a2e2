"""Keys to sign with: a PKCS#12 file opened, its certificate summed up and checked before it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from warnings import catch_warnings, simplefilter

from asn1crypto import pkcs12 as pkcs12_structure
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from db.vietnamese import nfc
from forms.signing.errors import (
    KeyExpiredError,
    KeyFileMissingError,
    KeyNotForSigningError,
    KeyNotYetValidError,
    KeyRevokedError,
    NoKeyInFileError,
    NotAKeyFileError,
    UnreadableCertificateError,
    UnsuitableKeyError,
    WrongKeyPasswordError,
)

# Certificates of the demo and of training carry this in their names; papers and screens say so too
PRACTICE_MARK: Final = "THỬ NGHIỆM"
_LEAST_RSA_BITS: Final = 2048

PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class CertificateSummary:
    """What a clerk is told about a certificate before signing with it."""

    signer: str
    organisation: str
    valid_from: datetime
    valid_to: datetime
    practice: bool


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its certificate and the certificates of its issuers, as the key file gave them."""

    private_key: PrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def summary(self) -> CertificateSummary:
        return summarise(self.certificate)


def _named(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return nfc(str(found[0].value)) if found else ""


def summarise(certificate: x509.Certificate) -> CertificateSummary:
    """The words of a certificate; a missing common name falls back to the organisation."""
    organisation = _named(certificate.subject, NameOID.ORGANIZATION_NAME)
    signer = _named(certificate.subject, NameOID.COMMON_NAME) or organisation
    return CertificateSummary(
        signer=signer,
        organisation=organisation,
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        practice=PRACTICE_MARK in nfc(f"{organisation} {signer}"),
    )


def load_key(file: Path, password: str) -> SigningKey:
    """Open a PKCS#12 file. Raises a ``SigningError`` that says what is wrong with it, in words."""
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise KeyFileMissingError(file.name) from error
    return read_key(content, password, file.name)


def read_key(content: bytes, password: str, name: str) -> SigningKey:
    """The key in the bytes of a PKCS#12 file; ``name`` is for the words of errors."""
    try:
        pkcs12_structure.Pfx.load(content, strict=True).native  # noqa: B018  (reading it all is the check)
    except (ValueError, TypeError) as error:
        raise NotAKeyFileError(name) from error
    try:
        opened = pkcs12.load_pkcs12(content, password.encode() or None)
    except ValueError as error:
        raise WrongKeyPasswordError(name) from error
    except UnsupportedAlgorithm as error:
        raise UnsuitableKeyError(name) from error
    if opened.key is None or opened.cert is None:
        raise NoKeyInFileError(name)
    certificate = opened.cert.certificate
    return SigningKey(
        private_key=_suitable(opened.key, certificate),
        certificate=certificate,
        chain=tuple(other.certificate for other in opened.additional_certs),
    )


def _suitable(key: object, certificate: x509.Certificate) -> PrivateKey:
    if isinstance(key, EllipticCurvePrivateKey):
        return key
    if isinstance(key, RSAPrivateKey) and key.key_size >= _LEAST_RSA_BITS:
        return key
    raise UnsuitableKeyError(summarise(certificate).signer)


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate was issued for signatures (no key usage stated allows every use)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def check_key(key: SigningKey, at: datetime, crls: Sequence[bytes] = ()) -> None:
    """Refuse a key that cannot give a good signature at ``at``, before anybody is asked for anything.

    ``crls`` are the last known revocation lists (PEM or DER); those of other issuers are passed over.
    """
    facts = key.summary
    if at < facts.valid_from:
        raise KeyNotYetValidError(facts.signer, facts.valid_from)
    if at > facts.valid_to:
        raise KeyExpiredError(facts.signer, facts.valid_to)
    if not may_sign(key.certificate):
        raise KeyNotForSigningError(facts.signer)
    for revoked_on in _revocations(key, crls):
        raise KeyRevokedError(facts.signer, revoked_on)


def _revocations(key: SigningKey, crls: Sequence[bytes]) -> list[datetime]:
    # Lists are taken as given: a doubtful one costs a question, a paper signed with a revoked key costs more
    lists = [parse_crl(content) for content in crls]
    found = [
        entry.get_revoked_certificate_by_serial_number(key.certificate.serial_number)
        for entry in lists
        if entry.issuer == key.certificate.issuer
    ]
    return [entry.revocation_date_utc for entry in found if entry is not None]


def parse_crl(content: bytes) -> x509.CertificateRevocationList:
    """A revocation list from PEM or DER bytes, or ``UnreadableCertificateError``."""
    try:
        if content.lstrip().startswith(b"-----"):
            return x509.load_pem_x509_crl(content)
        return x509.load_der_x509_crl(content)
    except ValueError as error:
        raise UnreadableCertificateError from error


def certificate_of(der: bytes) -> x509.Certificate:
    """A certificate from DER bytes, or ``ValueError``; careless but readable ones are read in silence."""
    with catch_warnings():
        simplefilter("ignore", CryptographyDeprecationWarning)
        try:
            return x509.load_der_x509_certificate(der)
        except x509.InvalidVersion as error:
            raise ValueError(error) from error


def parse_certificates(content: bytes) -> list[x509.Certificate]:
    """All certificates of one PEM file, or the one of a DER file, or ``UnreadableCertificateError``."""
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [certificate_of(content)]
    except ValueError as error:
        raise UnreadableCertificateError from error


def issued_by(child: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether ``issuer`` is named in the certificate and its key made the certificate's signature."""
    try:
        child.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
