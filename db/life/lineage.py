"""Models copied from models: a draft for another unit, where it comes from, who took it over; no circles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.errors import BookError
from db.life.standing import seen_by
from db.reading import Reading
from db.records.definition import Value
from db.store import Record
from db.writing import Writing
from resources import _

HOW_WE_DID_IT: Final = (
    "goal",
    "method",
    "audience",
    "forces",
    "resources_planned",
    "products",
    "sustain_plan",
    "programmes",
    "is_project_work",
)
"""What travels with a copy. Place, people, dates and situation are those of the other unit."""

_OF_REGISTRATION: Final = ("field", "subject_type", "line", "level")
_USUAL: Final = {"field": "culture_society", "subject_type": "collective", "line": "territorial"}


class CircularLineageError(BookError):
    """A model would come from itself; ``title`` names the one it was to come from."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _(
            "“{title}” was itself copied from this model, so this model cannot come from it. "
            "Nothing was changed."
        ).format(title=self.title)


class CodeTakenError(BookError):
    """Another model has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("There is already a model with the code {code}.").format(code=self.code)


@dataclass(frozen=True, slots=True)
class Replica:
    """What a copy has of its own."""

    code: str
    title: str
    unit: str
    year: int
    registrant: str | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A model of the same descent; ``generation`` 1 = copied from this one, 2 = from one of those ..."""

    model: Record
    generation: int


def replicate(write: Writing, source: str, replica: Replica) -> str:
    """A draft of the same model for another unit, with how it was done; its id. CodeTakenError."""
    book = seen_by(write)
    if book.count("model", {"code": replica.code}):
        raise CodeTakenError(replica.code)
    origin = book.get("model", source)
    headings = {name: origin[name] for name in HOW_WE_DID_IT}
    own: dict[str, Value] = {"code": replica.code, "title": replica.title, "replicated_from": source}
    model = write.add("model", {**headings, **own})
    write.add("registration", {**_registered_like(book, source), **_drafted(model, replica)})
    return model


def _registered_like(book: Reading, source: str) -> dict[str, Value]:
    latest = book.find("registration", {"model": source}, "-year", 1)
    return {name: latest[0][name] for name in _OF_REGISTRATION} if latest else dict(_USUAL)


def _drafted(model: str, replica: Replica) -> dict[str, Value]:
    return {
        "model": model,
        "unit": replica.unit,
        "year": replica.year,
        "registrant": replica.registrant,
        "kind": "replicated",
        "status": "draft",
    }


def set_origin(write: Writing, model: str, origin: str | None) -> None:
    """Say where a model comes from (``None`` = from nowhere). CircularLineageError."""
    if origin is not None:
        refuse_circle(seen_by(write), model, origin)
    write.change("model", model, {"replicated_from": origin})


def refuse_circle(book: Reading, model: str, origin: str) -> None:
    """CircularLineageError if ``model`` is among those that ``origin`` comes from, or is it."""
    if origin == model or any(one.id == model for one in origins(book, origin)):
        raise CircularLineageError(book.get("model", origin).title)


def origins(book: Reading, model: str) -> list[Record]:
    """Where a model comes from: the nearest first. A circle that a merge made is walked once."""
    return list(_upwards(book, model))


def _upwards(book: Reading, model: str) -> Iterator[Record]:
    seen = {model}
    above = book.get("model", model)["replicated_from"]
    while isinstance(above, str) and above not in seen:
        found = book.find("model", {"id": above})
        if not found:
            return
        seen.add(above)
        yield found[0]
        above = found[0]["replicated_from"]


def copies(book: Reading, model: str) -> list[Relative]:
    """Models that were copied from this one and from its copies, each below the one it comes from."""
    found: list[Relative] = []
    seen = {model}

    def walk(source: str, generation: int) -> None:
        for one in book.find("model", {"replicated_from": source}, "code"):
            if one.id not in seen:
                seen.add(one.id)
                found.append(Relative(one, generation))
                walk(one.id, generation + 1)

    walk(model, 1)
    return found
