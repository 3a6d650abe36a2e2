"""PDF/UA-1 together with PDF/A-2u, before and after signing: what readers hear who do not see the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from forms.finish import Metadata, finish
from forms.layout.pdf import lay_out
from forms.paper import Made, make
from forms.profile import load
from forms.signing.fields import prepare
from forms.signing.keys import SigningKey
from forms.signing.sign import sign
from forms.signing.verify import verify
from forms.tree import (
    Block,
    BulletList,
    Column,
    HeaderCell,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Placeholder,
    Row,
    Run,
    SectionBreak,
    Signatures,
    Table,
    Text,
    Title,
    Tree,
)
from tests.support import paper_cases, pdf_tags
from tests.support.pictures import plain_jpeg
from tests.support.signing_papers import ANCHORS
from tests.support.signing_pki import NOON, Authority
from tests.support.verapdf import VeraPdf

PROFILE = load("nd30_2020")
FOUR = ("sig_person", "sig_agency", "sig_number", "sig_date")
LONG = "Các tổ dân phố vận động nhân dân tham gia, bàn bạc dân chủ và giám sát chặt chẽ từng phần việc. " * 40


@cache
def _report() -> Made:
    """Number and date to be stamped, so four fields; lists over several pages, upright and turned."""
    return make(replace(paper_cases.ward(rows=24, given=12), number="", issued_on=None))


@cache
def _key() -> SigningKey:
    return Authority.root("Gốc chứng thư thử").below("Nơi cấp thử").issue("Nguyễn Thị Thử")


@cache
def _signed(fields: int) -> bytes:
    """The report with so many of its fields signed."""
    if not fields:
        return _report().pdf
    return sign(_signed(fields - 1), _key(), FOUR[fields - 1], NOON + timedelta(minutes=fields))


def _text(words: str) -> Text:
    return (Run(words),)


HEAD = (
    (HeaderCell("TT", rows=2), HeaderCell("Nội dung", span=2)),
    (HeaderCell("Tên"), HeaderCell("Số lượng")),
    tuple(HeaderCell(f"({number})") for number in range(1, 4)),
)
ROWS = (
    Row(("I. Nhóm thứ nhất",), "group"),
    Row(("1", LONG, "5")),
    *(Row((str(number), f"Dòng {number}", "")) for number in range(2, 60)),
    Row(("Cộng nhóm", "", "5"), "subtotal"),
    Row(("Tổng cộng", "", "5"), "total"),
)
BLOCKS: tuple[Block, ...] = (
    Title("BÁO CÁO", "Kết quả"),
    Heading(1, "I. ĐỀ MỤC"),
    Heading(3, "a) Bỏ qua một bậc"),
    Paragraph((Run("Đoạn có chữ "), Run("đậm", bold=True), Run(" và nghiêng. " + LONG, italic=True))),
    BulletList((_text("Mục thứ nhất;"), _text("Mục thứ hai. " + LONG))),
    Placeholder("x", 2),
    Table((Column("center"), Column(), Column("right")), HEAD, ROWS, "Bảng số liệu", "Ghi chú của bảng"),
    Pictures((Picture(plain_jpeg(), "Ảnh 1. Trước", "Ngõ lầy lội"), Picture(plain_jpeg(), "Ảnh 2. Sau")), 60),
    SectionBreak("landscape"),
    Table((Column(), Column()), (), (Row(("không có", "đầu bảng")),)),
    Signatures("Nơi nhận:", ("- Như trên;", "- Lưu: VT."), ("CHỦ TỊCH",), "Nguyễn Thị Thử", seal=0),
)


@cache
def _every_block() -> bytes:
    """Every kind of block, tables and rows that go over pages, and one field only."""
    laid = lay_out(Tree("Báo cáo thử", BLOCKS), PROFILE)
    return finish(laid.pdf, Metadata("Báo cáo thử"), laid.structure, laid.anchors)


FILES: dict[str, Callable[[], bytes]] = {
    "a report with four fields": lambda: _report().pdf,
    "the same, signed once": lambda: _signed(1),
    "the same, signed four times": lambda: _signed(4),
    "every block, one field": _every_block,
    "the same, signed": lambda: sign(_every_block(), _key(), FOUR[0], NOON),
    "a paper of the Party": lambda: make(replace(paper_cases.ward(), profile="party_hd36_2018")).pdf,
    "a field of somebody else in a tagged paper": lambda: prepare(_every_block(), ANCHORS[2:3]),
}


@pytest.mark.parametrize("name", FILES)
def test_both_standards_hold(name: str, verapdf: VeraPdf, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(FILES[name]())
    assert [verapdf(file, flavour).failures for flavour in ("2u", "ua1")] == [[], []]


def test_an_untagged_file_is_no_pdf_ua(verapdf: VeraPdf, tmp_path: Path) -> None:
    file = tmp_path / "raw.pdf"
    file.write_bytes(finish(lay_out(Tree("t", BLOCKS), PROFILE).pdf, Metadata("t")))
    assert not verapdf(file, "ua1").compliant


def test_four_signatures_in_a_tagged_paper_are_all_unchanged() -> None:
    found = verify(_signed(4), now=NOON + timedelta(minutes=9))["signatures"]
    assert [each["unchanged"] for each in found] == [True] * 4


def test_equal_data_give_equal_bytes_with_fields_and_tags() -> None:
    again = make(replace(paper_cases.ward(rows=24, given=12), number="", issued_on=None))
    assert again.pdf == _report().pdf


@pytest.mark.parametrize("name", ["a report with four fields", "every block, one field"])
def test_every_mark_is_of_exactly_one_element_that_its_page_names(name: str) -> None:
    assert set(pdf_tags.loose_marks(FILES[name]()).values()) == {0}


def test_headings_are_read_in_order_without_a_gap_between_levels(tmp_path: Path) -> None:
    found = [
        (each.tag, each.text)
        for each in pdf_tags.elements(_every_block(), tmp_path)
        if each.tag[0] == "H" and each.tag[1:].isdigit()
    ]
    assert found == [("H1", "BÁO CÁO Kết quả"), ("H2", "I. ĐỀ MỤC"), ("H3", "a) Bỏ qua một bậc")]


def test_a_paragraph_over_two_pages_is_one_paragraph(tmp_path: Path) -> None:
    paragraphs = pdf_tags.told(_every_block(), tmp_path, "P")
    assert f"Đoạn có chữ đậm và nghiêng. {LONG.strip()}" in paragraphs


def test_a_list_has_items_with_their_dashes(tmp_path: Path) -> None:
    found = [
        each for each in pdf_tags.elements(_every_block(), tmp_path) if each.tag in ("LI", "Lbl", "LBody")
    ]
    assert [(each.tag, each.text[:13]) for each in found[:6]] == [
        ("LI", ""),
        ("Lbl", "-"),
        ("LBody", "Mục thứ nhất;"),
        ("LI", ""),
        ("Lbl", "-"),
        ("LBody", "Mục thứ hai. "),
    ]


def test_the_head_of_a_table_over_pages_is_read_once(tmp_path: Path) -> None:
    heads = pdf_tags.told(_every_block(), tmp_path, "TH")
    of_columns = ["TT", "Nội dung", "Tên", "Số lượng", "(1)", "(2)", "(3)"]
    assert heads == [*of_columns, "I. Nhóm thứ nhất", "Cộng nhóm", "Tổng cộng"]


def test_a_row_over_two_pages_is_one_row_and_no_row_is_lost(tmp_path: Path) -> None:
    found = pdf_tags.elements(_every_block(), tmp_path)
    cells = [each.text for each in found if each.tag == "TD"]
    rows = sum(each.tag == "TR" for each in found)
    assert (rows, cells.count(LONG.strip()), "Dòng 59" in cells) == (len(HEAD) + len(ROWS) + 1, 1, True)


def test_the_caption_belongs_to_its_table(tmp_path: Path) -> None:
    found = pdf_tags.elements(_every_block(), tmp_path)
    place = next(at for at, each in enumerate(found) if each.tag == "Caption")
    assert (found[place].text, found[place - 1].tag) == ("Bảng số liệu", "Table")


def test_cells_say_for_which_cells_they_are_heads_and_how_many_they_cover() -> None:
    found = []
    with pikepdf.open(BytesIO(_every_block())) as document:
        for element in document.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH":
                spans = (int(element.A.get("/ColSpan", 1)), int(element.A.get("/RowSpan", 1)))
                found.append((str(element.A.Scope), spans))
    heads = [("/Column", (1, 2)), ("/Column", (2, 1)), *[("/Column", (1, 1))] * 5]
    assert found == [*heads, ("/Row", (3, 1)), ("/Row", (2, 1)), ("/Row", (2, 1))]


def test_dots_to_write_on_are_not_read_aloud() -> None:
    with pikepdf.open(BytesIO(_every_block())) as document:
        said = [
            str(each.ActualText)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each
        ]
    assert said == ["Phần chưa viết"]


def test_pictures_say_what_they_show_and_their_captions_follow_them(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(_every_block())) as document:
        said = [
            str(each.Alt)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    found = pdf_tags.elements(_every_block(), tmp_path)
    captions = [found[at + 1].text for at, each in enumerate(found) if each.tag == "Figure"]
    assert (said, captions) == (["Ngõ lầy lội", "Ảnh 2. Sau"], ["Ảnh 1. Trước", "Ảnh 2. Sau"])


def test_places_of_signatures_are_read_where_they_stand(tmp_path: Path) -> None:
    found = pdf_tags.elements(_report().pdf, tmp_path)
    around = [
        tuple(each.text for each in (found[at - 1], found[at + 1]))
        for at, each in enumerate(found)
        if each.tag == "Form"
    ]
    number, date, person, agency = around
    assert (number, date[0], person[0], agency[1]) == (
        ("Số:", "/BC-UBND"), "Ngọc Hà, ngày", "CHỦ TỊCH", "Nguyễn Thị Thử"
    )  # fmt: skip


def test_fields_are_told_in_words_and_reached_in_the_order_of_reading() -> None:
    with pikepdf.open(BytesIO(_report().pdf)) as document:
        told = [str(field.TU) for field in document.Root.AcroForm.Fields]
        orders = {str(page.obj.Tabs) for page in document.pages}
    assert (told[2], len(set(told)), orders) == (
        "Chữ ký của người ký văn bản: Nguyễn Thị Thử", 4, {"/S"}
    )  # fmt: skip


def test_the_file_shows_its_title_and_is_marked() -> None:
    with pikepdf.open(BytesIO(_report().pdf)) as document:
        root, xmp = document.Root, document.open_metadata()
        found = (bool(root.ViewerPreferences.DisplayDocTitle), bool(root.MarkInfo.Marked), str(root.Lang))
        assert (*found, xmp["pdfuaid:part"], xmp["pdfaid:part"]) == (True, True, "vi-VN", "1", "2")
