"""The photo annex in blocks: rows of pictures with numbered captions, so many a page, pairs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from db.numbers import show_date
from forms.paper_data import PaperData, PhotoRow
from forms.profile import Profile
from forms.tree import Picture, Pictures
from resources import _

READABLE_DPI: Final = 150
"""Coarser than this a photo looks blurred on paper."""
_TITLE: Final = 34.0
_CAPTION: Final = 22.0
_GAP: Final = 5.0
_MM_PER_INCH: Final = 25.4
_ROWS: Final = {2: 2, 4: 2, 6: 3}
_COLUMNS: Final = {2: 1, 4: 2, 6: 2}


@dataclass(frozen=True, slots=True)
class Placed:
    """A photo with its number and the width in mm that it gets on paper."""

    photo: PhotoRow
    number: int
    width: float

    @property
    def dpi(self) -> float:
        """How fine it is on paper."""
        return self.photo.width / (self.width / _MM_PER_INCH)


def rows_of(data: PaperData, profile: Profile) -> list[list[Placed]]:
    """The photos in rows, numbered through."""
    found: list[list[Placed]] = []
    number = 1
    for row in _grouped(data.photos, _COLUMNS[data.photos_per_page]):
        height = _height(data, profile, len(row))
        column = (profile.portrait.text_width - _GAP * (len(row) - 1)) / len(row)
        placed = [
            Placed(photo, number + at, min(column, height * photo.width / max(photo.height, 1)))
            for at, photo in enumerate(row)
        ]
        found.append(placed)
        number += len(row)
    return found


def _height(data: PaperData, profile: Profile, count: int) -> float:
    """How high ``count`` pictures of a row may be (mm) so that a page's rows fit below the annex's title."""
    rows = 1 if count == data.photos_per_page else _ROWS[data.photos_per_page]
    return (profile.portrait.text_height - _TITLE - rows * _CAPTION) / rows


def _grouped(photos: Sequence[PhotoRow], columns: int) -> Iterator[list[PhotoRow]]:
    """Rows: a pair is one of its own, the others fill the columns."""
    row: list[PhotoRow] = []
    place = 0
    while place < len(photos):
        two = photos[place : place + 2]
        if len(two) == 2 and two[1].pair == two[0].id:
            if row:
                yield row
            yield list(two)
            row, place = [], place + 2
            continue
        row.append(photos[place])
        place += 1
        if len(row) == columns:
            yield row
            row = []
    if row:
        yield row


def blocks(data: PaperData, profile: Profile) -> Iterator[Pictures]:
    """The rows as blocks of a paper."""
    for row in rows_of(data, profile):
        height = _height(data, profile, len(row))
        pictures = tuple(Picture(each.photo.jpeg, _caption(each), _spoken(each.photo)) for each in row)
        yield Pictures(pictures, height, fixed=True)


def warnings(data: PaperData, profile: Profile) -> Iterator[tuple[str, str]]:
    """Photos that are too coarse for the room they get: code and sentence."""
    for row in rows_of(data, profile):
        for each in row:
            if each.dpi < READABLE_DPI:
                said = _(
                    "Photo {number} ({name}) is too coarse for its room: {dpi} dots an inch, not {wanted}."
                ).format(
                    number=each.number, name=_what(each.photo), dpi=round(each.dpi), wanted=READABLE_DPI
                )
                yield "photo_low_resolution", said


def _what(photo: PhotoRow) -> str:
    """What it shows: its caption, else its model and stage."""
    stage = f" ({photo.stage.lower()})" if photo.stage else ""
    return photo.caption or f"{photo.model}{stage}"


def _caption(placed: Placed) -> str:
    """``Ảnh n. <nội dung> – <địa điểm>, ngày dd/mm/yyyy (người chụp)``; what nobody stated is left out."""
    photo = placed.photo
    where = [photo.place] if photo.place else []
    where += [f"ngày {show_date(photo.taken_on)}"] if photo.taken_on else []
    said = " – ".join(part for part in (_what(photo), ", ".join(where)) if part)
    by = f" ({photo.photographer})" if photo.photographer else ""
    return f"Ảnh {placed.number}. {said}{by}"


def _spoken(photo: PhotoRow) -> str:
    """For who does not see it: stage, what it shows, and of which model."""
    stage = f"Ảnh chụp {photo.stage.lower()}" if photo.stage else "Ảnh chụp"
    of = f", mô hình “{photo.model}”" if photo.model else ""
    return f"{stage}{of}: {_what(photo)}"
