"""What nobody should forget: models without evidence, findings and tasks that should be done."""

from __future__ import annotations

import pytest

from db import Book, Value
from db.life.overdue import incomplete, open_findings, overdue_tasks, without_evidence
from tests.support.books import add_model, add_registration

TODAY = "2026-05-01"


@pytest.mark.parametrize(
    ("type_name", "values"),
    [
        ("photo", {"hash": "00"}),
        ("activity", {"kind": "meeting", "held_on": "2024-01-01"}),
        ("contribution", {"contributor": "Hộ ông Bình", "kind": "cash"}),
        ("output_measure", {"name": "Mặt ngõ", "quantity": 10_000, "measure": "m"}),
    ],
)
def test_one_piece_of_evidence_is_enough(book: Book, type_name: str, values: dict[str, Value]) -> None:
    with book.writing("an") as write:
        model, bare = add_model(write, "MH01"), add_model(write, "MH02")
        for one in (model, bare):
            add_registration(write, one, year=2026)
        evidence = write.add(type_name, {"model": model, **values})
    assert without_evidence(book, 2026) == [bare]
    with book.writing("an") as write:
        write.remove(type_name, evidence)
    assert without_evidence(book, 2026) == [model, bare]


def test_only_models_registered_in_the_year_need_evidence(book: Book) -> None:
    with book.writing("an") as write:
        add_registration(write, add_model(write, "MH01"), year=2025)
        add_registration(write, add_model(write, "MH02"), year=2026, status="draft")
        wanted = add_model(write, "MH03")
        for line in ("women", "youth"):
            add_registration(write, wanted, year=2026, line=line)
        binned = add_model(write, "MH04")
        add_registration(write, binned, year=2026)
    with book.writing("an") as write:
        write.remove("model", binned)
    assert without_evidence(book, 2026) == [wanted]


def test_a_model_lacks_a_heading_until_the_last_is_written(book: Book) -> None:
    headings = ("situation", "goal", "method", "products", "sustain_plan")
    with book.writing("an") as write:
        bare, binned, earlier = (add_model(write, code) for code in ("MH01", "MH02", "MH03"))
        for model, year in ((bare, 2026), (bare, 2025), (binned, 2026), (earlier, 2025)):
            add_registration(write, model, year=year)
    with book.writing("an") as write:
        write.remove("model", binned)
    for name in headings:
        assert incomplete(book, 2026) == [bare]
        with book.writing("an") as write:
            write.change("model", bare, {name: "Đã rõ"})
    assert incomplete(book, 2026) == []


def test_findings_past_their_day_stand_apart_from_the_other_open_ones(book: Book) -> None:
    with book.writing("an") as write:
        made = [
            write.add("supervision", {"checked_on": "2026-01-01", "due_on": due, "closed_on": closed})
            for due, closed in (
                ("2026-04-30", None), ("2026-05-01", None), (None, None), ("2026-04-30", "2026-04-01"),
            )
        ]  # fmt: skip
    assert open_findings(book, TODAY) == ([made[0]], made[1:3])


def test_tasks_are_overdue_the_day_after(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        made = [
            write.add("task", {"model": model, "what": "Họp dân", "due_on": due, "done_on": done})
            for due, done in (
                ("2026-04-30", None), ("2026-05-01", None), (None, None), ("2026-04-30", "2026-05-01"),
            )
        ]  # fmt: skip
    assert overdue_tasks(book, TODAY) == made[:1]
