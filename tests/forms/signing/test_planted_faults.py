"""Tests of the tests: a verify that skips one of its checks lets through what the attack list must catch."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY

from forms.anchors import PERSON
from forms.signing.verify import verify
from forms.signing.verify_trust import Standing
from tests.forms.signing.conftest import Office
from tests.forms.signing.test_attacks import verdict
from tests.support.signing_attacks import ATTACKS, Scene
from tests.support.signing_papers import signed_elsewhere
from tests.support.signing_pki import NOON, YEAR, self_signed


def yes(*_any: object, **_more: object) -> bool:
    return True


def none(*_any: object, **_more: object) -> list[str]:
    return []


def trusting(*_any: object, **_more: object) -> Standing:
    return Standing(True, NOON - YEAR, NOON + YEAR, None, True)


@dataclass(frozen=True)
class Fault:
    """What is put in the place of which check, and the attack that then gets through."""

    lets_through: str
    planted: dict[str, Any] = field(default_factory=dict)


FAULTS = {
    "what a signature covers": Fault(
        "one digit of the contents is written in the other case", {"verify.covers_itself": yes}
    ),
    "what follows a signature": Fault("words are added to a page", {"verify.only_signatures_after": yes}),
    "loose bytes at the end": Fault("words follow the end of the file", {"verify._nothing_loose": yes}),
    "loose bytes among validation data": Fault(
        "a comment hides between validation data and their table", {"verify_file._blank": yes}
    ),
    "comments among validation data": Fault(
        "a comment hides inside validation data", {"verify_file._plain": yes}
    ),
    "whether a revision adds anything": Fault(
        "only the date of change is changed", {"verify_changes._adds": yes, "verify._nothing_loose": yes}
    ),
    "new fields": Fault(
        "a new invisible field is added and signed by another key", {"verify_changes._is_stamp_field": yes}
    ),
    "the trailer": Fault("the trailer gets an unknown entry", {"verify_changes._trailer": none}),
    "metadata": Fault(
        "the metadata say something more together with a further signature", {"verify_changes._xmp": none}
    ),
    "the older metadata": Fault(
        "the title in its old place is changed together with a further signature",
        {"verify_changes._without": none},
    ),
    "objects that nothing refers to": Fault(
        "an object that nothing refers to comes with a further signature",
        {"verify_changes._POLICY": DEFAULT_DIFF_POLICY},
    ),
    "signatures that are gone": Fault(
        "the signature is taken out of its field",
        {"verify_file._removed": none, "verify_file._RANGE_TRACE": re.compile(b"(?!)")},
    ),
    "padding": Fault("a length in the contents takes in the padding", {"verify_container._well_nested": yes}),
    "the signer's name": Fault(
        "the signer's issuer is named in other letters", {"verify_container._names": yes}
    ),
    "certificates that travel along": Fault(
        "the certificate of the issuer is altered", {"verify_container._check_companions": none}
    ),
    "the digest of the content": Fault(
        "one byte of the signed content is another",
        {"verify_container.validate_sig_integrity": lambda *_any: (True, True)},
    ),
}


def plant(fault: dict[str, Any], patch: pytest.MonkeyPatch) -> None:
    for place, replacement in fault.items():
        module, name = place.split(".")
        patch.setattr(import_module(f"forms.signing.{module}"), name, replacement)


@pytest.mark.parametrize("skipped", FAULTS)
def test_a_verify_is_caught_that_skips(
    skipped: str, scene: Scene, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = ATTACKS[FAULTS[skipped].lets_through](scene)
    assert verdict(forged, office) == "invalid"
    plant(FAULTS[skipped].planted, monkeypatch)
    assert verdict(forged, office) != "invalid"


def test_a_verify_is_caught_that_trusts_anybody(
    prepared: bytes, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = signed_elsewhere(prepared, self_signed("Trần Thị Bình"), PERSON)
    assert verdict(forged, office) == "valid_with_remarks"
    plant({"verify.judge": trusting}, monkeypatch)
    assert verdict(forged, office) == "valid"


def test_a_verify_is_caught_that_forgets_revocation(
    once: bytes, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verify(once, office.roots, now=NOON)["verdict"] == "valid_with_remarks"
    plant({"verify_trust._EVERY_CERTIFICATE": "none"}, monkeypatch)
    assert verify(once, office.roots, now=NOON)["verdict"] == "valid"
