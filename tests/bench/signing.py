"""Signing and verifying a report, against the library that does the cryptography.

Both fill the same prepared field of the same report with the same key: a certifying signature that allows
filling in, with the signer's name shown in the field. Both then read the signed file anew and judge every
signature in it, with the analysis of what was appended after it (pyHanko's is on unless it is switched off).
Ours also checks the key, the bytes that no signature covers, each byte of the container and the certificates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext

import forms
from db import Book
from db import demo as demo_book
from forms import PaperRequest
from forms import signing as ours
from forms.anchors import AGENCY, PERSON
from forms.paper import make
from tests.bench.lines import Line, by_turns, timed
from tests.support import paper_cases
from tests.support.books import PASSWORD, WARD

_FIELD = PERSON
_ROWS = 1_000
_KEY_PASSWORD = "thu-nghiem"


def measure(folder: Path) -> Iterator[Line]:
    """Both fill the same prepared field of the same report and judge the result."""
    now = datetime.now(UTC)
    made = ours.make_practice("Nguyễn Văn Bình", "Phường Thử Nghiệm", _KEY_PASSWORD, now - timedelta(days=1))
    files = ours.write_practice(made, folder)
    pdf = report(folder)
    key = ours.load_key(files.p12, _KEY_PASSWORD)
    plain = signers.SimpleSigner.load_pkcs12(files.p12, passphrase=_KEY_PASSWORD.encode())
    if plain is None:
        raise RuntimeError("the key file cannot be read")

    def sign_and_verify() -> None:
        ours.sign(pdf, key, _FIELD, now)  # it verifies what it has made

    def library_alone() -> None:
        out = BytesIO()
        meta = signers.PdfSignatureMetadata(
            field_name=_FIELD, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS
        )
        signer = signers.PdfSigner(meta, plain, stamp_style=TextStampStyle(stamp_text="%(signer)s"))
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), existing_fields_only=True, output=out)
        _judged_by_library(out.getvalue())

    our_time, alone = by_turns(lambda: timed(sign_and_verify), lambda: timed(library_alone), 7)
    yield Line("sign and verify ÷ the library alone", our_time, "s", 1.2, alone)
    twice = _signed_twice(key, now)
    our_time, alone = by_turns(
        lambda: timed(lambda: ours.verify(twice, now=now)),
        lambda: timed(lambda: _judged_by_library(twice)),
        1,
    )
    yield Line(
        f"verify two signatures under a list of {_ROWS:,} rows ÷ the library alone", our_time, "s", 1.2, alone
    )


def _judged_by_library(pdf: bytes) -> None:
    for signature in PdfFileReader(BytesIO(pdf)).embedded_signatures:
        validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))


def _signed_twice(key: ours.SigningKey, now: datetime) -> bytes:
    """A long report with the leader's signature and the office's seal."""
    pdf = make(paper_cases.ward(_ROWS, 0)).pdf
    for field in (PERSON, AGENCY):
        pdf = ours.sign(pdf, key, field, now)
    return pdf


def report(folder: Path) -> bytes:
    """A result report of a demo book, unsigned, its fields prepared."""
    book, _sheet = Book.create(folder / "report.danvan", PASSWORD, WARD, actor="do")
    with book:
        return _drafted(book)


def _drafted(book: Book) -> bytes:
    demo_book.fill(book, models=60, years=(2024, 2026))
    request = PaperRequest(kind="result_report", period="2026", unit=book.own_unit())
    return forms.draft_paper(book, request).pdf
