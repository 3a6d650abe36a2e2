"""Papers as the office writes them: its own template where it has one, else the shipped one.

An office's template is a record of its book: it has a history, is undone, backed up and travels.
"""

from __future__ import annotations

from errno import EEXIST
from os import strerror
from pathlib import Path

from db import Book, Record
from db.reading import Reading
from forms.gather import gather
from forms.paper import make
from forms.paper_kinds import DESCRIPTION, TEMPLATE, PaperKind, kind, read_kind, texts_of
from forms.paper_request import PaperRequest

TYPE = "paper_template"


def kind_in(book: Reading, name: str) -> PaperKind:
    """The paper of this id in this book. Raises UnknownPaperError."""
    own = _own(book, name)
    return kind(name) if own is None else read_kind(name, str(own["description"]), str(own["template"]))


def is_own(book: Reading, name: str) -> bool:
    """Whether the office has changed this paper."""
    return _own(book, name) is not None


def files_of(book: Reading, name: str) -> dict[str, str]:
    """The two files of a paper as they are in force, by file name. Raises UnknownPaperError."""
    own = _own(book, name)
    texts = texts_of(name) if own is None else (str(own["description"]), str(own["template"]))
    return dict(zip((DESCRIPTION, TEMPLATE), texts, strict=True))


def save_files(book: Reading, name: str, folder: Path) -> list[Path]:
    """Write the two files to a folder, to be changed there. FileExistsError where one is there already."""
    texts = files_of(book, name)
    folder.mkdir(parents=True, exist_ok=True)
    taken = next((folder / file for file in texts if (folder / file).exists()), None)
    if taken is not None:
        raise FileExistsError(EEXIST, strerror(EEXIST), str(taken))
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return [folder / file for file in texts]


def use_files(book: Book, name: str, folder: Path) -> str | None:
    """Use the paper of this folder from now on; the batch, ``None`` where it is in force already.

    A report of this year is tried with it first. Raises UnknownPaperError, BadTemplateError,
    FileNotFoundError and UnicodeDecodeError; then nothing has changed.
    """
    texts_of(name)
    description, template = ((folder / file).read_text("utf-8-sig") for file in (DESCRIPTION, TEMPLATE))
    _try(book, read_kind(name, description, template))
    values = {"paper_kind": name, "description": description, "template": template}
    own = _own(book, name)
    with book.writing(book.account, act="edit", title=name) as write:
        if own is None:
            write.add(TYPE, values)
        else:
            write.change(TYPE, own.id, values)
    return write.batch.id or None


def use_shipped(book: Book, name: str) -> str | None:
    """Use the shipped paper again; the batch, ``None`` where it is in force already."""
    own = _own(book, name)
    if own is None:
        return None
    with book.writing(book.account, act="edit", title=name) as write:
        write.remove(TYPE, own.id)
    return write.batch.id


def _own(book: Reading, name: str) -> Record | None:
    found = book.find(TYPE, {"paper_kind": name})
    return found[-1] if found else None


def _try(book: Book, paper: PaperKind) -> None:
    request = PaperRequest(kind=paper.id, period=str(book.now().year), unit=book.own_unit())
    make(gather(book, request, paper), paper=paper)
