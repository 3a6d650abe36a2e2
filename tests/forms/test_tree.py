"""What a paper says can be read without laying it out."""

from __future__ import annotations

from forms.tree import (
    BulletList,
    HeaderCell,
    Heading,
    HeadLine,
    Letterhead,
    NumberStampRoom,
    Paragraph,
    Placeholder,
    Row,
    Run,
    SectionBreak,
    Signatures,
    Table,
    Title,
    Tree,
    as_text,
    head_text,
)


def _said(*blocks: object) -> list[str]:
    return as_text(Tree("t", blocks)).split("\n")  # type: ignore[arg-type]  # any block


def test_a_room_for_a_stamp_is_a_blank() -> None:
    assert (
        head_text(HeadLine("number", ("Số:", NumberStampRoom("sig_number", 14), "/BC-UBND")))
        == "Số: /BC-UBND"
    )


def test_the_letterhead_is_read_left_then_right_then_number_and_date() -> None:
    def line(text: str) -> HeadLine:
        return HeadLine("issuer", (text,))

    head = Letterhead((line("TRÁI"),), (line("PHẢI"),), line("Số"), line("ngày"))
    assert _said(head) == ["TRÁI", "PHẢI", "Số", "ngày"]


def test_runs_of_a_paragraph_are_read_as_one_line() -> None:
    assert _said(Paragraph((Run("một "), Run("hai", bold=True)))) == ["một hai"]


def test_items_of_a_list_begin_with_a_dash() -> None:
    assert _said(BulletList(((Run("một"),), (Run("hai"),)))) == ["- một", "- hai"]


def test_cells_of_a_table_are_parted_and_the_note_comes_last() -> None:
    table = Table((), ((HeaderCell("TT"), HeaderCell("Tên")),), (Row(("1", "An")),), "Bảng", "Ghi chú")
    assert _said(table) == ["Bảng", "TT | Tên", "1 | An", "Ghi chú"]


def test_an_empty_section_is_seen_as_dots() -> None:
    assert _said(Heading(1, "I. A"), Placeholder("a", 1)) == ["I. A", "………"]


def test_what_is_empty_says_nothing() -> None:
    blocks = (Title("BÁO CÁO", ""), SectionBreak("landscape"), Signatures("", (), (), ""))
    assert _said(*blocks) == ["BÁO CÁO"]
