"""Conflicts: what two people did unaware of each other, with both values and what was before."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QVBoxLayout

from db import RECORD_TYPES
from db.history import SAME_KEY, Conflict, Side
from desktop.actions import Handlers
from desktop.history_words import when
from desktop.screens import showing
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.tasks import Step
from desktop.theme import Tone
from desktop.widgets.empty import EmptyState
from desktop.widgets.header import Header
from desktop.widgets.labels import Card, button, label, pill, row
from desktop.widgets.scroll import ScrollColumn
from resources import N_, _, ngettext

_KINDS = {
    "field": N_("Two values"),
    "removal": N_("Deleted and edited"),
    SAME_KEY: N_("Are these one?"),
}
_SHOWN = 100


def conflicts(step: Step) -> list[Conflict]:
    """What waits for a decision. Runs in the reader's worker."""
    return step.book.conflicts()


class ConflictsScreen(Screen):
    """A card for each conflict; choosing a value writes it and so closes the conflict."""

    types = ()
    help_text = N_("Both values are kept until you choose one; the other stays in the history.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: list[Conflict] = []
        self.header = Header(_("Conflicts"), search=self.finder)
        self._scroll = ScrollColumn()
        self.box.addWidget(self.header)
        self.box.addWidget(self._scroll, 1)

    def reload(self) -> None:
        """Look for conflicts again."""
        self.services.tasks.run(conflicts, done=self._show)

    def commands(self) -> Handlers:
        """Nothing beyond the buttons on the cards."""
        return {}

    def shown(self) -> list[Conflict]:
        """The conflicts on the cards."""
        return self._found

    def words(self) -> str:
        """Everything the cards say."""
        inner = self._scroll.widget()
        return "\n".join(one.text() for one in inner.findChildren(QLabel)) if inner else ""

    def _show(self, found: list[Conflict]) -> None:
        self._found = found
        body = self._scroll.renew()
        for conflict in found[:_SHOWN]:
            body.addWidget(self._card(conflict))
        if not found:
            body.addWidget(
                EmptyState(
                    "circle-check",
                    _("No conflicts"),
                    _("When two PCs change the same value, both are kept and shown here."),
                )
            )
        count = ngettext("{n} waits for a decision", "{n} wait for a decision", len(found))
        self.header.count(count.format(n=len(found)) if found else "")

    def _card(self, conflict: Conflict) -> Card:
        record = conflict.record
        card = Card()
        title = f"{_(RECORD_TYPES[record.type].label)}: {record.title or record.id}"
        card.box.addLayout(
            row(pill(_(_KINDS.get(conflict.kind, conflict.kind)), Tone.WARN), label(title, "section"), 1)
        )
        if conflict.kind == "field":
            before = self._words(conflict, conflict.before) or _("nothing")
            what = showing.label(record.type, conflict.field)
            card.box.addWidget(
                label(_("{field}, before: {value}").format(field=what, value=before), "quiet", wrap=True)
            )
        for side in conflict.sides:
            card.box.addLayout(self._side(conflict, side))
        return card

    def _side(self, conflict: Conflict, side: Side) -> QVBoxLayout:
        box = QVBoxLayout()
        who = label(_("{who}, {when}").format(who=side.actor, when=when(side.at)), "small")
        text = label(self._side_words(conflict, side), wrap=True)
        choose = button(self._choice(conflict, side), partial(self.choose, conflict, side), icon_name="check")
        line = row(text, choose)
        line.setStretch(0, 1)
        box.addWidget(who)
        box.addLayout(line)
        return box

    def _side_words(self, conflict: Conflict, side: Side) -> str:
        if conflict.kind == "field":
            return self._words(conflict, side.value) or _("nothing")
        if conflict.kind == "removal":
            return _("Deleted") if side.value else _("Edited")
        return str(side.value or side.record)

    @staticmethod
    def _choice(conflict: Conflict, side: Side) -> str:
        if conflict.kind == "removal":
            return _("Delete it") if side.value else _("Keep it")
        return _("See") if conflict.kind == SAME_KEY else _("This one holds")

    def _words(self, conflict: Conflict, value: object) -> str:
        stored = value if isinstance(value, int | str) else None
        return showing.show_value(conflict.record.type, conflict.field, stored, self.services.names)

    def choose(self, conflict: Conflict, side: Side) -> None:
        """This side holds; two records of one key are looked at instead."""
        record = conflict.record
        if conflict.kind == SAME_KEY:
            if record.type == "model":
                self.services.go("model", side.record)
            return
        title = _("Conflict decided: {title}").format(title=record.title)
        if conflict.kind == "field":
            self.services.saving.write(
                lambda write: write.change(record.type, record.id, {conflict.field: side.value}),
                types=(record.type,),
                title=title,
            )
        else:
            kept = "bin" if side.value else None
            self.services.saving.write(
                lambda write: write.set_removed(record.type, record.id, kept),
                types=(record.type,),
                title=title,
            )
