"""From a book to the data of one paper: figures, the rows behind them, the office, the clerk's texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from db import Book, Record, Value
from db.figures import Ledger, answer, answers_by_unit, load
from db.figures.origins import ids_behind
from db.figures.question import Question
from db.periods import PeriodError, parse_period
from db.vietnamese import fold, name_sort_key, sort_key
from forms.audience import Values, Veil, veil_of
from forms.draft_warnings import dated_after, letterhead_warnings
from forms.issuer import formerly, office_of, paper_format, signer_of, unit_name, unit_named
from forms.paper_data import (
    ContributionRow,
    PaperData,
    RecognitionRow,
    RegistrationRow,
    given_in_all,
)
from forms.paper_kinds import PaperKind, kind
from forms.paper_request import PaperRequest
from forms.photo_rows import FoundPhotos, photos_for
from forms.small_groups import AMOUNTS, gave_nothing, unnamed
from resources import _

PHOTO_ANNEX: Final = "photo_annex"
"""The paper that is nothing but photos."""
_PHOTOS_PER_PAGE: Final = 4
_SUMMARY: Final = 240
"""Characters of a model's method that the list of registrations shows."""


def gather(book: Book, request: PaperRequest, paper: PaperKind | None = None) -> PaperData:
    """Everything the paper may print. Raises ``PeriodError``, ``UnknownPaperError``.

    ``paper`` replaces the shipped one.
    """
    paper = paper or kind(request.kind)
    asked, before = request.asked(), request.asked_before()
    ledger = Ledger(load(book, asked, *([before] if before else [])))
    veil = veil_of(book, request.audience)
    rows, figures = _Rows(book, Question(ledger, asked), veil), answer(ledger, asked)
    contributions = list(rows.contributions())
    pictures = _photos(book, request, rows, veil)
    data = PaperData(
        kind=request.kind,
        unit_name=unit_name(book, unit_named(book, request)),
        figures=figures,
        by_unit=tuple(answers_by_unit(ledger, asked)),
        office=office_of(book, request),
        signer=signer_of(book, request),
        compared=answer(ledger, before) if before else None,
        registrations=tuple(rows.registrations()),
        contributions=tuple(row for row, _true in contributions),
        given=given_in_all(true for _row, true in contributions),
        recognitions=tuple(rows.recognitions(figures["recognition"])),
        texts=_texts(book, request, paper),
        profile=request.profile or paper_format(book, request),
        number=request.number,
        issued_on=request.issued_on.isoformat() if request.issued_on else None,
        label=request.label,
        audience=request.audience,
        photos=tuple(pictures.rows),
        photos_per_page=request.photos or _PHOTOS_PER_PAGE,
        photos_of=str(book.get("model", request.model)["title"]) if request.model else "",
        drafted_on=book.now().date().isoformat(),
        formerly=tuple(formerly(book, request, asked)),
    )
    guessed = letterhead_warnings(book, data.office)
    warnings = (
        *guessed,
        *dated_after(data),
        *pictures.warnings,
        *veil.remarks(),
        *veil.warnings_of(texts_by_place(paper, data)),
    )
    return replace(data, warnings=warnings, relied_on=tuple(sorted(veil.relied_on)))


def _photos(book: Book, request: PaperRequest, rows: _Rows, veil: Veil) -> FoundPhotos:
    """The photos of the annex, if one is asked for or this is one."""
    if not (request.photos or request.kind == PHOTO_ANNEX):
        return FoundPhotos()
    return photos_for(book, request, set() if request.model else rows.models(), veil)


