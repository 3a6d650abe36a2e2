"""Which papers of the register are outdated: all that somebody signed, and the newest draft of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import Book
from forms import issue
from forms.issue import draft_paper, issue_paper, outdated_papers
from forms.paper_request import PaperRequest
from forms.signing.keys import SigningKey, load_key
from forms.signing.practice import make_practice, write_practice
from tests.support.books import add_contribution, add_model, add_registration


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    """A practice key in force on the day of the tests' clock."""
    made = make_practice("Nguyễn Văn Bình", "Phường Thử", "thu-nghiem", datetime(2026, 11, 1, tzinfo=UTC))
    return load_key(write_practice(made, tmp_path).p12, "thu-nghiem")


def _issued(book: Book, folder: Path, key: SigningKey | None = None, **asked: Any) -> str:
    """The id of a paper in the register; ``asked`` replaces parts of the usual request."""
    request = PaperRequest(**{"kind": "result_report", "period": "2026", "unit": book.own_unit(), **asked})
    file = folder / f"{book.count('paper')}.pdf"
    return issue_paper(book, draft_paper(book, request), file, key=key).record


def _register_one(book: Book, code: str = "MH01") -> None:
    with book.writing("an") as write:
        add_registration(write, add_model(write, code), year=2026)


def _outdated(book: Book) -> set[str]:
    return {paper.id for paper in outdated_papers(book)}


def test_a_paper_whose_figures_stand_is_not_outdated(book: Book, tmp_path: Path) -> None:
    _register_one(book)
    _issued(book, tmp_path)
    assert _outdated(book) == set()


def test_the_newest_draft_is_outdated_once_its_figures_change(book: Book, tmp_path: Path) -> None:
    paper = _issued(book, tmp_path)
    _register_one(book)
    assert _outdated(book) == {paper}


def test_a_draft_that_a_newer_one_replaced_is_not_told_of(book: Book, tmp_path: Path) -> None:
    _issued(book, tmp_path)
    _register_one(book)
    _issued(book, tmp_path)
    assert _outdated(book) == set()


def test_of_several_drafts_only_the_newest_is_told_of(book: Book, tmp_path: Path) -> None:
    _issued(book, tmp_path)
    newest = _issued(book, tmp_path, cutoff=date(2026, 12, 31))
    _register_one(book)
    assert _outdated(book) == {newest}


def test_a_draft_dated_earlier_but_made_later_is_the_newer_one(book: Book, tmp_path: Path) -> None:
    _issued(book, tmp_path, issued_on=date(2026, 11, 20))
    later = _issued(book, tmp_path, issued_on=date(2026, 11, 1))
    _register_one(book)
    assert _outdated(book) == {later}


def test_a_signed_paper_is_told_of_however_many_drafts_follow(
    book: Book, tmp_path: Path, key: SigningKey
) -> None:
    signed = _issued(book, tmp_path, key)
    _register_one(book)
    _issued(book, tmp_path)
    assert _outdated(book) == {signed}


def test_a_draft_before_the_signed_paper_is_replaced_by_it(
    book: Book, tmp_path: Path, key: SigningKey
) -> None:
    _issued(book, tmp_path)
    _register_one(book)
    _issued(book, tmp_path, key)
    assert _outdated(book) == set()


@pytest.mark.parametrize("other", [{"period": "2025..2026"}, {"audience": "public"}])
def test_drafts_of_another_period_or_for_others_replace_nothing(
    book: Book, tmp_path: Path, other: dict[str, Any]
) -> None:
    papers = {_issued(book, tmp_path), _issued(book, tmp_path, **other)}
    _register_one(book)
    assert _outdated(book) == papers


def test_the_book_is_read_once_and_each_question_answered_once(
    book: Book, tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    for label in ("", "năm đầu", "năm một"):
        _issued(book, tmp_path, key, label=label)
    _issued(book, tmp_path, key, period="2025")
    calls = {"load_sums": 0, "compute": 0}
    for name in calls:
        _count(monkeypatch, name, calls)
    outdated_papers(book)
    assert calls == {"load_sums": 1, "compute": 2}


def _count(monkeypatch: pytest.MonkeyPatch, name: str, calls: dict[str, int]) -> None:
    real = getattr(issue, name)

    def counted(*rest: object) -> object:
        calls[name] += 1
        return real(*rest)

    monkeypatch.setattr(issue, name, counted)


def test_a_register_without_papers_reads_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = {"load_sums": 0}
    _count(monkeypatch, "load_sums", calls)
    assert (outdated_papers(book), calls) == ([], {"load_sums": 0})


def test_papers_of_several_periods_all_stand_while_nothing_changes(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as write:
        for at in range(4):
            model = add_model(write, f"MH{at}")
            add_registration(write, model, year=2023 + at)
            add_contribution(write, model, given_on=(date(2023, 3, 1) + timedelta(days=300 * at)).isoformat())
    papers = {_issued(book, tmp_path, period=period) for period in ("2023", "2023..2026", "2025Q1")}
    assert (len(papers), _outdated(book)) == (3, set())
