"""What the press reported of five places (domain §1), typed into workbooks: in by command, out as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from db import Book
from tests.end2end.conftest import PASSWORD, Ran, Shell
from tests.support.workbooks import Cell, Rows, save

UNITS: list[Cell] = ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên"]
MODELS: list[Cell] = ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"]
REPORTED: list[Cell] = [
    "Mã đơn vị", "Từ ngày", "Đến ngày", "Chỉ tiêu", "Lĩnh vực", "Tập thể/Cá nhân", "Mức", "Giá trị",
]  # fmt: skip


def _office(shell: Shell, tmp_path: Path, code: str, kind: str) -> Path:
    book = tmp_path / "a.danvan"
    unit = ("--unit-code", code, "--unit-name", f"Đơn vị {code}", "--unit-kind", kind)
    assert shell.run("new", book, *unit, "--password-env", "P").code == 0
    return book


def _import(shell: Shell, book: Path, sheets: Mapping[str, Rows], *more: str) -> Ran:
    return shell.on(book, "import", save(book.with_name("x.xlsx"), sheets), *more)


def _figures(shell: Shell, book: Path, period: str, *more: str) -> dict[str, Any]:
    return shell.on(book, "figures", "--period", period, *more).data


def _reported(*rows: Sequence[Cell]) -> Rows:
    return [REPORTED, *rows]


def test_nam_tu_liem_a_rounded_total_beside_models_with_outputs(shell: Shell, tmp_path: Path) -> None:
    book = _office(shell, tmp_path, "NTL", "district")
    ran = _import(
        shell,
        book,
        {
            "Đơn vị": [
                UNITS,
                ["MD1", "Phường Mỹ Đình 1", "Phường", ""],
                ["TDP10", "TDP số 10", "Tổ dân phố", "MD1"],
                ["FECON", "Công ty FECON", "Doanh nghiệp", ""],
            ],
            "Mô hình": [
                [*MODELS, "Mã đơn vị", "Tuyến báo cáo", "Căn cứ", "Công trình"],
                ["M1", "Sáng kiến - Sáng tạo", 2024, "KT", "Tập thể", "FECON", "Công đoàn", "", ""],
                ["M2", "Con đường mơ ước", 2024, "HTCT", "Tập thể", "TDP10", "", "Nghị quyết chi bộ", "x"],
            ],
            "Kết quả": [
                ["Mã mô hình", "Nội dung", "Số lượng", "Đơn vị tính", "Ngày"],
                ["M1", "Sáng kiến đạt giải", 220, "sáng kiến", ""],
                ["M1", "Sáng kiến được ứng dụng", 160, "sáng kiến", ""],
                ["M2", "Nâng mặt đường", 15, "cm", ""],
            ],
            "Số liệu đơn vị": [
                ["Mã đơn vị", "Tính đến ngày", "Nội dung", "Giá trị", "Đơn vị tính"],
                ["NTL", "30/09/2024", "Thu ngân sách 9 tháng", "9.200", "tỷ đồng"],
                ["NTL", "30/09/2024", "Thu ngân sách so với dự toán", "109%", ""],
                ["NTL", "31/12/2023", "Chỉ số CCHC", "xếp thứ 2 toàn thành phố", ""],
                ["TDP10", "08/10/2024", "Tuổi của đảng viên", "22–91", "tuổi"],
            ],
            "Số liệu báo cáo": _reported(
                ["NTL", "01/01/2024", "08/10/2024", "Mô hình đăng ký", "", "", "hơn", 600]
            ),
        },
    )
    assert (ran.code, ran.data["refused"], ran.data["warnings"]) == (0, [], [])
    found = _figures(shell, book, "2024")
    assert (found["models"]["registered"], found["models"]["project_works"]) == (600, 1)
    assert (found["models"]["by_line"]["territorial"], found["models"]["by_line"]["union"]) == (1, 1)
    assert [row["qualifier"] for row in found["reported"]] == ["more_than"]
    outputs = {(row["name"], row["unit"]): row["quantity"] for row in found["outputs"]}
    assert outputs == {
        ("Sáng kiến đạt giải", "sáng kiến"): 220,
        ("Sáng kiến được ứng dụng", "sáng kiến"): 160,
        ("Nâng mặt đường", "cm"): 15,
    }
    assert _figures(shell, book, "2024", "--unit", "MD1")["models"]["registered"] == 1


def test_a_federation_whose_table_has_two_cells_that_nobody_stated(shell: Shell, tmp_path: Path) -> None:
    book = _office(shell, tmp_path, "LD", "union")

    def cell(field: str, subject: str, value: Cell) -> Sequence[Cell]:
        return ["LD", "01/01/2024", "31/12/2024", "Mô hình đăng ký", field, subject, "", value]

    rows: list[Sequence[Cell]] = [
        cell("", "Tập thể", 1300), cell("", "Cá nhân", 4200),
        cell("Kinh tế", "Tập thể", 400), cell("Kinh tế", "Cá nhân", 1500),
        cell("VHXH", "Tập thể", 500), cell("VHXH", "Cá nhân", ""),
        cell("QPAN", "Tập thể", ""), cell("An ninh - quốc phòng", "Cá nhân", 700),
        cell("XDHTCT", "Tập thể", 100), cell("XDHTCT", "Cá nhân", 900),
        ["LD", "01/01/2024", "31/12/2024", "Tập thể đăng ký", "", "", "", 1250],
    ]  # fmt: skip
    assert _import(shell, book, {"Số liệu báo cáo": _reported(*rows)}).code == 0
    models = _figures(shell, book, "2024")["models"]
    assert (models["registered"], models["registrants"]) == (5500, 1250)
    assert models["by_subject"] == {"collective": 1300, "individual": 4200}
    unstated = [(c["field"], c["subject"]) for c in models["matrix"] if c["value"] is None]
    assert unstated == [("culture_society", "individual"), ("defence_security", "collective")]
    assert models["unallocated"]["total"] == 1400
    assert models["unallocated"]["by_subject"] == {"collective": 300, "individual": 1100}


def test_ha_noi_outputs_of_one_kind_and_every_ward_with_a_dialogue(shell: Shell, tmp_path: Path) -> None:
    book = _office(shell, tmp_path, "HN", "city")
    wards = [["P1", "Phường 1", "Phường", "QA"], ["P2", "Phường 2", "Phường", "QA"]]
    ran = _import(
        shell,
        book,
        {
            "Đơn vị": [UNITS, ["QA", "Quận A", "Quận", ""], ["TX", "Thị xã B", "Thị xã", ""], *wards],
            "Hoạt động": [
                ["Mã đơn vị", "Loại", "Ngày", "Số người dự"],
                ["P1", "Đối thoại", "05/03/2023", 100],
                ["P2", "đối thoại", "01/06/2023", 50],
            ],
            "Kết quả": [
                ["Mã đơn vị", "Nội dung", "Số lượng", "Đơn vị tính", "Ngày"],
                ["TX", "Bê tông đường", "12.500", "m2", "01/05/2023"],
                ["TX", "Đường thôn", "3,5", "km", "01/05/2023"],
                ["TX", "Đường thôn", "0,25", "km", "01/06/2023"],
                ["TX", "Cống rãnh", 7.25, "km", "01/05/2023"],
                ["TX", "Kênh mương", "1.500", "m", "01/05/2023"],
            ],
        },
    )
    assert ran.code == 0
    found = _figures(shell, book, "2023")
    assert {(row["name"], row["unit"]): row["quantity"] for row in found["outputs"]} == {
        ("Bê tông đường", "m2"): 12_500,
        ("Đường thôn", "km"): 3.75,
        ("Cống rãnh", "km"): 7.25,
        ("Kênh mương", "m"): 1500,
    }
    assert (found["activities"]["units_with_dialogue"], found["activities"]["units"]) == (2, 2)


def test_a_model_in_two_lines_counts_once_and_shows_in_both(shell: Shell, tmp_path: Path) -> None:
    book = _office(shell, tmp_path, "HN", "city")
    row: list[Cell] = ["M1", "Điểm sinh hoạt văn hóa công nhân", 2024, "VHXH", "Tập thể"]
    lines: Rows = [[*MODELS, "Tuyến báo cáo"], [*row, "Địa bàn"], [*row, "Công đoàn"]]
    assert _import(shell, book, {"Mô hình": lines}).data["accepted"] == {"model": 1, "registration": 2}
    models = _figures(shell, book, "2024")["models"]
    assert (models["registered"], models["distinct_models"]) == (1, 1)
    assert (models["by_line"]["territorial"], models["by_line"]["union"]) == (1, 1)


def test_the_offices_own_city_stays_a_city(shell: Shell, tmp_path: Path) -> None:
    book = _office(shell, tmp_path, "HN", "city")
    rows: Rows = [UNITS, ["HN", "Hà Nội", "Thành phố", ""], ["TD", "Thủ Đức", "Thành phố", ""]]
    assert _import(shell, book, {"Đơn vị": rows}, "--overwrite").code == 0
    with Book.open(book, PASSWORD) as opened:
        kinds = {unit["code"]: unit["kind"] for unit in opened.find("org_unit")}
    assert kinds == {"HN": "city", "TD": "district"}


def test_a_file_of_which_every_row_is_refused_lands_nothing(shell: Shell, tmp_path: Path) -> None:
    book = _office(shell, tmp_path, "HN", "city")
    wrong: Rows = [MODELS, ["M1", "Một", 2024, "Văn nghệ", "Tập thể"]]
    ran = _import(shell, book, {"Mô hình": wrong}, "--accept-good")
    assert (ran.code, ran.data["landed"], ran.data["batch"]) == (1, False, None)
