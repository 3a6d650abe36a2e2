"""Which rows of the sheet "Đơn vị" can be taken: codes, superiors, predecessors, periods, no circles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from forms.spreadsheets.actions import ImportPlan
from forms.spreadsheets.codes import Codes
from forms.spreadsheets.known import Known, by_code, code_key
from forms.spreadsheets.layout import UNITS
from forms.spreadsheets.rows import Entry
from resources import _

_DIVIDERS: Final = re.compile(r"[,;\n+]|\s+và\s+")


def predecessors(entry: Entry) -> list[str]:
    """The codes in "Thay cho", as they are written."""
    parts = (part.strip() for part in _DIVIDERS.split(entry.text("replaces")))
    return list(dict.fromkeys(part for part in parts if part))


def start(entry: Entry) -> str:
    """From when a row holds; empty = always."""
    return entry.text("valid_from")


@dataclass(slots=True)
class UnitRows:
    """The rows that can be taken, by the key of their code, each code's rows in the order of their dates."""

    known: Known
    plan: ImportPlan
    codes: Codes = field(init=False)
    rows: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        live, binned = self.known.live("org_unit"), self.known.binned("org_unit")
        self.codes = Codes("org_unit", by_code(live), by_code(binned))
        self.key_of = {row["id"]: code_key(row["code"]) for row in live}

    key_of: dict[str, str] = field(init=False)

    @property
    def own(self) -> str:
        """Key of the office's own unit."""
        return self.key_of.get(self.known.own_unit, "")

    def take(self, entries: Iterable[Entry]) -> None:
        """Sort out the rows: what cannot be taken is refused, with everything that needs it."""
        for entry in entries:
            self._take(entry)
        self._refuse_overlaps()
        self._refuse_strangers()
        self._refuse_circles()
        self._refuse_strangers()

    def superiors(self, key: str) -> list[str]:
        """Keys of the units above one: as the file says, else as the book says."""
        stated = [code_key(row.text("parent")) for row in self.rows.get(key, ()) if row.text("parent")]
        if stated or key not in self.codes.known:
            return stated
        unit = self.codes.known[key]["id"]
        return [
            self.key_of[row["parent"]]
            for row in self.known.live("unit_parent")
            if row["unit"] == unit and row["parent"] in self.key_of
        ]

    def above(self, key: str) -> set[str]:
        """Keys of all units over one, whatever the date."""
        found: set[str] = set()
        ahead = self.superiors(key)
        while ahead:
            one = ahead.pop()
            if one not in found:
                found.add(one)
                ahead.extend(self.superiors(one))
        return found

    # -- sorting out

    def kin(self, key: str) -> set[str]:
        """Keys of those whom a unit replaces or who replace it, near or far."""
        ties = [
            {new, code_key(code)}
            for new, rows in self.rows.items()
            for row in rows
            for code in predecessors(row)
        ]
        found: set[str] = set()
        waiting = {key}
        while waiting:
            found |= waiting
            waiting = set[str]().union(*(tie for tie in ties if tie & waiting)) - found
        return found

    def _take(self, entry: Entry) -> None:
        key = code_key(entry.text("code"))
        if key in self.codes.binned and key not in self.codes.known:
            self._skip_binned(entry)
        elif code_key(entry.text("parent")) == key:
            self.refuse(entry, "parent", _("A unit cannot be its own superior."))
        elif key in map(code_key, predecessors(entry)):
            self.refuse(entry, "replaces", _("A unit cannot replace itself."))
        else:
            self.rows.setdefault(key, []).append(entry)

    def _skip_binned(self, entry: Entry) -> None:
        reason = _("This unit is in the bin; it was not brought back.")
        self.plan.findings.warn("in_bin", entry.sheet, entry.row, "", entry.text("code"), reason)
        self.plan.unchanged["org_unit"] += 1

    def refuse(self, entry: Entry, name: str, reason: str) -> None:
        """Refuse a row because of one of its columns."""
        heading = UNITS.column(name).heading
        self.plan.findings.refuse(entry.sheet, entry.row, heading, entry.shown(name), reason)
        key = code_key(entry.text("code"))
        left = [row for row in self.rows.get(key, ()) if row is not entry]
        if left:
            self.rows[key] = left
        else:
            self.rows.pop(key, None)
            self.codes.refused.add(key)

    def _refuse_overlaps(self) -> None:
        """A code may stand in several rows only if their periods follow each other."""
        for key in list(self.rows):
            # The first row of a period is the one that counts
            ordered = sorted(self.rows[key], key=start)
            self.rows[key] = ordered
            for before, after in _neighbours(ordered):
                if before.values == after.values:
                    self._drop_repeated(key, before, after)
                elif not before.text("valid_to") or before.text("valid_to") >= start(after):
                    reason = _("The code {code} stands in row {row} too, for the same time.").format(
                        code=after.text("code"), row=before.row
                    )
                    self.refuse(after, "code", reason)

    def _drop_repeated(self, key: str, before: Entry, after: Entry) -> None:
        reason = _("This row is the same as row {row}; it was left out.").format(row=before.row)
        self.plan.findings.warn("repeated", after.sheet, after.row, "", after.text("code"), reason)
        self.rows[key] = [row for row in self.rows[key] if row is not after]

    def _refuse_strangers(self) -> None:
        """Refuse rows whose superior or predecessor is unknown, and then those that need them."""
        while strangers := list(self._strangers()):
            for entry, name, code in strangers:
                self.refuse(entry, name, str(self.codes.unknown(code)))

    def _strangers(self) -> Iterator[tuple[Entry, str, str]]:
        for rows in list(self.rows.values()):
            for entry in rows:
                wanted = [
                    ("parent", entry.text("parent")),
                    *(("replaces", code) for code in predecessors(entry)),
                ]
                for name, code in wanted:
                    if code and code_key(code) not in self.rows and code_key(code) not in self.codes.known:
                        yield entry, name, code
                        break

    def _refuse_circles(self) -> None:
        circular = [key for key in self.rows if key in self.above(key)]
        for key in circular:
            for entry in list(self.rows[key]):
                if entry.text("parent"):
                    reason = _(
                        "{code} would stand under itself by way of {superior}. Please correct the superiors."
                    )
                    words = reason.format(code=entry.text("code"), superior=entry.text("parent"))
                    self.refuse(entry, "parent", words)


def _neighbours(rows: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    for place in range(1, len(rows)):
        yield rows[place - 1], rows[place]
