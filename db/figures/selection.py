"""Which stated totals count for what was asked, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique

from db.figures.quantities import SINCE_NEW_YEAR, Quantity, Total
from db.figures.scope import Scope


@unique
class Standing(Enum):
    """Why a total counts or does not."""

    COUNTED = "counted"
    EMPTY = "empty"
    CUT_OFF = "cut_off"
    WIDER = "wider_than_asked"
    REPLACED = "restated"
    OVERLAPPED = "overlap"


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked about, as ordinals: for quantities that start at New Year, and for all others."""

    start: int
    new_year: int
    end: int
    cutoff: int

    def of(self, quantity: Quantity) -> tuple[int, int]:
        """First and last day for a quantity."""
        return (self.new_year if quantity in SINCE_NEW_YEAR else self.start), self.end


def related(totals: Mapping[str, Sequence[Total]], scope: Scope, span: Days) -> Iterator[Total]:
    """Totals (by unit) that share a unit and a day with what was asked."""
    for unit in scope.relatives(span.new_year, span.end):
        for total in totals.get(unit, ()):
            start, end = span.of(total.quantity)
            start, end = max(start, total.start), min(end, total.end)
            if start <= end and scope.meets(unit, start, end):
                yield total


def _first_sight(total: Total, scope: Scope, span: Days) -> Standing:
    start, end = span.of(total.quantity)
    if total.value is None:
        return Standing.EMPTY
    if total.as_of > span.cutoff:
        return Standing.CUT_OFF
    within = start <= total.start and total.end <= end
    if not within or not scope.holds_all(total.unit, total.start, total.end):
        return Standing.WIDER
    return Standing.COUNTED


def judged(totals: Sequence[Total], scope: Scope, span: Days) -> dict[str, Standing]:
    """The standing of each total by its id; overlaps are judged later, by what counts more."""
    standing = {total.fact.id: _first_sight(total, scope, span) for total in totals}
    latest: dict[object, Total] = {}
    for total in sorted(totals, key=lambda each: each.age):
        if standing[total.fact.id] is Standing.COUNTED:
            if total.region in latest:
                standing[latest[total.region].fact.id] = Standing.REPLACED
            latest[total.region] = total
    return standing


def replaced_by(total: Total, totals: Iterable[Total], standing: Mapping[str, Standing]) -> Total:
    """The total that counts in place of a replaced one."""
    kept = (Standing.COUNTED, Standing.OVERLAPPED)
    return next(each for each in totals if each.region == total.region and standing[each.fact.id] in kept)
