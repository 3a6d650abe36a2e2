"""Personal data by its declarations: what is withheld from whom, whom a value is about, where they live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from db.person_names import says_person
from db.reading import Reading
from db.records import RECORD_TYPES
from db.records.definition import DUTY, Field, Value

INTERNAL: Final = "internal"
UPPER: Final = "upper"
PUBLIC: Final = "public"

_WITHHELD: Final[Mapping[str, frozenset[str | None]]] = {
    INTERNAL: frozenset(),
    UPPER: frozenset({"contact"}),
    PUBLIC: frozenset({"name", "amount", "contact", "picture", None}),
}
"""The scopes (see ``Field.scope``) that an audience sees with consent alone; ``None``: not even so."""

AUDIENCES: Final = tuple(_WITHHELD)
"""For whom something is written (choice list audience)."""

Values = Mapping[str, Value]


def is_withheld(declared: Field, audience: str) -> bool:
    """Whether a field is hidden from an audience unless somebody agreed. KeyError for no such audience."""
    withheld = _WITHHELD[audience]
    return declared.purpose is not None and declared.scope != DUTY and declared.scope in withheld


def is_name(declared: Field) -> bool:
    """Whether a field holds the name of the one it is about."""
    return declared.purpose is not None and declared.scope == "name" and declared.about is None


NAME_FIELDS: Final = tuple(
    (record_type.name, each.name)
    for record_type in RECORD_TYPES.values()
    for each in record_type.fields
    if is_name(each)
)
"""Type and field of every name of a person that the book keeps."""


def about(type_name: str, declared: Field) -> tuple[str, str]:
    """Type and field with the name of the one that a field is about."""
    owner, _dot, name = (declared.about or declared.name).rpartition(".")
    return owner or type_name, name


def is_person(type_name: str, name: str, values: Values) -> bool:
    """Whether the name in a field is a person's; where nobody says, it is.

    "Bà Đào Thị Hộ" is one whatever kind was chosen beside her name.
    """
    unless = RECORD_TYPES[type_name].by_name[name].unless
    if unless is None or values.get(unless[0]) not in unless[1]:
        return True
    return says_person(str(values.get(name) or ""))


class Whereabouts:
    """In which units the persons and names of a book stand."""

    def __init__(self, book: Reading, own_unit: str) -> None:
        self._book = book
        self._own = own_unit

    def of(self, type_name: str, values: Values) -> frozenset[str]:
        """The units of a record: its own, else those of its model; empty where nobody knows."""
        if values.get("unit"):
            return frozenset({str(values["unit"])})
        if type_name == "person":
            return self.of_person(str(values.get("id")))
        model = values.get("id") if type_name == "model" else values.get("model")
        if type_name == "registration":
            return frozenset({self._own})
        return self._models.get(str(model), frozenset())

    def of_person(self, person: str) -> frozenset[str]:
        """The units of the models of which somebody is a member."""
        return self._persons.get(person, frozenset())

    def rows(self, type_name: str, name: str) -> Iterator[dict[str, Value]]:
        """All live records that have a name in this field, whole."""
        columns = ("id", *RECORD_TYPES[type_name].columns)
        for row in self._book.rows(type_name, columns):
            values = dict(zip(columns, row, strict=True))
            if values[name] is not None:
                yield values

    def covers(self, units: frozenset[str], others: frozenset[str]) -> bool:
        """Whether each of ``others`` is one of ``units`` or stands below one."""
        return bool(others) and all(units & self._upwards(other) for other in others)

    def may_be_one(self, units: frozenset[str], others: frozenset[str]) -> bool:
        """Whether somebody of ``units`` may be the one of ``others``: one stands above the other."""
        return any(
            one in self._upwards(other) or other in self._upwards(one) for one in units for other in others
        )

    def _upwards(self, unit: str) -> frozenset[str]:
        """A unit and all that it ever stood under."""
        found, open_ends = {unit}, [unit]
        while open_ends:
            last = open_ends.pop()
            above = self._parents.get(last) or ({self._own} if last != self._own else set())
            open_ends.extend(above - found)
            found |= above
        return frozenset(found)

    @cached_property
    def _parents(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for unit, parent in self._book.rows("unit_parent", ("unit", "parent")):
            found[unit].add(parent)
        return dict(found)

    @cached_property
    def _models(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for model, unit in self._book.rows("registration", ("model", "unit")):
            found[model].add(unit or self._own)
        return {model: frozenset(units) for model, units in found.items()}

    @cached_property
    def _persons(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for person, model in self._book.rows("model_member", ("person", "model")):
            found[person] |= self._models.get(model, frozenset())
        return {person: frozenset(units) for person, units in found.items()}
