"""The units of the book, and what happens to them on a day: renamed, merged, divided, dissolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel

from db.reading import Reading
from desktop.actions import Command, Handlers
from desktop.screens import showing
from desktop.screens.list_export import ListExport
from desktop.screens.lists import PlainList
from desktop.screens.screen import Screen
from desktop.screens.unit_change import CHANGES, ChangeForm, Chosen
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.header import Header
from desktop.widgets.labels import button, row
from desktop.widgets.paged_table import Column, PagedModel, Row, Value
from desktop.widgets.scroll import ScrollColumn
from desktop.widgets.table_view import TableView
from resources import N_, _, ngettext

_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def unit_rows(step: Step) -> list[Row]:
    """Every unit by code, with its present superior and whom it follows. Runs in the reader's worker."""
    book = step.book
    units = {unit.id: unit for unit in book.find("org_unit", order="code")}
    above = _superiors(book)
    before: dict[str, list[str]] = {}
    for old, new in book.rows("unit_succession", ("old_unit", "new_unit")):
        before.setdefault(new, []).append(old)

    def title(unit: str | None) -> Value:
        return units[unit].title if unit in units else None

    return [
        (unit["code"], unit["name"], unit["kind"], title(above.get(unit.id)), unit["valid_from"],
         unit["valid_to"], ", ".join(str(title(old)) for old in before.get(unit.id, ())) or None, unit.id)
        for unit in units.values()
    ]  # fmt: skip


def _superiors(book: Reading) -> Mapping[str, str]:
    """By unit: the superior of its latest link."""
    found: dict[str, tuple[str, str, str]] = {}
    fields = ("unit", "parent", "valid_from", "valid_to")
    for unit, parent, begin, end in book.rows("unit_parent", fields):
        found[unit] = max((end or "9", begin or "", parent), found.get(unit, ("", "", "")))
    return {unit: link[2] for unit, link in found.items()}


class UnitsScreen(Screen):
    """A table of all units; a change is entered in a form in its place."""

    types = ("org_unit", "unit_parent", "unit_succession")
    help_text = N_(
        "A unit that is renamed, merged or divided stays in the book until the day before;"
        " reports of earlier times keep its name."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        back = button("", self._go_back, icon_name="arrow-left", kind="quiet", tip=_("Back to the settings"))
        bring = button(_("Bring in a list of units"), self._go_import, icon_name="file-spreadsheet")
        self.list_export = ListExport(services, self, self._as_list)
        out = button(_("List to Excel"), self.list_export.choose, icon_name="download")
        self.header = Header(_("Units"), out, bring, search=self.finder, before=back)
        self.model = PagedModel(self._columns())
        self.view = TableView(_("Units"))
        self.view.show_model(self.model)
        self.form: ChangeForm | None = None
        self._rows: Sequence[Row] = ()
        self._wanted: list[str] = []
        self._changing = ScrollColumn((0, 0, 8, 8))
        self._changing.hide()
        self.buttons = {
            kind: button(_(change.words), partial(self.start, kind), icon_name=change.icon)
            for kind, change in CHANGES.items()
        }
        self.box.addWidget(self.header)
        self.box.addLayout(row(*self.buttons.values(), 1))
        self.box.addWidget(self.view, 1)
        self.box.addWidget(self._changing, 1)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._fit_buttons())

    def open(self, what: object) -> None:
        """Choose this unit."""
        self._wanted = [str(what)]
        self.reload()

    def reload(self) -> None:
        """Read the units anew."""
        self.services.tasks.run(unit_rows, done=self._show)

    def take_focus(self) -> None:
        """Ready for the arrow keys."""
        self.view.setFocus()

    def commands(self) -> Handlers:
        """F2 renames the chosen unit."""
        return {Command.EDIT: partial(self.start, "rename")}

    def choose(self, units: Sequence[str]) -> None:
        """Choose these units."""
        self.view.clearSelection()
        for at, values in enumerate(self._rows):
            if values[-1] in units:
                self.view.selectionModel().select(self.model.index(at, 0), _ROWS)

    def chosen(self) -> list[Chosen]:
        """The chosen units, in the order of the table."""
        found = (self._rows[at] for at in self.view.chosen_rows())
        return [Chosen(str(one[-1]), str(one[0]), str(one[1]), str(one[2] or "")) for one in found]

    def start(self, kind: str) -> None:
        """The form for a change of the chosen units."""
        chosen = self.chosen()
        if self.form is not None or not self._fits(kind):
            return
        self.form = ChangeForm(self.services, kind, chosen)
        self.form.made.connect(self._on_made)
        self.form.given_up.connect(self._end)
        self.view.hide()
        self._changing.renew().addWidget(self.form)
        self._changing.show()
        self._fit_buttons()
        self.form.focus()

    # -- parts

    def _columns(self) -> list[Column]:
        names, widths = self.services.names, {"code": 10, "name": 0, "kind": 14}
        usual = [showing.column("org_unit", name, names, width) for name, width in widths.items()]
        dates = [showing.column("org_unit", name, names) for name in ("valid_from", "valid_to")]
        return [*usual, Column("parent", _("Superior unit"), 18), *dates, Column("follows", _("Follows"), 20)]

    def _as_list(self) -> PlainList:
        return PlainList(self.header.title(), self.model.columns, self._rows)

    def _show(self, rows: list[Row]) -> None:
        kept, self._wanted = self._wanted or [one.id for one in self.chosen()], []
        self._rows = rows
        self.model.show(range(len(rows)), lambda wanted: [rows[at] for at in wanted])
        self.header.count(ngettext("{n} unit", "{n} units", len(rows)).format(n=len(rows)))
        self.choose(kept)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        for kind, made in self.buttons.items():
            made.setEnabled(self.form is None and self._fits(kind))

    def _fits(self, kind: str) -> bool:
        """Whether the chosen units can change so; the book's own also merges with units of other books."""
        chosen = [one.id for one in self.chosen()]
        alone = kind == "merge" and chosen == [self.services.book.own_unit()]
        return alone or CHANGES[kind].fits(len(chosen))

    def _on_made(self, text: str, batch: str) -> None:
        self._end()
        undo = self.services.saving.undo
        self.services.tell(Notice(text, Tone.GOOD, action=_("Undo"), do=lambda: undo(batch)))

    def _end(self) -> None:
        if self.form is not None:
            self._changing.hide()
            self._changing.takeWidget().deleteLater()  # not at once: its own button may be what was clicked
            self.form = None
            self.view.show()
            self._fit_buttons()

    def _go_back(self) -> None:
        self.services.go("setup", None)

    def _go_import(self) -> None:
        self.services.go("import", None)
