"""Who may see what: papers for the office above and for the public, and the consents that open them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db import RECORD_TYPES, Book
from db.person_names import masked
from db.records.definition import Value
from forms.gather import gather, texts_by_place
from forms.issue import Draft, draft_paper, issue_paper, outdated_papers, usual_name
from forms.paper_data import PhotoRow
from forms.paper_kinds import kind
from tests.support.audiences import (
    AMOUNTS,
    COMPANY,
    HOME,
    IN_CHARGE,
    PHONE,
    RECIPIENT,
    REGISTRANT,
    agree,
    fill,
    request_for,
    shown_givers,
    unit_of,
    veil_for,
)
from tests.support.books import (
    add_contribution,
    add_model,
    add_registration,
)


@pytest.fixture
def book(book: Book) -> Book:
    """A book with givers, one registrant, one recipient and one in charge; nobody has agreed to anything."""
    with book.writing("an") as write:
        fill(write, book.own_unit())
    return book


def _all_text(pdf: bytes) -> str:
    """Everything in a file that is text: pages, metadata, structure, bookmarks, and every raw stream."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = " ".join(page.get_textpage().get_text_bounded() for page in document)
    with pikepdf.open(BytesIO(pdf)) as opened:
        objects = " ".join(_strings(each) for each in opened.objects)
    return " ".join((pages, objects)).replace("\xad", "").replace("\r\n", " ").replace("\n", " ")


def _strings(found: Any) -> str:
    if isinstance(found, pikepdf.Stream):
        raw = bytes(found.read_bytes())
        return " ".join((_strings(found.stream_dict), raw.decode("utf-8", "ignore")))
    if isinstance(found, (pikepdf.Dictionary, pikepdf.Array)):
        within = found.values() if isinstance(found, pikepdf.Dictionary) else found
        return " ".join(_strings(each) for each in within if not getattr(each, "is_indirect", False))
    return str(found) if isinstance(found, pikepdf.String) else ""


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _stands(words: str, text: str) -> bool:
    return _squeezed(words) in _squeezed(text)


