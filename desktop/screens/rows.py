"""Where the rows of a child grid come from and how they are written: one table row, one or two records."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.measures import stored_measure
from desktop.widgets.paged_table import Row, Value

if TYPE_CHECKING:
    from db.reading import Reading
    from db.writing import Writing


@dataclass(frozen=True, slots=True)
class Rows:
    """Records of one type that belong to an owner. A row ends with the record's id, after its columns."""

    type: str
    fields: tuple[str, ...]
    owner: str = "model"
    order: str | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """Record types that are shown."""
        return (self.type,)

    def numbers(self, book: Reading, owner: str) -> array[int]:
        """The rows of an owner, in order."""
        return book.row_numbers(self.type, {self.owner: owner}, self.order)

    def fetch(self, book: Reading, numbers: Sequence[int]) -> list[Row | None]:
        """Values of these rows, None where one is gone."""
        found = book.by_row_number(self.type, (*self.fields, "id"), numbers)
        return [found.get(number) for number in numbers]

    def add(self, write: Writing, owner: str, values: Mapping[str, Value]) -> str:
        """A new record of this owner; its id."""
        return write.add(self.type, {self.owner: owner, **values})

    def change(self, write: Writing, record: str, name: str, value: Value) -> None:
        """One value of a record."""
        write.change(self.type, record, {name: value})

    def remove(self, write: Writing, record: str) -> None:
        """Into the bin."""
        write.remove(self.type, record)


_COUNTED = {"labour_days": "labour", "land": "land"}


class Contributions(Rows):
    """Labour and land have one measure: the clerk need not type it."""

    def add(self, write: Writing, owner: str, values: Mapping[str, Value]) -> str:
        kind = str(values.get("kind"))
        measure = stored_measure(_COUNTED[kind]) if kind in _COUNTED else values.get("measure")
        return super().add(write, owner, {**values, "measure": measure})


_OF_PERSON = frozenset({"full_name", "birth_year", "gender", "address", "phone"})


class Members(Rows):
    """A member is a person and the membership; both are shown in one row."""

    @property
    def types(self) -> tuple[str, ...]:
        return ("model_member", "person")

    def fetch(self, book: Reading, numbers: Sequence[int]) -> list[Row | None]:
        links = book.by_row_number("model_member", ("id", "person", "role"), numbers)
        persons = {
            row[0]: row[1:]
            for row in book.rows(
                "person", ("id", *sorted(_OF_PERSON)), {"id": [str(link[1]) for link in links.values()]}
            )
        }
        return [self._row(links.get(number), persons) for number in numbers]

    def _row(self, link: Row | None, persons: Mapping[object, Row]) -> Row | None:
        if link is None:
            return None
        record, person, role = link
        known = dict(zip(sorted(_OF_PERSON), persons.get(person, ()), strict=False))
        known["role"] = role
        return (*(known.get(name) for name in self.fields), record)

    def add(self, write: Writing, owner: str, values: Mapping[str, Value]) -> str:
        person = write.add("person", {n: v for n, v in values.items() if n in _OF_PERSON})
        return write.add("model_member", {"model": owner, "person": person, "role": values.get("role")})

    def change(self, write: Writing, record: str, name: str, value: Value) -> None:
        if name in _OF_PERSON:
            _row, link = write.found("model_member", record)
            write.change("person", str(link["person"]), {name: value})
        else:
            write.change("model_member", record, {name: value})
