"""The table as clerks see it: 34 px rows, whole-row choice, pills, columns sized by what they hold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.theme import TONES, Tone, look
from desktop.widgets.paged_table import TONE_ROLE, Column, PagedModel, no_tone

_LEAST_LETTERS = 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PillDelegate(QStyledItemDelegate):
    """Draws a value with a tone as a pill; everything else as text. No frame around the single cell."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As Qt does it, without the frame of the single cell and without the text of a pill."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if index.data(TONE_ROLE) is not None:
            option.text = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        super().paint(painter, option, index)
        tone, text = index.data(TONE_ROLE), index.data()
        if tone is not None and text:
            _draw_pill(painter, option, text, tone)


def _draw_pill(painter: QPainter, option: QStyleOptionViewItem, text: str, tone: Tone) -> None:
    colours, px = TONES[tone], look().px
    height, pad = option.fontMetrics.height() + px(4), px(9)
    room = option.rect.adjusted(px(8), 0, -px(8), 0)
    shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() - 2 * pad)
    width = option.fontMetrics.horizontalAdvance(shown) + 2 * pad
    box = QRectF(room.left() + 0.5, room.center().y() - height / 2 + 0.5, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.border)))
    painter.setBrush(QColor(colours.back))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(QColor(colours.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class TableView(QTableView):
    """Signals: ``opened(row)`` for Enter or a double click; ``sort_asked(column name, descending)``."""

    opened = Signal(int)
    sort_asked = Signal(str, bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._pills = PillDelegate(self)
        self._behave()
        self._size()
        self.doubleClicked.connect(self._on_double_clicked)
        self.horizontalHeader().sortIndicatorChanged.connect(self._on_sort_changed)

    def _behave(self) -> None:
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)

    def _size(self) -> None:
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look().px(34))
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setMinimumSectionSize(look().px(48))
        heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_model(self, model: PagedModel, *, sort: str | None = None) -> None:
        """Show this model; with ``sort`` the headings can be clicked and that column is marked first."""
        self.setModel(model)
        # Only pills are drawn by us: Qt's own delegate is much faster, and that shows when scrolling
        for at, column in enumerate(model.columns):
            self.setItemDelegateForColumn(at, self.itemDelegate() if column.tone is no_tone else self.pills())
        self.fit_columns()
        heading = self.horizontalHeader()
        heading.setSectionsClickable(sort is not None)
        heading.setSortIndicatorShown(sort is not None)
        if sort is not None:
            names = [column.name for column in model.columns]
            heading.blockSignals(True)
            heading.setSortIndicator(names.index(sort), Qt.SortOrder.AscendingOrder)
            heading.blockSignals(False)

    def pills(self) -> QStyledItemDelegate:
        """What draws columns with pills."""
        return self._pills

    def fit_columns(self) -> None:
        """Give each column the room its content type needs; those of width 0 share what is left."""
        model = self.model()
        if not isinstance(model, PagedModel):
            return
        shown = [at for at in range(len(model.columns)) if not self.isColumnHidden(at)]
        fixed = {at: self._wanted(model.columns[at]) for at in shown if model.columns[at].width}
        free = [at for at in shown if at not in fixed]
        left = self.viewport().width() - sum(fixed.values())
        for at in shown:
            self.setColumnWidth(at, fixed.get(at) or max(left // len(free), self._wanted(model.columns[at])))

    def _wanted(self, column: Column) -> int:
        """Room for what the column holds, and for its heading."""
        heading = QFontMetrics(look().font(bold=True)).horizontalAdvance(column.title)
        letters = column.width or _LEAST_LETTERS
        letter = max(self.fontMetrics().averageCharWidth(), self.fontMetrics().horizontalAdvance("0"))
        return max(letters * letter, heading) + look().px(26)

    def chosen_rows(self) -> list[int]:
        """The rows chosen, in their order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def sizeHint(self) -> QSize:
        return QSize(look().px(480), look().px(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid() and self._enter_opens():
            self.opened.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.chosen_text())
        else:
            super().keyPressEvent(event)

    def _enter_opens(self) -> bool:
        return self.state() != QAbstractItemView.State.EditingState

    def chosen_text(self) -> str:
        """The chosen rows as a block for Excel: tabs and line ends."""
        model = self.model()
        columns = range(model.columnCount())
        rows = ((str(model.index(row, c).data() or "") for c in columns) for row in self.chosen_rows())
        return "\n".join("\t".join(cells) for cells in rows)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _on_sort_changed(self, section: int, order: Qt.SortOrder) -> None:
        model = self.model()
        if isinstance(model, PagedModel) and 0 <= section < len(model.columns):
            column = model.columns[section]
            if column.sortable:
                self.sort_asked.emit(column.name, order == Qt.SortOrder.DescendingOrder)
