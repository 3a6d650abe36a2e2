"""The finished file: PDF/A-2u by an outside checker, all faces embedded, equal bytes, exact text."""

from __future__ import annotations

import subprocess
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from forms.finish import Metadata, finish
from forms.layout.pdf import lay_out
from forms.paper import Made, make
from forms.paper_data import PaperData
from forms.profile import load
from forms.tree import BulletList, Heading, Paragraph, Run, Title, Tree, plain
from tests.support import paper_cases, pdf_measure
from tests.support.verapdf import VeraPdf

SEVEN = timezone(timedelta(hours=7))
WHEN = datetime(2024, 7, 5, 9, 30, tzinfo=SEVEN)


@cache
def _ward() -> Made:
    return make(paper_cases.ward(), created=WHEN)


@pytest.mark.parametrize("data", [paper_cases.ward(), paper_cases.ba_dinh(), paper_cases.bac_tu_liem()])
def test_a_report_is_pdf_a_2u(data: PaperData, verapdf: VeraPdf, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(make(data, created=WHEN).pdf)
    assert verapdf(file, "2u").failures == []


def test_the_checker_is_no_yes_sayer(verapdf: VeraPdf, tmp_path: Path) -> None:
    file = tmp_path / "raw.pdf"
    file.write_bytes(lay_out(_ward().tree, load("nd30_2020")).pdf)
    assert not verapdf(file, "2u").compliant


def test_equal_data_give_equal_bytes() -> None:
    assert make(paper_cases.ward(), created=WHEN).pdf == _ward().pdf


def test_other_data_give_other_bytes() -> None:
    assert make(replace(paper_cases.ward(), number="16"), created=WHEN).pdf != _ward().pdf


def test_every_face_is_embedded_and_can_be_read_as_text(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(_ward().pdf)
    listed = subprocess.run(["pdffonts", file], capture_output=True, check=True, text=True).stdout
    flags = [line.split()[-5:-2] for line in listed.splitlines()[2:]]
    assert (len(flags), {tuple(each) for each in flags}) == (4, {("yes", "yes", "yes")})


def test_every_paragraph_is_extracted_exactly_in_nfc() -> None:
    text = pdf_measure.extracted(_ward().pdf)
    said = [plain(block.text) for block in _ward().tree.blocks if isinstance(block, Paragraph)]
    said += [
        f"- {plain(item)}"
        for block in _ward().tree.blocks
        if isinstance(block, BulletList)
        for item in block.items
    ]
    said += [block.text for block in _ward().tree.blocks if isinstance(block, Heading)]
    missing = [each for each in said if " ".join(each.split()) not in text]
    assert (missing, unicodedata.is_normalized("NFC", text)) == ([], True)


def test_decomposed_text_comes_out_composed() -> None:
    words = "Tổ dân phố số 5 – phường Ngọc Hà, “Dân vận khéo”"
    tree = Tree("t", (Paragraph((Run(unicodedata.normalize("NFD", words)),)),))
    assert pdf_measure.extracted(lay_out(tree, load("nd30_2020")).pdf) == words


def test_bold_and_italic_in_one_sentence_are_extracted_without_gaps() -> None:
    text = (Run("Có "), Run("882", bold=True), Run(" mô hình ("), Run("tập thể", italic=True), Run(")."))
    tree = Tree("t", (Paragraph(text),))
    assert pdf_measure.extracted(lay_out(tree, load("nd30_2020")).pdf) == "Có 882 mô hình (tập thể)."


def test_signs_that_mean_something_in_markup_are_only_text() -> None:
    words = "a < b & c > d <b>không đậm</b> &amp;"
    tree = Tree("t", (Title("BÁO CÁO", words), Heading(1, words), Paragraph((Run(words, bold=True),))))
    assert pdf_measure.extracted(lay_out(tree, load("nd30_2020")).pdf).count(words) == 3


def test_the_file_says_what_it_is() -> None:
    with pikepdf.open(BytesIO(_ward().pdf)) as document:
        xmp = document.open_metadata()
        found = (
            str(document.Root.Lang),
            xmp["dc:title"],
            document.pdf_version >= "1.7",
            xmp["pdfaid:conformance"],
        )
    title = "Báo cáo kết quả thực hiện phong trào thi đua “Dân vận khéo” 6 tháng đầu năm 2024"
    assert found == ("vi-VN", title, True, "U")


def test_times_in_the_file_are_those_given() -> None:
    with pikepdf.open(BytesIO(_ward().pdf)) as document:
        assert str(document.docinfo["/CreationDate"]) == "D:20240705093000+07'00'"


def test_without_a_time_the_file_has_none() -> None:
    laid = lay_out(Tree("t", (Paragraph((Run("x"),)),)), load("nd30_2020"))
    with pikepdf.open(BytesIO(finish(laid.pdf, Metadata("t")))) as document:
        assert "/CreationDate" not in document.docinfo


def test_author_and_subject_are_kept_where_given() -> None:
    laid = lay_out(Tree("t", (Paragraph((Run("x"),)),)), load("nd30_2020"))
    with pikepdf.open(BytesIO(finish(laid.pdf, Metadata("t", "Đảng ủy", "Dân vận")))) as document:
        assert (str(document.docinfo["/Author"]), str(document.docinfo["/Subject"])) == ("Đảng ủy", "Dân vận")
