"""Which kept sums a write makes stale: noted in the write's own transaction, before its rows change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from db import operations as log
from db import store
from db.engine import Connection
from db.records.definition import REMOVED, RecordType, Value
from db.sums.read import DATED, FIELDS, MODEL, REGISTRATION, SUPERVISION

KEPT = "sums"
"""Fact of a book that keeps sums: how they were made."""

Values = Mapping[str, Value]
_HAVE_BOTH = frozenset({SUPERVISION.type})
"""Records that matter to their model, also where they name a unit of their own."""


class _Touched:
    """Units whose sums change: those that records name, and all in which their models are registered.

    What is looked up are the registrations before the write; those being written are told by their states.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._own = log.info(connection, "own_unit")
        self._units: set[str] = set()
        self._registered: dict[str, set[str]] = {}
        self._steady: set[str] = set()
        self._named: set[str] = set()
        self._others: set[str] = set()

    def add(self, type_name: str, record: str, unit: Value, model: Value) -> None:
        """A record as it stands before the write, or will stand after it."""
        if type_name == MODEL:
            self._others.add(record)
        elif type_name == REGISTRATION:
            self._units.add(str(unit or self._own))
            written = self._registered.setdefault(str(model), set())
            if record in written:  # before and after
                self._steady.add(str(model))
            written.add(record)
        elif unit:
            self._units.add(str(unit))
            if model and type_name in _HAVE_BOTH:
                self._others.add(str(model))
        elif model:
            self._named.add(str(model))
        else:
            self._units.add(self._own)

    def write(self) -> None:
        """Note the units as stale."""
        standing = self._registrations({*self._registered, *self._named, *self._others})
        self._units.update(unit or self._own for each in standing.values() for unit in each.values())
        lonely = self._named - standing.keys() - self._registered.keys()
        changed = self._registered.keys() - self._steady
        orphaned = [m for m in changed if not standing.get(m, {}).keys() - self._registered[m]]
        if lonely or self._have_records(orphaned):
            self._units.add(self._own)
        self._connection.executemany(
            "INSERT OR IGNORE INTO kept_stale (unit) VALUES (?)", [(unit,) for unit in sorted(self._units)]
        )

    def _registrations(self, models: Iterable[str]) -> dict[str, dict[str, str | None]]:
        """By model the id and the unit of its live registrations."""
        found: dict[str, dict[str, str | None]] = {}
        for part in store.in_parts(sorted(models)):
            marks = ", ".join("?" * len(part))
            sql = f"SELECT model, id, unit FROM registration WHERE {REMOVED} IS NULL AND model IN ({marks})"
            for model, record, unit in self._connection.execute(sql, part):
                found.setdefault(model, {})[record] = unit
        return found

    def _have_records(self, models: Iterable[str]) -> bool:
        """Whether any record names one of the models: it belongs elsewhere while there is no registration."""
        for part in store.in_parts(models):
            marks = ", ".join("?" * len(part))
            for each in DATED:
                sql = f"SELECT 1 FROM {each.type} WHERE model IN ({marks}) LIMIT 1"
                if self._connection.execute(sql, part).fetchone():
                    return True
        return False


@cache
def _places(record_type: RecordType) -> tuple[int | None, int | None]:
    """Where unit and model stand in a full row."""
    columns = store.stored_columns(record_type)
    unit, model = (columns.index(name) if name in columns else None for name in ("unit", "model"))
    return unit, model


def _is_kept(connection: Connection) -> bool:
    return bool(log.info(connection, KEPT))


def note_new(connection: Connection, rows: Mapping[RecordType, Sequence[Sequence[Value]]]) -> None:
    """Full rows, by type, that are about to be inserted."""
    counted = [kind for kind in rows if kind.name in FIELDS and rows[kind]]
    if not counted or not _is_kept(connection):
        return
    touched = _Touched(connection)
    for kind in counted:
        unit, model = _places(kind)
        for row in _that_matter(kind, rows[kind]):
            values = (None if place is None else row[place] for place in (unit, model))
            touched.add(kind.name, str(row[1]), *values)
    touched.write()


def _that_matter(kind: RecordType, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    """All but models of which the sums know nothing besides their registrations."""
    columns = [store.stored_columns(kind).index(name) for name in FIELDS[MODEL]] if kind.name == MODEL else []
    return (row for row in rows if not columns or any(row[place] is not None for place in columns))


def note_marked(connection: Connection, record_type: RecordType, records: Iterable[store.Record]) -> None:
    """Records that are about to be removed or to come back."""
    if record_type.name not in FIELDS or not _is_kept(connection):
        return
    touched = _Touched(connection)
    for record in records:
        touched.add(record_type.name, record.id, record.values.get("unit"), record.values.get("model"))
    touched.write()


def note_changed(connection: Connection, record_type: RecordType, row: int, record: str, now: Values) -> None:
    """A row that is about to say ``now``, new or not; nothing where no sum looks at what changes."""
    fields = FIELDS.get(record_type.name)
    if not fields or not _is_kept(connection):
        return
    sql = f"SELECT {REMOVED}, {', '.join(fields)} FROM {record_type.name} WHERE row = ?"
    before = connection.execute(sql, (row,)).fetchone() or ("none",)
    after = (now.get(REMOVED), *(now.get(name) for name in fields))
    if before == after:
        return
    touched = _Touched(connection)
    for removed, *values in (before, after):
        if removed is None:
            stated = dict(zip(fields, values, strict=True))
            touched.add(record_type.name, record, stated.get("unit"), stated.get("model"))
    touched.write()
