"""What the end of a page must not part: a heading and what it heads, a signature and the last lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable
from reportlab.platypus import Paragraph as SetParagraph

from forms.layout.pdf_table import SetTable

_ANY = 10_000.0
_LINES_WITH_HEADING = 2


def mark_heading(flowable: Flowable) -> Flowable:
    """Say that this one must stand on the page of what follows it."""
    flowable.heads = True
    return flowable


def is_heading(flowable: Flowable) -> bool:
    """Whether :func:`mark_heading` was called on it."""
    return bool(getattr(flowable, "heads", False))


def with_breaks(flowables: Sequence[Flowable], width: float) -> Iterator[Flowable]:
    """The flowables, with a conditional page break before each run of headings.

    reportlab's own keepWithNext would move a whole table to the next page with its heading.
    """
    for place, flowable in enumerate(flowables):
        if is_heading(flowable) and not (place and is_heading(flowables[place - 1])):
            yield CondPageBreak(_needed(flowables[place:], width))
        yield flowable


def _needed(flowables: Sequence[Flowable], width: float) -> float:
    needed = 0.0
    for flowable in flowables:
        needed += float(flowable.getSpaceBefore())
        if not is_heading(flowable):
            return needed + _least(flowable, width)
        needed += float(flowable.wrap(width, _ANY)[1])
    return needed


def _least(flowable: Flowable, width: float) -> float:
    """Height of the first part of ``flowable`` that makes sense on its own."""
    if isinstance(flowable, SetTable):
        return flowable.least
    if isinstance(flowable, SetParagraph):
        height = flowable.wrap(width, _ANY)[1]
        lines = _lines(flowable, width)
        # Of three lines none may stand alone, so they stay together
        few = lines <= _LINES_WITH_HEADING + 1
        return float(height if few else _LINES_WITH_HEADING * flowable.style.leading)
    return float(flowable.wrap(width, _ANY)[1])


def _lines(paragraph: SetParagraph, width: float) -> int:
    height, leading = float(paragraph.wrap(width, _ANY)[1]), float(paragraph.style.leading)
    return round(height / leading)


def take_tail(before: list[Flowable], wanted: int, width: float) -> list[Flowable]:
    """Take the last ``wanted`` lines of text off ``before``, with the headings that would else end a page."""
    tail: list[Flowable] = []
    while wanted > 0 and before and isinstance(before[-1], SetParagraph) and not is_heading(before[-1]):
        parts, lines = _split_off(before.pop(), wanted, width)
        tail.insert(0, parts[-1])
        before.extend(parts[:-1])
        wanted -= lines
    while before and is_heading(before[-1]):
        tail.insert(0, before.pop())
    return tail


def _split_off(paragraph: SetParagraph, wanted: int, width: float) -> tuple[list[SetParagraph], int]:
    """The paragraph in one or two parts, and how many lines the last part has."""
    lines = _lines(paragraph, width)
    # Two lines stay with the first part too, else the whole paragraph goes along
    if lines < wanted + _LINES_WITH_HEADING:
        return [paragraph], lines
    leading = paragraph.style.leading
    first, last = paragraph.split(width, (lines - wanted) * leading + 0.1)
    first.style = first.style.clone("first", spaceAfter=0)
    last.style = last.style.clone("last", spaceBefore=0)
    return [first, last], wanted
