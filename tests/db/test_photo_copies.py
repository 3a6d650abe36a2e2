"""Photos go with the backups, each proven by its hash, and come back with them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Book, backup, photos
from db import keys as key_module
from db.backup import back_up, backups_in, folder_of, restore
from db.errors import StorageError
from db.photo_store import PhotoStore, photo_folder
from db.photos import PhotosAdded, copies
from tests.support.books import PASSWORD, Template, add_model
from tests.support.pictures import bring_in, clerks_folder, kept_files, problem_codes


@pytest.fixture
def book(template: Template, tmp_path: Path) -> Iterator[Book]:
    """A book with its keys, a model and three photos."""
    path = tmp_path / "so.danvan"
    with template.copy_to(path) as opened:
        key_module.write_ring(path, key_module.read_ring(template.path))
        with opened.writing("an") as write:
            model = add_model(write)
        _three(opened, model, tmp_path)
        yield opened


def _three(book: Book, model: str, tmp_path: Path) -> PhotosAdded:
    return bring_in(book, model, clerks_folder(tmp_path / "in"))


def _hashes(book: Book) -> list[str]:
    return [str(photo["hash"]) for photo in book.find("photo")]


def _pool(folder: Path, book: Book) -> list[Path]:
    return list(copies.pool(folder, book.identity, book.key).files())


def _store(book: Book) -> PhotoStore:
    return PhotoStore.beside(book.path, book.key)


def test_a_backup_takes_the_photos_along(book: Book, tmp_path: Path) -> None:
    made = back_up(book, tmp_path / "usb")
    assert (len(_pool(tmp_path / "usb", book)), made.photos_lost) == (3, 0)


def test_the_next_backup_brings_only_what_is_new(book: Book, tmp_path: Path) -> None:
    back_up(book, tmp_path / "usb")
    before = {file: file.stat().st_mtime_ns for file in _pool(tmp_path / "usb", book)}
    back_up(book, tmp_path / "usb")
    assert {file: file.stat().st_mtime_ns for file in _pool(tmp_path / "usb", book)} == before


def test_a_restored_book_has_its_photos(book: Book, tmp_path: Path, template: Template) -> None:
    made, digests = back_up(book, tmp_path / "usb"), _hashes(book)
    target = tmp_path / "new" / "so.danvan"
    assert restore(made.path, PASSWORD, target) == []
    with template.open(target) as again:
        assert (_hashes(again), problem_codes(again)) == (digests, [])


def test_photos_come_back_beside_those_that_are_still_there(book: Book, tmp_path: Path) -> None:
    made = back_up(book, tmp_path / "usb")
    target = tmp_path / "new" / "so.danvan"
    shutil.copytree(photo_folder(book.path), photo_folder(target))
    PhotoStore.beside(target, book.key).file(_hashes(book)[0]).write_bytes(b"hong")
    assert restore(made.path, PASSWORD, target) == []


def test_a_copied_book_brings_the_photos_that_lie_beside_it(book: Book, tmp_path: Path) -> None:
    book.close()
    assert restore(book.path, PASSWORD, tmp_path / "new" / "so.danvan") == []


def test_a_photo_that_was_not_copied_is_named_after_restoring(book: Book, tmp_path: Path) -> None:
    made = back_up(book, tmp_path / "usb")
    _pool(tmp_path / "usb", book)[0].unlink()
    found = restore(made.path, PASSWORD, tmp_path / "new" / "so.danvan")
    assert [problem.code for problem in found] == ["photo_missing"]


def test_a_lost_photo_is_told_and_does_not_keep_the_book_from_being_copied(
    book: Book, tmp_path: Path
) -> None:
    gone, spoilt, _whole = _hashes(book)
    _store(book).delete(gone)
    _store(book).file(spoilt).write_bytes(b"hong")
    made = back_up(book, tmp_path / "usb")
    assert (made.photos_lost, len(_pool(tmp_path / "usb", book)), made.path.exists()) == (2, 1, True)


def test_a_photo_that_the_book_has_lost_stays_in_the_backups(book: Book, tmp_path: Path) -> None:
    back_up(book, tmp_path / "usb")
    _store(book).file(_hashes(book)[0]).write_bytes(b"hong")
    made = back_up(book, tmp_path / "usb")
    assert (made.photos_lost, restore(made.path, PASSWORD, tmp_path / "new" / "so.danvan")) == (0, [])


def test_a_damaged_copy_is_replaced_by_the_next_backup(book: Book, tmp_path: Path) -> None:
    back_up(book, tmp_path / "usb")
    _pool(tmp_path / "usb", book)[0].write_bytes(b"hong")
    made = back_up(book, tmp_path / "usb")
    assert restore(made.path, PASSWORD, tmp_path / "new" / "so.danvan") == []


def test_copies_of_an_erased_photo_go_with_the_last_backup_that_has_it(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "KEEP", 2)
    own = folder_of(book.path)
    back_up(book)
    photos.erase_photo(book, "an", book.find("photo")[0].id)
    counts = []
    for _number in range(2):
        back_up(book)
        counts.append(len(_pool(own, book)))
    assert (counts, len(backups_in(own, book.path)), len(kept_files(book))) == ([3, 2], 2, 2)


def test_nothing_is_thinned_out_while_one_backup_cannot_be_read(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "KEEP", 2)
    own = folder_of(book.path)
    back_up(book)
    back_up(book)
    photos.erase_photo(book, "an", book.find("photo")[0].id)
    backups_in(own, book.path)[1].write_bytes(b"hong" * 4096)
    back_up(book)
    assert len(_pool(own, book)) == 3


def test_a_restore_that_fails_leaves_no_photos_behind(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(book, tmp_path / "usb")

    def fails(*_: object) -> None:
        raise StorageError

    monkeypatch.setattr(key_module, "write_ring", fails)
    target = tmp_path / "new" / "so.danvan"
    with pytest.raises(StorageError):
        restore(made.path, PASSWORD, target)
    assert list(PhotoStore.beside(target, book.key).files()) == []


def test_a_backup_from_before_there_were_photos_has_none(book: Book) -> None:
    book.connection.execute("DROP TABLE photo")
    assert copies.hashes_in(book.path, book.key) == set()
