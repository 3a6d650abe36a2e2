"""Practice certificates work like real ones and say everywhere that they are none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from forms.signing.keys import check_key, issued_by, load_key, parse_certificates, parse_crl
from forms.signing.practice import Practice, make_practice, write_practice
from tests.support.signing_pki import NOON, YEAR


@pytest.fixture(scope="module")
def practice() -> Practice:
    return make_practice("Phạm Thị Dung", "UBND phường Hoa Mai", "thử 123", NOON)


def test_the_three_files_are_written_and_fit_each_other(practice: Practice, tmp_path: Path) -> None:
    files = write_practice(practice, tmp_path)
    key = load_key(files.p12, practice.password)
    (root,) = parse_certificates(files.root.read_bytes())
    assert issued_by(key.certificate, root)
    assert parse_crl(files.crl.read_bytes()).issuer == root.subject


def test_the_key_file_is_for_its_owner_only(practice: Practice, tmp_path: Path) -> None:
    assert write_practice(practice, tmp_path).p12.stat().st_mode & 0o077 == 0


def test_every_name_says_that_it_is_for_practice(practice: Practice, tmp_path: Path) -> None:
    key = load_key(write_practice(practice, tmp_path).p12, practice.password)
    (root,) = parse_certificates(practice.root)
    assert key.summary.practice
    assert key.summary.organisation == "THỬ NGHIỆM – UBND phường Hoa Mai"
    assert "THỬ NGHIỆM" in root.subject.rfc4514_string()


def test_certificate_and_list_begin_at_the_time_handed_in_and_end_together(practice: Practice) -> None:
    crl = parse_crl(practice.crl)
    (root,) = parse_certificates(practice.root)
    assert crl.last_update_utc == root.not_valid_before_utc == NOON
    assert crl.next_update_utc == root.not_valid_after_utc == NOON + timedelta(days=1096)


def test_the_key_passes_the_check_before_signing(practice: Practice, tmp_path: Path) -> None:
    check_key(load_key(write_practice(practice, tmp_path).p12, "thử 123"), NOON, [practice.crl])


def test_long_names_are_cut_to_what_a_certificate_holds(tmp_path: Path) -> None:
    long = make_practice("Nguyễn " * 20, "Ủy ban nhân dân " * 10, "x", NOON, valid=YEAR)
    facts = load_key(write_practice(long, tmp_path).p12, "x").summary
    assert max(len(facts.signer), len(facts.organisation)) <= 64
    assert facts.valid_to == NOON + YEAR


def test_no_two_offices_share_a_practice_key(practice: Practice) -> None:
    other = make_practice("Phạm Thị Dung", "UBND phường Hoa Mai", "thử 123", NOON)
    roots = [parse_certificates(each.root)[0].public_key() for each in (practice, other)]
    assert len({each.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) for each in roots}) == 2
