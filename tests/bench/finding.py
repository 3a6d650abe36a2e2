"""Searching as somebody types, and scrolling through all models."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from db import Book
from desktop import theme
from desktop.screens.models import page_of
from desktop.widgets.paged_table import Column, PagedModel
from desktop.widgets.table_view import TableView
from tests.bench.city import PASSWORD
from tests.bench.lines import Line, percentile_95

_TYPED = (
    "nguyen van hung", "đường hoa", "Hùng", "nva 1985", "to lien gia", "MH0001", "camera", "PT00012",
    "Trần Thị", "duong hoa ngo 12", "tổ trưởng", "ngap", "Yến", "phuong 12",
)  # fmt: skip
_SHOWN = 50
_WHEEL_STEPS = 200


def search_lines(book: Book, whose: str, wanted: float) -> Iterator[Line]:
    """Each key of each query is one search, as in the box."""
    times = []
    for text in (begun for query in _TYPED for begun in accumulate(query)):
        start = time.perf_counter()
        book.search(text, _SHOWN)
        times.append(time.perf_counter() - start)
    yield Line(f"search as you type, {whose}, p95", 1000 * percentile_95(times), "ms", wanted)


def scroll_line(book: Book, whose: str) -> Line:
    """The wheel over the list of models: from the event until it is painted."""
    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        theme.apply(app, 100)
    names = ("code", "title", "person_in_charge", "year", "field", "unit", "level", "status")
    model = PagedModel([Column(name, name, 12) for name in names])
    model.show(array("q", book.row_numbers("model", order="code")), lambda ids: page_of(book, {}, ids))
    view = TableView("models")
    view.show_model(model)
    view.resize(1100, 640)
    view.show()
    app.processEvents()
    times = [_wheel(view) for _step in range(_WHEEL_STEPS)]
    view.close()
    return Line(f"wheel over {len(model.ids):,} models, {whose}, p95", 1000 * percentile_95(times), "ms", 16)


def _wheel(view: TableView) -> float:
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle, view.viewport().mapToGlobal(middle), QPoint(), QPoint(0, -360), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    start = time.perf_counter()
    QApplication.sendEvent(view.viewport(), event)
    view.viewport().repaint()
    return time.perf_counter() - start


def measure(folder: Path) -> Iterator[Line]:
    """A ward's book: what one office keeps in fifteen years."""
    from_city = folder / "ward.danvan"
    yield from in_book(from_city, "ward", 10)


def in_book(path: Path, whose: str, wanted: float) -> Iterator[Line]:
    """The lines for a finished book."""
    with Book.open(path, PASSWORD, writable=False) as book:
        yield from search_lines(book, whose, wanted)
        yield scroll_line(book, whose)
