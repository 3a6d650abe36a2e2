"""Operations of other PCs: checked, kept in order, applied once; disputes are opened and closed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db import Book, merge
from db import operations as log
from db.digest import full_digest
from db.errors import ForeignOperationError
from db.journal import Change, Operation, from_wire, sealed, to_wire
from tests.support.books import (
    Template,
    add_contribution,
    add_model,
    give,
    same,
)
from tests.support.undoing import edit

Two = tuple[Book, Book]


def _lines(book: Book) -> list[str]:
    return list(book.operations_after({}))


def _model(book: Book, code: str = "MH01", **values: str) -> str:
    with book.writing("an") as write:
        return add_model(write, code, **values)


def _shared(here: Book, there: Book) -> str:
    """A model that both know."""
    model = _model(here)
    give(here, there)
    return model


def _of(book: Book, site: str) -> list[Operation]:
    return list(log.operations_of_site(book.connection, site))


def _kinds(book: Book) -> list[tuple[str, str]]:
    return [(conflict.kind, conflict.field) for conflict in book.conflicts()]


# -- arriving


def test_what_was_written_there_is_here(two: Two) -> None:
    here, there = two
    model = _model(there, title="Đường hoa")
    result = give(there, here)
    assert here.get("model", model)["title"] == "Đường hoa"
    assert (result.applied, result.records) == (1, {model})


def test_what_arrived_is_found(two: Two) -> None:
    here, there = two
    _model(there, title="Đường hoa")
    give(there, here)
    assert [hit.exact for hit in here.search("đường hoa")] == [True]


def test_everything_twice_changes_nothing(two: Two) -> None:
    here, there = two
    _model(there)
    give(there, here)
    before = full_digest(here.connection)
    result = give(there, here)
    assert (result.applied, result.known, full_digest(here.connection)) == (0, 3, before)


def test_only_what_is_missing_need_be_sent(two: Two) -> None:
    here, there = two
    _model(there)
    give(there, here)
    model = _model(there, "MH02")
    lines = list(there.operations_after(here.last_seqs()))
    assert [from_wire(line).record for line in lines] == [model]


def test_the_same_line_twice_in_one_package_counts_once(two: Two) -> None:
    here, there = two
    _model(there)
    result = here.receive(_lines(there) * 2)
    assert (result.applied, result.known) == (1, 5)


@pytest.mark.parametrize("seed", range(5))
def test_any_order_gives_one_book(two: Two, seed: int) -> None:
    here, there = two
    for number in range(4):
        model = _model(there, f"MH{number}")
        edit(there, model, goal="hai")
        edit(there, model, goal="ba")
    lines = _lines(there)
    chance = random.Random(seed)  # noqa: S311 - shuffles a package
    chance.shuffle(lines)
    for line in lines:
        here.receive([line])
    give(here, there)
    assert same(here, there)


def test_many_records_arrive_at_once(two: Two) -> None:
    here, there = two
    with there.writing("bình", act="import") as write:
        model = add_model(write)
        for number in range(1_200):
            add_contribution(write, model, amount_vnd=number)
    assert give(there, here).applied == 1_201
    assert here.digest() == there.digest()


def test_a_package_of_one_hears_of_edits_in_the_next(two: Two) -> None:
    here, there = two
    model = _shared(here, there)
    edit(there, model, goal="mới")
    give(there, here)
    assert (here.get("model", model)["goal"], here.conflicts()) == ("mới", [])


def test_what_belongs_together_may_arrive_apart(two: Two) -> None:
    """Children before their parents: references are ids."""
    here, there = two
    model = _model(there)
    with here.writing("an") as write:
        part = add_contribution(write, model)
    give(there, here)
    assert here.get("contribution", part)["model"] == model


# -- gaps


def _behind_a_gap(here: Book, there: Book) -> list[Operation]:
    """Three models made there, the first of which does not arrive; all three."""
    for number in range(3):
        _model(there, f"MH{number}")
    operations = _of(there, there.batches(1)[0][0].site)
    here.receive(map(to_wire, operations[1:]))
    return operations


def test_nothing_behind_a_gap_is_applied(two: Two) -> None:
    _behind_a_gap(*two)
    assert two[0].count("model") == 0


def test_a_gap_is_named(two: Two) -> None:
    operations = _behind_a_gap(*two)
    assert merge.gaps(two[0].connection) == [(operations[0].site, 1, 1)]


def test_what_waits_is_counted(two: Two) -> None:
    here, _there = two
    operations = _behind_a_gap(*two)
    assert here.receive([operations[2]]).waiting == 2


def test_a_closed_gap_lets_the_rest_in(two: Two) -> None:
    here, there = two
    operations = _behind_a_gap(here, there)
    result = here.receive([operations[0]])
    assert (result.applied, result.waiting, result.gaps) == (3, 0, [])
    assert here.count("model") == 3


def test_what_waits_is_handed_on(two: Two, template: Template, tmp_path: Path) -> None:
    operations = _behind_a_gap(*two)
    with template.copy_to(tmp_path / "three.danvan") as third:
        give(two[0], third)
        third.receive([operations[0]])
        assert third.count("model") == 3


def test_another_operation_of_the_same_number_does_not_wait_beside_it(two: Two) -> None:
    operations = _behind_a_gap(*two)
    forged = sealed(b"", replace(operations[2], salt=bytes(16)))
    with pytest.raises(ForeignOperationError) as refused:
        two[0].receive([forged])
    assert (refused.value.reason, refused.value.seq) == ("forked", 3)


# -- refused


def _refused(here: Book, lines: list[str | Operation]) -> tuple[str, str, int]:
    before = full_digest(here.connection)
    with pytest.raises(ForeignOperationError) as refused:
        here.receive(lines)
    assert full_digest(here.connection) == before
    return refused.value.reason, refused.value.site, refused.value.seq


def _made_there(there: Book, count: int = 3) -> list[Operation]:
    for number in range(count):
        _model(there, f"MH{number}")
    return _of(there, there.batches(1)[0][0].site)


def test_a_known_number_with_another_content_is_refused(two: Two) -> None:
    here, there = two
    operations = _made_there(there)
    here.receive(operations)
    forged = sealed(b"", replace(operations[1], salt=bytes(16)))
    assert _refused(here, [forged]) == ("forked", forged.site, 2)


def test_two_contents_of_one_number_in_one_package_are_refused(two: Two) -> None:
    here, there = two
    operations = _made_there(there)
    forged = sealed(b"", replace(operations[1], salt=bytes(16)))
    assert _refused(here, [*operations, forged])[0] == "forked"


_CHANGES: list[Callable[[Operation], Operation]] = [
    lambda o: replace(o, changes={**o.changes, "title": Change(None, "khác")}),
    lambda o: replace(o, hash=bytes(32)),
    lambda o: replace(o, salt=bytes(16)),
    lambda o: replace(o, type="person"),
    lambda o: replace(o, record="other.5"),
    lambda o: replace(o, batch=replace(o.batch, actor="khác")),
    lambda o: replace(o, batch=replace(o.batch, site="khác")),
]


@pytest.mark.parametrize("change", _CHANGES)
def test_a_changed_operation_is_refused_and_nothing_of_its_package_stays(
    two: Two, change: Callable[[Operation], Operation]
) -> None:
    here, there = two
    operations = _made_there(there)
    lines: list[str | Operation] = [operations[0], change(operations[1]), operations[2]]
    assert _refused(here, lines) == ("broken", operations[1].site, 2)


def test_a_foreign_batch_under_our_name_is_refused(two: Two) -> None:
    """Two batches of one id: an undo would take back what another wrote."""
    here, there = two
    ours = _of(here, _model(here).partition(".")[0])[0]
    theirs = _made_there(there, 1)[0]
    forged = sealed(b"", replace(theirs, batch=replace(ours.batch, site=theirs.site)))
    assert _refused(here, [forged])[0] == "broken"


@pytest.mark.parametrize("line", ["", "{}", "[]", '{"site": 5}', "\x00"])
def test_a_line_that_is_no_operation_is_refused(two: Two, line: str) -> None:
    here, there = two
    assert _refused(here, [*_made_there(there), line])[0] == "unreadable"


# -- what a newer version wrote


def _newer(template: Template, path: Path, change: Callable[[Operation], Operation]) -> list[Operation]:
    """Operations of a PC whose version knows more: each changed before it is sealed."""
    with template.copy_to(path) as book:
        site = _model(book, title="Đường hoa").partition(".")[0]
        previous, found = b"", []
        for operation in _of(book, site):
            found.append(sealed(previous, change(operation)))
            previous = found[-1].hash
    return found


def _with_a_new_field(operation: Operation) -> Operation:
    return replace(operation, changes={**operation.changes, "slogan": Change(None, "sạch")})


def _of_a_new_type(operation: Operation) -> Operation:
    return replace(operation, type="petition", changes={"answer": Change(None, "đã trả lời")})


@pytest.mark.parametrize("change", [_with_a_new_field, _of_a_new_type])
def test_what_is_not_understood_is_kept_and_handed_on_unchanged(
    book: Book, template: Template, tmp_path: Path, change: Callable[[Operation], Operation]
) -> None:
    sent = _newer(template, tmp_path / "new.danvan", change)
    book.receive(sent)
    site = sent[0].site
    handed_on = [from_wire(line) for line in _lines(book) if json.loads(line)["site"] == site]
    assert handed_on == sent


def test_fields_that_are_understood_are_applied(book: Book, template: Template, tmp_path: Path) -> None:
    (sent,) = _newer(template, tmp_path / "new.danvan", _with_a_new_field)
    book.receive([sent])
    assert book.get("model", sent.record)["title"] == "Đường hoa"


def test_a_type_nobody_knows_makes_no_record(book: Book, template: Template, tmp_path: Path) -> None:
    before = book.digest()
    book.receive(_newer(template, tmp_path / "new.danvan", _of_a_new_type))
    assert book.digest() == before


def test_a_value_that_does_not_fit_is_kept_but_not_shown(
    book: Book, template: Template, tmp_path: Path
) -> None:
    (sent,) = _newer(
        template,
        tmp_path / "new.danvan",
        lambda o: replace(o, changes={**o.changes, "households": Change(None, "mười hai")}),
    )
    book.receive([sent])
    assert book.get("model", sent.record)["households"] is None
    assert book.history(sent.record)[0].changes[-1].after == "mười hai"


def test_undo_leaves_alone_what_it_does_not_understand(
    book: Book, template: Template, tmp_path: Path
) -> None:
    sent = _newer(template, tmp_path / "new.danvan", _of_a_new_type)
    book.receive(sent)
    assert book.undo("an", sent[0].batch.id).undone == 0


def test_an_operation_on_what_is_no_record_is_kept_and_makes_none(two: Two) -> None:
    """Its id names an operation that made another record."""
    here, there = two
    model = _shared(here, there)
    edit(there, model, goal="hai")
    (change,) = _of(there, there.batches(1)[0][0].site)
    wrong = sealed(change.hash, replace(change, seq=2, record=f"{change.site}.1", batch=change.batch))
    here.receive([change, wrong])
    assert (here.history(wrong.record)[0].seq, here.count("model")) == (2, 1)
