"""Photos in: read and made ours by two threads, their files written first, then one batch of records."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from db.book import Book
from db.errors import ReadOnlyError
from db.photo_store import PhotoStore
from db.photos.hashes import referred_hashes
from db.photos.incoming import RefusedPhoto, files_in
from db.photos.jpeg import BYTES_AT_MOST, Picture, PictureRefusedError, as_stored, read_picture
from db.photos.thumb_file import ThumbFile
from db.records.definition import Value
from db.writing import Writing
from resources import _, ngettext

Step = Callable[[int], None]
_THREADS = 2
_AHEAD = _THREADS + 1  # pictures in memory at once; each may be 40 MB
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class AddedPhoto:
    """A photo that is now in the book. Sizes in bytes: as it came, as it is kept."""

    id: str
    file: Path
    hash: str
    taken_on: str | None
    size_before: int
    size: int
    own_date: bool
    """Whether the file itself told the day; otherwise it is the one given, or still to be asked for."""
    wrong_day: str | None = None
    """The day (ISO) that the camera told, if it cannot be right and was not kept."""


@dataclass(frozen=True, slots=True)
class KnownPhoto:
    """A file whose picture the book has: ``id`` is its record."""

    file: Path
    id: str


@dataclass(frozen=True, slots=True)
class PhotosAdded:
    """What came of each file. ``batch`` is what an undo takes; empty where nothing was written.

    ``reattached``: the picture of a photo whose file was missing or damaged; the file is back.
    """

    added: tuple[AddedPhoto, ...]
    duplicates: tuple[KnownPhoto, ...]
    refused: tuple[RefusedPhoto, ...]
    reattached: tuple[KnownPhoto, ...]
    batch: str

    @property
    def undated(self) -> tuple[AddedPhoto, ...]:
        """Photos whose day nobody knows yet: to be asked for."""
        return tuple(photo for photo in self.added if photo.taken_on is None)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read. ``record``: the photo of the book that has this picture but not its file."""

    file: Path
    source_hash: str
    size: int
    picture: Picture
    record: str | None = None


@dataclass(slots=True)
class _Known:
    """Which record has which picture, by the hash of the source and by that of the stored JPEG."""

    by_hash: dict[str, str] = field(default_factory=dict)
    hash_of: dict[str, str] = field(default_factory=dict)

    def note(self, record: str, digest: str, source: str | None) -> None:
        self.by_hash.setdefault(digest, record)
        if source:
            self.by_hash.setdefault(source, record)
        self.hash_of[record] = digest


def _known_to(book: Book) -> _Known:
    known = _Known()
    for record, digest, source in book.rows("photo", ("id", "hash", "source_hash")):
        known.note(record, digest, source)
    return known


def add_photos(
    book: Book,
    files: Iterable[Path],
    *,
    model: str,
    stage: str | None,
    taken_on: str | None = None,
    caption: str | None = None,
    activity: str | None = None,
    step: Step = lambda _: None,
) -> PhotosAdded:
    """Take the files, and all files below the folders, into the book as photos of ``model`` (its id).

    ``stage``: before, during or after. ``taken_on`` (ISO) is for those files that do not tell their day
    themselves. ``book`` must be a writing connection of this thread. ``step`` is told 0-100 and may raise to
    cancel. All records are one batch; on any exception neither record nor file is left. A file that cannot
    be taken is refused by itself. Raises UnknownRecordError, ReadOnlyError, DiskFullError, StorageError.
    """
    if not book.writable:
        raise ReadOnlyError
    book.get("model", model)
    about: dict[str, Value] = {"model": model, "stage": stage, "caption": caption, "activity": activity}
    with _ONE_AT_A_TIME:
        return _Adding(book, about, taken_on).run(list(files_in(files, book.path)), step)


