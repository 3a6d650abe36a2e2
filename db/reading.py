"""What may be asked of an open book, at any time and by any connection."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import history as past
from db import operations as log
from db import search, store
from db.digest import digest
from db.engine import Connection
from db.journal import Batch
from db.own_unit import Step, own_line
from db.search import Group
from db.store import Record, Where


class Reading:
    """The reading half of :class:`db.book.Book`."""

    connection: Connection

    def today(self) -> date:
        """The day of asking."""
        return datetime.now(UTC).astimezone().date()

    def founding_unit(self) -> str:
        """Id of the unit the book was made for; records that name no unit are its."""
        return log.info(self.connection, "own_unit")

    def own_line(self, on: str | None = None) -> tuple[str, ...]:
        """The founding unit and those that came after it until a day (ISO, else today), in turn."""
        day = on or self.today().isoformat()
        rows = self.rows("unit_succession", ("on_date", "new_unit", "old_unit", "kind"))
        steps = (Step(since or "", *rest) for since, *rest in rows if (since or "") <= day)
        return own_line(self.founding_unit(), steps)

    def own_unit(self, on: str | None = None) -> str:
        """Id of the office's unit on a day (ISO, else today)."""
        return self.own_line(on)[-1]

    def get(self, type_name: str, record: str) -> Record:
        """The record, removed or not. UnknownRecordError where there is none."""
        return store.get(self.connection, store.declared(type_name), record)

    def find(
        self, type_name: str, where: Where | None = None, order: str | None = None, limit: int | None = None
    ) -> list[Record]:
        """Live records that meet ``where`` (see :data:`db.store.Where`)."""
        return store.find(self.connection, store.declared(type_name), where or {}, order, limit)

    def rows(
        self,
        type_name: str,
        fields: Sequence[str],
        where: Where | None = None,
        between: store.Between | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """Chosen fields of live records as tuples; ``id`` is a field too. ``between``: field, first, last."""
        return store.rows(self.connection, store.declared(type_name), fields, where, between)

    def count(self, type_name: str, where: Where | None = None) -> int:
        """How many live records meet ``where``."""
        return store.count(self.connection, store.declared(type_name), where)

    def row_numbers(
        self, type_name: str, where: Where | None = None, order: str | None = None, text: str | None = None
    ) -> array[int]:
        """Row numbers in order, for lists of any size; ``text``: only those whose names hold its words."""
        record_type = store.declared(type_name)
        among = search.rows_named(self.connection, record_type, text) if text and text.strip() else None
        return store.row_numbers(self.connection, record_type, where, order, among)

    def by_row_number(
        self, type_name: str, fields: Sequence[str], numbers: Sequence[int]
    ) -> dict[int, tuple[Any, ...]]:
        """Chosen fields of rows by number."""
        return store.by_row_number(self.connection, store.declared(type_name), fields, numbers)

    def search(self, text: str, limit: int = 50) -> list[search.Hit]:
        """Live records that hold the words of ``text``, exact marks first."""
        return search.search(self.connection, text, limit)

    def search_groups(self, text: str, shown: int = 20, counted: int = 100) -> list[Group]:
        """The same type by type: ``shown`` of each, counted up to ``counted``."""
        return search.groups(self.connection, text, shown, counted)

    def history(self, record: str) -> list[past.Entry]:
        """Who did what to a record, oldest first."""
        return past.history(self.connection, record)

    def last_acts(self, record: str) -> dict[str, str]:
        """How each field's present value was written: import, edit ..."""
        return past.last_acts(self.connection, record)

    def conflicts(self) -> list[past.Conflict]:
        """What waits for a decision."""
        return past.conflicts(self.connection)

    def bin(self) -> list[Record]:
        """What was removed and can be restored."""
        return past.bin_records(self.connection)

    def batches(self, limit: int = 100) -> list[tuple[Batch, bool]]:
        """The latest batches, newest first, and whether each is undone."""
        rows = self.connection.execute("SELECT id FROM batch ORDER BY no DESC LIMIT ?", (limit,)).fetchall()
        named = (log.batch_named(self.connection, name) for (name,) in rows)
        return [(batch, log.is_undone(self.connection, batch.id)) for batch in named if batch]

    def digest(self) -> str:
        """SHA-256 over all live records: equal books have equal digests."""
        return digest(self.connection)


class Within(Reading):
    """The same over a connection that somebody else owns: what an open write sees of its book."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
