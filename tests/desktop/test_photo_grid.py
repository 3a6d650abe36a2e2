"""The grid of photos paints what came, and no more."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from desktop.widgets.paged_table import Column, PagedModel
from desktop.widgets.photo_cell import PhotoCell
from desktop.widgets.photo_grid import PhotoGrid


class Source(QObject):
    """Pictures that are never there; how often each was asked for."""

    arrived = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[str] = Counter()

    def get(self, digest: str, _width: int, _height: int) -> QPixmap | None:
        """None."""
        self.asked[digest] += 1
        return None

    def why_lost(self, _digest: str) -> str:
        """Nobody knows."""
        return ""


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def grid(qapp: QApplication, source: Source) -> PhotoGrid:
    """Six photos; the first two are of one picture."""
    model = PagedModel((Column("photo", "Photo"),))
    cells = [PhotoCell("", f"h{max(at, 1)}", "", "", "", "", 0, 0, str(at)) for at in range(6)]
    model.show(range(6), lambda numbers: [cells[at] for at in numbers])
    made = PhotoGrid("Photos", model, source)
    made.resize(800, 600)
    made.show()
    qapp.processEvents()
    source.asked.clear()
    return made


def test_only_the_places_of_a_picture_that_arrived_are_painted(
    qapp: QApplication, grid: PhotoGrid, source: Source
) -> None:
    assert grid.isVisible()
    for picture in ("h1", "h4"):
        source.arrived.emit(picture)
    qapp.processEvents()
    assert source.asked == {"h1": 2, "h4": 1}
