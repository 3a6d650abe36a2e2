"""The photos on a model's page: its pairs side by side, then all of them; dropped files become its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db import photos
from db.store import Record
from desktop.actions import Command, Handlers, words
from desktop.screens import photo_acts
from desktop.screens.photo_intake import PhotoIntake
from desktop.screens.photo_list import Asked, FoundPhotos, cell_of_record, fetch_cells, looking
from desktop.services import Services
from desktop.tasks import Task
from desktop.theme import look
from desktop.widgets.labels import button, label, pane, row, space
from desktop.widgets.paged_table import Column, PagedModel
from desktop.widgets.photo_grid import PhotoGrid
from desktop.widgets.photo_view import SideBySide
from resources import N_, _

CELLS = (Column("photo", N_("Photo")),)
_PAIR = (300, 150)


class ModelPhotos(QWidget):
    """``counted(n)`` when the number of photos is known."""

    counted = Signal(int)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._model = ""
        self._looking: Task | None = None
        self.cells = PagedModel(CELLS)
        self.grid = PhotoGrid(_("Photos of the model"), self.cells, services.pictures)
        self.intake = PhotoIntake(services)
        self.pairs: list[SideBySide] = []
        self._pairs = QScrollArea()
        self._none = label(_("Drop photos or a folder onto this page."), "quiet", wrap=True)
        self._lay_out()
        self.grid.opened.connect(self._open_row)
        self.grid.stage_asked.connect(self._set_stage)
        self.grid.delete_asked.connect(self.delete)
        self.grid.pair_asked.connect(self._make_pair)

    def show_owner(self, model: str) -> None:
        """The photos of this model."""
        if model != self._model:
            self.intake.give_up()
            self.intake.told.hide()
        self._model = model
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._services.tasks.run(looking(Asked(model=model)), done=partial(self._show, model))

    def add_files(self, files: Sequence[Path]) -> None:
        """Files and folders dropped onto the page."""
        self.intake.start(files, self._model)

    def commands(self) -> Handlers:
        """F5 adds, F6 deletes."""
        return {Command.ADD_ROW: self.add, Command.DELETE: self.delete, Command.COPY_ABOVE: _nothing}

    def add(self) -> None:
        """Choose files to add."""
        self.intake.choose(self._model)

    def delete(self) -> None:
        """The chosen photos into the bin."""
        photo_acts.remove(self._services, self._chosen())

    # -- parts

    def _lay_out(self) -> None:
        add = button(words(Command.ADD_ROW, _("Add photos")), self.add, icon_name="plus")
        delete = button(words(Command.DELETE), self.delete, icon_name="trash-2")
        edit = button(_("Captions, stages, pairs"), partial(self._go, ""), icon_name="pen-line")
        self._pairs.setWidgetResizable(True)
        self._pairs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pairs.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pairs.setFixedHeight(look().px(_PAIR[1] + 18))
        box = QVBoxLayout(self)
        space(box, (0, 12, 0, 0), 8)
        box.addLayout(row(add, delete, edit, 1))
        for part in (self.intake, self._pairs, self._none):
            box.addWidget(part)
        box.addWidget(self.grid, 1)
        box.addStretch(0)

    def _show(self, model: str, found: FoundPhotos) -> None:
        self._looking = None
        if model != self._model:
            return
        if found.rows == self.cells.ids:
            self.cells.refresh()
        else:
            self.cells.show(found.rows, partial(fetch_cells, self._services.book, self._services.names))
        self._show_pairs()
        self.grid.setVisible(bool(found.rows))
        self._none.setVisible(not found.rows)
        self.counted.emit(len(found.rows))

    def _show_pairs(self) -> None:
        strip = pane()
        box = QHBoxLayout(strip)
        space(box, between=12)
        self.pairs = [self._pair(*both) for both in photos.pairs(self._services.book, self._model)]
        for one in self.pairs:
            box.addWidget(one)
        box.addStretch(1)
        self._pairs.setWidget(strip)
        self._pairs.setVisible(bool(self.pairs))

    def _pair(self, earlier: Record, later: Record) -> SideBySide:
        made = SideBySide(self._services.pictures, _PAIR, _("Before and after"))
        made.setFixedSize(made.sizeHint())
        made.show_cells([cell_of_record(photo, self._services.names) for photo in (earlier, later)])
        made.clicked.connect(self._go)
        return made

    # -- what the clerk does

    def _chosen(self) -> list[Record]:
        return photo_acts.records(self._services, self.grid.chosen())

    def _set_stage(self, code: str) -> None:
        photo_acts.change(self._services, self._chosen(), "stage", code)

    def _make_pair(self) -> None:
        photo_acts.make_pair(self._services, self._chosen())

    def _open_row(self, place: int) -> None:
        cell = self.grid.cell(place)
        if cell is not None:
            self._go(cell.id)

    def _go(self, photo: str) -> None:
        self._services.go("photos", {"model": self._model, "photo": photo})


def _nothing() -> None:
    """There is no photo above to copy from."""
