"""A file that came in -> our own JPEG: upright, sRGB, without metadata, no larger than paper needs."""

from __future__ import annotations

import hashlib
import io
import struct
import threading
import warnings
import zlib
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pi_heif
from PIL import Image, ImageCms, UnidentifiedImageError
from PIL.Image import Resampling, Transpose

from resources import _

LONGEST = 2560
"""The longest side of a stored photo, in pixels."""
ENOUGH = 1920
"""Pixels for the whole width of an A4 page (160 mm) at 300 dpi: what can cheaply be halved to this, is."""
QUALITY = 85
BYTES_AT_MOST = 64 * 2**20
LEAST_SIDE = 16
SIDES = (160, 320)
"""Longest sides of the thumbnails, in pixels."""

_MEGA = 1_000_000
_FORMATS = ("JPEG", "PNG", "HEIF")
# A JPEG is made smaller while it is decoded; the others stand in memory as they are
_PIXELS_AT_MOST = {"JPEG": 120 * _MEGA, "MPO": 120 * _MEGA, "PNG": 64 * _MEGA, "HEIF": 64 * _MEGA}
# Unpacked, a picture of this size takes 50 MB and more; such ones wait for each other
_LARGE = 16 * _MEGA
_ONE_LARGE = threading.Lock()
_ORIENTATION, _EXIF_PART, _TAKEN, _DIGITIZED = 0x0112, 0x8769, 0x9003, 0x9004
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_OLDEST = date(1990, 1, 1)

