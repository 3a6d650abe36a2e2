"""Which row is which: the same file twice, equal rows, nearly equal rows, Mã dòng, hands and the bin."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Book, Record
from forms.spreadsheets import ImportResult
from forms.spreadsheets.identity import Identities
from forms.spreadsheets.layout import CONTRIBUTIONS
from forms.spreadsheets.rows import Entry
from tests.forms.spreadsheets.conftest import Import
from tests.support.workbooks import Cell, Rows

HEAD: list[Cell] = [
    "Mã đơn vị",
    "Người/đơn vị đóng góp",
    "Hình thức",
    "Số lượng",
    "Ngày",
    "Ghi chú",
    "Mã dòng",
]


def _given(*rows: Sequence[Cell]) -> dict[str, Rows]:
    return {"Đóng góp": [HEAD, *rows]}


def _row(who: str = "Bà Lan", amount: Cell = 500_000, notes: str = "", line: str = "") -> list[Cell]:
    return ["P01", who, "Tiền mặt", amount, "01/05/2024", notes, line]


def _only(book: Book) -> Record:
    (record,) = book.find("contribution")
    return record


def _codes(answer: ImportResult) -> list[str]:
    return [one.code for one in answer.warnings]


def test_the_same_file_twice_changes_nothing(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row(), _row(), _row("Ông Bình")))
    before = book.digest()
    answer = bring_in(_given(_row(), _row(), _row("Ông Bình")))
    assert (answer.accepted, answer.updated, answer.unchanged) == ({}, {}, {"contribution": 3})
    assert book.digest() == before


def test_two_equal_rows_of_one_file_are_two(bring_in: Import, book: Book) -> None:
    answer = bring_in(_given(_row(), _row()))
    assert (book.count("contribution"), _codes(answer)) == (2, ["nearly_equal"])


def test_a_file_with_one_equal_row_more_adds_one(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row()))
    assert bring_in(_given(_row(), _row())).accepted == {"contribution": 1}
    assert book.count("contribution") == 2


def test_how_a_value_is_written_does_not_matter(bring_in: Import) -> None:
    bring_in(_given(["P01", "Bà Lan", "Tiền mặt", "500.000", "01/05/2024"]))
    again: list[Cell] = ["p01", " Bà  Lan", "tiền mặt", 500_000.0, "2024-05-01"]
    assert bring_in(_given(again)).unchanged == {"contribution": 1}


def test_the_order_of_rows_and_columns_does_not_matter(bring_in: Import) -> None:
    bring_in(_given(_row(), _row("Ông Bình")))
    turned = {"Đóng góp": [HEAD[::-1], _row("Ông Bình")[::-1], _row()[::-1]]}
    assert bring_in(turned).unchanged == {"contribution": 2}


def test_a_row_that_differs_in_spelling_only_is_warned_of(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row("Bà Lan")))
    answer = bring_in(_given(_row("BA LAN"), _row("Ông Bình")))
    assert (book.count("contribution"), [(one.code, one.row) for one in answer.warnings]) == (
        3,
        [("nearly_equal", 2)],
    )


def test_nearly_equal_rows_of_one_file_are_warned_of(bring_in: Import) -> None:
    answer = bring_in(_given(_row(), _row(notes="lần 2")))
    assert [(one.code, one.row) for one in answer.warnings] == [("nearly_equal", 3)]


def test_rows_of_one_file_that_differ_in_the_sum_are_not_warned_of(bring_in: Import) -> None:
    assert bring_in(_given(_row(), _row(amount=600_000))).warnings == ()


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        (["P01", "Bà Lan", "Tiền mặt", 600_000, "01/05/2024"], "Số lượng"),
        (["P01", "Bà Lan", "Tiền mặt", 500_000, "02/05/2024"], "Ngày"),
        (["T1", "Bà Lan", "Tiền mặt", 500_000, "01/05/2024"], "Mã đơn vị"),
    ],
)
def test_a_row_that_may_correct_a_record_is_warned_of(
    bring_in: Import, changed: list[Cell], column: str
) -> None:
    bring_in({"Đơn vị": [["Mã đơn vị", "Tên đơn vị"], ["T1", "Tổ 1"]], **_given(_row(), _row("Ông Bình"))})
    answer = bring_in(_given(changed, _row("Ông Bình")))
    assert (answer.accepted, answer.unchanged) == ({"contribution": 1}, {"contribution": 1})
    (told,) = answer.warnings
    assert (told.code, told.row, told.value) == ("nearly_equal", 2, "Bà Lan")
    assert column in told.reason


def test_what_comes_every_month_is_told_once(bring_in: Import) -> None:
    def month(day: str) -> dict[str, Rows]:
        return _given(*(("P01", f"Hộ số {number}", "Tiền mặt", 50_000, day) for number in range(30)))

    bring_in(month("01/05/2024"))
    answer = bring_in(month("01/06/2024"))
    assert [(one.code, one.row, one.column) for one in answer.warnings] == [("nearly_equal", None, "Ngày")]
    assert "30" in answer.warnings[0].reason


# --- Mã dòng ---------------------------------------------------------------------------------------------


def test_a_row_with_its_own_identity_is_updated(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row(line="A1")))
    assert bring_in(_given(_row(amount=700_000, line="A1"))).updated == {"contribution": 1}
    assert _only(book)["amount_vnd"] == 700_000


def test_an_emptied_cell_of_such_a_row_is_emptied(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row(notes="lần 1", line="A1")))
    bring_in(_given(_row(line="A1")))
    assert _only(book)["notes"] is None


def test_money_that_becomes_labour_leaves_no_money_behind(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row(line="A1")))
    bring_in(_given(["P01", "Bà Lan", "Ngày công", 2, "01/05/2024", "", "A1"]))
    record = _only(book)
    assert (record["amount_vnd"], record["quantity"], record["measure"]) == (None, 20_000, "ngày công")
    bring_in(_given(_row(line="A1")))
    record = _only(book)
    assert (record["amount_vnd"], record["quantity"], record["measure"]) == (500_000, None, None)


def test_a_column_that_is_not_there_empties_nothing(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row(notes="lần 1", line="A1")))
    head = [heading for heading in HEAD if heading != "Ghi chú"]
    bring_in({"Đóng góp": [head, ["P01", "Bà Lan", "Tiền mặt", 500_000, "01/05/2024", "A1"]]})
    assert _only(book)["notes"] == "lần 1"


def test_one_identity_in_two_rows_is_refused(bring_in: Import) -> None:
    answer = bring_in(_given(_row(line="A1"), _row("Ông Bình", line="A1")))
    assert [(one.row, one.column) for one in answer.refused] == [(3, "Mã dòng")]


def test_a_record_typed_by_hand_is_met_by_its_own_id(bring_in: Import, book: Book) -> None:
    with book.writing("an") as write:
        typed = write.add(
            "contribution",
            {
                "unit": book.own_unit(),
                "contributor": "Bà Lan",
                "kind": "cash",
                "amount_vnd": 1,
                "given_on": "2024-05-01",
            },
        )
    answer = bring_in(_given(_row(line=typed)))
    assert (answer.unchanged, _codes(answer)) == ({"contribution": 1}, ["kept_by_hand"])
    assert bring_in(_given(_row(line=typed)), overwrite=True).updated == {"contribution": 1}
    assert _only(book)["amount_vnd"] == 500_000


def test_a_total_that_is_nearly_equal_is_told_by_its_indicator(bring_in: Import) -> None:
    head: list[Cell] = ["Mã đơn vị", "Từ ngày", "Đến ngày", "Chỉ tiêu", "Giá trị", "Đơn vị tính"]
    row: list[Cell] = ["P01", "01/01/2024", "31/12/2024", "Mô hình đăng ký", 3]
    answer = bring_in({"Số liệu báo cáo": [head, [*row, ""], [*row, "mô hình"]]})
    assert [(one.code, one.value) for one in answer.warnings] == [("nearly_equal", "Mô hình đăng ký")]


# --- hands and the bin -----------------------------------------------------------------------------------


def test_a_value_changed_by_hand_is_kept_and_told(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row()))
    with book.writing("an") as write:
        write.change("contribution", _only(book).id, {"amount_vnd": 550_000})
    answer = bring_in(_given(_row()))
    assert (_only(book)["amount_vnd"], _codes(answer)) == (550_000, ["kept_by_hand"])
    assert "550.000" in answer.warnings[0].reason
    assert answer.warnings[0].column == "Số lượng"


def test_overwriting_brings_back_the_value_of_the_file(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row()))
    with book.writing("an") as write:
        write.change("contribution", _only(book).id, {"amount_vnd": 550_000})
    assert bring_in(_given(_row()), overwrite=True).updated == {"contribution": 1}
    assert _only(book)["amount_vnd"] == 500_000


def test_a_row_in_the_bin_is_not_brought_back(bring_in: Import, book: Book) -> None:
    bring_in(_given(_row()))
    with book.writing("an") as write:
        write.remove("contribution", _only(book).id)
    answer = bring_in(_given(_row()))
    assert (book.count("contribution"), answer.unchanged, _codes(answer)) == (
        0,
        {"contribution": 1},
        ["in_bin"],
    )


def test_a_member_again_updates_the_person(bring_in: Import, book: Book) -> None:
    model: Rows = [
        ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"],
        ["M1", "Ngõ xanh", 2024, "Kinh tế", "Tập thể"],
    ]
    head: list[Cell] = ["Mã mô hình", "Họ và tên", "Điện thoại", "Mã dòng"]

    def members(phone: str) -> dict[str, Rows]:
        return {"Mô hình": model, "Thành viên": [head, ["M1", "Trần Thị Lan", phone, "A1"]]}

    bring_in(members("0912 345 678"))
    assert bring_in(members("0912 345 678")).unchanged["model_member"] == 1
    assert bring_in(members("0987 654 321")).updated == {"model_member": 1}
    assert [person["phone"] for person in book.find("person")] == ["0987 654 321"]


@given(st.lists(st.sampled_from(["Bà Lan", "Ông Bình", "Ông Cường"]), max_size=12))
def test_every_row_of_a_file_has_an_identity_of_its_own_whatever_the_order(names: list[str]) -> None:
    def identities(rows: Sequence[str]) -> list[str]:
        known = Identities(CONTRIBUTIONS)
        return [known.of(Entry("Đóng góp", 2, {"contributor": name}))[0] for name in rows]

    made = identities(names)
    assert len(set(made)) == len(names)
    assert set(identities(names[::-1])) == set(made)
