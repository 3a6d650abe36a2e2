"""What every question needs of a book: the units and how they hang together, and the stated totals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from db.figures.facts import Facts, ParentFact, ReportedFact, SuccessionFact, UnitFact
from db.figures.lives import Readable
from db.records.definition import SCALE


def day_of(text: str | None) -> date | None:
    """A stored date."""
    return date.fromisoformat(text) if text else None


def amount_of(stored: int | None) -> Fraction | None:
    """A stored quantity."""
    return None if stored is None else Fraction(stored, SCALE)


def load_frame(book: Readable) -> Facts:
    """What every question needs: the units and the stated totals, without any records."""
    return Facts(
        founding_unit=book.founding_unit(),
        today=book.today(),
        units=tuple(_units(book)),
        parents=tuple(_parents(book)),
        successions=tuple(_successions(book)),
        reported=tuple(_reported(book)),
    )


def _units(book: Readable) -> Iterator[UnitFact]:
    fields = ("id", "code", "name", "kind", "valid_from", "valid_to")
    for unit, code, name, kind, begin, end in book.rows("org_unit", fields):
        yield UnitFact(unit, code, name, kind or "", day_of(begin), day_of(end))


def _parents(book: Readable) -> Iterator[ParentFact]:
    for unit, parent, begin, end in book.rows("unit_parent", ("unit", "parent", "valid_from", "valid_to")):
        yield ParentFact(unit, parent, day_of(begin), day_of(end))


def _successions(book: Readable) -> Iterator[SuccessionFact]:
    fields = ("old_unit", "new_unit", "on_date", "kind")
    for old, new, on, kind in book.rows("unit_succession", fields):
        yield SuccessionFact(old, new, day_of(on), kind)


def _reported(book: Readable) -> Iterator[ReportedFact]:
    """Stated totals; rows without a place of their own keep the order of the book."""
    fields = (
        "id",
        "row_order",
        "unit",
        "indicator",
        "period_from",
        "period_to",
        "as_of",
        "field",
        "subject",
        "level",
        "line",
        "form",
        "status",
        "qualifier",
        "value",
        "measure",
        "source",
    )
    for place, row in enumerate(book.rows("reported_figure", fields)):
        each, order, unit, indicator, begin, end, as_of, *parts, qualifier, value, measure, source = row
        field, subject, level, line, form, status = parts
        yield ReportedFact(
            each,
            place if order is None else order,
            unit,
            indicator,
            date.fromisoformat(begin),
            date.fromisoformat(end),
            day_of(as_of),
            field,
            subject,
            level,
            line,
            form,
            status,
            qualifier or "exact",
            amount_of(value),
            measure,
            source,
        )
