"""What figures have to say about themselves, in the clerk's words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from db.choices import label
from db.figures.breakdowns import Difference, Region
from db.figures.quantities import Dims, Number, Total
from db.figures.question import Question
from db.numbers import SCALE, show_date, show_number
from resources import N_, _

Problem = dict[str, str]

BREAKDOWNS: Final = (
    N_("by field"),
    N_("by subject"),
    N_("by level"),
    N_("by reporting line"),
    N_("by unit"),
    N_("by period"),
)
_LISTS: Final = ("field", "subject_type", "level", "line")
"""Where the words for the parts of the four dimensions stand."""


def shown(value: Number) -> str:
    """A number in Vietnamese style."""
    return show_number(int(Fraction(value) * SCALE))


def _day(ordinal: int) -> str:
    return show_date(date.fromordinal(ordinal).isoformat())


def _days(start: int, end: int) -> str:
    return f"{_day(start)}–{_day(end)}"


def _parts(dims: Dims) -> list[str]:
    return [label(words, code) for words, code in zip(_LISTS, dims, strict=True) if code]


def named(question: Question, total: Total) -> str:
    """A stated total in words: indicator, unit, parts, days, value."""
    what, who, days = total.fact.indicator, question.name(total.unit), _days(total.start, total.end)
    return f"{', '.join([what, who, *_parts(total.dims), days])}: {shown(total.value or 0)}"


def wider_than_asked(question: Question, total: Total) -> Problem:
    """A total that sticks out."""
    text = _("“{total}” reaches beyond what was asked for and is not counted.")
    return _problem("wider_than_asked", text.format(total=named(question, total)))


def restated(question: Question, old: Total, new: Total) -> Problem:
    """A total that a later one replaced."""
    text = _("“{old}” was stated again later; “{new}” is counted.")
    return _problem("restated", text.format(old=named(question, old), new=named(question, new)))


def overlap(question: Question, first: Total, second: Total) -> Problem:
    """Two totals whose periods cross."""
    text = _("The periods of “{first}” and “{second}” overlap; the larger way of adding up is counted.")
    return _problem("overlap", text.format(first=named(question, first), second=named(question, second)))


def exceeds_reported(question: Question, total: Total, amount: Number) -> Problem:
    """A total that is smaller than what it consists of."""
    text = _("Parts or records of “{total}” come to {amount}, which is more and is counted.")
    return _problem("exceeds_reported", text.format(total=named(question, total), amount=shown(amount)))


def parts_differ(question: Question, indicator: str, found: Difference) -> Problem:
    """Two breakdowns that disagree."""
    text = _("{region}: {first} it comes to {one}, {second} to {other}. Please check which is right.")
    return _problem(
        "parts_differ",
        text.format(
            region=_region(question, indicator, found.region),
            first=_(BREAKDOWNS[found.first]),
            one=shown(found.first_amount),
            second=_(BREAKDOWNS[found.second]),
            other=shown(found.second_amount),
        ),
    )


def _region(question: Question, indicator: str, region: Region) -> str:
    days = _days(region.start, region.end)
    return ", ".join([indicator, question.name(region.unit), *_parts(region.dims), days])


def split_not_divided(question: Question, total: Total, shown_for: str | None) -> Problem:
    """A total of a unit that was divided since."""
    if shown_for is None:
        text = _("“{total}” cannot be divided among the units that came of {unit}.")
    else:
        text = _("“{total}” cannot be divided among the units that came of {unit}; it is shown for {above}.")
    above = question.name(shown_for) if shown_for else ""
    unit = question.name(total.unit)
    return _problem("split_not_divided", text.format(total=named(question, total), unit=unit, above=above))


def unallocated(rest: Number, registered: Number) -> Problem:
    """Models that stand in no cell."""
    text = _("{rest} of {registered} registered models are not broken down by field and subject.")
    return _problem("unallocated", text.format(rest=shown(rest), registered=shown(registered)))


def no_data(question: Question) -> Problem:
    """Nothing at all."""
    text = _("Nothing is recorded or reported for {unit} from {start} to {end}.")
    start, end = question.asked.start.isoformat(), question.asked.end.isoformat()
    name = question.name(question.asked.unit)
    return _problem("no_data", text.format(unit=name, start=show_date(start), end=show_date(end)))


def _problem(code: str, message: str) -> Problem:
    return {"code": code, "message": message}
