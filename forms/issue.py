"""Issuing a paper: figures and texts -> PDF -> signature -> file and register, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from db import Book, Record
from db.consents import outdated_by_consent
from db.figures import Asked, compute, data_digest, load_sums
from db.files import write_whole
from db.vietnamese import slug
from forms.fitting import TooLargeError, made_within
from forms.gather import gather
from forms.own_papers import kind_in
from forms.paper import make
from forms.paper_kinds import kind
from forms.paper_request import PaperRequest
from forms.signing.keys import SigningKey
from forms.signing.remarks import remarks
from forms.signing.sign import sign
from forms.signing.verify import verify
from forms.write import Problem

SIGNED, UNSIGNED = "_daky", ""
COPY_FOR = {"internal": "", "upper": "_captren", "public": "_congkhai"}
"""What the name of a file ends in, by the audience it was written for."""
PERSON = "sig_person"


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper ready to be looked at: nothing is written yet. ``figures`` are those printed in it.

    ``consents``: ids of the consents with which it shows personal data.
    """

    request: PaperRequest
    title: str
    pdf: bytes
    figures: Mapping[str, Any]
    problems: tuple[Problem, ...]
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper in the register: its record, its file, the verdict on its signature (``None`` unsigned)."""

    record: str
    file: Path
    sha256: str
    verdict: Mapping[str, Any] | None
    problems: tuple[Problem, ...]


def draft_paper(book: Book, request: PaperRequest) -> Draft:
    """The paper as PDF with its signature fields prepared. Raises what ``gather`` and ``make`` raise.

    TooLargeError where it does not get as small as asked for.
    """
    paper = kind_in(book, request.kind)
    data = gather(book, request, paper)
    created = book.now()
    made = made_within(data, request.max_size, lambda one: make(one, created=created, paper=paper))
    problems = (*(Problem(*each) for each in data.warnings), *made.problems)
    return Draft(request, made.tree.title, made.pdf, data.figures, problems, data.relied_on)


def issue_paper(
    book: Book,
    ready: Draft,
    target: Path,
    *,
    key: SigningKey | None = None,
    image: bytes | None = None,
    roots: Sequence[bytes] = (),
) -> Issued:
    """Sign if there is a key, write the file whole, enter it in the register.

    The file is written before the register and taken back if that fails. Raises SigningError, DiskFullError.
    """
    now = book.now()
    told = (Problem("other_signer", each) for each in remarks(ready.pdf, key, PERSON)) if key else ()
    pdf = sign(ready.pdf, key, PERSON, now, image=image) if key else ready.pdf
    if ready.request.max_size and len(pdf) > ready.request.max_size:
        raise TooLargeError(len(pdf), ready.request.max_size)
    verdict = verify(pdf, roots, now=now) if key else None
    write_whole(target, pdf)
    try:
        record = _register(book, ready, pdf, target, verdict, now)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Issued(record, target, hashlib.sha256(pdf).hexdigest(), verdict, (*ready.problems, *told))


def _register(
    book: Book, ready: Draft, pdf: bytes, target: Path, verdict: Mapping[str, Any] | None, now: datetime
) -> str:
    request, period = ready.request, ready.figures["period"]
    with book.writing(book.account, act="issue", title=ready.title) as write:
        return write.add(
            "paper",
            {
                "kind": request.kind,
                "unit": request.unit,
                "title": ready.title,
                "number": request.number or None,
                "issued_on": (request.issued_on or now.date()).isoformat(),
                "period": request.period,
                "compare": request.compare,
                "units": request.units,
                "period_label": period["label"],
                "data_from": period["data_from"],
                "data_to": period["data_to"],
                "cutoff": request.cutoff.isoformat() if request.cutoff else None,
                "data_digest": data_digest(ready.figures),
                "pdf_hash": hashlib.sha256(pdf).hexdigest(),
                "file_name": target.name,
                "audience": request.audience,
                "model": request.model or None,
                "photos": request.photos or None,
                "max_size": request.max_size or None,
                "signatory": request.signatory or None,
                "consents": " ".join(ready.consents) or None,
                "signatures": json.dumps(verdict["signatures"], ensure_ascii=False) if verdict else None,
            },
        )


def usual_name(request: PaperRequest, unit: Record, *, signed: bool) -> str:
    """A file name that can be read on a stick, no marks or spaces (BC_DVK_TDP12_2026Q3_daky.pdf)."""
    unit_part = slug(str(unit["code"]))
    period = slug(request.period.replace("..", "_"))
    code = slug(kind(request.kind).type_code)
    return f"{code}_DVK_{unit_part}_{period}{COPY_FOR[request.audience]}{SIGNED if signed else UNSIGNED}.pdf"


def request_of(paper: Record) -> PaperRequest:
    """The request that a paper in the register answered, to write the same paper again.

    Its number and its day are the new paper's own.
    """
    from_iso = datetime.fromisoformat
    return PaperRequest(
        kind=str(paper["kind"]),
        period=str(paper["period"]),
        unit=str(paper["unit"]),
        compare=str(paper["compare"]) if paper["compare"] else None,
        units=str(paper["units"] or "then"),
        cutoff=from_iso(str(paper["cutoff"])).date() if paper["cutoff"] else None,
        label=str(paper["period_label"] or ""),
        audience=str(paper["audience"] or "internal"),
        model=str(paper["model"] or ""),
        photos=int(paper["photos"] or 0),
        max_size=int(paper["max_size"] or 0),
        signatory=str(paper["signatory"] or ""),
    )


def outdated_papers(book: Book) -> list[Record]:
    """Papers of the register whose figures would be others today, or that show who no longer agrees.

    Of drafts that nobody signed only the newest counts: see ``replaced_drafts``.
    """
    shown_no_more = outdated_by_consent(book, book.now().date().isoformat())
    papers = book.find("paper", order="-issued_on")
    replaced = replaced_drafts(book)
    compared = [paper for paper in papers if paper.id not in replaced | shown_no_more.keys()]
    today = _digests(book, {paper.id: _question(paper) for paper in compared})
    changed = {paper.id for paper in compared if today[paper.id] != paper["data_digest"]}
    return [paper for paper in papers if paper.id in changed or paper.id in shown_no_more]


def replaced_drafts(book: Book) -> set[str]:
    """Ids of unsigned papers after which one of the same kind, unit, period, model and audience was made.

    The newest may have been printed and signed by hand, and so is looked after like a signed one.
    """
    newest = {_what(paper): paper.id for paper in book.find("paper")}
    drafts = (paper for paper in book.find("paper") if not paper["signatures"])
    return {paper.id for paper in drafts if newest[_what(paper)] != paper.id}


def _what(paper: Record) -> tuple[object, ...]:
    return tuple(paper[name] for name in ("kind", "unit", "period", "model", "audience"))


def _question(paper: Record) -> Asked:
    """What a paper asked; what the period is called changes no figure."""
    return replace(request_of(paper).asked(), label="")


def _digests(book: Book, asked: Mapping[str, Asked]) -> dict[str, str]:
    """The digest of the figures of each question today: the book is read once, a question answered once."""
    questions = list(dict.fromkeys(asked.values()))
    if not questions:
        return {}
    sums = load_sums(book, *questions)
    answers = {question: data_digest(compute(sums, question)) for question in questions}
    return {paper: answers[question] for paper, question in asked.items()}