# What the libraries raise for a file that is not what it says
_BROKEN = (
    OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, AttributeError, EOFError, MemoryError,
    OverflowError, ZeroDivisionError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip

pi_heif.register_heif_opener()
# Above its limit the library only warns, up to twice the size: for us that is an error too
Image.MAX_IMAGE_PIXELS = max(_PIXELS_AT_MOST.values())
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
# It also warns of every oddity in metadata, which we leave behind anyway
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


class PictureRefusedError(Exception):
    """A file is not taken; ``str(error)`` is the sentence for the clerk."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Our JPEG of a file that came in: its hash and size, the day it was taken, thumbnails by side.

    ``wrong_day``: the day (ISO) that the camera told and that cannot be right.
    """

    jpeg: bytes
    hash: str
    width: int
    height: int
    taken_on: str | None
    thumbnails: dict[int, bytes]
    wrong_day: str | None = None


def read_picture(raw: bytes, today: date) -> Picture:
    """Our JPEG of ``raw``. Equal bytes give equal JPEGs. Raises PictureRefusedError with the reason."""
    if not raw:
        raise PictureRefusedError(_("The file is empty. Copy it from the phone or the camera once more."))
    opened = _opened(raw)
    _refuse_unfit(opened)
    try:
        exif = _exif(opened)
        turned = _TURNS.get(exif.get(_ORIENTATION, 1))
        with _ONE_LARGE if opened.width * opened.height > _LARGE else nullcontext():
            small = _shrunk(opened)
        upright = small.transpose(turned) if turned is not None else small
        taken_on, wrong_day = _days(exif, today)
        return replace(_finished(upright, taken_on), wrong_day=wrong_day)
    except _BROKEN as error:
        raise _damaged() from error


def as_stored(jpeg: bytes) -> Picture:
    """A JPEG that we once made, as it is."""
    picture = _opened(jpeg)
    return Picture(
        jpeg, hashlib.sha256(jpeg).hexdigest(), *picture.size, None, _thumbnails(picture.convert("RGB"))
    )


def thumbnails_of(jpeg: bytes) -> dict[int, bytes]:
    """The thumbnails of a stored photo, made anew: JPEG bytes by longest side."""
    picture = _opened(jpeg)
    picture.draft(None, (max(SIDES), max(SIDES)))
    return _thumbnails(picture.convert("RGB"))


# -- what is refused


def _opened(raw: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(raw), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefusedError(_too_many(max(_PIXELS_AT_MOST.values()))) from error
    except UnidentifiedImageError as error:
        if _begins_like_one(raw):
            raise _damaged() from error
        words = _("This is no JPEG, PNG or HEIC picture. Save it as JPEG, then add it.")
        raise PictureRefusedError(words) from error
    except _BROKEN as error:
        raise _damaged() from error


def _begins_like_one(raw: bytes) -> bool:
    return raw.startswith((b"\xff\xd8\xff", b"\x89PNG")) or raw[4:11] in (b"ftyphei", b"ftyphev", b"ftypmif")


def _damaged() -> PictureRefusedError:
    return PictureRefusedError(_("The picture is damaged or not complete. Copy it once more."))


def _refuse_unfit(picture: Image.Image) -> None:
    width, height = picture.size
    limit = _PIXELS_AT_MOST.get(picture.format or "", 0)
    if width * height > limit:
        raise PictureRefusedError(_too_many(limit))
    if min(width, height) < LEAST_SIDE:
        words = _("The picture is too small to show anything ({width} × {height} pixels).")
        raise PictureRefusedError(words.format(width=width, height=height))
    # A phone's JPEG may carry a second picture behind the first (MPO); that is no animation
    if picture.format == "PNG" and getattr(picture, "is_animated", False):
        words = _("This is a moving picture. Save one picture of it as JPEG and add that.")
        raise PictureRefusedError(words)


def _too_many(limit: int) -> str:
    words = _("The picture is too large: at most {limit} million pixels can be read.")
    return words.format(limit=limit // _MEGA)


# -- what its metadata say, before they are left behind


def _exif(picture: Image.Image) -> Image.Exif:
    """The metadata; none where they cannot be read: a photo is not refused for them."""
    try:
        exif = picture.getexif()
        exif.get(_ORIENTATION)
    except _BROKEN:
        return Image.Exif()
    return exif


def _days(exif: Image.Exif, today: date) -> tuple[str | None, str | None]:
    """The day of capture where the file tells it; else the day of a clock that was plainly wrong."""
    try:
        part = exif.get_ifd(_EXIF_PART)
        texts = [part.get(_TAKEN), part.get(_DIGITIZED)]
    except _BROKEN:
        return None, None
    told = [day for day in map(_day, texts) if day]
    right = [day.isoformat() for day in told if _OLDEST <= day <= today]
    if right:
        return right[0], None
    return None, told[0].isoformat() if told else None


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10].replace(":", "-"))
    except ValueError:
        return None


# -- pixels


def _shrunk(picture: Image.Image) -> Image.Image:
    """In sRGB and at most LONGEST long. Whole fractions come first: nearly free, and as sharp."""
    width, height = picture.size
    times = max(1, max(width, height) // ENOUGH)
    if picture.format in ("JPEG", "MPO"):
        picture.draft(None, (width // times, height // times))
    profile = picture.info.get("icc_profile")
    plain = _in_rgb(picture, profile)
    times = max(1, max(plain.size) // ENOUGH)
    if times > 1:
        plain = plain.reduce(times)
    if max(plain.size) > LONGEST:
        plain = plain.resize(_fitting(plain.size, LONGEST), Resampling.BICUBIC)
    return _in_srgb(plain, profile) if picture.mode in ("RGB", "RGBA", "P") else plain


def _fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    longest = max(size)
    return max(1, round(size[0] * side / longest)), max(1, round(size[1] * side / longest))


def _in_rgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in RGB: on white where it is transparent, 16 bits brought to 8."""
    picture.load()
    if picture.mode == "CMYK":
        return _in_srgb(picture, profile)
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return picture.convert("RGB") if picture.mode != "RGB" else picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours of another profile (phones use Display P3) brought to sRGB; a broken profile is left out."""
    if profile:
        try:
            change = _change_of_colours(profile, picture.mode)
            if change is not None:
                return change.apply(picture)
        except (ImageCms.PyCMSError, *_BROKEN):
            pass
    return picture if picture.mode == "RGB" else picture.convert("RGB")


@lru_cache(maxsize=16)
def _change_of_colours(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """``None`` for sRGB itself."""
    theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if "srgb" in ImageCms.getProfileDescription(theirs).lower():
        return None
    srgb = ImageCms.createProfile("sRGB")
    return ImageCms.ImageCmsTransform(theirs, ImageCms.ImageCmsProfile(srgb), mode, "RGB")


# -- our own files


def _finished(picture: Image.Image, taken_on: str | None) -> Picture:
    jpeg = _jpeg(picture, QUALITY)
    return Picture(jpeg, hashlib.sha256(jpeg).hexdigest(), *picture.size, taken_on, _thumbnails(picture))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    # The library would write comment and resolution of the source into the new file
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _thumbnails(picture: Image.Image) -> dict[int, bytes]:
    """JPEG bytes by longest side; each one is made from the next larger."""
    made: dict[int, bytes] = {}
    for side in sorted(SIDES, reverse=True):
        if max(picture.size) > side:
            picture = picture.resize(_fitting(picture.size, side), Resampling.BICUBIC, reducing_gap=1.0)
        made[side] = _jpeg(picture, 80)
    return made
