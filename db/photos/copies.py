"""Photos beside the backups of a book: copied once, proven by their hash, and fetched back on restoring."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from db.engine import Connection, connect, storage_faults
from db.errors import BookError
from db.files import disk_faults
from db.photo_store import PhotoDamagedError, PhotoMissingError, PhotoStore
from db.photos.hashes import referred_hashes

Step = Callable[[int], None]


def pool(folder: Path, book: str, key: bytes) -> PhotoStore:
    """The photos that all backups in ``folder`` of the book with identity ``book`` share.

    Files there never change, so that the next backup only brings what is new.
    """
    return PhotoStore(folder / f"photos-{book}", key)


def copy_photos(
    hashes: Collection[str], sources: Iterable[PhotoStore], target: PhotoStore, step: Step = lambda _: None
) -> set[str]:
    """Bring photos to ``target``, each proven by its hash when read and again when written.

    Returns the hashes of those that no source has whole. What is whole in ``target`` stays as it is, even
    where a source has lost it. ``step`` is told 0-100 and may raise to cancel. Raises DiskFullError,
    StorageError.
    """
    stores = tuple(sources)
    lost: set[str] = set()
    for number, digest in enumerate(sorted(hashes)):
        step(100 * number // len(hashes))
        if not target.is_whole(digest) and not any(_bring(digest, source, target) for source in stores):
            lost.add(digest)
    step(100)
    return lost


def _bring(digest: str, source: PhotoStore, target: PhotoStore) -> bool:
    try:
        target.keep(source.read(digest))
        target.read(digest)
    except (PhotoMissingError, PhotoDamagedError):
        return False
    return True


def hashes_in(book: Path, key: bytes) -> set[str]:
    """The hashes that the book or backup at ``book`` refers to; none in one older than photos."""
    connection = connect(book, key, writable=False)
    try:
        with storage_faults(book):
            return referred_hashes(connection) if _has_photos(connection) else set()
    finally:
        connection.close()


def _has_photos(connection: Connection) -> bool:
    sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'photo'"
    return bool(connection.execute(sql).fetchone()[0])


def thin_out(photos: PhotoStore, kept: Iterable[Path], key: bytes) -> None:
    """Delete photos to which none of the ``kept`` backups refers; nothing where one cannot be read."""
    try:
        wanted = {photos.name(digest) for backup in kept for digest in hashes_in(backup, key)}
    except BookError:
        return
    with disk_faults():
        for file in photos.files():
            if file.name not in wanted:
                file.unlink(missing_ok=True)


def fetch(content: Path, source: Path, book: str, key: bytes, target: Path) -> list[str]:
    """Bring the photos to where the book at ``target`` is to stand; the hashes of those brought.

    ``content`` is a readable copy of the backup at ``source``. The photos are looked for beside the backup,
    and where a book that was copied as it is has them.
    """
    home = PhotoStore.beside(target, key)
    wanted = {digest for digest in hashes_in(content, key) if not home.is_whole(digest)}
    sources = (pool(source.parent, book, key), PhotoStore.beside(source, key))
    return sorted(wanted - copy_photos(wanted, sources, home))
