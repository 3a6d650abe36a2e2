"""Counts and sums with their sources: the rules of the figures, apart from how they are shown."""

from __future__ import annotations

from db.figures.compute import (
    answer,
    answers_by_unit,
    compute,
    compute_by_unit,
    data_digest,
    sources,
)
from db.figures.facts import Asked, Facts
from db.figures.ledger import Ledger
from db.figures.load import load, load_sums

__all__ = [
    "Asked",
    "Facts",
    "Ledger",
    "answer",
    "answers_by_unit",
    "compute",
    "compute_by_unit",
    "data_digest",
    "load",
    "load_sums",
    "sources",
]
