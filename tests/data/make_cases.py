"""Writes the workbooks of the two real cases. The facts are those of two press articles, nothing is added.

Models that the articles name are not in the lists: the articles tell neither their field nor whether a
collective or a person registered them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.support.workbooks import Cell, Rows, save

HERE: Final = Path(__file__).parent

_UNITS: Final = ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị")
_REPORTED: Final = (
    "Mã đơn vị", "Từ ngày", "Đến ngày", "Tính đến ngày", "Chỉ tiêu", "Tập thể/Cá nhân", "Cấp",
    "Hình thức khen", "Đề nghị/Được tặng", "Mức", "Giá trị", "Đơn vị tính", "Nguồn",
)  # fmt: skip

_YEAR_2023: Final = ("01/01/2023", "31/12/2023", "")
_UP_TO_MAY: Final = ("01/01/2024", "21/05/2024", "21/05/2024")
_SINCE_2014: Final = ("01/01/2014", "14/10/2024", "14/10/2024")
_YEAR_2024: Final = ("01/01/2024", "14/10/2024", "14/10/2024")

_TALK: Final = 'Tọa đàm nâng cao chất lượng mô hình "Dân vận khéo" trên địa bàn quận Ba Đình, 5/2024'
_REVIEW: Final = 'Hội nghị tổng kết 15 năm phong trào thi đua "Dân vận khéo" quận Bắc Từ Liêm, 14/10/2024'

Period = tuple[str, str, str]


def _total(
    unit: str,
    source: str,
    period: Period,
    indicator: str,
    value: Cell,
    measure: str,
    *,
    subject: str = "",
    level: str = "",
    form: str = "",
    status: str = "",
    said: str = "",
) -> tuple[Cell, ...]:
    return (unit, *period, indicator, subject, level, form, status, said, value, measure, source)


def _ba_dinh(period: Period, indicator: str, value: Cell, **more: str) -> tuple[Cell, ...]:
    return _total("BD", _TALK, period, indicator, value, "mô hình", **more)


def _bac_tu_liem(period: Period, indicator: str, value: Cell, measure: str, **more: str) -> tuple[Cell, ...]:
    return _total("BTL", _REVIEW, period, indicator, value, measure, **more)


BA_DINH: Final[Mapping[str, Rows]] = {
    "Đơn vị": (_UNITS, ("BD", "Quận Ba Đình", "Quận")),
    "Số liệu báo cáo": (
        _REPORTED,
        _ba_dinh(_YEAR_2023, "Mô hình đăng ký", 882),
        # Praised "by the district and the grassroots": no number for either
        _ba_dinh(_YEAR_2023, "Mô hình tiêu biểu", 256, status="Được tặng"),
        _ba_dinh(_UP_TO_MAY, "Mô hình đăng ký", 452, subject="Tập thể"),
        _ba_dinh(_UP_TO_MAY, "Mô hình đăng ký", 173, subject="Cá nhân"),
        # "At all three levels": said, but without numbers
        _ba_dinh(_UP_TO_MAY, "Mô hình đăng ký", None, level="Cơ sở"),
        _ba_dinh(_UP_TO_MAY, "Mô hình đăng ký", None, level="Quận/huyện"),
        _ba_dinh(_UP_TO_MAY, "Mô hình đăng ký", None, level="Thành phố/tỉnh"),
    ),
}

BAC_TU_LIEM: Final[Mapping[str, Rows]] = {
    "Đơn vị": (_UNITS, ("BTL", "Quận Bắc Từ Liêm", "Quận")),
    "Số liệu đơn vị": (
        ("Mã đơn vị", "Tính đến ngày", "Nội dung", "Giá trị", "Đơn vị tính"),
        ("BTL", "14/10/2024", "Số phường", 13, "phường"),
    ),
    "Số liệu báo cáo": (
        _REPORTED,
        _bac_tu_liem(_SINCE_2014, "Mô hình đăng ký", 6977, "mô hình"),
        _bac_tu_liem(_SINCE_2014, "Tập thể được công nhận", 885, "tập thể", level="Quận/huyện"),
        _bac_tu_liem(_SINCE_2014, "Cá nhân được công nhận", 748, "cá nhân", level="Quận/huyện"),
        _bac_tu_liem(
            _SINCE_2014,
            "Tập thể được khen",
            9,
            "tập thể",
            level="Thành phố/tỉnh",
            form="Bằng khen",
            status="Đề nghị",
        ),
        _bac_tu_liem(_YEAR_2024, "Mô hình đăng ký", 549, "mô hình"),
        _bac_tu_liem(_YEAR_2024, "Kinh phí xã hội hóa", 7, "tỷ đồng", said="hơn"),
        _bac_tu_liem(_YEAR_2024, "Ngày công", 3000, "ngày công", said="hơn"),
        _bac_tu_liem(_YEAR_2024, "Tập thể được khen", 36, "tập thể", level="Quận/huyện", status="Được tặng"),
        _bac_tu_liem(_YEAR_2024, "Cá nhân được khen", 15, "cá nhân", level="Quận/huyện", status="Được tặng"),
        _bac_tu_liem(
            _YEAR_2024,
            "Cá nhân được khen",
            2,
            "cá nhân",
            level="Trung ương",
            form="Kỷ niệm chương",
            status="Được tặng",
        ),
    ),
}

CASES: Final = {"ba_dinh.xlsx": BA_DINH, "bac_tu_liem.xlsx": BAC_TU_LIEM}


def make(folder: Path) -> None:
    """Write both workbooks into ``folder``; the same bytes every time."""
    for name, sheets in CASES.items():
        save(folder / name, sheets)


if __name__ == "__main__":
    make(HERE)
