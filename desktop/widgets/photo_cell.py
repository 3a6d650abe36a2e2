"""One photo as the screen shows it, and how it is painted: the picture, or a grey box until it is there."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from PySide6.QtCore import QRect, QSize, Qt, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop.theme import COLOURS, TONES, Tone, look, pixmap

STAGE_TONES = {"before": Tone.WARN, "during": Tone.INFO, "after": Tone.GOOD}


class PictureSource(Protocol):
    """Where pictures come from; ``arrived(hash)`` is emitted when one came."""

    @property
    def arrived(self) -> SignalInstance:
        """The signal."""

    def get(self, digest: str, width: int, height: int) -> QPixmap | None:
        """The picture fitted into so many pixels, None until it is there."""

    def why_lost(self, digest: str) -> str:
        """Why there is none."""


class PhotoCell(NamedTuple):
    """A row of a list of photos: what is said of it in words, then what it is."""

    words: str
    hash: str
    title: str
    stage: str
    stage_words: str
    day: str
    paired: int
    children: int
    id: str


def paint_picture(painter: QPainter, box: QRect, source: PictureSource, digest: str) -> QRect:
    """The picture in the middle of ``box`` on grey; where it is lost a sign. Returns where it stands."""
    ratio = painter.device().devicePixelRatio()
    painter.fillRect(box, QColor(COLOURS.head))
    found = source.get(digest, round(box.width() * ratio), round(box.height() * ratio))
    if found is None:
        if source.why_lost(digest):
            _sign(painter, box)
        return box
    size = QSize(round(found.width() / ratio), round(found.height() / ratio))
    place = QRect(box.topLeft(), size)
    place.moveCenter(box.center())
    painter.drawPixmap(place, found)
    return place


def _sign(painter: QPainter, box: QRect) -> None:
    side = look().px(28)
    sign = pixmap("triangle-alert", TONES[Tone.WARN].text, side, painter.device().devicePixelRatio())
    painter.drawPixmap(box.center().x() - side // 2, box.center().y() - side // 2, sign)


def paint_tag(painter: QPainter, left: int, top: int, words: str, tone: Tone) -> int:
    """A word in its colour; its width."""
    px, metrics = look().px, painter.fontMetrics()
    box = QRect(left, top, metrics.horizontalAdvance(words) + px(12), metrics.height() + px(2))
    colours = TONES[tone]
    painter.setPen(QColor(colours.border))
    painter.setBrush(QColor(colours.back))
    painter.drawRoundedRect(box, px(4), px(4))
    painter.setPen(QColor(colours.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    return box.width()
