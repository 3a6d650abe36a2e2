"""When was it signed, and what does that make of a certificate that has ended or was revoked since?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from cryptography import x509

from forms.signing.verify_container import Stamp
from forms.signing.verify_trust import Evidence, Standing, judge, may_stamp_time
from resources import _

Verdict = Literal["valid", "valid_with_remarks", "invalid", "not_signed"]
_DAY: Final = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class SigningTime:
    """``attested`` by a time-stamp that can be believed, or only ``claimed`` by the signature itself.

    ``doubtful``: there are time-stamps, but none that can be believed.
    """

    attested: datetime | None
    claimed: datetime | None
    reasons: tuple[str, ...] = ()
    doubtful: bool = False

    @property
    def shown(self) -> str | None:
        """ISO 8601 with its offset from UTC."""
        known = self.attested or self.claimed
        return known.isoformat() if known else None


def believable(stamp: Stamp, companions: Sequence[x509.Certificate], evidence: Evidence) -> bool:
    """Whether a given root vouches for the authority of a time-stamp, and it was in force then.

    Whoever holds a revoked key can stamp any time, so a revoked authority is never believed.
    """
    standing = judge(stamp.signer, (*stamp.others, *companions), evidence, stamp.at, past=True)
    return (
        standing.trusted
        and standing.in_force(stamp.at)
        and standing.revoked_at is None
        and may_stamp_time(stamp.signer)
    )


def signing_time(
    stamps: Iterable[Stamp],
    claimed: datetime | None,
    companions: Sequence[x509.Certificate],
    evidence: Evidence,
    now: datetime,
) -> SigningTime:
    """The earliest time that a believable one of ``stamps`` attests, else the claimed one with remarks."""
    all_stamps = list(stamps)
    believed = [stamp.at for stamp in all_stamps if believable(stamp, companions, evidence)]
    if believed:
        return SigningTime(min(believed), claimed)
    reasons = [
        _("the time-stamp was made by an authority that no given root vouches for, so it is not used")
        if all_stamps
        else _("no time-stamp")
    ]
    if claimed is not None and claimed > now:
        reasons.append(_("the time of signing lies after the clock of this computer"))
    return SigningTime(None, claimed, tuple(reasons), doubtful=bool(all_stamps))


def judge_in_time(standing: Standing, time: SigningTime, now: datetime) -> tuple[Verdict, list[str]]:
    """What a certificate's end or revocation means for a signature of that time, with the reasons.

    `interfaces.md` §4: at the time-stamp it counts as it is. Without one, what happened after the time
    that the signature claims leaves a remark, what happened before makes it invalid.
    """
    moment = time.attested or now
    in_force, revoked = standing.in_force(moment), standing.revoked_by(moment)
    reasons = _said(standing, moment, in_force=in_force, revoked=revoked)
    claimed = time.claimed
    if in_force and not revoked:
        early = time.attested is None and claimed is not None and claimed < standing.start
        return ("valid_with_remarks", [_("the time of signing is not attested")]) if early else ("valid", [])
    if time.attested is not None or claimed is None:
        return "invalid", reasons
    ended_since = in_force or (standing.in_force(claimed) and now > standing.end)
    revoked_since = not revoked or (standing.revoked_at is not None and claimed < standing.revoked_at)
    if ended_since and revoked_since:
        return "valid_with_remarks", [*reasons, _("the time of signing is not attested")]
    return "invalid", reasons


def _said(standing: Standing, moment: datetime, *, in_force: bool, revoked: bool) -> list[str]:
    reasons = []
    if not in_force and moment > standing.end:
        reasons.append(_("the certificate ended on {date}").format(date=standing.end.strftime(_DAY)))
    if not in_force and moment < standing.start:
        reasons.append(
            _("the certificate is only in force from {date}").format(date=standing.start.strftime(_DAY))
        )
    if revoked and standing.revoked_at is not None:
        reasons.append(
            _("the certificate was revoked on {date}").format(date=standing.revoked_at.strftime(_DAY))
        )
    return reasons
