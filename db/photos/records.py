"""What the records say about photos: which file is missing, what is paired, what goes into the bin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db import store
from db.book import Book
from db.photo_store import PhotoStore, is_hash
from db.records import RECORD_TYPES
from db.store import Record
from db.writing import Writing

PHOTO = RECORD_TYPES["photo"]


def missing(book: Book) -> list[Record]:
    """Live photos whose file is not there, in order of arrival. Adding the picture again puts it back."""
    files = PhotoStore.beside(book.path, book.key)
    return [
        photo
        for photo in book.find("photo")
        if is_hash(photo["hash"]) and not files.has(str(photo["hash"]))
    ]


def set_pair(write: Writing, earlier: str, later: str) -> None:
    """Make two photos (ids) a pair; the later one names the earlier."""
    write.change("photo", later, {"pair": earlier})


def pairs(book: Book, model: str) -> list[tuple[Record, Record]]:
    """The before and after pairs of a model: (earlier, later), in order of the later one's arrival."""
    photos = {photo.id: photo for photo in book.find("photo", {"model": model})}
    return [
        (photos[str(later["pair"])], later) for later in photos.values() if later["pair"] in photos
    ]


def remove_photos(write: Writing, photos: Iterable[str]) -> None:
    """Put photos (ids) into the bin; those paired with them are paired no more. The files stay."""
    for photo in photos:
        for partner in _paired_with(write, photo):
            write.change("photo", partner, {"pair": None})
        write.remove("photo", photo)


def _paired_with(write: Writing, photo: str) -> Iterator[str]:
    write.flush()
    yield from (other.id for other in store.find(write.connection, PHOTO, {"pair": photo}))
