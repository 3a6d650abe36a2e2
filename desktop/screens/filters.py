"""The filters of the list of models: year, field, level, status, unit; "all" where nothing is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.life.years import registered_years
from desktop.screens import showing
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import look
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.fields import ChoiceField
from desktop.widgets.labels import button, space
from desktop.widgets.paged_table import Value
from resources import N_, _

_FILTERS = (
    ("year", N_("Year"), N_("All years")),
    ("field", N_("Field"), N_("All fields")),
    ("level", N_("Level"), N_("All levels")),
    ("status", N_("Status"), N_("All statuses")),
    ("unit", N_("Unit"), N_("All units")),
)
_ROOM_FOR_WORDS = 900
_LISTS = {"field": "field", "level": "level", "status": "registration_status"}


class FilterBar(QWidget):
    """``changed()`` when the clerk chose something else. ``words``: the box for words of this list."""

    changed = Signal()

    def __init__(self, services: Services, words: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._fields = {
            name: ChoiceField(FieldSpec(name, _(caption), Kind.CHOICE, hint=_(everything)))
            for name, caption, everything in _FILTERS
        }
        self._all = button(_("Show all"), self.clear, icon_name="x", kind="quiet", tip=_("Show all"))
        box = QHBoxLayout(self)
        space(box, between=8)
        box.addWidget(words, 1)
        for field in self._fields.values():
            field.setMinimumWidth(look().px(84))
            field.setMinimumContentsLength(4)  # six in a row on a small screen
            field.held.committed.connect(self._on_chosen)
            box.addWidget(field, 1)
        box.addWidget(self._all)
        self._all.setMinimumWidth(look().px(34))
        self._all.setEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        short = self.width() < look().px(_ROOM_FOR_WORDS)
        words = _("Show all")
        self._all.setText("" if short else f" {words}")

    def reload(self) -> None:
        """The choices as they are now: units, and the years there are registrations of."""
        self._services.tasks.run(_years, done=self._offer_years)
        for name in ("field", "level", "status"):
            self._fields[name].offer(showing.choice_list(_LISTS[name]))
        self._fields["unit"].offer(self._services.names.units())

    def _offer_years(self, years: list[int]) -> None:
        self._fields["year"].offer([(str(year), str(year)) for year in years])

    def values(self) -> dict[str, Value]:
        """What is chosen."""
        return {
            name: int(str(field.held.value)) if name == "year" else field.held.value
            for name, field in self._fields.items()
            if field.held.value is not None
        }

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Choose these and nothing else."""
        self.reload()
        for name, field in self._fields.items():
            value = values.get(name)
            field.show_value(None if value is None else str(value))
        self._on_chosen()

    def clear(self) -> None:
        """Choose nothing: everything is shown."""
        self.set_values({})

    def _on_chosen(self) -> None:
        self._all.setEnabled(bool(self.values()))
        self.changed.emit()


def _years(step: Step) -> list[int]:
    return sorted({*registered_years(step.book), step.book.now().year}, reverse=True)
