"""What can be done to chosen rows of a model's tables at one stroke: done today, put right, granted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.life.granting import Decision
from db.life.granting import grant as grant_in
from db.store import Record
from desktop.screens import showing
from desktop.services import Services
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, row
from resources import _, ngettext

if TYPE_CHECKING:
    from db.writing import Writing


class Table(Protocol):
    """What an act asks of the table it stands over."""

    services: Services

    def chosen_records(self) -> list[str]:
        """Ids of the chosen rows."""

    def show_panel(self, panel: QWidget | None) -> None:
        """A panel over the table."""


@dataclass(frozen=True, slots=True)
class RowAct:
    """A button over a table: its words, its icon, what it does."""

    words: str
    icon: str
    run: Callable[[Table], None]


def _chosen(table: Table, type_name: str) -> list[Record]:
    found = [table.services.book.get(type_name, record) for record in table.chosen_records()]
    return [one for one in found if not one.removed]


def _tell_nothing(table: Table, why: str) -> None:
    table.services.tell(Notice(why, Tone.INFO))


# --- done today ---

_TYPE_OF = {"done_on": "task", "closed_on": "supervision"}


def set_today(name: str, title: str) -> Callable[[Table], None]:
    """Enter today's date in the chosen rows that have none yet."""

    def run(table: Table) -> None:
        services, type_name = table.services, _TYPE_OF[name]
        waiting = [one for one in _chosen(table, type_name) if one[name] is None]
        if not waiting:
            _tell_nothing(table, _("Choose rows that are still open."))
            return
        today = services.book.now().date().isoformat()

        def write(w: Writing) -> None:
            for one in waiting:
                w.change(type_name, one.id, {name: today})

        words = _(title).format(what=", ".join(one.title for one in waiting[:3]))
        services.saving.write(write, types=(type_name,), title=words)

    return run


# --- granted ---


def grant(table: Table) -> None:
    """Ask for the decision that grants the chosen proposals."""
    proposals = [one.id for one in _chosen(table, "recognition") if one["status"] == "proposed"]
    if not proposals:
        _tell_nothing(table, _("Choose rows that are proposed."))
        return
    panel = GrantPanel(table.services, proposals)
    panel.granted.connect(partial(table.show_panel, None))
    panel.given_up.connect(partial(table.show_panel, None))
    table.show_panel(panel)
    panel.form.focus("decision_no")


_OF_DECISION = ("decision_no", "decided_on", "body")


class GrantPanel(Card):
    """The decision for several proposals. Signals: ``granted``, ``given_up``.

    The proposals stay as they are; each gets a recognition of its own that is granted.
    """

    granted = Signal()
    given_up = Signal()

    def __init__(self, services: Services, proposals: list[str]) -> None:
        count = ngettext(
            "Grant {n} proposal (the proposal stays in the list)",
            "Grant {n} proposals (the proposals stay in the list)",
            len(proposals),
        )
        super().__init__(count.format(n=len(proposals)))
        self._services, self._proposals = services, proposals
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        required = {"decision_no": True, "decided_on": True}
        self.form = RecordForm(
            [
                showing.spec("recognition", name, services.names, required=required.get(name, False))
                for name in _OF_DECISION
            ],
            columns=3,
        )
        self.form.show_values(dict.fromkeys(_OF_DECISION), anew=True)
        self.form.ended.connect(self.ask)
        self._grant = button(_("Grant"), self.ask, icon_name="award", kind="primary")
        self.box.addWidget(self.form)
        self.box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1, self._grant))

    def ask(self) -> None:
        """Grant, if the decision is stated."""
        values = self.form.values()
        if values is None or not self._grant.isEnabled():
            return
        self._grant.setEnabled(False)
        stated = {name: str(values[name]) if values[name] else None for name in _OF_DECISION}
        decision = Decision(stated["decision_no"], stated["decided_on"], stated["body"])
        self._services.saving.write(
            lambda write: grant_in(write, self._proposals, decision),
            types=("recognition",),
            title=_("Granted by decision {number}").format(number=decision.number),
            done=self._on_granted,
            failed=self._on_failed,
        )

    def _on_granted(self, made: list[str]) -> None:
        if not made:
            self._services.tell(Notice(_("These were granted before; nothing was added."), Tone.INFO))
        self.granted.emit()

    def _on_failed(self, error: Exception) -> None:
        self._grant.setEnabled(True)
        self._services.tasks.fail(error)
