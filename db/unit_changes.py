"""Units renamed, merged, divided and dissolved on a day: each is one write with all that follows from it.

The old unit ends the day before, its successors begin on the day, and whoever stood below it moves along.
Of the book's own unit its office goes along too: from that day the book is its successor's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from db.errors import BookError
from db.life.standing import seen_by
from db.own_unit import CONTINUED, DIVIDED
from db.reading import Reading
from db.records.definition import Value
from db.store import Record
from db.writing import Writing
from resources import N_, _

RENAMED: Final = "replaced"
MERGED: Final = "merged"
"""Kinds of succession besides those of units that are divided."""

_WHY: Final = {
    "own": N_("“{name}” is the unit of this book; it can be renamed, merged or divided, but not dissolved."),
    "keeper": N_("Say to which of the new units this book belongs from that day on."),
    "followed": N_("Another unit has already come after “{name}”; take that change back first."),
    "code": N_("There is already a unit with the code {name}."),
    "ended": N_("“{name}” does not exist any more on this day."),
    "not_yet": N_("“{name}” does not exist before this day."),
    "superior": N_("The units stand under different superiors; say under which one “{name}” stands."),
    "under_itself": N_("“{name}” cannot stand under itself or under a unit that ends."),
    "parts": N_("A unit is divided into at least two."),
    "one": N_("Units are merged from at least two, or into one that exists."),
    "unplaced": N_("Say to which of the new units “{name}” belongs."),
}


class UnitChangeError(BookError):
    """The change cannot be made: ``why`` is a key of the table above, ``name`` the unit or code at fault."""

    def __init__(self, why: str, name: str) -> None:
        super().__init__(f"{why}: {name}")
        self.why = why
        self.name = name

    def sentence(self) -> str:
        """What to tell the clerk."""
        return " ".join((_(_WHY[self.why]).format(name=self.name), _("Nothing was changed.")))


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that begins. Without ``kind`` and ``parent`` (an id) it has those of the unit it replaces."""

    code: str
    name: str
    kind: str | None = None
    parent: str | None = None


def rename(write: Writing, unit: str, new: Successor, on: str, decision: str | None = None) -> str:
    """From ``on`` (ISO) the unit has another name, before it keeps the old one. Id of the new unit."""
    change = _Change(write, on, decision)
    old = change.ending(unit)
    made = change.begin(new, [old])
    change.succeed(old, made, RENAMED)
    change.move_below([old], lambda _child: made)
    change.hand_over([old], made, with_signatories=True)
    return made


def merge(
    write: Writing, units: Sequence[str], into: Successor | str, on: str, decision: str | None = None
) -> str:
    """Several units become one on a day: a new one, or one that goes on (its id). Id of that unit.

    The book's own unit may stand alone: the others need not be in its book.
    """
    change = _Change(write, on, decision)
    olds = [change.ending(unit) for unit in dict.fromkeys(units) if unit != into]
    is_enough = isinstance(into, str) or any(change.is_own(old) for old in olds)
    if len(olds) < (1 if is_enough else 2):
        raise UnitChangeError("one", "")
    made = change.taking_in(into, olds) if isinstance(into, str) else change.begin(into, olds)
    for old in olds:
        change.succeed(old, made, MERGED)
    change.move_below(olds, lambda _child: made)
    change.hand_over(olds, made)
    return made


def divide(
    write: Writing,
    unit: str,
    into: Sequence[Successor],
    on: str,
    *,
    below: Mapping[str, str] | None = None,
    keeper: str | None = None,
    decision: str | None = None,
) -> list[str]:
    """One unit becomes several on a day. ``below``: id of each unit below it -> code of its new superior.

    ``keeper``: of the book's own unit the code of the part to which the book belongs from then on.
    Ids of the new units, in order.
    """
    change = _Change(write, on, decision)
    old = change.ending(unit)
    if len(into) < 2:
        raise UnitChangeError("parts", old.title)
    if change.is_own(old) and keeper not in {new.code for new in into}:
        raise UnitChangeError("keeper", old.title)
    made = {new.code: change.begin(new, [old]) for new in into}
    goes_on = made[keeper] if keeper and change.is_own(old) else None
    for one in made.values():
        change.succeed(old, one, CONTINUED if one == goes_on else DIVIDED)
    codes = below or {}
    change.move_below([old], lambda child: made.get(codes.get(child, "")))
    if goes_on:
        change.hand_over([old], goes_on)
    return list(made.values())


def dissolve(write: Writing, unit: str, on: str, to: str | None = None) -> None:
    """A level falls away: the unit ends without a successor, whoever stands below it comes under ``to``
    (an id), else under its superior."""
    change = _Change(write, on, None)
    old = change.ending(unit)
    if change.is_own(old):
        raise UnitChangeError("own", old.title)
    above = to or change.superior(old) or change.own
    if above == unit or change.stands_under(above, unit):
        raise UnitChangeError("under_itself", old.title)
    change.end(old)
    change.move_below([old], lambda _child: above)


