"""A certificate that ended or was revoked: before the signature, after it, with a time-stamp and without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

import resources
from forms.anchors import NUMBER, PERSON
from forms.signing.keys import SigningKey
from forms.signing.verify import verify
from forms.signing.verify_time import SigningTime, judge_in_time
from forms.signing.verify_trust import Standing
from tests.forms.signing.conftest import Office
from tests.support.signing_papers import signed_elsewhere, stamped
from tests.support.signing_pki import NOON, YEAR, Authority, time_stamper

DAY = timedelta(days=1)
START, END = NOON - 10 * DAY, NOON + 10 * DAY
UNATTESTED = "the time of signing is not attested"


# --- the rule alone: from START to END in force, signed at NOON --------------------------------------------


@dataclass(frozen=True)
class Rule:
    """One line of `interfaces.md` §4."""

    verdict: str
    now: datetime
    claimed: datetime | None = NOON
    attested: datetime | None = None
    revoked_at: datetime | None = None


RULES = {
    "in force and not revoked": Rule("valid", NOON + DAY),
    "in force, with no time claimed": Rule("valid", NOON + DAY, claimed=None),
    "in force on its last second": Rule("valid", END),
    "ended since": Rule("valid_with_remarks", END + DAY),
    "ended before the signature": Rule("invalid", END + 2 * DAY, claimed=END + DAY),
    "ended, and signed before it began": Rule("invalid", END + DAY, claimed=START - DAY),
    "ended, with no time claimed": Rule("invalid", END + DAY, claimed=None),
    "not in force yet": Rule("invalid", START - DAY, claimed=START - DAY),
    "not in force yet, and claims a later time": Rule("invalid", START - DAY, claimed=START + DAY),
    "in force, and claims a time before it began": Rule("valid_with_remarks", NOON, claimed=START - DAY),
    "revoked since": Rule("valid_with_remarks", NOON + 2 * DAY, revoked_at=NOON + DAY),
    "revoked before the signature": Rule("invalid", NOON + DAY, revoked_at=NOON - DAY),
    "revoked at the very time": Rule("invalid", NOON + DAY, revoked_at=NOON),
    "revoked, with no time claimed": Rule("invalid", NOON + DAY, claimed=None, revoked_at=NOON - DAY),
    "revoked and ended since": Rule("valid_with_remarks", END + DAY, revoked_at=NOON + DAY),
    "revoked before and ended since": Rule("invalid", END + DAY, revoked_at=NOON - DAY),
    "revoked since and ended before": Rule("invalid", END + 2 * DAY, END + DAY / 2, revoked_at=END + DAY),
    "to be revoked later than now": Rule("valid", NOON + DAY, revoked_at=NOON + 2 * DAY),
    "attested, and ended since": Rule("valid", END + DAY, attested=NOON),
    "attested, and revoked since": Rule("valid", NOON + 2 * DAY, attested=NOON, revoked_at=NOON + DAY),
    "attested after its end, whatever is claimed": Rule("invalid", END + 2 * DAY, attested=END + DAY),
    "attested after its revocation": Rule("invalid", NOON + DAY, attested=NOON, revoked_at=NOON - DAY),
    "attested at its revocation": Rule("invalid", NOON + DAY, attested=NOON, revoked_at=NOON),
    "attested before it began": Rule("invalid", NOON, attested=START - DAY),
}


def with_verdict(verdict: str) -> list[str]:
    return [name for name, rule in RULES.items() if rule.verdict == verdict]


def ruled(rule: Rule) -> tuple[str, list[str]]:
    standing = Standing(True, START, END, rule.revoked_at, True)
    return judge_in_time(standing, SigningTime(rule.attested, rule.claimed), rule.now)


@pytest.mark.parametrize("name", RULES)
def test_the_verdict_when_the_certificate_is(name: str) -> None:
    assert ruled(RULES[name])[0] == RULES[name].verdict


@pytest.mark.parametrize(
    "name", [each for each, rule in RULES.items() if rule.verdict == "valid_with_remarks"]
)
def test_a_remark_on_time_says_that_the_time_is_not_attested(name: str) -> None:
    assert resources._(UNATTESTED) in ruled(RULES[name])[1]


@pytest.mark.parametrize("name", with_verdict("invalid"))
def test_what_makes_it_invalid_is_told(name: str) -> None:
    assert ruled(RULES[name])[1]


def test_the_attested_time_is_shown_before_the_claimed_one() -> None:
    hanoi = timezone(timedelta(hours=7))
    shown = SigningTime(NOON, NOON.astimezone(hanoi) + DAY).shown
    assert (shown, SigningTime(None, None).shown) == ("2026-11-22T12:00:00+00:00", None)


# --- through the whole of verify ---------------------------------------------------------------------------


@dataclass
class Place:
    """An authority of its own for each test, with a leader's certificate from START to END."""

    root: Authority
    leader: SigningKey

    def told(self, pdf: bytes, now: datetime, crl: bytes | None = None) -> tuple[str, bool, str]:
        lists = [self.root.crl(end=NOON + YEAR) if crl is None else crl]
        answer = verify(pdf, [self.root.pem], lists, now=now)
        (signature, *_others) = answer["signatures"]
        return answer["verdict"], signature["in_force"], signature["revocation"]

    def reasons(self, pdf: bytes, now: datetime) -> list[str]:
        answer = verify(pdf, [self.root.pem], [self.root.crl(end=NOON + YEAR)], now=now)
        return list(answer["signatures"][0]["reasons"])


