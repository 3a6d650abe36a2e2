"""All or nothing: refused rows, one batch, undo, cancelling, faults on the way."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from db import Book
from forms.spreadsheets import ImportCancelledError, ImportPlan, land, plan, read_workbook
from tests.forms.spreadsheets.conftest import Import
from tests.support.books import NOON
from tests.support.workbooks import Rows, save

SHEETS: dict[str, Rows] = {
    "Đơn vị": [["Mã đơn vị", "Tên đơn vị", "Loại đơn vị"], ["T1", "Tổ 1", "Tổ dân phố"]],
    "Mô hình": [
        ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Mã đơn vị"],
        ["M1", "Ngõ xanh", 2024, "Kinh tế", "Tập thể", "T1"],
    ],
    "Đóng góp": [
        ["Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ngày"],
        *(("M1", f"Hộ số {number}", "Tiền mặt", 100_000 + number, "01/05/2024") for number in range(600)),
    ],
}
WITH_FAULT: dict[str, Rows] = {
    **SHEETS,
    "Giám sát": [["Mã mô hình", "Ngày"], ["M1", "01/05/2024"], ["M2", "01/05/2024"]],
}


@pytest.fixture
def planned(book: Book, tmp_path: Path) -> ImportPlan:
    return plan(read_workbook(save(tmp_path / "list.xlsx", SHEETS)), book, NOON.date())


def test_planning_writes_nothing(book: Book, tmp_path: Path) -> None:
    before = book.digest()
    made = plan(read_workbook(save(tmp_path / "list.xlsx", SHEETS)), book, NOON.date())
    assert book.digest() == before
    assert made.preview().as_json() == {
        "landed": False, "batch": None, "updated": {}, "unchanged": {}, "refused": [], "warnings": [],
        "accepted": {"contribution": 600, "model": 1, "org_unit": 1, "registration": 1},
    }  # fmt: skip


def test_an_import_is_one_batch_with_the_name_of_the_file(book: Book, planned: ImportPlan) -> None:
    answer = land(planned, book, "an")
    newest, _undone = book.batches()[0]
    assert (newest.id, newest.act, newest.title, newest.actor) == (answer.batch, "import", "list.xlsx", "an")


def test_with_one_refused_row_nothing_lands(bring_in: Import, book: Book) -> None:
    before = book.digest()
    answer = bring_in(WITH_FAULT)
    assert (answer.landed, answer.batch, book.digest()) == (False, None, before)
    assert answer.accepted["supervision"] == 1
    reason = answer.refused[0].reason
    assert answer.as_json()["refused"] == [
        {"sheet": "Giám sát", "row": 3, "column": "Mã mô hình", "value": "M2", "reason": reason}
    ]


def test_the_good_rows_land_when_that_is_asked_for(bring_in: Import, book: Book) -> None:
    answer = bring_in(WITH_FAULT, accept_good=True)
    assert (answer.landed, len(answer.refused), book.count("supervision")) == (True, 1, 1)


def test_undo_of_an_import_leaves_the_book_as_it_was(bring_in: Import, book: Book) -> None:
    before = book.digest()
    book.undo("an", bring_in(SHEETS).batch)
    assert book.digest() == before


def test_undo_keeps_what_was_corrected_by_hand(bring_in: Import, book: Book) -> None:
    batch = bring_in(SHEETS).batch
    with book.writing("an") as write:
        for record in book.find("contribution")[:3]:
            write.change("contribution", record.id, {"amount_vnd": 1})
    undone = book.undo("an", batch)
    assert (book.count("contribution"), len([one for one in undone.kept if one.type == "contribution"])) == (
        3,
        3,
    )


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_cancelled_import_leaves_nothing_behind(book: Book, planned: ImportPlan, after: int) -> None:
    before, asked = book.digest(), iter(range(100))
    with pytest.raises(ImportCancelledError) as told:
        land(planned, book, "an", cancelled=lambda: next(asked) >= after)
    assert told.value.sentence()
    assert (book.digest(), len(book.batches())) == (before, 1)
    assert land(planned, book, "an").landed


def test_progress_is_told_to_the_end(book: Book, planned: ImportPlan) -> None:
    told: list[tuple[int, int]] = []
    land(planned, book, "an", progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert (told[0][0], told[-1]) == (0, (604, 604))


def test_progress_that_raises_stops_reading_too(book: Book, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise ImportCancelledError

    with pytest.raises(ImportCancelledError):
        plan(read_workbook(save(tmp_path / "list.xlsx", SHEETS)), book, NOON.date(), progress=stop)


def _fails_at(number: int) -> Callable[[int, int], None]:
    def report(done: int, _total: int) -> None:
        if done >= number:
            raise OSError(errno.ENOSPC, "no space")

    return report


@pytest.mark.parametrize("number", [0, 2, 500, 604])
def test_a_fault_on_the_way_leaves_nothing_behind(book: Book, planned: ImportPlan, number: int) -> None:
    before = book.digest()
    with pytest.raises(OSError, match="no space"):
        land(planned, book, "an", progress=_fails_at(number))
    assert book.digest() == before


def test_an_import_that_changes_nothing_makes_no_batch(bring_in: Import, book: Book) -> None:
    bring_in(SHEETS)
    batches = len(book.batches())
    assert (bring_in(SHEETS).landed, len(book.batches())) == (True, batches)
