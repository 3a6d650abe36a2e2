"""The rows of an export, sheet by sheet, out of the book: streamed, with codes in place of ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Protocol

from db import RECORD_TYPES, Value
from forms.audience import Veil
from forms.spreadsheets.export_cells import HIDDEN_FIELDS, Values
from forms.spreadsheets.layout import LINE_ID, MEMBERS, MODELS, SOURCE_KEY, UNITS, UNREGISTERED, SheetLayout
from forms.spreadsheets.list_rows import seen

_AT_A_TIME: Final = 500
NOTHING_GIVEN: Final = "nothing given"
_CODED: Final = frozenset({"org_unit", "model"})


class ReadableBook(Protocol):
    """What of a book an export reads."""

    def rows(
        self, type_name: str, fields: Sequence[str], where: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Chosen fields of live records."""

    def count(self, type_name: str, where: Mapping[str, Any] | None = None) -> int:
        """How many live records there are."""


@dataclass(slots=True)
class BookRows:
    """Gives the rows of every sheet. ``lost``: rows whose model or unit is no longer in the book, by type.

    With a ``veil`` they are what its audience may see, and no "Mã dòng" is made of what a row says.
    """

    book: ReadableBook
    veil: Veil | None = None
    lost: Counter[str] = field(default_factory=Counter)
    _names: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, sheet: SheetLayout) -> Iterator[Values]:
        """The rows of one sheet in the order of their arrival."""
        special: Mapping[int, Callable[[], Iterator[Values]]] = {
            id(UNITS): self._units,
            id(MODELS): self._models,
            id(UNREGISTERED): self._unregistered,
            id(MEMBERS): self._members,
        }
        own = special.get(id(sheet))
        return own() if own else self._plain(sheet.type)

    # -- what others are called by

    def _named(self, type_name: str) -> dict[str, str]:
        """By id what a row is referred to by: its code, or its "Mã dòng"."""
        if type_name not in self._names:
            own = "code" if type_name in _CODED else SOURCE_KEY
            found: dict[str, str] = {}
            seen: set[str] = set()
            for record, name in self.book.rows(type_name, ("id", own)):
                is_own = name and (own == "code" or (self.veil is None and name not in seen))
                found[record] = name if is_own else record
                seen.add(found[record])
            self._names[type_name] = found
        return self._names[type_name]

    def _with_names(self, type_name: str, values: dict[str, Value]) -> dict[str, Value] | None:
        """The values with codes in place of ids; None where what it belongs to is not in the book."""
        for each in RECORD_TYPES[type_name].fields:
            if each.refers_to and values[each.name] is not None:
                name = self._named(each.refers_to).get(str(values[each.name]))
                if name is None and (each.required or each.is_parent):
                    self.lost[type_name] += 1
                    return None
                values[each.name] = name
        return values

    def _records(self, type_name: str, *, veiled: bool = True) -> Iterator[dict[str, Value]]:
        columns = ("id", *RECORD_TYPES[type_name].columns)
        for row in self.book.rows(type_name, columns):
            record = dict(zip(columns, row, strict=True))
            yield self._veiled(type_name, record) if veiled else record

    def _veiled(
        self, type_name: str, record: dict[str, Value], beside: Mapping[str, Values] | None = None
    ) -> dict[str, Value]:
        """A record as it may be seen; the names of fields taken out stand under :data:`HIDDEN_FIELDS`."""
        if self.veil is None:
            return record
        shown = seen(self.veil, type_name, record, beside)
        if shown is None:
            return {**record, NOTHING_GIVEN: 1}
        source = {SOURCE_KEY: None} if SOURCE_KEY in record else {}
        return {**shown.values, **source, HIDDEN_FIELDS: " ".join(sorted(shown.hidden)) or None}

    # -- sheets

    def _plain(self, type_name: str) -> Iterator[Values]:
        has_line = SOURCE_KEY in RECORD_TYPES[type_name].by_name
        lines: set[str] = set()
        for record in self._records(type_name):
            if self.veil is not None and record.get(NOTHING_GIVEN):
                continue
            values = self._with_names(type_name, record)
            if values is None:
                continue
            if has_line:
                # As ``known.by_source_key`` finds it again
                own = str(values[SOURCE_KEY] or "")
                values[LINE_ID] = own if own and own not in lines else values["id"]
                lines.add(own)
            yield values

    def _units(self) -> Iterator[Values]:
        codes = self._named("org_unit")
        above: dict[str, tuple[str, str]] = {}
        for unit, parent, since in self.book.rows("unit_parent", ("unit", "parent", "valid_from")):
            if parent in codes and unit in codes:
                above[unit] = max(above.get(unit, ("", "")), (since or "", codes[parent]))
        olds: dict[str, list[str]] = {}
        for old, new in self.book.rows("unit_succession", ("old_unit", "new_unit")):
            if old in codes:
                olds.setdefault(new, []).append(codes[old])
        for record in self._records("org_unit"):
            unit = str(record["id"])
            replaces = ", ".join(olds.get(unit, ())) or None
            yield {**record, "parent": above.get(unit, ("", ""))[1] or None, "replaces": replaces}

    def _models(self) -> Iterator[Values]:
        for part in _in_parts(self._records("registration", veiled=False)):
            models = self._fetched("model", {str(record["model"]) for record in part}, veiled=False)
            for record in part:
                model = models.get(str(record["model"]))
                values = self._with_names("registration", self._veiled("registration", dict(record)))
                if model is not None and values is not None:
                    seen = self._veiled("model", model, {"registration": record})
                    yield _together(_prefixed("model", seen), _prefixed("registration", values))

    def _unregistered(self) -> Iterator[Values]:
        registered = {model for (model,) in self.book.rows("registration", ("model",))}
        for record in self._records("model"):
            if record["id"] not in registered:
                values = self._with_names("model", record)
                yield _prefixed("model", values or {})

    def _members(self) -> Iterator[Values]:
        for part in _in_parts(self._plain("model_member")):
            wanted = {str(record["person"]) for record in part}
            by_line = {line: record for record, line in self._named("person").items() if line in wanted}
            persons = self._fetched("person", set(by_line.values()))
            for record in part:
                person = persons[by_line[str(record["person"])]]
                yield _together(record, _prefixed("person", person))

    def _fetched(
        self, type_name: str, wanted: set[str], *, veiled: bool = True
    ) -> dict[str, dict[str, Value]]:
        columns = ("id", *RECORD_TYPES[type_name].columns)
        found = {}
        for row in self.book.rows(type_name, columns, {"id": sorted(wanted)}):
            record = dict(zip(columns, row, strict=True))
            record = self._veiled(type_name, record) if veiled else record
            found[str(record["id"])] = self._with_names(type_name, record) or record
        return found


def _prefixed(prefix: str, values: Values) -> dict[str, Value]:
    found = {f"{prefix}.{name}": value for name, value in values.items() if name != HIDDEN_FIELDS}
    hidden = str(values.get(HIDDEN_FIELDS) or "").split()
    return {**found, HIDDEN_FIELDS: " ".join(f"{prefix}.{name}" for name in hidden) or None}


def _together(*parts: Values) -> dict[str, Value]:
    """One row of several records."""
    hidden = " ".join(str(part[HIDDEN_FIELDS]) for part in parts if part.get(HIDDEN_FIELDS))
    return {name: value for part in parts for name, value in part.items()} | {HIDDEN_FIELDS: hidden or None}


def _in_parts(records: Iterable[dict[str, Value]] | Iterator[Values]) -> Iterator[list[dict[str, Value]]]:
    each = iter(records)
    while part := list(islice(each, _AT_A_TIME)):
        yield [dict(one) for one in part]