def _said(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


PERSONAL = (
    *("Trần Văn Bình", "Lê Thị Cúc", "Phạm Quốc Dũng", "Hoàng Thị Giang"),
    *(IN_CHARGE, PHONE, HOME, REGISTRANT, RECIPIENT, *map(_said, AMOUNTS), "nhà bà Tư"),
)


def test_an_internal_paper_shows_everything_that_a_public_one_must_not(book: Book) -> None:
    text = _all_text(draft_paper(book, request_for(book, "internal")).pdf)
    assert [each for each in PERSONAL if not _stands(each, text)] == []


def test_nothing_masked_stands_anywhere_in_a_public_paper(book: Book) -> None:
    text = _all_text(draft_paper(book, request_for(book)).pdf)
    assert [each for each in PERSONAL if _stands(each, text)] == []


def test_no_raw_byte_of_a_public_paper_tells_a_name(book: Book) -> None:
    pdf = draft_paper(book, request_for(book)).pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        streams = (each for each in opened.objects if isinstance(each, pikepdf.Stream))
        raw = b"".join(bytes(each.read_bytes()) for each in streams)
    codes = ("utf-8", "utf-16-be", "utf-16-le")
    assert [n for n in PERSONAL for code in codes if n.encode(code) in pdf or n.encode(code) in raw] == []


def test_totals_and_enterprises_stay_true_in_a_public_paper(book: Book) -> None:
    text = _all_text(draft_paper(book, request_for(book)).pdf)
    assert _stands(COMPANY, text) and _stands(_said(sum(AMOUNTS) + 50_000_000), text)


def test_all_audiences_see_the_same_figures(book: Book) -> None:
    papers = [gather(book, request_for(book, audience)) for audience in ("internal", "upper", "public")]
    said = [(each.figures, dict(each.totals), len(each.contributions)) for each in papers]
    assert len(set(map(json.dumps, said))) == 1


def test_the_office_above_sees_names_and_amounts_but_no_phone_and_no_home(book: Book) -> None:
    text = _all_text(draft_paper(book, request_for(book, "upper")).pdf)
    seen = {each for each in PERSONAL if _stands(each, text)}
    assert seen == set(PERSONAL) - {PHONE, HOME}


def test_a_public_paper_tells_the_clerk_how_much_is_masked(book: Book) -> None:
    assert {each.code for each in draft_paper(book, request_for(book)).problems} >= {"masked", "kind_unsaid"}


@pytest.mark.parametrize(("subject", "is_shown"), [("collective", True), ("individual", False)])
def test_the_address_of_a_model_is_personal_where_one_person_registers_it(
    book: Book, subject: str, is_shown: bool
) -> None:
    with book.writing("an") as write:
        model = add_model(write, "MH02", address="Nhà văn hóa")
        for year in (2023, 2024):
            add_registration(write, model, year=year, subject_type=subject)
    shown = veil_for(book).shown("model", {**book.get("model", model).values, "id": model})
    assert (shown.values["address"] == "Nhà văn hóa") is is_shown


# --- what the declarations say ---


def test_every_field_of_personal_data_is_withheld_from_the_public(book: Book) -> None:
    veil = veil_for(book)
    seen = []
    for name, record_type in RECORD_TYPES.items():
        values: dict[str, Value] = dict.fromkeys(record_type.columns, "Trần Thị Na")
        hidden = veil.shown(name, {**values, "id": "x"}).hidden
        seen += [each.name for each in record_type.fields if each.purpose and each.name not in hidden]
    assert seen == ["full_name"]  # of the signatory, who acts for the office


def test_what_papers_and_lists_mask_is_this() -> None:
    personal = {
        (name, each.name, each.scope)
        for name, record_type in RECORD_TYPES.items()
        for each in record_type.fields
        if each.purpose
    }
    assert personal == {
        ("person", "full_name", "name"), ("person", "sort_name", "name"), ("person", "birth_year", None),
        ("person", "gender", None), ("person", "address", "contact"), ("person", "phone", "contact"),
        ("consent", "full_name", None), ("consent", "representative", None),
        ("contribution", "contributor", "name"), ("contribution", "quantity", "amount"),
        ("contribution", "amount_vnd", "amount"), ("contribution", "converted_vnd", "amount"),
        ("contribution", "notes", None), ("model", "address", "contact"),
        ("model", "person_in_charge", "name"),
        ("model", "phone", "contact"), ("registration", "registrant", "name"), ("task", "who", "name"),
        ("recognition", "recipient", "name"), ("photo", "photographer", "name"), ("photo", "people", None),
        ("signatory", "full_name", "duty"),
    }  # fmt: skip


@given(st.lists(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy", min_size=2, max_size=8), min_size=1, max_size=9))
def test_no_word_of_a_name_is_left_in_its_mask(words: list[str]) -> None:
    # A title before the name stays
    assume("ông" not in words)
    name = " ".join(word.capitalize() for word in words)
    assert not set(name.split()) & set(re.split(r"[ .]", masked(name)))


# --- what the clerk wrote ---


def test_a_text_that_names_somebody_is_told_with_its_section(book: Book) -> None:
    texts = {"economy": f"Tiêu biểu là bà LÊ  THỊ CÚC, điện thoại {PHONE}."}
    problems = draft_paper(book, request_for(book, texts=texts)).problems
    warned = [each for each in problems if each.code.endswith("_in_text")]
    assert [(each.code, "Lĩnh vực kinh tế" in each.message) for each in warned] == [
        ("names_in_text", True), ("phone_in_text", True),
    ]  # fmt: skip


def test_a_copy_for_the_office_above_is_looked_through_for_phones_only(book: Book) -> None:
    texts = {"economy": f"Tiêu biểu là bà Lê Thị Cúc, điện thoại {PHONE}."}
    problems = draft_paper(book, request_for(book, "upper", texts=texts)).problems
    assert [each.code for each in problems if each.code.endswith("_in_text")] == ["phone_in_text"]


def test_the_clerks_words_are_never_rewritten(book: Book) -> None:
    texts = {"economy": "Tiêu biểu là bà Lê Thị Cúc."}
    assert _stands("Lê Thị Cúc", _all_text(draft_paper(book, request_for(book, texts=texts)).pdf))


def test_a_text_that_names_one_who_agreed_is_no_problem(book: Book) -> None:
    agree(book, "Lê Thị Cúc", "name")
    problems = draft_paper(book, request_for(book, texts={"economy": "Bà Lê Thị Cúc."})).problems
    assert "names_in_text" not in {each.code for each in problems}


def test_the_title_of_a_model_with_a_name_is_told(book: Book) -> None:
    with book.writing("an") as write:
        write.change("model", book.find("model")[0].id, {"title": f"Vườn của {REGISTRANT}"})
    assert any(REGISTRANT in each.message for each in draft_paper(book, request_for(book)).problems)


def test_the_caption_of_a_photo_that_names_somebody_is_told(book: Book) -> None:
    agree(book, "Lê Thị Cúc", "picture")
    photo = PhotoRow("a", b"", 4, 3, caption="Bà Lê Thị Cúc trao quà")
    places = texts_by_place(kind("result_report"), replace(gather(book, request_for(book)), photos=(photo,)))
    told = dict(veil_for(book).warnings_of(places))
    assert "Phụ lục ảnh" in told["names_in_text"]


def test_an_internal_paper_is_not_searched_for_names(book: Book) -> None:
    ready = draft_paper(book, request_for(book, "internal", texts={"economy": "Bà Lê Thị Cúc."}))
    assert {each.code for each in ready.problems}.isdisjoint({"names_in_text", "masked"})


# --- the register ---


def _issued(book: Book, folder: Path) -> Draft:
    ready = draft_paper(book, request_for(book))
    issue_paper(book, ready, folder / "a.pdf")
    return ready


def test_the_register_keeps_for_whom_a_paper_was_written(book: Book, tmp_path: Path) -> None:
    _issued(book, tmp_path)
    assert [each["audience"] for each in book.find("paper")] == ["public"]


def test_a_public_paper_that_shows_who_no_longer_agrees_is_outdated(book: Book, tmp_path: Path) -> None:
    consent = agree(book, "Trần Văn Bình", "name", "amount")[0]
    _issued(book, tmp_path)
    before = len(outdated_papers(book))
    with book.writing("an") as write:
        write.change("consent", consent, {"withdrawn_on": "2026-11-22"})
    assert (before, len(outdated_papers(book))) == (0, 1)


def test_a_paper_that_showed_nothing_of_somebody_is_not_outdated_by_them(book: Book, tmp_path: Path) -> None:
    _issued(book, tmp_path)
    agree(book, "Trần Văn Bình", "name", withdrawn_on="2026-11-01")
    assert outdated_papers(book) == []


@pytest.mark.parametrize(
    ("audience", "name"),
    [
        ("internal", "BC_DVK_P01_2024.pdf"),
        ("upper", "BC_DVK_P01_2024_captren.pdf"),
        ("public", "BC_DVK_P01_2024_congkhai.pdf"),
    ],
)
def test_the_file_name_tells_the_audience(book: Book, audience: str, name: str) -> None:
    unit = book.get("org_unit", book.own_unit())
    assert usual_name(replace(request_for(book), audience=audience), unit, signed=False) == name


def test_a_household_is_masked_whatever_kind_was_chosen_beside_its_name(book: Book) -> None:
    household = {"contributor": "Hộ gia đình bà Đào Thị Hộ", "contributor_kind": "organisation"}
    with book.writing("an") as write:
        add_contribution(write, book.find("model")[0].id, amount_vnd=50_000, **household)
    assert "Hộ gia đình bà Đào Thị Hộ" not in [name for name, _amount in shown_givers(book)]


# --- photos ---


def _photo(book: Book, **values: Value) -> Any:
    usual: dict[str, Value] = {"model": book.find("model")[0].id, "unit": unit_of(book), "hash": "0" * 64}
    with book.writing("an") as write:
        photo = write.add("photo", {**usual, **values})
    return book.get("photo", photo)


@pytest.mark.parametrize(
    ("values", "is_shown"),
    [
        ({}, True),
        ({"shows_children": 1}, False),
        ({"people": "Trần Văn Bình"}, True),
        ({"people": "Trần Văn Bình\nLê Thị Cúc"}, False),
        ({"people": "Trần Văn Bình", "shows_children": 1}, False),
        ({"people": "Phạm Bảo Ngọc", "shows_children": 1}, True),
        ({"people": "Trần Văn Bình\nPhạm Bảo Ngọc", "shows_children": 1}, True),
        ({"people": "Phạm Bảo Ngọc\nLê Thị Cúc", "shows_children": 1}, False),
        ({"caption": "Bà Lê Thị Cúc trao quà"}, False),
        ({"caption": "Ông Trần Văn Bình", "people": "Trần Văn Bình"}, True),
        ({"caption": "Bà Cúc trao quà"}, False),
        ({"caption": "BÀ CÚC TRAO QUÀ"}, False),
        ({"caption": "Nhà bà Thị Cúc"}, False),
        ({"caption": "Chị Hạnh quét ngõ"}, False),
        ({"caption": "Đồng chí Khánh"}, False),
        ({"caption": "Ông Bình trao quà"}, True),
        ({"caption": "Bà Cúc", "people": "Nguyễn Thị Cúc"}, True),
        ({"caption": "Hoa cúc, cây bình bát trước nhà bà"}, True),
        ({"caption": "Tượng đài Hồ Chí Khánh"}, True),
        ({"caption": "Bà Cúc", "model": None}, True),
        ({"caption": f"Hỏi số {PHONE}"}, False),
    ],
)
def test_a_photo_is_shown_with_the_consent_of_all_in_it(
    book: Book, values: dict[str, Value], is_shown: bool
) -> None:
    agree(book, "Trần Văn Bình", "picture")
    agree(book, "Nguyễn Thị Cúc", "picture")
    agree(book, "Phạm Bảo Ngọc", "picture", representative="Phạm Văn Tú", child_assent=1)
    assert (veil_for(book).why_hidden(_photo(book, **values)) == "") is is_shown


def test_a_photo_is_hidden_by_the_persons_of_its_own_model_only(book: Book) -> None:
    with book.writing("an") as write:
        other = add_model(write, "MH02")
    assert veil_for(book).why_hidden(_photo(book, caption="Bà Cúc", model=other)) == ""


def test_who_signs_for_the_office_may_be_called_in_a_caption(book: Book) -> None:
    with book.writing("an") as write:
        write.add("signatory", {"full_name": IN_CHARGE, "unit": book.own_unit()})
    assert veil_for(book).why_hidden(_photo(book, caption="Đồng chí Khánh phát biểu")) == ""


def test_a_photo_of_no_model_is_not_hidden_by_those_who_gave_to_none(book: Book) -> None:
    gift: dict[str, Value] = {"unit": unit_of(book), "contributor": "Bà Mai", "kind": "cash", "amount_vnd": 1}
    with book.writing("an") as write:
        write.add("contribution", gift)
    assert veil_for(book).why_hidden(_photo(book, caption="Bà Mai", model=None)) == ""


def test_a_photo_that_is_shown_by_the_consent_of_one_it_calls_relies_on_it(book: Book) -> None:
    consents = agree(book, "Trần Văn Bình", "picture")
    veil = veil_for(book)
    veil.why_hidden(_photo(book, caption="Ông Bình trao quà"))
    assert veil.relied_on == set(consents)


@pytest.mark.parametrize("audience", ["internal", "upper"])
def test_inside_the_offices_every_photo_is_shown(book: Book, audience: str) -> None:
    assert veil_for(book, audience).why_hidden(_photo(book, shows_children=1, caption=PHONE)) == ""


# --- who gave nothing ---


@pytest.mark.parametrize("audience", ["internal", "upper", "public"])
def test_a_row_that_says_nothing_was_given_is_in_no_list(book: Book, audience: str) -> None:
    with book.writing("an") as write:
        add_contribution(write, book.find("model")[0].id, contributor=COMPANY, amount_vnd=0)
    assert 0 not in [amount for _name, amount in shown_givers(book, audience)]


def test_no_paper_lists_who_gave_nothing(book: Book) -> None:
    with book.writing("an") as write:
        write.add("person", {"full_name": "Không Đóng Góp"})
    text = _all_text(draft_paper(book, request_for(book, "internal")).pdf)
    assert not _stands("Không Đóng Góp", text)
