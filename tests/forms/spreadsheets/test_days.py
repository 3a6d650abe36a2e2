"""Days that a list can hardly mean: the row is kept, and the clerk is asked to look."""

from __future__ import annotations

import pytest

from db import Book
from tests.forms.spreadsheets.conftest import Import
from tests.support.workbooks import Rows

MODEL: Rows = [
    ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"],
    ["MH01", "Đường hoa", 2026, "Kinh tế", "Tập thể"],
]
GIVEN = ["Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày"]


def _told(bring_in: Import, day: str) -> list[tuple[str, int | None, str]]:
    rows: Rows = [GIVEN, ["MH01", "Hộ bà Lê Thị Cúc", "Tiền mặt", 500_000, day]]
    result = bring_in({"Mô hình": MODEL, "Đóng góp": rows})
    return [(one.code, one.row, one.column) for one in result.warnings if one.code == "unlikely_day"]


@pytest.mark.parametrize("day", ["01/01/2052", "23/11/2026", "01/01/1925"])
def test_a_day_to_come_or_of_long_ago_is_told(bring_in: Import, day: str) -> None:
    assert _told(bring_in, day) == [("unlikely_day", 2, "Ngày")]


@pytest.mark.parametrize("day", ["22/11/2026", "01/05/1975", ""])
def test_a_day_that_may_be_is_not_told(bring_in: Import, day: str) -> None:
    assert _told(bring_in, day) == []


def test_the_row_is_kept(book: Book, bring_in: Import) -> None:
    _told(bring_in, "01/01/2052")
    assert [one["given_on"] for one in book.find("contribution")] == ["2052-01-01"]
