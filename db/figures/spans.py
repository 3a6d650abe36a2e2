"""Spans of days, first and last included, as ordinals."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """As few as can be: those that cross or follow each other are one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def in_turn(spans: Iterable[Span], whole: Span) -> list[Span]:
    """Spans that follow each other from the first day of ``whole`` to the last; empty if none do."""
    first, last = whole
    ways: dict[int, list[Span]] = {first: []}
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start in ways and end <= last and end + 1 not in ways:
            ways[end + 1] = [*ways[start], (start, end)]
    return ways.get(last + 1, [])
