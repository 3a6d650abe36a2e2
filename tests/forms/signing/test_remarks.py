"""Whoever signs for somebody else than the paper names is told so; nothing is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.anchors import AGENCY, PERSON
from forms.signing.fields import prepare
from forms.signing.remarks import remarks
from tests.forms.signing.conftest import Office
from tests.support.signing_papers import ANCHORS, paper, plain_pdf


def _told(named: str, office: Office, owner: str) -> list[str]:
    pdf = prepare(paper(), [replace(ANCHORS[0], person=named), ANCHORS[1]])
    return list(remarks(pdf, office.authority.issue(owner), PERSON))


def test_the_key_of_somebody_else_is_named(office: Office) -> None:
    told = _told("Nguyễn Thị Thử", office, "Trần Thị Bình")
    assert [("Nguyễn Thị Thử" in each, "Trần Thị Bình" in each) for each in told] == [(True, True)]


@pytest.mark.parametrize(
    "owner",
    ["Trần Thị Bình", "TRẦN THỊ BÌNH", "Tran Thi Binh", "Chủ tịch Trần Thị Bình", "Trần Thị Bình (UBND)"],
)
def test_the_key_of_the_signatory_is_passed_over_in_silence(owner: str, office: Office) -> None:
    assert _told("Trần Thị Bình", office, owner) == []


def test_a_part_of_a_name_is_another_person(office: Office) -> None:
    assert len(_told("Trần Thị B", office, "Trần Thị Bình")) == 1


def test_a_paper_that_names_nobody_can_be_signed_by_anybody(prepared: bytes, office: Office) -> None:
    assert list(remarks(prepared, office.leader, PERSON)) == []


def test_the_seal_belongs_to_nobody(office: Office) -> None:
    pdf = prepare(paper(), [replace(ANCHORS[0], person="Nguyễn Thị Thử"), ANCHORS[1]])
    assert list(remarks(pdf, office.clerk, AGENCY)) == []


def test_a_paper_from_elsewhere_names_nobody(office: Office) -> None:
    assert list(remarks(plain_pdf(), office.leader, PERSON)) == []
