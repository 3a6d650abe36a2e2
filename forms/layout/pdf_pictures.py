"""Pictures side by side with their captions, each with words for readers who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from forms.layout.pdf_fonts import ASCENT, face, text_width
from forms.layout.pdf_tags import Tags
from forms.layout.pdf_text import clean, wrap_balanced
from forms.profile import Profile, Style
from forms.structure import Node, placed, said
from forms.tree import Picture, Pictures

_GAP = 5 * mm
_CAPTION_GAP = 1.5 * mm


class _Jpeg(ImageReader):  # type: ignore[misc]  # reportlab ships no types
    """A JPEG that goes into the file byte for byte.

    reportlab unpacks a picture only to tell whether it had the same one before; its bytes say that as well.
    """

    _dataA = None

    def __init__(self, jpeg: bytes) -> None:
        super().__init__(BytesIO(jpeg))
        self._jpeg = jpeg

    def getRGBData(self) -> bytes:
        """What the picture is recognised by."""
        return self._jpeg


@dataclass(frozen=True, slots=True)
class _SetPicture:
    """A picture ready to be drawn: its size in pt, the lines of its caption, and what both are."""

    image: ImageReader
    width: float
    height: float
    caption: tuple[str, ...]
    figure: Node
    words: Node | None


class PictureRow(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Pictures in equal columns, as high as the row or as wide as the column, upper edges on one line."""

    def __init__(
        self, pictures: Sequence[_SetPicture], column: float, least: float, style: Style, tags: Tags
    ) -> None:
        super().__init__()
        self.pictures = pictures
        self.column = column
        self.style = style
        self.tags = tags
        lines = max(len(each.caption) for each in pictures)
        self.room = max(each.height for each in pictures)
        self.height = self.room + (_CAPTION_GAP + lines * style.line_pt if lines else 0)
        self.spaceBefore, self.spaceAfter = style.before_pt, style.after_pt + max(0, least - self.room)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as there is room."""
        return width, self.height

    def draw(self) -> None:
        """Each picture, then its caption."""
        for place, each in enumerate(self.pictures):
            left = place * (self.column + _GAP)
            self._picture(each, left + (self.column - each.width) / 2)
            self._caption(each, left)

    def _picture(self, picture: _SetPicture, left: float) -> None:
        bottom = self.height - self.room + (self.room - picture.height)
        x, y = self.canv.absolutePosition(left, bottom)
        picture.figure.entries += placed(x, y, picture.width, picture.height)
        self.tags.begin(self.canv, picture.figure)
        self.canv.drawImage(picture.image, left, bottom, picture.width, picture.height)
        self.tags.end(self.canv)

    def _caption(self, picture: _SetPicture, left: float) -> None:
        if picture.words is None:
            return
        name, size = face(self.style), self.style.size
        y = self.height - self.room - _CAPTION_GAP - ASCENT * size
        self.tags.begin(self.canv, picture.words)
        self.canv.setFont(name, size)
        for line in picture.caption:
            middle = left + (self.column - text_width(line, name, size)) / 2
            self.canv.drawString(middle, y, f"{line} ")
            y -= self.style.line_pt
        self.tags.end(self.canv)


def row(block: Pictures, profile: Profile, width: float, tags: Tags) -> PictureRow:
    """One row over ``width`` pt."""
    style = profile.styles["picture_caption"]
    column = (width - _GAP * (len(block.pictures) - 1)) / len(block.pictures)
    pictures = [_set(each, column, block.height * mm, style, tags) for each in block.pictures]
    return PictureRow(pictures, column, block.height * mm if block.fixed else 0, style, tags)


def _set(picture: Picture, column: float, height: float, style: Style, tags: Tags) -> _SetPicture:
    image = _Jpeg(picture.jpeg)
    wide, high = image.getSize()
    scale = min(column / wide, height / high)
    words = clean(picture.caption)
    figure = tags.section.add("Figure", said("Alt", clean(picture.alt) or words))
    lines = tuple(wrap_balanced(words, column, face(style), style.size)) if words else ()
    caption = tags.section.add("P") if words else None
    return _SetPicture(image, wide * scale, high * scale, lines, figure, caption)
