"""What the directives of a template become, and what is said about what is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms.anchors import DATE, NUMBER
from forms.paper_data import Office, Signer
from forms.paper_kinds import PAPERS, PaperKind, UnknownPaperError, kind, kinds
from forms.profile import load
from forms.template import BadTemplateError
from forms.tree import (
    AnnexTitle,
    BulletList,
    Letterhead,
    NumberStampRoom,
    Paragraph,
    Placeholder,
    Signatures,
    Table,
    Title,
    head_text,
    plain,
)
from forms.write import Written, write
from tests.support import paper_cases

_DESCRIPTION = 'title = "Thử"\nfor = "office"\ntype_code = "BC"\ntype_name = "BÁO CÁO"\n'
_SECTION = '[[sections]]\nid = "plans"\ntitle = "Phương hướng"\n'


def _own(folder: Path, template: str, more: str = _SECTION) -> PaperKind:
    """A paper as an office may add it: a folder with two files."""
    paper = folder / "own_paper"
    paper.mkdir(exist_ok=True)
    (paper / "paper.toml").write_text(_DESCRIPTION + more, "utf-8")
    (paper / "template.txt").write_text(template, "utf-8")
    return kind("own_paper", folder)


def _written(folder: Path, template: str, more: str = _SECTION, **changes: Any) -> Written:
    data = replace(paper_cases.ward(), **changes)
    return write(_own(folder, template, more), data, load("nd30_2020"))


def _only(written: Written, wanted: type) -> Any:
    return next(block for block in written.tree.blocks if isinstance(block, wanted))


def _refused(folder: Path, template: str, more: str = _SECTION) -> BadTemplateError:
    with pytest.raises(BadTemplateError) as refused:
        _written(folder, template, more)
    return refused.value


# --- the head ---


def test_the_head_is_in_capitals_and_has_the_motif_of_the_format(tmp_path: Path) -> None:
    head: Letterhead = _only(_written(tmp_path, "@letterhead\n"), Letterhead)
    assert [head_text(line) for line in (*head.left, *head.right)] == [
        "THÀNH PHỐ HÀ NỘI",
        "ỦY BAN NHÂN DÂN PHƯỜNG NGỌC HÀ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_number_and_date_are_printed_where_given(tmp_path: Path) -> None:
    head: Letterhead = _only(_written(tmp_path, "@letterhead\n"), Letterhead)
    assert (head_text(head.number), head_text(head.place_date)) == (
        "Số: 15/BC-UBND",
        "Ngọc Hà, ngày 05 tháng 7 năm 2024",
    )


def test_room_is_kept_for_number_and_date_that_come_later(tmp_path: Path) -> None:
    head: Letterhead = _only(_written(tmp_path, "@letterhead\n", number="", issued_on=None), Letterhead)
    pieces = (*head.number.pieces, *head.place_date.pieces)
    rooms = [piece.name for piece in pieces if isinstance(piece, NumberStampRoom)]
    assert (head_text(head.number), rooms) == ("Số: /BC-UBND", [NUMBER, DATE, DATE, DATE])


@pytest.mark.parametrize("symbol", ["UBND", "BC-UBND", "/BC-UBND", "-UBND"])
def test_a_symbol_may_be_entered_with_or_without_the_kind(tmp_path: Path, symbol: str) -> None:
    office = replace(paper_cases.OFFICE, symbol=symbol)
    head: Letterhead = _only(_written(tmp_path, "@letterhead\n", office=office), Letterhead)
    assert head_text(head.number) == "Số: 15/BC-UBND"


def test_an_office_without_a_symbol_has_no_line_for_a_number_to_come(tmp_path: Path) -> None:
    office = replace(paper_cases.OFFICE, symbol="")
    head: Letterhead = _only(_written(tmp_path, "@letterhead\n", office=office, number=""), Letterhead)
    assert head.number.pieces == ()


def test_an_office_without_a_superior_has_one_line(tmp_path: Path) -> None:
    office = replace(paper_cases.OFFICE, parent_line="")
    head: Letterhead = _only(_written(tmp_path, "@letterhead\n", office=office), Letterhead)
    assert [line.role for line in head.left] == ["issuer"]


def test_what_is_missing_in_head_and_foot_is_told(tmp_path: Path) -> None:
    written = _written(tmp_path, "@letterhead\n@signatures\n", office=Office(""), signer=Signer())
    found = [problem.code for problem in written.problems]
    assert found == ["no_office", "no_place", "no_signatory", "no_recipients"]


def test_a_signatory_without_a_position_is_told(tmp_path: Path) -> None:
    written = _written(tmp_path, "@signatures\n", signer=Signer("Nguyễn Thị Thử"))
    assert [problem.code for problem in written.problems] == ["no_position"]


def test_a_title_has_its_kind_and_its_subject(tmp_path: Path) -> None:
    written = _written(tmp_path, "@title BÁO CÁO | Kết quả {{ label }}\n")
    assert (_only(written, Title), written.tree.title) == (
        Title("BÁO CÁO", "Kết quả 6 tháng đầu năm 2024"),
        "Báo cáo kết quả 6 tháng đầu năm 2024",
    )


# --- the clerk's sections ---


def test_an_empty_section_is_a_dotted_line_and_is_told(tmp_path: Path) -> None:
    written = _written(tmp_path, "@section plans\n")
    assert (_only(written, Placeholder).section, [problem.code for problem in written.problems]) == (
        "plans",
        ["empty_section"],
    )


def test_a_section_of_blanks_is_empty(tmp_path: Path) -> None:
    assert _only(_written(tmp_path, "@section plans\n", texts={"plans": " \n "}), Placeholder)


def test_the_clerks_words_stand_in_their_section(tmp_path: Path) -> None:
    written = _written(tmp_path, "@section plans\n", texts={"plans": "Một.\n- Hai;"})
    assert [type(block) for block in written.tree.blocks] == [Paragraph, BulletList]


def test_a_section_that_may_be_left_out_leaves_nothing(tmp_path: Path) -> None:
    written = _written(tmp_path, "@section plans optional\n")
    assert (written.tree.blocks, written.problems) == ((), ())


# --- annexes and the foot ---


def test_one_annex_has_no_number(tmp_path: Path) -> None:
    annex: AnnexTitle = _only(_written(tmp_path, "@annex landscape Danh sách {{ label }}\n"), AnnexTitle)
    assert (annex.label, annex.title) == ("Phụ lục", "DANH SÁCH 6 THÁNG ĐẦU NĂM 2024")


def test_several_annexes_are_numbered(tmp_path: Path) -> None:
    written = _written(tmp_path, "@annex landscape A\n@annex portrait B\n")
    labels = [block.label for block in written.tree.blocks if isinstance(block, AnnexTitle)]
    assert labels == ["Phụ lục I", "Phụ lục II"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Báo cáo số 15/BC-UBND ngày 05 tháng 7 năm 2024"),
        ({"number": ""}, "Báo cáo số …/BC-UBND ngày 05 tháng 7 năm 2024"),
        ({"issued_on": None}, "Báo cáo số 15/BC-UBND ngày … tháng … năm …"),
    ],
)
def test_an_annex_names_the_paper_it_belongs_to(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    annex: AnnexTitle = _only(_written(tmp_path, "@annex portrait A\n", **changes), AnnexTitle)
    assert annex.attached_to == f"(Kèm theo {said} của Ủy ban nhân dân phường Ngọc Hà)"


@pytest.mark.parametrize(
    ("signer", "lines"),
    [
        (Signer("A", "Chủ tịch", "TM."), ("TM. ỦY BAN NHÂN DÂN PHƯỜNG NGỌC HÀ", "CHỦ TỊCH")),
        (Signer("A", "Phó Chủ tịch", "KT. Chủ tịch"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (Signer("A", "PHÓ BÍ THƯ", "T/M BAN THƯỜNG VỤ"), ("TM. BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")),
        (Signer("A", "Tổ trưởng"), ("TỔ TRƯỞNG",)),
        (Signer("A"), ()),
    ],
)
def test_authority_and_position_stand_above_the_name(
    tmp_path: Path, signer: Signer, lines: tuple[str, ...]
) -> None:
    foot: Signatures = _only(_written(tmp_path, "@signatures\n", signer=signer), Signatures)
    assert tuple(line for line in (*foot.authority, foot.position) if line) == lines


def test_recipients_get_their_dashes_and_signs(tmp_path: Path) -> None:
    office = replace(paper_cases.OFFICE, recipients=("- Như trên;", "Đảng ủy phường.", "", "+ Lưu: VT, XDĐ"))
    foot: Signatures = _only(_written(tmp_path, "@signatures\n", office=office), Signatures)
    assert foot.recipients == ("- Như trên;", "- Đảng ủy phường;", "- Lưu: VT, XDĐ.")


# --- what a template may not do ---


@pytest.mark.parametrize(
    ("template", "line", "word"),
    [
        ("\n@dance\n", 2, "@dance"),
        ("a\n\n@section nothing\n", 3, "nothing"),
        ("@table salaries\n", 1, "salaries"),
        ("@annex upright A\n", 1, "portrait"),
        ("@annex landscape\n", 1, "@annex"),
    ],
)
def test_a_line_that_means_nothing_is_refused(tmp_path: Path, template: str, line: int, word: str) -> None:
    refused = _refused(tmp_path, template)
    assert (refused.line, word in refused.sentence()) == (line, True)


def test_a_column_that_there_is_not_is_refused_with_its_table(tmp_path: Path) -> None:
    more = '[tables.registration_list]\ncolumns = [{ id = "salary", title = "Lương" }]\n'
    assert "salary" in _refused(tmp_path, "@table registration_list\n", more).sentence()


def test_an_office_may_choose_and_rename_columns(tmp_path: Path) -> None:
    columns = '[{ id = "index", title = "Số" }, { id = "title", title = "Tên" }]'
    more = f"[tables.registration_list]\ncolumns = {columns}\n"
    table: Table = _only(_written(tmp_path, "@table registration_list\n", more), Table)
    assert [cell.text for cell in table.head[0]] == ["Số", "Tên"]


def test_an_own_paper_is_a_folder_without_any_python(tmp_path: Path) -> None:
    template = "@title TỜ TRÌNH | V/v {{ label }}\n\nKính trình {{ figure('registered', 'mô hình') }}.\n"
    written = _written(tmp_path, template)
    assert plain(_only(written, Paragraph).text) == "Kính trình 12 mô hình."


# --- which papers there are ---


def test_the_result_report_is_offered() -> None:
    found = {paper.id: paper for paper in kinds()}
    assert (found["result_report"].made_for, "result_report" in found) == ("office", True)


def test_every_section_of_the_template_is_described() -> None:
    paper = kind("result_report")
    named = {line.split()[1] for line in paper.template.splitlines() if line.startswith("@section ")}
    assert named == {section.id for section in paper.sections}


@pytest.mark.parametrize("name", ["dance_report", "../papers", ""])
def test_a_paper_that_there_is_not_is_named(name: str) -> None:
    with pytest.raises(UnknownPaperError) as refused:
        kind(name)
    assert name in refused.value.sentence()


@pytest.mark.parametrize(
    ("description", "word"),
    [
        ('title = "Thử"\n', "for"),
        ("title = \n", "line 1"),
        (_DESCRIPTION + "[[sections]]\nname = 1\n", "name"),
    ],
)
def test_a_broken_description_says_what_is_wrong(tmp_path: Path, description: str, word: str) -> None:
    _own(tmp_path, "")
    (tmp_path / "own_paper" / "paper.toml").write_text(description, "utf-8")
    with pytest.raises(UnknownPaperError) as refused:
        kinds(tmp_path)
    assert word in refused.value.sentence()


def test_shipped_papers_can_all_be_read() -> None:
    assert len(kinds(PAPERS)) == len(list(PAPERS.glob("*/template.txt")))
