"""Signatures put together by hand, so that any part of their container can be another."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.sign.timestamps import TimeStamper

from forms.signing.keys import SigningKey
from tests.support.signing_pki import secret, store, structure

Alter = Callable[[cms.ContentInfo], object]


def signed_by_hand(
    pdf: bytes,
    key: SigningKey,
    field: str,
    *,
    digest: str = "sha256",
    said_at: str | None = None,
    stamper: TimeStamper | None = None,
    alter: Alter = lambda _info: None,
    entries: dict[str, generic.PdfObject] | None = None,
) -> bytes:
    """A signature in ``field``. ``said_at`` is its time as text, ``alter`` changes its container.

    ``entries`` are put into the signature dictionary before it is signed.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    steps = PdfCMSEmbedder().write_cms(field_name=field, writer=writer, existing_fields_only=True)
    next(steps)
    placeholder: Any = PdfSignedData(
        obj_type=generic.pdf_name("/Sig"), subfilter=SigSeedSubFilter.PADES, bytes_reserved=16384
    )
    if said_at is not None:
        placeholder[generic.pdf_name("/M")] = generic.pdf_string(said_at)
    for name, value in (entries or {}).items():
        placeholder[generic.pdf_name(name)] = value
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    out = BytesIO()
    prepared, _out = steps.send(SigIOSetup(md_algorithm=digest, output=out))
    info = container(key, prepared.document_digest, digest, stamper)
    alter(info)
    steps.send(info.dump())
    return out.getvalue()


def container(
    key: SigningKey, of: bytes, digest: str = "sha256", stamper: TimeStamper | None = None
) -> cms.ContentInfo:
    """What a signer makes of a digest."""
    signer = SimpleSigner(structure(key.certificate), secret(key), store(key.chain))
    made = asyncio.run(signer.async_sign(of, digest, use_pades=True, timestamper=stamper))
    return cms.ContentInfo.load(made.dump())


def named_by_key_id(info: cms.ContentInfo) -> None:
    """The other lawful way of naming the signer; no signature covers it."""
    signed = info["content"]
    signer = signed["signer_infos"][0]
    certificate = next(
        each.chosen
        for each in signed["certificates"]
        if each.chosen.serial_number == signer["sid"].chosen["serial_number"].native
    )
    signer["sid"] = cms.SignerIdentifier(
        name="subject_key_identifier", value=certificate.key_identifier_value.native
    )
    signer["version"] = signed["version"] = "v3"


def with_token(info: cms.ContentInfo, token: cms.ContentInfo) -> None:
    """A time-stamp put beside a signature, whether or not it belongs to it."""
    # Read anew: asn1crypto encodes what was put together by hand again at every level, which takes for ever
    attribute = {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token.dump())]}
    info["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(attribute)])


def token_for(stamper: Any, content: bytes) -> cms.ContentInfo:
    """A time-stamp on something."""
    _nonce, request = stamper.request_cms(hashlib.sha256(content).digest(), "sha256")
    return stamper.request_tsa_response(request)["time_stamp_token"]
