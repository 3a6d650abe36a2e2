"""Copies of a book edited apart and fed each other's operations in any order, by a machine."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from db import Book, merge
from db import operations as log
from db.digest import full_digest
from db.engine import Connection
from db.journal import Operation, from_wire
from db.settling import Standing, settle
from db.undo import Step, UndoResult, take_back
from tests.support.books import Template, a_wrong_clock, add_contribution, own_state

SITES = 3
YEARS = (1999, 2038, 2026)
_FIELDS = ("title", "goal", "notes")
_VALUES = st.sampled_from(["một", "hai", "ba", None])


class MergeMachine(RuleBasedStateMachine):
    """Three PCs with clocks years wrong; packages are made, lost for a while, repeated and shuffled."""

    template: Template

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="danvan-merge-"))
        self.books: list[Book] = []
        self.models: list[str] = []
        self.parts: list[str] = []
        self.written: set[tuple[str, str, str]] = set()
        self.chance = random.Random(0)  # noqa: S311 - shuffles packages

    @initialize()
    def three_copies(self) -> None:
        with own_state(self.folder / "state"):
            for place in range(SITES):
                path = self.folder / f"{place}.danvan"
                self.books.append(self.template.copy_to(path, clock=a_wrong_clock(YEARS[place])))
            with self.books[0].writing("an") as write:
                for number in range(2):
                    self.models.append(write.add("model", {"code": f"MH{number}", "title": "gốc"}))
                    self.parts.append(add_contribution(write, self.models[-1]))
        self._send(0, 1, 1.0)
        self._send(0, 2, 1.0)

    def teardown(self) -> None:
        try:
            if len(self.models) == 2:
                self.all_meet()
        finally:
            self._close()

    def _close(self) -> None:
        for book in self.books:
            book.close()
        shutil.rmtree(self.folder)

    # -- what people do

    def _write(self, site: int, work: Callable[[Any], object]) -> None:
        with own_state(self.folder / "state"), self.books[site].writing(f"người {site}") as write:
            work(write)

    @rule(
        site=st.integers(0, SITES - 1), model=st.integers(0, 1), field=st.sampled_from(_FIELDS), value=_VALUES
    )
    def edit(self, site: int, model: int, field: str, value: str | None) -> None:
        record = self.models[model]
        if field == "title" and value is None:
            return
        self._write(site, lambda write: write.change("model", record, {field: value}))
        if value is not None and self.books[site].get("model", record)[field] == value:
            self.written.add((record, field, value))

    @rule(site=st.integers(0, SITES - 1), model=st.integers(0, 1))
    def add_part(self, site: int, model: int) -> None:
        self._write(site, lambda write: self.parts.append(add_contribution(write, self.models[model])))

    @rule(site=st.integers(0, SITES - 1), place=st.integers(0, 20), amount=st.sampled_from([1000, 2000]))
    def edit_part(self, site: int, place: int, amount: int) -> None:
        record = self.parts[place % len(self.parts)]
        if self._has(site, "contribution", record):
            self._write(site, lambda write: write.change("contribution", record, {"amount_vnd": amount}))

    @rule(site=st.integers(0, SITES - 1), model=st.integers(0, 1))
    def remove(self, site: int, model: int) -> None:
        record = self.models[model]
        if self.books[site].get("model", record).removed is None:
            self._write(site, lambda write: write.remove("model", record))

    @rule(site=st.integers(0, SITES - 1), place=st.integers(0, 20))
    def remove_part(self, site: int, place: int) -> None:
        record = self.parts[place % len(self.parts)]
        if self._has(site, "contribution", record):
            self._write(site, lambda write: write.remove("contribution", record))

    @rule(site=st.integers(0, SITES - 1), place=st.integers(0, 20), model=st.integers(0, 1))
    def move_part(self, site: int, place: int, model: int) -> None:
        record, owner = self.parts[place % len(self.parts)], self.models[model]
        if self._has(site, "contribution", record):
            self._write(site, lambda write: write.change("contribution", record, {"model": owner}))

    @rule(site=st.integers(0, SITES - 1), goes=st.booleans())
    def decide(self, site: int, goes: bool) -> None:
        disputed = [one.record for one in self.books[site].conflicts() if one.kind == "removal"]
        if disputed:
            record, how = disputed[0], "bin" if goes else None
            self._write(site, lambda write: write.set_removed(record.type, record.id, how))

    @rule(site=st.integers(0, SITES - 1), model=st.integers(0, 1))
    def bring_back(self, site: int, model: int) -> None:
        record = self.models[model]
        if self.books[site].get("model", record).removed == "bin":
            with own_state(self.folder / "state"):
                self.books[site].restore(f"người {site}", record)

    @rule(site=st.integers(0, SITES - 1))
    def undo(self, site: int) -> None:
        book = self.books[site]
        batches = [
            batch for batch, undone in book.batches(20) if batch.act in ("edit", "restore") and not undone
        ]
        if batches:
            with own_state(self.folder / "state"):
                book.undo(f"người {site}", batches[0].id)

    # -- what sticks carry

    def _has(self, site: int, type_name: str, record: str) -> bool:
        return any(one.id == record for one in self.books[site].find(type_name))

    def _send(self, sender: int, receiver: int, share: float) -> None:
        lines = list(self.books[sender].operations_after({}))
        kept = [line for line in lines if self.chance.random() < share]
        self.chance.shuffle(kept)
        with own_state(self.folder / "state"):
            self.books[receiver].receive(kept)
        _assert_all_kept(self.books[receiver], kept)

    @rule(
        pair=st.permutations(range(SITES)).map(lambda order: order[:2]),
        share=st.sampled_from([1.0, 0.5, 0.5]),
    )
    def send(self, pair: list[int], share: float) -> None:
        self._send(pair[0], pair[1], share)

    # -- what must hold

    def all_meet(self) -> None:
        """Everybody hears everything, in two orders: one digest, nothing lost, every dispute listed."""
        for _round in range(2):
            for sender in range(SITES):
                for receiver in range(SITES):
                    if sender != receiver:
                        self._send(sender, receiver, 1.0)
        assert len({full_digest(book.connection) for book in self.books}) == 1
        book = self.books[0]
        assert not merge.gaps(book.connection)
        for record in self.models + self.parts:
            _assert_settled(book, record)
        for record in self.models:
            _assert_nothing_lost(book, record, self.written)
            _assert_disputes_listed(book.connection, record)


def _assert_all_kept(book: Book, lines: list[str]) -> None:
    """What arrived is applied, or waits behind a gap that is named."""
    last = book.last_seqs()
    waiting = set(book.connection.execute("SELECT site, seq FROM waiting").fetchall())
    for operation in map(from_wire, lines):
        assert operation.seq <= last.get(operation.site, 0) or operation.head in waiting
    assert {site for site, _first, _last in merge.gaps(book.connection)} == {site for site, _seq in waiting}


def _assert_settled(book: Book, record: str) -> None:
    """The row, written step by step, equals what the set of operations says."""
    before = full_digest(book.connection)
    book.connection.execute("SAVEPOINT settled")
    settle(book.connection, record)
    after = full_digest(book.connection)
    book.connection.execute("ROLLBACK TO settled")
    book.connection.execute("RELEASE settled")
    assert after == before


def _assert_nothing_lost(book: Book, record: str, written: set[tuple[str, str, str]]) -> None:
    told = {
        (record, change.field, change.after) for entry in book.history(record) for change in entry.changes
    }
    assert {one for one in written if one[0] == record} <= told


def _assert_disputes_listed(connection: Connection, record: str) -> None:
    """Two operations that wrote a field differently, unaware of each other and unreplaced: a conflict."""
    rows = connection.execute("SELECT field FROM conflict WHERE record = ? AND kind = 'field'", (record,))
    listed = {field for (field,) in rows}
    operations = log.operations_of_record(connection, record)
    for name in _FIELDS:
        heads = _unreplaced(operations, name)
        values = {operation.changes[name].after for operation in heads}
        assert (len(values) > 1) == (name in listed), (name, values)


def _unreplaced(operations: list[Operation], name: str) -> list[Operation]:
    replaced = {head for o in operations if name in o.changes for head in o.changes[name].replaces}
    return [o for o in operations if name in o.changes and o.head not in replaced]


SETTINGS = settings(max_examples=60, stateful_step_count=24)


def _run(template: Template, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    MergeMachine.template = template
    run_state_machine_as_test(MergeMachine, settings=settings(SETTINGS, phases=phases))


def test_any_order_of_edits_and_packages_ends_in_one_book_with_every_dispute_listed(
    template: Template,
) -> None:
    _run(template)


# -- planted faults: the machine above must notice each of them


def _last_one_wins(operations: list[Operation]) -> dict[str, Standing]:
    """Fault: the operation that arrived last decides."""
    last: dict[str, Standing] = {}
    for operation in operations:
        for name, change in operation.changes.items():
            last[name] = Standing(((operation.head, change.after),))  # type: ignore[arg-type]  # a planted fault
    return last


def _forgets_gaps(_connection: Connection, _operation: Operation) -> None:
    """Fault: what comes after a gap is dropped."""


def _drops_a_field(operation: str | Operation) -> Operation:
    """Fault: a field of received operations is not taken over."""
    taken = from_wire(operation) if isinstance(operation, str) else operation
    taken.changes.pop("notes", None)  # type: ignore[attr-defined]  # a planted fault
    return taken


def _ignores_newer(write: Any, batch: str, *, everything: bool, step: Step) -> UndoResult:
    """Fault: undo writes over what was edited since."""
    return take_back(write, batch, everything=not everything, step=step)


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("db.settling.resolve", _last_one_wins),
        ("db.merge._keep_waiting", _forgets_gaps),
        ("db.merge.from_wire", _drops_a_field),
    ],
    ids=["last one wins", "forgotten gap", "dropped field"],
)
def test_the_machine_notices_a_planted_fault(
    template: Template, monkeypatch: pytest.MonkeyPatch, place: str, fault: object
) -> None:
    monkeypatch.setattr(place, fault)
    with pytest.raises(BaseException):  # noqa: B017 - any of the machine's assertions, or a refused chain
        _run(template, (Phase.generate,))


def test_undo_over_a_newer_edit_would_be_noticed(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.undo.take_back", _ignores_newer)
    with template.copy_to(tmp_path / "x.danvan") as book:
        assert not _undo_keeps_newer_edit(book)


def test_undo_keeps_what_was_edited_since(book: Book) -> None:
    assert _undo_keeps_newer_edit(book)


def _undo_keeps_newer_edit(book: Book) -> bool:
    with book.writing("an", act="import") as write:
        model = write.add("model", {"code": "MH1", "title": "nhập"})
    batch = write.batch.id
    with book.writing("bình") as write:
        write.change("model", model, {"title": "sửa tay"})
    result = book.undo("an", batch)
    record = book.get("model", model)
    return record.removed is None and record["title"] == "sửa tay" and [k.id for k in result.kept] == [model]
