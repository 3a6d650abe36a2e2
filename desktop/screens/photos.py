"""Photos: a grid of all of them, what is said of the chosen ones beside it, the large picture on Enter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from desktop.actions import Command, Handlers, words
from desktop.screens import photo_acts
from desktop.screens.photo_editor import PhotoEditor
from desktop.screens.photo_filters import PhotoFilters
from desktop.screens.photo_intake import PhotoIntake, files_of
from desktop.screens.photo_list import Asked, FoundPhotos, cell_of_record, fetch_cells, looking
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Task
from desktop.theme import look
from desktop.widgets.empty import EmptyState
from desktop.widgets.header import Header
from desktop.widgets.labels import button, pane, row, space
from desktop.widgets.paged_table import Column, PagedModel
from desktop.widgets.photo_grid import PhotoGrid
from desktop.widgets.photo_view import PhotoViewer
from resources import N_, _

CELLS = (Column("photo", N_("Photo")),)


class PhotosScreen(Screen):
    """Opened on {"model": id, "photo": id, "state": code}, any of them, or on nothing."""

    types = ("photo", "model")
    help_text = N_(
        "T before, Đ during, S after. Two chosen photos become a pair with G. Enter shows the large picture."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._looking: Task | None = None
        self._wanted: list[str] = []
        self._asked: Asked | None = None
        self._comparing = False
        self.cells = PagedModel(CELLS)
        self.grid = PhotoGrid(_("Photos"), self.cells, services.pictures)
        self.filters = PhotoFilters(services)
        self.intake = PhotoIntake(services)
        self.editor = PhotoEditor(services)
        self.viewer = PhotoViewer(services.pictures)
        delete = button(words(Command.DELETE), self.delete, icon_name="trash-2")
        look_at = button(_("Large picture (Enter)"), self.view, icon_name="eye")
        add = button(words(Command.NEW, _("Add photos")), self.add, icon_name="plus", kind="primary")
        self.header = Header(_("Photos"), delete, look_at, add, search=self.finder)
        self._pages = QStackedWidget()
        self._shown = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out(button(_("Add photos"), self.add, icon_name="plus", kind="primary"))
        self._connect()

    def open(self, what: object) -> None:
        """Show photos of a model, or in some state; with a photo named, its large picture."""
        if not isinstance(what, dict):
            return
        self._end_view()
        self._wanted = [str(what["photo"])] if what.get("photo") else []
        self.filters.choose(Asked(model=str(what.get("model") or ""), state=str(what.get("state") or "")))
        if files := what.get("files"):
            self.intake.start(files, self.filters.asked().model)

    def reload(self) -> None:
        """Look for the photos asked for, in the worker."""
        if self._looking is not None:
            self._looking.cancel()
        asked = self.filters.asked()
        self._looking = self.services.tasks.run(looking(asked), done=partial(self._show, asked))

    def take_focus(self) -> None:
        """Ready for the arrow keys in the grid."""
        (self.viewer if self._pages.currentIndex() else self.grid).setFocus()

    def flush(self) -> None:
        """Save what is being typed."""
        self.editor.flush()

    def commands(self) -> Handlers:
        """Ctrl+N adds, F6 deletes, F2 goes to the caption."""
        return {
            Command.NEW: self.add,
            Command.DELETE: self.delete,
            Command.EDIT: partial(self.editor.form.focus, "caption"),
        }

    # -- parts

    def _lay_out(self, first: QPushButton) -> None:
        nothing = EmptyState(
            "image", _("There are no photos here."), _("Drop photos or a folder onto this page."), first
        )
        for part in (self.grid, nothing):
            self._shown.addWidget(part)
        self._shown.setMinimumHeight(look().px(40))  # on a small screen what is asked above goes first
        left = QVBoxLayout()
        space(left, between=8)
        left.addWidget(self.filters)
        left.addWidget(self.intake)
        left.addWidget(self._shown, 1)
        page = pane()
        box = QHBoxLayout(page)
        space(box, between=12)
        box.addLayout(left, 1)
        box.addWidget(self.editor)
        large = pane()
        column = QVBoxLayout(large)
        space(column, between=8)
        column.addWidget(self.viewer, 1)
        column.addLayout(self._viewer_buttons())
        self._pages.addWidget(page)
        self._pages.addWidget(large)
        self.box.addWidget(self.header)
        self.box.addWidget(self._pages, 1)

    def _viewer_buttons(self) -> QHBoxLayout:
        back = button(_("Back to the photos (Esc)"), self._end_view, icon_name="arrow-left")
        before = button("", partial(self._step, -1), icon_name="chevron-left", tip=_("Previous photo"))
        after = button("", partial(self._step, 1), icon_name="chevron-right", tip=_("Next photo"))
        self._compare = button(_("Side by side (C)"), self._swap_compare, icon_name="layers")
        self._compare.setCheckable(True)
        for one in (back, before, after, self._compare):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the arrows with the picture
        return row(back, 1, self._compare, before, after)

    def _connect(self) -> None:
        self.filters.changed.connect(self.reload)
        self.grid.chosen_changed.connect(self._show_chosen)
        self.grid.opened.connect(lambda _row: self.view())
        self.grid.stage_asked.connect(self.editor.set_stage)
        self.grid.pair_asked.connect(self.editor.make_pair)
        self.grid.delete_asked.connect(self.delete)
        self.editor.opened.connect(self._view_photo)
        self.editor.put_back_asked.connect(self.choose_missing)
        self.intake.show_asked.connect(self._show_these)
        self.viewer.moved.connect(self._step)
        self.viewer.left.connect(self._end_view)
        self.viewer.compare_asked.connect(self._swap_compare)
        self.services.pictures.arrived.connect(self._on_arrived)

    # -- the list

    def _show(self, asked: Asked, found: FoundPhotos) -> None:
        if asked != self.filters.asked():
            return  # something else was asked for meanwhile, and is on its way
        self._looking = None
        self.filters.offer_years(found.years)
        kept = self._wanted or (self.grid.chosen() if asked == self._asked else [])
        self._asked = asked
        if found.rows == self.cells.ids and not self._wanted:
            self.cells.refresh()
        else:
            fetch = partial(fetch_cells, self.services.book, self.services.names)
            self.cells.show(found.rows, fetch)
            self._choose(kept)
        if self._wanted:
            self.view()
        self._wanted = []
        self._shown.setCurrentIndex(0 if found.rows else 1)
        self.header.count(self._count(len(found.rows), found.total))
        self._show_chosen()

    def _choose(self, ids: Sequence[str]) -> None:
        """Choose these photos, where they are among those shown."""
        if not ids:
            return
        wanted = set(ids)
        known = self.services.book.rows("photo", ("row", "id"))
        numbers = [number for number, record in known if record in wanted]
        rows = sorted(place for number in numbers if (place := self.cells.row_of(number)) is not None)
        if rows:
            self.grid.choose(rows[0])
            select = self.grid.selectionModel().SelectionFlag.Select
            for place in rows[1:]:
                self.grid.selectionModel().select(self.cells.index(place, 0), select)

    @staticmethod
    def _count(shown: int, total: int) -> str:
        words = photo_acts.count_words(total)
        if shown == total:
            return words
        return _("{n} of {total}").format(n=shown, total=words)

    def _show_chosen(self) -> None:
        self.editor.show_photos(photo_acts.records(self.services, self.grid.chosen()))
        if self._pages.currentIndex():
            self._show_large()

    def _show_these(self, ids: list[str]) -> None:
        """These photos and no others, all chosen: what is typed now goes to all of them."""
        self.filters.choose(Asked())
        self.reload_and_choose(ids)

    def reload_and_choose(self, ids: list[str]) -> None:
        """Show everything, these chosen, and the date ready to be typed."""
        asked = self.filters.asked()

        def chosen(found: FoundPhotos) -> None:
            self._show(asked, found)
            self.grid.clearSelection()
            self._choose(ids)
            self.editor.form.focus("taken_on")

        self.services.tasks.run(looking(asked), done=chosen)

    def _on_arrived(self, digest: str) -> None:
        lost = self.services.pictures.why_lost(digest)
        if lost and any(photo["hash"] == digest for photo in self.editor.chosen):
            self.editor.show_photos(list(self.editor.chosen))

    # -- the large picture

    def view(self) -> None:
        """The chosen photo as large as there is room."""
        if self.grid.cell(self.grid.currentIndex().row()) is not None:
            self._pages.setCurrentIndex(1)
            self._show_large()
            self.viewer.setFocus()

    def _view_photo(self, record: str) -> None:
        number = next((row for (row,) in self.services.book.rows("photo", ("row",), {"id": record})), None)
        place = self.cells.row_of(number) if number is not None else None
        if place is not None:
            self.grid.choose(place)
            self.view()

    def _show_large(self) -> None:
        chosen = photo_acts.records(self.services, self.grid.chosen()[:1])
        if not chosen:
            self._end_view()
            return
        partners = photo_acts.partners(self.services, chosen[0])[:1]
        self._compare.setEnabled(bool(partners))
        self._compare.setChecked(self._comparing and bool(partners))
        shown = chosen
        if self._comparing and partners:
            shown = [*partners, *chosen] if chosen[0]["pair"] else [*chosen, *partners]
        self.viewer.show_cells([cell_of_record(photo, self.services.names) for photo in shown])

    def _swap_compare(self) -> None:
        self._comparing = not self._comparing
        self._show_large()

    def _step(self, step: int) -> None:
        place = self.grid.currentIndex().row() + step
        if 0 <= place < self.cells.rowCount():
            self.grid.choose(place)

    def _end_view(self) -> None:
        self._pages.setCurrentIndex(0)
        self.grid.setFocus()

    # -- what the clerk does

    def add(self) -> None:
        """Choose files to add."""
        self._end_view()
        self.intake.choose(self.filters.asked().model)

    def delete(self) -> None:
        """The chosen photos into the bin, with a way back."""
        photo_acts.remove(self.services, self.editor.chosen)

    def choose_missing(self) -> None:
        """Choose the files of missing pictures."""
        folder = self.services.settings.now.last_folder
        files, _kind = QFileDialog.getOpenFileNames(self, _("Choose the missing pictures"), folder)
        if files:
            self.intake.put_back([Path(one) for one in files])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = files_of(event.mimeData())
        if files:
            event.acceptProposedAction()
            self._end_view()
            self.intake.start(files, self.filters.asked().model)
