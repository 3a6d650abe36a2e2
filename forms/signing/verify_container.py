"""Is the signature itself whole? Every byte of its container has to mean something and to fit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import cms, core, parser, tsp
from cryptography import x509
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_self_reported_ts,
    get_signing_cert_attr,
    validate_sig_integrity,
)

from forms.signing.keys import certificate_of, issued_by
from resources import _

CONTENT: Final = "data"
TIME: Final = "tst_info"

# Collisions can be made for these, so a signature over them proves nothing
_BROKEN_DIGESTS: Final = frozenset({"md2", "md5", "sha1"})
# RFC 5652 §5.1: the version follows from what is inside
_VERSIONS: Final = {CONTENT: {"v1"}, TIME: {"v3"}}
_VERSION_BY_KEY_ID: Final = "v3"
_SIGNED_DATA: Final = (
    "version",
    "digest_algorithms",
    "encap_content_info",
    "certificates",
    "crls",
    "signer_infos",
)
_SIGNER_INFO: Final = (
    "version",
    "sid",
    "digest_algorithm",
    "signed_attrs",
    "signature_algorithm",
    "signature",
    "unsigned_attrs",
)
_STAMP_INSIDE: Final = "signature_time_stamp_token"

DigestOf = Callable[[str], bytes]


class AlteredError(Exception):
    """Something is not as the signer left it; ``str(error)`` says what, for the list of reasons."""


@dataclass(frozen=True, slots=True)
class Container:
    """What a whole container says. ``tokens`` are its time-stamps, still to be checked."""

    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    claimed_at: datetime | None
    signature: bytes
    tokens: tuple[cms.ContentInfo, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp that fits what it stamps: its authority's certificates and the time it attests."""

    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    at: datetime


def altered() -> AlteredError:
    return AlteredError(_("the signature itself is damaged or was altered"))


def does_not_fit() -> AlteredError:
    return AlteredError(_("the content does not fit the signature: it was changed after signing"))


def read_container(padded: bytes) -> cms.ContentInfo:
    """The one container at the beginning of zero-padded bytes; anything else after it is an alteration."""
    length = parser.peek(padded)
    if padded[length:].strip(b"\0") or not _well_nested(padded[:length]):
        raise altered()
    return cms.ContentInfo.load(padded[:length], strict=True)


def _well_nested(content: bytes) -> bool:
    """Whether values fill each other without a rest; padding swallowed by a wrong length is one."""
    while content:
        kind, method, tag, head, inside, end = parser.parse(content)
        if (kind, tag) == (0, 0) or (method == 1 and not _well_nested(inside)):
            return False
        content = content[len(head) + len(inside) + len(end) :]
    return True


def check_container(
    info: cms.ContentInfo, digest_of: DigestOf, roots: Sequence[x509.Certificate]
) -> Container:
    """A signature over content of which ``digest_of`` gives the digest. Raises ``AlteredError``."""
    signed = _signed_data(info, CONTENT)
    if signed["encap_content_info"]["content"] is not core.VOID:
        raise altered()
    certificates, signer_info = _checked(signed, CONTENT, digest_of, roots)
    return Container(
        signer=certificates[0],
        others=certificates[1:],
        claimed_at=extract_self_reported_ts(signer_info),
        signature=signer_info["signature"].native,
        tokens=tuple(_tokens(signer_info)),
    )


def check_stamp(info: cms.ContentInfo, digest_of: DigestOf, roots: Sequence[x509.Certificate]) -> Stamp:
    """A time-stamp on something of which ``digest_of`` gives the digest. Raises ``AlteredError``."""
    signed = _signed_data(info, TIME)
    stamped = signed["encap_content_info"]["content"]
    certificates, signer_info = _checked(signed, TIME, _digests(bytes(stamped)), roots)
    if list(_tokens(signer_info)):
        raise altered()
    facts: tsp.TSTInfo = stamped.parsed
    imprint = facts["message_imprint"]
    method = _strong(imprint["hash_algorithm"]["algorithm"].native)
    if imprint["hashed_message"].native != digest_of(method):
        raise does_not_fit()
    return Stamp(signer=certificates[0], others=certificates[1:], at=facts["gen_time"].native)


def digest_of_bytes(content: bytes) -> DigestOf:
    """For time-stamps on a signature value."""
    return _digests(content)


def _digests(content: bytes) -> DigestOf:
    return lambda method: hashlib.new(method, content).digest()


def _strong(method: str) -> str:
    if method in _BROKEN_DIGESTS:
        raise AlteredError(
            _("the signature uses a digest that can be forged ({method})").format(method=method)
        )
    return method


def _signed_data(info: cms.ContentInfo, kind: str) -> cms.SignedData:
    signed = info["content"]
    if info["content_type"].native != "signed_data" or len(signed["signer_infos"]) != 1:
        raise altered()
    if signed["encap_content_info"]["content_type"].native != kind:
        raise altered()
    return signed


