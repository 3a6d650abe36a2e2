"""Commands for papers: which there are, and writing one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

import forms
from db import Book
from desktop.commands.data import unit_named
from desktop.commands.help import command
from desktop.commands.manner import (
    AUDIENCE,
    CUTOFF,
    DAY,
    FILE,
    KEY_PASSWORD_ENV,
    PERIOD,
    UNITS,
    AnswerNo,
    answer,
    common,
    content_of,
    on_book,
    opened,
    password_from,
    refuse,
)
from desktop.commands.photos import model_named
from desktop.commands.signatures import verdict_lines
from forms import signing
from resources import N_, _


class _Size(click.ParamType[int]):
    """``5MB``, ``800 KB`` or ``1,5MB`` as bytes."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The bytes; a complaint where it is no size."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([KM])B?", str(value).strip().upper())
        if found is None or not float(found[1].replace(",", ".")):
            self.fail(_("“{text}” is no size: write it as 5MB or 800KB.").format(text=value), param, ctx)
        return round(float(found[1].replace(",", ".")) * _BYTES[found[2]])


_BYTES = {"K": 1_000, "M": 1_000_000}
SIZE = _Size()


@command("papers", N_("Which papers can be written."))
@common
def papers(as_json: bool) -> None:
    kinds = forms.kinds()
    data = {"papers": [{"id": kind.id, "title": kind.title, "for": kind.made_for} for kind in kinds]}
    answer(as_json, data, lambda: (f"{kind.id}: {kind.title}" for kind in kinds))


@command("paper", N_("Write one paper as PDF, signed if asked. “danvan papers” lists the kinds."))
@on_book
@click.argument("kind", metavar="KIND")
@PERIOD
@click.option("--compare", metavar="PERIOD", help=N_("Another period to compare with."))
@click.option("--unit", metavar="CODE", help=N_("Code of a unit; otherwise the book's own and all below."))
@UNITS
@CUTOFF
@click.option("--label", metavar="TEXT", default="", help=N_("What the period is called, such as “15 năm”."))
@click.option(
    "--profile", metavar="NAME", default="", help=N_("Rules for the page: nd30_2020, party_hd36_2018.")
)
@click.option("--number", metavar="TEXT", default="", help=N_("Number of the paper."))
@click.option("--date", "issued_on", type=DAY, help=N_("Day on the paper, as 2024-05-21; otherwise open."))
@click.option(
    "--signatory", metavar="NAME", default="", help=N_("Who signs; otherwise whom the office names.")
)
@click.option(
    "--texts", type=FILE, help=N_("Text file of the clerk's sections, a line “# section” before each.")
)
@AUDIENCE
@click.option(
    "--photos", type=click.Choice(["2", "4", "6"]), help=N_("Photo annex with so many photos a page.")
)
@click.option("--model", "model_code", metavar="CODE", help=N_("Only the photos of this model."))
@click.option(
    "--max-size", type=SIZE, default=0, help=N_("How large the file may be, as 5MB; photos are made smaller.")
)
@click.option("--out", "target", type=FILE, required=True, help=N_("The file to be written (.pdf)."))
@click.option("--sign", "key_file", type=FILE, help=N_("Key file (.p12)."))
@KEY_PASSWORD_ENV
def paper(book_path: Path, password_env: str | None, as_json: bool, **options: Any) -> None:
    key = _key(options.pop("key_file"), options.pop("key_password_env"))
    target: Path = options.pop("target")
    if target.suffix.lower() != ".pdf":
        refuse(
            _("Papers are written as .pdf in this version; {name} has another ending.").format(
                name=target.name
            )
        )
    if not target.parent.is_dir() or target.is_dir():
        refuse(_("{path} cannot be written: name a file in a folder that is there.").format(path=target))
    with opened(book_path, password_env, writable=True) as book:
        ready = forms.draft_paper(book, _request(book, **options))
        issued = forms.issue_paper(book, ready, target, key=key)
    data = {
        "file": str(issued.file),
        "kind": options["kind"],
        "sha256": issued.sha256,
        "signed": key is not None,
        "audience": options["audience"],
        "problems": [{"code": problem.code, "message": problem.message} for problem in issued.problems],
    }
    answer(as_json, data, lambda: _lines(issued))
    if issued.verdict and issued.verdict["verdict"] == "invalid":
        raise AnswerNo


def _key(file: Path | None, password_env: str | None) -> signing.SigningKey | None:
    if file is None:
        return None
    password = password_from(password_env, _("Password of the key file"), "--sign-password-env")
    return signing.load_key(file, password)


def _request(
    book: Book,
    *,
    unit: str | None,
    texts: Path | None,
    cutoff: date | None,
    photos: str | None,
    model_code: str | None,
    **rest: Any,
) -> forms.PaperRequest:
    return forms.PaperRequest(
        unit=unit_named(book, unit),
        texts=sections(_text_of(texts)) if texts else {},
        cutoff=cutoff,
        photos=int(photos or 0),
        model=model_named(book, model_code) if model_code else "",
        **rest,
    )


def _text_of(file: Path) -> str:
    try:
        return content_of(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(_("The text of {name} is not Unicode. Save it as UTF-8 and try again.").format(name=file.name))


def sections(text: str) -> dict[str, str]:
    """The sections of a text file: a line ``# name`` begins one."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("# "):
            lines = found.setdefault(line[2:].strip(), [])
        else:
            lines.append(line)
    return {name: "\n".join(part).strip() for name, part in found.items()}


def _lines(issued: forms.Issued) -> Iterator[str]:
    yield from (f"! {problem.message}" for problem in issued.problems)
    yield _("The paper is {path}.").format(path=issued.file)
    if issued.verdict:
        yield from verdict_lines(dict(issued.verdict))
