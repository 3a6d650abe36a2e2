"""Copies that prove themselves, and a restore that never stands on anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from errno import EIO
from pathlib import Path

import pytest

from db import Book, backup
from db import keys as key_module
from db.backup import KEEP, back_up, backups_in, folder_of, restore
from db.check import Step
from db.errors import (
    BookDamagedError,
    BookExistsError,
    BookInUseError,
    BookMissingError,
    DiskFullError,
    StorageError,
    UnsafePlaceError,
    WrongPasswordError,
)
from db.lock import BookLock
from db.new_place import restoring
from tests.support.books import PASSWORD, Template, add_model
from tests.support.undoing import bring_in, edit


@pytest.fixture
def book(template: Template, tmp_path: Path) -> Iterator[Book]:
    """A book with its keys and something in it."""
    path = tmp_path / "so.danvan"
    with template.copy_to(path) as opened:
        key_module.write_ring(path, key_module.read_ring(template.path))
        bring_in(opened)
        yield opened


def _flip(path: Path, place: int = 3 * 4096 + 99) -> None:
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)


def _spoil(book: Book) -> None:
    """Change a row past the journal."""
    book.connection.execute("UPDATE model SET title = 'khác' WHERE row = 1")


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


# -- making copies


def test_a_copy_holds_what_the_book_holds(template: Template, book: Book) -> None:
    made = back_up(book)
    with template.open(made.path, writable=False) as copy:
        assert (copy.digest(), copy.last_seqs()) == (book.digest(), book.last_seqs())
    assert (made.digest, made.operations) == (book.digest(), sum(book.last_seqs().values()))


def test_a_copy_has_its_keys_beside_it(book: Book) -> None:
    made = back_up(book)
    with Book.open(made.path, PASSWORD, writable=False) as copy:
        assert copy.identity == book.identity


def test_only_whole_copies_stand_in_the_folder(book: Book) -> None:
    made = back_up(book)
    visible = {name for name in _names(folder_of(book.path)) if not name.endswith(".tmp.lock")}
    assert visible == {made.path.name, f"{made.path.name}.keys", f"{made.path.name}.keys2"}


def test_a_copy_is_one_file(book: Book) -> None:
    """No log beside it that somebody could forget to take along."""
    made = back_up(book)
    Book.open(made.path, PASSWORD, writable=False).close()
    assert not made.path.with_name(f"{made.path.name}-wal").exists()


def test_looking_at_a_copy_does_not_change_it(book: Book) -> None:
    made = back_up(book)
    before = made.path.read_bytes()
    Book.open(made.path, PASSWORD, writable=False).close()
    assert made.path.read_bytes() == before


def test_every_copy_has_a_name_of_its_own(book: Book) -> None:
    names = [back_up(book).path.name for _ in range(3)]
    assert len(set(names)) == 3


def test_copies_are_told_from_the_oldest_to_the_newest(book: Book) -> None:
    made = [back_up(book).path for _ in range(11)]
    assert backups_in(folder_of(book.path), book.path) == made[1:]


def test_a_clock_that_jumps_back_does_not_turn_the_order(template: Template, book: Book) -> None:
    path = book.path
    book.close()
    made = []
    for year in (2038, 1999, 2026):
        with template.open(path, clock=lambda year=year: datetime(year, 1, 1, tzinfo=UTC)) as again:  # type: ignore[misc] # bound in the loop
            made.append(back_up(again).path)
    assert backups_in(folder_of(path), path) == made


def test_a_copy_may_go_to_a_folder_of_choice(template: Template, book: Book, tmp_path: Path) -> None:
    made = back_up(book, tmp_path / "stick" / "sổ")
    assert made.path.parent == tmp_path / "stick" / "sổ"
    with template.open(made.path, writable=False) as copy:
        assert copy.digest() == book.digest()


def test_nothing_is_left_behind_when_a_copy_went_elsewhere(book: Book, tmp_path: Path) -> None:
    back_up(book, tmp_path / "stick")
    assert _names(folder_of(book.path)) == {".so.tmp.lock"}


def test_a_name_with_signs_of_patterns_is_a_name(template: Template, tmp_path: Path) -> None:
    with template.copy_to(tmp_path / "sổ [2024] *.danvan") as book:
        made = [back_up(book).path for _ in range(2)]
        assert backups_in(folder_of(book.path), book.path) == made


def test_a_reader_can_make_a_copy(template: Template, book: Book) -> None:
    with template.open(book.path, writable=False) as reader:
        assert back_up(reader).digest == book.digest()


def test_a_copy_made_while_somebody_writes_is_whole(template: Template, book: Book) -> None:
    def write(done: int) -> None:
        if done == 60:
            with book.writing("an") as writing:
                add_model(writing, f"MH{done}")

    with book.another() as reader:
        made = back_up(reader, step=write)
    with template.open(made.path, writable=False) as copy:
        assert copy.count("model") in (6, 7)


def test_no_copies_are_no_copies(book: Book, tmp_path: Path) -> None:
    assert backups_in(tmp_path / "none", book.path) == []


def test_progress_is_told_upwards(book: Book) -> None:
    told: list[int] = []
    back_up(book, step=told.append)
    assert (told[-1], told) == (100, sorted(told))


@pytest.mark.parametrize("at", [0, 60, 80])
def test_a_copy_that_is_stopped_leaves_nothing(book: Book, at: int) -> None:
    def stop(done: int) -> None:
        if done >= at:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        back_up(book, step=stop)
    assert _names(folder_of(book.path)) == {".so.tmp.lock"}


def test_two_copies_are_not_made_at_once(book: Book) -> None:
    folder_of(book.path).mkdir()
    lock = BookLock(folder_of(book.path) / ".so.tmp")
    with pytest.raises(BookInUseError):
        back_up(book)
    lock.release()


def test_what_a_killed_copy_left_is_cleared_away(book: Book) -> None:
    folder_of(book.path).mkdir()
    for name in (".so.tmp", ".so.tmp-wal"):
        (folder_of(book.path) / name).write_bytes(b"half")
    back_up(book)
    assert not {".so.tmp", ".so.tmp-wal"} & _names(folder_of(book.path))


def test_a_folder_that_cannot_be_made_is_a_fault_of_the_disk(book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        back_up(book, tmp_path / "file" / "folder")


def test_a_damaged_book_makes_no_copy(book: Book) -> None:
    _spoil(book)
    with pytest.raises(StorageError):
        back_up(book)
    assert backups_in(folder_of(book.path), book.path) == []


def test_a_copy_that_differs_does_not_count(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "check", lambda *_: [])
    real = backup._copy  # noqa: SLF001 - the copy itself is spoilt

    def spoilt(book: Book, temporary: Path, step: Step) -> None:
        real(book, temporary, step)
        _spoil(book)

    monkeypatch.setattr(backup, "_copy", spoilt)
    with pytest.raises(StorageError):
        back_up(book)


# -- thinning


def test_only_the_latest_copies_are_kept(book: Book) -> None:
    made = [back_up(book).path for _ in range(KEEP + 2)]
    assert backups_in(folder_of(book.path), book.path) == made[2:]


def test_keys_go_with_their_copies(book: Book) -> None:
    first = back_up(book).path
    for _ in range(KEEP):
        back_up(book)
    assert not [name for name in _names(folder_of(book.path)) if name.startswith(first.name)]


def test_a_copy_that_fails_lets_none_go(book: Book) -> None:
    made = [back_up(book).path for _ in range(KEEP)]
    _spoil(book)
    with pytest.raises(StorageError):
        back_up(book)
    assert backups_in(folder_of(book.path), book.path) == made


def test_the_newest_copy_never_goes(book: Book) -> None:
    folder = folder_of(book.path)
    first = back_up(book).path
    for number in range(900, 900 + KEEP + 2):
        name = f"so-{number:05}-20380101-000000.danvan"
        for source, copy in zip((first, *key_module.key_files(first)), ("", ".keys", ".keys2"), strict=True):
            shutil.copyfile(source, folder / (name + copy))
    assert back_up(book).path in backups_in(folder, book.path)


def test_copies_of_another_book_of_the_same_name_are_left_alone(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    for number in range(1, KEEP + 3):
        (folder / f"so-{number:05}-20240101-000000.danvan").write_bytes(b"of another office")
    back_up(book, folder)
    assert len(backups_in(folder, book.path)) == KEEP + 3


# -- putting one back


@pytest.fixture
def copy(book: Book) -> Path:
    """A verified copy."""
    return back_up(book).path


def test_a_restored_book_holds_what_the_copy_held(
    template: Template, book: Book, copy: Path, tmp_path: Path
) -> None:
    assert restore(copy, PASSWORD, tmp_path / "lại" / "so.danvan") == []
    with template.open(tmp_path / "lại" / "so.danvan") as again:
        assert again.digest() == book.digest()


def test_a_restored_book_opens_with_its_password(copy: Path, tmp_path: Path) -> None:
    restore(copy, PASSWORD, tmp_path / "again.danvan")
    Book.open(tmp_path / "again.danvan", PASSWORD).close()


def test_a_restored_book_writes_as_a_new_site(
    template: Template, book: Book, copy: Path, tmp_path: Path
) -> None:
    restore(copy, PASSWORD, tmp_path / "again.danvan")
    with template.open(tmp_path / "again.danvan") as again:
        made = edit(again, again.find("model")[0].id, goal="x")
        assert made.partition("-")[2].partition(".")[0] not in book.last_seqs()


def test_what_was_lost_comes_back_from_a_colleague(
    template: Template, book: Book, copy: Path, tmp_path: Path
) -> None:
    """The copy is old; what was written since is still on another PC."""
    edit(book, book.find("model")[0].id, goal="sau bản sao")
    restore(copy, PASSWORD, tmp_path / "again.danvan")
    with template.open(tmp_path / "again.danvan") as again:
        edit(again, again.find("model")[1].id, goal="trên bản cũ")
        again.receive(book.operations_after({}))
        book.receive(again.operations_after({}))
        assert again.digest() == book.digest()


@pytest.mark.parametrize("name", ["again.danvan", "again.danvan.keys", "again.danvan-wal"])
def test_nothing_is_put_over_what_is_there(copy: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"there")
    with pytest.raises(BookExistsError):
        restore(copy, PASSWORD, tmp_path / "again.danvan")
    assert (tmp_path / name).read_bytes() == b"there"


def test_a_missing_copy_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookMissingError):
        restore(tmp_path / "none.danvan", PASSWORD, tmp_path / "again.danvan")


def test_a_wrong_password_restores_nothing(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPasswordError):
        restore(copy, "not the password", tmp_path / "again.danvan")
    assert not [name for name in _names(tmp_path) if "again" in name]


def test_a_copy_is_not_restored_to_a_synced_folder(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(UnsafePlaceError):
        restore(copy, PASSWORD, tmp_path / "Dropbox" / "again.danvan")


@pytest.mark.parametrize("place", [50, 4096 + 99, 3 * 4096 + 99])
def test_a_damaged_copy_is_refused_before_anything_stands_there(
    copy: Path, tmp_path: Path, place: int
) -> None:
    _flip(copy, place)
    with pytest.raises(BookDamagedError):
        restore(copy, PASSWORD, tmp_path / "again.danvan")
    assert not [name for name in _names(tmp_path) if "again" in name]


def test_a_copy_on_a_stick_can_be_restored(book: Book, tmp_path: Path) -> None:
    """A book may not live there; its copy may be read from there."""
    made = back_up(book, tmp_path / "Dropbox")
    assert restore(made.path, PASSWORD, tmp_path / "again.danvan") == []


def test_a_copy_that_cannot_be_written_can_be_restored(copy: Path, tmp_path: Path) -> None:
    before = copy.stat()
    copy.chmod(0o400)
    restore(copy, PASSWORD, tmp_path / "again.danvan")
    assert copy.stat().st_mtime_ns == before.st_mtime_ns


def test_a_book_that_was_not_closed_is_restored_with_its_log(
    template: Template, book: Book, tmp_path: Path
) -> None:
    """A folder copied while the program ran: the last writes are in the log only."""
    edit(book, book.find("model")[0].id, goal="trong nhật ký")
    (tmp_path / "copied").mkdir()
    for file in (book.path, book.path.with_name("so.danvan-wal"), *key_module.key_files(book.path)):
        shutil.copyfile(file, tmp_path / "copied" / file.name)
    restore(tmp_path / "copied" / "so.danvan", PASSWORD, tmp_path / "again.danvan")
    with template.open(tmp_path / "again.danvan") as again:
        assert again.digest() == book.digest()


def test_a_full_disk_restores_nothing(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise DiskFullError

    monkeypatch.setattr(backup, "copy_whole", full)
    with pytest.raises(DiskFullError):
        restore(copy, PASSWORD, tmp_path / "again.danvan")
    assert not [name for name in _names(tmp_path) if "again" in name]


def test_a_disk_that_fails_in_the_last_moment_leaves_nothing_of_a_restored_book(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book has its name already: without its keys it would be one that nobody can open."""

    def failing(_folder: Path) -> None:
        raise OSError(EIO, "Input/output error")

    monkeypatch.setattr(backup, "sync_folder", failing)
    with pytest.raises(StorageError):
        restore(copy, PASSWORD, tmp_path / "again.danvan")
    assert not [name for name in _names(tmp_path) if "again" in name]


def test_a_restore_that_was_killed_before_the_book_had_its_name_can_be_done_again(
    copy: Path, tmp_path: Path
) -> None:
    target = tmp_path / "again.danvan"
    shutil.copyfile(copy, restoring(target))
    key_module.write_ring(target, key_module.read_ring(copy))
    assert restore(copy, PASSWORD, target) == []
    assert not restoring(target).exists()
