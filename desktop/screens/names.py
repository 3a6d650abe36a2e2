"""Names of records that others refer to: units for choosing, titles of whatever an id stands for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject

from db.book import Book
from db.errors import UnknownRecordError
from desktop.changes import ChangeNotice, Changes

_KEPT = 5_000


class Names(QObject):
    """Looked up once, forgotten when records of that type change."""

    def __init__(self, book: Book, changes: ChangeNotice, parent: QObject) -> None:
        super().__init__(parent)
        self._book = book
        self._units: Sequence[tuple[str, str]] | None = None
        self._titles: OrderedDict[tuple[str, str], str] = OrderedDict()
        changes.published.connect(self._on_published)

    def units(self) -> Sequence[tuple[str, str]]:
        """(id, name) of every unit, by name."""
        if self._units is None:
            self._units = [(unit.id, unit.title) for unit in self._book.find("org_unit", order="name")]
        return self._units

    def title(self, type_name: str, record: object) -> str:
        """The words for a record id; the id itself where the record is not there."""
        if not record:
            return ""
        key = (type_name, str(record))
        if key not in self._titles:
            self._titles[key] = self._look_up(*key)
            if len(self._titles) > _KEPT:
                self._titles.popitem(last=False)
        return self._titles[key]

    def _look_up(self, type_name: str, record: str) -> str:
        try:
            return self._book.get(type_name, record).title or record
        except UnknownRecordError:
            return record

    def _on_published(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns("org_unit"):
            self._units = None
        kept = ((key, title) for key, title in self._titles.items() if not changes.concerns(key[0]))
        self._titles = OrderedDict(kept)
