"""Who signed, was the certificate in force, and was it revoked? Answered from what is at hand, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import ocsp as ocsp_structure
from asn1crypto import x509 as x509_structure
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import async_validate_path

from forms.signing.damage import DAMAGE
from forms.signing.keys import certificate_of, issued_by
from forms.signing.offline import run_offline

_UNCHECKED: Final = "none"
_EVERY_CERTIFICATE: Final = "require"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Roots that the caller trusts; revocation lists and answers (DER) of the caller and of the file."""

    roots: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()
    answers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands.

    ``start`` to ``end``: when it and all between it and its root are in force. ``revoked_at``: since
    when the first of them is revoked, as far as known. ``checked``: what is known of revocations is
    enough for the moment asked about, because lists or answers are fresh, or tell a later date.
    """

    trusted: bool
    start: datetime
    end: datetime
    revoked_at: datetime | None
    checked: bool

    def in_force(self, moment: datetime) -> bool:
        return self.start <= moment <= self.end

    def revoked_by(self, moment: datetime) -> bool:
        return self.revoked_at is not None and self.revoked_at <= moment


def judge(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    evidence: Evidence,
    moment: datetime,
    *,
    past: bool,
) -> Standing:
    """How ``signer`` stood at ``moment``; ``past`` if that is attested by a time-stamp."""
    path = _path(signer, others, evidence, moment)
    chain = _chain(path) if path is not None else [signer]
    start, end = _window(chain)
    revoked = list(_listed(chain, (*evidence.roots, *others), evidence.lists))
    checked = False
    # A signer that is itself a given root has nobody who could revoke it
    if path is not None and path.pkix_len > 0:
        checked, answered = _asked(path, others, evidence, _within(moment, start, end), past=past)
        revoked += answered
    return Standing(path is not None, start, end, min(revoked, default=None), checked or bool(revoked))


def may_stamp_time(certificate: x509.Certificate) -> bool:
    """Whether the certificate was issued to a time-stamping authority."""
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in uses


def _structure(certificate: x509.Certificate) -> x509_structure.Certificate:
    return x509_structure.Certificate.load(certificate.public_bytes(Encoding.DER))


def _context(evidence: Evidence, others: Sequence[x509.Certificate], **more: Any) -> ValidationContext:
    return ValidationContext(
        trust_roots=[_structure(each) for each in evidence.roots],
        other_certs=[_structure(each) for each in others],
        allow_fetching=False,
        **more,
    )


def _path(
    signer: x509.Certificate, others: Sequence[x509.Certificate], evidence: Evidence, moment: datetime
) -> ValidationPath | None:
    """The first way from a given root to the signer that holds, whenever its certificates were in force."""
    if not evidence.roots:
        return None
    context = _context(evidence, others, moment=moment, revocation_mode=_UNCHECKED)
    try:
        found = run_offline(context.path_builder.async_build_paths(_structure(signer)))
    except PathError:
        return None
    return next((each for each in found if _holds(each, evidence, others, moment)), None)


def _holds(
    path: ValidationPath, evidence: Evidence, others: Sequence[x509.Certificate], moment: datetime
) -> bool:
    # Whether it is in force now is another question; here only whether it ever was, all together
    try:
        start, end = _window(_chain(path))
        context = _context(evidence, others, moment=_within(moment, start, end), revocation_mode=_UNCHECKED)
        run_offline(async_validate_path(context, path))
    except (ValidationError, *DAMAGE):
        return False
    return True


def _chain(path: ValidationPath) -> list[x509.Certificate]:
    """Without its root; a signer that is itself a given root stands alone."""
    below = list(path.iter_certs(include_root=False)) or [path.last]
    return [certificate_of(each.dump()) for each in below]


def _window(chain: Sequence[x509.Certificate]) -> tuple[datetime, datetime]:
    return (
        max(each.not_valid_before_utc for each in chain),
        min(each.not_valid_after_utc for each in chain),
    )


def _within(moment: datetime, start: datetime, end: datetime) -> datetime:
    return min(max(moment, start), end)


def _asked(
    path: ValidationPath,
    others: Sequence[x509.Certificate],
    evidence: Evidence,
    moment: datetime,
    *,
    past: bool,
) -> tuple[bool, list[datetime]]:
    """Whether nothing in the path is revoked for sure, and since when something is."""
    _start, end = _window(_chain(path))
    # Authorities leave certificates that have ended out of their later lists
    lists = [each for each in evidence.lists if each.last_update_utc <= end]
    try:
        context = _context(
            evidence,
            others,
            moment=moment,
            revocation_mode=_EVERY_CERTIFICATE,
            crls=[each.public_bytes(Encoding.DER) for each in lists],
            ocsps=[ocsp_structure.OCSPResponse.load(each) for each in evidence.answers],
            # A list of after the time-stamp says as well that nothing was revoked before it
            retroactive_revinfo=past,
        )
        run_offline(async_validate_path(context, path))
    except RevokedError as error:
        return False, [error.revocation_dt]
    except (ValidationError, *DAMAGE):
        return False, []
    return True, []


def _listed(
    chain: Sequence[x509.Certificate],
    issuers: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
) -> Iterator[datetime]:
    """When certificates of the chain were revoked: a list that is out of date still tells that."""
    for certificate in chain:
        for revocations in lists:
            entry = revocations.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None and _speaks_for(revocations, certificate, (*issuers, *chain)):
                yield entry.revocation_date_utc


def _speaks_for(
    revocations: x509.CertificateRevocationList,
    certificate: x509.Certificate,
    issuers: Sequence[x509.Certificate],
) -> bool:
    return revocations.issuer == certificate.issuer and any(
        issued_by(certificate, each) and revocations.is_signature_valid(each.public_key())  # type: ignore[arg-type]  # a key of another kind gives False
        for each in issuers
    )
