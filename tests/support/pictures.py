"""Pictures as phones, cameras and Zalo make them, drawn for tests: nothing of them is in the tree."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw

from db import Book, photos
from db.photo_store import PhotoStore
from db.photos import PhotosAdded

MAKER, GPS_PLACE, COMMENT, OWNER = "HANGMAYANH", "TOADONHARIENG", "LOIBINHTRONGANH", "CHUMAYANHTEN"
CANARIES = tuple(word.encode() for word in (MAKER, GPS_PLACE, COMMENT, OWNER))
"""Words in the metadata of :func:`private`; none of them may be found in what is kept."""

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (250, 250, 250)
CORNERS = (RED, GREEN, BLUE, WHITE)

# How a camera must have stored the pixels so that turning them as told gives the upright picture
_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def corners(width: int = 640, height: int = 400) -> Image.Image:
    """Upright: red, green above; blue, white below."""
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    places = ((0, 0), (width // 2, 0), (0, height // 2), (width // 2, height // 2))
    for (left, top), colour in zip(places, CORNERS, strict=True):
        pen.rectangle([left, top, left + width // 2, top + height // 2], colour)
    return picture


def seen_corners(jpeg: bytes) -> list[tuple[int, ...]]:
    """The four colours of a picture made from :func:`corners`, each as the nearest of CORNERS."""
    picture = Image.open(io.BytesIO(jpeg)).convert("RGB")
    width, height = picture.size
    found: list[tuple[int, ...]] = []
    for x, y in ((1, 1), (3, 1), (1, 3), (3, 3)):
        pixel = picture.getpixel((width * x // 4, height * y // 4))
        assert isinstance(pixel, tuple)
        found.append(min(CORNERS, key=lambda c: sum(abs(a - b) for a, b in zip(c, pixel, strict=True))))
    return found


def metadata(orientation: int = 1, taken: str | None = "2024:05:06 07:08:09") -> Image.Exif:
    """What a phone writes into a picture: maker, owner, place, time."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = MAKER
    exif[0x013B] = OWNER
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (21.0, 1.0, 2.0), GPS_PLACE
    return exif


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a file."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def phone_jpeg(orientation: int = 1, taken: str | None = "2024:05:06 07:08:09", size: int = 640) -> bytes:
    """A JPEG with everything that should not be kept. Upright it shows :func:`corners`."""
    picture = corners(size, size * 5 // 8)
    turned = picture.transpose(_STORED[orientation]) if orientation in _STORED else picture
    return encoded(turned, exif=metadata(orientation, taken), comment=COMMENT.encode(), quality=92)


def phone_heic(orientation: int = 1) -> bytes:
    """The same as HEIC."""
    picture = corners()
    turned = picture.transpose(_STORED[orientation]) if orientation in _STORED else picture
    out = io.BytesIO()
    pillow_heif.from_pillow(turned).save(out, quality=70, exif=metadata(orientation).tobytes())
    return out.getvalue()


def plain_jpeg(colour: tuple[int, int, int] = (90, 120, 60), size: tuple[int, int] = (320, 240)) -> bytes:
    """A picture like one saved from Zalo: no metadata at all."""
    return encoded(Image.new("RGB", size, colour))


def write_all(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below ``folder``; the folder."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def clerks_folder(folder: Path) -> Path:
    """Two good photos, one without a date, and what else lies in such a folder; the folder."""
    return write_all(
        folder,
        {
            "a.jpg": phone_jpeg(6),
            "b/c.heic": phone_heic(3),
            "b/zalo.png": encoded(Image.new("RGB", (300, 200), "teal"), "PNG"),
            "b/d.jpg": b"",
            "ghi chú.txt": "không phải ảnh".encode(),
            "Thumbs.db": b"x",
            ".hidden.jpg": b"x",
        },
    )


def bring_in(book: Book, model: str, *files: Path) -> PhotosAdded:
    """Add photos from before the work."""
    return photos.add_photos(book, files, model=model, stage="before")


def kept_files(book: Book) -> list[Path]:
    """The photo files beside a book."""
    return list(PhotoStore.beside(book.path, book.key).files())


def problem_codes(book: Book) -> list[str]:
    """What ``check`` says of the photos."""
    return [problem.code for problem in photos.check_photos(book)]
