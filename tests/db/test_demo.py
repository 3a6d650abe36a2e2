"""The demo: nothing in it has yet to happen, names are written as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import Book, demo
from db.demo_units import TWO_TIERS, place_of_change
from db.records import RECORD_TYPES
from db.records.definition import Kind
from tests.support.books import Template

# Days that may lie ahead: by when something is to be done, until when something stands
_AHEAD = {"due_on", "deadline", "valid_to", "ended_on"}


def _days(book: Book) -> set[str]:
    return {
        str(day)
        for record_type in RECORD_TYPES.values()
        for field in record_type.fields
        if field.kind is Kind.DATE and field.name not in _AHEAD
        for (day,) in book.rows(record_type.name, (field.name,))
        if day
    }


@pytest.mark.parametrize("day", [datetime(2026, 1, 1, 9, tzinfo=UTC), datetime(2026, 11, 22, 9, tzinfo=UTC)])
def test_nothing_in_the_demo_lies_after_today(template: Template, tmp_path: Path, day: datetime) -> None:
    with template.copy_to(tmp_path / "demo.danvan", clock=lambda: day) as book:
        demo.fill(book, models=30)
        days = _days(book)
        assert max(days) <= book.today().isoformat()
        assert min(days) < "2026"
        for checked, closed in book.rows("supervision", ("checked_on", "closed_on")):
            assert closed is None or checked <= closed


def test_groups_are_named_after_their_ward_as_people_write_it(book: Book) -> None:
    demo.fill(book, models=1, place=place_of_change(TWO_TIERS))
    names = {str(unit["name"]) for unit in book.find("org_unit", {"kind": "residential_group"})}
    assert "Tổ dân phố số 1, phường Hoa Ban" in names
