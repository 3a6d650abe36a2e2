"""Commands for signatures: sign a paper that exists, verify any signed PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from db.files import write_whole
from desktop.commands.help import command
from desktop.commands.manner import (
    FILE,
    KEY_PASSWORD_ENV,
    AnswerNo,
    answer,
    common,
    content_of,
    password_from,
    refuse,
)
from forms import signing
from resources import N_, _

VERDICTS = {
    "valid": N_("valid"),
    "valid_with_remarks": N_("valid, with remarks"),
    "invalid": N_("NOT VALID"),
    "not_signed": N_("not signed"),
}


@command("sign", N_("Sign a PDF with a key file."))
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--sign", "--key", "key_file", type=FILE, required=True, help=N_("Key file (.p12)."))
@KEY_PASSWORD_ENV
@click.option(
    "--field",
    metavar="NAME",
    default="sig_person",
    help=N_("Which place is signed: sig_person or sig_agency (sig_person)."),
)
@click.option("--image", type=FILE, help=N_("Picture of the signature or seal (PNG)."))
@click.option(
    "--out", "target", type=FILE, help=N_("The signed file; otherwise beside it, with “_daky” in its name.")
)
@common
def sign(
    file: Path,
    key_file: Path,
    key_password_env: str | None,
    field: str,
    image: Path | None,
    target: Path | None,
    as_json: bool,
) -> None:
    pdf = content_of(file)
    password = password_from(key_password_env, _("Password of the key file"), "--sign-password-env")
    key = signing.load_key(key_file, password)
    picture = content_of(image) if image else None
    signed = signing.sign(pdf, key, field, datetime.now(UTC).astimezone(), image=picture)
    target = target or file.with_name(f"{file.stem}_daky.pdf")
    if target.resolve() == file.resolve():
        refuse(_("The signed paper needs another name than the unsigned one."))
    write_whole(target, signed)
    verdict = signing.verify(signed, now=datetime.now(UTC))
    told = [{"code": "other_signer", "message": each} for each in signing.remarks(pdf, key, field)]
    data = {"file": str(target), "sha256": verdict["sha256"], "signed": True, "problems": told}
    lines = [*(f"! {each['message']}" for each in told), _("The signed paper is {path}.").format(path=target)]
    answer(as_json, data, lambda: iter(lines))


def _signer(signature: dict[str, Any]) -> str:
    """Who signed and for whom; nothing of a signature that cannot be read."""
    organisation = signature["organisation"]
    return " ".join(filter(None, (signature["signer"], f"({organisation})" if organisation else "")))


def _moment(at: str | None) -> str:
    """A moment as the clerk's clock showed it."""
    return datetime.fromisoformat(at).astimezone().strftime("%d/%m/%Y %H:%M:%S") if at else ""


def verdict_lines(result: dict[str, Any]) -> Iterator[str]:
    """A verdict in sentences."""
    yield _("Verdict: {verdict}").format(verdict=_(VERDICTS[result["verdict"]]))
    for signature in result["signatures"]:
        told = ", ".join(filter(None, (_signer(signature), _moment(signature["signed_at"]))))
        if told:
            yield f"  {told}"
        for reason in signature["reasons"]:
            yield f"    – {reason}"


@command(
    "verify",
    N_("Say whether a signed PDF is unchanged, who signed it, and whether the certificate was in force."),
)
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--trust", type=FILE, multiple=True, help=N_("A root certificate that is trusted."))
@click.option("--crl", type=FILE, multiple=True, help=N_("A revocation list."))
@common
def verify(file: Path, trust: tuple[Path, ...], crl: tuple[Path, ...], as_json: bool) -> None:
    roots = [content_of(path) for path in trust]
    lists = [content_of(path) for path in crl]
    result = signing.verify(content_of(file), roots, lists, now=datetime.now(UTC))
    answer(as_json, result, lambda: verdict_lines(result))
    if result["verdict"] in ("invalid", "not_signed"):
        raise AnswerNo
