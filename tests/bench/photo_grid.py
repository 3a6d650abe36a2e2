"""The grid of photos against the frame of a screen: 5,000 different ones, by wheel and by hand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication

from db import Book, photos
from db.records import Value
from desktop.app import App
from desktop.screens.photos import PhotosScreen
from desktop.settings import SettingsFile
from desktop.tasks import Lane, Step
from desktop.widgets.photo_grid import PhotoGrid
from tests.bench.lines import Line, percentile_95
from tests.support.books import PASSWORD, WARD, add_model

_PHOTOS = 5_000
_SIZE = (320, 240)  # what is shown is smaller yet
_STEPS, _WHEEL = 600, 60
_WAIT_S = 60


def measure(folder: Path) -> Iterator[Line]:
    """A book of 5,000 photos, none seen before; each step is painted before the next."""
    path = folder / "grid.danvan"
    _build(path, folder / "grid-pictures")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    desk = App(app, SettingsFile(folder / "grid-settings.json"))
    desk.settings.change(backup_hours=0)
    desk.window.resize(1366, 728)
    desk.window.show()
    desk.tasks.run(lambda step: _opened(path, step), lane=Lane.WRITE, done=desk.show_book)
    _until(app, lambda: desk.office is not None and not desk.tasks.running)
    desk.window.go("photos")
    screen = desk.window.in_front()
    assert isinstance(screen, PhotosScreen)
    _until(app, lambda: screen.cells.rowCount() == _PHOTOS)
    for way, step in (("by the wheel", _WHEEL), ("by pages", 7 * _WHEEL)):
        times, worked = zip(*_scrolled(app, screen.grid, step), strict=True)
        yield Line(f"a step in {_PHOTOS:,} photos {way}, p95", percentile_95(times), "ms", 16)
        yield Line("– of it work of the window's thread, p95", percentile_95(worked), "ms", inf)
    desk.close()


def _opened(path: Path, step: Step) -> Book:
    book = Book.open(path, PASSWORD)
    step.give_book(book)
    return book


def _build(path: Path, folder: Path) -> None:
    book, _sheet = Book.create(path, PASSWORD, WARD)
    with book:
        with book.writing("do") as write:
            model = add_model(write)
        files = _draw_photos(folder)
        done = photos.add_photos(book, files, model=model, stage="before", taken_on="2024-05-06")
        with book.writing("do") as write:
            for number, photo in enumerate(done.added):
                write.change("photo", photo.id, _said(number))


def _said(number: int) -> dict[str, Value]:
    return {
        "stage": ("before", "after")[number % 2],
        "taken_on": f"20{10 + number % 15}-03-{1 + number % 28:02}",
        "caption": f"Ngõ số {number} sau khi làm",
    }


def _draw_photos(folder: Path) -> list[Path]:
    """No two of them alike, so that no picture at hand serves for another; noisy, as photos are."""
    folder.mkdir()
    noise = Image.merge("RGB", [Image.effect_noise(_SIZE, 80) for _band in "RGB"])
    files = []
    for number in range(_PHOTOS):
        ground = (number % 256, number // 256 * 12, 128)
        file = folder / f"{number:04}.jpg"
        Image.blend(noise, Image.new("RGB", _SIZE, ground), 0.5).save(file, quality=80)
        files.append(file)
    return files


def _scrolled(app: QApplication, grid: PhotoGrid, step: int) -> Iterator[tuple[float, float]]:
    """Milliseconds of each step, from the bar's move until it is painted; and of processor time in it.

    The second hardly changes on a PC that has other work to do.
    """
    bar = grid.verticalScrollBar()
    bar.setValue(0)
    for _number in range(_STEPS):
        start, worked = time.perf_counter(), time.thread_time()
        bar.setValue((bar.value() + step) % max(1, bar.maximum()))
        grid.viewport().repaint()
        app.processEvents()
        yield (time.perf_counter() - start) * 1000, (time.thread_time() - worked) * 1000


def _until(app: QApplication, ready: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + _WAIT_S
    while not ready():
        app.processEvents()
        if time.perf_counter() > deadline:
            raise TimeoutError
