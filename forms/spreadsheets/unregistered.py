"""The rows of "Mô hình chưa đăng ký": models that the book has without a registration of any year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from forms.spreadsheets.actions import ImportPlan, New, Planned
from forms.spreadsheets.differences import differing
from forms.spreadsheets.known import code_key
from forms.spreadsheets.models import ModelRows
from forms.spreadsheets.rows import Entry
from resources import _

_MODEL: Final = "model."
_CODE: Final = "model.code"
_SOURCE: Final = "replicated_from"


@dataclass(slots=True)
class UnregisteredRows:
    """Plans models alone. Codes are told to ``models`` before its rows are read, sources set after them."""

    models: ModelRows
    plan: ImportPlan
    _entries: dict[str, Entry] | None = None

    def take(self, entries: Iterable[Entry]) -> None:
        """Sort out the rows and make their codes known."""
        self._entries = {}
        codes = self.models.codes
        for entry in entries:
            key = code_key(entry.text(_CODE))
            if key in codes.binned and key not in codes.known:
                reason = _("This row is in the bin; it was not brought back.")
                self.plan.findings.warn("in_bin", entry.sheet, entry.row, "", entry.text(_CODE), reason)
                self.plan.unchanged["model"] += 1
            elif key not in self._entries:
                self._entries[key] = entry
                if key not in codes.known:
                    codes.new[key] = New("model", key)

    def write(self) -> None:
        """Plan the models that no row of "Mô hình" says more of."""
        for key, entry in (self._entries or {}).items():
            if key not in self.models.by_model:
                self._model(key, entry)

    def _model(self, key: str, entry: Entry) -> None:
        values: dict[str, Planned] = {
            name.removeprefix(_MODEL): value if isinstance(value, int | str) else str(value)
            for name, value in entry.values.items()
            if name.startswith(_MODEL)
        }
        source = code_key(str(values.pop(_SOURCE, "")))
        if source and self.models.codes.has(source):
            values[_SOURCE] = self.models.codes.resolve(source)
        present = self.models.codes.known.get(key)
        if present is None:
            self.plan.add("model", key, {**values, "source_key": key})
            self.plan.accepted["model"] += 1
            return
        values.pop("code")
        changes, kept = differing(self.models.known, self.plan, "model", present, values, entry)
        self.plan.change("model", present["id"], changes, kept)
        self.plan.count("model", changes, kept)
