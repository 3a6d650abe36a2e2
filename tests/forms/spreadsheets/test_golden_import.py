"""With the same salts an import of one file leaves the bytes, and names the rows, of November 2026."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from db import operations as log
from forms.spreadsheets import ImportResult, land, plan, read_workbook
from tests.support.books import NOON
from tests.support.golden import SITE, FixedBook, fingerprints, fixed_book
from tests.support.workbooks import Cell, Rows, save

_MODELS: Rows = [
    ["UBND phường Thử Nghiệm"],
    ["Mã mô hình", "TÊN MÔ HÌNH", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Thực trạng", "Số hộ", "Lạ"],
    ["MH01", "Đường hoa  ngõ 7", 2024, "KT", "Tập thể", "Ngập\nkhi mưa ", "12", "?"],
    ["mh02", "Ngõ sạch".replace("ạ", "a\u0323"), "năm 2024", "Văn hóa - xã hội", "Cá nhân", "", 0, ""],
    ["MH03", "Camera an ninh", 2025, "An ninh quốc phòng", "tap the", "", "", ""],
    ["MH03", "Camera an ninh", 2024, "Quốc phòng", "Tập thể", "", "", ""],
    ["", "", "", "", "", "", "", ""],
    ["MH04", "", 2024, "Kinh tế", "Tập thể", "", -3, ""],
]


def _usual(n: int) -> list[Cell]:
    day = f"{n % 28 + 1:02}/{n % 12 + 1:02}/2024"
    who = f"Hộ bà Vũ Thị Mận {n}"
    return [n, f"MH0{n % 3 + 1}", who, "Tiền mặt", "", n * 50_000, "", day, f"PT{n:05}", None]


_HEAD: list[Cell] = [
    "STT", "Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Tên hiện vật", "Số lượng", "Đơn vị tính",
    "Ngày", "Số phiếu thu", "Ghi chú",
]  # fmt: skip
_GIVEN: list[list[Cell]] = [
    _HEAD,
    [f"({n})" for n in range(1, 11)],
    [1, "MH01", "Hộ ông Trần Văn Bình", "Tiền mặt", "", "1.500.000", "", "01/05/2024", "PT001", ""],
    [2, "MH01", "Hộ ông Trần Văn Bình", "Tiền mặt", "", 1500000, "đồng", date(2024, 5, 1), "PT002", "a\n b"],
    [3, "MH01", "hộ ông Trần văn Bình", "tien mat", "", 1.5, "triệu", "1/5/2024", "PT001", ""],
    [4, "MH01", "Hộ ông Trần Văn Bình", "Tiền mặt", "", "1.500.000", "", "01/05/2024", "PT001", ""],
    [5, "MH02", "Công ty A\xa0B", "Hiện vật", "Xi măng", "2,5", "tấn", "", 12, "x" * 300],
    [6, "MH03", "Bà Lê Thị Thủy", "Ngày công", "", 3, "", "", "", ""],
    [7, "MH03", "Bà Lê Thị Thủy", "Ngày công", "", "1.5", "", "năm 2024", "", ""],
    [8, "MH09", "Bà Lê Thị Thủy", "Vàng", "", "nhiều", "sào", "31/02/2024", "", ""],
    [9, "MH01", "Ông Đỗ Hữu Ánh", "Hiến đất", "", 0.123456, "ha", 45000, True, ""],
    [10, "MH01", "Ông Đỗ Hữu Ánh", "Hiến đất", "", 0.25, "ha", "2024-05-06", 7, 12.5],
    [11, "MH04", "Ông Đỗ Hữu Ánh", "Chuyển khoản", "", "", "", "2024-05-06", "", ""],
    [12, "", "Ông Đỗ Hữu Ánh", "Chuyển khoản", "", 5, "", "2024-05-06", "", ""],
    ["", "Tổng cộng", "", "", "", 3000000, "", "", "", ""],
    ["", "", "", "", "", "", "", "Phường Thử, ngày 5 tháng 6 năm 2024", "", ""],
    ["", "", "Trần Thị Mận", "", "", "", "", "", "", ""],
    *map(_usual, range(13, 400)),
]
_SHEETS: Mapping[str, Rows] = {
    "Mo hinh": _MODELS,
    "Đóng góp": _GIVEN,
    "Thành viên": [
        ["Mã mô hình", "Họ và tên", "Năm sinh", "Giới tính", "Điện thoại"],
        ["MH01", "Nguyễn Văn An", 1961, "Nam", 912345678],
        ["MH01", "Nguyễn Thị Hoà", "85", "nữ", "0912 345 678"],
    ],
    "Hoạt động": [
        ["Mã mô hình", "Loại", "Ngày", "Số người dự", "Nội dung"],
        ["MH01", "Họp dân", "05/06/2024", 40, " Bàn\r\nmức đóng góp "],
        ["MH02", "tại nhà", "năm 2024", "", ""],
    ],
    "Kết quả": [
        ["Mã mô hình", "Nội dung", "Số lượng", "Đơn vị tính"],
        ["MH01", "Đường bê tông", "1.234,5", "m"],
    ],
    "Số liệu báo cáo": [
        ["Mã đơn vị", "Từ ngày", "Đến ngày", "Chỉ tiêu", "Giá trị", "Đơn vị tính", "Mức"],
        ["P01", "01/01/2024", "31/12/2024", "Kinh phí xã hội hóa", "7,2", "tỷ đồng", "hơn"],
        ["P01", "01/01/2024", "31/12/2023", "Mô hình đăng ký", 12, "", ""],
    ],
}


_CHAIN = "e0854c7a918c8387b56970bc7b3f63b529a111f6b6a37dcd10fa85a6c932bb68"
_LEFT = {
    "activity": "351429a3ffe4623b",
    "contribution": "6af589765ba084c2",
    "model": "e7580aa4d19b0f6a",
    "model_member": "ef2292d586c6f702",
    "office_profile": "d1ac039fa9aa27bb",
    "operation": "e3be18d455dd436c",
    "org_unit": "73b4f0d036ab0866",
    "output_measure": "137559a478f03185",
    "person": "dba7ad5a3e7486e0",
    "registration": "7b6016a2f9558952",
    "reported_figure": "2ef790a0133752b2",
    "seen": "723bd34128fc3ed1",
}


def _told(result: ImportResult) -> str:
    """What is said, but for its wording."""
    findings = (*result.refused, *result.warnings)
    found = [(one.code, one.sheet, one.row, one.column, one.value) for one in findings]
    counts = [result.accepted, result.updated, result.unchanged]
    return hashlib.sha256(repr((found, counts)).encode()).hexdigest()[:16]


def test_an_import_leaves_the_bytes_and_names_the_rows_of_the_first_version(tmp_path: Path) -> None:
    with fixed_book(tmp_path) as book:
        workbook = read_workbook(save(tmp_path / "moc.xlsx", _SHEETS))
        planned = plan(workbook, book, NOON.date())
        assert (len(planned.refused), len(planned.warnings())) == (12, 11)
        result = land(planned, FixedBook(book), "bình", accept_good=True)
        again = plan(workbook, book, NOON.date()).preview()
        assert (_told(result), _told(again)) == ("7b94bb5aa663cf6e", "4e17271b6c9e6270")
        assert log.site_state(book.connection, SITE)[1].hex() == _CHAIN
        assert fingerprints(book) == _LEFT
