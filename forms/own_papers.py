"""Papers as the office writes them: its own template where it has one, else the shipped one.

An office's template is a record of its book: it has a history, is undone, backed up and travels.
"""

from __future__ import annotations

from errno import EEXIST
from os import strerror
from pathlib import Path

from db import Record
from db.files import make_folder, write_whole
from db.reading import Reading
from forms.paper_kinds import DESCRIPTION, TEMPLATE, PaperKind, kind, read_kind, texts_of

TYPE = "paper_template"


def kind_in(book: Reading, name: str) -> PaperKind:
    """The paper of this id in this book. Raises UnknownPaperError."""
    own = own_record(book, name)
    return kind(name) if own is None else read_kind(name, str(own["description"]), str(own["template"]))


def is_own(book: Reading, name: str) -> bool:
    """Whether the office has changed this paper."""
    return own_record(book, name) is not None


def files_of(book: Reading, name: str) -> dict[str, str]:
    """The two files of a paper as they are in force, by file name. Raises UnknownPaperError."""
    own = own_record(book, name)
    texts = texts_of(name) if own is None else (str(own["description"]), str(own["template"]))
    return dict(zip((DESCRIPTION, TEMPLATE), texts, strict=True))


def save_files(book: Reading, name: str, folder: Path) -> list[Path]:
    """Write the two files to a folder, to be changed there. FileExistsError where one is there already."""
    texts = files_of(book, name)
    make_folder(folder)
    taken = next((folder / file for file in texts if (folder / file).exists()), None)
    if taken is not None:
        raise FileExistsError(EEXIST, strerror(EEXIST), str(taken))
    for file, text in texts.items():
        write_whole(folder / file, text.encode())
    return [folder / file for file in texts]


def own_record(book: Reading, name: str) -> Record | None:
    """The office's own template of this paper."""
    found = book.find(TYPE, {"paper_kind": name})
    return found[-1] if found else None
