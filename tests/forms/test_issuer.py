"""The office of a paper when it became another on a day: one name in head and text, former ones told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db import Book
from db.unit_changes import Successor, merge, rename
from forms import context as names
from forms.gather import gather
from forms.paper_data import PaperData
from forms.paper_request import PaperRequest
from tests.support.books import add_model, add_registration

DAY = "2025-07-01"


@pytest.fixture
def ward(book: Book) -> Book:
    """A ward that became another on 1 July 2025, with somebody who signs."""
    own = book.own_unit()
    with book.writing("an") as write:
        add_registration(write, add_model(write), unit=own)
        profile = book.find("office_profile")[0].id
        write.change("office_profile", profile, {"name_line": "UBND PHƯỜNG THỬ NGHIỆM"})
        write.add("signatory", {"unit": own, "full_name": "Trần Thị Mơ", "title": "CHỦ TỊCH"})
        write.add(
            "report_text",
            {
                "paper_kind": "result_report",
                "unit": own,
                "period": "2024",
                "section": "strengths",
                "text": "Tốt.",
            },
        )
    with book.writing("an") as write:
        rename(write, own, Successor("P02", "Phường Mới"), DAY)
    return book


def _paper(book: Book, **more: Any) -> PaperData:
    asked = {"kind": "result_report", "period": "2024", "unit": book.own_unit()} | more
    return gather(book, PaperRequest(**asked))


def test_head_and_text_name_the_office_as_it_is_called_on_the_papers_day(ward: Book) -> None:
    now, before = _paper(ward), _paper(ward, issued_on=date(2025, 1, 20))
    assert (now.office.name_line, now.unit_name) == ("UBND PHƯỜNG MỚI", "Phường Mới")
    assert (before.office.name_line, before.unit_name) == ("UBND PHƯỜNG THỬ NGHIỆM", "Phường Thử Nghiệm")


@pytest.mark.parametrize("day", [None, date(2025, 1, 20)])
def test_who_signs_is_who_signs_for_the_office_of_the_day(ward: Book, day: date | None) -> None:
    assert _paper(ward, issued_on=day).signer.name == "Trần Thị Mơ"


@pytest.mark.parametrize(
    ("period", "told"),
    [("2024", ["phường Thử Nghiệm"]), ("2025", ["phường Thử Nghiệm"]), ("2025H2", []), ("2026", [])],
)
def test_a_former_name_is_told_where_the_period_reaches_into_its_time(
    ward: Book, period: str, told: list[str]
) -> None:
    former = names.context(_paper(ward, period=period))["formerly"]
    assert [each["name"] for each in former] == told


def test_a_paper_of_before_the_day_tells_no_other_name(ward: Book) -> None:
    assert _paper(ward, issued_on=date(2025, 1, 20)).formerly == ()


def test_a_text_written_under_the_former_name_is_still_the_offices(ward: Book) -> None:
    assert _paper(ward).texts["strengths"] == "Tốt."


def test_a_paper_on_the_former_unit_alone_names_it(ward: Book) -> None:
    former = ward.find("org_unit", {"code": "P01"})[0].id
    assert _paper(ward, unit=former).unit_name == "Phường Thử Nghiệm"


@pytest.mark.parametrize(("units", "listed"), [("then", "Tổ A"), ("today", "Tổ C")])
def test_the_list_of_models_names_units_by_the_same_rule_as_the_table_of_units(
    book: Book, units: str, listed: str
) -> None:
    with book.writing("an") as write:
        ids = {}
        for code in "AB":
            ids[code] = write.add(
                "org_unit", {"code": code, "name": f"Tổ {code}", "kind": "residential_group"}
            )
            write.add("unit_parent", {"unit": ids[code], "parent": book.own_unit()})
        add_registration(write, add_model(write), unit=ids["A"])
    with book.writing("an") as write:
        merge(write, list(ids.values()), Successor("C", "Tổ C"), DAY)
    data = _paper(book, units=units)
    in_table = {row["name"] for row in data.by_unit if row["figures"]["models"]["registered"]}
    assert ({row.unit for row in data.registrations}, in_table) == ({listed}, {listed})
