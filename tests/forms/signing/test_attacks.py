"""Nothing that was changed after signing is accepted, whatever was tried."""

from __future__ import annotations

import pytest

from forms.signing.errors import SigningError
from forms.signing.verify import verify
from tests.forms.signing.conftest import Office
from tests.support import signing_attacks_bytes, signing_attacks_form, signing_attacks_pages
from tests.support.signing_attacks import ATTACKS, Scene
from tests.support.signing_pki import NOON

# Importing them is what fills the list
FAMILIES = (signing_attacks_bytes, signing_attacks_form, signing_attacks_pages)


def verdict(pdf: bytes, office: Office) -> str:
    """What verify says, or the name of its error."""
    try:
        return str(verify(pdf, office.roots, office.crls, now=NOON)["verdict"])
    except SigningError as error:
        return type(error).__name__


@pytest.mark.parametrize("sentence", ATTACKS)
def test_is_not_accepted_when(sentence: str, scene: Scene, office: Office) -> None:
    assert verdict(ATTACKS[sentence](scene), office) in {"invalid", "not_signed", "UnreadablePdfError"}


@pytest.mark.parametrize("stage", ["once", "twice", "stored", "with_text"])
def test_the_paper_itself_is_accepted(stage: str, scene: Scene, office: Office) -> None:
    assert verdict(getattr(scene, stage), office) == "valid"


def test_the_list_is_long_enough() -> None:
    assert len(ATTACKS) >= 25
