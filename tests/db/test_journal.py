"""Operations: their chain, their commitments, how values are forgotten, how they travel."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.journal import (
    Batch,
    Change,
    Erased,
    Head,
    Operation,
    Remembered,
    body_parts,
    body_text,
    chain_hash,
    commitment,
    creation,
    field_salts,
    from_wire,
    origin,
    record_id,
    sealed,
    to_wire,
    without,
)

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SITES = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=1, max_size=12)
_NUMBERS = st.integers(1, 2**53 - 1)
_HEADS = st.builds(Head, _SITES, _NUMBERS)
_STATED = st.one_of(_TEXT.filter(bool), st.integers(-(2**63), 2**63 - 1))
_VALUES = st.none() | _STATED
_CHANGES = st.builds(Change, _VALUES, _VALUES, st.lists(_HEADS, max_size=2).map(tuple))
_BATCHES = st.builds(Batch, _TEXT, _SITES, _TEXT, _TEXT, _TEXT, _TEXT, st.none() | _TEXT)


@st.composite
def _operations(draw: st.DrawFn) -> Operation:
    made = Operation(
        site=draw(_SITES),
        seq=draw(_NUMBERS),
        batch=draw(_BATCHES),
        type=draw(_TEXT),
        record=draw(st.builds(record_id, _SITES, _NUMBERS)),
        changes=draw(st.dictionaries(_TEXT, _CHANGES, max_size=5)),
        seen=tuple(draw(st.lists(_HEADS, max_size=2))),
        salt=draw(st.binary(min_size=16, max_size=16)),
    )
    return sealed(draw(st.binary(max_size=32)), made)


def _operation(**changes: Any) -> Operation:
    told = {"title": Change(None, "Đường hoa"), "goal": Change("cũ", "mới", (Head("xyz", 4),))}
    batch = Batch("edit-abc.7", "abc", "an", "2026-11-22T12:00:00+07:00", "edit", "sửa")
    made = Operation("abc", 7, batch, "model", "abc.5", told, (Head("xyz", 9),), bytes(range(16)))
    return replace(made, **changes)


# -- names


@given(_SITES, _NUMBERS)
def test_a_record_is_named_after_the_operation_that_made_it(site: str, seq: int) -> None:
    assert origin(record_id(site, seq)) == Head(site, seq)


@pytest.mark.parametrize(("record", "creates"), [("abc.7", True), ("abc.5", False), ("xyz.7", False)])
def test_only_the_operation_it_is_named_after_creates_a_record(record: str, creates: bool) -> None:
    assert _operation(record=record).creates is creates


# -- the chain


@given(
    st.binary(max_size=32),
    _BATCHES,
    st.tuples(_SITES, _NUMBERS),
    _TEXT,
    st.lists(_HEADS, max_size=2).map(tuple),
    st.dictionaries(_TEXT, _STATED, max_size=5),
    st.binary(min_size=16, max_size=16),
)
def test_a_new_record_is_written_as_the_operation_that_makes_it(
    previous: bytes,
    batch: Batch,
    place: tuple[str, int],
    type_name: str,
    seen: tuple[Head, ...],
    values: dict[str, int | str],
    salt: bytes,
) -> None:
    record = record_id(*place)
    changes = {name: Change(None, value) for name, value in values.items()}
    operation = sealed(previous, Operation(*place, batch, type_name, record, changes, seen, salt))
    made = creation(previous, batch, place, (type_name, record), seen, values, salt)
    assert made == (operation.hash, body_text(operation))


@given(_operations())
def test_the_same_operation_has_the_same_hash(operation: Operation) -> None:
    assert chain_hash(b"before", operation) == chain_hash(b"before", replace(operation, hash=b""))


@given(_operations(), st.binary(min_size=1, max_size=32))
def test_the_hash_depends_on_what_was_before(operation: Operation, previous: bytes) -> None:
    assert chain_hash(previous, operation) != chain_hash(previous + b"x", operation)


@pytest.mark.parametrize(
    "change",
    [
        {"site": "abd"},
        {"seq": 8},
        {"type": "person"},
        {"record": "abc.6"},
        {"seen": ()},
        {"salt": bytes(16)},
        {"changes": {"title": Change(None, "Đường hoa")}},
        {"changes": {**_operation().changes, "title": Change(None, "Đường")}},
        {"changes": {**_operation().changes, "title": Change("", "Đường hoa")}},
        {"changes": {**_operation().changes, "title": Change(None, None)}},
        {"changes": {**_operation().changes, "goal": Change("cũ", "mới")}},
        {"changes": {"name": Change(None, "Đường hoa"), "goal": _operation().changes["goal"]}},
        *(
            {"batch": replace(_operation().batch, **{field.name: "other"})}
            for field in fields(Batch)
            if field.name != "site"
        ),
    ],
    ids=lambda change: "-".join(change),
)
def test_nothing_can_be_changed_under_the_hash(change: dict[str, Any]) -> None:
    assert chain_hash(b"", _operation(**change)) != chain_hash(b"", _operation())


@given(_operations())
def test_the_order_of_fields_does_not_matter(operation: Operation) -> None:
    turned = replace(operation, changes=dict(reversed(list(operation.changes.items()))))
    assert chain_hash(b"", turned) == chain_hash(b"", operation)


# -- commitments


@given(_VALUES.filter(lambda value: value is not None), st.binary(min_size=16, max_size=16))
def test_a_commitment_hides_its_value(value: Remembered, salt: bytes) -> None:
    assert isinstance(value, int | str)
    assert commitment(salt, value) != commitment(bytes(b ^ 1 for b in salt), value)


def test_text_and_number_are_not_the_same() -> None:
    assert commitment(bytes(16), "1") != commitment(bytes(16), 1)


def test_what_is_unstated_is_no_secret() -> None:
    assert commitment(bytes(16), None) == ""


def test_every_value_has_its_own_salt() -> None:
    salts = field_salts(bytes(16), ["a", "b", "c"])
    assert len(set(salts)) == 6


# -- forgetting


@given(_operations(), st.data())
def test_forgetting_any_fields_keeps_the_hash(operation: Operation, data: st.DataObject) -> None:
    fields = data.draw(st.sets(st.sampled_from(sorted(operation.changes) or ["none"])))
    assert chain_hash(b"x", without(operation, frozenset(fields))) == chain_hash(b"x", operation)


@given(_operations(), st.data())
def test_forgetting_bit_by_bit_is_forgetting_at_once(operation: Operation, data: st.DataObject) -> None:
    names = data.draw(st.permutations(sorted(operation.changes)))
    left = operation
    for name in names:
        left = without(left, frozenset([name]))
    assert left.changes == without(operation, frozenset(names)).changes
    assert chain_hash(b"x", left) == chain_hash(b"x", operation)


@given(_operations(), st.data())
def test_what_is_not_forgotten_stays(operation: Operation, data: st.DataObject) -> None:
    forgotten = data.draw(st.sets(st.sampled_from(sorted(operation.changes) or ["none"])))
    left = without(operation, frozenset(forgotten))
    assert all(left.changes[n] == c for n, c in operation.changes.items() if n not in forgotten)


def test_a_forgotten_value_leaves_neither_itself_nor_its_salt() -> None:
    body = body_text(without(_operation(), frozenset(["title"])))
    data = json.loads(body)
    assert "Đường hoa" not in body
    assert "s" not in data
    assert list(data["k"]) == ["goal"]


def test_forgetting_keeps_who_replaced_what() -> None:
    assert without(_operation(), frozenset(["goal"])).changes["goal"].replaces == (Head("xyz", 4),)


def test_what_was_unstated_stays_unstated() -> None:
    assert without(_operation(), frozenset(["title"])).changes["title"].before is None


def test_fields_it_does_not_have_change_nothing() -> None:
    operation = _operation()
    assert without(operation, frozenset(["notes"])) is operation


# -- stored and on the way


@given(_operations(), st.data())
def test_an_operation_travels_unchanged(operation: Operation, data: st.DataObject) -> None:
    forgotten = data.draw(st.sets(st.sampled_from(sorted(operation.changes) or ["none"])))
    left = without(operation, frozenset(forgotten))
    assert from_wire(to_wire(left)) == left


@given(_operations())
def test_a_line_is_one_line(operation: Operation) -> None:
    assert "\n" not in to_wire(operation)


@given(_operations(), st.data())
def test_a_body_is_read_as_it_was_written(operation: Operation, data: st.DataObject) -> None:
    forgotten = data.draw(st.sets(st.sampled_from(sorted(operation.changes) or ["none"])))
    left = without(operation, frozenset(forgotten))
    assert body_parts(body_text(left)) == (left.salt, left.salts, dict(left.changes))


def test_a_forgotten_value_is_known_as_such_after_its_way() -> None:
    arrived = from_wire(to_wire(without(_operation(), frozenset(["title"]))))
    assert isinstance(arrived.changes["title"].after, Erased)


def _line(**changes: Any) -> str:
    return json.dumps({**json.loads(to_wire(_operation())), **changes})


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        "{}",
        _line(site=None)[:-1],
        _line(seq=0),
        _line(seq=-1),
        _line(seq=2**63),
        _line(seq=1.5),
        _line(seq="7"),
        _line(seq=True),
        _line(record="abc"),
        _line(record="abc."),
        _line(record=".5"),
        _line(record="abc.05"),
        _line(record="abc.A"),
        _line(record="abc.-5"),
        _line(record="abc.zzzzzzzzzzzzzzzzz"),
        _line(record=5),
        _line(record="abc.5; DROP"),
        _line(batch=["id"]),
        _line(batch=None),
        _line(seen=[["abc"]]),
        _line(seen=[["abc", "x"]]),
        _line(seen=[["abc", 2**70]]),
        _line(seen=5),
        _line(hash="not hex"),
        _line(hash=5),
        _line(body="{"),
        _line(body="{}"),
        _line(body="[]"),
        _line(body='{"s": "", "f": []}'),
        _line(body='{"s": "?", "f": {}}'),
        _line(body='{"s": "", "f": {"a": 5}}'),
        _line(body='{"s": "", "f": {"a": [1]}}'),
        _line(body='{"s": "", "f": {"a": [1.5, 2]}}'),
        _line(body='{"s": "", "f": {"a": [true, 2]}}'),
        _line(body='{"s": "", "f": {"a": [[], 2]}}'),
        _line(body='{"s": "", "f": {"a": [{}, 2]}}'),
        _line(body='{"s": "", "f": {"a": [1, 2, [["abc", 0]]]}}'),
        _line(body='{"s": "", "f": {"a": [1, 2, 5]}}'),
        _line(body='{"k": {"a": ["x"]}, "f": {}}'),
        _line(body='{"k": [], "f": {}}'),
        _line(body="[" * 100_000),
    ],
)
def test_what_is_no_operation_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        from_wire(line)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
), st.sampled_from(["site", "seq", "batch", "type", "record", "seen", "body", "hash"]))  # fmt: skip
def test_nothing_in_a_line_raises_anything_else(value: Any, key: str) -> None:
    try:
        arrived = from_wire(_line(**{key: value}))
    except ValueError:
        return
    assert isinstance(arrived, Operation)
