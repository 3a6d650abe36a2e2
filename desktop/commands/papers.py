"""Commands for papers: which there are, and writing one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

import forms
from db import Book
from desktop.commands.data import unit_named
from desktop.commands.manner import (
    DAY,
    FILE,
    AnswerNo,
    answer,
    common,
    on_book,
    opened,
    password_from,
    refuse,
)
from desktop.commands.signatures import verdict_lines
from forms import signing
from resources import _


@click.command()
@common
def papers(as_json: bool) -> None:
    """Which papers can be written."""
    kinds = forms.kinds()
    data = {"papers": [{"id": kind.id, "title": kind.title, "for": kind.made_for} for kind in kinds]}
    answer(as_json, data, lambda: (f"{kind.id}: {kind.title}" for kind in kinds))


@click.command()
@on_book
@click.argument("kind")
@click.option("--period", required=True)
@click.option("--compare", help="Another period to compare with.")
@click.option("--unit", help="Code of a unit; otherwise the book's own.")
@click.option("--units", type=click.Choice(["then", "today"]), default="then")
@click.option("--cutoff", type=DAY)
@click.option("--label", default="", help="What the period is called, such as “15 năm”.")
@click.option("--profile", default="nd30_2020")
@click.option("--number", default="")
@click.option("--date", "issued_on", type=DAY)
@click.option("--signatory", default="")
@click.option("--texts", type=FILE, help="Text file of the clerk's sections, a line “# section” before each.")
@click.option("--out", "target", type=FILE, required=True)
@click.option("--sign", "key_file", type=FILE, help="Key file (.p12).")
@click.option("--sign-password-env", "key_password_env", metavar="NAME")
def paper(book_path: Path, password_env: str | None, as_json: bool, **options: Any) -> None:
    """Write one paper as PDF, signed if asked."""
    key = _key(options.pop("key_file"), options.pop("key_password_env"))
    target: Path = options.pop("target")
    if target.suffix.lower() != ".pdf":
        refuse(
            _("Papers are written as .pdf in this version; {name} has another ending.").format(
                name=target.name
            )
        )
    with opened(book_path, password_env, writable=True) as book:
        ready = forms.draft_paper(book, _request(book, **options))
        issued = forms.issue_paper(book, ready, target, key=key)
    data = {
        "file": str(issued.file),
        "kind": options["kind"],
        "sha256": issued.sha256,
        "signed": key is not None,
        "problems": [{"code": problem.code, "message": problem.message} for problem in issued.problems],
    }
    answer(as_json, data, lambda: _lines(issued))
    if issued.verdict and issued.verdict["verdict"] == "invalid":
        raise AnswerNo


def _key(file: Path | None, password_env: str | None) -> signing.SigningKey | None:
    if file is None:
        return None
    return signing.load_key(file, password_from(password_env, _("Password of the key file")))


def _request(
    book: Book, *, unit: str | None, texts: Path | None, cutoff: date | None, **rest: Any
) -> forms.PaperRequest:
    return forms.PaperRequest(
        unit=unit_named(book, unit),
        texts=sections(texts.read_text("utf-8")) if texts else {},
        cutoff=cutoff,
        **rest,
    )


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
