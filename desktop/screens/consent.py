"""Asking what somebody agrees to have shown in public: four boxes, none of them ticked beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from db.choices import choices
from db.person_names import key_of
from db.personal import is_person
from db.store import Record
from desktop.screens import showing
from desktop.screens.row_acts import Table
from desktop.services import Services
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, row
from desktop.widgets.paged_table import Value
from resources import _

if TYPE_CHECKING:
    from db import Book
    from db.writing import Writing

_REST = ("given_on", "method", "unit", "representative", "child_assent", "notes")
_REQUIRED = frozenset({"given_on", "method"})
_SCOPE = "scope_"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: a person of the book, or a name in a unit (``""`` where it stands in several)."""

    name: str
    person: str | None = None
    unit: str = ""


def ask_consent(type_name: str) -> Callable[[Table], None]:
    """Ask for the consents of the one whose row of this type is chosen."""

    def run(table: Table) -> None:
        book = table.services.book
        records = [book.get(type_name, record) for record in table.chosen_records()]
        asked = {_key(each): each for each in map(partial(_FINDERS[type_name], book), records) if each}
        if len(asked) != 1:
            why = _("Choose the row of one person or household; enterprises and offices need no consent.")
            table.services.tell(Notice(why, Tone.INFO))
            return
        panel = ConsentPanel(table.services, next(iter(asked.values())))
        panel.ended.connect(partial(table.show_panel, None))
        table.show_panel(panel)
        panel.form.focus()

    return run


def _key(asked: Asked) -> tuple[str, str]:
    return asked.person or key_of(asked.name), asked.unit


def _member(book: Book, record: Record) -> Asked | None:
    person = book.get("person", str(record["person"]))
    return Asked(str(person["full_name"]), person.id)


def _giver(book: Book, record: Record) -> Asked | None:
    if not is_person("contribution", "contributor", record.values):
        return None
    units = {record["unit"]} - {None}
    if not units:
        own = book.founding_unit()
        found = book.find("registration", {"model": str(record["model"])})
        units = {each["unit"] or own for each in found}
    return Asked(str(record["contributor"]), None, str(units.pop()) if len(units) == 1 else "")


_FINDERS: Mapping[str, Callable[[Book, Record], Asked | None]] = {
    "model_member": _member,
    "contribution": _giver,
}


class ConsentPanel(Card):
    """One person's consents. Signal: ``ended``, when they are saved or nothing is to be."""

    ended = Signal()

    def __init__(self, services: Services, asked: Asked) -> None:
        super().__init__(_("What {name} agrees to have shown in public").format(name=asked.name))
        self._services, self._asked = services, asked
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        names = services.names
        scopes = [
            FieldSpec(f"{_SCOPE}{each.code}", showing.choice_words("consent_scope", each.code), Kind.FLAG)
            for each in choices("consent_scope")
        ]
        rest = [
            showing.spec("consent", name, names, required=name in _REQUIRED or self._needs_unit(name))
            for name in _REST
            if name != "unit" or asked.person is None
        ]
        self.form = RecordForm([*scopes, *rest], columns=2)
        self.form.show_values({"unit": asked.unit or None}, anew=True)
        self.form.ended.connect(self.save)
        self._save = button(_("Save consent"), self.save, icon_name="badge-check", kind="primary")
        self.box.addWidget(self.form)
        self.box.addLayout(row(button(_("Cancel"), self.ended.emit), 1, self._save))

    def _needs_unit(self, name: str) -> bool:
        return name == "unit" and self._asked.person is None

    def save(self) -> None:
        """One record for every box that is ticked."""
        values = self.form.values()
        if values is None or not self._save.isEnabled():
            return
        ticked = (name for name, value in values.items() if value and name.startswith(_SCOPE))
        scopes = [name.removeprefix(_SCOPE) for name in ticked]
        if not scopes:
            said = _("No box is ticked, so nothing is shown in public and nothing was saved.")
            self._services.tell(Notice(said, Tone.INFO))
            return
        self._save.setEnabled(False)
        self._write(scopes, {name: value for name, value in values.items() if name in _REST})

    def _write(self, scopes: list[str], stated: Mapping[str, Value]) -> None:
        asked = self._asked
        who: dict[str, Value] = {"person": asked.person}
        if asked.person is None:
            who = {"full_name": asked.name}

        def write(w: Writing) -> None:
            for scope in scopes:
                w.add("consent", {**stated, **who, "scope": scope})

        self._services.saving.write(
            write,
            types=("consent",),
            title=_("Consent of {name}").format(name=asked.name),
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _on_saved(self, _result: object) -> None:
        text = _("The consent of {name} was saved.").format(name=self._asked.name)
        self._services.tell(Notice(text, Tone.GOOD))
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self._services.tasks.fail(error)
