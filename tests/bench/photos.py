"""Photos in, against the decoder alone; and back as the small pictures of a grid."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from db import Book, photos
from tests.bench.lines import Line, by_turns, percentile_95, timed
from tests.support.books import PASSWORD, WARD, add_model
from tests.support.pictures import metadata

_COUNT = 12
_SIZE = (4032, 3024)


def draw_photos(folder: Path, count: int = _COUNT) -> list[Path]:
    """Noisy JPEGs of 12 megapixels and about 2.7 MB each, as a phone makes them."""
    folder.mkdir(parents=True)
    scene = Image.effect_noise((400, 300), 60).resize(_SIZE, Image.Resampling.BICUBIC)
    files = []
    for number in range(count):
        picture = Image.blend(scene, Image.effect_noise(_SIZE, 12), 0.15)
        file = folder / f"{number:03}.jpg"
        Image.merge("RGB", [picture, picture.rotate(180), picture]).save(file, quality=92, exif=metadata(6))
        files.append(file)
    return files


def measure(folder: Path) -> Iterator[Line]:
    """The decoder only unpacks each file; we hash, turn, shrink, encode, encrypt, sync and record it."""
    files = draw_photos(folder / "pictures")
    book, _sheet = Book.create(folder / "photos.danvan", PASSWORD, WARD)
    with book:
        with book.writing("do") as write:
            model = add_model(write)

        def add_only() -> float:
            start = time.perf_counter()
            done = photos.add_photos(book, files, model=model, stage="before")
            took = time.perf_counter() - start
            for photo in done.added:
                photos.erase_photo(book, "do", photo.id)
            return took

        ours, alone = by_turns(add_only, lambda: timed(lambda: _decode(files)), 3)
        yield Line(f"photos in, {_COUNT} of 12 MP ÷ the decoder alone", ours, "s", 1.5, alone)
        yield from _small_ones(book, photos.add_photos(book, files, model=model, stage="before"))


def _decode(files: list[Path]) -> None:
    for file in files:
        Image.open(io.BytesIO(file.read_bytes())).load()


def _small_ones(book: Book, done: photos.PhotosAdded) -> Iterator[Line]:
    times = []
    with photos.Thumbnails(book) as small:
        for _round in range(20):
            for photo in done.added:
                start = time.perf_counter()
                small.get(photo.hash, 160)
                times.append((time.perf_counter() - start) * 1000)
    yield Line("one small picture of a photo, p95", percentile_95(times), "ms", 2)
