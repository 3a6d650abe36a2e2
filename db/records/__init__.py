"""The record types of the book, each declared once."""

from __future__ import annotations

from db.records import (
    activities,
    contributions,
    follow_up,
    models,
    papers,
    people,
    photos,
    recognition,
    results,
    templates,
    units,
)
from db.records.definition import (
    REMOVED,
    SCALE,
    Field,
    Kind,
    RecordType,
    Search,
    Sort,
    Value,
    ValueRefusedError,
    fits,
    registry,
)

RECORD_TYPES = registry(
    (
        *units.TYPES,
        *models.TYPES,
        *people.TYPES,
        *activities.TYPES,
        *contributions.TYPES,
        *results.TYPES,
        *recognition.TYPES,
        *follow_up.TYPES,
        *papers.TYPES,
        *templates.TYPES,
        *photos.TYPES,
    )
)
"""Every record type by name."""

BY_NUMBER = {record_type.number: record_type for record_type in RECORD_TYPES.values()}
"""Every record type by its number."""

__all__ = [
    "BY_NUMBER",
    "RECORD_TYPES",
    "REMOVED",
    "SCALE",
    "Field",
    "Kind",
    "RecordType",
    "Search",
    "Sort",
    "Value",
    "ValueRefusedError",
    "fits",
    "registry",
]
