"""Record types are declared once; everything that follows from a declaration fits it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import RECORD_TYPES, Book
from db.records import BY_NUMBER, fits, registry
from db.records.definition import STORED_AS_INTEGER, Kind, RecordType, ValueRefusedError, stored
from db.store import stored_columns

_EACH_TYPE = pytest.mark.parametrize("record_type", RECORD_TYPES.values(), ids=RECORD_TYPES.keys())
MODEL = RECORD_TYPES["model"]


# -- the declarations


@_EACH_TYPE
def test_the_table_has_the_declared_columns(record_type: RecordType, book: Book) -> None:
    columns = [row[1] for row in book.connection.execute(f"PRAGMA table_info({record_type.name})")]
    assert sorted(columns) == sorted(stored_columns(record_type))


@_EACH_TYPE
def test_the_columns_have_the_declared_types(record_type: RecordType, book: Book) -> None:
    types = {row[1]: row[2] for row in book.connection.execute(f"PRAGMA table_info({record_type.name})")}
    declared = {field.name: field.stored_type for field in record_type.fields}
    assert {name: types[name] for name in declared} == declared


@_EACH_TYPE
def test_every_reference_can_be_followed_quickly(record_type: RecordType, book: Book) -> None:
    indexed = {row[1] for row in book.connection.execute(f"PRAGMA index_list({record_type.name})")}
    wanted = {f"{record_type.name}_{field.name}" for field in record_type.fields if field.refers_to}
    assert wanted <= indexed


@_EACH_TYPE
def test_references_lead_to_declared_types(record_type: RecordType) -> None:
    assert {field.refers_to for field in record_type.fields if field.refers_to} <= set(RECORD_TYPES)


@_EACH_TYPE
def test_only_references_make_parts(record_type: RecordType) -> None:
    assert all(field.refers_to for field in record_type.parents)


@_EACH_TYPE
def test_the_title_is_a_field(record_type: RecordType) -> None:
    assert record_type.title in record_type.by_name


@_EACH_TYPE
def test_natural_keys_are_fields(record_type: RecordType) -> None:
    assert {name for key in record_type.keys for name in key} <= set(record_type.columns)


def test_parts_lie_at_most_two_levels_deep() -> None:
    """Disputes about a removal look at the record and its parts; a part of a part would be missed."""
    parts = {field.refers_to: t.name for t in RECORD_TYPES.values() for field in t.parents}
    assert [name for name in parts.values() if name in parts] == []


def test_no_number_is_used_twice() -> None:
    assert len(BY_NUMBER) == len(RECORD_TYPES)


def test_numbers_fit_into_a_search_address() -> None:
    assert max(BY_NUMBER) < 128


@pytest.mark.parametrize("change", [{"name": "other"}, {"number": 127}])
def test_a_type_cannot_be_declared_twice(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"model|other"):
        registry((MODEL, replace(MODEL, **change)))  # type: ignore[arg-type] # one of its fields


# -- values


@pytest.mark.parametrize("kind", Kind)
def test_anything_may_be_unstated(kind: Kind) -> None:
    assert fits(kind, None)


@pytest.mark.parametrize("kind", sorted(STORED_AS_INTEGER, key=str))
@pytest.mark.parametrize("value", [0, -1, 2**63 - 1, -(2**63)])
def test_whole_numbers_are_whole_numbers(kind: Kind, value: int) -> None:
    assert fits(kind, value)


@pytest.mark.parametrize("kind", sorted(STORED_AS_INTEGER, key=str))
@pytest.mark.parametrize("value", ["1", 1.0, 2**63, True, b"1"])
def test_what_is_no_whole_number_is_refused(kind: Kind, value: object) -> None:
    assert not fits(kind, value)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.CHOICE, Kind.REFERENCE])
@pytest.mark.parametrize("value", ["", 1, b"a", "\ud800"])
def test_what_is_no_text_is_refused(kind: Kind, value: object) -> None:
    assert not fits(kind, value)


@pytest.mark.parametrize("value", ["2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_day_is_a_day(value: str) -> None:
    assert fits(Kind.DATE, value)


@pytest.mark.parametrize("value", ["2023-02-29", "20240101", "2024-1-1", "01/02/2024", "", 20240101])
def test_what_is_no_day_is_refused(value: object) -> None:
    assert not fits(Kind.DATE, value)


def test_a_value_of_the_wrong_kind_is_refused_by_name() -> None:
    with pytest.raises(ValueRefusedError) as refused:
        stored(MODEL, {"title": "Mô hình", "households": "12"})
    assert refused.value.field == "households"


def test_a_field_nobody_declared_is_refused() -> None:
    with pytest.raises(ValueRefusedError) as refused:
        stored(MODEL, {"citizen_id": "001"})
    assert refused.value.field == "citizen_id"


def test_the_refusal_is_a_sentence() -> None:
    assert "households" in ValueRefusedError("model", "households", "12").sentence()


@given(st.text(min_size=1))
def test_text_is_stored_in_one_form(text: str) -> None:
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
    assert stored(MODEL, {"title": text}) == {"title": unicodedata.normalize("NFC", text)}


@pytest.mark.parametrize(("flag", "number"), [(True, 1), (False, 0)])
def test_flags_are_stored_as_numbers(flag: bool, number: int) -> None:
    found = stored(MODEL, {"is_project_work": flag})["is_project_work"]
    assert (type(found), found) == (int, number)
