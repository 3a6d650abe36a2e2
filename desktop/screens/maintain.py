"""Last year's registrations maintained in a year: a list with ticks, registered in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.life.maintaining import Candidate, LeftOut, candidates, maintain
from desktop.screens import showing
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone, look
from desktop.widgets.bars import Notice
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.fields import ChoiceField, DateField
from desktop.widgets.labels import Card, button, label, row, space
from desktop.widgets.paged_table import Column, Row, Value
from desktop.widgets.tick_table import TickModel, TickTable
from resources import N_, _, ngettext

if TYPE_CHECKING:
    from db.writing import Writing

WHY = {
    LeftOut.STOPPED: N_("Stopped or withdrawn"),
    LeftOut.NEVER_REGISTERED: N_("Was never registered"),
    LeftOut.ENDED: N_("The model has ended"),
    LeftOut.NO_LONGER_WORKS: N_("A check found it no longer working"),
    LeftOut.THERE_ALREADY: N_("Registered already"),
}
_WIDTHS = {"unit": 17, "registrant": 17, "field": 17}
_ROOM = {"registrant": 1000, "field": 900}


def years_with_one_before(step: Step) -> list[int]:
    """Years that could maintain registrations of the year before. Runs in the reader's worker."""
    found = {int(year) + 1 for (year,) in step.book.rows("registration", ("year",)) if year}
    return sorted((year for year in found if year <= step.book.now().year + 1), reverse=True)


def _found(year: int, step: Step) -> tuple[int, list[Candidate]]:
    return year, candidates(step.book, year)


class MaintainForm(QWidget):
    """Signals: ``made(how many)``, ``given_up``. Giving up changes nothing; the ticks stay as they are."""

    made = Signal(int)
    given_up = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._found: Sequence[Candidate] = ()
        self._unticked: set[str] = set()
        self._year = services.book.now().year
        self.year = ChoiceField(FieldSpec("year", _("Year"), Kind.CHOICE, required=True))
        self.on = DateField(showing.spec("registration", "registered_on", services.names))
        self.model = TickModel(self._columns())
        self.table = TickTable(_("Registrations of the year before"), self.model)
        self._about = label("", "quiet", wrap=True)
        self._save = button(_("Save"), self.save, icon_name="check", kind="primary")
        self._lay_out()
        self.year.held.committed.connect(self._on_year_chosen)
        self.model.ticks_changed.connect(self._on_ticks_changed)

    def show_year(self, year: int | None = None) -> None:
        """What can be maintained in a year; read anew."""
        self._year = year or self._year
        today = self._services.book.now().date()
        self.on.show_value(today.isoformat() if today.year == self._year else None)
        self._services.tasks.run(years_with_one_before, done=self._offer_years)
        self._services.tasks.run(partial(_found, self._year), done=self._show)

    def chosen(self) -> list[str]:
        """Ids of last year's registrations that are ticked."""
        return [self._found[at].id for at in sorted(self.model.ticked)]

    def save(self) -> None:
        """Register all that are ticked, as one entry."""
        chosen, year = self.chosen(), self._year
        if not chosen or not self._save.isEnabled() or not self.on.held.commit():
            return
        self._save.setEnabled(False)
        day = str(self.on.held.value) if self.on.held.value else None

        def write(w: Writing) -> tuple[int, str]:
            made = maintain(w, year, chosen, day)
            return len(made), w.batch.id

        title = _("Maintained in {year}").format(year=year)
        self._services.saving.write(
            write, types=("registration",), title=title, done=self._on_saved, failed=self._on_failed
        )

    def words(self) -> str:
        """What stands over the table."""
        return self._about.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for name, least in _ROOM.items():
            place = [column.name for column in self.model.columns].index(name)
            self.table.setColumnHidden(place, self.width() < look().px(least))
        self.table.fit_columns()

    # -- parts

    def _columns(self) -> list[Column]:
        names = self._services.names
        of_model = [
            showing.column("model", "code", names, 12),
            showing.column("model", "title", names, 0),
        ]
        of_registration = [
            showing.column("registration", name, names, width) for name, width in _WIDTHS.items()
        ]
        return [*of_model, *of_registration, Column("why", _("Note"), 17, tone=_tone)]

    def _lay_out(self) -> None:
        card = Card(_("Maintain last year's registrations"))
        top = QHBoxLayout()
        space(top, between=8)
        for caption, field in ((_("In the year"), self.year), (_("Registered on"), self.on)):
            words = label(caption, "small")
            words.setBuddy(field)
            field.setMinimumWidth(look().px(96))
            field.setMaximumWidth(look().px(160))
            top.addWidget(words)
            top.addWidget(field)
        top.addStretch(1)
        top.addWidget(button(_("Tick all"), partial(self.model.tick_all, True)))
        top.addWidget(button(_("Tick none"), partial(self.model.tick_all, False)))
        card.box.addLayout(top)
        card.box.addWidget(self._about)
        card.box.addWidget(self.table, 1)
        card.box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1, self._save))
        box = QVBoxLayout(self)
        space(box)
        box.addWidget(card)

    def _offer_years(self, years: list[int]) -> None:
        self.year.offer([(str(year), str(year)) for year in years])
        self.year.show_value(str(self._year))

    def _show(self, found: tuple[int, list[Candidate]]) -> None:
        year, candidates_found = found
        if year != self._year:
            return
        self._found = sorted(candidates_found, key=lambda one: one.left_out is not None)
        may = [at for at, one in enumerate(self._found) if one.left_out is None]
        ticked = [at for at in may if self._found[at].id not in self._unticked]
        self.model.offer([self._row(one) for one in self._found], may, ticked)
        self._about.setText(self._summary(len(may)))

    def _row(self, one: Candidate) -> Row:
        registration = one.registration
        of_registration = (one.unit if name == "unit" else registration[name] for name in _WIDTHS)
        why = _(WHY[one.left_out]) if one.left_out else None
        return (one.model["code"], one.model["title"], *of_registration, why)

    def _summary(self, may: int) -> str:
        if not self._found:
            return _("Nothing was registered in {year}.").format(year=self._year - 1)
        counts = Counter(one.left_out for one in self._found if one.left_out)
        parts = [
            ngettext(
                "{n} registration of {year} still lives.", "{n} registrations of {year} still live.", may
            ).format(n=may, year=self._year - 1)
        ]
        parts += [f"{_(WHY[why])}: {count}." for why, count in counts.items()]
        return " ".join(parts)

    # -- what the clerk does

    def _on_year_chosen(self) -> None:
        self._unticked.clear()
        self.show_year(int(str(self.year.held.value)))

    def _on_ticks_changed(self) -> None:
        offered = {at for at, one in enumerate(self._found) if one.left_out is None}
        self._unticked = {self._found[at].id for at in offered - self.model.ticked}
        count = len(self.model.ticked)
        words = ngettext("Maintain {n} registration", "Maintain {n} registrations", count).format(n=count)
        self._save.setText(f" {words}")
        self._save.setAccessibleName(words)
        self._save.setEnabled(count > 0)

    def _on_saved(self, outcome: tuple[int, str]) -> None:
        count, batch = outcome
        text = ngettext(
            "{n} registration was maintained in {year}.",
            "{n} registrations were maintained in {year}.",
            count,
        ).format(n=count, year=self._year)
        undo = self._services.saving.undo
        self._services.tell(Notice(text, Tone.GOOD, action=_("Undo"), do=lambda: undo(batch)))
        self.made.emit(count)

    def _on_failed(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self._services.tasks.fail(error)


def _tone(value: Value) -> Tone | None:
    return Tone.WARN if value else None