def texts_by_place(paper: PaperKind, data: PaperData) -> dict[str, list[str]]:
    """What the clerk wrote by hand and a paper prints, by where it stands."""
    titles = {section.id: section.title for section in paper.sections}
    places = {titles.get(section, section): [text] for section, text in data.texts.items()}
    places["Danh sách mô hình"] = [
        text for row in data.registrations for text in (row.title, row.summary, row.notes, row.address)
    ]
    given = ((row.purpose, row.item, row.notes, row.address) for row in data.contributions)
    places["Danh sách đóng góp"] = [text for row in given for text in row]
    places["Danh sách khen thưởng"] = [
        text for row in data.recognitions for text in (row.body, row.occasion, row.decision_no)
    ]
    figures = (data.figures, *((data.compared,) if data.compared else ()))
    said = [row for each in figures for row in each["reported"]]
    places["Số liệu tổng hợp"] = [str(value) for row in said for value in row.values() if value is not None]
    outputs = (str(row.get("name", "")) for each in figures for row in each["outputs"])
    places["Phụ lục ảnh"] = [text for row in data.photos for text in (row.caption, row.place, row.model)]
    places["Kết quả cụ thể"] = [data.label, *outputs]
    return places


# --- the clerk's texts ---


def _texts(book: Book, request: PaperRequest, paper: PaperKind) -> dict[str, str]:
    """Texts by section: those of the book for this paper and period, then those given with the request.

    What was written for the office under a former name is still its text.
    """
    wanted = _period_code(request.period)
    line = book.own_line()
    units: list[Value] = [None, *(line if request.unit == line[-1] else (request.unit,))]
    written = [
        each
        for each in book.find("report_text", {"paper_kind": request.kind})
        if each["unit"] in units and _period_code(str(each["period"])) == wanted
    ]
    written.sort(key=lambda each: units.index(each["unit"]))
    found = {str(each["section"]): _text(each["text"]) for each in written}
    by_title = {fold(section.title): section.id for section in paper.sections}
    named = {by_title.get(fold(section), section): text for section, text in request.texts.items()}
    for section in named:
        if paper.section(section) is None:
            raise UnknownSectionError(section, paper)
    return found | named


class UnknownSectionError(Exception):
    """A text was given for a section that the paper does not have; it must not get lost in silence."""

    def __init__(self, section: str, paper: PaperKind) -> None:
        super().__init__(section)
        self.section = section
        self.paper = paper

    def sentence(self) -> str:
        """What to tell the clerk."""
        names = ", ".join(section.id for section in self.paper.sections)
        return _(
            "The paper has no section “{section}”. Nothing was written; its sections are: {names}."
        ).format(section=self.section, names=names)


def _period_code(text: str) -> str:
    try:
        return parse_period(text).code
    except PeriodError:
        return text


# --- the rows behind the figures ---


class _Rows:
    """The records that a question's figures are made of."""

    def __init__(self, book: Book, question: Question, veil: Veil) -> None:
        self.book = book
        self.veil = veil
        self.question = question
        self._founding = book.founding_unit()

    def _behind(self, figure: str) -> set[str]:
        return set(ids_behind(self.question, figure))

    def _unit_of(self, record: Record) -> str:
        """The name of the unit that a record counts for: of the time, or as it is known today."""
        tree = self.question.ledger.tree
        unit = _text(record["unit"]) or self._founding
        return self.question.name(tree.heir(unit) if self.question.scope.by_today else unit)

    def models(self) -> set[str]:
        """Ids of the models whose registrations count."""
        counted = self._behind("models.registered")
        named = self.book.rows("registration", ("id", "model"))
        return {str(model) for record, model in named if record in counted}

    def registrations(self) -> Iterator[RegistrationRow]:
        """One row for each model and year, by unit and model code."""
        counted = self._behind("models.registered")
        models = {each.id: each for each in self.book.find("model")} if counted else {}
        found = (each for each in self.book.find("registration") if each.id in counted)
        once = {(each["model"], each["year"]): each for each in found}
        rows = []
        for each in once.values():
            model = models.get(str(each["model"]))
            rows.append((self._registration(each, model, self._unit_of(each)), model))
        yield from (row for row, model in sorted(rows, key=_unit_and_code))

    def _registration(self, record: Record, model: Record | None, unit: str) -> RegistrationRow:
        values = self._values(record)
        beside = {"registration": values}
        of_model = self.veil.shown("model", self._values(model), beside).values if model else {}
        return _registration(self.veil.shown("registration", values).values, of_model, unit)

    @staticmethod
    def _values(record: Record) -> dict[str, Value]:
        return {**record.values, "id": record.id}

    def contributions(self) -> Iterator[tuple[ContributionRow, ContributionRow]]:
        """Every contribution that counts, by day, receipt and giver: as it is shown, and as it is.

        One that says 0 is none: it would say who gave nothing.
        """
        counted = self._behind("contributions.contributors")
        titles = dict(self.book.rows("model", ("id", "title"))) if counted else {}
        found = [each for each in self.book.find("contribution") if each.id in counted]
        each_one = (self._values(each) for each in sorted(found, key=_day_and_receipt))
        before = [values for values in each_one if not gave_nothing(values)]
        shown = unnamed(before, [self.veil.shown("contribution", values) for values in before])
        for values, one in zip(before, shown, strict=True):
            purpose = _text(titles.get(str(values["model"])))
            yield _contribution(one.values, purpose, one.hidden), _contribution(values, purpose)

    def recognitions(self, figures: Sequence[Mapping[str, Any]]) -> Iterator[RecognitionRow]:
        """Every recognition that has a record, by form and recipient."""
        counted = {record for row in figures for record in self._behind(_path(row))}
        found = [each for each in self.book.find("recognition") if each.id in counted]
        for each in sorted(found, key=lambda each: (str(each["form"]), sort_key(str(each["recipient"])))):
            yield _recognition(self.veil.shown("recognition", self._values(each)).values)


