"""Erasing a photo takes its file and thumbnails along, here and wherever the erasure arrives."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import Protocol

from db import operations as log
from db.engine import Connection
from db.journal import Operation
from db.photo_store import PhotoStore, is_hash
from db.photos.hashes import referred_hashes
from db.photos.thumb_file import ThumbFile

_DUE = "forgotten_photos"
_ABOUT_PEOPLE = ("hash", "source_hash", "file_name", "caption", "place", "photographer", "taken_on")


class _Erasing(Protocol):
    def erase(self, actor: str, type_name: str, record: str, fields: tuple[str, ...]) -> None: ...


def erase_photo(book: _Erasing, actor: str, record: str) -> None:
    """Forget a photo: what its record says and its file, here and, with the next package, everywhere."""
    book.erase(actor, "photo", record, _ABOUT_PEOPLE)


def note_forgotten(connection: Connection, operation: Operation, names: Container[str]) -> None:
    """Remember, in the transaction that forgets ``names``, which files have to go after it."""
    change = operation.changes.get("hash") if operation.type == "photo" and "hash" in names else None
    told = {value for value in (change.before, change.after) if is_hash(value)} if change else set()
    if told:
        due = {*log.info(connection, _DUE).split(), *map(str, told)}
        log.tell(connection, _DUE, " ".join(sorted(due)))


def delete_forgotten(connection: Connection, book: Path, key: bytes) -> None:
    """Delete the files that are due; one that another photo has too stays. Raises StorageError."""
    due = log.info(connection, _DUE).split()
    if not due:
        return
    going = set(due) - referred_hashes(connection, due)
    photos = PhotoStore.beside(book, key)
    for digest in going:
        photos.delete(digest)
    with ThumbFile(book, key) as thumbnails:
        thumbnails.forget(going)
    connection.execute("DELETE FROM book_info WHERE key = ?", (_DUE,))
