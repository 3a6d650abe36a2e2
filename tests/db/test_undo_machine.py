"""Typing, undo, redo, bin and imports in any order are a walk through a plain list of states."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db import Value
from db.check import check
from tests.support.books import Template, add_contribution, add_model, own_state

Cell = tuple[str, str]
"""A record and one of its fields; the field "" says whether the record is live."""

Act = dict[Cell, tuple[Value, Value]]
"""What one act changed: by cell the value before and after."""

_FIELDS = ("title", "goal", "notes")


class UndoMachine(RuleBasedStateMachine):
    """One clerk who changes his mind."""

    template: Template

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="danvan-undo-"))
        self.state: dict[Cell, Value] = {}
        self.owners: dict[str, str] = {}
        self.went_in: dict[str, int] = {}
        self.acts = 0
        self.done: list[Act] = []
        self.undone: list[Act] = []
        self.imports: dict[str, Act] = {}
        self.digests: dict[frozenset[tuple[Cell, Value]], str] = {}

    @initialize()
    def open(self) -> None:
        with own_state(self.folder / "state"):
            self.book = self.template.copy_to(self.folder / "a.danvan")

    def teardown(self) -> None:
        try:
            if hasattr(self, "book"):
                assert [problem for problem in check(self.book) if problem.grave] == []
                self.book.close()
        finally:
            shutil.rmtree(self.folder)

    # -- the plain list

    def _write(self, act: str, work: Callable[[Any], None]) -> str:
        with own_state(self.folder / "state"), self.book.writing("an", act=act) as write:
            work(write)
        return write.batch.id

    def _apply(self, act: Act, *, forward: bool) -> None:
        self.acts += 1
        for (record, field), change in act.items():
            self.state[record, field] = change[forward]
            if not field and not change[forward]:
                self.went_in[record] = self.acts

    def _typed(self, act: Act) -> None:
        self._apply(act, forward=True)
        self.done.append(act)
        self.undone.clear()

    def _set(self, cells: dict[Cell, Value]) -> Act:
        return {cell: (self.state.get(cell), value) for cell, value in cells.items()}

    def _models(self, live: int | None) -> list[str]:
        return [r for (r, f), value in self.state.items() if not f and value == live and r not in self.owners]

    def _parts(self, model: str) -> list[str]:
        return [part for part, owner in self.owners.items() if owner == model and self.state[part, ""]]

    def _some(self, place: int, live: int | None = 1) -> str:
        found = self._models(live)
        return found[place % len(found)]

    # -- what is typed

    @rule(title=st.sampled_from(["một", "hai"]))
    def add(self, title: str) -> None:
        made: list[str] = []
        self._write("edit", lambda write: made.append(add_model(write, "MH", title=title)))
        self._typed(self._set({(made[0], ""): 1, (made[0], "title"): title}))

    @precondition(lambda self: self._models(1))
    @rule(place=st.integers(0, 9), field=st.sampled_from(_FIELDS), value=st.sampled_from(["a", "b", None]))
    def edit(self, place: int, field: str, value: str | None) -> None:
        record = self._some(place)
        if (field == "title" and value is None) or self.state.get((record, field)) == value:
            return
        self._write("edit", lambda write: write.change("model", record, {field: value}))
        self._typed(self._set({(record, field): value}))

    @precondition(lambda self: self._models(1))
    @rule(place=st.integers(0, 9))
    def edit_twice_in_one_write(self, place: int) -> None:
        record = self._some(place)

        def twice(write: Any) -> None:
            write.change("model", record, {"goal": "x", "notes": "x"})
            write.change("model", record, {"goal": "y"})

        if self.state.get((record, "notes")) != "x":
            self._write("edit", twice)
            self._typed(self._set({(record, "goal"): "y", (record, "notes"): "x"}))

    @precondition(lambda self: self._models(1))
    @rule(place=st.integers(0, 9))
    def add_part(self, place: int) -> None:
        owner, made = self._some(place), list[str]()
        self._write("edit", lambda write: made.append(add_contribution(write, owner)))
        self.owners[made[0]] = owner
        self._typed(self._set({(made[0], ""): 1}))

    @precondition(lambda self: self._models(1))
    @rule(place=st.integers(0, 9))
    def remove(self, place: int) -> None:
        record = self._some(place)
        gone = [record, *self._parts(record)]
        self._write("bin", lambda write: write.remove("model", record))
        self._typed(self._set({(one, ""): None for one in gone}))

    @precondition(lambda self: any(one.type == "model" for one in self.book.bin()))
    @rule(place=st.integers(0, 9))
    def take_out_of_the_bin(self, place: int) -> None:
        found = [one.id for one in self.book.bin() if one.type == "model"]
        record = found[place % len(found)]
        binned = {one.id for one in self.book.bin()}
        together = [one for one in binned if self.went_in[one] == self.went_in[record]]
        back = [one for one in together if record in (one, self.owners.get(one))]
        with own_state(self.folder / "state"):
            assert self.book.restore("an", record) == len(back)
        self._typed(self._set({(one, ""): 1 for one in back}))

    # -- imports

    @rule(rows=st.integers(1, 3))
    def bring_in(self, rows: int) -> None:
        made: list[str] = []

        def add(write: Any) -> None:
            for _ in range(rows):
                made.append(add_model(write, "MH", title="nhập"))
                made.append(add_contribution(write, made[-1]))
                self.owners[made[-1]] = made[-2]

        batch = self._write("import", add)
        cells: dict[Cell, Value] = {(record, ""): 1 for record in made}
        act = self._set(cells | {(record, "title"): "nhập" for record in made[::2]})
        self._apply(act, forward=True)
        self.imports[batch] = act
        self.undone.clear()

    def _untouched_imports(self) -> list[str]:
        touched = {record for act in self.done + self.undone for record, _ in act}
        touched |= {self.owners[record] for record in touched if record in self.owners}
        return [
            batch
            for batch, act in self.imports.items()
            if not touched & {record for record, _ in act} and all(self.state[r, ""] for r, f in act if not f)
        ]

    @precondition(lambda self: self._untouched_imports())
    @rule(place=st.integers(0, 9))
    def take_an_import_back(self, place: int) -> None:
        found = self._untouched_imports()
        batch = found[place % len(found)]
        with own_state(self.folder / "state"):
            assert self.book.undo("an", batch).kept == []
        act = {cell: change for cell, change in self.imports[batch].items() if not cell[1]}
        self._apply(act, forward=False)
        self.undone.append(act)

    # -- Ctrl+Z and its inverse

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        with own_state(self.folder / "state"):
            assert self.book.undo("an").kept == []
        act = self.done.pop()
        self._apply(act, forward=False)
        self.undone.append(act)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        with own_state(self.folder / "state"):
            assert self.book.redo("an").kept == []
        act = self.undone.pop()
        self._apply(act, forward=True)
        self.done.append(act)

    # -- what must hold

    @invariant()
    def the_book_holds_this_state(self) -> None:
        if not hasattr(self, "book"):
            return
        models = {record.id: record for record in self.book.find("model")}
        live = {record for (record, field), value in self.state.items() if not field and value}
        assert {*models, *(record.id for record in self.book.find("contribution"))} == live
        for record, found in models.items():
            assert {f: found[f] for f in _FIELDS} == {f: self.state.get((record, f)) for f in _FIELDS}

    @invariant()
    def equal_states_have_equal_digests(self) -> None:
        if not hasattr(self, "book"):
            return
        live = {record for (record, field), value in self.state.items() if not field and value}
        now = frozenset(each for each in self.state.items() if each[0][0] in live and each[1] is not None)
        assert self.digests.setdefault(now, self.book.digest()) == self.book.digest()


def test_a_clerk_who_changes_his_mind_walks_through_a_list_of_states(template: Template) -> None:
    UndoMachine.template = template
    run_state_machine_as_test(UndoMachine, settings=settings(max_examples=60, stateful_step_count=25))
