"""How an office wants a table: which columns, in which order, under which headings. Read from paper.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from forms.tree import HeaderCell


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: what it shows, its heading and the one it shares. ``optional``: not printed when empty."""

    id: str
    title: str
    group: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One line of figures: which figure (``id``), its words and its unit."""

    id: str
    title: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of a paper. ``words`` are the other texts it prints (labels of rows, notes)."""

    name: str
    columns: tuple[ColumnSpec, ...] = ()
    rows: tuple[RowSpec, ...] = ()
    caption: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, key: str, default: str) -> str:
        """A text of this table, as the office has it or as shipped."""
        return self.words.get(key, default)


def read_spec(name: str, data: Mapping[str, Any]) -> TableSpec:
    """A table as paper.toml describes it. ``KeyError``, ``TypeError`` for a broken description."""
    columns = tuple(ColumnSpec(**column) for column in data.get("columns", ()))
    rows = tuple(RowSpec(**row) for row in data.get("rows", ()))
    return TableSpec(name, columns, rows, data.get("caption", ""), data.get("words", {}))


def head(columns: Sequence[ColumnSpec]) -> tuple[tuple[HeaderCell, ...], ...]:
    """One line of headings, or two where columns share one."""
    if not any(column.group for column in columns):
        return (tuple(HeaderCell(column.title) for column in columns),)
    lower = tuple(HeaderCell(column.title) for column in columns if column.group)
    return (tuple(_upper(columns)), lower)


def _upper(columns: Sequence[ColumnSpec]) -> Iterator[HeaderCell]:
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        if group:
            yield HeaderCell(group, span=len(found))
        else:
            yield from (HeaderCell(column.title, rows=2) for column in found)
