"""Beside the photos: what is said of the chosen ones. What is typed goes to all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy

from db.store import Record
from desktop.screens import photo_acts, showing
from desktop.screens.arrangement import typed
from desktop.screens.model_field import model_spec, offer_models
from desktop.screens.photo_list import cell_of_record
from desktop.services import Services
from desktop.theme import look
from desktop.widgets.field import FieldSpec
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, label, row, space
from desktop.widgets.paged_table import Value
from desktop.widgets.photo_view import SideBySide
from desktop.widgets.scroll import ScrollColumn
from resources import _

STAGE_LETTERS = (("before", "T"), ("during", "Đ"), ("after", "S"))
_HEIGHTS = (24, 196, 124)  # of the pictures: none, one, two side by side
_FIELDS = typed("photo")


class PhotoEditor(Card):
    """``opened(id)``: one of the shown pictures was clicked. ``put_back_asked()``: its file is missing."""

    opened = Signal(str)
    put_back_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._chosen: list[Record] = []
        space(self.box, (12, 12, 4, 12), 8)
        self.setFixedWidth(look().px(292))
        self._scroll = ScrollColumn((0, 0, 8, 0), 8)
        self.title = label("", "section", wrap=True)
        self.pictures = SideBySide(services.pictures, (260, 190), _("Chosen photos"))
        self.advice = label("", "small", wrap=True)
        self.stages = {code: self._stage_button(code, letter) for code, letter in STAGE_LETTERS}
        self.pair = button(_("Make a pair (G)"), self.make_pair, icon_name="layers")
        self.part = button(_("Take the pair apart"), self.take_apart, kind="quiet")
        back = _("Put the picture back")
        self.put_back = button(back, self.put_back_asked.emit, icon_name="archive-restore")
        self.form = RecordForm(self._specs(), columns=1)
        offer_models(self.form.boxes["model"].field, services)
        self._lay_out()
        self.form.edited.connect(self._on_edited)
        self.pictures.clicked.connect(self.opened)
        self.show_photos([])

    @property
    def chosen(self) -> Sequence[Record]:
        """The photos that are edited."""
        return self._chosen

    def show_photos(self, chosen: list[Record]) -> None:
        """These photos: values that all of them share, and the other half of a pair."""
        anew = [photo.id for photo in chosen] != [photo.id for photo in self._chosen]
        if anew:
            self.form.flush()
        self._chosen = chosen
        self.form.show_values(_shared(chosen), anew=anew)
        shown = self._shown()
        self.pictures.show_cells([cell_of_record(photo, self._services.names) for photo in shown])
        self.pictures.setFixedHeight(look().px(_HEIGHTS[len(shown)]))
        self._say(len(shown) > 1 and len(chosen) == 1)
        self._scroll.setEnabled(bool(chosen))

    def flush(self) -> None:
        """Save what is being typed."""
        self.form.flush()

    def set_stage(self, code: str) -> None:
        """All chosen photos are of this stage."""
        photo_acts.change(self._services, self._chosen, "stage", code)

    def make_pair(self) -> None:
        """The two chosen photos become a pair."""
        photo_acts.make_pair(self._services, self._chosen)

    def take_apart(self) -> None:
        """Their pairs are pairs no more."""
        photo_acts.part(self._services, self._chosen)

    # -- parts

    def _lay_out(self) -> None:
        column = self._scroll.column
        for part in (self.title, self.pictures, self.advice, self.put_back):
            column.addWidget(part)
        column.addLayout(row(*self.stages.values(), between=4))
        column.addLayout(row(self.pair, self.part, 1, between=4))
        column.addWidget(self.form)
        self.box.addWidget(self._scroll)

    def _stage_button(self, code: str, letter: str) -> QPushButton:
        words = f"{showing.choice_words('photo_stage', code)} ({letter})"
        made = button(words, partial(self.set_stage, code))
        made.setProperty("kind", "stage")
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return made

    def _specs(self) -> list[FieldSpec]:
        names = self._services.names
        specs = [showing.spec("photo", name, names) for name in _FIELDS]
        return [*specs, model_spec(self._services, showing.label("photo", "model"), required=True)]

    def _shown(self) -> list[Record]:
        """Two at most: the chosen one with the other half of its pair, or the first two chosen."""
        if len(self._chosen) != 1:
            return self._chosen[:2]
        one = self._chosen[0]
        partners = photo_acts.partners(self._services, one)[:1]
        return [*partners, one] if one["pair"] else [one, *partners]

    def _say(self, is_pair: bool) -> None:
        count = len(self._chosen)
        lost = self._services.pictures.why_lost(str(self._chosen[0]["hash"])) if count == 1 else ""
        words = photo_acts.count_words(count) if count != 1 else _("Before and after") if is_pair else ""
        self.title.setText(words or str(self._chosen[0].title or self._chosen[0]["file_name"] or ""))
        undated = sum(photo["taken_on"] is None for photo in self._chosen)
        advice = _("When was it taken? The picture itself does not tell.") if undated else ""
        if not self._chosen:
            self.title.setText(_("No photo is chosen"))
            advice = _("Click a photo. With Ctrl or Shift several are chosen.")
        self.advice.setText(lost or advice)
        self.advice.setVisible(bool(lost or advice))
        self.put_back.setVisible(bool(lost))
        stages = {photo["stage"] for photo in self._chosen}
        for code, made in self.stages.items():
            made.setChecked(stages == {code})
        self.pair.setVisible(count == 2)
        self.part.setVisible(is_pair or any(photo["pair"] for photo in self._chosen))

    def _on_edited(self, name: str, value: Value) -> None:
        photo_acts.change(self._services, self._chosen, name, value)


def _shared(chosen: Sequence[Record]) -> dict[str, Value]:
    """What is the same in all of them."""
    names = (*_FIELDS, "model")
    return {
        name: chosen[0][name] if chosen and len({photo[name] for photo in chosen}) == 1 else None
        for name in names
    }
