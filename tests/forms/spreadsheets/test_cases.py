"""The two real cases come in whole and without a remark."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import SCALE, Book
from db.figures import Asked, compute, load
from tests.data.make_cases import CASES, HERE, make
from tests.forms.spreadsheets.conftest import Import


def _totals(book: Book) -> list[tuple[object, ...]]:
    names = ("period_from", "indicator", "subject", "level", "form", "status", "value", "words")
    return [
        tuple(record[name] for name in names) for record in book.find("reported_figure", order="row_order")
    ]


@pytest.mark.parametrize("name", CASES)
def test_the_kept_workbook_is_what_the_script_writes(tmp_path: Path, name: str) -> None:
    make(tmp_path)
    assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()


def test_ba_dinh_comes_in(bring_in: Import, book: Book) -> None:
    answer = bring_in(HERE / "ba_dinh.xlsx")
    assert (answer.landed, answer.warnings) == (True, ())
    assert answer.accepted == {"org_unit": 1, "reported_figure": 7}
    last_year, this_year = "2023-01-01", "2024-01-01"
    assert _totals(book) == [
        (last_year, "Mô hình đăng ký", None, None, None, None, 882 * SCALE, "882 mô hình"),
        (last_year, "Mô hình tiêu biểu", None, None, None, "granted", 256 * SCALE, "256 mô hình"),
        (this_year, "Mô hình đăng ký", "collective", None, None, None, 452 * SCALE, "452 mô hình"),
        (this_year, "Mô hình đăng ký", "individual", None, None, None, 173 * SCALE, "173 mô hình"),
        (this_year, "Mô hình đăng ký", None, "grassroots", None, None, None, None),
        (this_year, "Mô hình đăng ký", None, "district", None, None, None, None),
        (this_year, "Mô hình đăng ký", None, "city", None, None, None, None),
    ]


def test_bac_tu_liem_comes_in(bring_in: Import, book: Book) -> None:
    answer = bring_in(HERE / "bac_tu_liem.xlsx")
    assert (answer.landed, answer.warnings) == (True, ())
    high, medal = "certificate_of_merit_high", "commemorative_medal"
    assert [row[1:] for row in _totals(book)] == [
        ("Mô hình đăng ký", None, None, None, None, 6977 * SCALE, "6.977 mô hình"),
        ("Tập thể được công nhận", None, "district", None, None, 885 * SCALE, "885 tập thể"),
        ("Cá nhân được công nhận", None, "district", None, None, 748 * SCALE, "748 cá nhân"),
        ("Tập thể được khen", None, "city", high, "proposed", 9 * SCALE, "9 tập thể"),
        ("Mô hình đăng ký", None, None, None, None, 549 * SCALE, "549 mô hình"),
        ("Kinh phí xã hội hóa", None, None, None, None, 7 * 10**9 * SCALE, "hơn 7 tỷ đồng"),
        ("Ngày công", None, None, None, None, 3000 * SCALE, "hơn 3.000 ngày công"),
        ("Tập thể được khen", None, "district", None, "granted", 36 * SCALE, "36 tập thể"),
        ("Cá nhân được khen", None, "district", None, "granted", 15 * SCALE, "15 cá nhân"),
        ("Cá nhân được khen", None, "central", medal, "granted", 2 * SCALE, "2 cá nhân"),
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_case_that_comes_in_twice_changes_nothing(bring_in: Import, name: str) -> None:
    bring_in(HERE / name)
    again = bring_in(HERE / name)
    assert (again.accepted, again.updated, again.batch) == ({}, {}, None)


# --- the figures that come out ---------------------------------------------------------------------------


def _figures(book: Book, code: str, first: int, last: int, cutoff: date | None = None) -> dict[str, Any]:
    (unit,) = book.find("org_unit", {"code": code})
    return compute(load(book), Asked(date(first, 1, 1), date(last, 12, 31), "", unit.id, cutoff=cutoff))


def _recognised(figures: dict[str, Any]) -> set[tuple[object, ...]]:
    names = ("form", "level", "recipient_type", "status", "value")
    return {tuple(row[name] for name in names) for row in figures["recognition"]}


def test_the_figures_of_ba_dinh(bring_in: Import, book: Book) -> None:
    bring_in(HERE / "ba_dinh.xlsx")
    cutoff = date(2024, 5, 21)
    before, now = (_figures(book, "BD", year, year, cutoff) for year in (2023, 2024))
    assert (before["models"]["registered"], now["models"]["registered"]) == (882, 625)
    assert _recognised(before) == {("outstanding", None, "model", "granted", 256)}
    assert now["models"]["by_subject"] == {"collective": 452, "individual": 173}
    assert [now["models"]["by_level"][level] for level in ("grassroots", "district", "city")] == [None] * 3


def test_the_figures_of_bac_tu_liem(bring_in: Import, book: Book) -> None:
    bring_in(HERE / "bac_tu_liem.xlsx")
    span, year = _figures(book, "BTL", 2009, 2024), _figures(book, "BTL", 2024, 2024)
    assert (span["models"]["registered"], year["models"]["registered"]) == (6977, 549)
    assert (span["period"]["data_from"], span["period"]["data_to"]) == ("2014-01-01", "2024-10-14")
    this_year = {
        (None, "district", "collective", "granted", 36),
        (None, "district", "individual", "granted", 15),
        ("commemorative_medal", "central", "individual", "granted", 2),
    }
    assert _recognised(year) == this_year
    assert _recognised(span) == this_year | {
        ("recognised", "district", "collective", "granted", 885),
        ("recognised", "district", "individual", "granted", 748),
        ("certificate_of_merit_high", "city", "collective", "proposed", 9),
    }
    given = year["contributions"]
    assert (given["socialised_vnd"], given["labour_days"]) == (7_000_000_000, 3_000)
