"""The facts of a question from kept sums; where they do not fit it, from the records themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from db.figures.facts import Asked, Facts
from db.figures.frame import load_frame
from db.figures.ledger import Ledger
from db.figures.load import load_models, load_sums
from db.figures.quantities import REGISTRANTS, Total
from db.figures.question import Question
from db.reading import Reading
from db.sums import tables
from db.sums.folding import Folding
from db.sums.gathering import Gathered, Gathering, Membership
from db.sums.making import DayKind, UnitSums, sums_of
from db.sums.shaping import facts_of

_MOST_ODD = 20_000
"""So many models one by one are no less work than all records."""
_SEARCH_OF_OWN = 10
"""Of the book's records one in so many is the price of looking for those that belong to nobody else."""


class _UnfitError(Exception):
    """The kept sums cannot answer this question."""


def facts_for(book: Reading, asked: Asked, *, by_unit: bool = False) -> Facts:
    """What a question needs, from one state of the book. ``by_unit``: also for each unit below."""
    with tables.transaction(book.connection, writing=False):
        source = tables.Source(book.connection, book.today())
        return from_sums(source, asked, by_unit=by_unit) or load_sums(source, asked)


def from_sums(
    source: tables.Source, asked: Asked, *, by_unit: bool = False, at_any_price: bool = False
) -> Facts | None:
    """The facts from kept sums, those that do not hold worked out; ``None`` where they do not fit.

    Nor where reading the records of the asked years is less work, but ``at_any_price``.
    """
    try:
        asking = _Asking(source, asked, by_unit)
        return None if asking.is_dear and not at_any_price else asking.facts()
    except _UnfitError:
        return None


class _Asking:
    """One question put to the kept sums."""

    def __init__(self, source: tables.Source, asked: Asked, by_unit: bool) -> None:
        spans = tables.kept_spans(source.connection)
        if spans is None or (asked.start.month, asked.start.day) != (1, 1):
            raise _UnfitError
        self._source, self._asked, self._by_unit, self._spans = source, asked, by_unit, spans
        self._frame = load_frame(source)
        self._question = Question(Ledger(self._frame), asked)
        self._tree = self._question.ledger.tree
        self._units = tables.kept_units(source.connection)
        self._refuse_what_is_told_apart()
        self._stands = self._common_heirs()
        # Worked out: what does not hold any more, and what does not hold for this question
        self._stale = {*tables.stale_units(source.connection), *self._stands}

    @property
    def is_dear(self) -> bool:
        """Whether all years of what has to be worked out are more work than the asked years of everything."""
        total = sum(records for _number, records in self._units.values())
        price = sum(self._units[unit][1] for unit in self._stale & self._units.keys())
        if self._source.founding_unit() in self._stale:
            price += total // _SEARCH_OF_OWN
        years = tables.years_kept(self._source.connection)
        return price * years > total * (self._asked.end.year - self._asked.start.year + 1)

    def facts(self) -> Facts:
        """The facts. Raises _UnfitError."""
        fresh = sums_of(self._source, self._stale, self._spans, self._stands)
        self._refuse_cut_ends(fresh)
        found = self._gathered(fresh)
        if len(found.odd) > _MOST_ODD:
            raise _UnfitError
        one_by_one = load_models(self._source, sorted(found.odd))
        sums = facts_of(found, self._question.last_day)
        return replace(
            self._frame,
            **{**sums, "checks": (*one_by_one.checks, *sums["checks"])},
            models=one_by_one.models,
            # Names of registrants are in the sums, all of them
            registrations=tuple(replace(each, registrant=None) for each in one_by_one.registrations),
            first_years=one_by_one.first_years,
            first_supervised=one_by_one.first_supervised,
            summed=True,
        )

    def _gathered(self, fresh: Mapping[str, UnitSums]) -> Gathered:
        numbers = {unit: kept[0] for unit, kept in self._units.items() if unit not in self._stale}
        gathering = Gathering(self._source.connection, numbers, fresh, self._folding(), self._asked.unit)
        return gathering.of(list(self._memberships()))

    def _folding(self) -> Folding | None:
        """Which unit stands for which; ``None`` where the asked one may stand for all that is in it."""
        if not self._by_unit and not self._question.stated:
            return None
        return Folding(self._frame, self._tree, self._asked.unit)

    # --- what sums cannot answer ---

    def _totals(self) -> list[Total]:
        """Stated totals that may matter."""
        if not self._by_unit:
            return list(self._question.stated)
        return [total for totals in self._question.ledger.totals.values() for total in totals]

    def _refuse_what_is_told_apart(self) -> None:
        start, end = self._question.span.start, self._question.last_day
        totals, turns = self._totals(), self._tree.turns
        inner = {day for total in totals for day in (total.start, total.end + 1)}.union(turns)
        if (
            self._asked.unit not in self._tree.units
            or any(total.quantity == REGISTRANTS for total in totals)
            or not all(self._spans.begins(day) for day in inner if start < day <= end)
            or (self._by_unit and self._asked.units == "then" and any(start < day <= end for day in turns))
        ):
            raise _UnfitError

    def _common_heirs(self) -> dict[str, str]:
        """Units that are known as one today, by one of them: a name in several of them counts once."""
        if self._asked.units == "then":
            return {}
        by_heir: dict[str, list[str]] = defaultdict(list)
        stale = tables.stale_units(self._source.connection)
        for unit in self._question.scope.units(0):
            if unit in self._units or unit in stale:
                by_heir[self._tree.heir(unit)].append(unit)
        together = [units for units in by_heir.values() if len(units) > 1]
        if together and self._by_unit:
            raise _UnfitError
        return {unit: units[0] for units in together for unit in units}

    def _refuse_cut_ends(self, fresh: Mapping[str, UnitSums]) -> None:
        """Whatever happened in the span of the last day has to be before its end; so for the cut-off."""
        kinds = (DayKind.REGISTERED, DayKind.OTHERS)
        if self._is_cut(self._question.last_day, kinds, fresh):
            raise _UnfitError
        if self._asked.cutoff and self._is_cut(self._asked.cutoff.toordinal(), (DayKind.CLOSINGS,), fresh):
            raise _UnfitError

    def _is_cut(self, day: int, kinds: tuple[DayKind, ...], fresh: Mapping[str, UnitSums]) -> bool:
        if self._spans.begins(day + 1):
            return False
        span = self._spans.of(day)
        stale = {self._units[unit][0] for unit in self._stale & self._units.keys()}
        for kind in kinds:
            kept = tables.days_kept(self._source.connection, kind, (span, span))
            if any(last > day for unit, _span, _first, last in kept if unit not in stale):
                return True
            if any(sums.days.get((kind, span), (0, 0))[1] > day for sums in fresh.values()):
                return True
        return False

    # --- who belongs to the asked unit ---

    def _memberships(self) -> Iterator[Membership]:
        """By stretch the units of the asked one, and since when each of them is in it without a gap.

        What counts once in the question was counted before if it was in one of these days, no earlier.
        """
        start, end = self._question.span.start, self._question.last_day
        since: dict[str, int] = {}
        left = set[str]()
        for stretch in self._tree.stretches(start, end) if start <= end else ():
            begin, finish = self._tree.days(stretch)
            first, inside = max(start, begin), set(self._question.scope.units(stretch))
            if inside & left:
                raise _UnfitError
            left |= since.keys() - inside
            since = {unit: since.get(unit, first) for unit in inside}
            yield Membership((first, min(end, finish)), since)
