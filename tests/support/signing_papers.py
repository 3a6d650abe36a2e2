"""Small papers to sign, and signatures as another program makes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import crl as crl_structure
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import resources
from forms.anchors import AGENCY, DATE, NUMBER, PERSON, Anchor
from forms.finish import Metadata, finish
from forms.signing.keys import SigningKey
from tests.support.signing_pki import NOON, secret, store, structure

ANCHORS = (
    Anchor(PERSON, 1, 130 * mm, 100 * mm, 50 * mm, 22 * mm),
    Anchor(AGENCY, 1, 113 * mm, 93 * mm, 36 * mm, 36 * mm),
    Anchor(NUMBER, 0, 40 * mm, 250 * mm, 30 * mm, 6 * mm),
    Anchor(DATE, 0, 130 * mm, 250 * mm, 40 * mm, 6 * mm),
)


def plain_pdf(*, text_field: bool = False) -> bytes:
    """Two pages as reportlab lays them out, no PDF/A yet."""
    if "PaperSerif" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(
            TTFont("PaperSerif", str(resources.path("fonts", "LiberationSerif-Regular.ttf")))
        )
    out = BytesIO()
    canvas = Canvas(out, pagesize=(210 * mm, 297 * mm), initialFontName="PaperSerif", invariant=1)
    for number in (1, 2):
        canvas.setFont("PaperSerif", 14)
        canvas.drawString(30 * mm, 270 * mm, f"Báo cáo kết quả: 625 mô hình đăng ký, trang {number}")
        if text_field:
            canvas.acroForm.textfield(name=f"note{number}", x=100, y=100, value="625")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def paper() -> bytes:
    """The same as an archival PDF/A-2u."""
    return finish(plain_pdf(), Metadata(title="Báo cáo kết quả", author="UBND phường Hoa Mai"))


class _Timed(PdfSigner):
    """Signs at noon of the day of these tests, whatever day it is."""

    at = NOON

    def init_signing_session(self, *rest: Any, **more: Any) -> PdfSigningSession:
        session = super().init_signing_session(*rest, **more)
        session.system_time = self.at
        return session


def signed_elsewhere(
    pdf: bytes,
    key: SigningKey,
    field: str,
    *,
    at: datetime = NOON,
    spec: SigFieldSpec | None = None,
    stamper: TimeStamper | None = None,
    strict: bool = True,
    change: Callable[[Any], object] | None = None,
    **more: Any,
) -> bytes:
    """Signed by pyHanko as it comes, with its notes in the metadata; ``change`` slips in something more."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=strict)
    if change is not None:
        change(writer)
    more.setdefault("subfilter", SigSeedSubFilter.PADES)
    signer = _Timed(
        PdfSignatureMetadata(field_name=field, md_algorithm="sha256", **more),
        SimpleSigner(structure(key.certificate), secret(key), store(key.chain)),
        timestamper=stamper,
        new_field_spec=spec,
    )
    signer.at = at
    out = BytesIO()
    signer.sign_pdf(writer, output=out)
    return out.getvalue()


def stamped(pdf: bytes, stamper: TimeStamper) -> bytes:
    """With a document time-stamp behind it."""
    out = BytesIO()
    PdfTimeStamper(stamper).timestamp_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), "sha256", validation_context=None, output=out
    )
    return out.getvalue()


def with_security_store(pdf: bytes, key: SigningKey, crls: list[bytes]) -> bytes:
    """With a DSS that holds certificates and revocation lists behind it."""
    out = BytesIO(pdf)
    DocumentSecurityStore.add_dss(
        out,
        sig_contents=None,
        certs=[structure(each) for each in (key.certificate, *key.chain)],
        crls=[crl_structure.CertificateList.load(each) for each in crls],
    )
    return out.getvalue()


def hybrid_copy(pdf: bytes) -> bytes:
    """The file with a classic table that points to a stream with more, as Word writes them."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    classic = out.getvalue()
    start = int(classic.rsplit(b"startxref\n", 1)[1].split()[0])
    body, table = classic[:start], classic[start:]
    size = int(table.split(b"/Size ")[1].split()[0])
    content = (
        b"<< /Type /XRef /Size %d /W [1 3 1] /Index [0 1] /Length 5 >>\nstream\n\0\0\0\0\xff\nendstream"
        % size
    )
    stream = b"%d 0 obj\n%s\nendobj\n" % (size, content)
    table = table.replace(b"trailer <<", b"trailer << /XRefStm %d" % start)
    return body + stream + table.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + len(stream)))
