"""The demo of units that change: three invented wards that become one, in three tiers or in two."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Final

from db.demo import Place
from db.life.standing import seen_by
from db.unit_changes import Successor, dissolve, merge
from db.writing import Writing
from resources import path

THREE_TIERS: Final = "three_tiers"
TWO_TIERS: Final = "two_tiers"
SHAPES: Final = (THREE_TIERS, TWO_TIERS)


@cache
def material() -> dict[str, Any]:
    """What it is made of, from ``resources/demo_units.toml``."""
    return tomllib.loads(path("demo_units.toml").read_text("utf-8"))


def place_of_change(shape: str) -> Place:
    """Where the models of this demo are: ``shape`` is one of ``SHAPES``."""
    tiers = shape == THREE_TIERS
    return Place(material()["office"], lambda write, own: _groups(write, own, tiers), _change, 2)


def _unit(write: Writing, parent: str, kind: str, code: str, name: str) -> str:
    unit = write.add("org_unit", {"code": code, "name": name, "kind": kind})
    write.add("unit_parent", {"unit": unit, "parent": parent})
    return unit


def _in_a_name(name: str) -> str:
    """``phường Hoa Ban`` for ``Phường Hoa Ban``: only the word for its kind is written small."""
    return name[:1].lower() + name[1:]


def _groups(write: Writing, own: str, tiers: bool) -> list[str]:
    plan = material()["units"]
    above = _unit(write, own, "district", **plan["district"]) if tiers else own
    groups = []
    for ward in plan["wards"]:
        unit = _unit(write, above, "ward", ward["code"], ward["name"])
        for number in range(1, ward["groups"] + 1):
            name = plan["group"].format(number=number, ward=_in_a_name(ward["name"]))
            groups.append(_unit(write, unit, "residential_group", f"{ward['code']}-T{number}", name))
    return groups


def _change(write: Writing, own: str) -> None:
    """The wards become one under the city; a district that is left with nobody falls away."""
    plan, change = material()["units"], material()["change"]
    book, on = seen_by(write), change["on"]
    ids = {unit["code"]: unit.id for unit in book.find("org_unit")}
    wards = [ids[ward["code"]] for ward in plan["wards"]]
    merge(write, wards, Successor(**change["ward"], parent=own), on, change["decision"])
    if plan["district"]["code"] in ids:
        dissolve(write, ids[plan["district"]["code"]], on)
