"""Who agreed to be shown in public: consents by person or by name and unit, as they stand on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from db.errors import UnknownRecordError
from db.person_names import base_of, gender_of, key_of
from db.personal import NAME_FIELDS, Whereabouts, is_person
from db.reading import Reading
from db.records.definition import Value
from db.store import Record

_CHILD: Final = 16
_ASKED_FROM: Final = 7
_SAME_GIFT: Final = ("model", "unit", "kind", "item", "quantity", "amount_vnd", "given_on", "given_year")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a value is about: a person of the book, or a name in these units (all of them)."""

    name: str | None
    person: str | None = None
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Consent:
    """A consent with the name it is for and the units in which that name stands for this person."""

    id: str
    person: str | None
    key: str
    base: str
    units: frozenset[str]
    scope: str
    given_on: str
    withdrawn_on: str | None
    may_count: bool
    is_spoken_for: bool


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A place where the book has a name: what could tell that two persons are called so."""

    key: str
    units: frozenset[str]
    person: str | None
    gender: str | None
    gift: tuple[Value, ...] | None


class Consents:
    """The consents of a book on a day (ISO)."""

    def __init__(self, book: Reading, own_unit: str, today: str) -> None:
        self._book = book
        self._own = own_unit
        self._today = today
        self.where = Whereabouts(book, own_unit)
        self._all = list(self._read())
        self._by_base: dict[str, list[_Consent]] = defaultdict(list)
        for each in self._all:
            self._by_base[each.base].append(each)

    def of(self, subject: Subject, scope: str) -> str | None:
        """The consent (its id) with which somebody may be shown; ``None`` = may not."""
        found = [*self._of_person(subject.person, scope), *self._of_name(subject, scope)]
        return _standing(found, self._today)

    def is_spoken_for(self, consent: str) -> bool:
        """Whether a representative gave the consent: it is a child's."""
        return any(each.id == consent and each.is_spoken_for for each in self._all)

    def _of_person(self, person: str | None, scope: str) -> Iterator[_Consent]:
        if person is not None:
            yield from (each for each in self._all if each.person == person and each.scope == scope)

    def _of_name(self, subject: Subject, scope: str) -> Iterator[_Consent]:
        if subject.name is None or not subject.units:
            return
        key = key_of(subject.name)
        for each in self._by_base.get(base_of(subject.name), ()):
            is_another = subject.person and each.person not in (None, subject.person)
            if (each.key, each.scope) != (key, scope) or is_another:
                continue
            if self.where.covers(each.units, subject.units) and not self._is_two(each):
                yield each

    def _read(self) -> Iterator[_Consent]:
        persons = {each.id: each for each in self._book.find("person")}
        for each in self._book.find("consent"):
            person = persons.get(str(each["person"])) if each["person"] else None
            name = person["full_name"] if person else each["full_name"]
            if name and (person or not each["person"]):
                yield self._consent(each, person, str(name))

    def _consent(self, record: Record, person: Record | None, name: str) -> _Consent:
        unit = str(record["unit"]) if record["unit"] else None
        at_home = self.where.of_person(person.id) if person else frozenset({self._own})
        return _Consent(
            id=record.id,
            person=person.id if person else None,
            key=key_of(name),
            base=base_of(name),
            units=frozenset({unit}) if unit else at_home,
            scope=str(record["scope"]),
            given_on=str(record["given_on"] or "9999"),
            withdrawn_on=str(record["withdrawn_on"]) if record["withdrawn_on"] else None,
            may_count=_may_count(record, person, int(self._today[:4])),
            is_spoken_for=bool(record["representative"]),
        )

    # -- one name, two persons?

    def _is_two(self, consent: _Consent) -> bool:
        """Whether two different persons of this name could be meant where the consent is to hold."""
        found = self._sightings.get(consent.base, ())
        seen = [each for each in found if self._is_within(each, consent.units)]
        gifts = [each.gift for each in seen if each.gift]
        places = {each.units for each in seen if each.units}
        return (
            len({each.key for each in seen} | {consent.key}) > 1
            or len({each.person for each in seen} | {consent.person, None}) > 2
            or len({each.gender for each in seen if each.gender}) > 1
            or len(gifts) != len(set(gifts))
            or any(not self.where.may_be_one(*pair) for pair in combinations(places, 2))
        )

    def _is_within(self, seen: _Sighting, units: frozenset[str]) -> bool:
        """A name of which nobody knows where it stands may stand here as well."""
        return not seen.units or any(self.where.covers(units, frozenset({unit})) for unit in seen.units)

    @cached_property
    def _sightings(self) -> Mapping[str, list[_Sighting]]:
        found: dict[str, list[_Sighting]] = defaultdict(list)
        bases: dict[str, str] = {}
        for type_name, name in NAME_FIELDS:
            for values in self.where.rows(type_name, name):
                said = str(values[name])
                base = bases.setdefault(said, base_of(said))
                if base in self._by_base and is_person(type_name, name, values):
                    found[base].append(self._sighting(type_name, said, values))
        return found

    def _sighting(self, type_name: str, name: str, values: Mapping[str, Value]) -> _Sighting:
        is_gift = type_name == "contribution"
        return _Sighting(
            key_of(name),
            self.where.of(type_name, values),
            str(values["id"]) if type_name == "person" else None,
            str(values["gender"]) if values.get("gender") else gender_of(name),
            tuple(values[each] for each in _SAME_GIFT) if is_gift else None,
        )


def _standing(found: list[_Consent], today: str) -> str | None:
    """The consent that holds: the latest act decides, and of two on one day the withdrawal."""
    acts = [(each.given_on, 0, each) for each in found if each.may_count]
    acts += [(each.withdrawn_on, 1, each) for each in found if each.withdrawn_on]
    until_now = [act for act in acts if act[0] <= today]
    if not until_now:
        return None
    _day, is_end, last = max(until_now, key=lambda act: (act[0], act[1], act[2].id))
    return None if is_end else last.id


def _may_count(record: Record, person: Record | None, year: int) -> bool:
    """For a child its representative has agreed, and from seven years on the child too."""
    if record["child_assent"] == 0:
        return False
    born = person["birth_year"] if person else None
    has_spoken, has_agreed = bool(record["representative"]), record["child_assent"] == 1
    if not born:  # somebody is spoken for: a child, nobody knows how old
        return has_agreed or not has_spoken
    age = year - int(born)
    return age > _CHILD or (has_spoken and (has_agreed or age < _ASKED_FROM))


def outdated_by_consent(book: Reading, today: str) -> dict[str, list[str]]:
    """Papers (ids) that show what somebody no longer agrees to, each with the consents that are gone."""
    found: dict[str, list[str]] = {}
    for paper, relied_on in book.rows("paper", ("id", "consents")):
        gone = [each for each in str(relied_on or "").split() if not _is_alive(book, each, today)]
        if gone:
            found[paper] = gone
    return found


def _is_alive(book: Reading, consent: str, today: str) -> bool:
    try:
        record = book.get("consent", consent)
    except UnknownRecordError:
        return False
    return not record.removed and (record["withdrawn_on"] is None or str(record["withdrawn_on"]) > today)
