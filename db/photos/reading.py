"""A photo as it is kept, and small for the screen."""

from __future__ import annotations

from db.book import Book
from db.photo_store import PhotoStore
from db.photos.jpeg import SIDES, thumbnails_of
from db.photos.thumb_file import ThumbFile


def picture(book: Book, digest: str) -> bytes:
    """The JPEG with hash ``digest``. Raises PhotoMissingError, PhotoDamagedError, StorageError."""
    return PhotoStore.beside(book.path, book.key).read(digest)


def thumbnail(book: Book, digest: str, side: int) -> bytes:
    """One small JPEG; see :meth:`Thumbnails.get`. For many of them keep a :class:`Thumbnails` open."""
    with Thumbnails(book) as thumbnails:
        return thumbnails.get(digest, side)


class Thumbnails:
    """Small pictures of a book, made where there is none yet; one for each thread, closed by it."""

    def __init__(self, book: Book) -> None:
        self._photos = PhotoStore.beside(book.path, book.key)
        self._file = ThumbFile(book.path, book.key)

    def __enter__(self) -> Thumbnails:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def get(self, digest: str, side: int) -> bytes:
        """JPEG bytes of the photo with hash ``digest``; longest side 160 or 320, not below ``side``.

        Raises PhotoMissingError, PhotoDamagedError where it has to be made and the photo is not whole.
        """
        wanted = next((one for one in SIDES if one >= side), SIDES[-1])
        found = self._file.find(digest, wanted)
        if found is None:
            made = thumbnails_of(self._photos.read(digest))
            self._file.keep({digest: made})
            found = made[wanted]
        return found
