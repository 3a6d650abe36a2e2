"""Photos out: the JPEGs in a folder, named so that a clerk finds them again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.book import Book
from db.choices import label
from db.errors import BookError
from db.files import disk_faults, make_folder, write_whole
from db.photo_store import PhotoDamagedError, PhotoMissingError, PhotoStore
from db.store import Record
from db.vietnamese import fold

Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PhotosExported:
    """The files written, and the photos whose own file is missing or damaged."""

    files: tuple[Path, ...]
    left_out: tuple[Record, ...]


def export_photos(
    book: Book, folder: Path, *, model: str | None = None, step: Step = lambda _: None
) -> PhotosExported:
    """Write all photos, or those of one model (id), as ``MH0001-01-truoc.jpg`` ...

    A file that is there already is not replaced, unless it is the same: FileExistsError. ``step`` is told
    0-100 and may raise to cancel. Raises DiskFullError, StorageError.
    """
    photos = book.find("photo", {"model": model} if model else None)
    store = PhotoStore.beside(book.path, book.key)
    written: list[Path] = []
    left_out: list[Record] = []
    counts: dict[object, int] = {}
    with disk_faults():
        make_folder(folder)
    for number, photo in enumerate(photos):
        step(100 * number // len(photos))
        counts[photo["model"]] = counts.get(photo["model"], 0) + 1
        try:
            jpeg = store.read(str(photo["hash"]))
        except (PhotoMissingError, PhotoDamagedError):
            left_out.append(photo)
            continue
        file = folder / _name(book, photo, counts[photo["model"]])
        if not (file.is_file() and file.read_bytes() == jpeg):
            write_whole(file, jpeg, exclusive=True)
        written.append(file)
    step(100)
    return PhotosExported(tuple(written), tuple(left_out))


def _name(book: Book, photo: Record, number: int) -> str:
    code = book.get("model", str(photo["model"]))["code"] if photo["model"] else ""
    stage = label("photo_stage", str(photo["stage"]), "vi") if photo["stage"] else ""
    parts = (fold(str(code or "anh")), f"{number:02}", fold(stage))
    return "-".join(re.sub(r"[^a-z0-9]+", "_", part) for part in parts if part) + ".jpg"
