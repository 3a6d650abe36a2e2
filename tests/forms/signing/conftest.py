"""One paper at every stage of signing, made once for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

import resources
from forms.anchors import NUMBER, PERSON, Anchor
from forms.signing.fields import prepare
from forms.signing.keys import SigningKey
from forms.signing.sign import sign
from tests.support.signing_attacks import Scene
from tests.support.signing_papers import ANCHORS, paper, plain_pdf, with_security_store
from tests.support.signing_pki import NOON, Authority, self_signed


@dataclass(frozen=True)
class Office:
    """A root, an authority below it, and the keys of leader, records clerk and time-stamp authority."""

    root: Authority
    authority: Authority
    leader: SigningKey
    clerk: SigningKey
    stamps: SigningKey

    @property
    def roots(self) -> list[bytes]:
        return [self.root.pem]

    @property
    def crls(self) -> list[bytes]:
        return [self.root.crl(), self.authority.crl()]


@pytest.fixture(scope="session")
def office() -> Office:
    root = Authority.root("Gốc chứng thư thử")
    authority = root.below("Nơi cấp chứng thư thử")
    return Office(
        root=root,
        authority=authority,
        leader=authority.issue("Trần Thị Bình"),
        clerk=authority.issue("Lê Văn Cường"),
        stamps=authority.issue("Dấu thời gian thử", stamps=True),
    )


@pytest.fixture(scope="session")
def prepared() -> bytes:
    return prepare(paper(), ANCHORS)


@pytest.fixture(scope="session")
def once(prepared: bytes, office: Office) -> bytes:
    return sign(prepared, office.leader, PERSON, NOON)


@pytest.fixture(scope="session")
def twice(once: bytes, office: Office) -> bytes:
    return sign(once, office.clerk, NUMBER, NOON + timedelta(minutes=5))


@pytest.fixture(scope="session")
def scene(prepared: bytes, once: bytes, twice: bytes, office: Office) -> Scene:
    form = prepare(plain_pdf(text_field=True), [Anchor(PERSON, 1, 100, 300, 140, 60), ANCHORS[3]])
    return Scene(
        prepared=prepared,
        once=once,
        twice=twice,
        stored=with_security_store(twice, office.leader, office.crls),
        with_text=sign(form, office.leader, PERSON, NOON),
        form=form,
        stranger=self_signed("Trần Thị Bình"),
    )


@pytest.fixture
def in_vietnamese() -> None:
    resources.use_language("vi")
