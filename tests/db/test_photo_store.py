"""The files of photos: encrypted under names that tell nothing, whole, and found out when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import DiskFullError
from db.photo_store import (
    PhotoDamagedError,
    PhotoMissingError,
    PhotoStore,
    WrongContentError,
    is_hash,
)

KEY, JPEG = bytes(range(32)), b"\xff\xd8 mot buc anh \xff\xd9"


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    """An empty store."""
    return PhotoStore(tmp_path / "so.danvan.photos", KEY)


def _kept(store: PhotoStore, jpeg: bytes = JPEG) -> tuple[str, Path]:
    digest, _new = store.keep(jpeg)
    return digest, store.file(digest)


def test_what_is_kept_is_read_again(store: PhotoStore) -> None:
    digest, _file = _kept(store)
    assert (store.read(digest), store.has(digest), store.is_whole(digest)) == (JPEG, True, True)


def test_neither_name_nor_content_tells_the_picture(store: PhotoStore) -> None:
    digest, file = _kept(store)
    assert digest not in str(file)
    assert b"mot buc anh" not in file.read_bytes()


def test_another_key_gives_another_name_and_reads_nothing(store: PhotoStore) -> None:
    digest, file = _kept(store)
    other = PhotoStore(store.folder, bytes(32))
    assert other.name(digest) != file.name
    other.file(digest).parent.mkdir(exist_ok=True)
    other.file(digest).write_bytes(file.read_bytes())
    with pytest.raises(PhotoDamagedError):
        other.read(digest)


def test_the_same_picture_is_written_once_and_alike_everywhere(store: PhotoStore, tmp_path: Path) -> None:
    digest, file = _kept(store)
    assert store.keep(JPEG) == (digest, False)
    _same, elsewhere = _kept(PhotoStore(tmp_path / "other", KEY))
    assert file.read_bytes() == elsewhere.read_bytes()


def test_a_missing_file_is_told(store: PhotoStore) -> None:
    with pytest.raises(PhotoMissingError):
        store.read("0" * 64)


@pytest.mark.parametrize("place", [0, 3, 4, 15, 16, 20, -1])
def test_a_changed_byte_is_told(store: PhotoStore, place: int) -> None:
    digest, file = _kept(store)
    raw = bytearray(file.read_bytes())
    raw[place] ^= 1
    file.write_bytes(raw)
    with pytest.raises(PhotoDamagedError):
        store.read(digest)


@pytest.mark.parametrize("length", [0, 1, 4, 16, 31, 40])
def test_a_file_that_ends_too_early_is_told(store: PhotoStore, length: int) -> None:
    digest, file = _kept(store)
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(PhotoDamagedError):
        store.read(digest)


def test_a_file_under_anothers_name_is_told(store: PhotoStore) -> None:
    digest, file = _kept(store)
    _other, other = _kept(store, JPEG + b"khac")
    file.write_bytes(other.read_bytes())
    with pytest.raises(PhotoDamagedError):
        store.read(digest)


def test_another_picture_sealed_under_this_name_is_told(store: PhotoStore) -> None:
    digest, file = _kept(store)
    file.write_bytes(store._sealed(digest, b"anh khac"))  # noqa: SLF001 - what only a holder of the key can make
    with pytest.raises(WrongContentError):
        store.read(digest)


def test_keeping_the_picture_again_heals_a_damaged_file(store: PhotoStore) -> None:
    digest, file = _kept(store)
    file.write_bytes(b"hong")
    assert store.keep(JPEG) == (digest, True)
    assert store.read(digest) == JPEG


def test_a_deleted_file_is_gone_and_deleting_twice_is_no_fault(store: PhotoStore) -> None:
    digest, file = _kept(store)
    store.delete(digest)
    store.delete(digest)
    assert not file.exists()


def test_finished_and_unfinished_files_are_told_apart(store: PhotoStore) -> None:
    _digest, file = _kept(store)
    left = file.with_name(f".{file.name}.ab12.tmp")
    left.write_bytes(b"mot nua")
    (store.folder / "thumbs.db").write_bytes(b"")
    assert (list(store.files()), list(store.unfinished())) == ([file], [left])


def test_a_store_that_is_not_there_is_empty(store: PhotoStore) -> None:
    assert (list(store.files()), list(store.unfinished())) == ([], [])


def test_a_full_disk_leaves_nothing_behind(store: PhotoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFullError):
        store.keep(JPEG)
    assert (list(store.files()), list(store.unfinished())) == ([], [])


def test_new_folders_are_made_durable_before_anything_refers_to_the_file(
    store: PhotoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("db.files.sync_folder", synced.append)
    _kept(store)
    assert synced[:2] == [store.folder, store.folder.parent]


def test_only_hashes_are_hashes() -> None:
    assert [is_hash(one) for one in ("0" * 64, "đã xóa", None, 7, "0" * 63, "G" * 64)] == [True] + [False] * 5
