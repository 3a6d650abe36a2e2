"""Signs a PDF: PAdES B-B, offline, into a buffer that is verified before anybody gets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import cms, keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.form_tools import annot_width_height, get_single_field_annot
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.attributes import CMSAlgorithmProtectionProvider
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError as RefusedError
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from forms.anchors import Anchor
from forms.signing import appearance
from forms.signing.damage import DAMAGE
from forms.signing.errors import (
    EncryptedPdfError,
    FieldTakenError,
    LockedPdfError,
    NoPlaceError,
    SelfCheckError,
)
from forms.signing.fields import open_unsigned, prepare
from forms.signing.keys import PrivateKey, SigningKey, check_key
from forms.signing.offline import run_offline
from forms.signing.reader import Reader
from forms.signing.verify import verify

_DIGEST: Final = "sha256"
# Both names mean PKCS#1 v1.5 with that digest
_PLAIN_RSA: Final = ("rsassa_pkcs1v15", "sha256_rsa")
# `domain.md` §4.3, the box for copies: where a paper from elsewhere leaves room most often (points)
_MM: Final = 72 / 25.4
_ELSEWHERE_WIDTH: Final = 60 * _MM
_ELSEWHERE_HEIGHT: Final = 12 * _MM
_ELSEWHERE_RIGHT: Final = 15 * _MM
_ELSEWHERE_TOP: Final = 8 * _MM


def sign(
    pdf: bytes,
    key: SigningKey,
    field: str,
    at: datetime,
    *,
    image: bytes | None = None,
    crls: Sequence[bytes] = (),
    anchor: Anchor | None = None,
) -> bytes:
    """The PDF with the signature of ``key`` in ``field``, as one more revision of the file.

    ``at`` is the time of signing (aware; it stands in the signature). ``image`` is the picture of the
    signature or seal (PNG). ``crls`` are the last known revocation lists. A file that nobody has signed
    and that has no such field gets it at ``anchor``, or at the top right of its first page.

    The first signature certifies the file and allows further ones in fields that stand in it. The
    result has passed our own ``verify``; write it to disk in one piece. Raises a ``SigningError``.
    """
    check_key(key, at, crls)
    ready = _with_field(pdf, field, anchor)
    signed = _filled(ready, key, field, at, image)
    _check_own_work(signed, at)
    return signed


def _with_field(pdf: bytes, field: str, anchor: Anchor | None) -> PdfFileReader:
    """The same PDF, opened, if it has the field and it is free; else one that does."""
    try:
        reader = Reader(BytesIO(pdf))
        fields = {name: value is not None for name, value, _ref in enumerate_sig_fields(reader)}
        encrypted, usable = reader.encrypted, not reader.xrefs.hybrid_xrefs_present
    except DAMAGE:
        fields, encrypted, usable = {}, False, False
    if encrypted:
        raise EncryptedPdfError
    if fields.get(field):
        raise FieldTakenError(field)
    if any(fields.values()) and field not in fields:
        raise NoPlaceError(field, tuple(sorted(name for name, taken in fields.items() if not taken)))
    if field in fields and usable:
        return reader
    # Nobody has signed it yet, so it may be rewritten: this also mends what other programs wrote carelessly
    laid = prepare(pdf, [] if field in fields else [anchor or _place_elsewhere(pdf, field)])
    return Reader(BytesIO(laid))


def _place_elsewhere(pdf: bytes, field: str) -> Anchor:
    with open_unsigned(pdf) as opened:
        _left, _bottom, right, top = (float(edge) for edge in opened.pages[0].cropbox)
    return Anchor(
        name=field,
        page=0,
        x=right - _ELSEWHERE_RIGHT - _ELSEWHERE_WIDTH,
        y=top - _ELSEWHERE_TOP - _ELSEWHERE_HEIGHT,
        width=_ELSEWHERE_WIDTH,
        height=_ELSEWHERE_HEIGHT,
    )


class _PlainWriter(IncrementalPdfFileWriter):
    """Appends what is signed and nothing else.

    pyHanko would also renew the metadata with its own name and the time of day; a paper that is signed
    twice would then have been changed after its first signature.
    """

    def _update_meta(self) -> None:
        return


def _named(*certificates: x509.Certificate) -> tsp.SigningCertificateV2:
    """The digests of certificates, the signer's first."""
    return tsp.SigningCertificateV2(
        {"certs": [as_signing_certificate_v2(each)["certs"][0] for each in certificates]}
    )


