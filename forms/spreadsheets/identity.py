"""Which row is which: the identity of a row that has no code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from forms.spreadsheets.cells import Given
from forms.spreadsheets.known import code_key
from forms.spreadsheets.layout import LINE_ID, As, SheetLayout
from forms.spreadsheets.rows import Entry

_CODES: Final = frozenset({As.UNIT, As.MODEL})
_NOT_CONTENT: Final = frozenset({LINE_ID, "words"})


@dataclass(slots=True)
class Identities:
    """Gives every row of a type its identity: "Mã dòng", else its content and the number of equal ones."""

    layout: SheetLayout
    _seen: Counter[str] = field(default_factory=Counter)
    _codes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._codes = frozenset(column.name for column in self.layout.columns if column.read_as in _CODES)

    def of(self, entry: Entry) -> tuple[str, int]:
        """The identity, and how many rows of the file had the same one before."""
        own = entry.text(LINE_ID)
        if own:
            self._seen[own] += 1
            return own, self._seen[own] - 1
        content = self._content(entry.values)
        self._seen[content] += 1
        return f"{content}.{self._seen[content]}", 0

    def repeats(self, identity: str) -> int:
        """Which of several rows of equal content an identity is; 1 for the first."""
        number = identity.rpartition(".")[2]
        return int(number) if number.isdecimal() else 1

    def _content(self, values: Mapping[str, Given]) -> str:
        parts = [
            f"{name}={code_key(str(value)) if name in self._codes else value}"
            for name, value in sorted(values.items())
            if name not in _NOT_CONTENT
        ]
        return sha256("\x1f".join(parts).encode()).hexdigest()[:32]
