"""The recovery sheet: one printed page whose code opens the book when every password is forgotten."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from db import RecoverySheet
from db.files import write_whole
from db.vietnamese import nfc
from forms.finish import Metadata, finish
from forms.layout import pdf_fonts

_WIDTH, _HEIGHT = 210 * mm, 297 * mm
_MIDDLE: Final = _WIDTH / 2
_BOLD = f"{pdf_fonts.FAMILY}-bold"
_TITLE = "PHIẾU KHÔI PHỤC SỔ DÂN VẬN"
_ADVICE = (
    "Mã này mở được sổ khi không còn ai nhớ mật khẩu. Mất cả mã lẫn mật khẩu thì",
    "không ai đọc được sổ nữa, kể cả người viết chương trình.",
    "",
    "1. In hai bản, bỏ vào hai phong bì dán kín, ghi ngoài bì tên đơn vị.",
    "2. Một bản cất ở két của cơ quan, một bản do người đứng đầu giữ.",
    "3. Không chụp ảnh, không gửi qua Zalo, không để cùng chỗ với máy tính.",
    "4. Khi cần: mở sổ và gõ mã này vào ô mật khẩu, rồi đặt mật khẩu mới.",
    "5. Đổi người phụ trách: kiểm lại phong bì khi bàn giao.",
)


def sheet_file(book: Path) -> Path:
    """Where the sheet of a book is written."""
    return book.with_name(f"{book.stem}_phieu_khoi_phuc.pdf")


def write_sheet(sheet: RecoverySheet, book: Path, printed_on: date | None = None) -> Path:
    """Write the sheet beside the book; its path. Raises DiskFullError, StorageError."""
    target = sheet_file(book)
    write_whole(target, draw_sheet(sheet, printed_on))
    return target


def draw_sheet(sheet: RecoverySheet, printed_on: date | None = None) -> bytes:
    """The sheet as PDF."""
    pdf_fonts.register()
    content = BytesIO()
    canvas = Canvas(content, pagesize=(_WIDTH, _HEIGHT), invariant=True, initialFontName=pdf_fonts.FAMILY)
    _head(canvas, nfc(sheet.unit), printed_on)
    _code(canvas, sheet.code)
    canvas.setFont(pdf_fonts.FAMILY, 13)
    for number, line in enumerate(_ADVICE):
        canvas.drawString(30 * mm, _HEIGHT - (150 + 8 * number) * mm, line)
    canvas.setFont(pdf_fonts.FAMILY, 11)
    canvas.drawString(30 * mm, 30 * mm, f"Mã của sổ: {sheet.book}")
    canvas.showPage()
    canvas.save()
    return finish(content.getvalue(), Metadata(_TITLE, author=nfc(sheet.unit)))


def _head(canvas: Canvas, unit: str, printed_on: date | None) -> None:
    canvas.setFont(_BOLD, 18)
    canvas.drawCentredString(_MIDDLE, _HEIGHT - 45 * mm, _TITLE)
    size = min(14.0, 14 * 150 * mm / max(pdf_fonts.text_width(unit, _BOLD, 14), 1))
    canvas.setFont(_BOLD, size)
    canvas.drawCentredString(_MIDDLE, _HEIGHT - 56 * mm, unit)
    if printed_on:
        canvas.setFont(f"{pdf_fonts.FAMILY}-italic", 13)
        canvas.drawCentredString(_MIDDLE, _HEIGHT - 64 * mm, f"Lập ngày {printed_on:%d/%m/%Y}")


def _code(canvas: Canvas, code: str) -> None:
    """Two rows of four groups in a frame, each group large enough to be read by lamplight."""
    canvas.roundRect(30 * mm, _HEIGHT - 132 * mm, 150 * mm, 52 * mm, 3 * mm)
    canvas.setFont(_BOLD, 30)
    for place, group in enumerate(code.split("-")):
        x = (30 + 18.75 + 37.5 * (place % 4)) * mm
        y = _HEIGHT - (101 + 22 * (place // 4)) * mm
        canvas.drawCentredString(x, y, group)
