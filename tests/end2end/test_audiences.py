"""Consents come in by a list; papers and workbooks for others follow them; withdrawing marks the paper."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from db import Book
from tests.end2end.conftest import PASSWORD, Shell
from tests.support.workbooks import Rows, save

GIVER = "Hộ bà Cao Thị Sen"
GIFT = ("Người/đơn vị đóng góp", "Loại người đóng góp", "Hình thức", "Số lượng", "Ngày")
AGREED = ("Họ và tên", "Mã đơn vị", "Được công khai", "Hình thức", "Ngày đồng ý", "Mã dòng")


def _given(shell: Shell, book: Path) -> None:
    """A giver of unit Q01 and, as an office would list them, her consents."""
    lists: dict[str, Rows] = {
        "Đóng góp": [("Mã đơn vị", *GIFT), ("Q01", GIVER, "Hộ", "Tiền mặt", 1_234_567, "05/02/2024")],
        "Đồng ý công khai": [
            AGREED,
            ("Cao Thị Sen", "Q01", "Họ tên", "Phiếu ký", "01/02/2024", "1"),
            ("Cao Thị Sen", "Q01", "Mức đóng góp", "Phiếu ký", "01/02/2024", "2"),
        ],
    }
    ran = shell.on(book, "import", str(save(book.with_name("ds.xlsx"), lists)))
    assert (ran.code, ran.data["landed"]) == (0, True), ran.data


def _paper(shell: Shell, book: Path, audience: str) -> str:
    file = book.with_name(f"{audience}.pdf")
    ran = shell.on(
        book, "paper", "result_report", "--period", "2024", "--audience", audience, "--out", str(file)
    )
    assert (ran.code, ran.data["audience"]) == (0, audience)
    with pypdfium2.PdfDocument(file) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def _withdraw(book: Path) -> None:
    with Book.open(book, PASSWORD) as opened, opened.writing("an") as write:
        for each in opened.find("consent"):
            write.change("consent", each.id, {"withdrawn_on": opened.now().date().isoformat()})


def test_listed_consents_open_the_public_paper_until_they_are_withdrawn(shell: Shell, empty: Path) -> None:
    _given(shell, empty)
    shown = _paper(shell, empty, "public")
    assert ("Cao Thị Sen" in shown, "1.234.567" in shown) == (True, True)
    _withdraw(empty)
    told = shell.on(empty, "check").data["problems"]
    assert "paper_consent_withdrawn" in {each["code"] for each in told}
    assert "Cao Thị Sen" not in _paper(shell, empty, "public")


@pytest.mark.parametrize(("audience", "is_named"), [("internal", True), ("upper", True), ("public", False)])
def test_the_workbook_for_the_public_masks(shell: Shell, empty: Path, audience: str, is_named: bool) -> None:
    _given(shell, empty)
    _withdraw(empty)
    file = empty.with_name("out.xlsx")
    ran = shell.on(empty, "export", "--audience", audience, "--out", str(file))
    with ZipFile(file) as packed:
        text = " ".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    assert (ran.code, "Cao Thị Sen" in text) == (0, is_named)


def test_no_other_audience_is_known(shell: Shell, empty: Path) -> None:
    ran = shell.on(empty, "export", "--audience", "everybody", "--out", str(empty.with_name("out.xlsx")))
    assert (ran.code, empty.with_name("out.xlsx").exists()) == (2, False)
