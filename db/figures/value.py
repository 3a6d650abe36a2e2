"""The value of a figure: stated totals and records of one quantity in what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db.figures.algebra import Algebra, Totals, together
from db.figures.counting import Marks, loose_amount
from db.figures.ground import Ground
from db.figures.overlaps import left_out
from db.figures.quantities import ALL, DIMENSIONS, Dims, Mark, Number, Quantity, Total, inside, meeting
from db.figures.scope import Scope
from db.figures.selection import Standing


class Value:
    """One quantity in what was asked: its marks, the totals that count, and what they come to.

    ``stated`` are all totals that share something with what was asked, counted or not; ``has_records``
    says whether the asked unit has records of this kind in the period.
    """

    def __init__(
        self,
        quantity: Quantity,
        scope: Scope,
        days: tuple[int, int],
        marks: Iterable[Mark],
        stated: Sequence[Total],
        standing: Mapping[str, Standing],
        has_records: bool,
    ) -> None:
        self.quantity, self.scope, self.days = quantity, scope, days
        self.stated = stated
        self.has_records = has_records
        self.marks = Marks(marks, scope.covering)
        candidates = [total for total in stated if standing[total.fact.id] is Standing.COUNTED]
        self._ground = Ground(scope, candidates)
        lost = left_out(self._algebra_of(candidates))
        self.overlapped = [candidates[i] for i in sorted(lost)]
        self.totals = [total for i, total in enumerate(candidates) if i not in lost]
        self.algebra = self._algebra_of(self.totals)

    def _algebra_of(self, totals: Sequence[Total]) -> Algebra:
        areas = [self._ground.area(total) for total in totals]
        own = [(total.value or 0) - self.covered(total) for total in totals]
        is_loose = [self.marks.is_loose(dimension) for dimension in range(len(DIMENSIONS))]
        return Algebra(totals, areas, own, is_loose, self._loose)

    def covered(self, total: Total) -> Number:
        """The records that a total covers."""
        return self.marks.under(total.start, total.end, total.dims).get(total.unit, 0)

    def _loose(self, dimension: int, area: int, start: int, end: int, dims: Dims) -> Number:
        found = (
            mark
            for mark in self.marks.during(start, end)
            if inside(mark.place.dims, dims) and self._ground.holds(area, *mark.place[:2])
        )
        return loose_amount(found, dimension)

    def inside(self, dims: Dims) -> Totals:
        """The counted totals inside a region of the asked unit and period."""
        return together(i for i, total in enumerate(self.totals) if inside(total.dims, dims))

    def amount(self, dims: Dims = ALL) -> Number | None:
        """The value of a region, ``None`` with nothing stated or recorded."""
        totals = self.inside(dims)
        if not totals and not self.marks.any_at(dims):
            return None
        return self.marks.amount(dims) + self.algebra.excess(totals, dims)

    def sources(self, dims: Dims) -> int:
        """How many records and counted totals are behind a region."""
        return self.marks.how_many(dims) + self.inside(dims).bit_count()

    def is_touched(self, dims: Dims = ALL) -> bool:
        """Does a stated total, counted or not, share something with a region?"""
        return any(meeting(total.dims, dims) for total in self.stated)

    def amount_or_none(self, dims: Dims = ALL) -> Number | None:
        """The value of a region; 0 where there can be nothing, ``None`` where nothing is known."""
        found = self.amount(dims)
        if found is None and self.has_records and not self.is_touched(dims):
            return 0
        return found

    def recorded(self, count: int) -> int | None:
        """A count of records by something that totals do not tell apart; 0 only if they tell of no more."""
        return count or (0 if self.has_records and not self.is_touched() else None)

    def exceeded(self) -> list[tuple[Total, Number]]:
        """Totals whose parts or records come to more, and to how much."""
        self.algebra.excess(self.inside(ALL))
        found = sorted(self.algebra.exceeded.items())
        return [(self.totals[i], (self.totals[i].value or 0) + more) for i, more in found]
