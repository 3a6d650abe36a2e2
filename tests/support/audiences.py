"""A small office for tests of audiences: givers, one in charge, one member; nobody has agreed to anything."""

from __future__ import annotations

from typing import Any

from db import Book
from db.records.definition import Value
from db.writing import Writing
from forms.audience import Veil, veil_of
from forms.gather import gather
from forms.paper_request import PaperRequest
from tests.support.books import add_contribution, add_model, add_registration

GIVERS = ("Hộ ông Trần Văn Bình", "Bà Lê Thị Cúc", "Phạm Quốc Dũng", "Hoàng Thị Giang")
AMOUNTS = (1_234_567, 2_345_678, 3_456_789, 4_567_891)
MEMBER, IN_CHARGE, PHONE, HOME = "Đỗ Thị Hạnh", "Vũ Đình Khánh", "0912 345 678", "Số 7 ngõ Mai Vàng"
REGISTRANT, RECIPIENT, COMPANY = "Ngô Thị Loan", "Bùi Văn Mạnh", "Công ty TNHH Nắng Sớm"


def fill(write: Writing, own: str) -> None:
    """The office's records."""
    unit = write.add("org_unit", {"code": "T1", "name": "Tổ 1", "kind": "residential_group"})
    write.add("unit_parent", {"unit": unit, "parent": own})
    model = add_model(write, address=HOME, person_in_charge=IN_CHARGE, phone=PHONE, title="Vườn rau sạch")
    add_registration(write, model, unit=unit, subject_type="individual", registrant=REGISTRANT)
    kinds = ("household", "individual", "individual", None)
    for name, amount, of_kind in zip(GIVERS, AMOUNTS, kinds, strict=True):
        gift: dict[str, Value] = {"contributor": name, "contributor_kind": of_kind, "amount_vnd": amount}
        add_contribution(write, model, unit=unit, notes="nhà bà Tư", **gift)
    add_contribution(
        write, model, unit=unit, contributor=COMPANY, contributor_kind="enterprise", amount_vnd=50_000_000
    )
    person = write.add("person", {"full_name": MEMBER, "phone": "0987654321", "birth_year": 1980})
    write.add("model_member", {"model": model, "person": person})
    write.add(
        "recognition",
        {
            "model": model, "unit": unit, "recipient": RECIPIENT, "recipient_type": "individual",
            "form": "commendation", "status": "granted", "decided_on": "2024-06-01",
        },
    )  # fmt: skip


def unit_of(book: Book) -> str:
    """Its only group."""
    return book.find("org_unit", {"code": "T1"})[0].id


def request_for(book: Book, audience: str = "public", **more: Any) -> PaperRequest:
    """The report of 2024 for an audience."""
    return PaperRequest("result_report", "2024", book.own_unit(), audience=audience, **more)


def agree(book: Book, name: str | None, *scopes: str, **values: Value) -> list[str]:
    """Consents of somebody, in the group if nothing else is said; their ids."""
    usual: dict[str, Value] = {"full_name": name, "unit": unit_of(book), "given_on": "2026-01-05"}
    with book.writing("an") as write:
        return [write.add("consent", {**usual, "scope": scope, **values}) for scope in scopes]


def shown_givers(book: Book, audience: str = "public", **more: Any) -> list[Any]:
    """Name and amount of each giver as the paper shows them."""
    found = gather(book, request_for(book, audience, **more)).contributions
    return [(row.contributor, row.amount_vnd) for row in found]


def veil_for(book: Book, audience: str = "public") -> Veil:
    """The veil of an audience."""
    return veil_of(book, audience)


def person_of(book: Book) -> dict[str, Value]:
    """The member, with the id."""
    record = book.find("person")[0]
    return {**record.values, "id": record.id}
