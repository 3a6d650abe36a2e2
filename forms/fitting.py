"""A paper within so many bytes: its photos are made smaller step by step, or it is said how small it gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from PIL import Image

from forms.paper import Made
from forms.paper_data import PaperData, PhotoRow
from forms.photo_pages import rows_of
from forms.profile import load
from forms.write import Problem
from resources import _

SIGNATURE: Final = 64_000
"""Bytes kept free for the signature that comes later."""
_SLACK: Final = 4_000
_MM_PER_INCH: Final = 25.4
_STEPS: Final = ((300, 85), (220, 80), (150, 75), (110, 65), (80, 50))
"""Dots an inch and JPEG quality, from hardly visible to just recognisable."""


class TooLargeError(Exception):
    """The paper does not get as small as asked for. ``smallest`` bytes are possible; nothing was written."""

    def __init__(self, smallest: int, asked: int) -> None:
        super().__init__(smallest, asked)
        self.smallest = smallest
        self.asked = asked

    def sentence(self) -> str:
        """What to tell the clerk."""
        words = _("The paper cannot be made as small as {asked}. The smallest possible size is {smallest}.")
        return words.format(asked=_megabytes(self.asked), smallest=_megabytes(self.smallest))


def _megabytes(size: int) -> str:
    """Rounded up, so that what is named is enough: ``1,3 MB``."""
    tenths = -(-size // 100_000)
    return f"{tenths // 10},{tenths % 10} MB"


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to make the photos smaller."""

    dpi: int
    quality: int


def made_within(data: PaperData, most: int, make: Callable[[PaperData], Made]) -> Made:
    """The paper in ``most`` bytes with room for a signature, 0 for any size. Raises TooLargeError."""
    made = make(data)
    if not most or len(made.pdf) + SIGNATURE <= most:
        return made
    bare = len(made.pdf) - sum(len(photo.jpeg) for photo in data.photos)
    smallest = len(made.pdf)
    for step in (_Step(*each) for each in _STEPS) if data.photos else ():
        smaller = replace(data, photos=_smaller(data, step))
        wanted = bare + sum(len(photo.jpeg) for photo in smaller.photos)
        smallest = min(smallest, wanted + _SLACK)
        if wanted + SIGNATURE <= most:
            made = make(smaller)
            if len(made.pdf) + SIGNATURE <= most:
                return replace(made, problems=(*made.problems, _told(step, most)))
    raise TooLargeError(smallest + SIGNATURE, most)


def _told(step: _Step, most: int) -> Problem:
    words = _("The photos were made smaller to keep the paper below {size}: {dpi} dots an inch.")
    return Problem("photos_reduced", words.format(size=_megabytes(most), dpi=step.dpi))


def _smaller(data: PaperData, step: _Step) -> tuple[PhotoRow, ...]:
    widths = {
        placed.photo.id: placed.width for row in rows_of(data, load(data.profile)) for placed in row
    }
    return tuple(replace(photo, jpeg=_reencoded(photo, widths, step)) for photo in data.photos)


def _reencoded(photo: PhotoRow, widths: Mapping[str, float], step: _Step) -> bytes:
    """The photo with no more dots than it needs at its width on paper; never larger than it was."""
    wide = max(1, round(widths[photo.id] / _MM_PER_INCH * step.dpi))
    picture = Image.open(BytesIO(photo.jpeg), formats=("JPEG",))
    high = max(1, round(picture.height * wide / picture.width))
    picture.draft("RGB", (wide, high))
    smaller = picture.convert("RGB")
    if smaller.width > wide:
        smaller = smaller.resize((wide, high), Image.Resampling.LANCZOS)
    out = BytesIO()
    smaller.save(out, "JPEG", quality=step.quality, optimize=True)
    return min(out.getvalue(), photo.jpeg, key=len)
