"""Figures by name, for tables whose lines and columns an office chooses in paper.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from forms import wording
from forms.paper_data import Figures

FIELDS: Final = ("economy", "culture_society", "defence_security", "political_system")
SUBJECTS: Final = ("collective", "individual")
LEVELS: Final = ("grassroots", "district", "city", "central")
KINDS: Final = ("new", "maintained", "replicated")
_ACTIVITIES: Final = (
    "meeting", "dialogue", "outreach", "home_visit", "work_day", "launch", "construction", "other",
)  # fmt: skip

Count = int | float | None


def together(values: Iterable[Any]) -> Any:
    """The sum of what is known; ``None`` where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """How a figure is read from the JSON, and the indicator whose totals may have been stated roughly."""

    read: Callable[[Figures], Any]
    indicator: str = ""
    where: tuple[tuple[str, str], ...] = ()

    def qualifier(self, figures: Figures) -> str:
        """``hơn``, ``khoảng``, ``gần``, or nothing."""
        if not self.indicator:
            return ""
        exceeded, where = wording.is_exceeded(figures), dict(self.where)
        return wording.qualifier(figures["reported"], self.indicator, self.read(figures), exceeded, **where)


def _at(*keys: str) -> Callable[[Figures], Any]:
    def read(figures: Figures) -> Any:
        found: Any = figures
        for key in keys:
            found = found.get(key) if found else None
        return found

    return read


def _cell(field: str, subject: str) -> Callable[[Figures], Any]:
    def read(figures: Figures) -> Any:
        cells = figures["models"]["matrix"]
        return next((c["value"] for c in cells if (c["field"], c["subject"]) == (field, subject)), None)

    return read


def _unallocated(figures: Figures) -> Any:
    """What stands in no cell; figures leave it out where it is 0."""
    models = figures["models"]
    return None if models["registered"] is None else models["unallocated"].get("total") or 0


def recognised(form: str | None, recipient: str, status: str = "granted") -> Callable[[Figures], Any]:
    """Recognitions of one form, recipient and status, over all levels."""
    wanted = (form, recipient, status)

    def read(figures: Figures) -> Any:
        rows = figures["recognition"]
        return together(r["value"] for r in rows if (r["form"], r["recipient_type"], r["status"]) == wanted)

    return read


NAMED: Final[Mapping[str, NamedFigure]] = {
    "registered": NamedFigure(_at("models", "registered"), "models_registered"),
    "distinct_models": NamedFigure(_at("models", "distinct_models")),
    "registrants": NamedFigure(_at("models", "registrants")),
    "project_works": NamedFigure(_at("models", "project_works")),
    "unallocated": NamedFigure(_unallocated),
    **{
        field: NamedFigure(_at("models", "by_field", field), "models_registered", (("field", field),))
        for field in FIELDS
    },
    **{
        who: NamedFigure(_at("models", "by_subject", who), "models_registered", (("subject", who),))
        for who in SUBJECTS
    },
    **{f"{field}_{subject}": NamedFigure(_cell(field, subject)) for field in FIELDS for subject in SUBJECTS},
    **{kind: NamedFigure(_at("models", "by_kind", kind)) for kind in KINDS},
    **{level: NamedFigure(_at("models", "by_level", level)) for level in LEVELS},
    "outstanding": NamedFigure(recognised("outstanding", "model"), "models_outstanding"),
    "socialised": NamedFigure(_at("contributions", "socialised_vnd"), "socialised_funding"),
    "cash": NamedFigure(_at("contributions", "cash_vnd")),
    "transfer": NamedFigure(_at("contributions", "transfer_vnd")),
    "labour_days": NamedFigure(_at("contributions", "labour_days"), "labour_days"),
    "land": NamedFigure(_at("contributions", "land_m2")),
    "contributors": NamedFigure(_at("contributions", "contributors")),
    **{
        f"activity_{kind}": NamedFigure(_at("activities", "by_kind", kind))
        for kind in _ACTIVITIES
    },
    "attendees": NamedFigure(_at("activities", "attendees")),
    "units_with_dialogue": NamedFigure(_at("activities", "units_with_dialogue")),
    "supervision_open": NamedFigure(_at("supervision", "open")),
    "supervision_closed": NamedFigure(_at("supervision", "closed")),
    "models_never_supervised": NamedFigure(_at("supervision", "models_never")),
    "replications": NamedFigure(_at("replications")),
    "after_1_year": NamedFigure(_at("sustained", "after_1_year")),
    "after_2_years": NamedFigure(_at("sustained", "after_2_years")),
    "after_3_years": NamedFigure(_at("sustained", "after_3_years")),
}
