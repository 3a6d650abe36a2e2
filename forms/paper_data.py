"""What a paper is made from: figures, rows, the clerk's texts, the office. Nothing else is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

HIDDEN: Final = "(ẩn)"
"""What stands for a value that is not shown; never nothing, which would be taken for not given."""

Figures = Mapping[str, Any]
"""The JSON of figures (interfaces §3)."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues the paper. Lines as printed in its head; sizes of signature and seal in mm.

    ``in_text`` names the office inside a sentence ("Ủy ban nhân dân phường Ngọc Hà").
    """

    name_line: str
    parent_line: str = ""
    symbol: str = ""
    place: str = ""
    recipients: tuple[str, ...] = ()
    in_text: str = ""
    signature_width_mm: float = 50
    signature_height_mm: float = 22
    seal_mm: float = 36


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs. ``authority`` is the first line, "TM. ỦY BAN NHÂN DÂN" or only "TM."; ``title`` the next."""

    name: str = ""
    title: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """A line of the list of registrations (F2). Codes as in interfaces §3; ``None`` = not stated."""

    unit: str
    title: str
    registrant: str = ""
    address: str = ""
    field: str | None = None
    subject: str | None = None
    level: str | None = None
    kind: str | None = None
    summary: str = ""
    person_in_charge: str = ""
    phone: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """A line of the contribution list (F8). Money in đồng; quantities in ten-thousandths.

    ``hidden``: names of amounts that this line has, but does not show.
    """

    contributor: str
    kind: str
    address: str = ""
    purpose: str = ""
    amount_vnd: int | None = None
    quantity: int | None = None
    item: str = ""
    measure: str = ""
    converted_vnd: int | None = None
    given_on: str | None = None
    given_year: int | None = None
    receipt_no: str = ""
    notes: str = ""
    contributor_kind: str = ""
    hidden: frozenset[str] = frozenset()


def given_in_all(rows: Iterable[ContributionRow]) -> dict[str, int]:
    """Totals of contributions: money by kind, quantities in ten-thousandths, converted values apart.

    ``budget`` is the part of the money that the State's budget gave.
    """
    found = dict.fromkeys(("cash", "transfer", "labour_days", "land", "converted", "budget"), 0)
    for row in rows:
        amount = row.amount_vnd if row.kind in ("cash", "transfer") else row.quantity
        if row.kind in found:
            found[row.kind] += amount or 0
        if row.contributor_kind == "budget" and row.kind in ("cash", "transfer"):
            found["budget"] += row.amount_vnd or 0
        found["converted"] += row.converted_vnd or 0
    return found


@dataclass(frozen=True, slots=True)
class RecognitionRow:
    """A line of the list of recognitions. ``status`` is proposed or granted."""

    recipient: str
    recipient_type: str
    form: str
    status: str
    level: str | None = None
    body: str = ""
    decision_no: str = ""
    decided_on: str | None = None
    decided_year: int | None = None
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that was issued or is cited: kind, number, ISO date, issuer, subject."""

    kind: str
    number: str = ""
    issued_on: str | None = None
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo of the annex. Sizes in pixels as it is kept; ``stage`` and ``model`` in words.

    ``pair``: id of the earlier photo that it belongs beside.
    """

    id: str
    jpeg: bytes = field(repr=False)
    width: int
    height: int
    caption: str = ""
    place: str = ""
    taken_on: str | None = None
    photographer: str = ""
    stage: str = ""
    model: str = ""
    pair: str = ""


@dataclass(frozen=True, slots=True)
class PaperData:
    """Everything one paper may print.

    ``kind`` names the paper's folder; ``by_unit`` has ``{"unit", "name", "figures"}`` for each unit below;
    ``texts`` holds the clerk's words by section; ``number`` and ``issued_on`` (ISO) stay empty until the
    records clerk gives them; ``label`` replaces the period's own. ``audience``: for whom it is; what they may
    not see is not here, but ``given`` has the true totals of the contributions (``None``: of these rows).
    ``warnings``: code and sentence of what to look at; ``relied_on``: consents with which persons are shown.
    ``photos_of``: title of the model whose photos these are, empty for those of a period.
    ``drafted_on``: the day (ISO) on which the figures were asked; later than that nothing is known.
    ``formerly``: former names of the office in the period, each with its last day (ISO).
    """

    kind: str
    unit_name: str
    figures: Figures
    office: Office
    signer: Signer = Signer()
    by_unit: tuple[Mapping[str, Any], ...] = ()
    compared: Figures | None = None
    registrations: tuple[RegistrationRow, ...] = ()
    contributions: tuple[ContributionRow, ...] = ()
    recognitions: tuple[RecognitionRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    profile: str = "nd30_2020"
    number: str = ""
    issued_on: str | None = None
    label: str = ""
    audience: str = "internal"
    given: Mapping[str, int] | None = None
    warnings: tuple[tuple[str, str], ...] = ()
    relied_on: tuple[str, ...] = ()
    photos: tuple[PhotoRow, ...] = ()
    photos_per_page: int = 4
    photos_of: str = ""
    drafted_on: str | None = None
    formerly: tuple[tuple[str, str], ...] = ()

    @property
    def totals(self) -> Mapping[str, int]:
        """What was given in all, whatever the rows show of it."""
        return given_in_all(self.contributions) if self.given is None else self.given

    @property
    def period_label(self) -> str:
        """The period as it is called; never computed from its days."""
        return self.label or str(self.figures["period"]["label"])

    def closed_on(self, figures: Figures) -> str:
        """The day (ISO) on which ``figures`` were closed: as asked, else the last day of their period.

        Never after the day of the draft: of a period that goes on, nobody knows its last day's figures yet.
        """
        period = figures["period"]
        day = str(period.get("cutoff") or period["to"])
        return min(day, self.drafted_on or day)
