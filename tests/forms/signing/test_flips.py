"""No byte of a signed paper can be changed unnoticed, and no part of it cut off or repeated.

``DANVAN_EVERY_BYTE=1`` tries every byte of the file; otherwise a sample, and every byte of the signature.
"""

from __future__ import annotations

import os
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.anchors import PERSON
from forms.signing.errors import UnreadablePdfError
from forms.signing.verify import verify
from tests.forms.signing.conftest import Office
from tests.forms.signing.test_attacks import verdict
from tests.support.signing_attacks import range_of
from tests.support.signing_papers import signed_elsewhere
from tests.support.signing_pki import NOON, time_stamper

EVERY_BYTE = bool(os.environ.get("DANVAN_EVERY_BYTE"))
STEP = 1 if EVERY_BYTE else 499
DIGIT_STEP = 1 if EVERY_BYTE else 31


def accepted(pdf: bytes, office: Office) -> bool:
    return verdict(pdf, office) not in ("invalid", "not_signed", "UnreadablePdfError")


def flipped(pdf: bytes, at: int, mask: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ mask]) + pdf[at + 1 :]


def with_digit(pdf: bytes, at: int, bit: int) -> bytes:
    """Another hexadecimal digit: one bit of the signature itself."""
    return pdf[:at] + b"%X" % (int(pdf[at : at + 1], 16) ^ bit) + pdf[at + 1 :]


def digits_of(pdf: bytes) -> range:
    """Where the digits of the last signature stand, without their padding."""
    _first, before, after, _rest = range_of(pdf)
    return range(before + 1, before + 1 + len(pdf[before + 1 : after - 1].rstrip(b"0")))


def test_no_flipped_byte_is_accepted(once: bytes, office: Office) -> None:
    survivors = [at for at in range(0, len(once), STEP) if accepted(flipped(once, at, 0xFF), office)]
    assert survivors == []


def test_no_changed_digit_of_a_signature_is_accepted(once: bytes, office: Office) -> None:
    tried = ((at, 1 << (at % 4)) for at in digits_of(once)[::DIGIT_STEP])
    assert [each for each in tried if accepted(with_digit(once, *each), office)] == []


def test_no_changed_digit_of_a_time_stamped_signature_leaves_it_valid(
    prepared: bytes, office: Office
) -> None:
    # Another program does not name the certificates of issuers in what it signs: a change in these can
    # only make them worthless, which leaves a remark
    signed = signed_elsewhere(prepared, office.leader, PERSON, stamper=time_stamper(office.stamps, NOON))
    tried = [(at, 1 << (at % 4)) for at in digits_of(signed)[:: DIGIT_STEP * 4]]
    verdicts = {each: verdict(with_digit(signed, *each), office) for each in tried}
    assert [each for each in tried if verdicts[each] == "valid"] == []
    assert verdict(signed, office) == "valid"


@settings(max_examples=40)
@given(data=st.data())
def test_no_byte_of_a_twice_signed_paper_can_be_another(
    data: st.DataObject, twice: bytes, office: Office
) -> None:
    at = data.draw(st.integers(0, len(twice) - 1))
    mask = data.draw(st.integers(1, 255))
    assert not accepted(flipped(twice, at, mask), office)


@settings(max_examples=25)
@given(data=st.data())
def test_no_truncated_paper_is_accepted(data: st.DataObject, once: bytes, office: Office) -> None:
    assert not accepted(once[: data.draw(st.integers(0, len(once) - 1))], office)


def test_a_signed_paper_whose_end_is_cut_off_is_never_called_unsigned(
    once: bytes, prepared: bytes, office: Office
) -> None:
    # Cut exactly behind the revision that nobody signed, it is that revision: nobody can see a difference
    cuts = (at for at in range(64, len(once), 64) if once[len(prepared) : at].strip() or at < len(prepared))
    told = {verdict(once[:at], office) for at in cuts}
    assert told == {"invalid", "UnreadablePdfError"}


def test_a_paper_that_nobody_signed_may_have_lost_signs_behind_its_end(
    prepared: bytes, office: Office
) -> None:
    assert verdict(prepared + b"\r\n<html></html>\0\0", office) == "not_signed"


def test_a_second_signature_cut_off_leaves_an_invalid_paper(
    once: bytes, twice: bytes, office: Office
) -> None:
    cuts = range(len(once) + 64, len(twice), 64 * 8)
    assert {verdict(twice[:at], office) for at in cuts} == {"invalid"}


@settings(max_examples=25)
@given(tail=st.binary(min_size=1, max_size=3000))
def test_nothing_can_be_appended(tail: bytes, once: bytes, office: Office) -> None:
    assert not accepted(once + tail, office)


@settings(max_examples=15)
@given(head=st.binary(min_size=1, max_size=1100))
def test_nothing_can_be_put_before(head: bytes, once: bytes, office: Office) -> None:
    assert not accepted(head + once, office)


@settings(max_examples=25)
@given(data=st.data(), inserted=st.binary(min_size=1, max_size=40))
def test_nothing_can_be_put_in_between(
    data: st.DataObject, inserted: bytes, once: bytes, office: Office
) -> None:
    at = data.draw(st.integers(0, len(once)))
    assert not accepted(once[:at] + inserted + once[at:], office)


@settings(max_examples=60)
@given(content=st.binary(max_size=2000))
def test_any_bytes_get_a_verdict_or_the_one_error(content: bytes) -> None:
    with suppress(UnreadablePdfError):
        assert verify(b"%PDF-1.7\n" + content + b"\n%%EOF", now=NOON)["verdict"] == "not_signed"
