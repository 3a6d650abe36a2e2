"""The filters of the photos: model, stage, year, and what is still to be done to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.screens import showing
from desktop.screens.model_field import model_spec, offer_models
from desktop.screens.photo_list import STATES, Asked
from desktop.services import Services
from desktop.theme import look
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.fields import ChoiceField, FieldWidget, field_widget
from desktop.widgets.labels import button, space
from resources import _

_ROOM_FOR_WORDS = 900


class PhotoFilters(QWidget):
    """``changed()`` when the clerk chose something else."""

    changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        stages, states = showing.choice_list("photo_stage"), [(code, _(words)) for code, words in STATES]
        specs = (
            model_spec(services, _("Model"), hint=_("Model: code or name")),
            FieldSpec("stage", _("Stage"), Kind.CHOICE, choices=stages, hint=_("Stage")),
            FieldSpec("year", _("Year"), Kind.CHOICE, hint=_("Year")),
            FieldSpec("state", _("To be done"), Kind.CHOICE, choices=states, hint=_("To be done")),
        )
        self.fields: dict[str, FieldWidget] = {spec.name: field_widget(spec) for spec in specs}
        offer_models(self.fields["model"], services)
        self._all = button(_("Show all"), self.clear, icon_name="x", kind="quiet", tip=_("Show all"))
        box = QHBoxLayout(self)
        space(box, between=8)
        for name, field in self.fields.items():
            field.setMinimumWidth(look().px(112 if name == "stage" else 100))
            field.held.committed.connect(self._on_chosen)
            box.addWidget(field, 2 if name == "model" else 1)
        box.addWidget(self._all)
        self._all.setEnabled(False)

    def asked(self) -> Asked:
        """What is chosen."""
        values = {name: field.held.value or "" for name, field in self.fields.items()}
        return Asked(
            str(values["model"]), str(values["stage"]), int(values["year"] or 0), str(values["state"])
        )

    def choose(self, asked: Asked) -> None:
        """Choose this and nothing else."""
        self.fields["model"].show_value(asked.model or None)
        self.fields["stage"].show_value(asked.stage or None)
        self.fields["year"].show_value(str(asked.year) if asked.year else None)
        self.fields["state"].show_value(asked.state or None)
        self._on_chosen()

    def clear(self) -> None:
        """Everything is shown."""
        self.choose(Asked())

    def offer_years(self, years: Sequence[int]) -> None:
        """The years there are photos of."""
        field = self.fields["year"]
        if isinstance(field, ChoiceField):
            field.offer([(str(year), str(year)) for year in years])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words = _("Show all")
        self._all.setText("" if self.width() < look().px(_ROOM_FOR_WORDS) else f" {words}")

    def _on_chosen(self) -> None:
        self._all.setEnabled(self.asked() != Asked())
        self.changed.emit()
