"""The form of a change of units: from when, by which decision, what the new units are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from db.unit_changes import Successor, UnitChangeError, dissolve, divide, merge, rename, units_below
from desktop.screens import showing
from desktop.services import Services
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, label, row
from desktop.widgets.paged_table import Value
from resources import N_, _

if TYPE_CHECKING:
    from db.writing import Writing

Values = Mapping[str, Value]
PARTS = 4
"""A unit is divided into at most so many in one form."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A unit that changes."""

    id: str
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A kind of change: its button, of how many units, and what the form says."""

    words: str
    icon: str
    least: int
    most: int
    title: str
    hint: str
    done: str
    write: Callable[[Writing, Sequence[Chosen], Values], object]

    def fits(self, count: int) -> bool:
        """Whether so many units can change in this way."""
        return self.least <= count <= self.most


def _text(values: Values, name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


def _successor(values: Values, part: str = "") -> Successor:
    kind, parent = _text(values, "kind"), _text(values, "parent")
    return Successor(str(values[f"code{part}"]), str(values[f"name{part}"]), kind, parent)


def _rename(write: Writing, chosen: Sequence[Chosen], values: Values) -> None:
    rename(write, chosen[0].id, _successor(values), str(values["on"]), _text(values, "decision"))


def _merge(write: Writing, chosen: Sequence[Chosen], values: Values) -> None:
    olds = [one.id for one in chosen]
    merge(write, olds, _successor(values), str(values["on"]), _text(values, "decision"))


def _divide(write: Writing, chosen: Sequence[Chosen], values: Values) -> None:
    parts = [str(number) for number in range(1, PARTS + 1) if values.get(f"code{number}")]
    into = {part: _successor(values, part) for part in parts}
    below = {
        name.removeprefix("below "): into[str(part)].code
        for name, part in values.items()
        if name.startswith("below ") and part in into
    }
    divide(
        write,
        chosen[0].id,
        list(into.values()),
        str(values["on"]),
        below=below,
        keeper=into[str(values["keeper"])].code if values.get("keeper") in into else None,
        decision=_text(values, "decision"),
    )


def _dissolve(write: Writing, chosen: Sequence[Chosen], values: Values) -> None:
    dissolve(write, chosen[0].id, str(values["on"]), _text(values, "parent"))


CHANGES: dict[str, UnitChange] = {
    "rename": UnitChange(
        N_("Rename …"), "pen-line", 1, 1, N_("“{name}” gets another name"),
        N_("Before that day the unit keeps its old name; whoever stands below it comes along."),
        N_("“{name}” was renamed."), _rename,
    ),
    "merge": UnitChange(
        N_("Merge …"), "layers", 2, 20, N_("{name} become one"),
        N_("The units end the day before; whoever stands below them comes under the new one."),
        N_("Merged: {name}."), _merge,
    ),
    "divide": UnitChange(
        N_("Divide …"), "git-compare", 1, 1, N_("“{name}” is divided"),
        N_("Say for each unit below it which of the new units it comes under."),
        N_("“{name}” was divided."), _divide,
    ),
    "dissolve": UnitChange(
        N_("Dissolve …"), "x", 1, 1, N_("“{name}” falls away"),
        N_("Whoever stands below it comes under its superior, or under the unit chosen here."),
        N_("“{name}” was dissolved."), _dissolve,
    ),
}  # fmt: skip


class ChangeForm(Card):
    """Signals: ``made(sentence, batch)``, ``given_up``."""

    made = Signal(str, str)
    given_up = Signal()

    def __init__(self, services: Services, kind: str, chosen: Sequence[Chosen]) -> None:
        self._change, self._chosen = CHANGES[kind], chosen
        self._names = ", ".join(one.name for one in chosen)
        super().__init__(_(self._change.title).format(name=self._names))
        self._services = services
        self.form = RecordForm(self._specs(kind))
        self.form.show_values(self._start(kind), anew=True)
        self._problem = label("", "problem", wrap=True)
        self._save = button(_("Write it down"), self.save, icon_name="check", kind="primary")
        self.box.addWidget(label(_(self._change.hint), "quiet", wrap=True))
        self.box.addWidget(self.form)
        self.box.addWidget(self._problem)
        self.box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1, self._save))

    def focus(self) -> None:
        """Ready to type."""
        self.form.focus("on")

    def said(self) -> str:
        """Why it was not made."""
        return self._problem.text()

    def save(self) -> None:
        """Write the change, as one entry."""
        values = self.form.values()
        if values is None or not self._save.isEnabled():
            return
        self._save.setEnabled(False)
        self._problem.clear()
        text = _(self._change.done).format(name=self._names)

        def write(w: Writing) -> str:
            self._change.write(w, self._chosen, values)
            return w.batch.id

        self._services.saving.write(
            write,
            types=("org_unit", "unit_parent", "unit_succession", "office_profile", "signatory"),
            title=text,
            done=lambda batch: self.made.emit(text, batch),
            failed=self._on_failed,
        )

    # -- its fields

    def _specs(self, kind: str) -> list[FieldSpec]:
        names = self._services.names
        dated = showing.spec("unit_succession", "on_date", names, required=True, label=_("From which day"))
        on = replace(dated, name="on")
        decision = showing.spec("unit_succession", "decision", names)
        if kind == "dissolve":
            return [on, self._parent(_("Comes under (empty = its superior)"))]
        if kind == "divide":
            return [on, decision, *self._of_parts(), *self._of_book(), *self._of_below()]
        of_new = [
            showing.spec("org_unit", name, names, required=name != "kind")
            for name in ("code", "name", "kind")
        ]
        parent = [self._parent(_("Superior unit (empty = as before)"))] if kind == "merge" else []
        return [on, decision, *of_new[: 3 if kind == "merge" else 2], *parent]

    def _parent(self, caption: str) -> FieldSpec:
        names = self._services.names
        return showing.spec("unit_parent", "parent", names, label=caption, required=False)

    def _of_parts(self) -> list[FieldSpec]:
        return [self._of_part(name, at) for at in range(1, PARTS + 1) for name in ("code", "name")]

    def _of_part(self, name: str, at: int) -> FieldSpec:
        usual = showing.spec("org_unit", name, self._services.names, required=at <= 2)
        return replace(usual, name=f"{name}{at}", section=_("New unit {number}").format(number=at))

    @staticmethod
    def _parts() -> list[tuple[str, str]]:
        return [(str(at), _("New unit {number}").format(number=at)) for at in range(1, PARTS + 1)]

    def _of_book(self) -> list[FieldSpec]:
        """Where the book's own unit is divided: with which part the book goes on."""
        if self._chosen[0].id != self._services.book.own_unit():
            return []
        return [
            FieldSpec("keeper", _("The book"), Kind.CHOICE, choices=self._parts(), required=True,
                      section=_("This book belongs from that day to"))
        ]  # fmt: skip

    def _of_below(self) -> list[FieldSpec]:
        today = self._services.book.now().date().isoformat()
        return [
            FieldSpec(f"below {unit.id}", unit.title, Kind.CHOICE, choices=self._parts(), required=True,
                      section=_("Units below it"))
            for unit in units_below(self._services.book, self._chosen[0].id, today)
        ]  # fmt: skip

    def _start(self, kind: str) -> dict[str, Value]:
        first = self._chosen[0]
        start: dict[str, Value] = dict.fromkeys(self.form.boxes)
        if kind == "rename":
            start["name"] = first.name
        if kind == "merge":
            start["kind"] = first.kind or None
        return start

    def _on_failed(self, error: Exception) -> None:
        self._save.setEnabled(True)
        if isinstance(error, UnitChangeError):
            self._problem.setText(error.sentence())
        else:
            self._services.tasks.fail(error)
