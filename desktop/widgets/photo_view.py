"""A photo as large as the room, or the two of a pair side by side: for the viewer and for small pairs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import COLOURS, Tone, look
from desktop.widgets.photo_cell import STAGE_TONES, PhotoCell, PictureSource, paint_picture, paint_tag
from resources import _

_GAP = 8
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
}
_AWAY = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COARSE = 160  # sizes asked for go in such steps: a window that is drawn wider asks seldom


class SideBySide(QWidget):
    """One to several photos in a row with stage and day below. ``clicked(id)`` on one of them."""

    clicked = Signal(str)

    def __init__(self, source: PictureSource, size: tuple[int, int], name: str) -> None:
        super().__init__()
        self._source = source
        self._size = QSize(look().px(size[0]), look().px(size[1]))
        self._cells: Sequence[PhotoCell] = ()
        self._boxes: list[QRect] = []
        self._name = name
        self.setAccessibleName(name)
        source.arrived.connect(self._on_arrived)

    @property
    def cells(self) -> Sequence[PhotoCell]:
        """What is shown."""
        return self._cells

    def show_cells(self, cells: Sequence[PhotoCell]) -> None:
        """These photos; none leaves it empty."""
        self._cells = tuple(cells)
        self.setAccessibleName("; ".join((self._name, *(cell.words for cell in cells))))
        self.setToolTip("\n".join(cell.words for cell in cells))
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), min(self._size.height(), look().px(90)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for box, cell in zip(self._boxes, self._cells, strict=True):
            if box.contains(event.position().toPoint()):
                self.clicked.emit(cell.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(look().font(12))
        for box, cell in zip(self._boxes, self._cells, strict=True):
            words = painter.fontMetrics().height() + look().px(12)
            self._paint(painter, box.adjusted(0, 0, 0, -words), cell)
            top = box.bottom() - words + look().px(6)
            self._say(painter, QRect(box.left(), top, box.width(), words), cell)

    def _paint(self, painter: QPainter, box: QRect, cell: PhotoCell) -> None:
        paint_picture(painter, box, self._source, cell.hash)

    def _say(self, painter: QPainter, line: QRect, cell: PhotoCell) -> None:
        left = line.left()
        if cell.stage_words:
            tone = STAGE_TONES.get(cell.stage, Tone.PLAIN)
            left += paint_tag(painter, left, line.top(), cell.stage_words, tone) + look().px(6)
        room = QRect(left, line.top(), line.right() - left, line.height())
        painter.setPen(QColor(self._words_colour()))
        words = " · ".join(part for part in (cell.day, self._title(cell)) if part)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, cut)

    def _title(self, _cell: PhotoCell) -> str:
        return ""

    def _words_colour(self) -> str:
        return COLOURS.quiet

    def _place(self) -> None:
        count, gap = len(self._cells), look().px(_GAP)
        wide = (self.width() - gap * (count - 1)) // count if count else 0
        self._boxes = [QRect(at * (wide + gap), 0, wide, self.height()) for at in range(count)]

    def _on_arrived(self, digest: str) -> None:
        if any(cell.hash == digest for cell in self._cells):
            self.update()


class PhotoViewer(SideBySide):
    """The large picture. Signals: ``moved(step)`` on the arrows, ``left()`` on Esc or Enter,
    ``compare_asked()`` on C."""

    moved = Signal(int)
    left = Signal()
    compare_asked = Signal()

    def __init__(self, source: PictureSource) -> None:
        super().__init__(source, (640, 480), _("Large picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in _AWAY:
            self.left.emit()
        elif event.key() == Qt.Key.Key_C and not event.modifiers():
            self.compare_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS.side))
        painter.end()
        super().paintEvent(event)

    def _paint(self, painter: QPainter, box: QRect, cell: PhotoCell) -> None:
        """From a picture somewhat larger than the room, so that a changing window asks seldom."""
        ratio = self.devicePixelRatioF()
        wide, high = (-(-round(side * ratio) // _COARSE) * _COARSE for side in (box.width(), box.height()))
        found = self._source.get(cell.hash, wide, high)
        if found is None:
            painter.setPen(QColor(COLOURS.side_text))
            words = self._source.why_lost(cell.hash) or "…"
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        size = found.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(box.topLeft(), size.boundedTo(QSize(found.width() * 2, found.height() * 2)))
        place.moveCenter(box.center())
        painter.drawPixmap(place, found)

    def _title(self, cell: PhotoCell) -> str:
        return cell.title

    def _words_colour(self) -> str:
        return COLOURS.side_text
