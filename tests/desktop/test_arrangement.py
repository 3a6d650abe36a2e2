"""Fields stand on the screens by their declaration; only what is named otherwise stands elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db import RECORD_TYPES, Field, Kind
from desktop.screens import arrangement

_ANY_TYPE = pytest.mark.parametrize("type_name", RECORD_TYPES)


def _declare(patch: pytest.MonkeyPatch, type_name: str, field: Field) -> None:
    before = RECORD_TYPES[type_name]
    patch.setitem(RECORD_TYPES, type_name, replace(before, fields=(*before.fields, field)))


@_ANY_TYPE
def test_what_is_typed_is_declared(type_name: str) -> None:
    assert set(arrangement.typed(type_name)) <= set(RECORD_TYPES[type_name].columns)


@pytest.mark.parametrize("type_name", arrangement.COUNTED)
def test_what_stands_behind_a_figure_is_declared(type_name: str) -> None:
    assert set(arrangement.behind_figure(type_name)) <= set(RECORD_TYPES[type_name].columns)


@_ANY_TYPE
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.REFERENCE])
def test_a_new_field_is_typed_after_the_others(
    type_name: str, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    _declare(monkeypatch, type_name, Field("slogan", kind, "Slogan"))
    assert arrangement.typed(type_name)[-1] == "slogan"


@pytest.mark.parametrize("field", [
    Field("friend", Kind.REFERENCE, "Friend", refers_to="model"),
    Field("owner", Kind.REFERENCE, "Owner", refers_to="org_unit", is_parent=True),
])  # fmt: skip
def test_a_reference_that_nobody_could_choose_does_not_come_by_itself(
    field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    _declare(monkeypatch, "contribution", field)
    assert field.name not in arrangement.typed("contribution")


@pytest.mark.parametrize(("kind", "listed"), [(Kind.DATE, True), (Kind.TEXT, True), (Kind.LONG_TEXT, False)])
def test_a_list_takes_what_is_short(kind: Kind, listed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    _declare(monkeypatch, "registration", Field("slogan", kind, "Slogan"))
    assert ("slogan" in arrangement.in_list("registration")) is listed


def test_a_field_of_no_known_heading_stands_under_more(monkeypatch: pytest.MonkeyPatch) -> None:
    _declare(monkeypatch, "model", Field("slogan", Kind.TEXT, "Slogan", group="11"))
    assert arrangement.sections()[-1][1][-1] == "slogan"


@pytest.mark.parametrize("type_name", ["person", "model_member"])
def test_a_member_has_the_fields_of_both_records(type_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _declare(monkeypatch, type_name, Field("slogan", Kind.TEXT, "Slogan"))
    assert "slogan" in arrangement.members()