@pytest.fixture
def place() -> Place:
    root = Authority.root("Gốc")
    return Place(root, root.issue("Trần Thị Bình", start=START, end=END))


def test_a_paper_outlives_its_certificate_with_a_remark(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON)
    assert place.told(signed, END + DAY)[:2] == ("valid_with_remarks", False)


def test_a_paper_signed_with_an_ended_certificate_is_invalid(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON, at=END + DAY)
    assert place.told(signed, END + 2 * DAY)[:2] == ("invalid", False)


def test_a_paper_outlives_a_revocation_with_a_remark(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON)
    place.root.revoke(place.leader.certificate, NOON + DAY)
    assert place.told(signed, NOON + 2 * DAY) == ("valid_with_remarks", True, "revoked")


def test_a_paper_signed_with_a_revoked_certificate_is_invalid(place: Place, prepared: bytes) -> None:
    place.root.revoke(place.leader.certificate, NOON - DAY)
    signed = signed_elsewhere(prepared, place.leader, PERSON)
    assert place.told(signed, NOON + DAY) == ("invalid", True, "revoked")


def test_a_list_that_is_out_of_date_clears_nobody(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON)
    stale = place.root.crl(NOON - 9 * DAY, NOON - DAY)
    assert place.told(signed, NOON + DAY, stale) == ("valid_with_remarks", True, "not_checked")


def test_a_list_that_is_out_of_date_still_says_what_is_revoked(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON)
    place.root.revoke(place.leader.certificate, NOON - 2 * DAY)
    stale = place.root.crl(NOON - DAY, NOON - DAY / 2)
    assert place.told(signed, NOON + DAY, stale) == ("invalid", True, "revoked")


def test_a_signature_from_the_future_is_told_of(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON, at=NOON + DAY)
    assert resources._("the time of signing lies after the clock of this computer") in place.reasons(
        signed, NOON
    )


def test_a_time_stamp_keeps_a_paper_valid_after_its_certificate_ended(place: Place, prepared: bytes) -> None:
    stamper = time_stamper(place.root.issue("Dấu", stamps=True), NOON)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=stamper)
    assert place.told(signed, END + DAY) == ("valid", True, "good")
    assert place.reasons(signed, END + DAY) == []


def test_a_document_time_stamp_keeps_a_paper_valid_too(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON)
    signed = stamped(signed, time_stamper(place.root.issue("Dấu", stamps=True), NOON))
    assert place.told(signed, END + DAY) == ("valid", True, "good")


def test_a_time_stamp_before_the_revocation_keeps_a_paper_valid(place: Place, prepared: bytes) -> None:
    stamper = time_stamper(place.root.issue("Dấu", stamps=True), NOON)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=stamper)
    place.root.revoke(place.leader.certificate, NOON + DAY)
    assert place.told(signed, NOON + 2 * DAY) == ("valid", True, "good")


def test_a_time_stamp_after_the_revocation_makes_it_invalid(place: Place, prepared: bytes) -> None:
    stamper = time_stamper(place.root.issue("Dấu", stamps=True), NOON)
    signed = signed_elsewhere(prepared, place.leader, PERSON, at=NOON - 3 * DAY, stamper=stamper)
    place.root.revoke(place.leader.certificate, NOON - DAY)
    assert place.told(signed, NOON + DAY) == ("invalid", True, "revoked")


def test_a_time_stamp_after_the_end_makes_it_invalid(place: Place, prepared: bytes) -> None:
    stamper = time_stamper(place.root.issue("Dấu", stamps=True), END + DAY)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=stamper)
    assert place.told(signed, END + 2 * DAY)[:2] == ("invalid", False)


