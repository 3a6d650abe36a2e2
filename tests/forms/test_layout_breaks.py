"""What the end of a page parts and what it does not; tables of any size and shape."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from forms.layout.pdf import Laid, lay_out
from forms.layout.pdf_plan import plan
from forms.profile import load
from forms.tree import (
    Block,
    Column,
    HeaderCell,
    Heading,
    Paragraph,
    Placeholder,
    Row,
    Run,
    SectionBreak,
    Signatures,
    Table,
    Tree,
)
from tests.support import pdf_measure
from tests.support.pdf_measure import Line

PROFILE = load("nd30_2020")
SIGNATURES = Signatures("Nơi nhận:", ("- Như trên.",), ("CHỦ TỊCH",), "Nguyễn Thị Thử")
LONG = "Các tổ dân phố vận động nhân dân tham gia, bàn bạc dân chủ và giám sát chặt chẽ từng phần việc. " * 4


def _laid(*blocks: Block) -> Laid:
    return lay_out(Tree("t", blocks), PROFILE)


def _lines(*blocks: Block) -> list[Line]:
    return pdf_measure.lines(_laid(*blocks).pdf)


def _text(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def _filler(lines: int) -> list[Block]:
    return [_text(f"Dòng {number}") for number in range(lines)]


def _table(rows: Sequence[Sequence[str]], *, head: bool = True, kinds: Sequence[str] = ()) -> Table:
    columns = tuple(Column("left") for _cell in rows[0])
    titles = (tuple(HeaderCell(f"Cột {place}") for place in range(len(columns))),) if head else ()
    kind = [*kinds, *["body"] * (len(rows) - len(kinds))]
    return Table(columns, titles, tuple(Row(tuple(row), kind[at]) for at, row in enumerate(rows)))  # type: ignore[arg-type]  # any kind


@pytest.mark.parametrize("lines", range(24, 36))
def test_the_signature_never_stands_without_two_lines_of_text(lines: int) -> None:
    found = _lines(*_filler(lines), _text(LONG), SIGNATURES)
    page = next(line.page for line in found if line.text == "CHỦ TỊCH")
    body = [
        line
        for line in found
        if line.page == page and line.text not in ("CHỦ TỊCH", "Nguyễn Thị Thử") and line.size == 14
    ]
    assert len([line for line in body if not line.text.isdigit()]) >= 2


@pytest.mark.parametrize("lines", range(24, 36))
def test_short_last_paragraphs_go_along_with_the_signature(lines: int) -> None:
    found = _lines(
        *_filler(lines),
        Heading(1, "V. KIẾN NGHỊ"),
        _text("Không."),
        _text("Trên đây là báo cáo./."),
        SIGNATURES,
    )
    pages = {line.text: line.page for line in found}
    assert pages["CHỦ TỊCH"] == pages["Không."] == pages["V. KIẾN NGHỊ"] == pages["Nguyễn Thị Thử"]


def test_taking_lines_along_changes_no_word() -> None:
    assert LONG.strip() in pdf_measure.extracted(_laid(*_filler(30), _text(LONG), SIGNATURES).pdf)


def test_a_signature_may_stand_alone_in_a_paper_without_text() -> None:
    assert "CHỦ TỊCH" in [line.text for line in _lines(SIGNATURES)]


@pytest.mark.parametrize("lines", range(26, 36))
def test_a_heading_never_ends_a_page(lines: int) -> None:
    found = _lines(*_filler(lines), Heading(1, "I. ĐỀ MỤC"), Heading(2, "1. Mục nhỏ"), _text(LONG))
    pages = {line.text: line.page for line in found}
    first = next(line for line in found if line.text.startswith("Các tổ dân phố"))
    assert pages["I. ĐỀ MỤC"] == pages["1. Mục nhỏ"] == first.page


def test_a_heading_does_not_drag_a_whole_table_to_the_next_page() -> None:
    rows = [(str(number), "Tên") for number in range(60)]
    found = _lines(*_filler(5), Heading(1, "I. ĐỀ MỤC"), _table(rows))
    assert next(line.page for line in found if line.text == "I. ĐỀ MỤC") == 1


def test_a_heading_over_dots_stays_with_them() -> None:
    found = _lines(*_filler(31), Heading(1, "I. ĐỀ MỤC"), Placeholder("x", 2))
    dots = [line.page for line in found if line.text.startswith("....")]
    assert next(line.page for line in found if line.text == "I. ĐỀ MỤC") == dots[0]


def test_the_head_of_a_table_is_repeated_on_every_page() -> None:
    found = _lines(_table([(str(number), "Tên") for number in range(100)]))
    assert [line.page for line in found if line.text == "Cột 0"] == list(range(1, found[-1].page + 1))


def test_all_rows_are_there_once_and_in_order() -> None:
    found = _lines(_table([(f"dòng{number}", "Tên") for number in range(500)]))
    assert [line.text for line in found if line.text.startswith("dòng")] == [
        f"dòng{number}" for number in range(500)
    ]


@pytest.mark.parametrize("rows", range(40, 48))
def test_totals_do_not_stand_alone_on_a_page(rows: int) -> None:
    cells = [*((str(number), "Tên") for number in range(rows)), ("Tổng cộng", "9")]
    table = _table(cells, kinds=[*["body"] * rows, "total"])
    found = _lines(table)
    last = next(line.page for line in found if line.text == "Tổng cộng")
    assert [line for line in found if line.page == last and line.text == "Tên"]


@pytest.mark.parametrize("rows", range(38, 48))
def test_the_title_of_a_group_goes_along_with_its_first_row(rows: int) -> None:
    table = Table(
        (Column(), Column()),
        (),
        (
            *(Row((str(number), "Tên")) for number in range(rows)),
            Row(("Nhóm",), "group"),
            Row(("sau", "Tên")),
        ),
    )
    pages = {line.text: line.page for line in _lines(table)}
    assert pages["Nhóm"] == pages["sau"]


def test_a_row_higher_than_a_page_goes_on_over_pages() -> None:
    long = " ".join(f"từ{number}" for number in range(3000))
    laid = _laid(_table([("1", long), ("2", "ngắn")]))
    assert " ".join(f"từ{number}" for number in range(40)) in pdf_measure.extracted(laid.pdf)
    assert "từ2999" in pdf_measure.extracted(laid.pdf)


def test_no_text_of_a_table_leaves_its_cell() -> None:
    rows = [("10.000.000.000.000", "Nguyễn Thị Hoàng Phương Thảo Nguyên " * 3, "x" * 90, "15/03/2024")] * 5
    laid = _laid(_table(rows))
    boxes = [(s.left, s.right) for s in pdf_measure.strokes(laid.pdf)]
    lines = pdf_measure.lines(laid.pdf)
    inside = [
        any(left - 0.3 <= line.left and line.right <= right + 0.3 for left, right in boxes) for line in lines
    ]
    assert all(inside)


def test_amounts_to_ten_trillion_are_never_broken() -> None:
    rows = [("10.000.000.000.000",) * 4 + ("Mô hình có tên rất dài để chiếm chỗ " * 3,)] * 3
    assert pdf_measure.extracted(_laid(_table(rows)).pdf).split().count("10.000.000.000.000") == 12


def test_a_table_too_wide_for_an_upright_page_is_turned() -> None:
    rows = [("10.000.000.000.000",) * 9]
    laid = _laid(_text("trước"), _table(rows), _text("sau"))
    shapes = [width > height for width, height in pdf_measure.page_sizes(laid.pdf)]
    assert shapes == [False, True, False]


def test_a_table_too_wide_for_any_page_cuts_its_longest_words() -> None:
    rows = [("10.000.000.000.000",) * 30]
    laid = _laid(_table(rows))
    assert max(stroke.right for stroke in pdf_measure.strokes(laid.pdf)) <= 195.2


def test_letters_get_smaller_before_rows_get_high() -> None:
    rows = [tuple(f"{word} {number}" for word in ("mô hình tập thể",) * 5) for number in range(20)]
    assert plan(_table(rows), PROFILE.table, 165 * 2.8346).size < 12


def test_a_table_of_few_short_words_keeps_the_largest_letters() -> None:
    assert plan(_table([("1", "Tên", "2")]), PROFILE.table, 165 * 2.8346).size == 12


def test_a_label_of_a_total_runs_over_the_empty_cells_after_it() -> None:
    table = _table([("1", "Tên", "5"), ("Tổng cộng của cả danh sách", "", "5")], kinds=["body", "total"])
    assert "Tổng cộng của cả danh sách" in [line.text for line in _lines(table)]


def test_headings_over_several_columns_stand_over_them() -> None:
    head = ((HeaderCell("TT", rows=2), HeaderCell("Nhóm", span=2)), (HeaderCell("A"), HeaderCell("B")))
    table = Table((Column(), Column(), Column()), head, (Row(("1", "2", "3")),))
    lines = {line.text: line for line in _lines(table)}
    between = lines["A"].middle < lines["Nhóm"].middle < lines["B"].middle
    assert (between, lines["TT"].baseline > lines["Nhóm"].baseline) == (True, True)


def test_a_table_without_rows_shows_its_head() -> None:
    table = Table((Column(),), ((HeaderCell("Tên"),),), ())
    assert [line.text for line in _lines(table)] == ["Tên"]


def test_a_landscape_section_begins_a_new_page() -> None:
    laid = _laid(_text("một"), SectionBreak("landscape"), _text("hai"), SectionBreak("portrait"), _text("ba"))
    assert [width > height for width, height in pdf_measure.page_sizes(laid.pdf)] == [False, True, False]
