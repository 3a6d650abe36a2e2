"""One notice when records changed: screens that show them refresh, whoever changed them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write touched: record ``types`` by name, ``records`` by id (empty = many), its ``batch``."""

    types: frozenset[str]
    records: frozenset[str] = frozenset()
    batch: str | None = None

    def concerns(self, *types: str) -> bool:
        """Whether one of these record types changed (no types known = every one)."""
        return not self.types or not self.types.isdisjoint(types)


class ChangeNotice(QObject):
    """``published(changes, initiator)``: connected by every screen that shows records."""

    published = Signal(object, object)

    def publish(self, changes: Changes, initiator: object = None) -> None:
        """Tell everybody. ``initiator`` is the screen that made the change and need not reload."""
        self.published.emit(changes, initiator)
