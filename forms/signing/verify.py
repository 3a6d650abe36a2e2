"""The verdict on a signed PDF, as data: unchanged? who? in force and not revoked? Never a network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Final, Literal

from cryptography import x509
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from forms.signing.damage import DAMAGE
from forms.signing.errors import UnreadableCertificateError
from forms.signing.keys import CertificateSummary, may_sign, parse_certificates, parse_crl, summarise
from forms.signing.verify_changes import only_signatures_after
from forms.signing.verify_container import (
    AlteredError,
    Container,
    Stamp,
    altered,
    check_container,
    check_stamp,
    digest_of_bytes,
    read_container,
)
from forms.signing.verify_file import (
    SignedFile,
    bytes_accounted_for,
    covers_itself,
    covers_whole_file,
    end_of,
    entry,
    open_signed,
)
from forms.signing.verify_time import SigningTime, Verdict, judge_in_time, signing_time
from forms.signing.verify_trust import Evidence, Standing, judge
from resources import _

_WORST_FIRST: Final[tuple[Verdict, ...]] = ("invalid", "valid_with_remarks", "valid")
# A signature that tells no time zone was made in Việt Nam
_VIETNAM: Final = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class _Found:
    """One signature as `interfaces.md` §4 shows it, with the verdict on it alone."""

    signer: str
    organisation: str
    signed_at: str | None
    unchanged: bool
    covers_whole_file: bool
    trusted: bool
    in_force: bool
    revocation: Literal["good", "revoked", "not_checked"]
    reasons: tuple[str, ...]
    verdict: Verdict

    def as_json(self) -> dict[str, Any]:
        shown = (name for name in self.__slots__ if name != "verdict")
        return {name: getattr(self, name) for name in shown} | {"reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class _Case:
    """A file under judgment: what vouches for it, its sound time-stamps, what is wrong with all of it."""

    file: SignedFile
    evidence: Evidence
    now: datetime
    stamps: tuple[tuple[EmbeddedPdfSignature, Stamp], ...]
    flaws: tuple[str, ...]


def verify(
    pdf: bytes, roots: Sequence[bytes] = (), crls: Sequence[bytes] = (), *, now: datetime
) -> dict[str, Any]:
    """The verdict of `interfaces.md` §4, ready for JSON.

    ``roots`` are certificates that are trusted, ``crls`` revocation lists (PEM or DER); ``now`` is aware.
    Raises ``UnreadablePdfError``, ``EncryptedPdfError`` or ``UnreadableCertificateError``.
    """
    file = open_signed(pdf)
    case = _case(file, _evidence(file, roots, crls), now)
    found = [_judged(case, each) for each in file.signatures]
    if file.lost:
        found.append(_unreadable(_("a signature that this file held was removed, or cannot be read")))
    return {
        "kind": "pdf",
        "verdict": _overall(found),
        "signatures": [each.as_json() for each in found],
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }


def _overall(found: Sequence[_Found]) -> Verdict:
    given = {each.verdict for each in found}
    return next((each for each in _WORST_FIRST if each in given), "not_signed")


# --- what is at hand ---------------------------------------------------------------------------------------


def _evidence(file: SignedFile, roots: Sequence[bytes], crls: Sequence[bytes]) -> Evidence:
    """What the caller gave, and what the file brings along to be checked against it."""
    return Evidence(
        roots=tuple(each for content in roots for each in parse_certificates(content)),
        lists=(*(parse_crl(content) for content in crls), *_lists_inside(file)),
        answers=tuple(_stored(file, "/OCSPs")),
    )


def _stored(file: SignedFile, kind: str) -> Iterator[bytes]:
    """Streams of the document security store; a broken store helps nobody and harms nobody."""
    try:
        streams = [each.get_object() for each in entry(entry(file.reader.root, "/DSS", {}), kind, [])]
        yield from [each.data for each in streams if isinstance(each, StreamObject)]
    except DAMAGE:
        return


def _lists_inside(file: SignedFile) -> Iterator[x509.CertificateRevocationList]:
    for content in _stored(file, "/CRLs"):
        try:
            yield parse_crl(content)
        except UnreadableCertificateError:
            continue


def _certificates_inside(file: SignedFile) -> Iterator[x509.Certificate]:
    for content in _stored(file, "/Certs"):
        try:
            yield from parse_certificates(content)
        except UnreadableCertificateError:
            continue


# --- unchanged? --------------------------------------------------------------------------------------------


def _digest(file: SignedFile, signature: EmbeddedPdfSignature, method: str) -> bytes:
    _start, before, after, rest = (int(each) for each in signature.byte_range)
    return hashlib.new(method, file.body[:before] + file.body[after : after + rest]).digest()


def _case(file: SignedFile, evidence: Evidence, now: datetime) -> _Case:
    stamps, flaws = [], []
    for each in file.stamps:
        try:
            stamps.append((each, _stamp(file, each, evidence)))
        except (AlteredError, *DAMAGE):
            flaws.append(_("a time-stamp of this file does not fit it"))
    if file.strange:
        flaws.append(_("there are bytes before the beginning or after the end of the file"))
    elif file.signatures and not _nothing_loose(file):
        flaws.append(_("something was added after the last signature"))
    return _Case(file, evidence, now, tuple(stamps), tuple(flaws))


def _stamp(file: SignedFile, stamp: EmbeddedPdfSignature, evidence: Evidence) -> Stamp:
    if not covers_itself(file, stamp):
        raise altered()
    info = read_container(stamp.pkcs7_content)
    return check_stamp(info, lambda method: _digest(file, stamp, method), evidence.roots)


def _nothing_loose(file: SignedFile) -> bool:
    """Whether no byte follows the last signature or time-stamp but whole revisions."""
    last = max((*file.signatures, *file.stamps), key=lambda each: int(each.signed_revision))
    try:
        return end_of(last) == len(file.body) or bytes_accounted_for(
            file, end_of(last), int(last.signed_revision) + 1
        )
    except DAMAGE:
        return False


def _container(case: _Case, signature: EmbeddedPdfSignature) -> Container:
    """The signature's container, if it is whole and fits the bytes it covers."""
    if not covers_itself(case.file, signature):
        raise AlteredError(_("the signature does not cover the part of the file that it belongs to"))
    info = read_container(signature.pkcs7_content)
    return check_container(info, lambda method: _digest(case.file, signature, method), case.evidence.roots)


