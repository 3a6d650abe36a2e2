"""Pages of a paper as pictures: fitted to the width, scrolled, drawn when they come into view."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.theme import COLOURS, look

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_GAP = 12
_KEPT = 6  # pages before and after the one in view


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in points."""

    width: float
    height: float


class _Sheets(QWidget):
    """The pages under one another; asks for the picture of those that are seen."""

    def __init__(self, owner: PagesView) -> None:
        super().__init__()
        self._owner = owner

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, box in enumerate(self._owner.boxes()):
            if not box.intersects(event.rect()):
                continue
            painter.fillRect(box.translated(1, 2), QColor(0, 0, 0, 28))
            painter.fillRect(box, QColor(COLOURS.surface))
            picture = self._owner.picture(number)
            if picture is not None:
                painter.drawImage(box, picture)
            painter.setPen(QPen(QColor(COLOURS.line)))
            painter.drawRect(box)


class PagesView(QScrollArea):
    """Shows pages. ``wanted(page, pixels wide)``: hand the picture to ``put``. Keeps only what is near."""

    wanted = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("ground")
        self.zoom = 1.0
        self._sizes: list[PageSize] = []
        self._pictures: dict[int, QImage] = {}
        self._asked: dict[int, int] = {}
        self._sheets = _Sheets(self)
        self.setWidget(self._sheets)

    def show_pages(self, sizes: list[PageSize]) -> None:
        """A paper with these pages; old pictures stay until the new ones are there, so nothing flickers."""
        self._sizes = sizes
        self._pictures = {n: p for n, p in self._pictures.items() if n < len(sizes)}
        self._asked.clear()
        self._fit()

    def put(self, page: int, picture: QImage) -> None:
        """The picture of one page."""
        if page >= len(self._sizes):
            return
        self._pictures[page] = picture
        here = self.page_in_view()
        for far in [number for number in self._pictures if abs(number - here) > _KEPT]:
            del self._pictures[far]
            self._asked.pop(far, None)
        self._sheets.update()

    def picture(self, page: int) -> QImage | None:
        """The picture of a page, asked for if it is not there or too coarse."""
        wide = round(self._width() * self.devicePixelRatioF())
        if self._asked.get(page) != wide:
            self._asked[page] = wide
            self.wanted.emit(page, wide)
        return self._pictures.get(page)

    def kept(self) -> list[int]:
        """The pages whose pictures are at hand."""
        return sorted(self._pictures)

    def boxes(self) -> list[QRect]:
        """Where each page stands."""
        made, top = [], look().px(_GAP)
        for size in self._sizes:
            wide = self._width()
            tall = round(wide * size.height / size.width)
            made.append(QRect(max(0, (self._sheets.width() - wide) // 2), top, wide, tall))
            top += tall + look().px(_GAP)
        return made

    def page_in_view(self) -> int:
        """The page that fills most of the view, from 0."""
        middle = self._sheets.mapFrom(self.viewport(), QPoint(0, self.viewport().height() // 2)).y()
        tops = [box.top() for box in self.boxes()]
        return max(0, sum(top <= middle for top in tops) - 1)

    def set_zoom(self, zoom: float) -> None:
        """1.0 = fitted to the width."""
        self.zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(look().px(420), look().px(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(200))

    def _width(self) -> int:
        return max(1, round((self.viewport().width() - 2 * look().px(_GAP)) * self.zoom))

    def _fit(self) -> None:
        boxes = self.boxes()
        tall = boxes[-1].bottom() + look().px(_GAP) if boxes else 0
        wide = self._width() + 2 * look().px(_GAP) if self.zoom > 1 else 0
        self._sheets.setMinimumSize(wide, tall)
        self._sheets.update()
