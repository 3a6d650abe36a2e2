"""Photos into a book: one batch, files before records, each file with what came of it, nothing half done."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Book, photos
from db.errors import DiskFullError, ReadOnlyError, UnknownRecordError
from db.photo_store import PhotoStore, photo_folder
from db.photos import PhotosAdded, adding
from db.photos.jpeg import BYTES_AT_MOST
from resources import use_language
from tests.support.books import Template, add_model
from tests.support.pictures import (
    CANARIES,
    CORNERS,
    bring_in,
    clerks_folder,
    kept_files,
    phone_jpeg,
    problem_codes,
    seen_corners,
    write_all,
)


@pytest.fixture
def model(book: Book) -> str:
    """The model the photos are of."""
    with book.writing("an") as write:
        return add_model(write)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder as a clerk brings it."""
    return clerks_folder(tmp_path / "Ảnh tháng 5")


# -- what goes in


def test_good_files_go_in_and_each_bad_one_is_refused_with_its_reason(
    book: Book, model: str, source: Path
) -> None:
    use_language("en")
    done = bring_in(book, model, source)
    assert [one.file.name for one in done.added] == ["a.jpg", "c.heic", "zalo.png"]
    refused = {one.file.name: one.reason for one in done.refused}
    assert ("empty" in refused["d.jpg"], "no JPEG" in refused["ghi chú.txt"], len(refused)) == (True, True, 2)


def test_the_record_says_what_the_file_was(book: Book, model: str, source: Path) -> None:
    added = bring_in(book, model, source / "a.jpg").added[0]
    photo, raw = book.get("photo", added.id), (source / "a.jpg").read_bytes()
    told = {name: photo[name] for name in ("model", "stage", "taken_on", "file_name", "width", "height")}
    assert told == {
        "model": model, "stage": "before", "taken_on": "2024-05-06", "file_name": "a.jpg", "width": 640,
        "height": 400,
    }  # fmt: skip
    assert photo["source_hash"] == hashlib.sha256(raw).hexdigest()


def test_the_hash_is_that_of_the_picture_that_is_given_out(book: Book, model: str, source: Path) -> None:
    added = bring_in(book, model, source / "a.jpg").added[0]
    jpeg = photos.picture(book, added.hash)
    assert (hashlib.sha256(jpeg).hexdigest(), seen_corners(jpeg)) == (added.hash, list(CORNERS))


def test_no_word_of_the_metadata_is_anywhere_beside_the_book(book: Book, model: str, source: Path) -> None:
    bring_in(book, model, source)
    files = [file for file in book.path.parent.rglob("a.danvan*/**/*") if file.is_file()]
    assert len(files) >= 4
    assert [file for file in (*files, book.path) for word in CANARIES if word in file.read_bytes()] == []
    plain = b"".join(photos.picture(book, str(photo["hash"])) for photo in book.find("photo"))
    assert [word for word in (*CANARIES, b"Exif") if word in plain] == []


def test_the_given_day_is_for_those_files_that_do_not_tell_theirs(
    book: Book, model: str, source: Path
) -> None:
    done = photos.add_photos(book, [source], model=model, stage="after", taken_on="2025-01-02")
    assert [(one.taken_on, one.own_date) for one in done.added] == [
        ("2024-05-06", True), ("2024-05-06", True), ("2025-01-02", False),
    ]  # fmt: skip


def test_photos_without_a_day_are_named_to_be_asked_for(book: Book, model: str, source: Path) -> None:
    assert [one.file.name for one in bring_in(book, model, source).undated] == ["zalo.png"]


def test_one_undo_takes_the_batch_back_and_a_redo_brings_it_again(
    book: Book, model: str, source: Path
) -> None:
    done = bring_in(book, model, source)
    book.undo(book.account, done.batch)
    assert (book.count("photo"), len(kept_files(book)), problem_codes(book)) == (0, 3, [])
    book.redo(book.account)
    assert (book.count("photo"), photos.missing(book)) == (3, [])


def test_a_book_open_for_reading_takes_no_photos(book: Book, model: str, source: Path) -> None:
    with book.another() as reader, pytest.raises(ReadOnlyError):
        bring_in(reader, model, source)


def test_an_unknown_model_is_told_before_anything_is_read(book: Book, source: Path) -> None:
    with pytest.raises(UnknownRecordError):
        bring_in(book, "nobody.1", source)
    assert kept_files(book) == []


def test_what_cannot_be_found_is_refused_by_itself(book: Book, model: str, source: Path) -> None:
    (source / "trống").mkdir()
    done = bring_in(book, model, source / "không có.jpg", source / "trống", source / "a.jpg")
    assert ([one.file.name for one in done.refused], len(done.added)) == (["không có.jpg", "trống"], 1)