def _appended_well(case: _Case, signature: EmbeddedPdfSignature) -> bool:
    if covers_whole_file(case.file, signature):
        return True
    try:
        # What could only be read leniently has no revisions that could be compared reliably
        return not case.file.damaged and only_signatures_after(signature)
    except DAMAGE:
        return False


# --- the verdict on one signature --------------------------------------------------------------------------


def _unreadable(reason: str) -> _Found:
    return _Found("", "", None, False, False, False, False, "not_checked", (reason,), "invalid")


def _judged(case: _Case, signature: EmbeddedPdfSignature) -> _Found:
    try:
        return _weighed(case, signature)
    except AlteredError as error:
        return _unreadable(str(error))
    except DAMAGE:
        return _unreadable(str(altered()))


def _weighed(case: _Case, signature: EmbeddedPdfSignature) -> _Found:
    """Raises ``AlteredError``, or what libraries raise, for a signature that is not whole."""
    companions = list(_certificates_inside(case.file))
    container = _container(case, signature)
    stamps = [*_stamps_inside(case, container), *_stamps_after(case, signature)]
    claimed = container.claimed_at or _written_time(signature)
    time = signing_time(stamps, claimed, companions, case.evidence, case.now)
    changes = list(case.flaws)
    if not _appended_well(case, signature):
        changes.append(_("something other than further signatures was added after this signature"))
    standing = judge(
        container.signer,
        (*container.others, *companions),
        case.evidence,
        time.attested or case.now,
        past=time.attested is not None,
    )
    return _told(
        container.signer, standing, time, case.now, changes, whole=covers_whole_file(case.file, signature)
    )


def _stamps_inside(case: _Case, container: Container) -> list[Stamp]:
    """The time-stamps on the signature itself; one that does not fit spoils it."""
    of_signature = digest_of_bytes(container.signature)
    return [check_stamp(each, of_signature, case.evidence.roots) for each in container.tokens]


def _stamps_after(case: _Case, signature: EmbeddedPdfSignature) -> list[Stamp]:
    """The document time-stamps that cover the signature."""
    return [stamp for holder, stamp in case.stamps if end_of(holder) > end_of(signature)]


def _written_time(signature: EmbeddedPdfSignature) -> datetime | None:
    try:
        written = signature.self_reported_timestamp
    except DAMAGE:
        return None
    return written.replace(tzinfo=_VIETNAM) if written is not None and written.tzinfo is None else written


def _told(
    signer: x509.Certificate,
    standing: Standing,
    time: SigningTime,
    now: datetime,
    changes: list[str],
    *,
    whole: bool,
) -> _Found:
    """The three answers put together: unchanged, who, in force and not revoked."""
    moment = time.attested or now
    facts = summarise(signer)
    trusted = standing.trusted and may_sign(signer)
    doubts = list(_doubts(signer, standing))
    verdict, in_time = judge_in_time(standing, time, now)
    if changes:
        verdict = "invalid"
    elif verdict == "valid" and (doubts or time.doubtful):
        verdict = "valid_with_remarks"
    return _Found(
        signer=facts.signer,
        organisation=facts.organisation,
        signed_at=time.shown,
        unchanged=not changes,
        covers_whole_file=whole,
        trusted=trusted,
        in_force=standing.in_force(moment),
        revocation=_revocation(standing, moment),
        reasons=(*changes, *in_time, *doubts, *time.reasons, *_of_practice(facts)),
        verdict=verdict,
    )


def _revocation(standing: Standing, moment: datetime) -> Literal["good", "revoked", "not_checked"]:
    if standing.revoked_by(moment):
        return "revoked"
    return "good" if standing.checked else "not_checked"


def _doubts(signer: x509.Certificate, standing: Standing) -> Iterator[str]:
    """What keeps an unchanged signature from being valid without a remark."""
    if not standing.trusted:
        yield _("no given root certificate vouches for the signer")
    if not may_sign(signer):
        yield _("the certificate was not issued for signing documents")
    if not standing.checked:
        yield _("revocation was not checked: no list in force was given for the certificate and its issuers")


def _of_practice(facts: CertificateSummary) -> list[str]:
    return [_("practice certificate: the signature has no legal value")] if facts.practice else []
