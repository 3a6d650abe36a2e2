"""A book goes out as a workbook and comes back the same, into an empty book and into itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Book, Value, demo
from db.choices import choices
from db.figures import Asked, compute, load
from db.periods import parse_period
from db.unit_changes import Successor, divide, rename
from forms.spreadsheets import (
    ExportCancelledError,
    ImportResult,
    export_book,
    land,
    plan,
    read_workbook,
)
from tests.forms.spreadsheets.conftest import Import
from tests.support.books import NOON, Template, own_state
from tests.support.same_books import holdings

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def other(template: Template, tmp_path: Path) -> Iterator[Book]:
    """A second empty book of the same office."""
    with own_state(tmp_path / "other_state"), template.copy_to(tmp_path / "b.danvan") as opened:
        yield opened


def _import(file: Path, book: Book) -> ImportResult:
    return land(plan(read_workbook(file), book, NOON.date()), book, "an")


def _there_and_back(book: Book, other: Book, folder: Path) -> None:
    file = folder / "out.xlsx"
    made = export_book(book, file)
    assert made.problems == []
    result = _import(file, other)
    assert [one.as_refusal() for one in result.refused] == []
    before, after = holdings(book), holdings(other)
    for name in before:
        assert after[name] == before[name], name
    again = plan(read_workbook(file), book, NOON.date())
    assert (dict(again.adds), list(again.changes), again.by_hand) == ({}, [], [])


def _figures(book: Book, period: str) -> dict[str, object]:
    span = parse_period(period)
    return compute(load(book), Asked(span.start, span.end, span.label, book.own_unit(), "then", None))


def test_a_demo_book_comes_back_the_same(book: Book, other: Book, tmp_path: Path) -> None:
    demo.fill(book, models=5)
    _there_and_back(book, other, tmp_path)
    assert _figures(other, "2024..2026") == _figures(book, "2024..2026")


@pytest.mark.parametrize("case", ["ba_dinh.xlsx", "bac_tu_liem.xlsx"])
def test_a_real_case_comes_back_the_same(
    case: str, book: Book, other: Book, bring_in: Import, tmp_path: Path
) -> None:
    assert bring_in(DATA / case).landed
    _there_and_back(book, other, tmp_path)


def test_an_export_of_an_export_is_the_same_file(book: Book, other: Book, tmp_path: Path) -> None:
    demo.fill(book, models=2)
    export_book(book, tmp_path / "a.xlsx")
    _import(tmp_path / "a.xlsx", other)
    export_book(other, tmp_path / "b.xlsx")
    assert _parts(tmp_path / "a.xlsx") == _parts(tmp_path / "b.xlsx")


def _parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def _units(book: Book) -> dict[str, str]:
    """A district divided, wards merged and moved: shapes that "Đơn vị" alone cannot say."""
    with book.writing("an") as w:
        own = book.own_unit()
        ids = {
            code: w.add("org_unit", {"code": code, "name": f"Đơn vị {code}", "kind": kind, **more})
            for code, kind, more in (
                ("T1", "residential_group", {"kind_words": "Thôn", "valid_to": "2025-06-30"}),
                ("T2", "residential_group", {"valid_from": "2025-07-01"}),
                ("T3", "residential_group", {}),
                ("Q1", "district", {"kind_words": "Huyện", "valid_from": "2010-01-01"}),
                ("TP", "city", {}),
                ("CB", "party_cell", {}),
            )
        }
        for unit, parent, since, until in (
            ("T1", own, "2012-03-04", None),
            ("T2", own, None, None),
            ("T3", ids["T2"], "2020-01-01", "2022-12-31"),
            ("T3", own, "2023-01-01", None),
            ("CB", own, None, None),
        ):
            edge = {"unit": ids[unit], "parent": parent, "valid_from": since, "valid_to": until}
            w.add("unit_parent", edge)
        w.add("unit_parent", {"unit": own, "parent": ids["Q1"], "valid_to": "2025-06-30"})
        w.add("unit_parent", {"unit": ids["Q1"], "parent": ids["TP"]})
        w.add("unit_succession", {"old_unit": ids["T1"], "new_unit": ids["T2"], "on_date": "2025-07-02"})
        w.add(
            "unit_succession",
            {"old_unit": ids["T1"], "new_unit": ids["T3"], "kind": "divided", "decision": "12/NQ-HĐND"},
        )
    return ids


def test_units_with_their_past_come_back(book: Book, other: Book, tmp_path: Path) -> None:
    _units(book)
    _there_and_back(book, other, tmp_path)


def _model(book: Book) -> str:
    with book.writing("an") as w:
        first = w.add("model", {"code": "M1", "title": "=Ngõ xanh", "phone": "0912345678", "people": 3,
                                "review_on": "2026-12-20"})  # fmt: skip
        other = w.add("model", {"code": "M 2", "title": "Chưa đăng ký", "replicated_from": first})
        w.add("model", {"code": "M3", "title": "Nhân rộng", "replicated_from": other, "is_project_work": 0})
        for year, line, status in (
            (2024, "territorial", "draft"), (2024, "union", "registered"), (2025, "territorial", "stopped"),
        ):  # fmt: skip
            w.add(
                "registration",
                {
                    "model": first, "year": year, "line": line, "unit": book.own_unit(), "field": "economy",
                    "subject_type": "individual", "status": status, "registered_on": "2024-02-29",
                },
            )  # fmt: skip
    return first


def test_models_with_several_and_without_registrations_come_back(
    book: Book, other: Book, tmp_path: Path
) -> None:
    _model(book)
    _there_and_back(book, other, tmp_path)


def test_rows_without_day_quantity_or_name_come_back(book: Book, other: Book, tmp_path: Path) -> None:
    model = _model(book)
    with book.writing("an") as w:
        held = w.add("activity", {"model": model, "kind": "outreach", "held_year": 2024, "channel": "Loa"})
        w.add("activity", {"unit": book.own_unit(), "kind": "dialogue", "content": "Một\nhai"})
        given = {"model": model, "contributor": "Hộ ông An"}
        w.add("contribution", {**given, "kind": "cash", "amount_vnd": 500_000, "given_year": 2024})
        w.add("contribution", {**given, "kind": "cash", "amount_vnd": 500_000, "given_year": 2024})
        w.add("contribution", {**given, "kind": "cash", "activity": held})
        w.add("contribution", {**given, "kind": "in_kind", "quantity": 15_000})
        w.add("contribution", {**given, "kind": "in_kind", "item": "Cây", "quantity": 12_345})
        w.add(
            "contribution",
            {**given, "kind": "in_kind", "item": "Cát", "quantity": 1_234_567_890_123_456, "measure": "m³"},
        )
        w.add("output_measure", {"model": model, "name": "Đường", "quantity": 1, "measure": "km"})
        granted = {"recipient": "Bà Bình", "recipient_type": "individual", "form": "other"}
        granted["status"] = "granted"
        w.add("recognition", {"model": model, **granted})
        w.add("recognition", {"model": model, **granted, "decided_year": 2023})
        w.add("supervision", {"model": model, "finding": "@Chưa công khai"})
        area = {"unit": book.own_unit(), "as_of": "1990-01-01"}
        w.add("unit_profile", {**area, "name": "Tỷ lệ", "words": "1/2"})
        w.add("unit_profile", {**area, "name": "Số hộ", "quantity": 5})
    _there_and_back(book, other, tmp_path)


def test_totals_with_their_words_and_order_come_back(book: Book, other: Book, tmp_path: Path) -> None:
    with book.writing("an") as w:
        total = {"unit": book.own_unit(), "period_from": "2024-01-01", "period_to": "2024-12-31"}
        w.add("reported_figure", {**total, "indicator": "Mô hình đăng ký", "value": 70_000, "row_order": 7})
        w.add("reported_figure", {**total, "indicator": "Cây xanh", "row_order": 3})
        w.add(
            "reported_figure",
            {
                **total, "indicator": "Kinh phí xã hội hóa", "qualifier": "more_than", "measure": "đồng",
                "value": 72_000_000_000_000, "words": "hơn 7,2 tỷ đồng", "row_order": 9,
            },
        )  # fmt: skip
    _there_and_back(book, other, tmp_path)


def test_persons_consents_plans_and_the_office_come_back(book: Book, other: Book, tmp_path: Path) -> None:
    model = _model(book)
    with book.writing("an") as w:
        person = w.add("person", {"full_name": "H'Hen Niê", "sort_name": "Hen", "birth_year": 1990})
        w.add("person", {"full_name": "Nguyễn Văn An", "gender": "male"})
        for role in ("Trưởng nhóm", "Thủ quỹ"):
            member = {"model": model, "person": person, "valid_from": "2024-01-01"}
            w.add("model_member", {**member, "role": role})
        w.add("consent", {"person": person, "scope": _scopes()[0], "given_on": "2024-05-06"})
        w.add("consent", {"full_name": "Trần Thị Bé", "scope": _scopes()[1], "given_on": "2024-05-06"})
        w.add("target", {"model": model, "name": "Trồng cây", "planned": 1_005_000, "actual": 0})
        w.add("task", {"model": model, "what": "Họp", "who": "Tổ 1", "due_on": "2024-05-06"})
        check: dict[str, Value] = {"model": model, "checked_on": "2025-05-06", "still_working": 0}
        w.add("sustainability_check", check)
        w.change("office_profile", book.find("office_profile")[0].id, {"symbol": "ĐU", "seal_mm": 36})
        w.add("signatory", {"unit": book.own_unit(), "full_name": "Trần Văn Chín", "title": "Bí thư"})
        w.add("signatory", {"unit": book.own_unit(), "full_name": "Trần Văn Chín", "title": "Bí thư"})
        part = {"paper_kind": "result_report", "period": "2024", "section": "I"}
        w.add("report_text", {**part, "text": "+Tốt"})
    _there_and_back(book, other, tmp_path)


def _scopes() -> list[str]:
    return [one.code for one in choices("consent_scope")]


def test_what_does_not_travel_is_said(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as w:
        w.add("paper", {"kind": "result_report", "title": "Báo cáo"})
        w.add("photo", {"hash": "ab"})
    assert export_book(book, tmp_path / "a.xlsx").left_out == {"photo": 1, "paper": 1}


def test_a_changed_value_in_an_exported_row_is_a_change(book: Book, other: Book, tmp_path: Path) -> None:
    demo.fill(book, models=2)
    export_book(book, tmp_path / "a.xlsx")
    _import(tmp_path / "a.xlsx", other)
    with book.writing("an") as w:
        first = book.find("contribution")[0]
        w.change("contribution", first.id, {"contributor": "Hộ bà Khác"})
    export_book(book, tmp_path / "b.xlsx")
    assert dict(_import(tmp_path / "b.xlsx", other).updated) == {"contribution": 1}
    assert holdings(other) == holdings(book)


NASTY = [
    "_x0041_ b", "😀 đẹp", "x", "Tổng cộng", "Cộng: 5", "Người lập biểu", "'=1", "năm 2024", "1/2", "12.5",
    "Thé", "«Dân vận khéo»", "Café «Hà»", "Loïc", "§ 12", "5 m² ®", "&<>\"'", "TM. BAN CHẤP HÀNH", "00123",
    "không",
]  # fmt: skip


def test_words_that_look_like_something_else_come_back(book: Book, other: Book, tmp_path: Path) -> None:
    with book.writing("an") as w:
        for number, text in enumerate(NASTY):
            model = w.add("model", {"code": f"M{number}", "title": text, "notes": f"{text}\n{text}"})
            w.add("task", {"model": model, "what": text, "who": text})
            given: dict[str, Value] = {"model": model, "contributor": text, "kind": "in_kind"}
            given.update(quantity=5, item=text, measure=text, receipt_no=text)
            w.add("contribution", given)
    _there_and_back(book, other, tmp_path)


# --- streaming, stopping, faults


def test_a_stopped_export_leaves_nothing(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forms.spreadsheets.export._REPORT_EVERY", 20)
    demo.fill(book, models=2)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.xlsx").write_text("the file of before")
    with pytest.raises(ExportCancelledError):
        export_book(book, folder / "a.xlsx", cancelled=lambda: True)
    assert [(each.name, each.read_text()) for each in folder.iterdir()] == [("a.xlsx", "the file of before")]


def test_progress_only_goes_on(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forms.spreadsheets.export._REPORT_EVERY", 20)
    demo.fill(book, models=2)
    told: list[tuple[int, int]] = []
    export_book(book, tmp_path / "a.xlsx", progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert all(done <= total for done, total in told)
    assert len(told) > 1


def test_a_long_list_goes_on_in_another_sheet(
    book: Book, other: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forms.spreadsheets.export._MOST_ROWS", 7)
    demo.fill(book, models=2)
    _there_and_back(book, other, tmp_path)


def test_a_text_longer_than_a_cell_is_told(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as w:
        w.add("model", {"code": "M1", "title": "Dài", "situation": "dài " * 10_000})
    assert len(export_book(book, tmp_path / "a.xlsx").problems) == 1


def test_an_office_that_became_another_comes_back_as_it_is(book: Book, other: Book, tmp_path: Path) -> None:
    into = [Successor("P02", "Phường A"), Successor("P03", "Phường B")]
    with book.writing("an") as w:
        divide(w, book.own_unit(), into, "2025-07-01", keeper="P03")
    _there_and_back(book, other, tmp_path)
    assert other.get("org_unit", other.own_unit())["code"] == "P03"


def test_the_kind_of_a_change_of_units_is_written_in_words(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as w:
        rename(w, book.own_unit(), Successor("P02", "Phường A"), "2025-07-01")
    export_book(book, tmp_path / "a.xlsx")
    written = b"".join(_parts(tmp_path / "a.xlsx").values()).decode("utf-8", "ignore")
    assert "Đổi tên hoặc thay thế" in written
    assert ">replaced<" not in written