def _checked(
    signed: cms.SignedData, kind: str, digest_of: DigestOf, roots: Sequence[x509.Certificate]
) -> tuple[tuple[x509.Certificate, ...], cms.SignerInfo]:
    """The signer's certificate, the others, and the signer's part, all of it accounted for."""
    signer_info = signed["signer_infos"][0]
    method = _strong(signer_info["digest_algorithm"]["algorithm"].native)
    _check_frame(signed, signer_info, kind)
    found = extract_certs_for_validation(signed)
    intact, genuine = validate_sig_integrity(signer_info, found.signer_cert, kind, digest_of(method))
    if not intact:
        raise does_not_fit()
    if not genuine or found.attribute_certs or not _names(signer_info, found.signer_cert):
        raise altered()
    certificates = tuple(certificate_of(each.dump()) for each in (found.signer_cert, *found.other_certs))
    _check_companions(found.other_certs, certificates, signer_info, roots)
    return certificates, signer_info


def _check_frame(signed: cms.SignedData, signer_info: cms.SignerInfo, kind: str) -> None:
    """The parts that no signature covers: each can have one meaning only."""
    by_key_id = signer_info["sid"].name != "issuer_and_serial_number"
    expected = {_VERSION_BY_KEY_ID} if by_key_id else _VERSIONS[kind]
    methods = [each.native for each in signed["digest_algorithms"]]
    whole = (
        _only(signed, _SIGNED_DATA)
        and _only(signer_info, _SIGNER_INFO)
        and signed["version"].native in expected
        and signer_info["version"].native == (_VERSION_BY_KEY_ID if by_key_id else "v1")
        and methods == [signer_info["digest_algorithm"].native]
        # Revocation lists travel in the DSS of a PDF; here nothing would protect them
        and signed["crls"] is core.VOID
    )
    if not whole:
        raise altered()


def _only(structure: core.Sequence, parts: Sequence[str]) -> bool:
    """Whether a structure consists of its known parts: libraries pass over what comes besides."""
    known = (structure[part].dump() for part in parts)
    return bytes(structure.contents) == b"".join(known)


def _names(signer_info: cms.SignerInfo, signer: Any) -> bool:
    """Whether the signer is named as in the certificate, letter by letter; libraries forgive case."""
    named = signer_info["sid"].chosen
    return isinstance(named, core.OctetString) or named["issuer"].dump() == signer.issuer.dump()


def _tokens(signer_info: cms.SignerInfo) -> Iterator[cms.ContentInfo]:
    unsigned = signer_info["unsigned_attrs"]
    if unsigned is core.VOID:
        return
    for attribute in unsigned:
        if attribute["type"].native != _STAMP_INSIDE:
            raise altered()
        yield from attribute["values"]


def _check_companions(
    embedded: Sequence[Any],
    certificates: tuple[x509.Certificate, ...],
    signer_info: cms.SignerInfo,
    roots: Sequence[x509.Certificate],
) -> None:
    """Certificates that travel along must be named by the signature, or belong to the signer's chain."""
    named = get_signing_cert_attr(signer_info["signed_attrs"])
    companions = list(named["certs"])[1:] if named is not None else []
    if companions:
        whole = all(any(check_ess_certid(each, one) for one in companions) for each in embedded)
    else:
        # Bits of a signature that it says it leaves out would be read by nobody
        complete = all(bytes(each["signature_value"].contents)[:1] == b"\0" for each in embedded)
        whole = complete and _chained(certificates[0], certificates[1:], roots)
    if not whole:
        raise altered()


def _chained(
    signer: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> bool:
    reached, left = [signer], list(others)
    while found := [each for each in left if any(issued_by(child, each) for child in reached)]:
        reached += found
        left = [each for each in left if each not in found]
    # The topmost one vouches for those below and nobody for it, unless its issuer is at hand
    return not left and all(_genuine(each, (*others, *roots)) for each in others)


def _genuine(certificate: x509.Certificate, at_hand: Iterable[x509.Certificate]) -> bool:
    """Whether the certificate stands the test of its issuer, where that is at hand."""
    issuers = [each for each in at_hand if _points_to(certificate, each)]
    if issuers:
        return any(issued_by(certificate, each) for each in issuers)
    # RFC 5280: only a root may leave out who issued it, and a root would be its own issuer
    return _issuer_id(certificate) is not None


def _points_to(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """By name, unless the key is another (a root renewed under its old name), or by key."""
    wanted, has = _issuer_id(certificate), _own_id(issuer)
    by_key = wanted is not None and wanted == has
    return by_key or (certificate.issuer == issuer.subject and (wanted is None or has is None))


def _issuer_id(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(
            x509.AuthorityKeyIdentifier
        ).value.key_identifier
    except x509.ExtensionNotFound:
        return None


def _own_id(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return None
