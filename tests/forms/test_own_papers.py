"""An office writes its own template; it is tried first, kept in the book, and the shipped one comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

import forms
from db import Book
from forms import PaperRequest
from forms.paper_kinds import UnknownPaperError
from forms.template import BadTemplateError

KIND = "result_report"


@pytest.fixture
def files(book: Book, tmp_path: Path) -> Path:
    """The two files of the report, saved to be changed."""
    forms.save_files(book, KIND, tmp_path / "mau")
    return tmp_path / "mau"


def _title(book: Book) -> str:
    return forms.draft_paper(book, PaperRequest(kind=KIND, period="2026", unit=book.own_unit())).title


def _retitle(files: Path, title: str) -> None:
    """What a clerk may do in Notepad, which puts a mark before the text."""
    file = files / "template.txt"
    before = file.read_text("utf-8").splitlines()
    lines = [f"@title {title}" if line.startswith("@title") else line for line in before]
    file.write_text("\n".join(lines), "utf-8-sig")


def test_without_a_change_the_shipped_paper_is_written(book: Book) -> None:
    assert not forms.is_own(book, KIND)
    assert forms.kind_in(book, KIND) == forms.kind(KIND)


def test_the_saved_files_are_those_in_force(book: Book, files: Path) -> None:
    assert {file.name: file.read_text("utf-8") for file in files.iterdir()} == forms.files_of(book, KIND)


def test_saving_never_writes_over_a_file(book: Book, files: Path) -> None:
    (files / "paper.toml").write_text("của tôi", "utf-8")
    with pytest.raises(FileExistsError):
        forms.save_files(book, KIND, files)
    assert (files / "paper.toml").read_text("utf-8") == "của tôi"


def test_files_as_they_were_saved_change_nothing_that_is_printed(book: Book, files: Path) -> None:
    before = _title(book)
    forms.use_files(book, KIND, files)
    assert (_title(book), forms.is_own(book, KIND)) == (before, True)


def test_a_changed_template_is_what_papers_are_made_of(book: Book, files: Path) -> None:
    _retitle(files, "Kết quả phong trào của phường")
    forms.use_files(book, KIND, files)
    assert "Kết quả phong trào của phường" in _title(book)


def test_using_the_same_files_again_changes_nothing(book: Book, files: Path) -> None:
    assert forms.use_files(book, KIND, files)
    assert forms.use_files(book, KIND, files) is None


def test_a_changed_template_can_be_undone(book: Book, files: Path) -> None:
    forms.use_files(book, KIND, files)
    book.undo(book.account)
    assert not forms.is_own(book, KIND)


def test_the_shipped_template_comes_back(book: Book, files: Path) -> None:
    before = _title(book)
    _retitle(files, "Khác")
    forms.use_files(book, KIND, files)
    assert forms.use_shipped(book, KIND)
    assert (_title(book), forms.use_shipped(book, KIND)) == (before, None)


def test_a_template_that_cannot_be_filled_is_refused_with_its_line_and_nothing_changes(
    book: Book, files: Path
) -> None:
    with (files / "template.txt").open("a", encoding="utf-8") as opened:
        opened.write("\n{{ khong_co }}\n")
    with pytest.raises(BadTemplateError) as refused:
        forms.use_files(book, KIND, files)
    assert "khong_co" in refused.value.sentence()
    assert not forms.is_own(book, KIND)


def test_a_broken_description_is_refused(book: Book, files: Path) -> None:
    (files / "paper.toml").write_text("title = ", "utf-8")
    with pytest.raises(UnknownPaperError):
        forms.use_files(book, KIND, files)


def test_only_papers_that_there_are_can_be_changed(book: Book, files: Path) -> None:
    with pytest.raises(UnknownPaperError):
        forms.use_files(book, "dance_report", files)
