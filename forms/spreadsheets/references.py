"""What the codes and "Mã dòng" in a row refer to: units, models, and rows of other sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.spreadsheets.actions import ImportPlan, New, Planned
from forms.spreadsheets.codes import Codes, UnknownCodeError
from forms.spreadsheets.known import Known, Row, by_source_key
from forms.spreadsheets.layout import As, Column
from resources import _


@dataclass(slots=True)
class References:
    """Resolves the references of a row by its columns."""

    known: Known
    units: Codes
    models: Codes
    plan: ImportPlan
    _rows: dict[str, Mapping[str, Row]] = field(default_factory=dict)
    _new: dict[str, set[str]] = field(default_factory=dict)

    def resolved(self, column: Column, text: str) -> Planned:
        """The record meant by ``text``. :class:`UnknownCodeError` where there is none that may be used."""
        if column.read_as is As.UNIT:
            return self.units.resolve(text)
        if column.read_as is As.MODEL:
            return self.models.resolve(text)
        return self._line(column, text)

    def _line(self, column: Column, text: str) -> Planned:
        type_name = column.refers_to
        if type_name not in self._rows:
            self._rows[type_name] = by_source_key(self.known.live(type_name))
            self._new[type_name] = {add.key for add in self.plan.adds.get(type_name, ())}
        present = self._rows[type_name].get(text)
        if present is not None:
            return str(present["id"])
        if text in self._new[type_name]:
            return New(type_name, text)
        reason = _("No row has the Mã dòng {code} that {column} names. Correct it, or leave it empty.")
        raise UnknownCodeError(reason.format(code=text, column=column.heading))


REFERRING = frozenset({As.UNIT, As.MODEL, As.LINE})
"""How columns are read that name another record."""