def units_below(book: Reading, unit: str, on: str) -> list[Record]:
    """Units that stand directly under ``unit`` on a day or come under it later, by code; none that ended."""
    links = book.find("unit_parent", {"parent": unit})
    found = {str(link["unit"]) for link in links if not _ended(link, on)}
    line = book.own_line(on)
    if unit == line[-1]:
        found.update(_hanging(book, line))
    units = book.find("org_unit", {"id": sorted(found)}, "code") if found else []
    return [one for one in units if not _ended(one, on)]


def _hanging(book: Reading, line: Sequence[str]) -> set[str]:
    """Units of which no superior is told: they hang under the last of the book's own line (interfaces 2), but
    for parts of it that went their own way."""
    links = list(book.rows("unit_parent", ("unit", "parent")))
    placed = {*line, *(unit for unit, _parent in links), *_all_above(line, links)}
    placed.update(new for old, new in book.rows("unit_succession", ("old_unit", "new_unit")) if old in line)
    return {unit for (unit,) in book.rows("org_unit", ("id",))} - placed


def _all_above(units: Sequence[str], links: Sequence[tuple[str, str]]) -> set[str]:
    """Whoever stood above one of them on any day."""
    above, waiting = set[str](), set(units)
    while waiting := {parent for below, parent in links if below in waiting} - above:
        above |= waiting
    return above


def superior_of(book: Reading, unit: str, on: str) -> str | None:
    """The unit directly above on a day; ``None`` = it hangs under the book's own."""
    links = [link for link in book.find("unit_parent", {"unit": unit}) if _reaches(link, on)]
    latest = max(links, key=lambda link: str(link["valid_from"] or ""), default=None)
    return str(latest["parent"]) if latest else None


