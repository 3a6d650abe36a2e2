"""A number with its measure in one cell of a list: refused, with the words for where the measure belongs."""

from __future__ import annotations

import pytest

import resources
from tests.forms.spreadsheets.conftest import Import
from tests.forms.spreadsheets.test_rows import GIVEN_HEAD, MODEL
from tests.support.workbooks import Cell


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (("Tiền mặt", "", "1,5 triệu", ""), "write 1,5 here and “triệu đồng” under “Đơn vị tính”, or"),
        (("Tiền mặt", "", "1,5 triệu", ""), "the whole sum: 1.500.000"),
        (("Hiện vật", "Cây hoa", "12 cây", ""), "write 12 here; “cây” belongs under “Đơn vị tính”"),
    ],
)
def test_a_measure_beside_the_number_is_told_where_it_belongs(
    bring_in: Import, given: tuple[Cell, ...], advice: str
) -> None:
    resources.use_language("en")
    row: tuple[Cell, ...] = ("MH01", "Bà Lan", *given, "01/05/2024")
    answer = bring_in({"Mô hình": MODEL, "Đóng góp": [GIVEN_HEAD, row]})
    assert [advice in str(one["reason"]) for one in (each.as_refusal() for each in answer.refused)] == [True]
