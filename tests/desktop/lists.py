"""Excel lists for tests and pictures, made as an office would make them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Row = Sequence[object]

MODELS = ("Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Người phụ trách")
GIVEN = ("Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày")


def write_list(file: Path, sheets: dict[str, tuple[Row, Sequence[Row]]]) -> Path:
    """A workbook with these sheets: headings and rows."""
    book = xlsxwriter.Workbook(str(file))
    for name, (headings, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate((headings, *rows)):
            sheet.write_row(at, 0, row)
    book.close()
    return file


def good_list(file: Path) -> Path:
    """Two models and three contributions without a fault."""
    models: list[Row] = [
        ("MH901", "Ngõ nở hoa", 2026, "Văn hóa - xã hội", "Tập thể", "Lê Thị Mận"),
        ("MH902", "Bà Tư giúp vốn", 2026, "Kinh tế", "Cá nhân", "Trần Thị Tư"),
    ]
    given: list[Row] = [
        ("MH901", "Hộ ông Phạm Văn Ba", "Tiền mặt", "1.500.000", "12/03/2026"),
        ("MH901", "Hộ bà Vũ Thị Sáu", "Ngày công", "2,5", "14/03/2026"),
        ("MH902", "Hộ ông Đỗ Văn Tám", "Chuyển khoản", "700.000", "20/03/2026"),
    ]
    return write_list(file, {"Mô hình": (MODELS, models), "Đóng góp": (GIVEN, given)})


def mixed_list(file: Path) -> Path:
    """The same with rows that are refused (an unclear number, an unknown field) and one worth a look."""
    models: list[Row] = [
        ("MH901", "Ngõ nở hoa", 2026, "Văn hóa - xã hội", "Tập thể", "Lê Thị Mận"),
        ("MH902", "Bà Tư giúp vốn", 2026, "Kinh tế", "Cá nhân", "Trần Thị Tư"),
        ("MH903", "Tiếng kẻng an ninh", 2026, "Thể thao", "Tập thể", "Hoàng Văn Chín"),
    ]
    given: list[Row] = [
        ("MH901", "Hộ ông Phạm Văn Ba", "Tiền mặt", "1.500.000", "12/03/2026"),
        ("MH901", "Hộ bà Vũ Thị Sáu", "Ngày công", "2,5", "14/03/2026"),
        ("MH901", "Hộ bà Vũ Thị Sáu", "Ngày công", "2,5", "14/03/2026"),
        ("MH901", "Hộ ông Bùi Văn Mười", "Ngày công", "1.5", "15/03/2026"),
        ("MH902", "Hộ ông Đỗ Văn Tám", "Chuyển khoản", "700.000", "31/02/2026"),
        ("MH777", "Hộ ông Lý Văn Năm", "Tiền mặt", "300.000", "16/03/2026"),
    ]
    return write_list(
        file, {"Mô hình": (MODELS, models), "Đóng góp": (GIVEN, given), "Ghi chép": (("A",), [])}
    )
