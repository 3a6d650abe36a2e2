"""What a file that came in becomes: upright, sRGB, small, without a word of its metadata; or a reason."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from db.photos.jpeg import (
    ENOUGH,
    LONGEST,
    SIDES,
    Picture,
    PictureRefusedError,
    read_picture,
    thumbnails_of,
)
from resources import use_language
from tests.support.pictures import (
    CANARIES,
    CORNERS,
    corners,
    encoded,
    phone_heic,
    phone_jpeg,
    plain_jpeg,
    seen_corners,
)

TODAY = date(2026, 11, 22)

# The library warns of them; the program, as it starts, says that it need not
_odd_metadata = pytest.mark.filterwarnings("ignore::UserWarning")


def _read(raw: bytes) -> Picture:
    return read_picture(raw, TODAY)


def _reason(raw: bytes) -> str:
    use_language("en")
    with pytest.raises(PictureRefusedError) as caught:
        _read(raw)
    return str(caught.value)


def _shown(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.jpeg))


def _colour(picture: Picture) -> tuple[int, ...]:
    pixel = _shown(picture).getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(pixel, tuple)
    return pixel


def _near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 8) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


# -- upright, small, bare


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    made = _read(phone_jpeg(orientation))
    assert (seen_corners(made.jpeg), made.width > made.height) == (list(CORNERS), True)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heic_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    assert seen_corners(_read(phone_heic(orientation)).jpeg) == list(CORNERS)


@pytest.mark.parametrize("raw", [phone_jpeg(6), phone_heic(6)], ids=["JPEG", "HEIC"])
def test_nothing_of_the_metadata_is_kept(raw: bytes) -> None:
    made = _read(raw)
    kept = b"".join([made.jpeg, *made.thumbnails.values()])
    assert any(word in raw for word in CANARIES)
    assert [word for word in (*CANARIES, b"Exif", b"GPS", b"http") if word in kept] == []
    assert set(_shown(made).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_of_twelve_megapixels_is_halved_to_what_a_page_needs() -> None:
    made = _read(encoded(corners(4032, 3024), quality=80))
    assert (made.width, made.height) == (2016, 1512)
    assert made.width >= ENOUGH


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(3264, 200), (200, 3264), (2561, 100), (5121, 60), (7000, 90), (300, 200)])
def test_the_longest_side_is_capped_and_the_shape_kept(form: str, size: tuple[int, int]) -> None:
    made = _read(encoded(Image.new("RGB", size, "navy"), form))
    assert min(max(size), ENOUGH) <= max(made.width, made.height) <= LONGEST
    assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.03)


def test_equal_files_give_equal_bytes_and_the_name_says_which() -> None:
    first, second = _read(phone_jpeg()), _read(phone_jpeg())
    assert (first.jpeg, first.hash) == (second.jpeg, second.hash)


def test_the_same_pixels_with_other_metadata_give_the_same_picture() -> None:
    assert _read(phone_jpeg(taken="2023:01:02 03:04:05")).hash == _read(phone_jpeg()).hash


def test_thumbnails_are_small_and_show_the_same() -> None:
    made = _read(phone_jpeg())
    for side in SIDES:
        assert max(Image.open(io.BytesIO(made.thumbnails[side])).size) == side
        assert seen_corners(made.thumbnails[side]) == list(CORNERS)


def test_thumbnails_can_be_made_again_from_what_is_kept() -> None:
    again = thumbnails_of(_read(phone_jpeg(size=2000)).jpeg)
    assert [seen_corners(again[side]) for side in SIDES] == [list(CORNERS), list(CORNERS)]


# -- the day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024:05:06 07:08:09", "2024-05-06"),
        ("2024:05:06", "2024-05-06"),
        ("0000:00:00 00:00:00", None),
        ("2024:13:40 00:00:00", None),
        ("1970:01:01 00:00:00", None),
        ("2031:01:01 00:00:00", None),
        ("hôm qua", None),
        (None, None),
    ],
)
def test_the_day_is_read_where_it_can_be_true(told: str | None, day: str | None) -> None:
    assert _read(phone_jpeg(taken=told)).taken_on == day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2080:03:04 05:06:07", "2080-03-04"),
        ("1970:01:01 00:00:00", "1970-01-01"),
        ("2024:05:06", None),
        ("hôm qua", None),
        (None, None),
    ],
)
def test_the_day_of_a_wrong_clock_is_told(told: str | None, day: str | None) -> None:
    assert _read(phone_jpeg(taken=told)).wrong_day == day


def test_a_heic_tells_its_day() -> None:
    assert _read(phone_heic()).taken_on == "2024-05-06"


@_odd_metadata
def test_broken_metadata_do_not_keep_a_photo_out() -> None:
    made = _read(encoded(corners(), exif=b"Exif\0\0II*\0\xff\xff\xff\x7f" + b"\xee" * 50))
    assert (made.taken_on, seen_corners(made.jpeg)) == (None, list(CORNERS))


# -- every kind of pixel


@pytest.mark.parametrize(
    "raw",
    [
        encoded(Image.new("L", (64, 64), 128)),
        encoded(Image.new("L", (64, 64), 128), "PNG"),
        encoded(Image.new("RGB", (64, 64), (128, 128, 128)).quantize(8), "PNG"),
        encoded(Image.new("I;16", (64, 64), 128 * 257), "PNG"),
        encoded(Image.new("RGBA", (64, 64), (1, 1, 1, 128)), "PNG"),
        encoded(Image.new("LA", (64, 64), (1, 128)), "PNG"),
        encoded(Image.new("RGB", (64, 64), (128, 128, 128)).convert("CMYK")),
    ],
    ids=["grey JPEG", "grey PNG", "palette", "16 bit", "see-through", "see-through grey", "CMYK"],
)
def test_every_kind_of_pixel_becomes_rgb_on_white(raw: bytes) -> None:
    made = _read(raw)
    assert (_shown(made).mode, _near(_colour(made), (128, 128, 128))) == ("RGB", True)


def test_a_clear_colour_of_a_palette_becomes_white() -> None:
    clear = Image.new("P", (64, 64), 0)
    clear.putpalette([200, 0, 0])
    assert _near(_colour(_read(encoded(clear, "PNG", transparency=0))), (255, 255, 255))


def test_one_bit_pictures_are_read() -> None:
    assert _near(_colour(_read(encoded(Image.new("1", (64, 64), 1), "PNG"))), (255, 255, 255))


def test_colours_of_another_profile_are_brought_to_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"xXYZ").replace(b"gXYZ", b"rXYZ").replace(b"xXYZ", b"gXYZ")
    other = swapped.replace("sRGB".encode("utf-16-be"), "rgGB".encode("utf-16-be"))
    told = encoded(Image.new("RGB", (320, 240), (90, 120, 60)), icc_profile=other)
    assert _near(_colour(_read(told)), (120, 90, 60))


def test_the_profile_of_srgb_changes_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = encoded(Image.new("RGB", (320, 240), (90, 120, 60)), icc_profile=srgb)
    assert _read(told).hash == _read(plain_jpeg()).hash


def test_a_broken_profile_is_left_out() -> None:
    told = encoded(Image.new("RGB", (320, 240), (90, 120, 60)), icc_profile=b"hong" * 40)
    assert _read(told).hash == _read(plain_jpeg()).hash


def test_the_second_picture_behind_a_phones_jpeg_is_no_animation() -> None:
    first, second = corners(), Image.new("RGB", (320, 200))
    raw = encoded(first, "MPO", save_all=True, append_images=[second])
    assert seen_corners(_read(raw).jpeg) == list(CORNERS)


# -- refused, each with its reason


def _png_claiming(width: int, height: int) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (part(b"IHDR", head), part(b"IDAT", zlib.compress(b"\0" * 99)), part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_an_empty_file_is_refused() -> None:
    assert "empty" in _reason(b"")


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP", "AVIF", "ICO", "PPM"])
def test_other_kinds_of_pictures_are_refused(form: str) -> None:
    assert "no JPEG, PNG or HEIC" in _reason(encoded(corners(64, 64), form))


@pytest.mark.parametrize("raw", [b"%PDF-1.7 ...", b"MZ\x90\0", b"PK\x03\x04aaaa", b"x"])
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    assert "no JPEG, PNG or HEIC" in _reason(raw)


@pytest.mark.parametrize(
    "raw",
    [phone_jpeg(size=1200), encoded(corners(800, 500), "PNG"), phone_heic()],
    ids=["JPEG", "PNG", "HEIC"],
)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_picture_that_ends_too_early_is_refused(raw: bytes, part: float) -> None:
    assert "damaged" in _reason(raw[: int(len(raw) * part)])


@pytest.mark.parametrize("size", [(8001, 8001), (20_000, 20_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert "million pixels" in _reason(_png_claiming(*size))


def test_a_moving_picture_is_refused() -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    assert "moving picture" in _reason(encoded(frames[0], "PNG", save_all=True, append_images=frames[1:]))


def test_a_dot_is_refused() -> None:
    assert "too small" in _reason(encoded(Image.new("RGB", (640, 3)), "PNG"))


@_odd_metadata
@pytest.mark.parametrize(
    "raw",
    [phone_jpeg(size=160), encoded(corners(64, 64), "PNG"), phone_heic()],
    ids=["JPEG", "PNG", "HEIC"],
)
@settings(max_examples=40)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_changed_byte_is_read_or_refused(raw: bytes, place: float, byte: int) -> None:
    changed = bytearray(raw)
    changed[int(place * len(raw))] = byte
    try:
        made = _read(bytes(changed))
    except PictureRefusedError:
        return
    assert max(made.width, made.height) <= LONGEST
