"""Photos in a book: checked, put back, small for the screen, paired, erased, written out."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from db import Book, photos
from db.photo_store import PhotoMissingError, PhotoStore
from db.photos.export import WithheldThereError
from db.photos.thumb_file import ThumbFile, thumbs_file
from tests.support.books import add_model, meet
from tests.support.pictures import (
    CORNERS,
    bring_in,
    clerks_folder,
    corners,
    encoded,
    kept_files,
    phone_jpeg,
    plain_jpeg,
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


# -- missing, damaged, put back


def test_check_names_what_is_missing_damaged_and_left_over(book: Book, model: str, source: Path) -> None:
    first, second, third = bring_in(book, model, source).added
    store = PhotoStore.beside(book.path, book.key)
    store.delete(first.hash)
    store.file(second.hash).write_bytes(b"hong")
    store.file(third.hash).write_bytes(store._sealed(third.hash, b"khac"))  # noqa: SLF001 - as an attacker could
    store.keep(b"khong cua ai")
    assert problem_codes(book) == ["photo_missing", "photo_damaged", "photo_wrong", "photo_orphan"]
    assert [photo.id for photo in photos.missing(book)] == [first.id]


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_adding_the_source_again_puts_the_file_back(
    book: Book, model: str, source: Path, harm: str
) -> None:
    added = bring_in(book, model, source).added[0]
    file = PhotoStore.beside(book.path, book.key).file(added.hash)
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(b"hong")
    again = bring_in(book, model, source)
    assert ([one.id for one in again.reattached], again.added, again.batch) == ([added.id], (), "")
    assert (problem_codes(book), book.count("photo")) == ([], 3)


def test_adding_the_stored_picture_again_puts_the_very_same_file_back(
    book: Book, model: str, source: Path, tmp_path: Path
) -> None:
    added = bring_in(book, model, source / "a.jpg").added[0]
    write_all(tmp_path / "out", {"x.jpg": photos.picture(book, added.hash)})
    PhotoStore.beside(book.path, book.key).delete(added.hash)
    assert [one.id for one in bring_in(book, model, tmp_path / "out").reattached] == [added.id]
    assert hashlib.sha256(photos.picture(book, added.hash)).hexdigest() == added.hash


def test_the_same_picture_with_other_metadata_puts_the_file_back_too(
    book: Book, model: str, tmp_path: Path
) -> None:
    added = bring_in(book, model, write_all(tmp_path / "1", {"a.jpg": phone_jpeg()})).added[0]
    PhotoStore.beside(book.path, book.key).delete(added.hash)
    again = bring_in(book, model, write_all(tmp_path / "2", {"a.jpg": phone_jpeg(taken=None)}))
    assert ([one.id for one in again.reattached], problem_codes(book)) == ([added.id], [])


def test_a_file_that_now_becomes_another_jpeg_says_so_in_its_record(
    book: Book, model: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = bring_in(book, model, source / "a.jpg").added[0]
    PhotoStore.beside(book.path, book.key).delete(added.hash)
    monkeypatch.setattr("db.photos.jpeg.QUALITY", 60)  # as a later version of the library might encode
    again = bring_in(book, model, source / "a.jpg")
    photo = book.get("photo", added.id)
    assert (photo["hash"] != added.hash, problem_codes(book), again.batch != "") == (True, [], True)


# -- small ones


def _shape(jpeg: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(jpeg)).size


def test_thumbnails_come_in_two_sizes(book: Book, model: str, source: Path) -> None:
    digest = bring_in(book, model, source / "a.jpg").added[0].hash
    shapes = [_shape(photos.thumbnail(book, digest, side)) for side in (1, 160, 161, 320, 900)]
    assert shapes == [(160, 100), (160, 100), (320, 200), (320, 200), (320, 200)]


def test_a_thumbnail_is_there_even_where_the_photo_is_gone(book: Book, model: str, source: Path) -> None:
    digest = bring_in(book, model, source / "a.jpg").added[0].hash
    PhotoStore.beside(book.path, book.key).delete(digest)
    assert _shape(photos.thumbnail(book, digest, 160)) == (160, 100)


@pytest.mark.parametrize("content", [None, b"", b"hong" * 5000])
def test_the_file_of_thumbnails_is_made_anew(
    book: Book, model: str, source: Path, content: bytes | None
) -> None:
    digest = bring_in(book, model, source / "a.jpg").added[0].hash
    file = thumbs_file(book.path)
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    assert _shape(photos.thumbnail(book, digest, 320)) == (320, 200)
    PhotoStore.beside(book.path, book.key).delete(digest)
    assert _shape(photos.thumbnail(book, digest, 320)) == (320, 200)


def test_damage_inside_the_file_of_thumbnails_costs_only_making_them_again(
    book: Book, model: str, source: Path
) -> None:
    digest = bring_in(book, model, source / "a.jpg").added[0].hash
    file = thumbs_file(book.path)
    raw = bytearray(file.read_bytes())
    raw[4096 + 100] ^= 1
    raw[2 * 4096 + 100] ^= 1
    file.write_bytes(raw)
    assert _shape(photos.thumbnail(book, digest, 160)) == (160, 100)


def test_without_a_place_for_them_thumbnails_are_made_and_not_kept(
    book: Book, model: str, source: Path
) -> None:
    digest = bring_in(book, model, source / "a.jpg").added[0].hash
    thumbs_file(book.path).unlink()
    thumbs_file(book.path).mkdir()
    assert _shape(photos.thumbnail(book, digest, 160)) == (160, 100)


def test_a_photo_that_is_nowhere_has_no_thumbnail(book: Book) -> None:
    with pytest.raises(PhotoMissingError):
        photos.thumbnail(book, "0" * 64, 160)


def test_thumbnails_are_encrypted(book: Book, model: str, source: Path) -> None:
    bring_in(book, model, source)
    content = thumbs_file(book.path).read_bytes()
    assert (b"JFIF" in content, content.startswith(b"SQLite")) == (False, False)


# -- pairs, removal, erasure


def _pair(book: Book, model: str, tmp_path: Path) -> tuple[str, str]:
    files = write_all(tmp_path / "pair", {"1.jpg": plain_jpeg(), "2.jpg": encoded(corners())})
    before, after = bring_in(book, model, files).added
    with book.writing("an") as write:
        photos.set_pair(write, before.id, after.id)
    return before.id, after.id


def test_a_pair_is_the_earlier_and_the_later(book: Book, model: str, tmp_path: Path) -> None:
    before, after = _pair(book, model, tmp_path)
    assert [(a.id, b.id) for a, b in photos.pairs(book, model)] == [(before, after)]


def test_removing_the_earlier_one_ends_the_pair(book: Book, model: str, tmp_path: Path) -> None:
    before, after = _pair(book, model, tmp_path)
    with book.writing("an") as write:
        photos.remove_photos(write, [before])
    assert (photos.pairs(book, model), book.get("photo", after)["pair"]) == ([], None)


def test_erasing_a_photo_takes_its_file_and_its_thumbnails(book: Book, model: str, source: Path) -> None:
    first, second, _third = bring_in(book, model, source).added
    photos.erase_photo(book, "an", first.id)
    with pytest.raises(PhotoMissingError):
        photos.thumbnail(book, first.hash, 160)
    assert (book.get("photo", first.id)["file_name"], problem_codes(book)) == (None, [])
    assert photos.thumbnail(book, second.hash, 160)


def test_thumbnails_that_cannot_be_erased_one_by_one_go_with_their_file(
    book: Book, model: str, source: Path
) -> None:
    added = bring_in(book, model, source / "a.jpg").added[0]
    file = thumbs_file(book.path)
    with ThumbFile(book.path, book.key) as small:
        raw = bytearray(file.read_bytes())
        raw[4096:] = bytes(len(raw) - 4096)
        file.write_bytes(raw)
        small.forget([added.hash])
    assert not file.exists()


def test_erasing_a_caption_keeps_the_file(book: Book, model: str, source: Path) -> None:
    added = bring_in(book, model, source / "a.jpg").added[0]
    book.erase("an", "photo", added.id, ["caption"])
    assert photos.picture(book, added.hash)


def test_a_file_that_another_photo_has_too_stays(book: Book, model: str, source: Path) -> None:
    added = bring_in(book, model, source / "a.jpg").added[0]
    with book.writing("an") as write:
        write.add("photo", {"model": model, "hash": added.hash})
    photos.erase_photo(book, "an", added.id)
    assert (photos.picture(book, added.hash)[:2], problem_codes(book)) == (b"\xff\xd8", [])


def test_an_erasure_that_arrives_takes_the_file_here_too(two: tuple[Book, Book], source: Path) -> None:
    here, there = two
    with here.writing("an") as write:
        model = add_model(write)
    added = bring_in(here, model, source / "a.jpg").added[0]
    meet(here, there)
    assert [photo.id for photo in photos.missing(there)] == [added.id]
    PhotoStore.beside(there.path, there.key).keep(photos.picture(here, added.hash))
    photos.erase_photo(here, "an", added.id)
    meet(here, there)
    assert (kept_files(there), problem_codes(there)) == ([], [])


# -- out


def test_photos_are_written_out_under_names_a_clerk_knows(
    book: Book, model: str, source: Path, tmp_path: Path
) -> None:
    bring_in(book, model, source)
    PhotoStore.beside(book.path, book.key).delete(str(book.find("photo")[2]["hash"]))
    done = photos.export_photos(book, tmp_path / "out", model=model)
    assert [file.name for file in done.files] == ["mh01-01-truoc.jpg", "mh01-02-truoc.jpg"]
    assert (seen_corners(done.files[0].read_bytes()), len(done.left_out)) == (list(CORNERS), 1)


def test_writing_out_replaces_nothing(book: Book, model: str, source: Path, tmp_path: Path) -> None:
    bring_in(book, model, source / "a.jpg")
    photos.export_photos(book, tmp_path / "out")
    photos.export_photos(book, tmp_path / "out")
    (tmp_path / "out" / "mh01-01-truoc.jpg").write_bytes(b"khac")
    with pytest.raises(FileExistsError):
        photos.export_photos(book, tmp_path / "out")


def test_a_photo_that_may_not_be_shown_is_not_written_and_the_others_keep_their_names(
    book: Book, model: str, source: Path, tmp_path: Path
) -> None:
    hidden, *_others = bring_in(book, model, source).added
    done = photos.export_photos(book, tmp_path / "out", may_show=lambda photo: photo.id != hidden.id)
    names = ["mh01-02-truoc.jpg", "mh01-03-truoc.jpg"]
    assert [file.name for file in done.files] == names
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == names


def test_a_folder_that_holds_what_may_not_be_shown_is_refused_untouched(
    book: Book, model: str, source: Path, tmp_path: Path
) -> None:
    bring_in(book, model, source / "a.jpg")
    before = photos.export_photos(book, tmp_path / "out").files
    bring_in(book, model, source / "c.heic")
    with pytest.raises(WithheldThereError) as refused:
        photos.export_photos(book, tmp_path / "out", may_show=lambda photo: photo["file_name"] != "a.jpg")
    assert "mh01-01-truoc.jpg" in refused.value.sentence()
    assert tuple((tmp_path / "out").iterdir()) == before
