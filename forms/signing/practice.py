"""A practice root, key file and revocation list, so that signing can be learnt without a real certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from forms.signing.keys import PRACTICE_MARK

# Shown in every signature that a practice certificate makes (the word of the paper, never translated)
PRACTICE_BANNER: Final = "CHỮ KÝ THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
_ROOT_NAME: Final = f"{PRACTICE_MARK} – Gốc chứng thư Sổ Dân vận"
_ROOT_OWNER: Final = f"{PRACTICE_MARK} – Sổ Dân vận"
# RFC 5280 gives a name and an organisation 64 characters each; cryptography counts the name's bytes
_LONGEST_NAME: Final = 64
_KEY_BITS: Final = 2048


@dataclass(frozen=True, slots=True)
class Practice:
    """The contents of the three files; ``password`` opens ``p12``."""

    p12: bytes
    password: str
    root: bytes
    crl: bytes


@dataclass(frozen=True, slots=True)
class PracticeFiles:
    """Where the three files are."""

    p12: Path
    root: Path
    crl: Path


def make_practice(
    signer: str, organisation: str, password: str, at: datetime, *, valid: timedelta = timedelta(days=1096)
) -> Practice:
    """Practice certificate for ``signer``, in force from ``at`` for ``valid``, with its root and list.

    The list says that nothing is revoked and stays fresh as long as the certificate.
    """
    root_key, signer_key = _new_key(), _new_key()
    root_name = _name(_ROOT_NAME, _ROOT_OWNER)
    root = _root(root_key, root_name, at, at + valid)
    subject = _name(signer, f"{PRACTICE_MARK} – {organisation}")
    leaf = (
        _certificate(subject, root_name, signer_key.public_key(), at, at + valid)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(_issuer_id(root), critical=False)
        .sign(root_key, SHA256())
    )
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root_name)
        .last_update(at)
        .next_update(at + valid)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(_issuer_id(root), critical=False)
        .sign(root_key, SHA256())
    )
    box = pkcs12.serialize_key_and_certificates(
        signer.encode(), signer_key, leaf, [root], BestAvailableEncryption(password.encode())
    )
    return Practice(box, password, root.public_bytes(Encoding.PEM), crl.public_bytes(Encoding.DER))


def write_practice(practice: Practice, folder: Path) -> PracticeFiles:
    """Write the three files into an existing folder, replacing older ones."""
    files = PracticeFiles(
        p12=folder / "thu-nghiem.p12", root=folder / "thu-nghiem-root.pem", crl=folder / "thu-nghiem.crl"
    )
    files.p12.write_bytes(practice.p12)
    files.p12.chmod(0o600)
    files.root.write_bytes(practice.root)
    files.crl.write_bytes(practice.crl)
    return files


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:_LONGEST_NAME].rstrip()),
            x509.NameAttribute(
                NameOID.COMMON_NAME, common.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip()
            ),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _root(key: rsa.RSAPrivateKey, name: x509.Name, start: datetime, end: datetime) -> x509.Certificate:
    return (
        _certificate(name, name, key.public_key(), start, end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .sign(key, SHA256())
    )


def _issuer_id(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    stated = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(stated)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """Of a signer's certificate, or of a root that issues certificates and lists."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )
