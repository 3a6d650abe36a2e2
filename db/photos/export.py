"""Photos out: the JPEGs in a folder, named so that a clerk finds them again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.book import Book
from db.choices import label
from db.errors import BookError
from db.files import disk_faults, make_folder, write_whole
from db.photo_store import PhotoDamagedError, PhotoMissingError, PhotoStore
from db.store import Record
from db.vietnamese import fold
from resources import _

Step = Callable[[int], None]
Test = Callable[[Record], bool]
_NAMED_AT_MOST = 5


class WithheldThereError(BookError):
    """The folder holds, from an earlier export, ``files`` that are not for those it is written for now."""

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__(files)
        self.files = tuple(files)

    def sentence(self) -> str:
        """What to tell the clerk."""
        more = ", …" if len(self.files) > _NAMED_AT_MOST else ""
        names = ", ".join(file.name for file in self.files[:_NAMED_AT_MOST]) + more
        return _(
            "This folder holds photos of an earlier export that may not be handed on: {names}."
            " Nothing was written. Choose an empty folder."
        ).format(names=names)


@dataclass(frozen=True, slots=True)
class PhotosExported:
    """The files written, and the photos whose own file is missing or damaged."""

    files: tuple[Path, ...]
    left_out: tuple[Record, ...]


def export_photos(
    book: Book,
    folder: Path,
    *,
    model: str | None = None,
    may_show: Test = lambda _photo: True,
    step: Step = lambda _percent: None,
) -> PhotosExported:
    """Write all photos, or those of one model (id), that ``may_show`` passes: ``MH0001-01-truoc.jpg`` ...

    A photo has the same name whoever it is written for. A file that is there already is not replaced, unless
    it is the same: FileExistsError. ``step`` is told 0-100 and may raise to cancel. Raises
    WithheldThereError, DiskFullError, StorageError.
    """
    chosen = _chosen(book, model, folder, may_show)
    store = PhotoStore.beside(book.path, book.key)
    written: list[Path] = []
    left_out: list[Record] = []
    with disk_faults():
        make_folder(folder)
    for number, (file, photo) in enumerate(chosen):
        step(100 * number // len(chosen))
        try:
            jpeg = store.read(str(photo["hash"]))
        except (PhotoMissingError, PhotoDamagedError):
            left_out.append(photo)
            continue
        if not (file.is_file() and file.read_bytes() == jpeg):
            write_whole(file, jpeg, exclusive=True)
        written.append(file)
    step(100)
    return PhotosExported(tuple(written), tuple(left_out))


def _chosen(book: Book, model: str | None, folder: Path, may_show: Test) -> list[tuple[Path, Record]]:
    """The photos that may be shown, each with its file; none of the others may lie in the folder."""
    found = book.find("photo", {"model": model} if model else None)
    every = [(folder / name, photo) for name, photo in _named(book, found)]
    chosen = [(file, photo) for file, photo in every if may_show(photo)]
    passed = {file for file, _photo in chosen}
    there = [file for file, _photo in every if file not in passed and file.exists()]
    if there:
        raise WithheldThereError(there)
    return chosen


def _named(book: Book, found: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Each with its file name, numbered within its model."""
    counts: Counter[object] = Counter()
    for photo in found:
        counts[photo["model"]] += 1
        yield _name(book, photo, counts[photo["model"]]), photo


def _name(book: Book, photo: Record, number: int) -> str:
    code = book.get("model", str(photo["model"]))["code"] if photo["model"] else ""
    stage = label("photo_stage", str(photo["stage"]), "vi") if photo["stage"] else ""
    parts = (fold(str(code or "anh")), f"{number:02}", fold(stage))
    return "-".join(re.sub(r"[^a-z0-9]+", "_", part) for part in parts if part) + ".jpg"
