"""Invented certificates: in force, ended, revoked, of other offices, of a time-stamp authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from asn1crypto import keys as key_structure
from asn1crypto import x509 as x509_structure
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from forms.signing.keys import SigningKey

# The day on which most of these tests take place
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


def usage(*, signs: bool = True, certifies: bool = False, enciphers: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=enciphers,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


def named(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass
class Authority:
    """Issues certificates and revocation lists. ``below`` makes one that it vouches for itself."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    # From this one upwards, without the root
    issuers: tuple[x509.Certificate, ...] = ()
    listed: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def root(
        cls, name: str, start: datetime = NOON - 5 * YEAR, end: datetime = NOON + 15 * YEAR
    ) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        whole = _builder(named(name), named(name), key, start, end, x509.BasicConstraints(True, None))
        certificate = whole.add_extension(usage(signs=False, certifies=True), critical=True).sign(
            key, SHA256()
        )
        return cls(certificate, key)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def below(
        self, name: str, start: datetime = NOON - 3 * YEAR, end: datetime = NOON + 9 * YEAR
    ) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        whole = _builder(
            named(name), self.certificate.subject, key, start, end, x509.BasicConstraints(True, 0)
        )
        whole = whole.add_extension(usage(signs=False, certifies=True), critical=True)
        certificate = whole.add_extension(self._mark(), critical=False).sign(self.key, SHA256())
        return Authority(certificate, key, (certificate, *self.issuers))

    def issue(
        self,
        name: str = "Nguyễn Văn An",
        organisation: str = "UBND phường Hoa Mai",
        start: datetime = NOON - YEAR,
        end: datetime = NOON + YEAR,
        *,
        use: x509.KeyUsage | None = None,
        stamps: bool = False,
        rsa_key: bool = False,
    ) -> SigningKey:
        """A signer's key and certificate; ``stamps`` makes it a time-stamp authority's, with RSA."""
        wants_rsa = stamps or rsa_key
        key = rsa.generate_private_key(65537, 2048) if wants_rsa else ec.generate_private_key(ec.SECP256R1())
        whole = _builder(
            named(name, organisation),
            self.certificate.subject,
            key,
            start,
            end,
            x509.BasicConstraints(False, None),
        )
        whole = whole.add_extension(use or usage(), critical=True)
        if stamps:
            whole = whole.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        certificate = whole.add_extension(self._mark(), critical=False).sign(self.key, SHA256())
        return SigningKey(key, certificate, self.issuers)

    def revoke(self, certificate: x509.Certificate, at: datetime) -> None:
        """From the next list on."""
        self.listed[certificate.serial_number] = at

    def crl(
        self,
        start: datetime = NOON - timedelta(days=1),
        end: datetime = NOON + timedelta(days=30),
        encoding: Encoding = Encoding.DER,
    ) -> bytes:
        whole = x509.CertificateRevocationListBuilder()
        whole = whole.issuer_name(self.certificate.subject).last_update(start).next_update(end)
        for number, at in self.listed.items():
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(at)
            whole = whole.add_revoked_certificate(entry.build())
        return (
            whole.add_extension(self._mark(), critical=False).sign(self.key, SHA256()).public_bytes(encoding)
        )

    def _mark(self) -> x509.AuthorityKeyIdentifier:
        stated = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(stated)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    start: datetime,
    end: datetime,
    constraints: x509.BasicConstraints,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(constraints, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def self_signed(name: str) -> SigningKey:
    """What anybody can make at home: a certificate that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    whole = _builder(
        named(name, "UBND phường Hoa Mai"),
        named(name, "UBND phường Hoa Mai"),
        key,
        NOON - YEAR,
        NOON + YEAR,
        x509.BasicConstraints(False, None),
    )
    return SigningKey(key, whole.add_extension(usage(), critical=True).sign(key, SHA256()), ())


def structure(certificate: x509.Certificate) -> x509_structure.Certificate:
    """As pyHanko wants it."""
    return x509_structure.Certificate.load(certificate.public_bytes(Encoding.DER))


def secret(key: SigningKey) -> key_structure.PrivateKeyInfo:
    """As pyHanko wants it."""
    return key_structure.PrivateKeyInfo.load(
        key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    )


def store(certificates: Sequence[x509.Certificate]) -> SimpleCertificateStore:
    made = SimpleCertificateStore()
    made.register_multiple([structure(each) for each in certificates])
    return made


def time_stamper(key: SigningKey, at: datetime) -> DummyTimeStamper:
    """An authority in this process that stamps ``at``."""
    return DummyTimeStamper(
        structure(key.certificate), secret(key), certs_to_embed=store(key.chain), fixed_dt=at
    )
