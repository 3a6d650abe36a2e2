"""Turns the rows of units into records: units, who stands under whom since when, who succeeded whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from db import RECORD_TYPES, Value
from db.choices import unit_kind_under
from db.own_unit import CONTINUED
from db.vietnamese import fold
from forms.spreadsheets.actions import ImportPlan, New, Planned
from forms.spreadsheets.differences import differing
from forms.spreadsheets.known import Row, code_key
from forms.spreadsheets.layout import UNITS
from forms.spreadsheets.rows import Entry
from forms.spreadsheets.units import UnitRows, predecessors, start
from resources import _


def _day(iso: Value, days: int) -> str | None:
    return (date.fromisoformat(str(iso)) + timedelta(days)).isoformat() if iso else None


@dataclass(slots=True)
class _Edge:
    """A unit's place under another. ``row``: the record, None = to be made."""

    parent: str
    valid_from: Value = None
    valid_to: Value = None
    row: Row | None = None

    def changed(self, parent: Planned) -> dict[str, Planned]:
        """What differs from the record."""
        now: dict[str, Planned] = {"parent": parent, "valid_from": self.valid_from, "valid_to": self.valid_to}
        return {name: value for name, value in now.items() if self.row is None or self.row[name] != value}


@dataclass(slots=True)
class UnitRecords:
    """Plans the records of the rows that ``units`` lets through.

    ``placed``, ``succeeded``: units whose superiors and predecessors sheets of their own tell.
    """

    units: UnitRows
    plan: ImportPlan
    ends: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    tops: frozenset[str] = frozenset()
    placed: frozenset[str] = frozenset()
    succeeded: frozenset[str] = frozenset()

    def write(self) -> None:
        """Plan everything the rows say."""
        self._find_ends()
        own = self.units.own
        self.tops = frozenset({own, *self.units.above(own), *self.units.kin(own)})
        for key in self.units.rows:
            if key not in self.units.codes.known:
                self.units.codes.new[key] = New("org_unit", key)
        for key, rows in self.units.rows.items():
            self._unit(key, rows)
            self._places(key, rows, may_hang=key not in self.tops)
            self._successions(key, rows)
        self._ends_of_others()
        self._count()
        self._note_namesakes()

    # -- units

    def _unit(self, key: str, rows: list[Entry]) -> None:
        values = self._values(key, rows)
        present = self.units.codes.known.get(key)
        if present is None:
            self.plan.add("org_unit", key, values)
            return
        if self._is_move(key, rows):
            values.pop("valid_from", None)
        values.pop("code")
        changes, kept = differing(self.units.known, self.plan, "org_unit", present, values, rows[-1])
        self.plan.change("org_unit", present["id"], changes, kept)
        if changes:
            self.touched.add(key)
        elif kept:
            self.held.add(key)

    def _values(self, key: str, rows: list[Entry]) -> dict[str, Value]:
        latest = rows[-1]
        values: dict[str, Value] = {}
        columns = RECORD_TYPES["org_unit"].columns
        for row in rows:
            values.update({name: _plain(row, name) for name in columns if name in row.values})
        values["code"] = rows[0].text("code")
        values["valid_from"] = min(map(start, rows)) or None
        values["valid_to"] = latest.text("valid_to") or self.ends.get(key)
        if "kind" in values:
            values["kind"] = self._kind(key, str(values["kind"]))
        return {name: value for name, value in values.items() if value is not None}

    def _kind(self, key: str, kind: str) -> str:
        # The office's own unit and those above it hang under nothing that the office knows
        usual = [] if key in self.tops else [self.units.own]
        for superior in self.units.superiors(key) or usual:
            if (found := unit_kind_under(kind, self._kind_as_stated(superior))) != kind:
                return found
        return kind

    def _kind_as_stated(self, key: str) -> str | None:
        stated = [row.text("kind") for row in self.units.rows.get(key, ()) if row.text("kind")]
        if stated:
            return stated[-1]
        known = self.units.codes.known.get(key)
        return known["kind"] if known else None

    # -- who stands under whom

    def _places(self, key: str, rows: list[Entry], *, may_hang: bool) -> None:
        if key in self.placed:
            return
        edges = self._edges(key)
        for row in rows:
            if row.text("parent"):
                self._place(key, row, edges, alone=len(rows) == 1)
        if not edges and may_hang:
            edges.append(_Edge(self.units.own))
        unit = self.units.codes.resolve(rows[0].text("code"))
        for number, edge in enumerate(edges):
            changed = edge.changed(self._planned(edge.parent))
            if edge.row is None:
                self.plan.add("unit_parent", f"{key}\n{number}", {"unit": unit, **changed})
            elif changed:
                self.plan.change("unit_parent", edge.row["id"], changed, {})
            if changed:
                self.touched.add(key)

    def _edges(self, key: str) -> list[_Edge]:
        known = self.units.codes.known.get(key)
        rows = [row for row in self.units.known.live("unit_parent") if known and row["unit"] == known["id"]]
        edges = [
            _Edge(self.units.key_of.get(row["parent"], ""), row["valid_from"], row["valid_to"], row)
            for row in rows
        ]
        return sorted(edges, key=lambda edge: str(edge.valid_from or ""))

    def _place(self, key: str, row: Entry, edges: list[_Edge], *, alone: bool) -> None:
        parent = code_key(row.text("parent"))
        begin, end = start(row) or None, row.text("valid_to") or None
        same = next((edge for edge in edges if edge.parent == parent), None)
        if same is not None:
            if not alone:
                same.valid_from, same.valid_to = begin or same.valid_from, end or same.valid_to
        elif not edges:
            edges.append(_Edge(parent) if alone else _Edge(parent, begin, end))
        elif alone and not self._moves(key, row, edges[-1]):
            edges[-1].parent = parent
        else:
            if begin and not edges[-1].valid_to:
                edges[-1].valid_to = _day(begin, -1)
            edges.append(_Edge(parent, begin, None if alone else end))

    def _moves(self, key: str, row: Entry, place: _Edge) -> bool:
        """Whether a row with another superior says that the unit moved, not that its place was wrong."""
        known = self.units.codes.known.get(key)
        since = place.valid_from or (known["valid_from"] if known else None)
        if not start(row):
            return False
        return str(since) < start(row) if since else place.parent != self.units.own

    def _is_move(self, key: str, rows: list[Entry]) -> bool:
        """Whether the date of a unit's only row is that of its move under another superior."""
        edges = self._edges(key)
        row = rows[0]
        if key in self.placed or len(rows) > 1 or not edges or not row.text("parent"):
            return False
        parent = code_key(row.text("parent"))
        same = next((place for place, edge in enumerate(edges) if edge.parent == parent), None)
        if same is None:
            return self._moves(key, row, edges[-1])
        return same > 0 and edges[same].valid_from == start(row)

    def _planned(self, key: str) -> Planned:
        known = self.units.codes.known.get(key)
        return known["id"] if known else self.units.codes.new[key]

    # -- who succeeded whom

    def _find_ends(self) -> None:
        """A unit that was replaced ended the day before, unless its end is stated."""
        for successor, rows in self.units.rows.items():
            for row in rows if successor not in self.succeeded else ():
                for code in predecessors(row):
                    key, end = code_key(code), _day(start(row) or None, -1)
                    if end and key != self.units.own and not self._stated_end(key):
                        self.ends[key] = max(end, self.ends.get(key, ""))

    def _stated_end(self, key: str) -> Value:
        rows = self.units.rows.get(key, ())
        known = self.units.codes.known.get(key)
        return next((row.text("valid_to") for row in rows if row.text("valid_to")), None) or (
            known["valid_to"] if known else None
        )

    def _ends_of_others(self) -> None:
        for key, end in self.ends.items():
            known = self.units.codes.known.get(key)
            if known and key not in self.units.rows and known["valid_to"] is None:
                self.plan.change("org_unit", known["id"], {"valid_to": end}, {})

    def _successions(self, key: str, rows: list[Entry]) -> None:
        for row in rows if key not in self.succeeded else ():
            codes = predecessors(row)
            for code in codes:
                old = code_key(code)
                on = start(row) or _day(self._stated_end(old) or self.ends.get(old), 1)
                kind = self._kind_of_change(old, len(codes))
                self._succession(key, old, {"on_date": on, "kind": kind})

    def _kind_of_change(self, old: str, olds: int) -> str:
        successors = sum(
            old in map(code_key, predecessors(row)) for rows in self.units.rows.values() for row in rows
        )
        return "divided" if successors > 1 else "merged" if olds > 1 else "replaced"

    def _succession(self, key: str, old: str, values: Mapping[str, Value]) -> None:
        pair = (self._planned(old), self._planned(key))
        stated = {name: value for name, value in values.items() if value is not None}
        for row in self.units.known.live("unit_succession"):
            if (row["old_unit"], row["new_unit"]) == pair:
                if row["kind"] == CONTINUED:  # more than these rows can say
                    stated.pop("kind", None)
                changed = {name: value for name, value in stated.items() if row[name] != value}
                self.plan.change("unit_succession", row["id"], changed, {})
                self.touched.update([key] if changed else [])
                return
        self.plan.add(
            "unit_succession", f"{old}\n{key}", {"old_unit": pair[0], "new_unit": pair[1], **stated}
        )
        self.touched.add(key)

    # -- what was done

    def _count(self) -> None:
        for key in self.units.rows:
            if key not in self.units.codes.known:
                self.plan.accepted["org_unit"] += 1
            else:
                self.plan.count(
                    "org_unit", dict.fromkeys(self.touched & {key}), dict.fromkeys(self.held & {key})
                )

    def _note_namesakes(self) -> None:
        seen: dict[tuple[str, str], str] = {
            (fold(row["name"]), next(iter(self.units.superiors(key)), self.units.own)): key
            for key, row in self.units.codes.known.items()
        }
        for key, rows in self.units.rows.items():
            entry = rows[-1]
            place = (fold(entry.text("name")), next(iter(self.units.superiors(key)), self.units.own))
            other = seen.setdefault(place, key)
            if other != key and not entry.text("replaces"):
                reason = _("Another unit of this name stands under the same superior: {code}.").format(
                    code=self._code(other)
                )
                self.plan.findings.warn(
                    "nearly_equal",
                    entry.sheet,
                    entry.row,
                    UNITS.column("name").heading,
                    entry.text("name"),
                    reason,
                )

    def _code(self, key: str) -> str:
        known = self.units.codes.known.get(key)
        return str(known["code"]) if known else self.units.rows[key][0].text("code")


def _plain(entry: Entry, name: str) -> Value:
    value = entry.values[name]
    return value if isinstance(value, int | str) else str(value)
