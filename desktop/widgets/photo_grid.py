"""Photos side by side: thousands of them scroll, because only what is seen is fetched and painted."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme import COLOURS, TONES, Tone, look, pixmap
from desktop.widgets.paged_table import PagedModel
from desktop.widgets.photo_cell import STAGE_TONES, PhotoCell, PictureSource, paint_picture, paint_tag
from resources import _

PICTURE = (160, 120)
_CELL = (180, 182)
# The same keys in both languages: they stand on the buttons. Đ is typed in two ways, or without its bar
STAGE_KEYS = {"t": "before", "đ": "during", "d": "during", "s": "after"}
_NOT_PLAIN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Index = QModelIndex | QPersistentModelIndex


class PhotoGrid(QListView):
    """Shows a PagedModel of PhotoCells.

    Signals: ``opened(row)`` on Enter or a double click; ``stage_asked(code)``, ``pair_asked()`` (G) and
    ``delete_asked()`` on a key; ``chosen_changed()`` when other photos are chosen.
    """

    opened = Signal(int)
    stage_asked = Signal(str)
    pair_asked = Signal()
    delete_asked = Signal()
    chosen_changed = Signal()

    def __init__(self, name: str, model: PagedModel, source: PictureSource) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("photos")
        self._model = model
        self._painted: defaultdict[str, set[int]] = defaultdict(set)
        self._asked = QRegion()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(False)
        self.setMouseTracking(True)
        self.setItemDelegate(_Painter(source, self))
        self.setModel(model)
        px = look().px
        self._spread()
        self.verticalScrollBar().setSingleStep(px(60))
        source.arrived.connect(self._on_arrived)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def cell(self, row: int) -> PhotoCell | None:
        """The photo in this place, None where it is gone."""
        if not 0 <= row < self._model.rowCount():
            return None
        found = self._model.values(row)
        return found if isinstance(found, PhotoCell) else None

    def chosen(self) -> list[str]:
        """Ids of the chosen photos, in the order of the grid."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [cell.id for row in rows if (cell := self.cell(row)) is not None]

    def choose(self, row: int) -> None:
        """Choose one photo and show it."""
        index = self._model.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.setModelColumn(0)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(_CELL[0] + 24), look().px(56))

    def sizeHint(self) -> QSize:
        return QSize(look().px(4 * _CELL[0]), look().px(2 * _CELL[1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._spread()
        super().resizeEvent(event)

    def _spread(self) -> None:
        """As many columns as fit, evenly over the width."""
        px = look().px
        room = self.viewport().width() - px(2)
        columns = max(1, room // px(_CELL[0]))
        self.setGridSize(QSize(max(px(_CELL[0]), room // columns), px(_CELL[1])))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & _NOT_PLAIN
        stage = STAGE_KEYS.get(event.text().lower()) if plain else None
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif stage:
            self.stage_asked.emit(stage)
        elif plain and event.key() == Qt.Key.Key_G:
            self.pair_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._asked = event.region()
        super().paintEvent(event)

    def is_asked(self, room: QRect) -> bool:
        """Whether this room is to be painted; Qt asks for all between two places too."""
        return self._asked.intersects(room)

    def note_painted(self, row: int, digest: str) -> None:
        """Remember where a picture stands: when it arrives only that place is painted anew."""
        self._painted[digest].add(row)

    def _on_arrived(self, digest: str) -> None:
        for row in self._painted.pop(digest, ()):
            self.update(self._model.index(row, 0))


class _Painter(QStyledItemDelegate):
    """Paints one photo with its words: two lines below, signs in its corner."""

    def __init__(self, source: PictureSource, grid: PhotoGrid) -> None:
        super().__init__(grid)
        self._source, self._grid = source, grid
        px = look().px
        self._size = QSize(px(_CELL[0]), px(_CELL[1]))
        ratio = grid.devicePixelRatioF()
        self._signs = {name: pixmap(name, COLOURS.quiet, px(16), ratio) for name in ("layers", "users")}
        self._small = look().font(12)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self._grid.cell(index.row())
        if cell is None or not self._grid.is_asked(option.rect):
            return
        px = look().px
        box: QRect = option.rect.adjusted(px(3), px(3), -px(3), -px(3))
        state: QStyle.StateFlag = option.state
        self._ground(painter, box, state)
        picture = QRect(box.left() + px(7), box.top() + px(7), px(PICTURE[0]), px(PICTURE[1]))
        self._grid.note_painted(index.row(), cell.hash)
        paint_picture(painter, picture, self._source, cell.hash)
        painter.setFont(self._small)
        words = QRect(picture.left(), picture.bottom() + px(6), picture.width(), px(18))
        self._say(painter, words, cell.title, COLOURS.text)
        self._standing(painter, words.translated(0, px(20)), cell)

    def _ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(COLOURS.accent if focused or chosen else COLOURS.line)))
        painter.setBrush(QColor(COLOURS.accent_soft if chosen else COLOURS.surface))
        painter.drawRoundedRect(box, look().px(6), look().px(6))

    def _standing(self, painter: QPainter, line: QRect, cell: PhotoCell) -> None:
        """Stage and day; signs of a pair and of children at the right."""
        px, left = look().px, line.left()
        if cell.stage_words:
            tone = STAGE_TONES.get(cell.stage, Tone.PLAIN)
            left += paint_tag(painter, left, line.top(), cell.stage_words, tone) + px(6)
        right = line.right()
        for name, wanted in (("layers", cell.paired), ("users", cell.children)):
            if wanted:
                right -= px(18)
                painter.drawPixmap(right, line.top() + px(1), self._signs[name])
        colour = COLOURS.quiet if cell.day else TONES[Tone.WARN].text
        line.setLeft(left)
        line.setRight(right)
        self._say(painter, line, cell.day or _("no date"), colour)

    @staticmethod
    def _say(painter: QPainter, room: QRect, words: str, colour: str) -> None:
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(colour))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
