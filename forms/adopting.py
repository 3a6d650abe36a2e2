"""Taking an office's changed template: tried first, written as one entry; or the shipped one again."""

from __future__ import annotations

from pathlib import Path

from db import Book
from forms.gather import gather
from forms.own_papers import TYPE, own_record
from forms.paper import make
from forms.paper_kinds import DESCRIPTION, TEMPLATE, PaperKind, read_kind, texts_of
from forms.paper_request import PaperRequest


def use_files(book: Book, name: str, folder: Path) -> str | None:
    """Use the paper of this folder from now on; the batch, ``None`` where it is in force already.

    A report of this year is tried with it first. Raises UnknownPaperError, BadTemplateError,
    FileNotFoundError and UnicodeDecodeError; then nothing has changed.
    """
    texts_of(name)
    description, template = ((folder / file).read_text("utf-8-sig") for file in (DESCRIPTION, TEMPLATE))
    _try(book, read_kind(name, description, template))
    values = {"paper_kind": name, "description": description, "template": template}
    own = own_record(book, name)
    with book.writing(book.account, act="edit", title=name) as write:
        if own is None:
            write.add(TYPE, values)
        else:
            write.change(TYPE, own.id, values)
    return write.batch.id or None


def use_shipped(book: Book, name: str) -> str | None:
    """Use the shipped paper again; the batch, ``None`` where it is in force already."""
    own = own_record(book, name)
    if own is None:
        return None
    with book.writing(book.account, act="edit", title=name) as write:
        write.remove(TYPE, own.id)
    return write.batch.id


def _try(book: Book, paper: PaperKind) -> None:
    request = PaperRequest(kind=paper.id, period=str(book.now().year), unit=book.own_unit())
    make(gather(book, request, paper), paper=paper)
