"""Workflows that write files beside the book: photos and papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from db import Book, photos
from db.files import make_folder
from db.photo_store import PhotoStore
from db.photos.forgetting import erase_photo
from db.photos.hashes import referred_hashes
from db.photos.jpeg import SIDES, read_picture
from db.photos.thumb_file import ThumbFile
from forms.issue import draft_paper, issue_paper
from forms.paper_request import PaperRequest
from tests.faults.desk import Desk
from tests.faults.of_records import one_edit
from tests.faults.workflow import Done, Run
from tests.support.books import NOON
from tests.support.pictures import phone_jpeg, write_all


def issue(desk: Desk) -> Run:
    with desk.open() as book:
        requests = [PaperRequest("result_report", period, book.own_unit()) for period in ("2024", "2024H1")]
        drafts = [draft_paper(book, request) for request in requests]

    def run(done: Done) -> None:
        make_folder(desk.folder / "papers")
        with desk.open() as book:
            for draft in drafts:
                issue_paper(book, draft, desk.folder / "papers" / f"bao_cao_{draft.request.period}.pdf")
                done(book)

    return run


def papers_are_there(desk: Desk, book: Book, _done: int) -> Iterator[str]:
    for paper in book.find("paper"):
        file = desk.folder / "papers" / str(paper["file_name"])
        if not file.exists():
            yield f"{file.name} is in the register only"
        elif sha256(file.read_bytes()).hexdigest() != paper["pdf_hash"]:
            yield f"{file.name} is not what was issued"


@cache
def pictures(desk: Desk) -> list[Path]:
    """Two that came from a phone."""
    folder = desk.folder.with_name("ảnh")
    write_all(folder, {f"{side}.jpg": phone_jpeg(size=side) for side in (320, 352)})
    return sorted(folder.iterdir())


@cache
def _digests(desk: Desk) -> list[str]:
    """What they are called in a book; no child need load what reading pictures takes."""
    return [read_picture(file.read_bytes(), NOON.date()).hash for file in pictures(desk)]


def add_photos(desk: Desk) -> Run:
    """The window has written something, and looked for small pictures before there was any."""
    files = pictures(desk)
    _digests(desk)

    def run(done: Done) -> None:
        with desk.open() as book:
            one_edit(book, 0)
            done(book)
            ThumbFile(book.path, book.key).close()
            for file in files:
                add_all(book, [file])
                done(book)

    return run


def add_all(book: Book, files: list[Path]) -> None:
    """Add photos to the first model."""
    photos.add_photos(book, files, model=book.find("model")[0].id, stage="before")


def photos_are_there(desk: Desk, book: Book, _done: int) -> Iterator[str]:
    """Each photo of the book is whole; those that are not there can be added."""
    yield from _photos_are_whole(book)
    files = pictures(desk)
    add_all(book, files)
    if book.count("photo") != len(files):
        yield f"added again, there are {book.count('photo')} photos"
    yield from (f"{file.name} is left over" for file in PhotoStore.beside(book.path, book.key).unfinished())


def _photos_are_whole(book: Book) -> Iterator[str]:
    yield from (one.message for one in photos.check_photos(book) if one.grave)
    for photo in book.find("photo"):
        if not photos.thumbnail(book, str(photo["hash"]), 160):
            yield f"no small picture of {photo['file_name']}"


def forget_photos(desk: Desk) -> Run:
    """Two photos are erased, one after the other."""
    with desk.open() as book:
        add_all(book, pictures(desk))
        ids = [photo.id for photo in book.find("photo")]

    def run(done: Done) -> None:
        with desk.open() as book:
            for record in ids:
                erase_photo(book, "an", record)
                done(book)

    return run


def forgotten_are_gone(desk: Desk, book: Book, _done: int) -> Iterator[str]:
    """No file and no small picture is left of a photo that no record refers to."""
    store, kept = PhotoStore.beside(book.path, book.key), referred_hashes(book.connection)
    names = {store.name(digest) for digest in kept}
    going = (file for file in store.files() if file.name not in names)
    yield from (f"the file {file.name[:8]} is still there" for file in going)
    yield from (f"a photo of {digest[:8]} is not whole" for digest in kept if not store.is_whole(digest))
    with ThumbFile(book.path, book.key) as small:
        for digest in _digests(desk):
            if digest not in kept and any(small.find(digest, side) for side in SIDES):
                yield f"a small picture of {digest[:8]} is still there"
