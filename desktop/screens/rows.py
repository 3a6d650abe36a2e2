"""Where the rows of a child grid come from and how they are written: one table row, one or two records."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.measures import stored_measure
from db.records import RECORD_TYPES
from desktop.screens.lists import records_of, whole
from desktop.widgets.paged_table import Row, Value

if TYPE_CHECKING:
    from db.reading import Reading
    from db.writing import Writing
    from forms.spreadsheets.list_rows import Together


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

    def type_of(self, _name: str) -> str:
        """The record type a column belongs to."""
        return self.type

    def numbers(self, book: Reading, owner: str) -> array[int]:
        """The rows of an owner, in order."""
        return book.row_numbers(self.type, {self.owner: owner}, self.order)

    def fetch(self, book: Reading, numbers: Sequence[int]) -> list[Row | None]:
        """Values of these rows, None where one is gone."""
        found = book.by_row_number(self.type, (*self.fields, "id"), numbers)
        return [found.get(number) for number in numbers]

    def records(self, book: Reading, numbers: Sequence[int]) -> Sequence[Together | None]:
        """The same rows as whole records, by type."""
        return records_of(self.type)(book, numbers)

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


class Members(Rows):
    """A member is a person and the membership; both are shown in one row."""

    @property
    def types(self) -> tuple[str, ...]:
        return ("model_member", "person")

    def type_of(self, name: str) -> str:
        return self.type if name in RECORD_TYPES[self.type].by_name else "person"

    def fetch(self, book: Reading, numbers: Sequence[int]) -> list[Row | None]:
        own, of_person = self._names("model_member"), self._names("person")
        links = book.by_row_number("model_member", ("id", "person", *own), numbers)
        wanted = {"id": [str(link[1]) for link in links.values()]}
        persons = {
            row[0]: dict(zip(of_person, row[1:], strict=True))
            for row in book.rows("person", ("id", *of_person), wanted)
        }
        found = (links.get(number) for number in numbers)
        return [link and self._row(link, own, persons.get(link[1], {})) for link in found]

    def records(self, book: Reading, numbers: Sequence[int]) -> Sequence[Together | None]:
        links = whole(book, "model_member", numbers)
        wanted = {"id": [str(link["person"]) for link in links.values()]}
        persons = {person.id: person for person in book.find("person", wanted)}
        found = (links.get(number) for number in numbers)
        return [
            {"model_member": link, "person": persons[str(link["person"])]}
            if link and link["person"] in persons
            else None
            for link in found
        ]

    def _row(self, link: Row, own: Sequence[str], person: Mapping[str, Value]) -> Row:
        known = {**person, **dict(zip(own, link[2:], strict=True))}
        return (*(known.get(name) for name in self.fields), link[0])

    def _names(self, type_name: str) -> list[str]:
        return [name for name in self.fields if self.type_of(name) == type_name]

    def add(self, write: Writing, owner: str, values: Mapping[str, Value]) -> str:
        person = write.add("person", {name: values.get(name) for name in self._names("person")})
        own = {name: values.get(name) for name in self._names("model_member")}
        return write.add("model_member", {"model": owner, "person": person, **own})

    def change(self, write: Writing, record: str, name: str, value: Value) -> None:
        if self.type_of(name) == "person":
            _row, link = write.found("model_member", record)
            write.change("person", str(link["person"]), {name: value})
        else:
            write.change("model_member", record, {name: value})
