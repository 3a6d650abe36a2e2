"""Signing and verifying a report, against the library that does the cryptography."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

import forms
from db import Book
from db import demo as demo_book
from forms import PaperRequest
from forms import signing as ours
from tests.bench.lines import Line, by_turns, timed
from tests.support.books import PASSWORD, WARD

_FIELD = "sig_person"
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
        meta = signers.PdfSignatureMetadata(field_name=_FIELD)
        signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, plain, output=out)
        for signature in PdfFileReader(out).embedded_signatures:
            validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))

    our_time, alone = by_turns(lambda: timed(sign_and_verify), lambda: timed(library_alone), 7)
    yield Line("sign and verify ÷ the library alone", our_time, "s", 1.2, alone)


def report(folder: Path) -> bytes:
    """A result report of a demo book, unsigned, its fields prepared."""
    book, _sheet = Book.create(folder / "report.danvan", PASSWORD, WARD, actor="do")
    with book:
        return _drafted(book)


def _drafted(book: Book) -> bytes:
    demo_book.fill(book, models=60, years=(2024, 2026))
    request = PaperRequest(kind="result_report", period="2026", unit=book.own_unit())
    return forms.draft_paper(book, request).pdf
