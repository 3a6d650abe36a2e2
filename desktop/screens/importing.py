"""Excel lists in: choose a file, see what would land, land it, take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from db import RECORD_TYPES
from db.journal import Batch
from desktop.actions import Command, Handlers
from desktop.changes import Changes
from desktop.history_words import when
from desktop.screens.exporting import BookExport
from desktop.screens.import_columns import ImportColumns
from desktop.screens.import_rows import COLUMNS, Found, rows_of
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.drop_zone import DropZone
from desktop.widgets.flow import FlowGrid
from desktop.widgets.header import Header
from desktop.widgets.labels import Card, button, label, row, space
from desktop.widgets.paged_table import Column, PagedModel, Row
from desktop.widgets.table_view import TableView
from desktop.widgets.tiles import Tile
from forms import spreadsheets
from resources import N_, _, ngettext

ENDINGS = (".xlsx", ".csv")
_TILES = (
    ("green", N_("Would come in"), "circle-check"),
    ("yellow", N_("Worth a look"), "triangle-alert"),
    ("red", N_("Refused"), "circle-alert"),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was read and planned, and the state of the book it was planned against."""

    file: Path
    workbook: spreadsheets.Workbook
    plan: spreadsheets.ImportPlan
    seen: dict[str, int]


def preview(file: Path, encodings: Mapping[str, str], step: Step) -> Preview:
    """Read the file and plan it against the book. Nothing is written. Runs in the reader's worker."""
    workbook = spreadsheets.read_workbook(file, encodings)
    book = step.book
    seen = book.last_seqs()
    return Preview(file, workbook, spreadsheets.plan(workbook, book, book.now().date(), step.progress), seen)


def landing(
    shown: Preview, actor: str, accept_good: bool, overwrite: bool, step: Step
) -> spreadsheets.ImportResult:
    """Write it as one batch; planned anew where the book changed since the preview."""
    book, plan = step.book, shown.plan
    if book.last_seqs() != shown.seen:
        plan = spreadsheets.plan(shown.workbook, book, book.now().date(), step.progress)
    step.check()
    return spreadsheets.land(
        plan, book, actor, step.progress, step.stopped, accept_good=accept_good, overwrite=overwrite
    )


def imports(step: Step) -> list[tuple[Batch, bool]]:
    """The latest imports. Runs in the reader's worker."""
    return [(batch, undone) for batch, undone in step.book.batches(500) if batch.act == "import"][:20]


def in_words(counts: dict[str, int]) -> str:
    """``Mô hình 12 · Đóng góp 340``."""
    return " · ".join(f"{_(RECORD_TYPES[name].label)} {count}" for name, count in counts.items())


