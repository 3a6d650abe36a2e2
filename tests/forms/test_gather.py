"""From a book to the data of a paper: the rows behind the figures, the office, the clerk's texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db import Book
from db.figures import compute, data_digest, load
from db.records.definition import Value
from db.writing import Writing
from forms.gather import gather
from forms.office_name import in_sentence
from forms.paper import make
from forms.paper_data import PaperData
from forms.paper_request import PaperRequest
from tests.support.books import (
    add_contribution,
    add_model,
    add_registration,
)


def _request(book: Book, **more: Any) -> PaperRequest:
    return PaperRequest(
        "result_report", more.pop("period", "2024"), more.pop("unit", book.own_unit()), **more
    )


def _gathered(book: Book, **more: Any) -> PaperData:
    return gather(book, _request(book, **more))


def _unit(write: Writing, own: str, code: str, name: str) -> str:
    unit = write.add("org_unit", {"code": code, "name": name, "kind": "residential_group"})
    write.add("unit_parent", {"unit": unit, "parent": own})
    return unit


def _profile(book: Book, **values: Value) -> None:
    with book.writing("an") as write:
        write.change("office_profile", book.find("office_profile")[0].id, values)


# --- rows ---


def test_registrations_come_in_the_order_of_units_and_codes(book: Book) -> None:
    with book.writing("an") as write:
        units = [_unit(write, book.own_unit(), f"T{number}", f"Tổ {number}") for number in (10, 2)]
        for unit, code in ((units[0], "M1"), (units[1], "M10"), (units[1], "M2")):
            add_registration(write, add_model(write, code, title=code), unit=unit)
    assert [(row.unit, row.title) for row in _gathered(book).registrations] == [
        ("Tổ 2", "M2"), ("Tổ 2", "M10"), ("Tổ 10", "M1"),
    ]  # fmt: skip


def test_the_list_has_as_many_rows_as_models_are_registered(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        add_registration(write, model)
        add_registration(write, model, line="union")
        add_registration(write, add_model(write, "MH02"), status="draft")
        add_registration(write, add_model(write, "MH03"), year=2023)
    data = _gathered(book)
    assert (len(data.registrations), data.figures["models"]["registered"]) == (1, 1)


def test_a_row_tells_what_model_and_registration_tell(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(
            write, address="Ngõ 5", method="Họp dân. " * 50, person_in_charge="Lê Văn Mẫu", phone="0900000000"
        )
        add_registration(
            write, model, registrant="Chi bộ 5", level="grassroots", kind="new", unit=book.own_unit()
        )
    (row,) = _gathered(book).registrations
    assert (row.unit, row.registrant, row.address, row.level, row.kind, row.phone) == (
        "Phường Thử Nghiệm", "Chi bộ 5", "Ngõ 5", "grassroots", "new", "0900000000",
    )  # fmt: skip
    assert (len(row.summary) <= 241, row.summary.endswith("…")) == (True, True)


def test_contributions_of_the_period_come_by_day(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write, title="Ngõ sáng")
        add_registration(write, model)
        add_contribution(write, model, contributor="B", given_on="2024-06-01")
        add_contribution(write, model, contributor="A", given_on="2024-03-01")
        add_contribution(write, model, contributor="C", given_on="2023-03-01")
        add_contribution(write, model, contributor="D", given_on=None, given_year=2024)
    assert [(row.contributor, row.purpose) for row in _gathered(book).contributions] == [
        ("D", "Ngõ sáng"), ("A", "Ngõ sáng"), ("B", "Ngõ sáng"),
    ]  # fmt: skip


def test_recognitions_with_a_record_are_listed(book: Book) -> None:
    with book.writing("an") as write:
        for recipient, day in (("Tổ 5", "2024-10-10"), ("Tổ 6", "2023-10-10")):
            write.add(
                "recognition",
                {"unit": book.own_unit(), "recipient": recipient, "recipient_type": "collective",
                 "form": "outstanding", "status": "granted", "decided_on": day},
            )  # fmt: skip
    (row,) = _gathered(book).recognitions
    assert (row.recipient, row.decided_on, row.level) == ("Tổ 5", "2024-10-10", None)


def test_what_the_cut_off_leaves_out_of_the_figures_is_not_in_the_lists(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        add_registration(write, model, registered_on="2024-08-01")
        add_contribution(write, model, given_on="2024-08-01")
    data = _gathered(book, cutoff=date(2024, 6, 30))
    assert (data.registrations, data.contributions) == ((), ())


def test_figures_are_those_of_the_book_and_can_be_compared_with_it_later(book: Book) -> None:
    with book.writing("an") as write:
        add_registration(write, add_model(write))
    asked = _request(book).asked()
    assert data_digest(_gathered(book).figures) == data_digest(compute(load(book), asked))


def test_units_below_bring_their_own_figures(book: Book) -> None:
    with book.writing("an") as write:
        unit = _unit(write, book.own_unit(), "T1", "Tổ 1")
        add_registration(write, add_model(write), unit=unit)
    (below,) = _gathered(book).by_unit
    assert (below["name"], below["figures"]["models"]["registered"]) == ("Tổ 1", 1)


def test_a_period_is_compared_only_when_asked(book: Book) -> None:
    assert _gathered(book).compared is None
    assert (_gathered(book, compare="2023").compared or {})["period"]["label"] == "năm 2023"


def test_an_empty_book_gives_a_paper(book: Book) -> None:
    assert make(_gathered(book)).pdf.startswith(b"%PDF-1.7")


# --- the office and who signs ---


def test_the_head_comes_from_the_office_profile(book: Book) -> None:
    _profile(book, name_line="ĐẢNG ỦY PHƯỜNG HOA BAN", place="Hoa Ban", recipients="Gốc\nLưu", seal_mm=30)
    office = _gathered(book).office
    assert (office.in_text, office.place, office.recipients, office.seal_mm, office.signature_width_mm) == (
        "Đảng ủy phường Hoa Ban", "Hoa Ban", ("Gốc", "Lưu"), 30, 50,
    )  # fmt: skip


def test_the_profile_in_force_on_the_day_counts(book: Book) -> None:
    with book.writing("an") as write:
        write.add("office_profile", {"unit": book.own_unit(), "name_line": "MỚI", "valid_from": "2025-07-01"})
    before, after = (_gathered(book, issued_on=day).office for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert (before.name_line, after.name_line) == ("PHƯỜNG THỬ NGHIỆM", "MỚI")


def test_without_a_profile_the_unit_names_the_office(book: Book) -> None:
    with book.writing("an") as write:
        write.remove("office_profile", book.find("office_profile")[0].id)
    assert _gathered(book).office.name_line == "Phường Thử Nghiệm"


def _signatories(book: Book) -> None:
    with book.writing("an") as write:
        for name, since, until in (("Lê Văn Mẫu", None, "2024-06-30"), ("Đỗ Thị Thử", "2024-07-01", None)):
            write.add(
                "signatory",
                {"unit": book.own_unit(), "full_name": name, "title": "CHỦ TỊCH", "authority": "TM.",
                 "valid_from": since, "valid_to": until},
            )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2024, 6, 30), "Lê Văn Mẫu"), (date(2024, 7, 1), "Đỗ Thị Thử"), (None, "Đỗ Thị Thử")],
)
def test_the_one_in_office_on_the_day_signs(book: Book, day: date | None, name: str) -> None:
    _signatories(book)
    assert _gathered(book, issued_on=day).signer.name == name


def test_a_signatory_is_found_by_name_without_marks(book: Book) -> None:
    _signatories(book)
    assert _gathered(book, signatory="le van mau").signer.title == "CHỦ TỊCH"


def test_a_name_that_the_book_does_not_know_stands_without_a_position(book: Book) -> None:
    signer = _gathered(book, signatory="Trần Văn Lạ").signer
    assert (signer.name, signer.title) == ("Trần Văn Lạ", "")


# --- texts ---


def _text(book: Book, **values: Value) -> None:
    with book.writing("an") as write:
        usual: dict[str, Value] = {"paper_kind": "result_report", "period": "2024Q3", "section": "plans"}
        write.add("report_text", {**usual, "text": "Trong sổ.", **values})


def test_the_clerks_text_of_the_period_is_taken_however_the_period_was_typed(book: Book) -> None:
    _text(book)
    assert _gathered(book, period="2024q3").texts == {"plans": "Trong sổ."}


@pytest.mark.parametrize("other", [{"period": "2024Q2"}, {"paper_kind": "model_report"}, {"period": "lạ"}])
def test_texts_of_other_papers_and_periods_stay_there(book: Book, other: dict[str, Value]) -> None:
    _text(book, **other)
    assert _gathered(book, period="2024Q3").texts == {}


def test_a_text_given_with_the_request_comes_before_that_of_the_book(book: Book) -> None:
    _text(book)
    assert _gathered(book, period="2024Q3", texts={"plans": "Mới."}).texts == {"plans": "Mới."}


def test_a_section_may_be_named_by_its_title(book: Book) -> None:
    assert _gathered(book, texts={"Ưu điểm": "Tốt."}).texts == {"strengths": "Tốt."}


# --- names of offices ---


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ỦY BAN NHÂN DÂN PHƯỜNG NGỌC HÀ", "Ủy ban nhân dân phường Ngọc Hà"),
        ("UBND PHƯỜNG NGỌC HÀ", "UBND phường Ngọc Hà"),
        ("ĐẢNG ỦY PHƯỜNG HOA BAN", "Đảng ủy phường Hoa Ban"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ ĐÔNG ANH", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Đông Anh"),
        ("TỔ DÂN PHỐ SỐ 12", "Tổ dân phố số 12"),
        ("CHI BỘ TỔ DÂN PHỐ SỐ 5", "Chi bộ tổ dân phố số 5"),
        ("Ủy ban nhân dân phường Xã Đàn", "Ủy ban nhân dân phường Xã Đàn"),
        ("", ""),
    ],
)
def test_an_office_in_capitals_is_named_in_a_sentence(line: str, said: str) -> None:
    assert in_sentence(line) == said
