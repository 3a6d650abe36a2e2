"""Which fields of which records the sums are made of: a change of any other one leaves them as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Names = tuple[str, ...]

REGISTRATION: Final = "registration"
MODEL: Final = "model"
CHECK: Final = "sustainability_check"


@dataclass(frozen=True, slots=True)
class Dated:
    """A type of records with a day: what tells its sums apart, and the amounts that are added up.

    ``year`` stands in for the day, ``name`` is counted once in a unit; ``has_unit``: it may name a unit.
    """

    type: str
    day: str
    year: str | None = None
    apart: Names = ()
    amounts: Names = ()
    name: str | None = None
    has_unit: bool = True

    @property
    def fields(self) -> Names:
        """All of them, in the order of a row."""
        places = ("unit", "model") if self.has_unit else ("model",)
        rest = (self.day, self.year, self.name)
        return (*places, *(each for each in rest if each), *self.apart, *self.amounts)


SUPERVISION: Final = Dated("supervision", "checked_on", apart=("closed_on",))
DATED: Final = (
    Dated(
        "contribution",
        "given_on",
        "given_year",
        ("kind", "contributor_kind", "item", "measure"),
        ("quantity", "amount_vnd", "converted_vnd"),
        "contributor",
    ),
    Dated("output_measure", "measured_on", "measured_year", ("name", "measure"), ("quantity",)),
    Dated("recognition", "decided_on", "decided_year", ("form", "level", "recipient_type", "status")),
    Dated("activity", "held_on", "held_year", ("kind",), ("attendees",)),
    SUPERVISION,
    Dated(CHECK, "checked_on", apart=("still_working",), has_unit=False),
)

FIELDS: Final[Mapping[str, Names]] = {
    MODEL: ("is_project_work", "replicated_from"),
    REGISTRATION: (
        "model",
        "year",
        "unit",
        "field",
        "subject_type",
        "registrant",
        "kind",
        "level",
        "line",
        "registered_on",
        "status",
    ),
    **{each.type: each.fields for each in DATED},
}
"""By type of record."""