class ImportScreen(Screen):
    """Opened on nothing, or on the path of a file."""

    types = ()
    help_text = N_("Drop an Excel list here. You see what would come in before anything is written.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._preview: Preview | None = None
        self._found = Found()
        self._earlier: list[tuple[Batch, bool]] = []
        self.header = Header(_("Excel import"), search=self.finder)
        self.drop = DropZone(
            _("Drop an Excel file here, or click to choose one"),
            _("A workbook (.xlsx) with the sheets Đơn vị, Mô hình, Đóng góp …, or one sheet as .csv. "
              "Nothing is written before you say so."),
            ENDINGS,
            "file-spreadsheet",
        )  # fmt: skip
        self.tiles = {name: Tile(_(caption), icon) for name, caption, icon in _TILES}
        self.rows = PagedModel([Column(n, _(t), w, s, tone, sortable=False) for n, t, w, s, tone in COLUMNS])
        self.table = TableView(_("Rows of the file"))
        self.overwrite = QCheckBox(_("Also replace what was changed by hand"))
        self.columns = ImportColumns()
        self.book_export = BookExport(services, self)
        self._sums = label("", "quiet", wrap=True)
        self._why = label("", wrap=True)
        self._land = button(_("Bring into the book"), self.land, icon_name="check", kind="primary")
        self.history = PagedModel(
            [
                Column("title", _("File"), 0, sortable=False),
                Column("at", _("When"), 16, sortable=False),
                Column("actor", _("Who"), 16, sortable=False),
                Column("undone", _("State"), 14, sortable=False),
            ]
        )
        self.earlier = TableView(_("Earlier imports"))
        self._take_back = button(_("Undo this import"), self.undo_chosen, icon_name="undo-2")
        self._none = label(_("No list was brought into this book yet."), "quiet", wrap=True)
        self._pages = QStackedWidget()
        self._lay_out()
        self.drop.clicked.connect(self.choose)
        self.drop.dropped.connect(self.read)
        self.table.selectionModel().selectionChanged.connect(self._say_why)
        self.overwrite.toggled.connect(self._show_preview)
        self.columns.overruled.connect(self._read_again)
        for name, tile in self.tiles.items():
            tile.setCheckable(True)
            tile.clicked.connect(partial(self._filter, name))

    def open(self, what: object) -> None:
        """Read this file."""
        if isinstance(what, Path):
            self.read(what)

    def reload(self) -> None:
        """The list of earlier imports."""
        self.services.tasks.run(imports, done=self._show_earlier)

    def commands(self) -> Handlers:
        """Ctrl+N chooses a file."""
        return {Command.NEW: self.choose}

    def choose(self) -> None:
        """Ask for a file."""
        folder = self.services.settings.now.last_folder
        kinds = _("Excel lists") + " (*.xlsx *.csv)"
        file, _kind = QFileDialog.getOpenFileName(self, _("Choose a list"), folder, kinds)
        if file:
            self.read(Path(file))

    def read(self, file: Path) -> None:
        """Read and plan a file, then show what would land."""
        self.columns.start()
        self._read(file)

    def _read_again(self) -> None:
        """The clerk said how a column is written."""
        if self._preview is not None:
            self._land.setEnabled(False)
            self._read(self._preview.file)

    def _read(self, file: Path) -> None:
        self.services.tasks.run(
            partial(preview, file, dict(self.columns.said)),
            lane=Lane.LONG,
            label=_("Reading {name} …").format(name=file.name),
            done=self._on_read,
        )

    @property
    def has_preview(self) -> bool:
        """Whether a file was read and waits to be landed."""
        return self._preview is not None

    def can_land(self) -> bool:
        """Whether there is anything to write."""
        return self._land.isEnabled()

    def why(self) -> str:
        """The reason of the chosen row in full."""
        return self._why.text()

    # -- parts

    def _lay_out(self) -> None:
        start = QWidget()
        box = QVBoxLayout(start)
        space(box, between=12)
        box.addWidget(self.drop)
        earlier = Card(_("Earlier imports"))
        self.earlier.show_model(self.history)
        earlier.box.addWidget(self._none)
        earlier.box.addWidget(self.earlier, 1)
        out = button(_("Export the whole book"), self.book_export.choose, icon_name="download")
        earlier.box.addLayout(row(out, 1, self._take_back))
        earlier.box.addStretch(0)
        box.addWidget(earlier, 1)
        shown = QWidget()
        box = QVBoxLayout(shown)
        space(box, between=12)
        grid = FlowGrid(least=200, most=3)
        grid.show_things(list(self.tiles.values()))
        self.table.show_model(self.rows)
        other = button(_("Another file"), self.back, icon_name="arrow-left")
        for part in (grid, self.columns, self._sums, self.table, self._why):
            box.addWidget(part)
        box.setStretchFactor(self.table, 1)
        box.addLayout(row(other, 1, self.overwrite, self._land))
        for page in (start, shown):
            page.setProperty("kind", "clear")
            self._pages.addWidget(page)
        self.box.addWidget(self.header)
        self.box.addWidget(self._pages, 1)

    def _on_read(self, found: Preview) -> None:
        self._preview = found
        self.overwrite.setChecked(False)
        self.overwrite.setVisible(bool(found.plan.by_hand))
        self.header.say(_("Excel import"), found.file.name)
        self._pages.setCurrentIndex(1)
        self.columns.show_columns(found.workbook.columns)
        self._show_preview()

    def _show_preview(self) -> None:
        if self._preview is None:
            return
        overwrite = self.overwrite.isChecked()
        result = self._preview.plan.preview(overwrite=overwrite)
        self._found = rows_of(self._preview.plan, overwrite=overwrite)
        good = sum(result.accepted.values()) + sum(result.updated.values())
        same = sum(result.unchanged.values())
        self.tiles["green"].say(str(good), ngettext("{n} row is there already", "{n} rows are there already",
                                                    same).format(n=same))  # fmt: skip
        self.tiles["yellow"].say(str(len(result.warnings)), _("come in as they are"))
        self.tiles["red"].say(str(len(result.refused)), _("stay outside until they are corrected"))
        self._sums.setText(in_words(dict(result.accepted)))
        self._land.setText(_("Bring in only the good rows") if result.refused else _("Bring into the book"))
        self._land.setEnabled(good > 0)
        self._filter("red" if result.refused else "yellow" if result.warnings else "green")

    def _filter(self, name: str) -> None:
        for other, tile in self.tiles.items():
            tile.setChecked(other == name)
        shown: Sequence[Row] = self._found.of(name)
        self.rows.show(range(len(shown)), lambda wanted: [shown[at] for at in wanted])
        if shown:
            self.table.selectRow(0)
        self._say_why()

    def _say_why(self) -> None:
        """The reason of the chosen row in full: the table cuts long ones."""
        rows = self.table.chosen_rows()
        values = self.rows.values(rows[0]) if rows else ()
        self._why.setText(str(values[-1]) if values else "")

    # -- what the clerk does

    def back(self) -> None:
        """Another file: back to the choice."""
        self._preview = None
        self.header.say(_("Excel import"))
        self._pages.setCurrentIndex(0)
        self.reload()

    def land(self) -> None:
        """Write the good rows as one batch."""
        shown = self._preview
        if shown is None or not self._land.isEnabled():
            return
        self._land.setEnabled(False)
        actor, overwrite = self.services.saving.actor, self.overwrite.isChecked()
        work = partial(landing, shown, actor, bool(shown.plan.refused), overwrite)
        text = _("Bringing {name} into the book …").format(name=shown.file.name)
        self.services.tasks.run(
            work,
            lane=Lane.WRITE,
            label=text,
            done=self._on_landed,
            failed=self._on_not_landed,
            cancelled=self._on_stopped,
        )

    def _on_landed(self, result: spreadsheets.ImportResult) -> None:
        self.back()
        if not result.batch:
            text = _("Everything in this file is in the book already.")
            self.services.tell(Notice(text, Tone.INFO))
            return
        self.services.saving.announce(Changes(frozenset(), frozenset(), result.batch))
        counts = in_words({**result.accepted, **result.updated})
        text = _("The file is in the book: {counts}").format(counts=counts)
        undo = partial(self.services.saving.undo, result.batch)
        self.services.tell(Notice(text, Tone.GOOD, action=_("Undo this import"), do=undo))

    def _on_not_landed(self, error: Exception) -> None:
        self._land.setEnabled(True)
        if isinstance(error, spreadsheets.ImportCancelledError):
            self._on_stopped()
        else:
            self.services.tasks.fail(error)

    def _on_stopped(self) -> None:
        self._land.setEnabled(True)
        self.services.tell(Notice(_("Stopped. Nothing of the file is in the book."), Tone.INFO))

    def _show_earlier(self, found: list[tuple[Batch, bool]]) -> None:
        self._earlier = found
        self._none.setVisible(not found)
        for part in (self.earlier, self._take_back):
            part.setVisible(bool(found))
        rows: list[Row] = [
            (batch.title, when(batch.at), batch.actor, _("taken back") if undone else _("in the book"))
            for batch, undone in found
        ]
        self.history.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])

    def undo_chosen(self) -> None:
        """Take back the import chosen among the earlier ones."""
        for at in self.earlier.chosen_rows()[:1]:
            batch, undone = self._earlier[at]
            if not undone:
                self.services.saving.undo(batch.id)
