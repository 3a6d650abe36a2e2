"""The book on disk: records, journal, search, figures, backup. Everything that must be true lives here."""

from __future__ import annotations

from db.book import Book, NewUnit, RecoverySheet
from db.records import RECORD_TYPES, SCALE, Field, Kind, RecordType, Value, ValueRefusedError
from db.store import Record

__all__ = [
    "RECORD_TYPES",
    "SCALE",
    "Book",
    "Field",
    "Kind",
    "NewUnit",
    "Record",
    "RecordType",
    "RecoverySheet",
    "Value",
    "ValueRefusedError",
]