class _KeySigner(SimpleSigner):
    """Gathers its attributes one after another: no event loop, and always the same order."""

    secret: PrivateKey

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """With the key as it was loaded: pyHanko would read it anew for the trial and for the signature.

        Reading an RSA key proves its numbers each time, which takes longer than signing with it.
        """
        method = self.get_signature_mechanism_for_digest(digest_algorithm)["algorithm"].native
        if not isinstance(self.secret, RSAPrivateKey) or method not in _PLAIN_RSA:
            return await super().async_sign_raw(data, digest_algorithm, dry_run)
        if dry_run:
            return bytes(self.secret.key_size // 8)
        return self.secret.sign(data, PKCS1v15(), SHA256())

    async def signed_attrs(
        self, data_digest: bytes, digest_algorithm: str, *_rest: Any, content_type: str = "data", **_more: Any
    ) -> cms.CMSAttributes:
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
        return cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", content_type),
                simple_cms_attribute("message_digest", data_digest),
                # Naming the issuers' certificates too protects them, as they travel outside the signature
                simple_cms_attribute(
                    "signing_certificate_v2", _named(self.signing_cert, *self.cert_registry)
                ),
                # Not asked for by PAdES; without it the names of the algorithms are nowhere protected
                await CMSAlgorithmProtectionProvider(digest_algorithm, mechanism).get_attribute(),
            ]
        )

    async def unsigned_attrs(self, *_rest: Any, **_more: Any) -> None:
        """None: the time-stamp of an online office comes with its issue."""


class _TimedSigner(PdfSigner):
    """Signs at the time it is told, not at that of the clock, and leaves the version of the file alone."""

    at: datetime

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        # For elliptic curves pyHanko would call the file PDF 2.0, which PDF/A-2 is not
        del md_algorithm
        pdf_out.register_extension(ESIC_EXTENSION_1)

    def init_signing_session(self, *rest: Any, **more: Any) -> PdfSigningSession:
        session = super().init_signing_session(*rest, **more)
        session.system_time = self.at
        return session


class _DrawnPage(ImportedPdfPage):
    """A drawn appearance, taken from memory instead of a file."""

    def __init__(self, page: bytes) -> None:
        super().__init__(file_name="")  # type: ignore[no-untyped-call]  # pyHanko's
        self.page = page

    def render(self) -> bytes:
        imported = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.page)))
        self.resources.xobject["/Drawn"] = imported
        _left, _bottom, right, top = imported.get_object()["/BBox"]
        self.box = BoxConstraints(width=right, height=top)
        return b"/Drawn Do"


def _style(
    reader: PdfFileReader, key: SigningKey, field: str, image: bytes | None
) -> StaticStampStyle | None:
    """The appearance in the size of the field; nothing for a field without area."""
    _name, _value, ref = next(iter(enumerate_sig_fields(reader, with_name=field)))
    width, height = annot_width_height(get_single_field_annot(ref.get_object()))
    if not (width and height):
        return None
    facts = key.summary
    drawn = appearance.draw(
        float(width), float(height), facts.signer, practice=facts.practice, image=image, field=field
    )
    return StaticStampStyle(
        border_width=0,
        background=_DrawnPage(drawn),
        background_opacity=1.0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
        ),
    )


def _signer(key: SigningKey) -> _KeySigner:
    """pyHanko's view of the key. Roots are left out: nothing vouches for one that travels in the file."""
    secret = key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    issuers = (each for each in key.chain if each.subject != each.issuer)
    certificate, *chain = (
        x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in (key.certificate, *issuers)
    )
    signer = _KeySigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(secret),
        cert_registry=SimpleCertificateStore.from_certs(chain),
    )
    signer.secret = key.private_key
    return signer


def _filled(ready: PdfFileReader, key: SigningKey, field: str, at: datetime, image: bytes | None) -> bytes:
    writer = _PlainWriter(ready.stream, prev=ready)
    first = next(iter(enumerate_sig_fields(writer.prev, filled_status=True)), None) is None
    signer = _TimedSigner(
        PdfSignatureMetadata(
            field_name=field,
            md_algorithm=_DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            certify=first,
            # Never NO_CHANGES: the records clerk stamps number, date and seal after the leader
            docmdp_permissions=MDPPerm.FILL_FORMS,
        ),
        signer=_signer(key),
        stamp_style=_style(writer.prev, key, field, image),
    )
    signer.at = at
    out = BytesIO()
    try:
        run_offline(signer.async_sign_pdf(writer, existing_fields_only=True, output=out))
    except RefusedError as error:
        raise LockedPdfError from error
    return out.getvalue()


def _check_own_work(signed: bytes, at: datetime) -> None:
    found = verify(signed, now=at)["signatures"]
    if not all(each["unchanged"] for each in found) or not any(each["covers_whole_file"] for each in found):
        raise SelfCheckError("; ".join(reason for each in found for reason in each["reasons"]))