class _Adding:
    """One call of :func:`add_photos`."""

    def __init__(self, book: Book, about: dict[str, Value], taken_on: str | None) -> None:
        self.book = book
        self.store = PhotoStore.beside(book.path, book.key)
        self.known = _known_to(book)
        self.about = about
        self.taken_on = taken_on
        self.written: list[str] = []
        self.refused: list[RefusedPhoto] = []
        self.duplicates: list[KnownPhoto] = []
        self.new: dict[str, _Read] = {}
        self.again: list[_Read] = []
        self.twins: list[tuple[Path, str]] = []

    def run(self, files: Sequence[Path | RefusedPhoto], step: Step) -> PhotosAdded:
        try:
            for left in self.store.unfinished():
                left.unlink(missing_ok=True)
            for number, outcome in enumerate(self._outcomes(files)):
                step(100 * number // len(files))
                self._take(outcome)
            result = self._record()
        except BaseException:
            self._take_back()
            raise
        self._keep_thumbnails()
        step(100)
        return result

    # -- reading, in threads

    def _outcomes(self, files: Sequence[Path | RefusedPhoto]) -> Iterator[_Read | KnownPhoto | RefusedPhoto]:
        """What came of each file, in their order, a few being read ahead."""
        today = self.book.now().date()
        waiting: deque[Future[_Read | KnownPhoto | RefusedPhoto]] = deque()
        pool = ThreadPoolExecutor(_THREADS, "photos")
        try:
            for file in files:
                waiting.append(pool.submit(_outcome, file, self.store, self.known, today))
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    # -- keeping: files first

    def _take(self, outcome: _Read | KnownPhoto | RefusedPhoto) -> None:
        if isinstance(outcome, RefusedPhoto):
            self.refused.append(outcome)
        elif isinstance(outcome, KnownPhoto):
            self.duplicates.append(outcome)
        elif outcome.record:
            self._write(outcome)
            self.again.append(outcome)
        else:
            self._take_new(outcome)

    def _take_new(self, read: _Read) -> None:
        """A picture may be known by its pixels, or twice among these files."""
        digest = read.picture.hash
        record = self.known.by_hash.get(digest)
        if record is None and digest in self.new:
            self.twins.append((read.file, digest))
        elif record is None:
            self._write(read)
            self.new[digest] = read
        elif self.store.is_whole(digest):
            self.duplicates.append(KnownPhoto(read.file, record))
        else:
            self._write(read)
            self.again.append(_Read(read.file, read.source_hash, read.size, read.picture, record))

    def _write(self, read: _Read) -> None:
        digest, written = self.store.keep(read.picture.jpeg)
        if written:
            self.written.append(digest)

    def _take_back(self) -> None:
        """Remove the files of this call to which no record refers: nothing was recorded."""
        referred = referred_hashes(self.book.connection, self.written)
        for digest in self.written:
            if digest not in referred:
                self.store.delete(digest)

    # -- recording: one batch

    def _record(self) -> PhotosAdded:
        added: list[AddedPhoto] = []
        ids: dict[str, str] = {}
        batch = ""
        count = len(self.new) + len(self.again)
        if count:
            title = ngettext("{count} photo", "{count} photos", count).format(count=count)
            with self.book.writing(self.book.account, act="edit", title=title) as write:
                for read in self.new.values():
                    photo = self._add(write, read)
                    added.append(photo)
                    ids[photo.hash] = photo.id
                for read in self.again:
                    self._put_back(write, read)
            batch = write.batch.id
        duplicates = (*self.duplicates, *(KnownPhoto(file, ids[digest]) for file, digest in self.twins))
        again = tuple(KnownPhoto(read.file, str(read.record)) for read in self.again)
        return PhotosAdded(tuple(added), duplicates, tuple(self.refused), again, batch)

    def _add(self, write: Writing, read: _Read) -> AddedPhoto:
        picture = read.picture
        taken_on = picture.taken_on or self.taken_on
        told = stored_values(picture, read.source_hash, read.file.name)
        record = write.add("photo", {**self.about, "taken_on": taken_on, **told})
        own, size = picture.taken_on is not None, len(picture.jpeg)
        return AddedPhoto(
            record, read.file, picture.hash, taken_on, read.size, size, own, picture.wrong_day
        )

    def _put_back(self, write: Writing, read: _Read) -> None:
        """Made anew by another version of the library, the JPEG may differ: then the record says so."""
        picture = read.picture
        write.change("photo", str(read.record), {
            "hash": picture.hash, "width": picture.width, "height": picture.height, "size": len(picture.jpeg),
        })  # fmt: skip

    def _keep_thumbnails(self) -> None:
        made = [read.picture for read in (*self.new.values(), *self.again)]
        with ThumbFile(self.book.path, self.book.key) as thumbnails:
            thumbnails.keep({picture.hash: picture.thumbnails for picture in made})


def put_photo(
    write: Writing, store: PhotoStore, raw: bytes, file_name: str, about: Mapping[str, Value], today: date
) -> str:
    """One picture that the program itself made, in an open write; the id of its record."""
    picture = read_picture(raw, today)
    store.keep(picture.jpeg)
    told = stored_values(picture, hashlib.sha256(raw).hexdigest(), file_name)
    return write.add("photo", {**about, **told})


def stored_values(picture: Picture, source_hash: str, file_name: str) -> dict[str, Value]:
    """The fields of a photo record that its file gives."""
    return {
        "hash": picture.hash,
        "source_hash": source_hash,
        "file_name": file_name,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.jpeg),
    }


# -- in the threads


def _outcome(
    file: Path | RefusedPhoto, store: PhotoStore, known: _Known, today: date
) -> _Read | KnownPhoto | RefusedPhoto:
    if isinstance(file, RefusedPhoto):
        return file
    try:
        return _read(file, store, known, today)
    except PictureRefusedError as error:
        return RefusedPhoto(file, str(error))
    except OSError:
        return RefusedPhoto(file, _("The file cannot be read. Check whether the stick or card is still in."))


def _read(file: Path, store: PhotoStore, known: _Known, today: date) -> _Read | KnownPhoto:
    size = file.stat().st_size
    if size > BYTES_AT_MOST:
        words = _("The file is too large: at most {limit} MB can be read.")
        raise PictureRefusedError(words.format(limit=BYTES_AT_MOST // 2**20))
    raw = file.read_bytes()
    source = hashlib.sha256(raw).hexdigest()
    record = known.by_hash.get(source)
    make = partial(read_picture, raw, today)
    if record is None:
        return _Read(file, source, len(raw), make())
    stored = known.hash_of[record]
    if store.is_whole(stored):
        return KnownPhoto(file, record)
    picture = as_stored(raw) if source == stored else make()
    return _Read(file, source, len(raw), picture, record)
