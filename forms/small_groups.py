"""Givers whose amounts are hidden: not to be told from the total either.

A total of which one amount is hidden gives that amount away. Totals stay true, so it is the giver that the
reader must not be able to name: where an amount is hidden without the name being agreed to, no initials
stand; where it is, the name stands only among three givers or more whose amounts are hidden alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from db import RECORD_TYPES, Value
from db.person_names import NAMELESS, key_of
from db.vietnamese import fold
from forms.audience import Shown, Values

AT_LEAST: Final = 3
"""So many givers must hide in one total for any of them to be named beside it."""

_FIELDS: Final = RECORD_TYPES["contribution"].fields
AMOUNTS: Final = frozenset(each.name for each in _FIELDS if each.scope == "amount")
_UNNAMED: Final = {"household": "Hộ gia đình", "individual": "Cá nhân"}
# With few in a total, the day and the receipt would name the giver to those who were there
_TELLING: Final = ("given_on", "receipt_no")

Group = tuple[str, ...]


def gave_nothing(values: Values) -> bool:
    """Whether a row says that nothing was given: such rows are a list of who did not give, and no list's."""
    stated = [values[name] for name in AMOUNTS if values[name] is not None]
    return bool(stated) and not any(stated)


def unnamed(before: Sequence[Values], shown: Sequence[Shown]) -> list[Shown]:
    """Contributions, once more: those that their total would give away, without a name.

    ``before`` are their values as the book has them, in the same order.
    """
    pairs = list(zip(before, shown, strict=True))
    givers: dict[Group, set[tuple[str, Value]]] = defaultdict(set)
    for values, one in pairs:
        for group in _groups(values, one):
            givers[group].add((key_of(str(values["contributor"])), values.get("unit")))
    few = {group for group, found in givers.items() if len(found) < AT_LEAST}
    return [_without_name(one, few, list(_groups(values, one))) for values, one in pairs]


def _groups(values: Values, one: Shown) -> Iterator[Group]:
    """The totals in which hidden amounts of a contribution are."""
    if not one.hidden & AMOUNTS:
        return
    kind = str(values["kind"])
    goods = (fold(str(values["item"] or "")), fold(str(values["measure"] or ""))) if kind == "in_kind" else ()
    yield (kind, *goods)
    if values["converted_vnd"] is not None:
        yield ("converted",)


def unnamed_alone(values: Values, one: Shown) -> Shown:
    """One contribution for a list whose totals stand elsewhere: with its amount hidden nobody is named."""
    groups = list(_groups(values, one))
    return _without_name(one, set(groups), groups)


def _without_name(one: Shown, few: set[Group], groups: list[Group]) -> Shown:
    is_few = any(group in few for group in groups)
    if not groups or not (is_few or "contributor" in one.hidden):
        return one
    name = _UNNAMED.get(str(one.values["contributor_kind"]), NAMELESS)
    taken: dict[str, Value] = dict.fromkeys(_TELLING if is_few else ())
    if is_few and one.values["given_on"]:
        taken["given_year"] = int(str(one.values["given_on"])[:4])
    return Shown({**one.values, **taken, "contributor": name}, one.hidden | {"contributor", *taken})