def test_a_file_that_is_too_large_is_not_even_read(book: Book, model: str, tmp_path: Path) -> None:
    with (tmp_path / "big.jpg").open("wb") as big:
        big.truncate(BYTES_AT_MOST + 1)
    assert str(BYTES_AT_MOST // 2**20) in bring_in(book, model, tmp_path / "big.jpg").refused[0].reason


def test_a_link_that_leads_round_in_a_ring_is_not_followed(book: Book, model: str, source: Path) -> None:
    (source / "b" / "ring").symlink_to(source)
    assert len(bring_in(book, model, source).added) == 3


def test_a_folder_that_may_not_be_read_is_refused_by_itself(
    book: Book, model: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.iterdir

    def closed(folder: Path) -> Iterator[Path]:
        if folder.name == "b":
            raise PermissionError(13, "closed")  # a superuser's tests may read everything
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", closed)
    done = bring_in(book, model, source)
    assert ([one.file.name for one in done.refused if one.file.is_dir()], len(done.added)) == (["b"], 1)


def test_the_books_own_files_are_never_taken_for_photos(book: Book, model: str, source: Path) -> None:
    bring_in(book, model, source)
    assert bring_in(book, model, photo_folder(book.path)).refused == ()


def test_where_nothing_is_new_no_batch_is_written(book: Book, model: str, source: Path) -> None:
    bring_in(book, model, source)
    before = book.last_seqs()
    assert (bring_in(book, model, source).batch, book.last_seqs()) == ("", before)


# -- what is known already


def test_the_same_file_again_is_a_duplicate_and_names_the_photo(
    book: Book, model: str, source: Path
) -> None:
    first = bring_in(book, model, source / "a.jpg").added[0]
    again = bring_in(book, model, source / "a.jpg")
    assert ([one.id for one in again.duplicates], again.added) == ([first.id], ())


def test_the_same_picture_twice_in_one_go_is_added_once(book: Book, model: str, tmp_path: Path) -> None:
    write_all(tmp_path / "in", {"a.jpg": phone_jpeg(), "copy.jpg": phone_jpeg()})
    done = bring_in(book, model, tmp_path / "in")
    assert [one.id for one in done.duplicates] == [one.id for one in done.added]


def test_the_same_picture_with_other_metadata_is_a_duplicate(book: Book, model: str, tmp_path: Path) -> None:
    write_all(tmp_path / "in", {"a.jpg": phone_jpeg(), "b.jpg": phone_jpeg(taken=None)})
    assert len(bring_in(book, model, tmp_path / "in").duplicates) == 1
    again = write_all(tmp_path / "again", {"c.jpg": phone_jpeg(taken=None)})
    assert len(bring_in(book, model, again).duplicates) == 1


def test_what_was_put_into_the_bin_may_be_added_anew(book: Book, model: str, source: Path) -> None:
    first = bring_in(book, model, source / "a.jpg").added[0]
    with book.writing("an") as write:
        photos.remove_photos(write, [first.id])
    again = bring_in(book, model, source / "a.jpg")
    assert (len(again.added), len(kept_files(book)), problem_codes(book)) == (1, 1, [])


# -- what goes wrong


def test_a_cancelled_call_leaves_neither_file_nor_record(book: Book, model: str, source: Path) -> None:
    def stop(done: int) -> None:
        if done > 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        photos.add_photos(book, [source], model=model, stage="before", step=stop)
    assert (book.count("photo"), kept_files(book)) == (0, [])


def test_a_full_disk_leaves_neither_file_nor_record(
    book: Book, model: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = PhotoStore.keep, iter([None, DiskFullError()])

    def keep(store: PhotoStore, jpeg: bytes) -> tuple[str, bool]:
        fault = next(calls)
        if fault:
            raise fault
        return real(store, jpeg)

    monkeypatch.setattr(PhotoStore, "keep", keep)
    with pytest.raises(DiskFullError):
        bring_in(book, model, source)
    assert (book.count("photo"), kept_files(book)) == (0, [])


def test_a_failing_commit_takes_only_its_own_files_back(
    book: Book, model: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bring_in(book, model, source / "a.jpg").added[0]

    def refuse(*_: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(adding._Adding, "_add", refuse)  # noqa: SLF001 - the moment before the commit
    with pytest.raises(DiskFullError):
        bring_in(book, model, source)
    assert kept_files(book) == [PhotoStore.beside(book.path, book.key).file(first.hash)]


_KILLED = """
import os, sys
from pathlib import Path
from db import Book, photos
from db.writing import Writing
path, key, identity, model, source, when = sys.argv[1:]
book = Book.open_with_key(Path(path), bytes.fromhex(key), identity, "an")
real = Writing.finish
def finish(write):
    if when == "after":
        real(write)
        write.connection.execute("COMMIT")
    os._exit(9)
Writing.finish = finish
photos.add_photos(book, [Path(source)], model=model, stage="before")
"""


@pytest.mark.parametrize(
    ("when", "records", "problems"), [("before", 0, ["photo_orphan"] * 3), ("after", 3, [])]
)
def test_a_killed_program_may_leave_a_file_without_record_but_never_the_reverse(
    template: Template, tmp_path: Path, source: Path, when: str, records: int, problems: list[str]
) -> None:
    path = tmp_path / "k.danvan"
    with template.copy_to(path) as book, book.writing("an") as write:
        model = add_model(write)
    words = [str(path), template.key.hex(), template.identity, model, str(source), when]
    run = subprocess.run([sys.executable, "-c", _KILLED, *words], check=False, timeout=60)
    assert run.returncode == 9
    with template.open(path) as book:
        assert (book.count("photo"), problem_codes(book)) == (records, problems)


def test_what_a_killed_program_left_is_used_when_the_photos_are_added_again(
    book: Book, model: str, source: Path
) -> None:
    store = PhotoStore.beside(book.path, book.key)
    digest = bring_in(book, model, source / "a.jpg").added[0].hash
    left = store.file(digest).with_name(".x.tmp")
    left.write_bytes(b"mot nua")
    assert problem_codes(book) == ["photo_unfinished"]
    bring_in(book, model, source)
    assert (problem_codes(book), left.exists()) == ([], False)


def test_two_threads_adding_the_same_files_make_one_photo_of_each(
    book: Book, model: str, source: Path
) -> None:
    done: list[PhotosAdded] = []

    def work() -> None:
        with book.another(writable=True) as own:
            done.append(bring_in(own, model, source))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((len(one.added), len(one.duplicates)) for one in done) == [(0, 3), (3, 0)]