def _path(row: Mapping[str, Any]) -> str:
    parts = (row["form"], row["level"], row["recipient_type"], row["status"])
    return ".".join(("recognition", *(part or "-" for part in parts)))


def _unit_and_code(row: tuple[RegistrationRow, Record | None]) -> tuple[str, str]:
    found, model = row
    return sort_key(found.unit), sort_key(_text(model["code"]) if model else "")


def _day_and_receipt(record: Record) -> tuple[str, str, str]:
    day = _text(record["given_on"] or record["given_year"])
    return day, sort_key(_text(record["receipt_no"])), name_sort_key(str(record["contributor"]))


def _registration(record: Values, of_model: Values, unit: str) -> RegistrationRow:
    return RegistrationRow(
        unit=unit,
        title=_text(of_model.get("title")),
        registrant=_text(record["registrant"]),
        address=_text(of_model.get("address")),
        field=_code(record["field"]),
        subject=_code(record["subject_type"]),
        level=_code(record["level"]),
        kind=_code(record["kind"]),
        summary=_short(_text(of_model.get("method") or of_model.get("goal"))),
        person_in_charge=_text(of_model.get("person_in_charge")),
        phone=_text(of_model.get("phone")),
        notes=_text(of_model.get("notes")),
    )


def _code(value: object) -> str | None:
    return None if value is None else str(value)


def _short(text: str) -> str:
    """The beginning of a long text, cut between words."""
    words = " ".join(text.split())
    return words if len(words) <= _SUMMARY else words[:_SUMMARY].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"


def _contribution(record: Values, purpose: str, hidden: frozenset[str] = frozenset()) -> ContributionRow:
    return ContributionRow(
        contributor=str(record["contributor"]),
        contributor_kind=_text(record["contributor_kind"]),
        kind=str(record["kind"]),
        purpose=purpose,
        amount_vnd=_whole(record["amount_vnd"]),
        quantity=_whole(record["quantity"]),
        item=_text(record["item"]),
        measure=_text(record["measure"]),
        converted_vnd=_whole(record["converted_vnd"]),
        given_on=_code(record["given_on"]),
        given_year=_whole(record["given_year"]),
        receipt_no=_text(record["receipt_no"]),
        notes=_text(record["notes"]),
        hidden=hidden & AMOUNTS,
    )


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _recognition(record: Values) -> RecognitionRow:
    return RecognitionRow(
        recipient=str(record["recipient"]),
        recipient_type=str(record["recipient_type"]),
        form=str(record["form"]),
        status=str(record["status"]),
        level=_code(record["level"]),
        body=_text(record["body"]),
        decision_no=_text(record["decision_no"]),
        decided_on=_code(record["decided_on"]),
        decided_year=_whole(record["decided_year"]),
        occasion=_text(record["occasion"]),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
