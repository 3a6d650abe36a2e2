"""Papers and lists for those outside the office: what they may see, in which form, and what to look at.

Which field is personal data, which consent covers it and whom it is about stands in its declaration
(db.records); who agreed in db.consents. Here values are replaced; the replaced ones go nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from db import RECORD_TYPES, Book, Value
from db.consents import Consents, Subject
from db.person_names import called_in, endings, masked, names_in, spoken, titled_in
from db.personal import INTERNAL, NAME_FIELDS, PUBLIC, about, is_name, is_person, is_withheld
from db.reading import Reading
from db.records.definition import Field
from db.store import Record
from resources import _, ngettext

_LONGEST_NAME: Final = 6
_NAMED_AT_MOST: Final = 5
_PHONE: Final = re.compile(r"(?<![\d.])(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")

Values = Mapping[str, Value]
Name = tuple[str, ...]
"""A name as words in the form in which names are compared."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as an audience may see it. ``hidden``: the fields that were taken out or masked."""

    values: dict[str, Value]
    hidden: frozenset[str] = frozenset()


class Veil:
    """Between a book and one audience, as of today.

    ``relied_on``: ids of the consents with which something was shown; ``masked``: records of which something
    was not; ``unsaid``: how many of these had a name of which nobody says whether it is a person's.
    """

    def __init__(self, book: Reading, audience: str, own_unit: str, today: str) -> None:
        self.book = book
        self.audience = audience
        self.relied_on: set[str] = set()
        self.masked = 0
        self.unsaid = 0
        self._own_unit = own_unit
        self._today = today

    @cached_property
    def consents(self) -> Consents:
        """Who agreed, as of today."""
        return Consents(self.book, self._own_unit, self._today)

    def shown(self, type_name: str, values: Values, beside: Mapping[str, Values] | None = None) -> Shown:
        """A record's values (with its ``id``) for this audience.

        ``beside``: records of other types that say whom its fields are about.
        """
        after = dict(values)
        if self.audience == INTERNAL:
            return Shown(after)
        records = {**(beside or {}), type_name: values}
        stated = (each for each in RECORD_TYPES[type_name].fields if values.get(each.name) is not None)
        hidden = [each for each in stated if not self._may_see(type_name, each, records)]
        for each in hidden:
            after[each.name] = masked(str(values[each.name])) if is_name(each) else None
        self.masked += bool(hidden)
        return Shown(after, frozenset(each.name for each in hidden))

    def _may_see(self, type_name: str, declared: Field, records: Mapping[str, Values]) -> bool:
        if not is_withheld(declared, self.audience):
            return True
        owner, name = about(type_name, declared)
        values = records.get(owner)
        if values is None:
            return self._is_about_no_person(owner, name, type_name, records[type_name])
        if not is_person(owner, name, values):
            return True
        unless = RECORD_TYPES[owner].by_name[name].unless
        self.unsaid += bool(is_name(declared) and unless and values.get(unless[0]) is None)
        return declared.scope is not None and self._agreed(self._subject(owner, name, values), declared.scope)

    def _is_about_no_person(self, owner: str, name: str, type_name: str, values: Values) -> bool:
        """Whether all records of another type that belong to this one are about no person."""
        links = [each.name for each in RECORD_TYPES[owner].parents if each.refers_to == type_name]
        found = [each for link in links for each in self.book.find(owner, {link: str(values["id"])})]
        return bool(found) and not any(is_person(owner, name, each.values) for each in found)

    def _subject(self, owner: str, name: str, values: Values) -> Subject:
        person = str(values["id"]) if owner == "person" else None
        said = str(values[name]) if values.get(name) is not None else None
        return Subject(said, person, self.consents.where.of(owner, values))

    def _agreed(self, subject: Subject, scope: str) -> bool:
        consent = self.consents.of(subject, scope)
        if consent is not None:
            self.relied_on.add(consent)
        return consent is not None

    # -- pictures

    def why_hidden(self, photo: Record) -> str:
        """Why a photo may not be shown, ``person`` or ``phone``; nothing where it may.

        Who can be recognised stands in its field ``people``, a name a line; whom its caption names is seen
        too, by the whole name or as “bà Hùng” where the book has such a person with its model. Where
        children are seen, a representative has to have agreed for one of those listed: the consent of the
        teacher beside them is not theirs. A caption is not rewritten: a phone number in it hides its photo.
        """
        if self.audience != PUBLIC:
            return ""
        caption = str(photo["caption"] or "")
        if _PHONE.search(caption):
            return "phone"
        listed = [line.strip() for line in str(photo["people"] or "").splitlines() if line.strip()]
        units = self.consents.where.of("photo", photo.values)
        people = [Subject(name, None, units) for name in listed]
        agreed = {words for line in listed for words in names_in(line)}
        people += self._seen_in(caption, photo["model"], agreed)
        consents = {self.consents.of(each, "picture") for each in people}
        spoken_for = any(consent and self.consents.is_spoken_for(consent) for consent in consents)
        if None in consents or (photo["shows_children"] and not spoken_for):
            return "person"
        self.relied_on.update(consent for consent in consents if consent)
        return ""

    def _seen_in(self, caption: str, model: Value, listed: set[Name]) -> set[Subject]:
        """Whom a caption names beside those ``listed``: whole names of the book, parts of the model's own."""
        named = {run for run in _runs(spoken(caption)) if run in self._known and run not in listed}
        found = {each for run in named for each in self._known[run]}
        of_model = self._of_models.get(model, {})
        known = {ending for name in listed for ending in endings(name)}
        for words in titled_in(caption):
            runs = {words[:end] for end in range(1, len(words) + 1)}
            if not any(len(run) > 1 and run in self._known for run in runs):
                found |= {each for run in runs & of_model.keys() - known for each in of_model[run]}
        return found

    @cached_property
    def _of_models(self) -> Mapping[Value, Mapping[Name, set[Subject]]]:
        """By model (id): how each person of it may be called after a title, with whom that is."""
        members: dict[Value, set[Value]] = defaultdict(set)
        for person, model in self.book.rows("model_member", ("person", "model")):
            members[person].add(model)
        found: dict[Value, dict[Name, set[Subject]]] = defaultdict(lambda: defaultdict(set))
        for type_name, name, values in self._persons():
            if names_in(str(values[name])) & self._signatories:
                continue
            own = {values["id"] if type_name == "model" else values.get("model")}
            for model in (members[values["id"]] if type_name == "person" else own) - {None}:
                for ending in called_in(str(values[name])):
                    found[model][ending].add(self._subject(type_name, name, values))
        return found

    def _persons(self) -> Iterator[tuple[str, str, Values]]:
        """Type, field and record of every name of a person in the book."""
        for type_name, name in NAME_FIELDS:
            for values in self.consents.where.rows(type_name, name):
                if is_person(type_name, name, values):
                    yield type_name, name, values

    # -- what the clerk wrote by hand

    def names_among(self, texts: Iterable[str], scope: str = "name") -> frozenset[Name]:
        """Names in these texts of persons in the book who did not agree, none for the office itself."""
        if self.audience != PUBLIC:
            return frozenset()
        said = {run for text in texts for run in _runs(spoken(text)) if run in self._known}
        return frozenset(name for name in said if not self._all_agree(name, scope))

    def _all_agree(self, name: Name, scope: str) -> bool:
        return all(self.consents.of(subject, scope) is not None for subject in self._known[name])

    @cached_property
    def _known(self) -> Mapping[Name, set[Subject]]:
        """Every person's name in the book but those of its signatories, with whom it stands for."""
        found: dict[Name, set[Subject]] = defaultdict(set)
        parts: dict[str, frozenset[Name]] = {}
        for type_name, name, values in self._persons():
            cell = str(values[name])
            for words in parts.setdefault(cell, names_in(cell)):
                found[words].add(self._subject(type_name, name, values))
        return {words: subjects for words, subjects in found.items() if words not in self._signatories}

    @cached_property
    def _signatories(self) -> frozenset[Name]:
        """Who signs for the office is no secret."""
        return frozenset(spoken(name) for (name,) in self.book.rows("signatory", ("full_name",)))

    def warnings_of(self, places: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
        """Code and sentence for every place (its title) whose texts still hold persons or phones to hide."""
        if self.audience == INTERNAL:
            return
        for place, texts in places.items():
            each = list(texts)
            names = sorted(" ".join(word.capitalize() for word in name) for name in self.names_among(each))
            if names:
                said = ", ".join(names[:_NAMED_AT_MOST]) + (" …" if len(names) > _NAMED_AT_MOST else "")
                words = _("“{place}” of the public copy still names {names}, without consent. Please look.")
                yield "names_in_text", words.format(place=place, names=said)
            if any(_PHONE.search(text) for text in each):
                words = _("“{place}” of this copy still holds a phone number. Please look.")
                yield "phone_in_text", words.format(place=place)

    def remarks(self) -> Iterator[tuple[str, str]]:
        """Code and sentence on what was masked."""
        if self.masked:
            words = ngettext(
                "Without consent, personal data of {n} row is masked.",
                "Without consent, personal data of {n} rows is masked.",
                self.masked,
            )
            yield "masked", words.format(n=self.masked)
        if self.unsaid:
            words = ngettext(
                "{n} name is taken for a person's: nobody says whether it is a household, an enterprise ….",
                "{n} names are taken for persons': nobody says whether they are households, enterprises ….",
                self.unsaid,
            )
            yield "kind_unsaid", words.format(n=self.unsaid)


def veil_of(book: Book, audience: str) -> Veil:
    """The veil of an office's book for an audience, as of today."""
    return Veil(book, audience, book.founding_unit(), book.now().date().isoformat())


def left_out_photos(reasons: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Code and sentence on photos that a public copy does not show, by the ``why_hidden`` of each."""
    counts = Counter(reasons)
    if n := counts["person"]:
        words = ngettext(
            "{n} photo is left out: it shows children, or persons who did not agree to be shown.",
            "{n} photos are left out: they show children, or persons who did not agree to be shown.",
            n,
        )
        yield "photos_left_out", words.format(n=n)
    if n := counts["phone"]:
        words = ngettext(
            "{n} photo is left out: its caption holds a phone number. Take it out of the caption.",
            "{n} photos are left out: their captions hold a phone number. Take it out of the captions.",
            n,
        )
        yield "photos_with_phone", words.format(n=n)


def _runs(words: Name) -> Iterator[Name]:
    for length in range(2, _LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            yield words[start : start + length]
