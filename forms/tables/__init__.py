"""Tables that papers ask for by name. Each is made from the data and the office's wishes in paper.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from forms.paper_data import PaperData
from forms.tables.compare import comparison
from forms.tables.counts import counts_by_unit, registrations_by_field
from forms.tables.lists import UnknownColumnError, contribution_list, recognition_list, registration_list
from forms.tables.spec import TableSpec, read_spec
from forms.tables.stated import stated_totals
from forms.tree import Table

TABLES: Final[Mapping[str, Callable[[PaperData, TableSpec], Table | None]]] = {
    "comparison": comparison,
    "contribution_list": contribution_list,
    "counts_by_unit": counts_by_unit,
    "recognition_list": recognition_list,
    "registration_list": registration_list,
    "registrations_by_field": registrations_by_field,
    "stated_totals": stated_totals,
}

__all__ = ["TABLES", "TableSpec", "UnknownColumnError", "read_spec"]
