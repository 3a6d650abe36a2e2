"""Pictures of photos for the screen: read and decoded beside the UI thread, the latest wish first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

from db import Book, photos
from db.errors import BookError

CAP_BYTES = 48 * 2**20
_WAITING_AT_MOST = 300  # what was scrolled past long ago is not fetched any more
_LARGEST_THUMBNAIL = 320
_BYTES_OF_PIXEL = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """A photo by its hash, fitted into so many pixels of the screen."""

    hash: str
    width: int
    height: int


class _Wishes:
    """What waits to be fetched, from both threads; the latest is taken first, the oldest are dropped."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[Wish, None] = OrderedDict()
        self._under_way: Wish | None = None
        self._closed = False
        self._changed = threading.Condition()

    def put(self, wish: Wish) -> None:
        with self._changed:
            if wish == self._under_way:
                return
            self._waiting[wish] = None
            self._waiting.move_to_end(wish)
            while len(self._waiting) > _WAITING_AT_MOST:
                self._waiting.popitem(last=False)
            self._changed.notify()

    def take(self) -> Wish | None:
        """The latest wish, as soon as there is one; None at the end."""
        with self._changed:
            self._under_way = None
            while not self._waiting and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            self._under_way = self._waiting.popitem(last=True)[0]
            return self._under_way

    def is_empty(self) -> bool:
        with self._changed:
            return not self._waiting and self._under_way is None

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()


class Pictures(QObject):
    """Pictures at hand, up to a number of bytes. ``arrived(hash)`` when one came, or is known to be lost.

    The thread that fetches starts with the first wish and ends with :meth:`close`.
    """

    arrived = Signal(str)
    _fetched = Signal(object, object, int)

    def __init__(self, book: Book, parent: QObject | None = None, *, cap: int = CAP_BYTES) -> None:
        super().__init__(parent)
        self._book = book
        self._cap = cap
        self._bytes = 0
        self._kept: OrderedDict[Wish, QPixmap] = OrderedDict()
        self._lost: dict[str, str] = {}
        self._round = 0
        self._wishes = _Wishes()
        self._thread: threading.Thread | None = None
        self._fetched.connect(self._on_fetched)

    def get(self, digest: str, width: int, height: int) -> QPixmap | None:
        """The picture no larger than this (pixels); asked for where it is not at hand."""
        wish = Wish(digest, max(width, 1), max(height, 1))
        found = self._kept.get(wish)
        if found is not None:
            self._kept.move_to_end(wish)
        elif digest and digest not in self._lost:
            self._start()
            self._wishes.put(wish)
        return found

    def why_lost(self, digest: str) -> str:
        """Why there is no picture, for the clerk; nothing where there is one or nobody looked yet."""
        return self._lost.get(digest, "")

    def look_again(self) -> None:
        """Photos changed: what was lost may be back."""
        self._round += 1
        self._lost.clear()

    @property
    def is_idle(self) -> bool:
        """Whether every wish was fetched; what arrives with the next events may make new ones."""
        return self._thread is None or self._wishes.is_empty()

    @property
    def count(self) -> int:
        """How many pictures are at hand."""
        return len(self._kept)

    @property
    def bytes_kept(self) -> int:
        """How much memory the pictures at hand take."""
        return self._bytes

    def close(self) -> None:
        """End the thread; nothing is fetched after this."""
        self._wishes.close()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._fetch_all, name="pictures", daemon=True)
            self._thread.start()

    def _fetch_all(self) -> None:
        """The thread: one wish after the other."""
        with photos.Thumbnails(self._book) as thumbnails:
            while (wish := self._wishes.take()) is not None:
                begun = self._round
                self._fetched.emit(wish, self._image(thumbnails, wish), begun)

    def _image(self, thumbnails: photos.Thumbnails, wish: Wish) -> QImage | str:
        longest = max(wish.width, wish.height)
        try:
            if longest <= _LARGEST_THUMBNAIL:
                return _decoded(thumbnails.get(wish.hash, longest), wish)
            return _decoded(photos.picture(self._book, wish.hash), wish)
        except BookError as error:
            said = getattr(error, "sentence", None)
            return str(said() if callable(said) else error)

    @Slot(object, object, int)
    def _on_fetched(self, wish: Wish, found: QImage | str, begun: int) -> None:
        if isinstance(found, str):
            if begun == self._round:  # else it may have been put back meanwhile: whoever needs it asks again
                self._lost[wish.hash] = found
        elif wish not in self._kept:
            self._keep(wish, QPixmap.fromImage(found))
        self.arrived.emit(wish.hash)

    def _keep(self, wish: Wish, picture: QPixmap) -> None:
        self._kept[wish] = picture
        self._bytes += _size(picture)
        while self._bytes > self._cap and len(self._kept) > 1:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _BYTES_OF_PIXEL


def _decoded(jpeg: bytes, wish: Wish) -> QImage:
    """The picture fitted into the wish, never made larger than it is."""
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size, room = reader.size(), QSize(wish.width, wish.height)
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
