"""Are the photo files what the records say? Every one is decrypted and hashed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from db.book import Book
from db.check import Problem
from db.photo_store import PhotoDamagedError, PhotoMissingError, PhotoStore, WrongContentError, is_hash
from db.photos.hashes import referred_hashes
from db.store import Record
from resources import N_, _

Step = Callable[[int], None]

_WORDS: dict[type[Exception], tuple[str, str]] = {
    PhotoMissingError: (
        "photo_missing",
        N_("The file of the photo “{title}” is missing. Add the picture once more and it is put back."),
    ),
    WrongContentError: (
        "photo_wrong",
        N_("The file of the photo “{title}” holds another picture. Add the right one once more."),
    ),
    PhotoDamagedError: (
        "photo_damaged",
        N_("The file of the photo “{title}” is damaged. Add the picture once more and it is put back."),
    ),
}


def check_photos(book: Book, step: Step = lambda _: None) -> list[Problem]:
    """Missing, damaged and wrong files of live photos, and files that no photo refers to.

    ``step`` is told 0-100 as the work goes on and may raise to cancel. Nothing is changed: a file that
    nothing refers to is kept, and becomes a photo again only when somebody adds its picture.
    """
    photos = PhotoStore.beside(book.path, book.key)
    live = book.find("photo")
    found: list[Problem] = []
    for number, photo in enumerate(live):
        step(100 * number // len(live))
        found.extend(_of_photo(photos, photo))
    found.extend(_orphans(book, photos))
    step(100)
    return found


def _of_photo(photos: PhotoStore, photo: Record) -> Iterator[Problem]:
    if not is_hash(photo["hash"]):
        return  # it was forgotten
    try:
        photos.read(str(photo["hash"]))
    except (PhotoMissingError, PhotoDamagedError) as error:
        code, words = _WORDS[type(error)]
        title = photo.title or str(photo["file_name"] or photo.id)
        yield Problem(code, _(words).format(title=title))


def _orphans(book: Book, photos: PhotoStore) -> Iterator[Problem]:
    wanted = {photos.name(digest) for digest in referred_hashes(book.connection)}
    words = _("The photo file {name} belongs to no photo. It is kept; add its picture again to use it.")
    for file in photos.files():
        if file.name not in wanted:
            yield Problem("photo_orphan", words.format(name=file.name), grave=False)
    words = _("The file {name} was left by an interrupted write. It goes when photos are next added.")
    for file in photos.unfinished():
        yield Problem("photo_unfinished", words.format(name=file.name), grave=False)
