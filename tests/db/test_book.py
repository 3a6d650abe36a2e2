"""The life of a book: made, opened, refused, moved, copied, written by one at a time."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db import Book, NewUnit
from db import keys as key_module
from db import operations as log
from db.errors import (
    BookDamagedError,
    BookExistsError,
    BookInUseError,
    BookMissingError,
    BookTooNewError,
    KeysMissingError,
    ReadOnlyError,
    StorageError,
    UnsafePlaceError,
    WeakPasswordError,
    WrongPasswordError,
)
from db.sites import SiteRegister
from tests.support.books import PASSWORD, WARD, Template, add_model, at_noon, own_state


@pytest.fixture
def path(template: Template, tmp_path: Path) -> Path:
    """A copy of it, with its keys."""
    target = tmp_path / "so.danvan"
    sources = (template.path, *key_module.key_files(template.path))
    for source, copy in zip(sources, (target, *key_module.key_files(target)), strict=True):
        shutil.copyfile(source, copy)
    return target


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if file.name != "state"}


def _write(book: Book, code: str = "MH01") -> str:
    """Write something; the site that wrote it."""
    with book.writing("an") as write:
        add_model(write, code)
    return write.batch.site


# -- making


def test_a_new_book_holds_its_office(template: Template) -> None:
    with template.open(template.path, writable=False) as book:
        assert book.get("org_unit", book.own_unit())["name"] == WARD.name


def test_the_recovery_sheet_opens_a_new_book(tmp_path: Path) -> None:
    book, sheet = Book.create(tmp_path / "so.danvan", PASSWORD, WARD)
    book.close()
    with Book.open(tmp_path / "so.danvan", sheet.code.lower().replace("-", " ")) as opened:
        assert opened.account == "recovery"


def test_a_book_is_not_made_where_one_is(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(BookExistsError):
        Book.create(path, PASSWORD, WARD)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["so.danvan.keys", "so.danvan.keys2", "so.danvan-wal", "so.danvan-journal"])
def test_a_book_is_not_made_over_what_is_left_of_another(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"left")
    with pytest.raises(BookExistsError):
        Book.create(tmp_path / "so.danvan", PASSWORD, WARD)


def test_a_short_password_makes_no_book(tmp_path: Path) -> None:
    with pytest.raises(WeakPasswordError):
        Book.create(tmp_path / "so.danvan", "1234567", WARD)
    assert _names(tmp_path) == set()


def test_a_book_is_not_made_in_a_synced_folder(tmp_path: Path) -> None:
    with pytest.raises(UnsafePlaceError):
        Book.create(tmp_path / "OneDrive" / "so.danvan", PASSWORD, WARD)
    assert _names(tmp_path) == set()


def test_a_book_that_could_not_be_finished_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="code"):
        Book.create(tmp_path / "so.danvan", PASSWORD, NewUnit("\ud800", "hỏng", "ward"))
    assert _names(tmp_path) == set()


def test_a_folder_that_cannot_be_made_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        Book.create(tmp_path / "file" / "sổ" / "so.danvan", PASSWORD, WARD)


# -- opening


def test_a_password_typed_in_pieces_opens(path: Path) -> None:
    ring = key_module.read_ring(path)
    key, _ = key_module.unlock(ring, PASSWORD)
    key_module.write_ring(path, key_module.with_password(ring, key, "an", "mật khẩu thử"))
    with Book.open(path, unicodedata.normalize("NFD", "mật khẩu thử")) as book:
        assert book.account == "an"


def test_a_wrong_password_is_refused(path: Path) -> None:
    with pytest.raises(WrongPasswordError):
        Book.open(path, "not the password")


def test_a_missing_book_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(BookMissingError):
        Book.open(tmp_path / "so.danvan", PASSWORD)
    assert _names(tmp_path) == set()


def test_a_missing_book_is_not_made_by_its_key(tmp_path: Path, template: Template) -> None:
    with pytest.raises(BookMissingError):
        template.open(tmp_path / "so.danvan")
    assert _names(tmp_path) == set()


def test_an_empty_file_is_refused(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(BookDamagedError):
        Book.open(path, PASSWORD)


def test_an_empty_file_stays_empty(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(BookDamagedError):
        Book.open(path, PASSWORD)
    assert path.stat().st_size == 0


@pytest.mark.parametrize("content", [b"not a book", bytes(8192), b"SQLite format 3\x00" + bytes(8176)])
def test_a_file_that_is_no_book_is_refused(template: Template, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(BookDamagedError):
        template.open(path)


def test_an_encrypted_file_that_is_no_book_is_refused(template: Template, tmp_path: Path) -> None:
    connection = dbapi2.connect(str(tmp_path / "other.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{template.key.hex()}'\"")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(BookDamagedError):
        template.open(tmp_path / "other.db")


def test_a_folder_is_no_book(template: Template, tmp_path: Path) -> None:
    (tmp_path / "so.danvan").mkdir()
    with pytest.raises(StorageError):
        template.open(tmp_path / "so.danvan")


def test_without_its_keys_a_book_stays_shut(path: Path) -> None:
    for file in key_module.key_files(path):
        file.unlink()
    with pytest.raises(KeysMissingError):
        Book.open(path, PASSWORD)


def test_opening_mends_a_damaged_copy_of_the_keys(path: Path) -> None:
    first, second = key_module.key_files(path)
    whole = second.read_bytes()
    first.write_bytes(b"damaged")
    Book.open(path, PASSWORD).close()
    assert first.read_bytes() == whole


def test_a_book_in_a_synced_folder_is_not_opened(template: Template, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    shutil.copyfile(template.path, tmp_path / "Dropbox" / "so.danvan")
    with pytest.raises(UnsafePlaceError):
        Book.open(tmp_path / "Dropbox" / "so.danvan", PASSWORD)


def test_a_second_writer_is_refused(template: Template, book: Book) -> None:
    with pytest.raises(BookInUseError):
        template.open(book.path)


def test_a_reader_may_look_while_somebody_writes(template: Template, book: Book) -> None:
    with template.open(book.path, writable=False) as reader:
        assert reader.own_unit() == book.own_unit()


def test_a_refused_book_is_free_again(template: Template, tmp_path: Path) -> None:
    (tmp_path / "so.danvan").write_bytes(bytes(8192))
    for _ in range(2):
        with pytest.raises(BookDamagedError):
            template.open(tmp_path / "so.danvan")


def _from_a_newer_version(template: Template, path: Path) -> None:
    with template.copy_to(path) as book:
        book.connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('danvan', '9999_x', '')"
        )


@pytest.mark.parametrize("writable", [True, False])
def test_a_newer_book_is_refused(template: Template, tmp_path: Path, writable: bool) -> None:
    _from_a_newer_version(template, tmp_path / "so.danvan")
    with pytest.raises(BookTooNewError) as refused:
        template.open(tmp_path / "so.danvan", writable=writable)
    assert refused.value.steps == ("9999_x",)


def test_a_newer_book_is_left_alone(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "so.danvan"
    _from_a_newer_version(template, path)
    before, beside = path.read_bytes(), _names(tmp_path)
    with pytest.raises(BookTooNewError):
        template.open(path)
    assert (path.read_bytes(), _names(tmp_path)) == (before, beside)


# -- writing


def test_what_was_written_is_there_when_opened_again(template: Template, book: Book) -> None:
    _write(book)
    path = book.path
    book.close()
    with template.open(path) as again:
        assert again.count("model") == 1


def test_an_exception_takes_everything_back(book: Book) -> None:
    with pytest.raises(ZeroDivisionError), book.writing("an") as write:
        add_model(write)
        raise ZeroDivisionError
    assert (book.count("model"), book.search("MH01"), len(book.batches())) == (0, [], 1)


def test_after_an_exception_the_next_write_works(book: Book) -> None:
    with pytest.raises(ZeroDivisionError), book.writing("an"):
        raise ZeroDivisionError
    _write(book)
    assert book.count("model") == 1


def test_a_write_that_cannot_even_begin_leaves_no_open_transaction(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("db.book.new_site", fails)
    with pytest.raises(ZeroDivisionError):
        _write(book)
    assert not book.connection.in_transaction


def test_a_reader_cannot_write(template: Template, book: Book) -> None:
    with template.open(book.path, writable=False) as reader, pytest.raises(ReadOnlyError):
        _write(reader)


def test_a_reader_gives_no_writer(template: Template, book: Book) -> None:
    with template.open(book.path, writable=False) as reader, pytest.raises(ReadOnlyError):
        reader.another(writable=True)


def test_another_connection_sees_what_was_written(book: Book) -> None:
    with book.another() as reader:
        _write(book)
        assert reader.count("model") == 1


def test_the_book_is_free_when_its_last_connection_closes(template: Template, book: Book) -> None:
    reader = book.another()
    book.close()
    with pytest.raises(BookInUseError):
        template.open(book.path)
    reader.close()
    template.open(book.path).close()


def test_closing_twice_is_closing_once(book: Book) -> None:
    book.close()
    book.close()


def test_an_empty_write_leaves_no_batch(book: Book) -> None:
    with book.writing("an") as write:
        pass
    assert (write.batch.id, len(book.batches())) == ("", 1)


def test_facts_of_an_open_book(template: Template, book: Book) -> None:
    told = (book.identity, book.key, book.account, book.writable, book.now())
    assert told == (template.identity, template.key, "an", True, at_noon())


# -- copied, restored, moved


def test_the_same_place_goes_on_as_the_same_site(template: Template, book: Book) -> None:
    first = _write(book)
    path = book.path
    book.close()
    with template.open(path) as again:
        assert _write(again, "MH02") == first


def test_a_copied_book_becomes_a_new_site(template: Template, book: Book, tmp_path: Path) -> None:
    first = _write(book)
    book.close()
    shutil.copyfile(book.path, tmp_path / "copy.danvan")
    with template.open(tmp_path / "copy.danvan") as copy:
        assert _write(copy, "MH02") != first


def test_the_original_of_a_copy_stays_what_it_is(template: Template, book: Book, tmp_path: Path) -> None:
    first = _write(book)
    book.close()
    shutil.copyfile(book.path, tmp_path / "copy.danvan")
    with template.open(tmp_path / "copy.danvan") as copy:
        _write(copy, "MH02")
    with template.open(book.path) as original:
        assert _write(original, "MH03") == first


def test_a_moved_book_becomes_a_new_site(template: Template, book: Book, tmp_path: Path) -> None:
    first = _write(book)
    book.close()
    moved = book.path.rename(tmp_path / "moved.danvan")
    with template.open(moved) as again:
        assert _write(again, "MH02") != first


def test_an_older_state_put_back_becomes_a_new_site(template: Template, book: Book, tmp_path: Path) -> None:
    first = _write(book)
    book.close()
    shutil.copyfile(book.path, tmp_path / "kept")
    with template.open(book.path) as later:
        _write(later, "MH02")
    shutil.copyfile(tmp_path / "kept", book.path)
    with template.open(book.path) as restored:
        assert _write(restored, "MH03") != first


def test_a_book_on_another_pc_at_the_same_path_becomes_a_new_site(
    template: Template, book: Book, tmp_path: Path
) -> None:
    first = _write(book)
    book.close()
    with own_state(tmp_path / "other pc"), template.open(book.path) as again:
        assert _write(again, "MH02") != first


def test_a_new_site_begins_before_its_first_write(template: Template, book: Book, tmp_path: Path) -> None:
    _write(book)
    book.close()
    shutil.copyfile(book.path, tmp_path / "copy.danvan")
    with template.open(tmp_path / "copy.danvan") as copy:
        site = _write(copy, "MH02")
        assert log.last_seqs(copy.connection)[site] == 1


def test_a_pc_that_remembers_nothing_still_writes_as_one_site_while_open(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SiteRegister, "write", lambda *_: None)
    assert _write(book) == _write(book, "MH02")


def test_looking_at_a_copy_does_not_make_it_a_site(template: Template, book: Book, tmp_path: Path) -> None:
    _write(book)
    book.close()
    shutil.copyfile(book.path, tmp_path / "copy.danvan")
    with template.open(tmp_path / "copy.danvan") as copy:
        copy.find("model")
        assert len(log.last_seqs(copy.connection)) == 2
