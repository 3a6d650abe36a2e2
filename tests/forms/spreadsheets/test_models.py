"""Models live for years: what belongs to the model, what to the registration of a year."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from db import Book, Record
from forms.spreadsheets import ImportResult
from tests.forms.spreadsheets.conftest import Import
from tests.support.workbooks import Cell, Rows

HEAD: list[Cell] = [
    "Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân", "Mã đơn vị", "Tuyến báo cáo",
    "Địa chỉ", "Nhân rộng từ", "Trạng thái", "Công trình (x)", "Số hộ",
]  # fmt: skip


def _models(*rows: Sequence[Cell]) -> dict[str, Rows]:
    return {"Mô hình": [HEAD, *rows]}


def _row(code: str = "M1", title: str = "Ngõ xanh", year: Cell = 2024, *more: Cell) -> list[Cell]:
    return [code, title, year, "Kinh tế", "Tập thể", *more]


def _model(book: Book, code: str = "M1") -> Record:
    (model,) = book.find("model", {"code": code})
    return model


def _codes(answer: ImportResult) -> list[str]:
    return [one.code for one in answer.warnings]


def test_a_row_is_a_model_and_a_registration(bring_in: Import, book: Book) -> None:
    answer = bring_in(_models(_row("0012", "Ngõ xanh", 2024, "", "", "Ngõ 5", "", "Đăng ký", "x", 40)))
    assert answer.accepted == {"model": 1, "registration": 1}
    model, (registration,) = _model(book, "0012"), book.find("registration")
    assert (model["address"], model["is_project_work"], model["households"]) == ("Ngõ 5", 1, 40)
    stated = ("model", "year", "line", "unit", "field", "subject_type", "status")
    assert {name: registration[name] for name in stated} == {
        "model": model.id, "year": 2024, "line": "territorial", "unit": book.own_unit(), "field": "economy",
        "subject_type": "collective", "status": "registered",
    }  # fmt: skip


def test_the_same_file_again_changes_nothing(bring_in: Import, book: Book) -> None:
    rows = _models(_row(), _row("M2", "Ngõ sạch", 2023, "", "", "", "M1"), _row("M1", "Ngõ xanh 2", 2025))
    bring_in(rows)
    before = book.digest()
    answer = bring_in(rows)
    assert (answer.unchanged, answer.batch) == ({"model": 2, "registration": 3}, None)
    assert book.digest() == before


def test_years_and_lines_of_one_model_are_registrations(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row(), _row("M1", "Ngõ xanh", 2023), _row("M1", "Ngõ xanh", 2024, "", "Công đoàn")))
    found = sorted((row["year"], row["line"]) for row in book.find("registration"))
    assert (book.count("model"), found) == (
        1,
        [(2023, "territorial"), (2024, "territorial"), (2024, "union")],
    )


def test_the_latest_year_gives_the_values_of_the_model(bring_in: Import, book: Book) -> None:
    later, earlier = _row("M1", "Tên mới", 2025), _row("M1", "Tên cũ", 2023, "", "", "Ngõ 5")
    answer = bring_in(_models(later, earlier))
    assert (_model(book)["title"], _model(book)["address"]) == ("Tên mới", "Ngõ 5")
    assert _codes(answer) == ["latest_year"]


def test_an_earlier_year_does_not_replace_what_the_book_has_of_a_later_one(
    bring_in: Import, book: Book
) -> None:
    bring_in(_models(_row("M1", "Tên mới", 2025)))
    answer = bring_in(_models(_row("M1", "Tên cũ", 2023, "", "", "Ngõ 5")))
    assert (_model(book)["title"], _model(book)["address"]) == ("Tên mới", "Ngõ 5")
    assert _codes(answer) == ["latest_year"]


def test_a_later_year_replaces_what_the_book_has_and_says_so(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row("M1", "Tên cũ", 2023)))
    answer = bring_in(_models(_row("M1", "Tên mới", 2025)))
    assert (_model(book)["title"], _codes(answer), answer.updated) == (
        "Tên mới",
        ["latest_year"],
        {"model": 1},
    )


def test_a_correction_of_the_same_year_is_an_update(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row()))
    answer = bring_in(_models(["M1", "Ngõ sạch", 2024, "Văn hóa - xã hội", "Tập thể"]))
    assert (answer.updated, _codes(answer)) == ({"model": 1, "registration": 1}, [])
    assert (_model(book)["title"], book.find("registration")[0]["field"]) == ("Ngõ sạch", "culture_society")


def test_one_registration_in_two_rows_counts_once(bring_in: Import, book: Book) -> None:
    answer = bring_in(_models(_row(), _row("m1", "Ngõ xanh", 2024, "", "", "Ngõ 5")))
    assert (book.count("registration"), _model(book)["address"]) == (1, "Ngõ 5")
    assert _codes(answer) == ["repeated"]


def test_two_rows_that_contradict_each_other_are_refused(bring_in: Import) -> None:
    answer = bring_in(_models(_row(), _row("M1", "Tên khác")))
    assert [(one.row, one.column) for one in answer.refused] == [(3, "Tên mô hình")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["", "Ngõ xanh", 2024, "Kinh tế", "Tập thể"], "Mã mô hình"),
        (["M1", "", 2024, "Kinh tế", "Tập thể"], "Tên mô hình"),
        (["M1", "Ngõ xanh", "hai", "Kinh tế", "Tập thể"], "Năm"),
        (["M1", "Ngõ xanh", 2024, "Kinh", "Tập thể"], "Lĩnh vực"),
        (["M1", "Ngõ xanh", 2024, "Kinh tế", "Hộ"], "Tập thể/Cá nhân"),
        (["M1", "Ngõ xanh", 2024, "Kinh tế", "Tập thể", "T9"], "Mã đơn vị"),
        (["M1", "Ngõ xanh", 2024, "Kinh tế", "Tập thể", "", "Bưu điện"], "Tuyến báo cáo"),
    ],
)
def test_a_model_that_is_not_clear_is_refused_at_its_cell(
    bring_in: Import, row: list[Cell], column: str
) -> None:
    assert [one.column for one in bring_in(_models(row)).refused] == [column]


def test_two_codes_for_what_looks_like_one_model_are_warned_of(bring_in: Import) -> None:
    bring_in(_models(_row("M1", "Ngõ xanh")))
    assert _codes(bring_in(_models(_row("MH-01", "NGÕ XANH")))) == ["nearly_equal"]


# --- replication -----------------------------------------------------------------------------------------


def test_the_source_of_a_model_may_come_later_in_the_file(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row("M2", "Ngõ sạch", 2024, "", "", "", "M1"), _row()))
    assert _model(book, "M2")["replicated_from"] == _model(book).id


def test_a_source_is_found_by_its_name_where_only_one_has_it(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row()))
    bring_in(_models(_row("M2", "Ngõ sạch", 2024, "", "", "", "ngõ xanh")))
    assert _model(book, "M2")["replicated_from"] == _model(book).id


def test_a_source_may_be_named_by_a_title_of_the_same_file(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row("M2", "Ngõ sạch", 2024, "", "", "", "ngõ xanh"), _row()))
    assert _model(book, "M2")["replicated_from"] == _model(book).id


def test_a_title_that_two_models_have_names_no_source(bring_in: Import, book: Book) -> None:
    twins = (_row(), _row("M3"), _row("M2", "Ngõ sạch", 2024, "", "", "", "ngõ xanh"))
    assert "unknown_source" in _codes(bring_in(_models(*twins)))
    assert _model(book, "M2")["replicated_from"] is None


@pytest.mark.parametrize("source", ["Ngõ văn minh, phường khác", "M2"])
def test_a_source_that_is_not_in_the_book_is_kept_in_words(bring_in: Import, book: Book, source: str) -> None:
    rows = _models(_row("M2", "Ngõ sạch", 2024, "", "", "", source))
    answer = bring_in(rows)
    assert (_model(book, "M2")["notes"], _codes(answer)) == (f"Nhân rộng từ: {source}", ["unknown_source"])
    assert bring_in(rows).unchanged == {"model": 1, "registration": 1}


def test_models_replicated_from_each_other_in_a_circle_still_land(bring_in: Import, book: Book) -> None:
    rows = [
        _row("A", "Một", 2024, "", "", "", "B"),
        _row("B", "Hai", 2024, "", "", "", "C"),
        _row("C", "Ba", 2024, "", "", "", "A"),
    ]
    assert bring_in(_models(*rows)).landed
    assert (book.count("model"), bring_in(_models(*rows)).unchanged["model"]) == (3, 3)


# --- hands and the bin -----------------------------------------------------------------------------------


def test_what_a_person_wrote_is_kept_and_told(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row()))
    with book.writing("an") as write:
        write.change("model", _model(book).id, {"title": "Tên sửa tay"})
    answer = bring_in(_models(_row()))
    assert (_model(book)["title"], answer.unchanged["model"]) == ("Tên sửa tay", 1)
    (told,) = answer.warnings
    assert (told.code, told.row, told.column, told.value) == ("kept_by_hand", 2, "Tên mô hình", "Ngõ xanh")
    assert "Tên sửa tay" in told.reason


def test_overwriting_is_asked_for_and_told(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row()))
    with book.writing("an") as write:
        write.change("model", _model(book).id, {"title": "Tên sửa tay"})
    answer = bring_in(_models(_row()), overwrite=True)
    assert (_model(book)["title"], answer.updated, _codes(answer)) == (
        "Ngõ xanh",
        {"model": 1},
        ["overwritten"],
    )


def test_what_a_person_emptied_stays_empty(bring_in: Import, book: Book) -> None:
    rows = _models(_row("M1", "Ngõ xanh", 2024, "", "", "Ngõ 5"))
    bring_in(rows)
    with book.writing("an") as write:
        write.change("model", _model(book).id, {"address": None})
    assert (_codes(bring_in(rows)), _model(book)["address"]) == (["kept_by_hand"], None)


def test_what_an_undo_brought_back_is_as_it_was_before(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row()))
    changed = _models(_row("M1", "Ngõ sạch"))
    batch = bring_in(changed).batch
    book.undo("an", batch)
    assert bring_in(changed).updated == {"model": 1}


def test_a_hand_written_value_stays_one_after_an_undo(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row()))
    with book.writing("an") as write:
        write.change("model", _model(book).id, {"title": "Tên sửa tay"})
    batch = bring_in(_models(_row()), overwrite=True).batch
    book.undo("an", batch)
    assert _codes(bring_in(_models(_row()))) == ["kept_by_hand"]


def test_a_model_in_the_bin_is_not_brought_back(bring_in: Import, book: Book) -> None:
    sheets = {**_models(_row()), "Giám sát": [["Mã mô hình", "Ngày"], ["M1", "01/05/2024"]]}
    bring_in(sheets)
    with book.writing("an") as write:
        write.remove("model", _model(book).id)
    answer = bring_in(sheets)
    assert (answer.landed, book.count("model"), book.count("supervision")) == (True, 0, 0)
    assert answer.unchanged == {"model": 1, "registration": 1, "supervision": 1}


def test_nothing_new_can_belong_to_a_model_in_the_bin(bring_in: Import, book: Book) -> None:
    bring_in(_models(_row()))
    with book.writing("an") as write:
        write.remove("model", _model(book).id)
    sheets = {
        **_models(_row("M1", "Ngõ xanh", 2025)),
        "Giám sát": [["Mã mô hình", "Ngày"], ["M1", "01/05/2024"]],
    }
    assert [one.sheet for one in bring_in(sheets).refused] == ["Mô hình", "Giám sát"]


def test_a_registration_in_the_bin_is_not_brought_back(bring_in: Import, book: Book) -> None:
    rows = _models(_row(), _row("M1", "Ngõ xanh", 2023))
    bring_in(rows)
    with book.writing("an") as write:
        write.remove("registration", book.find("registration", {"year": 2023})[0].id)
    answer = bring_in(rows)
    assert (book.count("registration"), answer.unchanged["registration"], _codes(answer)) == (
        1,
        2,
        ["in_bin"],
    )


def test_an_undone_import_comes_in_again(bring_in: Import, book: Book) -> None:
    batch = bring_in(_models(_row())).batch
    book.undo("an", batch)
    assert bring_in(_models(_row())).accepted == {"model": 1, "registration": 1}


def test_a_row_restored_without_its_model_stays_as_it_is(bring_in: Import, book: Book) -> None:
    sheets = {**_models(_row()), "Giám sát": [["Mã mô hình", "Ngày"], ["M1", "01/05/2024"]]}
    bring_in(sheets)
    (inspection,) = book.find("supervision")
    with book.writing("an") as write:
        write.remove("model", _model(book).id)
        write.set_removed("supervision", inspection.id, None)
    assert bring_in(sheets).unchanged == {"model": 1, "registration": 1, "supervision": 1}