def test_a_list_of_after_the_end_clears_nobody_before(place: Place, prepared: bytes) -> None:
    stamper = time_stamper(place.root.issue("Dấu", stamps=True), NOON)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=stamper)
    late = place.root.crl(END + DAY, END + 30 * DAY)
    assert place.told(signed, END + 2 * DAY, late) == ("valid_with_remarks", True, "not_checked")


def test_a_list_of_after_the_time_stamp_proves_for_before(place: Place, prepared: bytes) -> None:
    stamper = time_stamper(place.root.issue("Dấu", stamps=True), NOON)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=stamper)
    later = place.root.crl(NOON + 2 * DAY, NOON + 9 * DAY)
    assert place.told(signed, END + 2 * DAY, later) == ("valid", True, "good")


def stamping_keys(root: Authority) -> dict[str, SigningKey]:
    revoked = root.issue("Dấu bị thu hồi", stamps=True)
    root.revoke(revoked.certificate, NOON + DAY)
    return {
        "of another root": Authority.root("Gốc khác").issue("Dấu", stamps=True),
        "ended": root.issue("Dấu", end=NOON - DAY, stamps=True),
        "revoked": revoked,
    }


@pytest.mark.parametrize("kind", ["of another root", "ended", "revoked"])
def test_the_time_of_an_authority_is_not_believed_if_it_is(kind: str, place: Place, prepared: bytes) -> None:
    stamper = time_stamper(stamping_keys(place.root)[kind], NOON)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=stamper)
    assert place.told(signed, END + DAY)[0] == "valid_with_remarks"
    not_used = "the time-stamp was made by an authority that no given root vouches for, so it is not used"
    assert resources._(not_used) in place.reasons(signed, END + DAY)


def test_a_signer_is_no_authority_on_time(place: Place, prepared: bytes) -> None:
    key = place.root.issue("Người ký khác", stamps=False, rsa_key=True)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=time_stamper(key, NOON))
    assert place.told(signed, END + DAY)[0] == "valid_with_remarks"


def test_the_earliest_time_that_is_attested_counts(place: Place, prepared: bytes) -> None:
    key = place.root.issue("Dấu", stamps=True)
    signed = signed_elsewhere(prepared, place.leader, PERSON, stamper=time_stamper(key, NOON))
    twice = stamped(signed, time_stamper(key, END + DAY))
    assert place.told(twice, END + 2 * DAY) == ("valid", True, "good")


def test_a_time_stamp_says_nothing_of_what_was_signed_after_it(place: Place, prepared: bytes) -> None:
    first = stamped(
        signed_elsewhere(prepared, place.leader, PERSON),
        time_stamper(place.root.issue("Dấu", stamps=True), NOON),
    )
    second = signed_elsewhere(first, place.leader, NUMBER, at=END + DAY)
    lists = [place.root.crl(end=NOON + YEAR)]
    answer = verify(second, [place.root.pem], lists, now=END + 2 * DAY)
    assert [each["in_force"] for each in answer["signatures"]] == [True, False]


# --- the issuers in between --------------------------------------------------------------------------------


def test_an_issuer_without_a_list_leaves_the_check_open(office: Office, once: bytes) -> None:
    answer = verify(once, office.roots, [office.authority.crl()], now=NOON)
    assert answer["signatures"][0]["revocation"] == "not_checked"


def test_a_revoked_issuer_revokes_what_it_issued(prepared: bytes) -> None:
    root = Authority.root("Gốc")
    middle = root.below("Nơi cấp")
    signed = signed_elsewhere(prepared, middle.issue(), PERSON)
    root.revoke(middle.certificate, NOON - DAY)
    answer = verify(signed, [root.pem], [root.crl(), middle.crl()], now=NOON)
    assert (answer["verdict"], answer["signatures"][0]["revocation"]) == ("invalid", "revoked")


def test_an_issuer_that_ended_ends_what_it_issued(prepared: bytes) -> None:
    root = Authority.root("Gốc")
    middle = root.below("Nơi cấp", end=NOON - DAY)
    signed = signed_elsewhere(prepared, middle.issue(), PERSON)
    answer = verify(signed, [root.pem], [root.crl(), middle.crl()], now=NOON)
    (told,) = answer["signatures"]
    assert (answer["verdict"], told["trusted"], told["in_force"]) == ("invalid", True, False)


def test_a_list_that_somebody_else_signed_counts_for_nothing(place: Place, prepared: bytes) -> None:
    signed = signed_elsewhere(prepared, place.leader, PERSON)
    forger = Authority.root("Gốc")
    forger.revoke(place.leader.certificate, NOON - DAY)
    assert place.told(signed, NOON, forger.crl()) == ("valid_with_remarks", True, "not_checked")