class _Change:
    """One change on one day: who ends, who begins, who moves."""

    def __init__(self, write: Writing, on: str, decision: str | None) -> None:
        self._write = write
        self._on = on
        self._before = (date.fromisoformat(on) - timedelta(1)).isoformat()
        self._decision = decision
        self._ending: set[str] = set()
        self._line = seen_by(write).own_line(self._before)
        self.own = self._line[-1]

    def is_own(self, unit: Record) -> bool:
        """Whether it is the book's own on the day before."""
        return unit.id == self.own

    def living(self, unit: str) -> Record:
        """A unit that exists on the day."""
        found = seen_by(self._write).get("org_unit", unit)
        if found.removed or _ended(found, self._on):
            raise UnitChangeError("ended", found.title)
        return found

    def ending(self, unit: str) -> Record:
        """A unit that may end on the day."""
        found = self.living(unit)
        if seen_by(self._write).count("unit_succession", {"old_unit": unit}):
            raise UnitChangeError("followed", found.title)
        if found["valid_from"] is not None and str(found["valid_from"]) >= self._on:
            raise UnitChangeError("not_yet", found.title)
        self._ending.add(unit)
        return found

    def taking_in(self, unit: str, olds: Sequence[Record]) -> str:
        """A unit that goes on and takes in the old ones."""
        found = self.living(unit)
        if any(self.stands_under(unit, old.id) for old in olds):
            raise UnitChangeError("under_itself", found.title)
        return unit

    def superior(self, unit: Record) -> str | None:
        """The unit above on the day before."""
        return superior_of(seen_by(self._write), unit.id, self._before)

    def stands_under(self, unit: str, above: str) -> bool:
        """Whether ``unit`` is below ``above``, at any distance, on the day before."""
        book, seen = seen_by(self._write), set[str]()
        at: str | None = unit
        while at is not None and at not in seen:
            seen.add(at)
            at = superior_of(book, at, self._before)
            if at == above:
                return True
        return False

    def begin(self, new: Successor, olds: Sequence[Record]) -> str:
        """The new unit, under its superior."""
        write = self._write
        if seen_by(write).count("org_unit", {"code": new.code}):
            raise UnitChangeError("code", new.code)
        parent = self._parent_of(new, olds)
        kind = new.kind or olds[0]["kind"]
        words = olds[0]["kind_words"] if kind == olds[0]["kind"] else None
        stated: dict[str, Value] = {"code": new.code, "name": new.name, "kind": kind, "kind_words": words}
        made = write.add("org_unit", {**stated, "valid_from": self._on})
        if parent is not None:
            write.add("unit_parent", {"unit": made, "parent": parent})
        return made

    def _parent_of(self, new: Successor, olds: Sequence[Record]) -> str | None:
        if new.parent is not None:
            if new.parent in self._ending or any(self.stands_under(new.parent, old.id) for old in olds):
                raise UnitChangeError("under_itself", new.name)
            return self.living(new.parent).id
        above = {self.superior(old) for old in [old for old in olds if self.is_own(old)] or olds}
        if len(above) > 1:
            raise UnitChangeError("superior", new.name)
        return above.pop()

    def end(self, old: Record) -> None:
        """Its last day is the one before."""
        self._write.change("org_unit", old.id, {"valid_to": self._before})

    def succeed(self, old: Record, new: str, kind: str) -> None:
        """``old`` ends and ``new`` stands for it."""
        self.end(old)
        stated: dict[str, Value] = {"old_unit": old.id, "new_unit": new, "on_date": self._on, "kind": kind}
        self._write.add("unit_succession", {**stated, "decision": self._decision})

    def move_below(self, olds: Sequence[Record], target: Callable[[str], str | None]) -> None:
        """Whoever stands below the old units comes under ``target(child)`` from the day on."""
        book = seen_by(self._write)
        for old in olds:
            for child in units_below(book, old.id, self._on):
                above = target(child.id)
                if child.id == above:
                    continue
                if above is None:
                    raise UnitChangeError("unplaced", child.title)
                self._move(child.id, old.id, above)
            if self.is_own(old):
                self._place_hanging(book, target)

    def _place_hanging(self, book: Reading, target: Callable[[str], str | None]) -> None:
        """Units of which no superior is told go along with the book, but for those given to another part."""
        own = book.own_unit(self._on)
        for child in sorted(_hanging(book, self._line)):
            unit, above = book.get("org_unit", child), target(child)
            if child in self._ending or child == above or _ended(unit, self._on):
                continue
            if above is None:
                raise UnitChangeError("unplaced", unit.title)
            if above != own:
                self._write.add("unit_parent", {"unit": child, "parent": self.own, "valid_to": self._before})
                self._write.add("unit_parent", {"unit": child, "parent": above, "valid_from": self._on})

    # --- the office of the book's own unit ---

    def hand_over(self, olds: Sequence[Record], new: str, *, with_signatories: bool = False) -> None:
        """From the day on the office of ``new`` stands on papers as that of the book's own unit did."""
        book = seen_by(self._write)
        for old in filter(self.is_own, olds):
            names = (str(old["name"]), str(book.get("org_unit", new)["name"]))
            self._continue_profile(old.id, new, names)
            for signatory in self._valid("signatory", old.id) if with_signatories else ():
                values = {**_stated(signatory), "unit": new, "valid_from": self._on}
                self._write.change("signatory", signatory.id, {"valid_to": self._before})
                self._write.add("signatory", values)

    def _continue_profile(self, old: str, new: str, names: tuple[str, str]) -> None:
        if self._valid("office_profile", new):
            return
        for profile in self._valid("office_profile", old)[-1:]:
            line = _renamed(str(profile["name_line"] or ""), *names)
            place = _moved(str(profile["place"] or ""), *names)
            stated = {**_stated(profile), "unit": new, "valid_from": self._on}
            self._write.add("office_profile", {**stated, "name_line": line or None, "place": place or None})

    def _valid(self, type_name: str, unit: str) -> list[Record]:
        """What stands for an office on the day before or later, the latest last."""
        found = seen_by(self._write).find(type_name, {"unit": unit}, "valid_from")
        return [one for one in found if not ("valid_to" in one.values and _ended(one, self._before))]

    def _move(self, child: str, old: str, above: str) -> None:
        for link in _links(seen_by(self._write), child, old, self._on):
            if link["valid_from"] is not None and str(link["valid_from"]) >= self._on:
                self._write.change("unit_parent", link.id, {"parent": above})
                continue
            self._write.change("unit_parent", link.id, {"valid_to": self._before})
            stated: dict[str, Value] = {"unit": child, "parent": above, "valid_from": self._on}
            self._write.add("unit_parent", {**stated, "valid_to": link["valid_to"]})


def _stated(record: Record) -> dict[str, Value]:
    return {name: value for name, value in record.values.items() if value is not None}


def _renamed(line: str, old: str, new: str) -> str:
    """A line of the head with the new name in the place and in the letters of the old one."""
    name = new.upper() if line == line.upper() else new
    return re.sub(re.escape(old), lambda _found: name, line, flags=re.IGNORECASE)


def _moved(place: str, old: str, new: str) -> str:
    """The place of the date line: what stood behind the word for the kind (phường) in the old name stands
    behind it in the new one; any other place stays."""
    kind = old[: -len(place)].split()[-1:] if place and old.endswith(place) else []
    found = re.search(rf"\b{re.escape(kind[0])}\s+(.+)", new, re.IGNORECASE) if kind else None
    return found[1] if found else place


def _links(book: Reading, child: str, parent: str, on: str) -> Iterator[Record]:
    found = book.find("unit_parent", {"unit": child, "parent": parent})
    return (link for link in found if not _ended(link, on))


def _reaches(link: Record, day: str) -> bool:
    return (link["valid_from"] is None or str(link["valid_from"]) <= day) and not _ended(link, day)


def _ended(dated: Record, on: str) -> bool:
    return dated["valid_to"] is not None and str(dated["valid_to"]) < on
