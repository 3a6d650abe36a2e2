"""What an import would do, and what it did: the plan, its counts, and the answer of ``danvan import``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from db import Value
from forms.spreadsheets.findings import Finding, Findings


class New(NamedTuple):
    """Stands for the id of a record that this import will make."""

    type: str
    key: str


Planned = Value | New
"""A value to be written; a reference may point to a record that is made by the same import."""


class Add(NamedTuple):
    """A record to be made. Others refer to it as ``New(type, key)``."""

    type: str
    key: str
    values: Mapping[str, Planned]


@dataclass(frozen=True, slots=True)
class Change:
    """Fields of a record to be changed. ``kept``: what a person wrote; only ``overwrite`` changes it."""

    type: str
    record: str
    values: Mapping[str, Planned]
    kept: Mapping[str, Planned] = field(default_factory=dict)


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Nothing is written yet.

    All counts are of rows by type; a row of "Mô hình" is a model and a registration. ``updated`` rows
    change something; ``held`` ones only what a person wrote by hand, which ``by_hand`` tells: the warning
    when that is kept, and the one when it is overwritten.
    """

    title: str
    adds: dict[str, list[Add]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    accepted: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    by_hand: list[tuple[Finding, Finding]] = field(default_factory=list)

    @property
    def refused(self) -> list[Finding]:
        """Rows and sheets that cannot be imported, with place and reason, in the order of the file.

        Some faults show only when all rows are known; a clerk goes through the file once.
        """
        found = self.findings.refused
        sheets = {name: place for place, name in enumerate(dict.fromkeys(one.sheet for one in found))}
        return sorted(found, key=lambda one: (sheets[one.sheet], one.row or 0))

    def warnings(self, *, overwrite: bool = False) -> tuple[Finding, ...]:
        """What is worth a look."""
        return (*self.findings.warnings, *(told[overwrite] for told in self.by_hand))

    def add(self, type_name: str, key: str, values: Mapping[str, Planned]) -> New:
        """Plan a new record."""
        self.adds.setdefault(type_name, []).append(Add(type_name, key, values))
        return New(type_name, key)

    def count(self, type_name: str, changes: Mapping[str, Planned], kept: Mapping[str, Planned]) -> None:
        """Count a row that is in the book already."""
        counter = self.updated if changes else self.held if kept else self.unchanged
        counter[type_name] += 1

    def change(
        self, type_name: str, record: str, values: Mapping[str, Planned], kept: Mapping[str, Planned]
    ) -> None:
        """Plan a change, if there is any."""
        if values or kept:
            self.changes.append(Change(type_name, record, values, kept))

    def preview(self, *, overwrite: bool = False) -> ImportResult:
        """The answer before anything is written."""
        updated = self.updated + self.held if overwrite else self.updated
        unchanged = self.unchanged if overwrite else self.unchanged + self.held
        return ImportResult(
            landed=False,
            batch=None,
            accepted=_counts(self.accepted),
            updated=_counts(updated),
            unchanged=_counts(unchanged),
            refused=tuple(self.refused),
            warnings=self.warnings(overwrite=overwrite),
        )


def _counts(counted: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in sorted(counted.items()) if number}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What ``danvan import`` answers (interfaces §1)."""

    landed: bool
    batch: str | None
    accepted: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    refused: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def as_json(self) -> dict[str, object]:
        """The JSON object, ready to be written."""
        return {
            "landed": self.landed,
            "batch": self.batch,
            "accepted": dict(self.accepted),
            "updated": dict(self.updated),
            "unchanged": dict(self.unchanged),
            "refused": [one.as_refusal() for one in self.refused],
            "warnings": [one.as_warning() for one in self.warnings],
        }
