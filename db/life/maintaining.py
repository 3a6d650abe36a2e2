"""Last year's registrations maintained in a year: which may be, and the chosen ones in one write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from db.life.standing import ENDED, NOT_REGISTERED, Heirs, last_checks, seen_by
from db.reading import Reading
from db.records.definition import Value
from db.store import Record, in_parts
from db.writing import Writing

_KEPT: Final = ("model", "line", "field", "subject_type", "registrant", "level")


@unique
class LeftOut(Enum):
    """Why a registration of last year is not offered."""

    STOPPED = "stopped"
    NEVER_REGISTERED = "never_registered"
    ENDED = "ended"
    NO_LONGER_WORKS = "no_longer_works"
    THERE_ALREADY = "there_already"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registration of the year before with its model. ``unit``: who would have it in the asked year."""

    registration: Record
    model: Record
    unit: str | None
    left_out: LeftOut | None = None

    @property
    def id(self) -> str:
        """Id of last year's registration."""
        return self.registration.id


@dataclass(frozen=True, slots=True)
class _Year:
    """What decides about the registrations of the year before ``year``."""

    year: int
    taken: frozenset[tuple[Value, Value]]
    checks: Mapping[str, tuple[str, int | None]]
    heirs: Heirs

    def candidate(self, registration: Record, model: Record) -> Candidate:
        unit = self.heirs.of(_text(registration["unit"]), f"{self.year}-01-01")
        return Candidate(registration, model, unit, self._reason(registration, model))

    def _reason(self, registration: Record, model: Record) -> LeftOut | None:
        status, ended = registration["status"], model["ended_on"]
        checked_on, works = self.checks.get(model.id, ("", None))
        reasons = (
            (LeftOut.THERE_ALREADY, (model.id, registration["line"]) in self.taken),
            (LeftOut.STOPPED, status in ENDED),
            (LeftOut.NEVER_REGISTERED, status in NOT_REGISTERED),
            (LeftOut.ENDED, ended is not None and str(ended) < f"{self.year}-01-01"),
            (LeftOut.NO_LONGER_WORKS, works == 0 and checked_on >= _standing_day(registration)),
        )
        return next((reason for reason, holds in reasons if holds), None)


def candidates(book: Reading, year: int) -> list[Candidate]:
    """Every registration of the year before ``year``, in order of the models' codes; those that cannot be
    maintained say why."""
    before = book.find("registration", {"year": year - 1})
    models = {model.id: model for model in _models(book, {str(one["model"]) for one in before})}
    taken = frozenset(book.rows("registration", ("model", "line"), {"year": year}))
    knows = _Year(year, taken, last_checks(book), Heirs(book))
    found = [knows.candidate(one, models[str(one["model"])]) for one in before if one["model"] in models]
    return sorted(found, key=lambda one: (str(one.model["code"]), str(one.registration["line"])))


def offered(book: Reading, year: int) -> list[Candidate]:
    """Those that still live and have no registration of ``year`` yet."""
    return [one for one in candidates(book, year) if one.left_out is None]


def maintain(
    write: Writing, year: int, chosen: Collection[str] | None = None, on: str | None = None
) -> list[str]:
    """Register the chosen ones (ids of last year's registrations; ``None`` = all offered) in ``year``.

    What was registered meanwhile is passed over, so that nothing is doubled. ``on``: day of registration.
    Ids of the new registrations, in order of the models' codes.
    """
    wanted = [one for one in offered(seen_by(write), year) if chosen is None or one.id in chosen]
    return [write.add("registration", _next(one, year, on)) for one in wanted]


def _next(one: Candidate, year: int, on: str | None) -> dict[str, Value]:
    kept = {name: one.registration[name] for name in _KEPT}
    new = {"year": year, "unit": one.unit, "kind": "maintained", "status": "registered", "registered_on": on}
    return {**kept, **new}


def _models(book: Reading, ids: Collection[str]) -> Iterator[Record]:
    for part in in_parts(sorted(ids)):
        yield from book.find("model", {"id": part})


def _standing_day(registration: Record) -> str:
    year = registration["year"]
    return min(max(str(registration["registered_on"] or ""), f"{year}-01-01"), f"{year}-12-31")


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
