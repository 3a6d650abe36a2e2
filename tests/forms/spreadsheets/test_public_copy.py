"""The whole book for others: masked as papers are, enterprises and counts as they are."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from db import Book
from db.records.definition import Value
from forms import spreadsheets
from forms.audience import veil_of
from tests.support.books import (
    add_contribution,
    add_model,
    add_registration,
)

GIVER, COMPANY, MEMBER, IN_CHARGE = "Hộ bà Cao Thị Sen", "Công ty Nắng Sớm", "Đỗ Văn Hạnh", "Vũ Đình Khánh"
SECRETS = ("Cao Thị Sen", MEMBER, IN_CHARGE, "0912345678", "0987654321", "ngõ Mai Vàng", "1976")


@pytest.fixture
def book(book: Book) -> Book:
    """A model with a giver, an enterprise and a member, and a consent that was withdrawn."""
    with book.writing("an") as write:
        model = add_model(write, address="Số 7 ngõ Mai Vàng", person_in_charge=IN_CHARGE, phone="0912345678")
        add_registration(write, model, subject_type="individual", registrant=MEMBER)
        gift: dict[str, Value] = {"contributor": GIVER, "contributor_kind": "household"}
        add_contribution(write, model, amount_vnd=1_234_567, source_key="the hash of it", **gift)
        add_contribution(
            write, model, contributor=COMPANY, contributor_kind="enterprise", amount_vnd=7_654_321
        )
        person = write.add("person", {"full_name": MEMBER, "phone": "0987654321", "birth_year": 1976})
        write.add("model_member", {"model": model, "person": person, "role": "Tổ trưởng"})
        gone: dict[str, Value] = {"given_on": "2026-01-01", "withdrawn_on": "2026-02-01"}
        write.add("consent", {"full_name": GIVER, "scope": "name", **gone})
    return book


def _export(book: Book, folder: Path, audience: str) -> tuple[Path, spreadsheets.Exported]:
    file = folder / f"{audience}.xlsx"
    return file, spreadsheets.export_book(book, file, veil=veil_of(book, audience))


def _raw(file: Path) -> str:
    with zipfile.ZipFile(file) as packed:
        return " ".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def _given(file: Path) -> list[tuple[object, ...]]:
    headings, *rows = CalamineWorkbook.from_path(file).get_sheet_by_name("Đóng góp").to_python()
    wanted = [headings.index(name) for name in ("Người/đơn vị đóng góp", "Số lượng")]
    return [tuple(row[at] for at in wanted) for row in rows]


def test_an_internal_copy_holds_everything(book: Book, tmp_path: Path) -> None:
    text = _raw(_export(book, tmp_path, "internal")[0])
    assert [each for each in SECRETS if each not in text] == []


def test_a_public_copy_holds_nothing_that_nobody_agreed_to(book: Book, tmp_path: Path) -> None:
    text = _raw(_export(book, tmp_path, "public")[0])
    assert [each for each in (*SECRETS, "1234567", "the hash of it") if each in text] == []


def test_a_public_copy_says_that_an_amount_is_hidden_and_keeps_enterprises(
    book: Book, tmp_path: Path
) -> None:
    rows = _given(_export(book, tmp_path, "public")[0])
    assert rows == [("Hộ gia đình", "(ẩn)"), (COMPANY, 7_654_321)]


def test_the_office_above_gets_names_and_amounts_without_phones(book: Book, tmp_path: Path) -> None:
    text = _raw(_export(book, tmp_path, "upper")[0])
    hidden = {each for each in SECRETS if each not in text}
    assert hidden == {"0912345678", "0987654321", "ngõ Mai Vàng"} and "1234567" in text


@pytest.mark.parametrize("audience", ["upper", "public"])
def test_consents_themselves_stay_in_the_office(book: Book, tmp_path: Path, audience: str) -> None:
    file, made = _export(book, tmp_path, audience)
    assert "Đồng ý công khai" not in CalamineWorkbook.from_path(file).sheet_names
    assert made.left_out["consent"] == 1


def test_a_public_copy_tells_the_clerk_what_it_masked(book: Book, tmp_path: Path) -> None:
    assert len(_export(book, tmp_path, "public")[1].remarks) == 1


def test_a_name_in_the_clerks_words_is_told_with_its_sheet(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as write:
        write.change("model", book.find("model")[0].id, {"situation": f"Nhà ông {MEMBER} ở đầu ngõ"})
    remarks = _export(book, tmp_path, "public")[1].remarks
    assert any("Mô hình" in each and MEMBER in each for each in remarks)


def test_all_copies_have_the_same_rows(book: Book, tmp_path: Path) -> None:
    counts = [_export(book, tmp_path, each)[1].rows for each in ("internal", "upper", "public")]
    assert counts[0] == counts[1] | {"Đồng ý công khai": 1} and counts[1] == counts[2]


def test_a_copy_for_others_has_no_row_that_says_who_gave_nothing(book: Book, tmp_path: Path) -> None:
    with book.writing("an") as write:
        add_contribution(write, book.find("model")[0].id, contributor="Chợ Nhỏ", amount_vnd=0)
    file, _made = _export(book, tmp_path, "upper")
    assert "Chợ Nhỏ" not in _raw(file)


def test_no_copy_has_a_sheet_of_who_gave_nothing(book: Book, tmp_path: Path) -> None:
    made = _export(book, tmp_path, "internal")[1]
    assert sum(made.rows[name] for name in made.rows if "óng góp" in name) == book.count("contribution")
