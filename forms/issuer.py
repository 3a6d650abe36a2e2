"""The office that issues a paper: as it was called on the paper's day, its head, who signs, former names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db import Book, Record
from db.figures import Asked
from db.vietnamese import fold
from forms.office_name import in_sentence
from forms.paper_data import Office, Signer
from forms.paper_request import PaperRequest
from forms.profile import usual


def _in_force(records: Iterable[Record], day: str) -> list[Record]:
    """Those that are valid on a day, the latest last; ``""`` asks for today's, whichever day that is."""
    found = [each for each in records if not day or str(each["valid_from"] or "") <= day]
    valid = [each for each in found if not day or str(each.values.get("valid_to") or "9999") >= day]
    return sorted(valid, key=lambda each: str(each["valid_from"] or ""))


def _day(request: PaperRequest) -> str:
    """The day of the paper; ``""`` = today."""
    return request.issued_on.isoformat() if request.issued_on else ""


def unit_name(book: Book, unit: str) -> str:
    """The name of a unit (id)."""
    return str(book.get("org_unit", unit)["name"])


def unit_named(book: Book, request: PaperRequest) -> str:
    """The unit that the paper names: the office as it is called on the day, or the unit asked about."""
    return book.own_unit(_day(request)) if request.unit == book.own_unit() else request.unit


def formerly(book: Book, request: PaperRequest, asked: Asked) -> Iterator[tuple[str, str]]:
    """Former names of the office in the period, each with the last day (ISO) on which it was called so."""
    named = unit_named(book, request)
    line = book.own_line(_day(request))
    for unit in line[: line.index(named)] if named in line else ():
        record = book.get("org_unit", unit)
        since, until = (str(record[name] or "") for name in ("valid_from", "valid_to"))
        if until >= asked.start.isoformat() and since <= asked.end.isoformat():
            yield str(record["name"]), until


def _office_records(book: Book, request: PaperRequest) -> list[Record]:
    """What the book says of the office on the day of the paper: one record, or none."""
    day = _day(request)
    profiles = book.find("office_profile", {"unit": book.own_unit(day)}, "valid_from")
    return (_in_force(profiles, day) or profiles)[-1:]


def office_of(book: Book, request: PaperRequest) -> Office:
    """The office as it stands on the paper: as the book has it for that day, else its bare name."""
    chosen = _office_records(book, request)
    if not chosen:
        return Office(name_line=unit_name(book, book.own_unit(_day(request))))
    profile = chosen[0]
    sizes = {
        name: float(str(profile[name]))
        for name in ("signature_width_mm", "signature_height_mm", "seal_mm")
        if profile[name]
    }
    return Office(
        name_line=_text(profile["name_line"]),
        parent_line=_text(profile["parent_line"]),
        symbol=_text(profile["symbol"]),
        place=_text(profile["place"]),
        recipients=tuple(_text(profile["recipients"]).splitlines()),
        in_text=in_sentence(_text(profile["name_line"])),
        **sizes,
    )


def paper_format(book: Book, request: PaperRequest) -> str:
    """The format that the office has chosen, else the one that is usual for such a unit."""
    chosen = _office_records(book, request)
    if chosen and chosen[0]["profile"]:
        return str(chosen[0]["profile"])
    return usual(str(book.get("org_unit", book.own_unit(_day(request)))["kind"]))


def signer_of(book: Book, request: PaperRequest) -> Signer:
    """The named signatory, else the one in force. A name that the book does not know stands alone."""
    day = _day(request)
    known = _in_force(book.find("signatory", {"unit": book.own_unit(day)}), day)
    if request.signatory:
        known = [each for each in known if fold(str(each["full_name"])) == fold(request.signatory)]
    if not known:
        return Signer(request.signatory)
    found = known[-1]
    return Signer(_text(found["full_name"]), _text(found["title"]), _text(found["authority"]))


def _text(value: object) -> str:
    return "" if value is None else str(value)
